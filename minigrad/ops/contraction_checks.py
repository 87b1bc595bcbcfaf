"""Floor 3. What `contractions.py` asks of its inputs, as `checks.py`."""

import numpy as np

from .. import arguments
from ..errors import listed
from ..tensor import Tensor
from . import checks, product_checks


def check_vectors(function, input, other):
    checks.check_tensor(input, function)
    checks.check_tensor(other, function, "other", 2)
    dims = input._array.ndim, other._array.ndim
    if dims != (1, 1):
        raise RuntimeError(f"1D tensors expected, but got {dims[0]}D and {dims[1]}D tensors")
    product_checks.check_matmul(input._array, other._array)


def check_vecdot(x, y):
    checks.check_tensor(x, "linalg_vecdot", "x")
    checks.check_tensor(y, "linalg_vecdot", "y", 2)
    if x._array.dtype != y._array.dtype:
        raise RuntimeError(
            "linalg.vecdot: Expected x and y to have the same dtype, but found x of type "
            f"{x.dtype.tensor_type} and y of type {y.dtype.tensor_type} instead"
        )


def check_one_dtype(input, other):
    if input._array.dtype != other._array.dtype:
        raise RuntimeError(
            f"both inputs should have same dtype: they have {input.dtype} and {other.dtype}."
        )


def check_inner(input, other):
    checks.check_tensor(input, "inner")
    checks.check_tensor(other, "inner", "other", 2)
    one, two = input._array.shape, other._array.shape
    if one and two:
        if one[-1] != two[-1]:
            raise RuntimeError(
                "inner() the last dimension must match on both input tensors but got shapes "
                f"{listed(one)} and {listed(two)}"
            )
        check_one_dtype(input, other)


def check_tensordot(a, b, dims):
    """The dimensions of both that are added up over, counted from the left."""
    checks.check_tensor(a, "tensordot", "a")
    checks.check_tensor(b, "tensordot", "b", 2)
    if isinstance(dims, Tensor):
        dims = dims.tolist()
    if isinstance(dims, (int, np.integer)):
        if dims < 0:
            raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
        if dims > min(a._array.ndim, b._array.ndim):
            raise RuntimeError(f"tensordot expects dims < ndim_a or ndim_b, but got dims={dims}")
        dims = range(-dims, 0), range(dims)
    given = [[each] if isinstance(each, int) else list(each) for each in dims]
    if len(given[0]) != len(given[1]):
        raise RuntimeError("both dimension lists should have same length")
    check_one_dtype(a, b)
    pairs = []
    for one, two in zip(*given, strict=True):
        dim, other = (
            arguments.check_dim(one, a._array.ndim),
            arguments.check_dim(two, b._array.ndim),
        )
        first, second = a._array.shape[dim], b._array.shape[other]
        if first != second and 1 not in (first, second):
            raise RuntimeError(
                f"contracted dimensions need to match, but first has size {first} in dim {one} and "
                f"second has size {second} in dim {two}"
            )
        pairs.append((dim, other))
    for found in ([one for one, _ in pairs], [two for _, two in pairs]):
        arguments.check_dims(found, max(a._array.ndim, b._array.ndim))
    return [one for one, _ in pairs], [two for _, two in pairs]


def check_cross(input, other, dim):
    """The dimension counted from the left; RuntimeError unless its length is 3 in both."""
    checks.check_tensor(input, "linalg_cross")
    checks.check_tensor(other, "linalg_cross", "other", 2)
    one, two = input._array, other._array
    if one.ndim != two.ndim:
        raise RuntimeError("linalg.cross: inputs must have the same number of dimensions.")
    place = arguments.check_dim(dim, one.ndim)
    if (one.shape[place], two.shape[place]) != (3, 3):
        raise RuntimeError(
            f"linalg.cross: inputs dimension {dim} must have length 3. Got {one.shape[place]} and "
            f"{two.shape[place]}"
        )
    try:
        np.broadcast_shapes(one.shape, two.shape)
    except ValueError:
        raise checks.first_misfit(one.shape, two.shape) from None
    if one.dtype != two.dtype:
        raise RuntimeError(
            f"expected scalar type {input.dtype.tensor_type} but found {other.dtype.tensor_type}. "
            "Convert one of them."
        )
    if one.dtype.kind == "b":
        raise checks.not_implemented_for("cross", input, "Convert first: x.int().")
    return place


# --- chains of matrices ---------------------------------------------------------------------------
def check_chain(tensors):
    """A list of at least two tensors, matrices but for the first and the last."""
    tensors = list(tensors)
    if len(tensors) < 2:
        raise RuntimeError(f"multi_dot(): expected at least 2 tensors but got {len(tensors)}")
    for place, each in enumerate(tensors):
        ndim = each._array.ndim
        if place in (0, len(tensors) - 1) and ndim not in (1, 2):
            which = "last" if place else "first"
            raise RuntimeError(f"multi_dot(): the {which} tensor must be 1D or 2D but got {ndim}D")
        if place not in (0, len(tensors) - 1) and ndim != 2:
            raise RuntimeError(f"multi_dot(): tensor {place} must be 2D but got {ndim}D")
    return tensors


def check_lengths(tensors, lengths):
    for place, (each, length) in enumerate(zip(tensors, lengths[1:], strict=True)):
        if each._array.shape[1] != length:
            shapes = [listed(x._array.shape) for x in tensors[place : place + 2]]
            raise RuntimeError(
                f"multi_dot(): tensors {place} and {place + 1} with shapes {shapes[0]} and "
                f"{shapes[1]} cannot be multiplied"
            )


def check_matrices(matrices):
    """A list of matrices, at least one."""
    if not matrices:
        raise RuntimeError("chain_matmul(): Expected one or more matrices")
    for each in matrices:
        checks.check_tensor(each, "chain_matmul", "matrices")
        if each._array.ndim != 2:
            raise RuntimeError(f"Tensor dimension is {each._array.ndim}, expected 2 instead.")
    return list(matrices)
