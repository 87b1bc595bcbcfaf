"""Floor 3. Activations of straight pieces: leaky relu and the hard relatives of the smooth ones.

Each is applied to every element. The slopes at the kinks are those that PyTorch takes.
"""

import numpy as np

from ..carriers import carried, numbers
from ..tensor import Tensor
from . import activation_checks, checks
from .broadcasting import Binary
from .choices import Clamp, masked
from .elementwise import OfInput
from .selection import chosen, limited


def two_slopes(positive, slope, grad):
    """1 where `positive` holds, elsewhere `slope`. (np.where takes five times as long.)"""
    kind = numbers(grad).dtype.type
    if 0 <= slope <= 1:
        return carried(np.maximum(positive.astype(kind), kind(slope)), grad)
    return carried(np.where(positive, kind(1), kind(slope)), grad)


class LeakyRelu(OfInput):
    """self where it is positive, else negative_slope * self."""

    @staticmethod
    def forward(self, negative_slope):
        if 0 < negative_slope <= 1:
            return np.maximum(self, negative_slope * self)
        return limited(self, 0, None) + negative_slope * limited(self, None, 0)

    @staticmethod
    def backward(ctx, grad):
        positive = numbers(ctx.saved[0]) > 0
        return (grad * two_slopes(positive, ctx.negative_slope, grad),)


class PreluKernel(Binary):
    """self where it is positive, else weight * self: a leaky relu that learns its slope."""

    saved_names = "self", "weight"

    @staticmethod
    def forward(self, weight):
        return chosen(self > 0, self, weight * self)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        self, weight = ctx.saved
        positive = numbers(self) > 0
        slopes = masked(grad, positive) + masked(grad * weight, ~positive)
        return slopes, masked(grad * self, ~positive)


class Hardtanh(OfInput):
    """self, but not below `min_val` and not above `max_val`. On the bounds the slope is 0."""

    @staticmethod
    def forward(self, min_val, max_val):
        return Clamp.forward(self, min_val, max_val)

    @staticmethod
    def backward(ctx, grad):
        self = numbers(ctx.saved[0])
        return (masked(grad, ~((self <= ctx.min_val) | (self >= ctx.max_val))),)


class Hardsigmoid(OfInput):
    """A sigmoid of three straight pieces: (self + 3) / 6, but between 0 and 1."""

    @staticmethod
    def forward(self):
        return limited(self + 3, 0, 6) / 6

    @staticmethod
    def backward(ctx, grad):
        return (masked(grad / 6, np.abs(numbers(ctx.saved[0])) < 3),)


class Hardswish(OfInput):
    """self * hardsigmoid(self)."""

    @staticmethod
    def forward(self):
        return self * limited(self + 3, 0, 6) / 6

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        array = numbers(self)
        return (masked(grad, ~(array < 3)) + masked(grad * (self / 3 + 0.5), np.abs(array) < 3),)


class Hardshrink(OfInput):
    """self, but 0 from -lambd to lambd."""

    @staticmethod
    def forward(self, lambd):
        return masked(self, ~(np.abs(self) <= lambd))

    @staticmethod
    def backward(ctx, grad):
        return (masked(grad, ~(np.abs(numbers(ctx.saved[0])) <= ctx.lambd)),)


class Softshrink(Hardshrink):
    """self moved towards 0 by lambd, and 0 where it is nearer to 0 than that."""

    @staticmethod
    def forward(self, lambd):
        return self - limited(self, -lambd, lambd)


class Threshold(OfInput):
    """self where it is greater than a threshold, else a given value."""

    @staticmethod
    def forward(self, threshold, value):
        return chosen(self <= threshold, np.asarray(value, self.dtype), self)

    @staticmethod
    def backward(ctx, grad):
        return (masked(grad, ~(numbers(ctx.saved[0]) <= ctx.threshold)),)


def leaky_relu(input, negative_slope=0.01):
    """input where it is positive, else `negative_slope` * input."""
    activation_checks.check_floats(input, "leaky_relu", "leaky_relu_cpu")
    activation_checks.check_number("leaky_relu", "negative_slope", 2, negative_slope)
    return LeakyRelu.apply(input, negative_slope=negative_slope)


def prelu(input, weight):
    """input where it is positive, else `weight` * input.

    `weight` has one element, or one for each channel (dimension 1 of `input`). RuntimeError if
    that does not fit, or if the dtypes differ.
    """
    activation_checks.check_prelu(input, weight)
    channels = weight._array.size
    if channels > 1 and input._array.ndim > 1:
        weight = weight.reshape(channels, *[1] * (input._array.ndim - 2))
    elif input._array.ndim == 0 and weight._array.ndim:
        weight = weight.reshape(())
    return PreluKernel.apply(input, weight)


def hardtanh(input, min_val=-1.0, max_val=1.0):
    """input, but not below `min_val` and not above `max_val`; on the bounds the slope is 0.

    Integers stay integers. ValueError if the bounds are the wrong way round.
    """
    activation_checks.check_hardtanh(input, min_val, max_val)
    kind = input._array.dtype.type
    return Hardtanh.apply(input, min_val=kind(min_val), max_val=kind(max_val))


def relu6(input):
    """input, but not below 0 and not above 6."""
    return hardtanh(input, 0, 6)


def hardsigmoid(input):
    """(input + 3) / 6, but not below 0 and not above 1."""
    activation_checks.check_floats(input, "hardsigmoid", "hardsigmoid_cpu")
    return Hardsigmoid.apply(input)


def hardswish(input):
    """input * hardsigmoid(input).

    Source: Howard et al., Searching for MobileNetV3, https://arxiv.org/abs/1905.02244
    """
    activation_checks.check_floats(input, "hardswish", "hardswish_cpu")
    return Hardswish.apply(input)


def hardshrink(input, lambd=0.5):
    """input, but 0 from -`lambd` to `lambd`."""
    activation_checks.check_shrink("hardshrink", input, lambd)
    return Hardshrink.apply(input, lambd=lambd)


def softshrink(input, lambd=0.5):
    """input moved towards 0 by `lambd`, and 0 from -`lambd` to `lambd`."""
    activation_checks.check_shrink("softshrink", input, lambd)
    return Softshrink.apply(input, lambd=lambd)


def threshold(input, threshold, value):
    """input where it is greater than `threshold`, else `value`."""
    checks.check_tensor(input, "threshold")
    return Threshold.apply(input, threshold=threshold, value=value)


Tensor.prelu = prelu
Tensor.hardshrink = hardshrink
