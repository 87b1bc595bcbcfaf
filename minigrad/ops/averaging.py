"""Floor 3. Average pooling: the mean of every window; of windows of a size, or of a number."""

from functools import lru_cache

import numpy as np

from .. import arrays
from ..function import Function
from . import pooling_checks
from .pooling import around, folded
from .reductions import mean
from .shapes import squeeze, unsqueeze
from .windows import inside, overlap, padded


class AvgPool2D(Function):
    """The sum of every window divided by a number, or by one for each window."""

    @staticmethod
    def forward(self, how, out, divisor):
        wide = self.astype(np.float32) if self.dtype.itemsize == 2 else self
        edges = around(how, self.shape[-2:], out)
        total = folded(np.add, padded(wide, edges), how, out)
        return (total / divisor).astype(self.dtype, copy=False)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.lengths = inputs[0]._array.shape[-2:]

    @staticmethod
    def backward(ctx, grad):
        options = {"how": ctx.how, "lengths": ctx.lengths, "divisor": ctx.divisor}
        return (SpreadOut.of(grad, **options),)


class SpreadOut(Function):
    """Every number divided among the elements of its window: the gradient of the mean."""

    @staticmethod
    def forward(self, how, lengths, divisor):
        out, edges, shared = self.shape[-2:], around(how, lengths, self.shape[-2:]), overlap(how)
        part = (self / divisor).astype(self.dtype, copy=False)
        for axis in (-2, -1):  # the columns first: that is half the work for the other length
            size, stride = how.kernel[axis], how.stride[axis]
            reach = stride * (out[axis] - 1) + 1
            wide = [*part.shape]
            wide[axis] = lengths[axis] + sum(edges[axis])
            result = arrays.zeros(wide, self.dtype, self)
            for start in range(size):
                where = [slice(None)] * part.ndim
                where[axis] = slice(start, start + reach, stride)
                if shared:
                    result[tuple(where)] += part
                else:
                    result[tuple(where)] = part
            part = result
        return part[inside(edges, lengths)]

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.out = inputs[0]._array.shape[-2:]

    @staticmethod
    def backward(ctx, grad):
        return (AvgPool2D.of(grad, how=ctx.how, out=ctx.out, divisor=ctx.divisor),)

    def name(self):
        return "AvgPool2DBackwardBackward0"


@lru_cache(1000)
def divisor_of(how, lengths, out, count_include_pad):
    """How many elements each window has: a number, or an array with one for each window."""
    counts = []
    for length, n, (size, stride, pad, _) in zip(lengths, out, zip(*how)):
        starts = np.arange(n) * stride - pad
        ends = np.minimum(starts + size, length + pad)
        if not count_include_pad:
            starts, ends = np.maximum(starts, 0), np.minimum(ends, length)
        counts.append(ends - starts)
    number = np.multiply.outer(*counts)
    return int(number.flat[0]) if (number == number.flat[0]).all() else number


def avg_pool2d(
    input,
    kernel_size,
    stride=None,
    padding=0,
    ceil_mode=False,
    count_include_pad=True,
    divisor_override=None,
):
    """The mean of every window of images (batch, channels, height, width), or of one.

    `kernel_size` is the size of a window, `stride` the step to the next (None: the size). The zeros
    of the padding count as elements unless `count_include_pad` is False; `divisor_override` is what
    all sums are divided by instead. `ceil_mode`: windows that hang over the edge count, too.

    RuntimeError for what does not fit. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html
    """
    how, out = pooling_checks.check_avg2d(
        input, kernel_size, stride, padding, ceil_mode, divisor_override
    )
    divisor = divisor_override
    if divisor is None:
        divisor = divisor_of(how, input._array.shape[-2:], tuple(out), count_include_pad)
    if input._array.dtype.itemsize > 2 and input._array.dtype.kind == "f":
        divisor = np.asarray(divisor, input._array.dtype)
    if np.ndim(divisor):
        divisor = arrays.beside(divisor, input._array)
    return AvgPool2D.apply(input, how=how, out=out, divisor=divisor)


def avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """The mean of every window of sequences (batch, channels, length), or of one.

    As `avg_pool2d`, with one length in place of two.
    """
    how, _ = pooling_checks.check_avg1d(input, kernel_size, stride, padding, ceil_mode)
    flat, (size, stride, padding, _) = unsqueeze(input, -2), how
    return squeeze(avg_pool2d(flat, size, stride, padding, ceil_mode, count_include_pad), -2)


def cells(length, number):
    """Where each of `number` cells of a length begins and ends; they cover it, and may overlap."""
    return [(i * length // number, -((i + 1) * -length // number)) for i in range(number)]


class AdaptiveAvgPool2D(Function):
    """The means of as many windows as are asked for."""

    @staticmethod
    def forward(self, size):
        part = self
        for axis, number in ((-2, size[0]), (-1, size[1])):
            shape = [*part.shape]
            shape[axis] = number
            result = arrays.empty(shape, self.dtype, self)
            for i, (start, end) in enumerate(cells(part.shape[axis], number)):
                cell = _along(part, axis, start, end)
                np.add.reduce(cell, axis=axis, out=_along(result, axis, i))
                _along(result, axis, i)[...] /= end - start
            part = result
        return part

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.lengths = inputs[0]._array.shape[-2:]

    @staticmethod
    def backward(ctx, grad):
        return (SpreadOverCells.of(grad, lengths=ctx.lengths),)


class SpreadOverCells(Function):
    """The gradient of `AdaptiveAvgPool2D`: each number divided among the elements of its cell."""

    @staticmethod
    def forward(self, lengths):
        part = self
        for axis in (-2, -1):
            size, rest = divmod(lengths[axis], part.shape[axis])
            if not rest:  # cells that do not overlap
                part = np.repeat(part / self.dtype.type(size), size, axis)
                continue
            shape = [*part.shape]
            shape[axis] = lengths[axis]
            result = arrays.zeros(shape, self.dtype, self)
            for i, (start, end) in enumerate(cells(lengths[axis], part.shape[axis])):
                _along(result, axis, start, end)[...] += _along(part, axis, i, i + 1) / (
                    end - start
                )
            part = result
        return part

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.size = inputs[0]._array.shape[-2:]

    @staticmethod
    def backward(ctx, grad):
        return (AdaptiveAvgPool2D.of(grad, size=ctx.size),)

    def name(self):
        return "AdaptiveAvgPool2DBackwardBackward0"


def _along(array, axis, start, end=None):
    """A slice (or, without an end, one index) along one of the last two dimensions."""
    index = start if end is None else slice(start, end)
    return array[..., index, :] if axis == -2 else array[..., index]


def adaptive_avg_pool2d(input, output_size):
    """The means of `output_size` windows that cover images (batch, channels, height, width).

    A number, or one for each length; None: as many as the input has. RuntimeError for what does not
    fit. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html
    """
    size = pooling_checks.check_adaptive(2, input, output_size)
    if size == (1, 1):
        return mean(input, (-1, -2), keepdim=True)
    return AdaptiveAvgPool2D.apply(input, size=size)


def adaptive_avg_pool1d(input, output_size):
    """The means of `output_size` windows that cover sequences (batch, channels, length)."""
    (size,) = pooling_checks.check_adaptive(1, input, output_size)
    return squeeze(adaptive_avg_pool2d(unsqueeze(input, -2), (1, size)), -2)
