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
from . import convolution_checks
from .padding import pad
from .shapes import squeeze, unsqueeze
from .sums import total
from .windows import Windows, joined_windows, padded, places, results, windows, without

FEW = 32  # windows of one input: so few are better multiplied with those of all other inputs
BLOCK = 1 << 18  # bytes of windows that are copied at a time, at least those of one input


def product(first, second, into=None):
    """The matrix product, in the array `into` if there is one; float16 is added up in float32."""
    if first.dtype != np.float16:
        return np.matmul(first, second, out=into)
    found = (first.astype(np.float32) @ second.astype(np.float32)).astype(np.float16)
    if into is not None:
        into[...] = found
    return found


def joined(matrices):
    """(batch, groups, rows, columns) as (groups, rows, batch * columns)."""
    batch, groups, rows, columns = matrices.shape
    return matrices.transpose(1, 2, 0, 3).reshape(groups, rows, batch * columns)


def separated(product, batch):
    """(groups, rows, batch * columns) as (batch, groups, rows, columns)."""
    groups, rows, columns = product.shape
    return product.reshape(groups, rows, batch, columns // batch).transpose(2, 0, 1, 3)


def blocks(array, each):
    """Slices of a batch. So many inputs at a time that their windows, `each` bytes an input, fill
    little memory, which stays in the cache of the processor; on a GPU all of them.
    """
    number = max(1, BLOCK // max(1, each) if type(array) is np.ndarray else len(array))
    return arrays.pieces(len(array), number)


def convolve(self, weight, how, groups):
    """The sum of every window times the weights, for each of the patterns in `weight`."""
    batch, patterns = len(self), len(weight)
    out = results(self.shape[2:], how)
    self, rows = padded(self, how.padding), weight.reshape(groups, patterns // groups, -1)
    if prod(out) < FEW and batch > 1:
        result = separated(product(rows, joined_windows(self, how, out, groups)), batch)
        return result.reshape(batch, patterns, *out)
    shape, view = (-1, groups, rows.shape[2], prod(out)), windows(self, how, out)
    result = arrays.empty((batch, groups, patterns // groups, prod(out)), self.dtype, self)
    for part in blocks(self, prod(shape[1:]) * self.itemsize):
        product(rows, view[part].reshape(shape), result[part])
    return result.reshape(batch, patterns, *out)


def first_windows(result, lengths):
    """As many results as there are to be: a transposed convolution may leave room for more."""
    if result.shape[2:] == lengths:
        return result
    return result[(..., *map(slice, lengths))]


class Convolution(Function):
    """The convolution of an input with weights, plus a number for each channel of the result.

    The windows are copied anew for the gradient of the weights: kept until then, they would take up
    as many times the memory of the input as a window has elements.
    """

    saved_names = "input", "weight"

    @staticmethod
    def forward(self, weight, bias=None, *, how, groups):
        result = convolve(self, weight, how, groups)
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
            None if input is None else OfWeight.of(input, grad, **options),
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
        wide = [n + 2 * p for n, p in zip(lengths, how.padding)]
        result = arrays.zeros((batch, groups * per_group, *wide), self.dtype, self)
        together = prod(out) < FEW and batch > 1
        size = groups * columns.shape[1] * prod(out) * self.itemsize
        for part in [slice(batch)] if together else blocks(self, size):
            if together:
                found = separated(product(columns, joined(rows)), batch)
            else:
                found = product(columns, rows[part])
            found = found.reshape(-1, groups * per_group, *how.kernel, *out)
            for place, where in zip(np.ndindex(how.kernel), places(how, out)):
                result[part][where] += found[(slice(None), slice(None), *place)]
        return without(result, how.padding)

    @staticmethod
    def backward(ctx, grad):
        (self, weight), options = ctx.saved, {"how": ctx.how, "groups": ctx.groups}
        back = first_windows(Convolution.of(grad, weight, **options), self.shape[2:])
        return back, OfWeight.of(grad, self, **options)


class OfWeight(ConvolutionGradient):
    """The gradient with respect to the weights: all windows, each as much as came back from it."""

    @staticmethod
    def forward(self, grad, how, groups):
        batch, patterns, *out = grad.shape
        rows = grad.reshape(batch, groups, patterns // groups, prod(out))
        elements = self.shape[1] // groups * prod(how.kernel)
        self = padded(self, how.padding)
        if elements > prod(out):
            columns = joined_windows(self, how, out, groups)
            result = product(joined(rows), columns.swapaxes(1, 2))
        else:
            shape, view = (-1, groups, elements, prod(out)), windows(self, how, out)
            result = arrays.zeros((groups, patterns // groups, elements), self.dtype, self)
            for part in blocks(self, prod(shape[1:]) * self.itemsize):
                columns = view[part].reshape(shape)
                result += product(rows[part], columns.swapaxes(2, 3)).sum(0)
        return result.reshape(patterns, self.shape[1] // groups, *how.kernel)

    @staticmethod
    def backward(ctx, grad):
        (self, other), options = ctx.saved, {"how": ctx.how, "groups": ctx.groups}
        back = first_windows(Convolution.of(self, grad, **options), other.shape[2:])
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
    return Convolution.apply(*inputs, how=how, groups=groups)
