"""Floor 1. What functions ask of their arguments: operands, dimensions and dtypes.

A function named after a mistake returns the exception to raise; one named `check_…` raises it, and
returns the argument in the form that is computed with.
"""

import numpy as np

from .dtypes import default


# --- operands -------------------------------------------------------------------------------------
def number_like(like, number):
    """A number as a 0-d array, of the dtype that it has in an operation with the tensor `like`."""
    if isinstance(number, np.generic):
        number = number.item()
    if isinstance(number, bool):
        return np.array(number, like._array.dtype)
    kind = like._array.dtype.kind
    if isinstance(number, float):
        return np.array(number, like._array.dtype if kind == "f" else default.dtype.numpy)
    if not isinstance(number, int):
        raise TypeError(
            f"unsupported operand type(s): 'Tensor' and '{type(number).__name__}'. "
            "Expected a tensor or a number; for a list or an array write torch.tensor(...)."
        )
    if kind == "f":
        return np.array(float(number), like._array.dtype)
    if not -(2**63) <= number < 2**63:
        raise RuntimeError("value cannot be converted to type int64_t without overflow")
    return np.array(number, np.int64).astype(np.int64 if kind == "b" else like._array.dtype)


def number_first(number, other, operation):
    """The number of `torch.add(2, x)`; TypeError unless a number and a tensor are given."""
    if not hasattr(other, "_array") or not isinstance(number, (int, float)):
        raise not_a_tensor(number, operation.__name__.lower())
    return number


def check_fill(tensor, value):
    """The value to fill a tensor with, cut to its dtype as PyTorch does; TypeError if no number."""
    if not isinstance(value, (int, float, np.generic)):
        if getattr(value, "ndim", None) != 0:
            raise TypeError(
                f"fill_(): argument 'value' must be a number or a 0-d tensor, not "
                f"{type(value).__name__}."
            )
        value = value.item()
    return number_like(tensor, value).astype(tensor._array.dtype)


def is_bool(operand):
    """Whether an operand is a tensor of bools, or True or False itself."""
    array = getattr(operand, "_array", None)
    return isinstance(operand, bool) if array is None else array.dtype.kind == "b"


def check_not_both_bool(input, other):
    """A difference of bools is no bool: RuntimeError if one of the operands is of bools."""
    first, second = is_bool(input), is_bool(other)
    if not (first or second):
        return
    if not hasattr(other, "_array"):  # then the first has to be a tensor
        array_of(input, "sub")
    if first and second:
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` "
            "or `logical_xor()` operator instead."
        )
    raise RuntimeError(
        "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying "
        "to invert a mask, use the `~` or `logical_not()` operator instead."
    )


def check_negatable(input):
    if array_of(input, "neg").dtype.kind == "b":
        raise RuntimeError(
            "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to "
            "invert a mask, use the `~` or `logical_not()` operator instead."
        )


def check_integer_power(input, exponent):
    if input._array.dtype.kind != "f" and exponent < 0:
        raise RuntimeError(
            "Integers to negative integer powers are not allowed. Convert first: x.float() ** -1."
        )


# --- tensors --------------------------------------------------------------------------------------
def not_a_tensor(input, function):
    return TypeError(
        f"{function}(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}. "
        "Wrap it: torch.tensor(...)."
    )


def array_of(input, function):
    """The array of a tensor; TypeError for what is no tensor."""
    try:
        return input._array
    except AttributeError:
        raise not_a_tensor(input, function) from None


# --- dimensions -----------------------------------------------------------------------------------
def check_dim(dim, ndim):
    """A dimension counted from the left; IndexError if it is not there, TypeError if no integer."""
    if isinstance(dim, bool) or not isinstance(dim, (int, np.integer)):
        raise TypeError(f"argument 'dim' must be int, not {type(dim).__name__}")
    reach = max(ndim, 1)
    if not -reach <= dim < reach:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-reach}, {reach - 1}], but got "
            f"{dim}): the tensor has {ndim} dimension{'s' * (ndim != 1)}."
        )
    return dim % reach


def check_dims(dim, ndim):
    """`dim` of a reduction as a tuple of dimensions; None for all of them."""
    if dim is None or (isinstance(dim, (tuple, list)) and not dim):
        return None
    dims = tuple(
        check_dim(each, ndim) for each in (dim if isinstance(dim, (tuple, list)) else [dim])
    )
    for each in dims:
        if dims.count(each) > 1:
            raise RuntimeError(f"dim {each} appears multiple times in the list of dims")
    return dims if ndim else ()


def kept_shape(ctx):
    """The shape of the input of a reduction with 1 for the dimensions that went."""
    dims = range(len(ctx.input_shape)) if ctx.dim is None else ctx.dim
    dims = (dims,) if isinstance(dims, int) else dims
    return tuple(1 if dim in dims else length for dim, length in enumerate(ctx.input_shape))


def check_reduction(function, input, dim, keepdim):
    """`dim` of a reduction as in `check_dims`; TypeError unless `keepdim` is a bool."""
    if not isinstance(keepdim, (bool, np.bool_)):
        raise TypeError(
            f"{function}(): argument 'keepdim' must be bool, not {type(keepdim).__name__}."
        )
    ndim = array_of(input, function).ndim
    return tuple(range(ndim)) if dim == [] or dim == () else check_dims(dim, ndim)


def sum_dtype(input, dtype):
    """The NumPy dtype a sum is computed in: what the user asked for, int64 for integers."""
    if dtype is not None:
        return numpy_dtype(dtype)
    return input._array.dtype if input._array.dtype.kind == "f" else np.dtype("int64")


def mean_dtype(input, dtype):
    """The NumPy dtype a mean is computed in; RuntimeError for integers."""
    wanted = input._array.dtype if dtype is None else numpy_dtype(dtype)
    if wanted.kind != "f":
        raise RuntimeError(
            "mean(): could not infer output dtype. Input dtype must be either a floating point or "
            f"complex dtype. Got: {input.dtype.tensor_type}. Convert first: x.float().mean()."
        )
    return wanted


def numpy_dtype(wanted, function="tensor"):
    """The NumPy dtype for what the user wrote after `dtype=`; TypeError if it is no dtype."""
    dtype = getattr(wanted, "numpy", None)
    if isinstance(dtype, np.dtype):
        return dtype
    if wanted not in (float, int, bool):
        raise TypeError(
            f"{function}(): argument 'dtype' must be torch.dtype, not {type(wanted).__name__}: "
            "give one such as torch.float32."
        )
    return np.dtype({float: "float64", int: "int64", bool: "bool"}[wanted])


# --- making tensors -------------------------------------------------------------------------------
def only_floats_require_grad(tensor):
    return RuntimeError(
        "Only Tensors of floating point and complex dtype can require gradients: this one would be "
        f"{tensor.dtype}. Write 1. instead of 1, or give dtype=torch.float32."
    )


def cast(array, wanted):
    return array if wanted is None else array.astype(wanted, copy=False)
