"""Floor 3. Images as columns of windows, and back: unfold (im2col) and fold (col2im)."""

from math import prod

import numpy as np

from .. import arrays
from ..function import Function
from . import folding_checks
from .shapes import squeeze, unsqueeze
from .windows import Windows, padded, places, results, windows, without


class Im2Col(Function):
    """Every window of a batch of images as a column: (batch, elements of a window, windows)."""

    @staticmethod
    def forward(self, how):
        out = results(self.shape[2:], how)
        rows = self.shape[1] * prod(how.kernel)
        return windows(padded(self, how.padding), how, out).reshape(len(self), rows, prod(out))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.lengths = inputs[0]._array.shape[2:]

    @staticmethod
    def backward(ctx, grad):
        return (Col2Im.of(grad, lengths=ctx.lengths, how=ctx.how),)


class Col2Im(Function):
    """Images from columns of windows; where windows overlap, their elements are added up."""

    @staticmethod
    def forward(self, lengths, how):
        out = results(lengths, how)
        batch, channels = len(self), self.shape[1] // prod(how.kernel)
        parts = self.reshape(batch, channels, *how.kernel, *out)
        wide = [n + 2 * pad for n, pad in zip(lengths, how.padding)]
        whole = arrays.zeros((batch, channels, *wide), self.dtype, self)
        for place, where in zip(np.ndindex(how.kernel), places(how, out)):
            whole[where] += parts[(slice(None), slice(None), *place)]
        return arrays.copied(without(whole, how.padding), "C")

    @staticmethod
    def backward(ctx, grad):
        return (Im2Col.of(grad, how=ctx.how),)


def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    """Every window of images (N, C, H, W) as a column: (N, C * elements of a window, windows).

    Numbers hold for both lengths, pairs for one each. RuntimeError for a window that is too large.
    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Unfold.html
    """
    how = _windows("im2col", input, kernel_size, stride, padding, dilation)
    folding_checks.check_images(input, how)
    if input._array.ndim == 3:
        return squeeze(Im2Col.apply(unsqueeze(input, 0), how=how), 0)
    return Im2Col.apply(input, how=how)


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    """Images (N, C, *output_size) from the columns of windows that `unfold` gives.

    Where windows overlap, their elements are added up. RuntimeError for a number of columns, or a
    length of them, that does not fit.
    """
    how = _windows("col2im", input, kernel_size, stride, padding, dilation)
    lengths = folding_checks.pair("col2im", "output_size", output_size)
    folding_checks.check_columns(input, lengths, how)
    if input._array.ndim == 2:
        return squeeze(Col2Im.apply(unsqueeze(input, 0), lengths=lengths, how=how), 0)
    return Col2Im.apply(input, lengths=lengths, how=how)


def _windows(function, input, kernel_size, stride, padding, dilation):
    folding_checks.check_kind(function, input)
    given = {
        "kernel_size": kernel_size,
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
    }
    how = Windows(*(folding_checks.pair(function, *each) for each in given.items()))
    folding_checks.check_numbers(how)
    return how
