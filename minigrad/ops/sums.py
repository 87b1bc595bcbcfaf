"""Floor 3. Sums over dimensions, for rules that need many: of a tensor recorded, of an array fast.

A row of numbers is added up as its product with ones, in a third of the time of NumPy's `sum`.
"""

from functools import lru_cache

import numpy as np

from ..arrays import ones
from ..carriers import summed
from ..tensor import Tensor


@lru_cache(64)
def row_of_ones(length, dtype):
    """Ones, made once. (The product with them takes half as long as making them.)"""
    row = np.ones(length, dtype)
    row.flags.writeable = False
    return row


def total_of_rows(matrix):
    """The sum of the rows of a matrix (n, m): a vector (m)."""
    if type(matrix) is not np.ndarray or matrix.dtype.itemsize == 2:
        return summed(matrix, (0,))
    return row_of_ones(len(matrix), matrix.dtype).dot(matrix)


def total(array, dims):
    """The sum over the dimensions `dims`, which stay with length 1.

    For arrays, `dims` are the first, or some of the last, or both.
    """
    if isinstance(array, Tensor):
        return array.sum(dims, keepdim=True)
    if not array.size or array.dtype.itemsize == 2:  # float16 is added up in float32
        wide = np.float32 if array.dtype.itemsize == 2 else array.dtype
        return np.add.reduce(array, axis=dims, keepdims=True, dtype=wide)
    rows = _rows(array, dims)
    if rows.shape[-1] > 1:
        rows = rows @ ones(rows.shape[-1], array.dtype, array)
    return _over_batch(rows, array, dims)


def total_of_product(array, other, dims):
    """The sum of array * other over the dimensions `dims`, as in `total`."""
    if isinstance(array, Tensor) or isinstance(other, Tensor):
        return (array * other).sum(dims, keepdim=True)
    if not array.size or array.dtype.itemsize == 2:
        return total(array * other, dims)
    rows = _rows(array, dims)
    if rows.shape[-1] < 16:  # too short for a product of vectors
        return total(array * other, dims)
    return _over_batch(np.vecdot(rows, _rows(other, dims)), array, dims)


def _rows(array, dims):
    """The array with those of `dims` that come last as a single one."""
    kept = array.ndim
    while kept > 1 and kept - 1 in dims:
        kept -= 1
    return array.reshape(*array.shape[:kept], -1)


def _over_batch(sums, array, dims):
    """Sums of rows, added up over the first dimension if that is wanted, in the shape to return."""
    shape = [1 if dim in dims else n for dim, n in enumerate(array.shape)]
    if 0 in dims:
        sums = sums.reshape(len(array), -1)
        sums = ones(len(sums), array.dtype, array) @ sums
    return sums.reshape(shape)
