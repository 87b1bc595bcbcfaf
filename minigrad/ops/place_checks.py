"""Floor 3. What the operations of `placing.py` ask of their masks and indices, as `checks.py`."""

import numpy as np

from .. import arguments
from ..errors import listed
from ..tensor import Tensor
from . import checks


def check_mask(mask, value):
    """TypeError or RuntimeError unless the mask is a bool tensor and the value one number."""
    checks.check_tensor(mask, "masked_fill", "mask", 2)
    if mask._array.dtype.kind != "b":
        raise RuntimeError(
            "masked_fill_ only supports boolean masks, but got mask with dtype "
            f"{mask.dtype}. Compare first: x.masked_fill(x > 0, 1.)."
        )
    if isinstance(value, Tensor) and value._array.ndim:
        raise RuntimeError(
            "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with "
            f"{value._array.ndim} dimension(s)."
        )


def check_slices(function, input, dim, index, source=None):
    """The index of the slices along `dim` that `index` numbers; IndexError if one is not there."""
    checks.check_tensor(input, function)
    checks.check_tensor(index, function, "index", 3)
    dim = arguments.check_dim(dim, input._array.ndim)
    numbers = np.atleast_1d(index._array)
    if numbers.dtype.kind not in "iu" or numbers.ndim > 1:
        raise IndexError(
            f"{function}(): Expected dtype int32/int64 for index and at most one dimension, got "
            f"{index.dtype} of shape {listed(index.shape)}."
        )
    length = input._array.shape[dim] if input._array.ndim else 1
    if numbers.size and not (-length <= numbers.min() and numbers.max() < length):
        raise IndexError(f"index out of range in self: dimension {dim} has length {length}.")
    if source is not None:
        checks.check_tensor(source, function, "source", 4)
        expected = list(input._array.shape)
        if expected:
            expected[dim] = len(numbers)
        if list(source._array.shape) != expected:
            raise RuntimeError(
                f"{function}(): Number of indices ({len(numbers)}) should be equal to "
                f"source.size(dim), and the other lengths to those of self: expected "
                f"{expected}, got {listed(source.shape)}."
            )
        if source.dtype is not input.dtype:
            raise RuntimeError(
                f"{function}(): self ({input.dtype.tensor_type}) and source "
                f"({source.dtype.tensor_type}) must have the same scalar type."
            )
    return (slice(None),) * dim + (numbers,) if input._array.ndim else (...,)
