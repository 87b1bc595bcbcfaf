"""Floor 1. Making tensors: from Python numbers, from NumPy, from a shape, from chance."""

import numpy as np

from . import errors
from .dtypes import Size, dtype_of
from .tensor import Tensor, new

_random = np.random.RandomState()  # a frozen stream: the same seed gives the same numbers for ever


def wrap(array, requires_grad=False):
    """A leaf tensor around a NumPy array, which is not copied."""
    tensor = new(Tensor)
    tensor._array = array
    if requires_grad:
        if array.dtype.kind != "f":
            raise errors.only_floats_require_grad(tensor)
        tensor._requires_grad = True
    return tensor


def tensor(data, *, dtype=None, requires_grad=False):
    """A new tensor with a copy of `data`: a number, nested lists, an array or a tensor.

    Python floats give float32 and integers int64; a NumPy array keeps its dtype. ValueError for
    ragged lists, TypeError for what is no number.
    """
    wanted = None if dtype is None else errors.numpy_dtype(dtype)
    return wrap(np.array(to_array(data, wanted)), requires_grad)


def to_array(data, wanted=None):
    """`data` as an array of one of our dtypes, sharing memory where that is possible."""
    if isinstance(data, Tensor):
        array = data.array
    elif isinstance(data, (np.ndarray, np.generic)):
        array = np.asarray(data)
        dtype_of(array.dtype)
    else:
        array = errors.check_nested(data, Tensor)
        if wanted is None and array.dtype.kind == "f":
            wanted = np.float32
    return errors.cast(array, wanted)


def as_tensor(data, dtype=None):
    """As `tensor`, but a tensor or array of the right dtype is used as it is, not copied."""
    wanted = None if dtype is None else errors.numpy_dtype(dtype)
    if isinstance(data, Tensor) and wanted in (None, data._array.dtype):
        return data
    return wrap(to_array(data, wanted))


def from_numpy(ndarray):
    """A tensor that shares its memory with a NumPy array; TypeError for anything else."""
    if not isinstance(ndarray, np.ndarray):
        raise TypeError(f"expected np.ndarray (got {type(ndarray).__name__})")
    dtype_of(ndarray.dtype)
    return wrap(ndarray)


def _shape(size):
    """The shape that `zeros(2, 3)`, `zeros((2, 3))` or `zeros(Size)` asks for."""
    if len(size) == 1 and isinstance(size[0], (tuple, list)):
        size = size[0]
    return errors.check_size(size)


def _float(dtype):
    return np.dtype("float32") if dtype is None else errors.numpy_dtype(dtype)


def zeros(*size, dtype=None, requires_grad=False):
    """A tensor of zeros, float32 unless `dtype` says otherwise."""
    return wrap(np.zeros(_shape(size), _float(dtype)), requires_grad)


def ones(*size, dtype=None, requires_grad=False):
    """A tensor of ones, float32 unless `dtype` says otherwise."""
    array = np.empty(_shape(size), _float(dtype))  # np.ones takes three times as long
    array.fill(1)
    return wrap(array, requires_grad)


def empty(*size, dtype=None, requires_grad=False):
    """A tensor whose numbers are whatever was in the memory before."""
    return wrap(np.empty(_shape(size), _float(dtype)), requires_grad)


def full(size, fill_value, *, dtype=None, requires_grad=False):
    """A tensor of one number; its kind (bool, integer, float) decides the dtype if none is given."""
    value = errors.cast(errors.check_nested(fill_value, Tensor), None)
    if dtype is not None:
        wanted = errors.numpy_dtype(dtype)
    else:
        wanted = np.float32 if value.dtype.kind == "f" else value.dtype
    array = np.empty(_shape((size,)), wanted)
    array[...] = value
    return wrap(array, requires_grad)
