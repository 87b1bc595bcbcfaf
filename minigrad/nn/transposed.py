"""Floor 7. Transposed convolutions, which make images and sequences larger."""

from . import functional, layer_checks
from .convolutions import Convolution
from .parameter import Parameter


class ConvTranspose(Convolution):
    """What `ConvTranspose1d` and `ConvTranspose2d` share.

    `weight` has the shape (in_channels, out_channels / groups, *kernel_size), `bias`
    (out_channels). Both begin as random numbers within ±1 / √(numbers in a pattern).
    """

    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        output_padding=0,
        groups=1,
        bias=True,
        dilation=1,
        padding_mode="zeros",
        **kind,
    ):
        if padding_mode != "zeros":
            raise ValueError(f'Only "zeros" padding mode is supported for {type(self).__name__}')
        options = stride, padding, dilation, groups, bias, padding_mode
        super().__init__(in_channels, out_channels, kernel_size, *options, **kind)
        self.output_padding = self.each_length(output_padding)
        shape = in_channels, out_channels // groups, *self.kernel_size
        if self.weight.shape != shape:
            self.weight = Parameter(self.weight.new_empty(shape))
        self.reset_parameters()

    def forward(self, input, output_size=None):
        """(batch, in_channels, *lengths) gives (batch, out_channels, *lengths).

        `output_size` chooses among the sizes that a stride leaves open; ValueError for others.
        """
        more = self.output_padding
        if output_size is not None:
            more = layer_checks.output_padding(self, input, output_size)
        options = self.stride, self.padding, more, self.groups, self.dilation
        return self.function(input, self.weight, self.bias, *options)

    def extra_repr(self):
        """The numbers it was made with, as far as they are not the usual ones."""
        shown = [f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}"]
        shown.append(f"stride={self.stride}")
        zeros, ones = (0,) * self.dims, (1,) * self.dims
        usual = {"padding": zeros, "dilation": ones, "output_padding": zeros, "groups": 1}
        shown += [f"{k}={vars(self)[k]}" for k, v in usual.items() if vars(self)[k] != v]
        return ", ".join(shown + ["bias=False"] * (self.bias is None))


class ConvTranspose1d(ConvTranspose):
    """The transposed convolution of sequences, as `functional.conv_transpose1d`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose1d.html
    """

    dims, function = 1, staticmethod(functional.conv_transpose1d)


class ConvTranspose2d(ConvTranspose):
    """The transposed convolution of images, as `functional.conv_transpose2d`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html
    """

    dims, function = 2, staticmethod(functional.conv_transpose2d)
