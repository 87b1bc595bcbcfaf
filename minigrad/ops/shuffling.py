"""Floor 3. Channels of images made pixels, and pixels channels: pixel_shuffle and its like.

Source: Shi et al., "Real-time single image and video super-resolution", 2016,
https://arxiv.org/abs/1609.05158
"""

from math import prod

from ..function import Function
from . import checks


class PixelShuffle(Function):
    """(…, C · r², H, W) as (…, C, H · r, W · r)."""

    @staticmethod
    def forward(self, factor):
        *rest, channels, height, width = self.shape
        apart = self.reshape(prod(rest), channels // factor**2, factor, factor, height, width)
        turned = apart.transpose(0, 1, 4, 2, 5, 3)
        return turned.reshape(*rest, channels // factor**2, height * factor, width * factor)

    @staticmethod
    def backward(ctx, grad):
        return (PixelUnshuffle.of(grad, factor=ctx.factor),)


class PixelUnshuffle(Function):
    """(…, C, H · r, W · r) as (…, C · r², H, W)."""

    @staticmethod
    def forward(self, factor):
        *rest, channels, height, width = self.shape
        apart = self.reshape(
            prod(rest), channels, height // factor, factor, width // factor, factor
        )
        turned = apart.transpose(0, 1, 3, 5, 2, 4)
        return turned.reshape(*rest, channels * factor**2, height // factor, width // factor)

    @staticmethod
    def backward(ctx, grad):
        return (PixelShuffle.of(grad, factor=ctx.factor),)


class ChannelShuffle(Function):
    """Groups of channels taken apart: the first of each, then the second of each …"""

    @staticmethod
    def forward(self, groups):
        batch, channels, *lengths = self.shape
        apart = self.reshape(batch, groups, channels // groups, *lengths)
        return apart.swapaxes(1, 2).reshape(self.shape)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.back = inputs[0]._array.shape[1] // ctx.groups

    @staticmethod
    def backward(ctx, grad):
        return (ChannelShuffle.of(grad, groups=ctx.back),)


def pixel_shuffle(input, upscale_factor):
    """The channels of images (…, C · r², H, W) as pixels: (…, C, H · r, W · r).

    RuntimeError for channels that r² does not divide.
    """
    check_images("pixel_shuffle", "upscale_factor", input, upscale_factor)
    channels, square = input._array.shape[-3], upscale_factor**2
    if channels % square:
        raise RuntimeError(
            "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square "
            f"of upscale_factor, but input.size(-3)={channels} is not divisible by {square}"
        )
    return PixelShuffle.apply(input, factor=upscale_factor)


def pixel_unshuffle(input, downscale_factor):
    """The pixels of images (…, C, H · r, W · r) as channels: (…, C · r², H, W).

    RuntimeError for lengths that r does not divide.
    """
    check_images("pixel_unshuffle", "downscale_factor", input, downscale_factor)
    for name, dim in (("height", -2), ("width", -1)):
        length = input._array.shape[dim]
        if length % downscale_factor:
            raise RuntimeError(
                f"pixel_unshuffle expects {name} to be divisible by downscale_factor, but "
                f"input.size({dim})={length} is not divisible by {downscale_factor}"
            )
    return PixelUnshuffle.apply(input, factor=downscale_factor)


def check_images(function, argument, input, factor):
    checks.check_tensor(input, function)
    if input._array.ndim < 3:
        raise RuntimeError(
            f"{function} expects input to have at least 3 dimensions, but got input with "
            f"{input._array.ndim} dimension(s)"
        )
    if factor <= 0:
        raise RuntimeError(f"{function} expects a positive {argument}, but got {factor}")


def channel_shuffle(input, groups):
    """The channels of (N, C, *lengths) in another order: the first of each group, then the second …

    RuntimeError for channels that cannot be split into groups. Source: Zhang et al., ShuffleNet,
    https://arxiv.org/abs/1707.01083
    """
    checks.check_tensor(input, "channel_shuffle")
    shape = input._array.shape
    if len(shape) < 3:
        raise RuntimeError(
            f"channel_shuffle expects input with > 2 dims, but got input with sizes {list(shape)}"
        )
    if groups <= 0:
        raise RuntimeError(
            f"Number of groups to divide channels in must be positive. Value of groups:{groups}"
        )
    if shape[1] % groups:
        raise RuntimeError(
            f"Number of channels must be divisible by groups. Got {shape[1]} channels and {groups} "
            "groups."
        )
    return ChannelShuffle.apply(input, groups=groups)
