"""Floor 3. What an index may be and where it may point, as `checks.py`."""

import operator

import numpy as np

from .. import arguments, creation_checks, write_errors
from ..arrays import beside, whole
from ..dtypes import dtype_of
from ..errors import listed
from ..tensor import Tensor


def check_integer(part):
    """An index as an int; IndexError for what cannot be an index."""
    try:
        return operator.index(part)
    except TypeError:
        raise IndexError(
            "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are "
            f"valid indices (got {type(part).__name__})"
        ) from None


def check_index(index, dim, shape):
    """An index that is in the tensor, as it is; IndexError if it points outside."""
    if not -shape[dim] <= index < shape[dim]:
        raise out_of_bounds(index, dim, shape)
    return index


def out_of_bounds(index, dim, shape):
    return IndexError(f"index {index} is out of bounds for dimension {dim} with size {shape[dim]}")


def check_slice(part):
    for each in (part.start, part.stop, part.step):
        if each is not None and not hasattr(each, "__index__"):
            raise TypeError(
                "slice indices must be integers or None or have an __index__ method: got "
                f"{type(each).__name__}."
            )
    if part.step is not None and operator.index(part.step) <= 0:
        if operator.index(part.step) == 0:
            raise ValueError("slice step cannot be zero")
        raise ValueError("step must be greater than zero: a tensor is read forwards; see flip().")


def check_list(part, tensor):
    """A list of indices as an array; an empty one chooses nothing."""
    array = creation_checks.check_nested(part, tensor)
    return array.astype(np.intp) if array.size == 0 else array


def check_kind(part):
    if part.dtype.kind not in "iub":
        raise IndexError(
            "tensors used as indices must be long, int, byte or bool tensors: this one is "
            f"{part.dtype}. Convert it: index.long()."
        )


def check_number(taken, parts, shape):
    """IndexError if the index has more parts than the tensor has dimensions."""
    if taken <= len(shape):
        return
    if not shape and len(parts) == 1 and isinstance(parts[0], int):
        if parts[0]:
            raise IndexError(
                f"index {parts[0]} is out of bounds for dimension 0 with size 0: the tensor is a "
                "single number, without dimensions. Use `tensor.item()`."
            )
        raise IndexError(
            "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` "
            "in C++ to convert a 0-dim tensor to a number"
        )
    if not shape and isinstance(parts[0], slice):
        raise IndexError("slice() cannot be applied to a 0-dim tensor.")
    raise IndexError(
        f"too many indices for tensor of dimension {len(shape)}: {taken} were given for the shape "
        f"{listed(shape)}."
    )


def check_array(part, dim, shape):
    """The arrays of integers, one for each dimension, that an array of integers or bools means."""
    if part.dtype.kind == "b":
        for offset, length in enumerate(part.shape):
            if shape[dim + offset] != length:
                raise IndexError(
                    f"The shape of the mask {listed(part.shape)} at index {offset} does not match "
                    f"the shape of the indexed tensor {listed(shape)} at index {dim + offset}"
                )
        return part.nonzero()
    outside = part[(part < -shape[dim]) | (part >= shape[dim])]
    if outside.size:
        raise out_of_bounds(outside[0], dim, shape)
    return (part,)


def check_arrays_fit(arrays):
    try:
        np.broadcast_shapes(*(each.shape for each in arrays))
    except ValueError:
        shapes = ", ".join(listed(each.shape) for each in arrays)
        raise IndexError(
            "shape mismatch: indexing tensors could not be broadcast together with shapes "
            f"{shapes}. x[i, j] takes one element for each pair of i and j."
        ) from None


def check_no_overlap(tensor, value):
    """RuntimeError for a value that lies in the memory that is about to be written to."""
    if isinstance(value, Tensor) and write_errors.overlap(tensor.array, value.array):
        raise RuntimeError(
            "unsupported operation: some elements of the input tensor and the written-to tensor "
            "refer to a single memory location. Please clone() the tensor before performing the "
            "operation."
        )


def check_value(tensor, value, chosen):
    """The value to write as an array of the tensor's dtype; TypeError for a list and the like."""
    if isinstance(value, Tensor):
        if chosen and value._array.ndim and value.dtype is not tensor.dtype:
            raise RuntimeError(
                "Index put requires the source and destination dtypes match, got "
                f"{tensor.dtype.tensor_type} for the destination and {value.dtype.tensor_type} for "
                "the source. Convert it: value.to(x)."
            )
        moved = beside(value._array, tensor._array)
        return moved.astype(tensor._array.dtype, copy=False)
    if not isinstance(value, (int, float, np.number, np.bool_)):
        raise TypeError(
            f"can't assign a {type(value).__name__} to a torch.{tensor.dtype.tensor_type}Tensor. "
            "Assign a number or a tensor: torch.tensor(...)."
        )
    return arguments.check_fill(tensor, value)


def check_fits(tensor, value, shape, chosen):
    """The value, without leading dimensions of length 1; RuntimeError if it does not broadcast."""
    array = whole(value)
    while array.ndim > len(shape) and array.shape[0] == 1:
        array = array[0]
    pairs = zip(array.shape[::-1], shape[::-1], strict=False)
    if array.ndim <= len(shape) and all(one in (1, two) for one, two in pairs):
        return array
    if chosen:
        raise RuntimeError(
            f"shape mismatch: value tensor of shape {listed(array.shape)} cannot be broadcast to "
            f"indexing result of shape {listed(shape)}"
        )
    raise cannot_expand(tensor._array, array.shape, shape)


def cannot_expand(tensor, shape, target):
    """A shape that cannot be expanded to another; names the last dimension at which they differ."""
    if len(shape) > len(target):
        return RuntimeError(
            f"expand(torch.{dtype_of(tensor.dtype).tensor_type}Tensor{{{listed(shape)}}}, size="
            f"{listed(target)}): the number of sizes provided ({len(target)}) must be greater or "
            f"equal to the number of dimensions in the tensor ({len(shape)})"
        )
    back = next(back for back in range(1, len(shape) + 1) if shape[-back] not in (1, target[-back]))
    return RuntimeError(
        f"The expanded size of the tensor ({target[-back]}) must match the existing size "
        f"({shape[-back]}) at non-singleton dimension {len(target) - back}.  Target sizes: "
        f"{listed(target)}.  Tensor sizes: {listed(shape)}"
    )
