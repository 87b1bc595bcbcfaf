"""Floor 3. What the operations of `placing.py` ask of their masks and indices, as `checks.py`."""

from .. import arguments
from ..arrays import on_host
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
    numbers = on_host(index._array)
    numbers = numbers if numbers.ndim else numbers.reshape(1)
    if function == "index_reduce" and numbers.dtype.name not in ("int32", "int64"):
        raise RuntimeError(
            "index_reduce_(): Expected dtype int32/int64 for index but got: "
            f"{index.dtype.tensor_type}"
        )
    if numbers.dtype.kind not in "iu" or numbers.ndim > 1:
        raise IndexError(
            f"{function}(): Expected dtype int32/int64 for index and at most one dimension, got "
            f"{index.dtype} of shape {listed(index.shape)}."
        )
    length = input._array.shape[dim] if input._array.ndim else 1
    if source is not None:
        check_source(function, input, dim, len(numbers), source)
    if numbers.size and not (-length <= numbers.min() and numbers.max() < length):
        wrong = numbers[(numbers < -length) | (numbers >= length)][0]
        error = RuntimeError if function == "index_add" else IndexError
        raise error(f"index {wrong} is out of bounds for dimension {dim} with size {length}")
    return (slice(None),) * dim + (numbers,) if input._array.ndim else (...,)


def check_source(function, input, dim, number, source):
    """RuntimeError for a source whose slices do not fit, or are not as many as the indices."""
    checks.check_tensor(source, function, "source", 4)
    if source.dtype is not input.dtype:
        raise RuntimeError(
            f"{function}_(): self ({input.dtype.tensor_type}) and source "
            f"({source.dtype.tensor_type}) must have the same scalar type"
        )
    rest = [list(each._array.shape) for each in (input, source)]
    for shape in rest:
        if shape:
            del shape[dim]
    if rest[0] != rest[1] or input._array.ndim != source._array.ndim:
        raise RuntimeError(
            "source tensor shape must match self tensor shape, excluding the specified dimension. "
            f"Got self.shape = {listed(input.shape)} source.shape = {listed(source.shape)}"
        )
    if source._array.ndim and source._array.shape[dim] != number:
        raise RuntimeError(
            f"{function}_(): Number of indices ({number}) should be equal to source.size(dim): "
            f"({source._array.shape[dim]}), for dim: {dim}"
        )
