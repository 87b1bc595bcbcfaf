"""Floor 7. Convolutional layers."""

import math

from ..chance import rand
from ..ops.padding import pad
from . import functional, layer_checks
from .module_more import Module
from .parameter import Parameter


class Convolution(Module):
    """What `Conv1d` and `Conv2d` share; they differ in the number of lengths.

    `weight` has the shape (out_channels, in_channels / groups, *kernel_size), `bias`
    (out_channels). Both begin as random numbers within ±1 / √(numbers in a window).
    """

    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias=True,
        padding_mode="zeros",
        **kind,
    ):
        super().__init__()
        each = self.each_length
        layer_checks.check_convolution(
            in_channels, out_channels, groups, padding, each(stride), padding_mode
        )
        self.in_channels, self.out_channels, self.groups = in_channels, out_channels, groups
        self.kernel_size, self.stride, self.dilation = map(each, (kernel_size, stride, dilation))
        self.padding = padding if isinstance(padding, str) else each(padding)
        self.padding_mode = padding_mode
        shape = out_channels, in_channels // groups, *self.kernel_size
        layer_checks.check_weight_shape(shape)
        self.weight = Parameter(rand(*shape, **kind))
        self.register_parameter("bias", Parameter(rand(out_channels, **kind)) if bias else None)
        self.reset_parameters()

    def each_length(self, given):
        """A number for each length, as a tuple."""
        return tuple(given) if isinstance(given, (tuple, list)) else (given,) * self.dims

    def reset_parameters(self):
        """New random weights."""
        numbers = math.prod(self.weight.shape[1:])
        bound = 1 / math.sqrt(numbers) if numbers else 0
        for each in self.parameters():
            each.data = (rand(*each.shape, dtype=each.dtype) * 2 - 1) * bound

    def forward(self, input):
        """(batch, in_channels, *lengths) gives (batch, out_channels, *lengths)."""
        padding = self.padding
        if self.padding_mode != "zeros":
            input, padding = pad(input, self.around(), self.padding_mode), 0
        return self.function(
            input, self.weight, self.bias, self.stride, padding, self.dilation, self.groups
        )

    def around(self):
        """What is added before and after each length, the last one first, as `pad` takes it."""
        if self.padding == "valid":
            return [0, 0] * self.dims
        if self.padding != "same":
            return [each for each in reversed(self.padding) for _ in range(2)]
        both = [d * (size - 1) for d, size in zip(self.dilation, self.kernel_size)]
        return [number for n in reversed(both) for number in (n // 2, n - n // 2)]

    def extra_repr(self):
        """The numbers it was made with, as far as they are not the usual ones."""
        shown = [f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}"]
        shown.append(f"stride={self.stride}")
        usual = {"padding": (0,) * self.dims, "dilation": (1,) * self.dims, "groups": 1}
        shown += [f"{k}={vars(self)[k]}" for k, v in usual.items() if vars(self)[k] != v]
        if self.bias is None:
            shown.append("bias=False")
        if self.padding_mode != "zeros":
            shown.append(f"padding_mode={self.padding_mode}")
        return ", ".join(shown)


class Conv1d(Convolution):
    """The convolution of sequences with `out_channels` patterns, as `functional.conv1d`.

    `padding_mode` says with what the edges are padded: "zeros", "reflect", "replicate" or
    "circular". ValueError for numbers that do not fit together. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv1d.html
    """

    dims, function = 1, staticmethod(functional.conv1d)


class Conv2d(Convolution):
    """The convolution of images with `out_channels` patterns, as `functional.conv2d`.

    `padding_mode` says with what the edges are padded: "zeros", "reflect", "replicate" or
    "circular". ValueError for numbers that do not fit together. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html
    """

    dims, function = 2, staticmethod(functional.conv2d)
