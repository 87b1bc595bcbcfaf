"""Floor 3. What `gathering.py` and `scattering.py` ask of their places, as `checks.py`."""

import numpy as np

from .. import arguments
from ..arrays import on_host
from ..errors import listed
from . import checks
from .chosen_places import InOrder

INTEGERS = {np.dtype("int32"), np.dtype("int64")}


def check_index(function, input, dim, index, inside=True):
    """The dimension and the places of `gather` and `scatter`; RuntimeError where they misfit."""
    name = "input" if function == "gather" else "self"
    checks.check_tensor(input, function)
    checks.check_tensor(index, function, "index", 3)
    dim = arguments.check_dim(dim, input._array.ndim)
    places = on_host(index._array)
    if not places.size:
        return dim, places.astype(np.int64)
    if places.dtype not in INTEGERS:
        raise RuntimeError(
            f"{function}(): Expected dtype int32/int64 for index, got {index.dtype}."
        )
    if max(places.ndim, 1) != max(input._array.ndim, 1):
        raise RuntimeError(
            f"Index tensor must have the same number of dimensions as {name} tensor: they have "
            f"{places.ndim} and {input._array.ndim}."
        )
    shape = input._array.shape or (1,)
    for each, (wanted, there) in enumerate(zip(places.shape, shape, strict=False)):
        if each != dim and wanted > there:
            wrong = f"index {listed(index.shape)} to be no larger than self {listed(input.shape)}"
            start = (
                f"Size does not match at dimension {each} expected"
                if name == "input"
                else ("Expected")
            )
            raise RuntimeError(f"{start} {wrong} apart from dimension {dim}")
    if inside:
        check_inside(places, shape[dim], dim)
    return dim, places


def check_inside(places, length, dim):
    if places.size and (places.min() < 0 or places.max() >= length):
        outside = (places < 0) | (places >= length)
        raise RuntimeError(
            f"index {places[outside].flat[0]} is out of bounds for dimension {dim} with size "
            f"{length}"
        )


def check_source(function, input, dim, index, src):
    """The part of `src` that lies under the index; RuntimeError if it is too small."""
    checks.check_tensor(src, function, "src", 4)
    if src._array.dtype != input._array.dtype:
        raise RuntimeError(
            "scatter(): Expected self.dtype to be equal to src.dtype: they are "
            f"{input.dtype} and {src.dtype}. Convert one: src.to(x.dtype)."
        )
    wanted, there = index._array.shape, src._array.shape
    if not index._array.size:
        return src
    if len(wanted) != len(there) and max(len(wanted), 1) != max(len(there), 1):
        raise RuntimeError("Index tensor must have the same number of dimensions as src tensor")
    if any(one > two for one, two in zip(wanted, there, strict=False)):
        raise RuntimeError(
            f"Expected index {listed(wanted)} to be no larger than self {listed(input.shape)} "
            f"apart from dimension {dim} and to be no larger size than src {listed(there)}"
        )
    if wanted == there:
        return src
    if not (wanted and there):
        return src.reshape(wanted)
    return src[tuple(slice(length) for length in wanted)]


def check_along(input, indices, dim):
    checks.check_tensor(input, "take_along_dim")
    checks.check_tensor(indices, "take_along_dim", "indices", 2)
    if indices._array.dtype != np.int64:
        raise RuntimeError(
            "torch.take_along_dim(): dtype of indices should be Long but got "
            f"{indices.dtype.tensor_type}"
        )
    if dim is not None and input._array.ndim != indices._array.ndim:
        raise RuntimeError(
            "torch.take_along_dim(): input and indices should have the same number of dimensions, "
            f"but got {input._array.ndim} dimensions for input, and {indices._array.ndim} "
            "dimensions for indices"
        )


def check_select(input, dim, index):
    """The index of the slices along `dim`; IndexError for one that is not there."""
    checks.check_tensor(input, "index_select")
    checks.check_tensor(index, "index_select", "index", 3)
    dim = arguments.check_dim(dim, input._array.ndim)
    numbers = on_host(index._array)
    if numbers.ndim > 1:
        raise IndexError("index_select(): Index is supposed to be a vector")
    if numbers.dtype not in INTEGERS:
        raise RuntimeError("index_select(): Expected dtype int32 or int64 for index")
    numbers = numbers if numbers.ndim else numbers.reshape(1)
    length = input._array.shape[dim] if input._array.ndim else 1
    if numbers.size and not 0 <= numbers.min() <= numbers.max() < length:
        raise IndexError(
            f"index out of range in self: there are {length} slices along dimension {dim}, "
            "numbered from 0."
        )
    return (slice(None),) * dim + (numbers,) if input._array.ndim else (...,)


def check_places(function, input, index):
    """The index of the places in reading order; IndexError for one that is not there."""
    checks.check_tensor(index, function.rstrip("_"), "index", 2)
    places, shape = on_host(index._array), input._array.shape
    if places.dtype != np.int64:
        raise RuntimeError(
            f"{function}(): Expected a long tensor for index, but got {index.dtype.tensor_type}"
        )
    size = input._array.size
    if places.size and not size:
        raise IndexError(f"{function}(): tried to take from an empty tensor")
    least = places.min() if places.size else 0
    if least < -size or places.size and places.max() >= size:
        outside = (places < -size) | (places >= size)
        raise IndexError(
            f"out of range: tried to access index {places[outside].flat[0]} on a tensor of {size} "
            "elements."
        )
    if not shape:
        return ()
    return InOrder(np.where(places < 0, places + size, places) if least < 0 else places)


def check_unravel(indices, shape):
    """The shape as a tuple; TypeError or ValueError where it, or the indices, make no sense."""
    if indices._array.dtype.kind not in "iu":
        raise TypeError(f"expected 'indices' to be integer dtype, but got {indices.dtype}")
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    if any(length < 0 for length in shape):
        raise ValueError(f"'shape' cannot have negative values, but got {shape}")
    return shape


def check_selecting(mask):
    checks.check_tensor(mask, "masked_select", "mask", 2)
    if mask._array.dtype.kind != "b":
        raise RuntimeError(
            "masked_select: expected BoolTensor for mask. Compare first: "
            "torch.masked_select(x, x > 0)."
        )


def check_scattering(input, mask, source):
    """RuntimeError unless the mask is a bool tensor, and the source of the same dtype."""
    checks.check_tensor(input, "masked_scatter")
    checks.check_tensor(mask, "masked_scatter", "mask", 2)
    checks.check_tensor(source, "masked_scatter", "source", 3)
    if source._array.dtype != input._array.dtype:
        one, two = input.dtype.tensor_type, source.dtype.tensor_type
        raise RuntimeError(
            f"masked_scatter: expected self and source to have same dtypes but got{one} and {two}"
        )
    if mask._array.dtype.kind != "b":
        raise RuntimeError(
            "masked_scatter_ only supports boolean masks, but got mask with dtype "
            f"{mask.dtype.tensor_type}"
        )


def check_put(input, index, source):
    """The index of the places to `put` to; IndexError unless there is a number for each."""
    checks.check_tensor(input, "put")
    checks.check_tensor(index, "put", "index", 1)
    checks.check_tensor(source, "put", "source", 2)
    if index._array.dtype == np.int64 and source._array.dtype != input._array.dtype:
        raise RuntimeError(
            "put_(): self and source expected to have the same dtype, but got self.dtype = "
            f"{input.dtype.tensor_type} and source.dtype = {source.dtype.tensor_type}"
        )
    if index._array.dtype == np.int64 and source._array.size != index._array.size:
        raise IndexError(
            "put_(): Expected source and index to have the same number of elements, but got "
            f"source.numel() = {source._array.size}, index.numel() = {index._array.size}"
        )
    return check_places("put_", input, index)
