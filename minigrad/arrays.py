"""Floor 1. Arrays of NumPy and of a GPU alike: what NumPy's protocols do not cover.

A kernel computes with `np.…` on whatever array it is given (`cuda_array.py`). To make a new array,
to copy one, or to look at its memory it asks here, so that the new one is where the given one is.
"""

import numpy as np

from .cuda_array import CudaArray, library, on_gpu


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
