"""Floor 3. Convolution: a small pattern of weights slides over an image or a sequence.

Every window is multiplied with the same weights, which is one matrix product once the windows are
written side by side as the columns of a matrix. Three operations belong together: the convolution
and its gradients with respect to the input and to the weights. Each is linear in both its inputs,
and its own gradients are the other two, so that derivatives of any order are there.

Source: Chellapilla, Puri, Simard, "High performance convolutional neural networks for document
processing", 2006, https://inria.hal.science/inria-00112631
"""

from math import prod

import numpy as np

from .. import arrays
from ..function import Function
from ..grad_mode import mode
from . import convolution_checks
from .padding import pad
from .shapes import squeeze, unsqueeze
from .sums import total
from .windows import Windows, flat_windows, padded, places, results, without

FEW = 32  # windows of one input: so few are better multiplied with those of all other inputs
KEPT = 1 << 22  # bytes of windows, up to which they are kept for the backward pass


def product(first, second):
    """The matrix product; float16 is added up in float32."""
    if first.dtype == np.float16:
        return (first.astype(np.float32) @ second.astype(np.float32)).astype(np.float16)
    return first @ second


def joined(matrices):
    """(batch, groups, rows, columns) as (groups, rows, batch * columns)."""
    batch, groups, rows, columns = matrices.shape
    return matrices.transpose(1, 2, 0, 3).reshape(groups, rows, batch * columns)


def separated(product, batch):
    """(groups, rows, batch * columns) as (batch, groups, rows, columns)."""
    groups, rows, columns = product.shape
    return product.reshape(groups, rows, batch, columns // batch).transpose(2, 0, 1, 3)


def convolve(self, weight, how, groups, kept=None):
    """The sum of every window times the weights, for each of the patterns in `weight`.

    The list `kept` gets the windows, if they are not too many.
    """
    batch, patterns = len(self), len(weight)
    out = results(self.shape[2:], how)
    self, rows = padded(self, how.padding), weight.reshape(groups, patterns // groups, -1)
    together = prod(out) < FEW and batch > 1
    columns = flat_windows(self, how, out, groups, together)
    if kept is not None and columns.nbytes <= KEPT:
        kept.append(columns)
    result = product(rows, columns)
    if together:
        result = separated(result, batch)
    return result.reshape(batch, patterns, *out)


def first_windows(result, lengths):
    """As many results as there are to be: a transposed convolution may leave room for more."""
    if result.shape[2:] == lengths:
        return result
    return result[(..., *map(slice, lengths))]


class Convolution(Function):
    """The convolution of an input with weights, plus a number for each channel of the result.

    What the windows take to be copied is a tenth of a training step; so they are kept (in the list
    `kept`) for the gradient of the weights, until a backward pass has used them.
    """

    saved_names = "input", "weight"

    @staticmethod
    def forward(self, weight, bias=None, *, how, groups, kept):
        result = convolve(self, weight, how, groups, kept)
        if bias is not None:
            result += bias.reshape(-1, *[1] * len(how.kernel))
        return result

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.next += (None,) * (3 - len(inputs))
        input, weight = inputs[:2]
        ctx.lengths = input._array.shape[2:]
        ctx.save_for_backward(
            input if weight._requires_grad else None, weight if input._requires_grad else None
        )

    @staticmethod
    def backward(ctx, grad):
        (input, weight), options = ctx.saved, {"how": ctx.how, "groups": ctx.groups}
        return (
            None if weight is None else OfInput.of(grad, weight, lengths=ctx.lengths, **options),
            None if input is None else OfWeight.of(input, grad, kept=ctx.kept, **options),
            None if ctx.next[2] is None else total(grad, (0, *range(2, grad.ndim))).reshape(-1),
        )


class ConvolutionGradient(Function):
    """A gradient of the convolution, which can itself be differentiated."""

    saved_names = "self", "other"

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.lengths = inputs[0]._array.shape[2:]
        ctx.save_for_backward(*inputs)

    def name(self):
        return "ConvolutionBackwardBackward0"


class OfInput(ConvolutionGradient):
    """The gradient with respect to the input: what each window gave goes back to its elements."""

    @staticmethod
    def forward(self, weight, lengths, how, groups):
        around = [d * (n - 1) - p for n, p, d in zip(how.kernel, how.padding, how.dilation)]
        per_group = weight.shape[1]
        dense = all(each == 1 for each in how.stride) and len(weight) <= 2 * per_group * groups
        if dense and min(around) >= 0:  # then it is a convolution with the turned weights
            turned = weight.reshape(groups, -1, *weight.shape[1:]).swapaxes(1, 2)
            turned = turned.reshape(groups * per_group, -1, *how.kernel)
            turned = turned[(..., *[slice(None, None, -1)] * len(how.kernel))]
            return convolve(self, turned, how._replace(padding=tuple(around)), groups)
        batch, out = len(self), self.shape[2:]
        columns = weight.reshape(groups, len(weight) // groups, -1).swapaxes(1, 2)
        rows = self.reshape(batch, groups, len(weight) // groups, prod(out))
        if prod(out) < FEW and batch > 1:
            parts = separated(product(columns, joined(rows)), batch)
        else:
            parts = product(columns, rows)
        parts = parts.reshape(batch, groups * per_group, *how.kernel, *out)
        wide = [n + 2 * p for n, p in zip(lengths, how.padding)]
        result = arrays.zeros((batch, groups * per_group, *wide), self.dtype, self)
        for place, where in zip(np.ndindex(how.kernel), places(how, out)):
            result[where] += parts[(slice(None), slice(None), *place)]
        return without(result, how.padding)

    @staticmethod
    def backward(ctx, grad):
        (self, weight), options = ctx.saved, {"how": ctx.how, "groups": ctx.groups}
        back = first_windows(Convolution.of(grad, weight, kept=None, **options), self.shape[2:])
        return back, OfWeight.of(grad, self, **options)


class OfWeight(ConvolutionGradient):
    """The gradient with respect to the weights: all windows, each as much as came back from it."""

    @staticmethod
    def forward(self, grad, how, groups, kept=None):
        batch, patterns, *out = grad.shape
        rows = grad.reshape(batch, groups, patterns // groups, prod(out))
        if kept:
            columns = kept.pop()
        else:
            together = self.shape[1] // groups * prod(how.kernel) > prod(out)
            columns = flat_windows(padded(self, how.padding), how, out, groups, together)
        if columns.ndim == 3:
            result = product(joined(rows), columns.swapaxes(1, 2))
        else:
            result = product(rows, columns.swapaxes(2, 3)).sum(0)
        return result.reshape(patterns, self.shape[1] // groups, *how.kernel)

    @staticmethod
    def backward(ctx, grad):
        (self, other), options = ctx.saved, {"how": ctx.how, "groups": ctx.groups}
        back = first_windows(Convolution.of(self, grad, kept=None, **options), other.shape[2:])
        return OfInput.of(other, grad, lengths=ctx.lengths, **options), back


def conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """The convolution of sequences (batch, channels, length) with patterns of weights.

    As `conv2d`, with one length in place of two: `weight` is (patterns, channels / groups, size).
    """
    return _convolution(1, input, weight, bias, stride, padding, dilation, groups)


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """The convolution of images (batch, channels, height, width), or of one without `batch`.

    `weight` is (patterns, channels / groups, height, width) and `bias` (patterns). The windows lie
    `stride` apart, their elements `dilation`; `padding` zeros are added on all sides ("same": so
    many that the size stays; "valid": none). Numbers, or one for each length. With groups, the
    channels are split, and each part has its own patterns. The result is (batch, patterns, …).

    RuntimeError for shapes, dtypes or numbers that do not fit. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html
    """
    return _convolution(2, input, weight, bias, stride, padding, dilation, groups)


def _convolution(dims, input, weight, bias, stride, padding, dilation, groups):
    convolution_checks.check_tensors(dims, input, weight, bias)
    if input._array.ndim == dims + 1:
        batch = unsqueeze(input, 0)
        return squeeze(
            _convolution(dims, batch, weight, bias, stride, padding, dilation, groups), 0
        )
    stride, dilation = (
        convolution_checks.numbers(dims, name, each)
        for name, each in (("stride", stride), ("dilation", dilation))
    )
    kernel = weight._array.shape[2:]
    if isinstance(padding, str):
        before, more = convolution_checks.named_padding(padding, kernel, stride, dilation)
        if any(more):
            input = pad(input, more)
    else:
        before = convolution_checks.numbers(dims, "padding", padding)
    how = Windows(kernel, stride, before, dilation)
    inputs = (input, weight) if bias is None else (input, weight, bias)
    convolution_checks.check_fit(how, groups, *(each._array for each in inputs))
    kept = [] if weight._requires_grad and mode.enabled else None
    return Convolution.apply(*inputs, how=how, groups=groups, kept=kept)
