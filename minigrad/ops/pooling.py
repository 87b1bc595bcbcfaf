"""Floor 3. Pooling: of every window of an image or a sequence the largest number, or the mean.

A window is a rectangle, so its maximum (or sum) is taken along one length after the other: two
steps for a window of 2×2, where the length that lies densely in memory comes last.
"""

import numpy as np

from .. import arrays
from ..carriers import numbers
from ..function import Function
from ..tensor import Tensor, new
from . import pooling_checks
from .choices import masked
from .shapes import squeeze, unsqueeze
from .windows import inside, overlap, padded, places


def folded(kernel, array, how, out):
    """`np.maximum` or `np.add` of all elements of each window, one length after the other."""
    first = array.ndim - len(out)
    for axis, (size, stride, _, dilation) in enumerate(zip(*how), first):
        reach = stride * (out[axis - first] - 1) + 1
        before = (slice(None),) * axis
        slices = [
            array[(*before, slice(start, start + reach, stride))]
            for start in range(0, dilation * size, dilation)
        ]
        array = slices[0] if size == 1 else kernel(slices[0], slices[1])
        for each in slices[2:]:
            kernel(array, each, out=array)
    return array


def around(how, lengths, out):
    """What to add before and after each length, so that all windows lie inside."""
    return [
        (pad, max(0, stride * (n - 1) + dilation * (size - 1) + 1 - pad - length))
        for length, n, (size, stride, pad, dilation) in zip(lengths, out, zip(*how))
    ]


def room(like, how, lengths, edges):
    """An array for the gradients of images and of the padding around them: zeros, unless every
    element lies in a window of its own and will be set.
    """
    wide = [n + sum(each) for n, each in zip(lengths, edges)]
    covered = [n * size for n, size in zip(like.shape[-2:], how.kernel)]
    tiled = how.kernel == how.stride and wide == covered
    make = arrays.empty if tiled else arrays.zeros
    return make((*like.shape[:-2], *wide), like.dtype, like)


def lowest(dtype):
    """A number that is never the only largest one."""
    return -np.inf if dtype.kind == "f" else np.iinfo(dtype).min


def places_of(self, largest, how):
    """For each window the number of the place where its maximum is; of several, the first."""
    edges = around(how, self.shape[-2:], largest.shape[-2:])
    padding = arrays.zeros((1, *self.shape[-2:]), bool, self)
    padding = padded(padding, edges, True) if any(map(any, edges)) else None
    self = padded(self, edges, lowest(self.dtype))
    every = list(places(how, largest.shape[-2:]))
    kind = np.uint8 if len(every) < 256 else np.intp
    number = arrays.zeros(largest.shape, kind, self)
    later = None  # whether the maximum comes later than at the places seen so far
    for where in every[:-1]:
        differs = self[where] != largest
        if padding is not None:
            differs |= padding[where]
        if later is not None:
            differs &= later
        number += differs
        later = differs
    if np.isnan(largest).any():  # of several nans, PyTorch takes the last
        for place, where in enumerate(every):
            number[np.isnan(self[where])] = place
    return number


class MaxPool2DWithIndices(Function):
    """The largest number of every window. The gradient goes to the place where it was."""

    saved_names = "self", "result1"

    @staticmethod
    def forward(self, how, out):
        edges = around(how, self.shape[-2:], out)
        result = folded(np.maximum, padded(self, edges, lowest(self.dtype)), how, out)
        return arrays.copied(result) if max(how.kernel) == 1 else result

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs, output)

    @staticmethod
    def backward(ctx, grad):
        self, largest = map(numbers, ctx.saved)
        number = places_of(self, largest, ctx.how)
        return (PutBack.of(grad, chosen=number, how=ctx.how, lengths=self.shape[-2:]),)


class PutBack(Function):
    """Each number to its place in its window; 0 elsewhere: the gradient of max pooling."""

    @staticmethod
    def forward(self, chosen, how, lengths):
        out = self.shape[-2:]
        edges = around(how, lengths, out)
        result, shared = room(self, how, lengths, edges), overlap(how)
        for place, where in enumerate(places(how, out)):
            part = masked(self, chosen == place)
            if shared:
                result[where] += part
            else:
                result[where] = part
        return result[inside(edges, lengths)]

    @staticmethod
    def backward(ctx, grad):
        return (TakeOut.of(grad, chosen=ctx.chosen, how=ctx.how),)

    def name(self):
        return "MaxPool2DWithIndicesBackwardBackward0"


class TakeOut(Function):
    """The number at one place of every window: the way back from `PutBack`."""

    @staticmethod
    def forward(self, chosen, how):
        lengths, out = self.shape[-2:], chosen.shape[-2:]
        self, result = (
            padded(self, around(how, lengths, out)),
            arrays.empty(chosen.shape, self.dtype, self),
        )
        for place, where in enumerate(places(how, out)):
            np.copyto(result, self[where], where=chosen == place)
        return result

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.lengths = inputs[0]._array.shape[-2:]

    @staticmethod
    def backward(ctx, grad):
        return (PutBack.of(grad, chosen=ctx.chosen, how=ctx.how, lengths=ctx.lengths),)

    def name(self):
        return "GatherBackward0"


def max_pool2d(
    input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False
):
    """The largest number of every window of images (batch, channels, height, width), or of one.

    `kernel_size` is the size of a window, `stride` the step to the next (None: the size). The edges
    may be padded by up to half a window, with what is never the largest. `ceil_mode`: windows that
    hang over the edge count, too. With `return_indices` a pair, the second where each was found:
    its number in reading order in its channel.

    RuntimeError for what does not fit. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html
    """
    how, out = pooling_checks.check_max2d(input, kernel_size, stride, padding, dilation, ceil_mode)
    largest = MaxPool2DWithIndices.apply(input, how=how, out=out)
    return (largest, indices(input, largest, how)) if return_indices else largest


def indices(input, largest, how):
    """Where in its channel each maximum is, as a tensor of integers."""
    number = arrays.on_host(places_of(input.array, largest.array, how))
    within = np.unravel_index(number, how.kernel)
    steps = np.ogrid[: number.shape[-2], : number.shape[-1]]
    row, column = (
        step * stride + dilation * place - pad
        for step, stride, dilation, place, pad in zip(
            steps, how.stride, how.dilation, within, how.padding
        )
    )
    found = new(Tensor)
    found._array = arrays.beside(row * input._array.shape[-1] + column, input._array)
    return found


def max_pool1d(
    input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False
):
    """The largest number of every window of sequences (batch, channels, length), or of one.

    As `max_pool2d`, with one length in place of two.
    """
    how, out = pooling_checks.check_max1d(input, kernel_size, stride, padding, dilation, ceil_mode)
    flat = unsqueeze(input, -2)
    largest = MaxPool2DWithIndices.apply(flat, how=how, out=out)
    if return_indices:
        return squeeze(largest, -2), squeeze(indices(flat, largest, how), -2)
    return squeeze(largest, -2)
