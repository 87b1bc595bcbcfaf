"""Floor 3. GELU, and the curve it is made of: how much of a normal distribution lies below x.

Source: Hendrycks and Gimpel, Gaussian Error Linear Units, https://arxiv.org/abs/1606.08415
"""

import math

import numpy as np
from numpy.polynomial import Chebyshev, Polynomial

from .. import arrays
from ..creation import wrap
from ..function import Function
from . import activation_checks, blocks
from .elementwise import Exp, OfInput, Tanh

NARROW, ROOT = 3 * math.sqrt(2), math.sqrt(2 / math.pi)
PEAK = 1 / math.sqrt(2 * math.pi)


def scaled_tail(t):
    """What lies above x, times exp(x² / 2), as a function of t = (x - 3√2) / (x + 3√2)."""
    x = NARROW * (1 + t) / (1 - t)
    return math.erfc(x / math.sqrt(2)) / 2 * math.exp(x * x / 2)


def polynomial(degree):
    """Coefficients that give `scaled_tail` from x = 0 to 6√2, beyond which the tail rounds to 0."""
    fit = Chebyshev.interpolate(np.vectorize(scaled_tail), degree, domain=[-1, 1 / 3])
    return fit.convert(kind=Polynomial, domain=[-1, 1], window=[-1, 1]).coef.tolist()


# NumPy has no erf. The tail is so smooth in t that these degrees are exact to the last digits.
SERIES = {2: polynomial(8), 4: polynomial(8), 8: polynomial(18)}


def normal_curve(x):
    """How much of the normal distribution lies below each x, and how high its curve is there.

    For a large array a piece at a time: 10⁷ numbers take half the time then (see `blocks.py`).
    """
    if x.size <= blocks.LENGTH or not (isinstance(x, np.ndarray) and x.flags.c_contiguous):
        return curve(x)
    found = np.empty_like(x), np.empty_like(x)
    flat, below, height = (each.reshape(-1) for each in (x, *found))
    for piece in arrays.pieces(x.size, blocks.LENGTH):
        below[piece], height[piece] = curve(flat[piece])
    return found


def curve(x):
    """`normal_curve` of an array as a whole."""
    dtype, x = x.dtype, x.astype(np.float32) if x.dtype.itemsize == 2 else x
    first, *others, last = SERIES[x.dtype.itemsize]
    t = arrays.whole(np.abs(x) + NARROW)
    np.divide(-2 * NARROW, t, out=t)
    t += 1
    below = arrays.whole(t * last)
    for each in others[::-1]:
        below += each
        below *= t
    below += first
    height = np.multiply(x, x, out=t)
    height *= -0.5
    np.exp(height, out=height)
    below *= height  # what lies above |x|
    np.subtract(0.5, below, out=below)
    np.copysign(below, x, out=below)
    below += 0.5
    height *= PEAK
    return below.astype(dtype, copy=False), height.astype(dtype, copy=False)


class NormalCdf(OfInput):
    """How much of the normal distribution (mean 0, deviation 1) lies below self."""

    @staticmethod
    def forward(self):
        return normal_curve(self)[0]

    @staticmethod
    def backward(ctx, grad):
        return (grad * density(ctx.saved[0]),)

    def name(self):
        return "SpecialNdtrBackward0"


def density(x):
    """The height of the normal curve as an operation: the slope of NormalCdf."""
    return Exp.of(x * x * -0.5) * PEAK


class Gelu(Function):
    """self * cdf(self). The curve, which takes longest, is computed once for both directions."""

    saved_names = ("self",)

    @staticmethod
    def forward(self, below, height):
        return self * below

    @staticmethod
    def setup_context(ctx, inputs, output):
        slope = ctx.height * inputs[0]._array + ctx.below
        ctx.save_for_backward(*inputs, wrap(slope))
        del ctx.below, ctx.height

    @staticmethod
    def backward(ctx, grad):
        self, slope = ctx.saved
        if ctx.recorded:
            slope = self * density(self) + NormalCdf.of(self)
        return (grad * slope,)


class GeluTanh(OfInput):
    """self * cdf(self), with a tanh that comes close to the cdf."""

    @staticmethod
    def forward(self):
        return self * 0.5 * (1 + np.tanh(bent(self)))

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        curve = Tanh.of(bent(self))
        steepness = (1 - curve * curve) * (1 + self * self * (3 * 0.044715))
        return (grad * (0.5 * (1 + curve) + self * steepness * (0.5 * ROOT)),)

    def name(self):
        return "GeluBackward0"


def bent(x):
    """What the tanh is taken of: an array or a tensor."""
    return (x + x * x * x * 0.044715) * ROOT


def gelu(input, approximate="none"):
    """input * cdf(input), with the cdf of the normal distribution; or with a "tanh" close to it.

    RuntimeError for another approximation, NotImplementedError for integers.
    """
    activation_checks.check_floats(input, "gelu", "GeluKernelImpl")
    activation_checks.check_approximate(approximate)
    if approximate == "tanh":
        return GeluTanh.apply(input)
    below, height = normal_curve(input._array)
    return Gelu.apply(input, below=below, height=height)
