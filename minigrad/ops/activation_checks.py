"""Floor 3. What softmax and the activations ask of their inputs. PyTorch's words come first."""

import numpy as np

from .. import arguments
from . import checks


def check_dim(function, dim, ndim):
    """The dimension of a softmax, counted from the left."""
    if isinstance(dim, bool) or not isinstance(dim, (int, np.integer)):
        raise TypeError(
            f"{function}(): argument 'dim' (position 2) must be int, not {type(dim).__name__}: the "
            "dimension along which the results add up to 1, mostly -1."
        )
    return arguments.check_dim(dim, ndim)


def check_dims(function, dim, ndim):
    """The dimensions of a `logsumexp` as a tuple."""
    if not isinstance(dim, (int, np.integer, tuple, list)):
        raise TypeError(
            f"{function}(): argument 'dim' (position 2) must be tuple of ints, not "
            f"{type(dim).__name__}"
        )
    dims = arguments.check_dims(dim, ndim)
    return tuple(range(ndim)) if dims is None else dims


def check_floats(input, function, kernel):
    """TypeError for what is no tensor, NotImplementedError for integers and bools."""
    checks.check_tensor(input, function)
    if input._array.dtype.kind != "f":
        raise checks.not_implemented_for(kernel, input, "Convert first: x.float().")


def check_number(function, argument, position, value):
    """TypeError unless an option is a number."""
    if not isinstance(value, (int, float, np.number)):
        raise TypeError(
            f"{function}(): argument '{argument}' (position {position}) must be Number, not "
            f"{type(value).__name__}"
        )


def check_approximate(approximate):
    if approximate not in ("none", "tanh"):
        raise RuntimeError(
            f"approximate argument must be either none or tanh. Got {approximate!r}."
        )


def check_celu(alpha):
    if alpha == 0:
        raise RuntimeError("ZeroDivisionError: alpha cannot be 0 for CELU")


def check_interval(min_val, max_val, none="min_val cannot be greater than max_val"):
    if min_val > max_val:
        raise ValueError(f"{none}: they are {min_val} and {max_val}.")


def check_hardtanh(input, min_val, max_val):
    checks.check_tensor(input, "hardtanh")
    check_interval(min_val, max_val)
    if input._array.dtype.kind == "b":
        raise RuntimeError("Bool inputs not supported for hardtanh. Convert first: x.float().")


def check_shrink(function, input, lambd):
    check_floats(input, function, f"{function}_cpu")
    largest = np.finfo(input._array.dtype).max
    if function == "softshrink" and not 0 <= lambd <= largest:
        raise RuntimeError(
            f"lambda must be in range [0, {largest:g}] for input dtype {input.dtype.tensor_type}, "
            f"but found {lambd:g}"
        )


def check_prelu(input, weight):
    """The weight of a `prelu`: a number for all, or one for each channel (dimension 1)."""
    checks.check_tensor(input, "prelu")
    checks.check_tensor(weight, "prelu", "weight", 2)
    dtypes = input.dtype, weight.dtype
    if dtypes[0] is not dtypes[1]:
        one, two = (each.tensor_type for each in dtypes)
        raise RuntimeError(f"prelu: Type promoting not supported. Got {one} and {two}")
    if weight._array.ndim > 1:
        raise RuntimeError(
            "prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = "
            f"{weight._array.ndim}"
        )
    if weight._array.size != 1:
        if input._array.ndim == 0:
            raise RuntimeError("Not allow zero-dim input tensor.")
        channels = input._array.shape[1] if input._array.ndim > 1 else 1
        if channels != weight._array.size:
            raise RuntimeError(
                "Mismatch of parameter numbers and input channel size. Found parameter numbers = "
                f"{weight._array.size} and channel size = {channels}."
            )


def check_halves(input, dim):
    """The dimension that `glu` halves, counted from the left."""
    checks.check_tensor(input, "glu")
    if input._array.ndim == 0:
        raise RuntimeError(
            "glu does not support scalars because halving size must be even: give a vector."
        )
    dim = arguments.check_dim(dim, input._array.ndim)
    length = input._array.shape[dim]
    if length % 2:
        raise RuntimeError(f"Halving dimension must be even, but dimension {dim} is size {length}")
    check_floats(input, "glu", "glu_cpu")
    return dim


def check_one_hot(tensor, num_classes):
    """The number of classes of `one_hot`."""
    checks.check_tensor(tensor, "one_hot")
    classes = tensor._array
    if classes.dtype != np.int64:
        raise RuntimeError(
            "one_hot is only applicable to index tensor of type LongTensor. Convert first: "
            "x.long()."
        )
    if not classes.size:
        if num_classes <= 0:
            raise RuntimeError(
                "Can not infer total number of classes from empty tensor. Give num_classes."
            )
        return num_classes
    if classes.min() < 0:
        raise RuntimeError(f"Class values must be non-negative. One is {classes.min()}.")
    if num_classes == -1:
        return int(classes.max()) + 1
    if num_classes <= classes.max():
        raise RuntimeError(
            f"Class values must be smaller than num_classes. One is {classes.max()}, of "
            f"{num_classes} classes."
        )
    return num_classes
