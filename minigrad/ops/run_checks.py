"""Floor 3. What running totals, medians and counts ask of their inputs; see `checks`."""

import numpy as np

from .. import arguments, arrays
from ..creation import wrap
from ..tensor import Tensor
from . import checks


def check_one_dim(function, input, dim):
    """A single dimension, counted from the left; TypeError unless it is an integer."""
    checks.check_tensor(input, function)
    if isinstance(dim, bool) or not hasattr(dim, "__index__"):
        raise TypeError(
            f"{function}(): argument 'dim' (position 1) must be int, not {type(dim).__name__}"
        )
    return arguments.check_dim(dim.__index__(), input._array.ndim)


def check_diff(input, n, dim):
    """The dimension of `diff`, counted from the left."""
    checks.check_tensor(input, "diff")
    if not input._array.ndim:
        raise RuntimeError(
            "diff expects input to be at least one-dimensional: a single number has no neighbours."
        )
    if n < 0:
        raise RuntimeError(f"order must be non-negative but got {n}")
    return arguments.check_dim(dim, input._array.ndim)


def check_ordered(function, input):
    """A median is one of numbers that have an order; NotImplementedError for bools."""
    checks.check_tensor(input, function)
    if input._array.dtype.kind == "b":
        raise checks.not_implemented_for("median_cpu", input, "Convert first: x.int().")


INTERPOLATIONS = ("linear", "lower", "higher", "midpoint", "nearest")


def check_quantile(function, input, q, interpolation):
    """`q` as a tensor; RuntimeError for one that does not go with the input."""
    checks.check_tensor(input, function)
    if interpolation not in INTERPOLATIONS:
        raise RuntimeError(
            f"{function}() interpolation must be one of linear, lower, higher, midpoint or "
            f"nearest, but got {interpolation}"
        )
    array = input._array
    if array.dtype.name not in ("float32", "float64"):
        raise RuntimeError(
            f"{function}() input tensor must be either float or double dtype. Convert first: "
            "x.float()."
        )
    if not array.size:
        raise RuntimeError(f"{function}() input tensor must be non-empty")
    if not isinstance(q, Tensor):
        if not 0 <= q <= 1:
            raise RuntimeError(f"{function}() q must be in the range [0, 1] but got {q:g}")
        return wrap(arrays.beside(np.array(q, array.dtype), array))
    if q._array.ndim > 1:
        raise RuntimeError(f"{function}() q must be a scalar or 1D tensor")
    if q._array.dtype != array.dtype:
        raise RuntimeError(
            f"{function}() q tensor must be same dtype as the input tensor: q.to(input)."
        )
    if ((q._array < 0) | (q._array > 1)).any():
        raise RuntimeError(f"{function}() q values must be in the range [0, 1]")
    return q


def check_slices(array, dim):
    """Slices with nothing in them are all alike, and none."""
    if array.shape[dim] and not array.size:
        raise RuntimeError(
            "There are 0 sized dimensions, and they aren't selected, so unique cannot be applied"
        )


def check_bincount(input, weights, minlength):
    """A vector of integers from 0 on, and a weight for each of them."""
    checks.check_tensor(input, "bincount")
    array = input._array
    if array.dtype.kind in "fb":
        raise checks.not_implemented_for("bincount_cpu", input, "Convert first: x.long().")
    if minlength < 0:
        raise RuntimeError("minlength should be >= 0")
    if array.ndim != 1 or array.size and array.min() < 0:
        raise RuntimeError(
            "bincount only supports 1-d non-negative integral inputs. Here the shape is "
            f"{list(array.shape)}."
        )
    if weights is not None and weights._array.shape != array.shape:
        raise RuntimeError("weights should be 1-d and have the same length as input")


def check_histogram(input, bins, low, high):
    """The range of `histc`: as given, or that of the numbers."""
    checks.check_tensor(input, "histc")
    array = input._array
    if array.dtype.kind != "f":
        raise checks.not_implemented_for("histogram_cpu", input, "Convert first: x.float().")
    if bins <= 0:
        raise RuntimeError(f"torch.histogram(): bins must be > 0, but got {bins} for dimension 0")
    if low == high and array.size:
        low, high = float(array.min()), float(array.max())
    if low == high:
        low, high = low - 1, high + 1
    if not (np.isfinite(low) and np.isfinite(high)):
        raise RuntimeError(f"torch.histc: range of [{low}, {high}] is not finite")
    if low > high:
        raise RuntimeError("torch.histc: max must be larger than min")
    return low, high


def check_extremes(input, dim):
    """The smallest and the largest of no numbers do not exist."""
    array = input._array
    if dim is None and not array.size:
        raise RuntimeError(
            "aminmax(): cannot compute aminmax over an empty dimension as the operation has no "
            "identity."
        )
    if dim is not None and array.ndim and not array.shape[dim]:
        raise IndexError(f"aminmax: Expected reduction dim {dim} to have non-zero size.")


def check_distance(difference):
    if difference._array.dtype.kind != "f":
        raise RuntimeError(
            "norm(): input dtype should be either floating point or complex. Got "
            f"{difference.dtype.tensor_type} instead. Convert first: x.float()."
        )


def check_cdist(x1, x2, p):
    """Two lists of points with as many coordinates."""
    for position, (name, each) in enumerate((("x1", x1), ("x2", x2)), 1):
        checks.check_tensor(each, "cdist", name, position)
        if each._array.ndim < 2:
            raise RuntimeError(
                f"cdist only supports at least 2D tensors, X{position} got: {each._array.ndim}D"
            )
        if each._array.dtype.kind != "f":
            raise RuntimeError(
                f"cdist only supports floating-point dtypes, X{position} got: "
                f"{each.dtype.tensor_type}"
            )
    one, two = x1._array.shape[-1], x2._array.shape[-1]
    if one != two:
        raise RuntimeError(f"X1 and X2 must have the same number of columns. X1: {one} X2: {two}")
    if p < 0:
        raise RuntimeError("cdist only supports non-negative p values")


def check_covariance(input, fweights, aweights, function="cov"):
    """A matrix of observations, and a weight for each of them."""
    checks.check_tensor(input, function)
    shape = input._array.shape
    if len(shape) > 2:
        raise RuntimeError(
            f"{function}(): expected input to have two or fewer dimensions but got an input with "
            f"{len(shape)} dimensions"
        )
    if function == "cov" and input._array.dtype.kind == "b":
        raise RuntimeError("cov(): bool dtype is not supported for input")
    number = shape[-1] if shape else 1
    for name, weights in (("fweights", fweights), ("aweights", aweights)):
        if weights is not None:
            check_weights(name, weights, number)


def check_weights(name, weights, number):
    """A vector of weights, none of them negative."""
    array = weights._array
    if array.ndim > 1:
        raise RuntimeError(
            f"cov(): expected {name} to have one or fewer dimensions but got {name} with "
            f"{array.ndim} dimensions"
        )
    wanted = "iu" if name == "fweights" else "f"
    if array.dtype.kind not in wanted:
        kind = "integral" if wanted == "iu" else "floating point"
        raise RuntimeError(
            f"cov(): expected {name} to have {kind} dtype but got {name} with "
            f"{weights.dtype.tensor_type} dtype"
        )
    if array.size != number:
        raise RuntimeError(
            f"cov(): expected {name} to have the same numel as there are observations in the input "
            f"but got {array.size} != {number}"
        )
    if (array < 0).any():
        raise RuntimeError(f"cov(): {name} cannot be negative")


def check_area(function, y, x, dx, dim):
    """The dimension of an area; its numbers are a distance apart, or at places."""
    checks.check_tensor(y, function, "y")
    if x is not None and dx is not None:
        raise checks.invalid_arguments(function, y, x, dx)
    return arguments.check_dim(dim, y._array.ndim)


def check_gradient(input, spacing, dim, edge_order):
    """The dimensions of `gradient`, and a distance or places for each."""
    checks.check_tensor(input, "gradient")
    if edge_order not in (1, 2):
        raise RuntimeError("torch.gradient only supports edge_order=1 and edge_order=2.")
    ndim = input._array.ndim
    dims = range(ndim) if dim is None else dim if isinstance(dim, (tuple, list)) else [dim]
    dims = arguments.check_dims(tuple(dims), ndim) or ()
    spacing = 1 if spacing is None else spacing
    several = isinstance(spacing, (tuple, list))
    if several and len(spacing) != len(dims):
        raise RuntimeError(
            f"torch.gradient expected spacing to be unspecified, a scalar or a list of length "
            f"{len(dims)}, but got a list of length {len(spacing)}"
        )
    for each in dims:
        if input._array.shape[each] < edge_order + 1:
            raise RuntimeError(
                "torch.gradient expected each dimension size to be at least edge_order+1"
            )
    return dims, list(spacing) if several else [spacing] * len(dims)
