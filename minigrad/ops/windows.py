"""Floor 3. Windows that slide over images and sequences: what convolution and pooling share.

An array is (batch, channels, *lengths), with one length for a sequence and two for an image.
"""

from collections import namedtuple
from math import prod

import numpy as np

from ..arrays import empty, strided

# How windows lie, a number for each length: `kernel` is the size of a window, `stride` the step
# from one to the next, `padding` what is added on both sides, `dilation` the step inside a window.
Windows = namedtuple("Windows", "kernel stride padding dilation")


def padded(array, padding, value=0):
    """A copy with `value` around it: on both sides of each length a number, or a pair of numbers.

    The array itself if there is nothing to add.
    """
    if not any(each if type(each) is int else any(each) for each in padding):
        return array
    pairs = [(each, each) if type(each) is int else each for each in padding]
    first = array.ndim - len(pairs)
    lengths = [n + sum(pair) for n, pair in zip(array.shape[first:], pairs)]
    result = empty((*array.shape[:first], *lengths), array.dtype, array)
    result.fill(value)
    result[inside(pairs, array.shape[first:])] = array
    return result


def inside(pairs, lengths):
    """The index of what is not padding."""
    return (..., *(slice(before, before + n) for (before, _), n in zip(pairs, lengths)))


def without(array, padding):
    """What is left without the padding."""
    if not any(padding):
        return array
    return array[(..., *(slice(each, n - each) for each, n in zip(padding, array.shape[2:])))]


def results(lengths, how):
    """How many windows there are along each length."""
    return tuple(
        (n + 2 * pad - dilation * (size - 1) - 1) // stride + 1
        for n, size, stride, pad, dilation in zip(lengths, *how)
    )


def windows(array, how, out):
    """A view (batch, channels, *kernel, *out): every window of a padded array, without a copy."""
    dims = len(out)
    outer, steps = array.strides[:-dims], array.strides[-dims:]
    return strided(
        array,
        (*array.shape[:-dims], *how.kernel, *out),
        (
            *outer,
            *(step * each for step, each in zip(steps, how.dilation)),
            *(step * each for step, each in zip(steps, how.stride)),
        ),
    )


def places(how, out):
    """For each place of the kernel its elements in all windows, as an index; in reading order."""
    reaches = [stride * (n - 1) + 1 for stride, n in zip(how.stride, out)]
    for place in np.ndindex(how.kernel):
        starts = [dilation * each for dilation, each in zip(how.dilation, place)]
        yield (..., *(slice(a, a + n, s) for a, n, s in zip(starts, reaches, how.stride)))


def overlap(how):
    """Whether two windows can share an element."""
    spans = [dilation * (size - 1) + 1 for size, dilation in zip(how.kernel, how.dilation)]
    return any(stride < span for stride, span in zip(how.stride, spans))


def joined_windows(array, how, out, groups):
    """The windows of all inputs as the columns of a matrix for each group, copied side by side:
    (groups, elements of a window, batch * windows).
    """
    view, dims = windows(array, how, out), len(out)
    view = view.transpose(*range(1, dims + 2), 0, *range(dims + 2, 2 * dims + 2))
    return view.reshape(groups, array.shape[1] // groups * prod(how.kernel), len(array) * prod(out))
