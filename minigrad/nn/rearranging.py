"""Floor 7. Layers without weights that move or copy numbers: windows, pixels, sizes, padding."""

from . import functional
from .module import Module


class Moving(Module):
    """What they share: the options that are shown, and handed on to a function in that order."""

    shown = ()

    def extra_repr(self):
        """The options."""
        return ", ".join(f"{name}={getattr(self, name)!r}" for name in self.shown)

    def options(self):
        """The options, as the function takes them."""
        return {name: getattr(self, name) for name in self.shown}


class Unfold(Moving):
    """Every window of images as a column; as `functional.unfold`."""

    shown = "kernel_size", "dilation", "padding", "stride"

    def __init__(self, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.kernel_size, self.dilation, self.padding, self.stride = (
            kernel_size,
            dilation,
            padding,
            stride,
        )

    def forward(self, input):
        """(N, C, H, W) gives (N, C * elements of a window, windows)."""
        return functional.unfold(input, **self.options())


class Fold(Moving):
    """Images from columns of windows; as `functional.fold`."""

    shown = "output_size", "kernel_size", "dilation", "padding", "stride"

    def __init__(self, output_size, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.output_size, self.kernel_size = output_size, kernel_size
        self.dilation, self.padding, self.stride = dilation, padding, stride

    def forward(self, input):
        """(N, C * elements of a window, windows) gives (N, C, *output_size)."""
        return functional.fold(input, **self.options())


class PixelShuffle(Moving):
    """Channels of images made pixels: (…, C · r², H, W) gives (…, C, H · r, W · r)."""

    shown = ("upscale_factor",)

    def __init__(self, upscale_factor):
        super().__init__()
        self.upscale_factor = upscale_factor

    def forward(self, input):
        """Images (…, C, H, W)."""
        return functional.pixel_shuffle(input, self.upscale_factor)


class PixelUnshuffle(Moving):
    """Pixels of images made channels: (…, C, H · r, W · r) gives (…, C · r², H, W)."""

    shown = ("downscale_factor",)

    def __init__(self, downscale_factor):
        super().__init__()
        self.downscale_factor = downscale_factor

    def forward(self, input):
        """Images (…, C, H, W)."""
        return functional.pixel_unshuffle(input, self.downscale_factor)


class ChannelShuffle(Moving):
    """The channels in another order: the first of each group, then the second of each …"""

    shown = ("groups",)

    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, input):
        """(N, C, *lengths) gives the same shape."""
        return functional.channel_shuffle(input, self.groups)


class Upsample(Moving):
    """Sequences, images or volumes in another size; as `functional.interpolate`."""

    def __init__(
        self,
        size=None,
        scale_factor=None,
        mode="nearest",
        align_corners=None,
        recompute_scale_factor=None,
    ):
        super().__init__()
        several = isinstance(scale_factor, tuple)
        scale = tuple(map(float, scale_factor)) if several else scale_factor and float(scale_factor)
        self.size, self.scale_factor, self.mode = size, scale, mode
        self.align_corners, self.recompute_scale_factor = align_corners, recompute_scale_factor
        self.shown = ("size" if scale is None else "scale_factor", "mode")

    def forward(self, input):
        """(N, C, *lengths) gives (N, C, *other lengths)."""
        return functional.interpolate(
            input,
            self.size,
            self.scale_factor,
            self.mode,
            self.align_corners,
            self.recompute_scale_factor,
        )


class UpsamplingNearest2d(Upsample):
    """Images in another size: each place has the nearest pixel."""

    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode="nearest")


class UpsamplingBilinear2d(Upsample):
    """Images in another size: each place mixes four pixels; the corners stay."""

    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode="bilinear", align_corners=True)
