"""Floor 3. The error function erf, what is left to 1, and its inverse.

NumPy has none of them. They are put together from two smooth curves, for which a few dozen
coefficients are exact to the last digits; these are computed when they are first asked for.
Source: Abramowitz and Stegun, chapter 7, https://personal.math.ubc.ca/~cbm/aands/page_297.htm
"""

import math
from functools import cache

import numpy as np
from numpy.polynomial import Chebyshev

from .. import arrays
from ..tensor import Tensor
from .elementwise import Exp, OfInput, floating

ROOT = math.sqrt(math.pi)
FAR = 3.0  # where the middle of the long curve is


def scaled(x):
    """erfc(x) * exp(x²), by a continued fraction where the two would be too small and too large."""
    if x < 3:
        return math.erfc(x) * math.exp(x * x)
    fraction = x
    for step in range(120, 0, -1):
        fraction = x + step / 2 / fraction
    return 1 / (ROOT * fraction)


@cache
def curves():
    """erf(x) / x as a function of x² from 0 to 1, and `scaled` as one of (x - 3) / (x + 3)."""

    def near(squares):
        return np.array([math.erf(math.sqrt(u)) / math.sqrt(u) for u in squares])

    def long(places):
        return np.array([scaled(FAR * (1 + t) / (1 - t)) for t in places])

    return Chebyshev.interpolate(near, 14, domain=[0, 1]), Chebyshev.interpolate(long, 40)


def below_one(x):
    """erf(x) for |x| up to 1."""
    return x * curves()[0](x * x)


def tail(x):
    """erfc(x) for x from 0 on."""
    x = np.minimum(x, 30.0)  # beyond, it rounds to 0
    return np.exp(-x * x) * curves()[1]((x - FAR) / (x + FAR))


def erf_of(x):
    """erf of an array of float64."""
    size = np.abs(x)
    return np.where(size <= 1, below_one(np.clip(x, -1, 1)), np.copysign(1 - tail(size), x))


def erfc_of(x):
    """1 - erf of an array of float64, exact also where erf rounds to 1."""
    size = np.abs(x)
    outside = np.where(x > 0, tail(size), 2 - tail(size))
    return np.where(size <= 1, 1 - below_one(np.clip(x, -1, 1)), outside)


def erfinv_of(y):
    """The x with erf(x) = y: a guess, made better three times by Halley's rule."""
    size = np.minimum(np.abs(y), 1)
    logarithm = np.log((1 - size) * (1 + size))
    half = 2 / (math.pi * 0.147) + logarithm / 2  # the guess: Winitzki, 2008
    x = np.sqrt(np.sqrt(half * half - logarithm / 0.147) - half)
    for _ in range(3):
        miss = np.where(size < 0.5, erf_of(x) - size, (1 - size) - erfc_of(x))
        x = x - miss / (2 / ROOT * np.exp(-x * x) + x * miss)
    x = np.where(size == 1, np.inf, np.where(size == 0, 0, x))
    return np.where(np.abs(y) <= 1, np.copysign(x, y), np.nan)


def in_double(function, array):
    """A function of float64 for any dtype: computed in float64 on the CPU, and rounded."""
    wide = arrays.on_host(array).astype(np.float64, copy=False)
    return arrays.beside(function(wide).astype(array.dtype, copy=False), array)


class Erf(OfInput):
    """2 / √π times the area under exp(-t²) from 0 to self."""

    @staticmethod
    def forward(self):
        return in_double(erf_of, self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * (Exp.of(-(self * self)) * (2 / ROOT)),)


class Erfc(OfInput):
    """1 - erf(self)."""

    @staticmethod
    def forward(self):
        return in_double(erfc_of, self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * (Exp.of(-(self * self)) * (-2 / ROOT)),)


class Erfinv(OfInput):
    """The inverse of erf, for numbers between -1 and 1."""

    @staticmethod
    def forward(self):
        return in_double(erfinv_of, self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        inverse = Erfinv.of(self)
        return (grad * (Exp.of(inverse * inverse) * (ROOT / 2)),)


def erf(input):
    """The error function, elementwise: 2 / √π times the area under exp(-t²) from 0 to input."""
    return Erf.apply(floating(input, "erf"))


def erfc(input):
    """1 - erf(input), elementwise, exact also where erf rounds to 1."""
    return Erfc.apply(floating(input, "erfc"))


def erfinv(input):
    """The inverse of erf, elementwise; ±inf at ±1, nan beyond."""
    return Erfinv.apply(floating(input, "erfinv"))


Tensor.erf = erf
Tensor.erfc = erfc
Tensor.erfinv = erfinv
