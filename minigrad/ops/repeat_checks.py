"""Floor 3. What the operations of `repeating.py` ask of their inputs, as `checks.py`."""

import numpy as np

from ..arrays import beside
from ..creation import wrap
from ..errors import listed
from ..tensor import Tensor
from . import checks


def given(tensors):
    """`f(a, b)` and `f([a, b])` as a list of tensors."""
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tensors[0]
    for index, each in enumerate(tensors):
        if not isinstance(each, Tensor):
            raise TypeError(
                f"expected Tensor as element {index} in argument 0, but got {type(each).__name__}"
            )
    return list(tensors)


def indices(numbers, like):
    """Places as a tensor of int64, where another tensor is."""
    return wrap(beside(np.asarray(numbers, np.int64), like._array))


def check_repeats(input, repeats):
    if len(repeats) < input._array.ndim:
        raise RuntimeError(
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of "
            f"tensor: {len(repeats)} for the shape {listed(input.shape)}."
        )
    shape = (1,) * (len(repeats) - input._array.ndim) + input._array.shape
    lengths = [number * length for number, length in zip(repeats, shape, strict=True)]
    for length in lengths:
        if length < 0:
            raise RuntimeError(
                f"Trying to create tensor with negative dimension {length}: {lengths}"
            )


def check_kind(counts):
    """Counts are integers of one dimension, not negative."""
    if counts._array.dtype.name not in ("int32", "int64"):
        raise checks.not_implemented_for("repeat_interleave_cpu", counts, "Use repeats.long().")
    if counts._array.ndim != 1:
        raise RuntimeError("repeat_interleave only accept 1D vector as repeat")
    if counts._array.size and counts._array.min() < 0:
        raise RuntimeError("repeats can not be negative")


def check_counts(counts, length, dim):
    if counts._array.ndim > 1:
        raise RuntimeError("repeats must be 0-dim or 1-dim tensor")
    if counts._array.size not in (1, length):
        raise RuntimeError(
            "repeats must have the same size as input along dim, but got repeats.size(0) = "
            f"{counts._array.size} and input.size({dim}) = {length}"
        )


def check_grid(tensors, indexing):
    if not tensors:
        raise RuntimeError("meshgrid expects a non-empty TensorList")
    for each in tensors:
        if each._array.ndim > 1:
            raise RuntimeError(
                "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: "
                f"{each.detach()!r}"
            )
        if each._array.dtype != tensors[0]._array.dtype:
            raise RuntimeError("meshgrid expects all tensors to have the same dtype")
    if indexing not in (None, "ij", "xy"):
        raise RuntimeError(
            f'torch.meshgrid: indexing must be one of "xy" or "ij", but received: {indexing}'
        )


def check_vector(tensor):
    if tensor._array.ndim != 1:
        raise RuntimeError(f"Expect a 1D vector, but got shape {listed(tensor.shape)}")
