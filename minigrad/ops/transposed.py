"""Floor 3. Transposed convolution: the gradient of a convolution as a layer of its own.

It makes an image larger: every element is multiplied with the pattern, and what falls on the same
place is added up. Source: Dumoulin, Visin, "A guide to convolution arithmetic for deep learning",
2016, https://arxiv.org/abs/1603.07285
"""

import numpy as np

from ..function import Function
from . import convolution_checks
from .convolution import Convolution, OfInput, OfWeight, first_windows
from .shapes import squeeze, unsqueeze
from .sums import total
from .windows import Windows


class Transposed(Function):
    """The transposed convolution of an input, plus a number for each channel of the result."""

    saved_names = "input", "weight"

    @staticmethod
    def forward(self, weight, bias=None, *, lengths, how, groups):
        wide = np.float32 if self.dtype.itemsize == 2 else self.dtype  # float16 is added up so
        parts = (each.astype(wide, copy=False) for each in (self, weight))
        result = OfInput.forward(*parts, lengths, how, groups).astype(self.dtype, copy=False)
        return result if bias is None else result + bias.reshape(-1, *[1] * len(how.kernel))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.next += (None,) * (3 - len(inputs))
        ctx.save_for_backward(*inputs[:2])

    @staticmethod
    def backward(ctx, grad):
        (input, weight), options = ctx.saved, {"how": ctx.how, "groups": ctx.groups}
        back = None
        if ctx.next[0] is not None:
            back = Convolution.of(grad, weight, **options)
            back = first_windows(back, input.shape[2:])
        return (
            back,
            None if ctx.next[1] is None else OfWeight.of(grad, input, **options),
            None if ctx.next[2] is None else total(grad, (0, *range(2, grad.ndim))).reshape(-1),
        )

    def name(self):
        return "ConvolutionBackward0"


def conv_transpose1d(
    input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    """The transposed convolution of sequences (batch, channels, length); the batch may be missing.

    As `conv_transpose2d`, with one length.
    """
    given = stride, padding, output_padding, dilation
    return _transposed(1, input, weight, bias, groups, *given)


def conv_transpose2d(
    input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    """The transposed convolution of images (batch, channels, height, width), the gradient of
    `conv2d`; the batch may be missing.

    `weight` is (channels, patterns / groups, height, width), `bias` (patterns). `output_padding`
    makes the result larger on one side, where a stride leaves open how large it was. RuntimeError
    for what does not fit. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv_transpose2d.html
    """
    given = stride, padding, output_padding, dilation
    return _transposed(2, input, weight, bias, groups, *given)


def _transposed(dims, input, weight, bias, groups, *given):
    convolution_checks.check_tensors(dims, input, weight, bias, "conv_transpose")
    if input._array.ndim == dims + 1:
        batch = unsqueeze(input, 0)
        return squeeze(_transposed(dims, batch, weight, bias, groups, *given), 0)
    names = "stride", "padding", "output_padding", "dilation"
    stride, padding, more, dilation = (
        convolution_checks.numbers(dims, *pair) for pair in zip(names, given, strict=True)
    )
    how = Windows(weight._array.shape[2:], stride, padding, dilation)
    inputs = (input, weight) if bias is None else (input, weight, bias)
    convolution_checks.check_transposed(how, groups, more, *(each._array for each in inputs))
    lengths = [
        (n - 1) * step - 2 * pad + d * (size - 1) + extra + 1
        for n, size, step, pad, d, extra in zip(input._array.shape[2:], *how, more)
    ]
    convolution_checks.check_result(input._array.shape[2:], lengths)
    return Transposed.apply(*inputs, lengths=tuple(lengths), how=how, groups=groups)
