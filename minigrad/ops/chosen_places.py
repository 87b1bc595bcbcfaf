"""Floor 3. Elements of an array that index arrays choose, read and combined with others, fast.

What an index of NumPy's says is found by its numbers in reading order, where NumPy is fastest: a
`take` of them needs a quarter of the time of `array[index]`, and `np.add.at` a fifth.
"""

import numpy as np

from ..arrays import copied

SMALL = 1000  # below, it does not pay to look at the index
LONG = 64  # a slice of so many elements is worth a step of Python's


class InOrder:
    """Places counted in reading order, as an index."""

    def __init__(self, numbers):
        self.numbers = numbers


def kept(index):
    """An index with arrays of its own, for a node: the user's tensor of places may be overwritten
    before the backward pass, which needs them as they were.
    """
    if isinstance(index, InOrder):
        return InOrder(copied(index.numbers))
    if isinstance(index, tuple):
        return tuple(copied(each) if hasattr(each, "dtype") else each for each in index)
    return copied(index) if hasattr(index, "dtype") else index


def along(numbers, dim):
    """An index for the places that `numbers` names along `dim`, each in its own row elsewhere."""
    if not numbers.ndim:
        return (numbers,)
    index, last = [], numbers.ndim - 1
    for each, length in enumerate(numbers.shape):
        if each == dim:
            index.append(numbers)
        else:
            index.append(np.arange(length).reshape(-1, *(1,) * (last - each)))
    return tuple(index)


def read(array, index):
    """`array[index]`, always a copy."""
    if isinstance(index, InOrder):
        return array.reshape(-1)[index.numbers]
    parts = index if isinstance(index, tuple) else (index,)
    if isinstance(array, np.ndarray) and array.size >= SMALL:
        found = single(parts)
        if found is not None:
            return array.take(parts[found], axis=found)
        if names_elements(parts, array):
            return array.reshape(-1).take(in_order(parts, array.shape))
    chosen = any(hasattr(each, "dtype") for each in parts)
    return array[index] if chosen else copied(array[index])


def write(array, index, values):
    """`array[index] = values`, for an array with memory of its own in reading order."""
    if isinstance(index, InOrder):
        array.reshape(-1)[index.numbers] = values
    else:
        array[index] = values


def combine(kernel, array, index, values):
    """`kernel.at(array, index, values)`: np.add and its like, for every place that is named."""
    if isinstance(index, InOrder):
        array, index = array.reshape(-1), (index.numbers,)
    parts = index if isinstance(index, tuple) else (index,)
    if not isinstance(array, np.ndarray) or array.size < SMALL or not array.flags.c_contiguous:
        kernel.at(array, index, values)
    elif len(parts) == 1 and is_array(parts[0], "b"):  # a place of a mask is named once
        array[index] = kernel(array[index], values)
    elif single(parts) is not None and parts[single(parts)].ndim == 1:
        combine_slices(kernel, array, parts[single(parts)], single(parts), values)
    elif names_elements(parts, array):
        places = in_order(parts, array.shape)
        combine_flat(kernel, array, places, np.broadcast_to(values, places.shape))
    else:
        kernel.at(array, index, values)


def combine_slices(kernel, array, numbers, dim, values):
    """The slices along a dimension that some numbers name, combined with others."""
    length, width = array.shape[dim], int(np.prod(array.shape[dim + 1 :]))
    numbers = from_the_start(numbers, length)
    shape = (*array.shape[:dim], len(numbers), *array.shape[dim + 1 :])
    if np.bincount(numbers, minlength=1).max() <= 1:  # none is named twice
        before = (slice(None),) * dim
        array[(*before, numbers)] = kernel(array[(*before, numbers)], values)
    elif dim == 0 and width >= LONG:
        for number, each in zip(numbers.tolist(), np.broadcast_to(values, shape), strict=True):
            row = array[number]
            kernel(row, each, out=row)
    else:
        rows = np.arange(int(np.prod(array.shape[:dim])))[:, None, None] * length
        places = (rows + numbers[:, None]) * width + np.arange(width)
        combine_flat(kernel, array, places, np.broadcast_to(values, shape))


def combine_flat(kernel, array, places, values):
    """`kernel.at` as one vector, for which NumPy has a fast path."""
    values = values.astype(array.dtype, copy=False).reshape(-1)
    kernel.at(array.reshape(-1), places.reshape(-1), values)


def in_order(parts, shape):
    """The numbers in reading order of what index arrays, one for each dimension, name."""
    steps = [int(np.prod(shape[dim + 1 :])) for dim in range(len(shape))]
    found = 0
    for _, dim in sorted((each.size, dim) for dim, each in enumerate(parts)):
        here = from_the_start(parts[dim], shape[dim])
        found = found + (here if steps[dim] == 1 else here * steps[dim])
    return found


def from_the_start(numbers, length):
    """Index numbers of which some may count from the end, as ones that count from the start."""
    numbers = numbers.astype(np.intp, copy=False)
    if numbers.size and numbers.min() < 0:
        return np.where(numbers < 0, numbers + length, numbers)
    return numbers


def is_array(part, kinds):
    return isinstance(part, np.ndarray) and part.dtype.kind in kinds


def is_integers(part):
    return is_array(part, "iu") and part.ndim > 0


def names_elements(parts, array):
    """Whether there is an index array for each dimension, and not for a few elements alone."""
    return (
        len(parts) == array.ndim
        and all(is_integers(each) for each in parts)
        and max(each.size for each in parts) >= SMALL
    )


def single(parts):
    """The place of an index array that stands behind nothing but full slices, or None."""
    *before, last = parts if parts else (None,)
    full = all(isinstance(each, slice) and each == slice(None) for each in before)
    return len(before) if full and is_integers(last) else None
