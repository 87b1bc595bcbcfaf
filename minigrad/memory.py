"""Floor 7. Arrays that share memory: what has to be kept of it, so that they share it again."""

import numpy as np

from .arrays import address


def families(arrays):
    """Lists of the places of arrays whose memory overlaps; each array is in one list."""
    bounds = [bounds_of(each) for each in arrays]
    full = [place for place, each in enumerate(arrays) if each.size]
    groups, end = [], 0
    for place in sorted(full, key=bounds.__getitem__):
        low, high = bounds[place]
        if groups and low < end:
            groups[-1].append(place)
            end = max(end, high)
        else:
            groups.append([place])
            end = high
    groups += [[place] for place, each in enumerate(arrays) if not each.size]
    return sorted(map(sorted, groups))


def bounds_of(array):
    """Where the memory of an array, of NumPy or on a GPU, begins and ends."""
    reaches = [(n - 1) * step for n, step in zip(array.shape, array.strides)] if array.size else []
    low = address(array) + sum(each for each in reaches if each < 0)
    return low, low + sum(map(abs, reaches)) + array.itemsize * bool(array.size)


def to_keep(arrays):
    """One array with all the numbers of a family, and where in it each member lies.

    A place is None for the whole array as it is, otherwise (dtype, shape, strides, offset) in
    bytes. An array alone is kept without what lies between its numbers.
    """
    first = arrays[0]
    if all(geometry(each) == geometry(first) for each in arrays):
        low, high = bounds_of(first) if first.size else (0, 0)
        if first.flags.c_contiguous or high - low > first.nbytes or not first.size:
            return np.array(first, order="C", copy=None), [None] * len(arrays)
    bounds = [bounds_of(each) for each in arrays]
    low, high = min(low for low, _ in bounds), max(high for _, high in bounds)
    places = [
        (each.dtype.str, each.shape, each.strides, each.__array_interface__["data"][0] - low)
        for each in arrays
    ]
    memory = np.asarray(Stretch(low, high - low))
    if all(each.dtype == first.dtype for each in arrays) and memory.size % first.itemsize == 0:
        memory = memory.view(first.dtype)
    return memory, places


def geometry(array):
    """Where the numbers of an array lie, and what they are."""
    return array.__array_interface__["data"][0], array.shape, array.strides, array.dtype


class Stretch:
    """A stretch of memory for NumPy to read. Whoever uses it keeps the owners alive."""

    def __init__(self, start, length):
        self.__array_interface__ = {
            "data": (start, True),
            "shape": (length,),
            "typestr": "|u1",
            "version": 3,
        }


def member(memory, place):
    """The array at a place of a memory. ValueError if it would reach beyond."""
    if place is None:
        return memory
    dtype, shape, strides, offset = place
    return np.ndarray(tuple(shape), np.dtype(dtype), memory, offset, tuple(strides))
