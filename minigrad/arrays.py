"""Floor 1. Arrays of NumPy and of a GPU alike: what NumPy's protocols do not cover.

A kernel computes with `np.…` on whatever array it is given (`cuda_array.py`). To make a new array,
to copy one, or to look at its memory it asks here, so that the new one is where the given one is.
"""

import sys

import numpy as np

from .cuda_array import CudaArray, library, on_gpu

# What `sys.getrefcount(array)` is in a function where the variable `array` alone refers to it: the
# variable, and (before Python 3.14) the argument of the call. Too low a number costs a copy.
ALONE = 1 if sys.version_info >= (3, 14) else 2


def of_cuda(array):
    """The array of another library on a GPU (`__cuda_array_interface__`), sharing its memory."""
    return array if isinstance(array, CudaArray) else CudaArray(library().asarray(array))


def on_host(array):
    """An array for NumPy: itself, or a copy of one on a GPU."""
    return array.on_host if isinstance(array, CudaArray) else array


def beside(array, like):
    """An array, or a copy of it, where the array `like` is."""
    if type(like) is not CudaArray:
        return on_host(array)
    if type(array) is CudaArray and array.gpu == like.gpu:
        return array
    return on_gpu(on_host(array), like.gpu)


def zeros(shape, dtype, like):
    """Zeros, where the array `like` is."""
    if type(like) is CudaArray:
        return like.call(library().zeros, shape, dtype)
    return np.zeros(shape, dtype)


def empty(shape, dtype, like):
    """An array whose numbers are not set, where the array `like` is."""
    if type(like) is CudaArray:
        return like.call(library().empty, shape, dtype)
    return np.empty(shape, dtype)


def ones(shape, dtype, like):
    """Ones, where the array `like` is."""
    made = empty(shape, dtype, like)
    made.fill(1)
    return made


def copied(array, order="K"):
    """A copy with memory of its own; of a NumPy scalar an array."""
    if type(array) is CudaArray:
        return array.call(library().array, array, order=order)
    return np.array(array, order=order)


def whole(array):
    """An array, of a NumPy scalar as well: one that can be written to."""
    return np.asarray(array) if isinstance(array, np.generic) else array


def strided(array, shape, strides):
    """A view of the memory of an array, by lengths and steps (in bytes)."""
    if type(array) is CudaArray:
        return array.call(library().lib.stride_tricks.as_strided, array, shape, strides)
    return np.lib.stride_tricks.as_strided(array, shape, strides)


def address(array):
    """Where the first element lies in memory."""
    if type(array) is CudaArray:
        return array.address
    return array.__array_interface__["data"][0]


PIECE = 1 << 15  # so many numbers of an array stay in the cache of the processor


def pieces(length, size):
    """Slices that divide a length into pieces of a size; the last may be shorter."""
    return [slice(start, start + size) for start in range(0, length, size)]


def add_scaled(array, factor, other):
    """array += factor * other, a piece at a time: there is never a second array of that size."""
    in_order = array.flags.c_contiguous and other.flags.c_contiguous
    if array.size <= PIECE or not in_order or np.may_share_memory(array, other):
        array += other if factor == 1 else factor * other
        return
    array, other = array.reshape(-1), other.reshape(-1)
    for piece in pieces(array.size, PIECE):
        array[piece] += factor * other[piece]


# --- what nobody else holds -----------------------------------------------------------------------
def can_be_kept(array, like):
    """Whether an array that nobody else holds can be used as it is in place of a copy for `like`.

    It has the same shape, dtype and steps, may be written to, and nobody holds its memory either.
    (Copying the gradients of a network 784-256-10 takes 7 % of a training step.)
    """
    if type(array) is not np.ndarray or array.dtype != like.dtype or array.strides != like.strides:
        return False
    whole = array.base
    if whole is not None:
        if type(whole) is not np.ndarray or whole.base is not None or whole.size != array.size:
            return False
        if sys.getrefcount(whole) > ALONE + 1:  # the variable, and what `array` is a view of
            return False
    return array.flags.writeable


def copied_as(array, like):
    """A copy in the dtype of `like`, and with its order in memory; of a scalar, a scalar."""
    if array.strides == like.strides or type(array) is not np.ndarray:
        return array.astype(like.dtype)
    if 0 in like.strides:  # an expanded leaf: its own order says nothing
        return array.astype(like.dtype, order="C")
    copy = np.empty_like(like)
    copy[...] = array
    return copy
