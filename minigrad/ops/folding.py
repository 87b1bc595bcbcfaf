"""Floor 3. Images as columns of windows, and back: unfold (im2col) and fold (col2im)."""

from math import prod

import numpy as np

from .. import arrays
from ..function import Function
from . import folding_checks
from .windows import Windows, padded, places, results, windows, without


class Im2Col(Function):
    """Every window of images (…, C, H, W) as a column: (…, elements of a window, windows)."""

    @staticmethod
    def forward(self, how):
        *batch, channels, _, _ = self.shape
        out = results(self.shape[-2:], how)
        images = padded(self.reshape(-1, *self.shape[-3:]), how.padding)
        return windows(images, how, out).reshape(*batch, channels * prod(how.kernel), prod(out))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.lengths = inputs[0]._array.shape[-2:]

    @staticmethod
    def backward(ctx, grad):
        return (Col2Im.of(grad, lengths=ctx.lengths, how=ctx.how),)


class Col2Im(Function):
    """Images from columns of windows; where windows overlap, their elements are added up."""

    @staticmethod
    def forward(self, lengths, how):
        out = results(lengths, how)
        channels = self.shape[-2] // prod(how.kernel)
        batch = prod(self.shape[:-2])
        parts = self.reshape(batch, channels, *how.kernel, *out)
        wide = [n + 2 * pad for n, pad in zip(lengths, how.padding)]
        whole = arrays.zeros((batch, channels, *wide), self.dtype, self)
        for place, where in zip(np.ndindex(how.kernel), places(how, out)):
            whole[where] += parts[(slice(None), slice(None), *place)]
        images = without(whole, how.padding)
        return images.reshape(*self.shape[:-2], channels, *lengths)

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
    return Im2Col.apply(input, how=how)


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    """Images (N, C, *output_size) from the columns of windows that `unfold` gives.

    Where windows overlap, their elements are added up. RuntimeError for a number of columns, or a
    length of them, that does not fit.
    """
    how = _windows("col2im", input, kernel_size, stride, padding, dilation)
    lengths = folding_checks.pair("col2im", "output_size", output_size)
    folding_checks.check_columns(input, lengths, how)
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
