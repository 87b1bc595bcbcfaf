"""Floor 3. Smooth activations, which bend what a network hands from layer to layer.

Applied to every element. Source, here and in `hard_activations.py`: PyTorch's documentation,
https://docs.pytorch.org/docs/stable/nn.functional.html#non-linear-activation-functions
"""

import numpy as np

from ..carriers import numbers
from . import activation_checks
from .choices import ZERO, ClampMax, masked
from .elementwise import Exp, OfInput, Sigmoid, Tanh, abs, tanh
from .joining import Cat
from .selection import chosen, limited


class Elu(OfInput):
    """scale * self where it is positive, else scale * alpha * (exp(input_scale * self) - 1)."""

    @staticmethod
    def forward(self, alpha, scale, input_scale):
        falling = np.expm1(input_scale * limited(self, None, 0)) * (alpha * scale)
        return scale * limited(self, 0, None) + falling

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        zero = ZERO[numbers(self).dtype]
        powers = Exp.of(ClampMax.of(self, min=None, max=zero) * ctx.input_scale)
        steepness = ctx.alpha * ctx.scale * ctx.input_scale
        array = numbers(self)
        if steepness == ctx.scale and not (array != array).any():
            return (grad * (powers * steepness),)  # no kink: where self is positive, the power is 1
        positive = ~(array <= 0)
        falling = masked(grad * (powers * steepness), ~positive)
        return (masked(grad * ctx.scale, positive) + falling,)


class Celu(Elu):
    """As Elu, but without a kink, whatever alpha is."""


class Silu(OfInput):
    """self * sigmoid(self)."""

    @staticmethod
    def forward(self):
        return self * Sigmoid.forward(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        share = Sigmoid.of(self)
        return (grad * (share * (1 + self * (1 - share))),)


class Softplus(OfInput):
    """log(1 + exp(beta * self)) / beta, a smooth relu; self itself where that hardly differs."""

    @staticmethod
    def forward(self, beta, threshold):
        scaled = self if beta == 1 else self * beta
        smooth = np.log1p(np.exp(limited(scaled, None, threshold)))
        smooth = smooth if beta == 1 else smooth / beta
        straight = scaled > threshold
        return chosen(straight, self, smooth) if straight.any() else smooth

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        scaled = self if ctx.beta == 1 else self * ctx.beta
        straight = numbers(scaled) > ctx.threshold
        curved = grad * Sigmoid.of(scaled)
        if straight.any():
            return (masked(grad, straight) + masked(curved, ~straight),)
        return (curved,)


class Mish(OfInput):
    """self * tanh(softplus(self))."""

    @staticmethod
    def forward(self):
        return self * np.tanh(Softplus.forward(self, 1, 20))

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        share = Tanh.of(Softplus.of(self, beta=1, threshold=20))
        return (grad * (share + self * Sigmoid.of(self) * (1 - share * share)),)


class LogSigmoid(OfInput):
    """log(sigmoid(self)), exact also where sigmoid rounds to 0."""

    @staticmethod
    def forward(self):
        return limited(self, None, 0) - np.log1p(np.exp(-np.abs(self)))

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * Sigmoid.of(-self),)


class Glu(OfInput):
    """The first half of a dimension, let through by the sigmoid of the second half."""

    @staticmethod
    def forward(self, dim):
        first, second = halves(self, dim)
        return first * Sigmoid.forward(second)

    @staticmethod
    def backward(ctx, grad):
        first, second = halves(ctx.saved[0], ctx.dim)
        share = Sigmoid.of(second)
        to_first = grad * share
        return (Cat.of(to_first, to_first * first * (1 - share), dim=ctx.dim),)


def halves(carrier, dim):
    """The first and the second half of an array or a tensor along a dimension."""
    before, middle = (slice(None),) * dim, carrier.shape[dim] // 2
    return carrier[(*before, slice(middle))], carrier[(*before, slice(middle, None))]


def elu(input, alpha=1.0):
    """input where it is positive, else `alpha` * (exp(input) - 1)."""
    activation_checks.check_floats(input, "elu", "elu_cpu")
    activation_checks.check_number("elu", "alpha", 2, alpha)
    return Elu.apply(input, alpha=alpha, scale=1, input_scale=1)


def selu(input):
    """An elu with the two constants that keep mean 0 and variance 1 through many layers.

    Source: Klambauer et al., Self-Normalizing Neural Networks, https://arxiv.org/abs/1706.02515
    """
    activation_checks.check_floats(input, "selu", "elu_cpu")
    alpha, scale = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946
    return Elu.apply(input, alpha=alpha, scale=scale, input_scale=1)


def celu(input, alpha=1.0):
    """max(0, input) + min(0, alpha * (exp(input / alpha) - 1)). RuntimeError if `alpha` is 0."""
    activation_checks.check_floats(input, "celu", "elu_cpu")
    activation_checks.check_number("celu", "alpha", 2, alpha)
    activation_checks.check_celu(alpha)
    return Celu.apply(input, alpha=alpha, scale=1, input_scale=1 / alpha)


def silu(input):
    """input * sigmoid(input), also called swish."""
    activation_checks.check_floats(input, "silu", "silu_cpu")
    return Silu.apply(input)


def mish(input):
    """input * tanh(softplus(input)). Source: Misra, Mish, https://arxiv.org/abs/1908.08681"""
    activation_checks.check_floats(input, "mish", "mish_cpu")
    return Mish.apply(input)


def softplus(input, beta=1.0, threshold=20.0):
    """log(1 + exp(`beta` * input)) / `beta`; input where `beta` * input is above `threshold`."""
    activation_checks.check_floats(input, "softplus", "softplus_cpu")
    return Softplus.apply(input, beta=beta, threshold=threshold)


def logsigmoid(input):
    """log(sigmoid(input)), exact also where sigmoid rounds to 0."""
    activation_checks.check_floats(input, "log_sigmoid", "log_sigmoid_cpu")
    return LogSigmoid.apply(input)


def softsign(input):
    """input / (1 + |input|): between -1 and 1."""
    return input / (abs(input) + 1)


def tanhshrink(input):
    """input - tanh(input)."""
    return input - tanh(input)


def glu(input, dim=-1):
    """The first half of dimension `dim`, times the sigmoid of the second half.

    RuntimeError if the dimension is of odd length.
    """
    return Glu.apply(input, dim=activation_checks.check_halves(input, dim))
