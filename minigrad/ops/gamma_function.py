"""Floor 3. The logarithm of the gamma function and its derivatives: digamma, polygamma.

All of them by the same two steps: the argument is moved up by whole numbers until it is 10 or more,
where a few terms of the asymptotic series are exact. Source: Abramowitz and Stegun, chapter 6,
https://personal.math.ubc.ca/~cbm/aands/page_255.htm
"""

import math
from fractions import Fraction
from functools import partial

import numpy as np

from ..tensor import Tensor
from . import checks
from .blocks import few, in_blocks, one_by_one
from .choices import masked
from .elementwise import OfInput, floating
from .selection import chosen

# The Bernoulli numbers B2, B4, ..., B16.
BERNOULLI = [
    Fraction(*each)
    for each in (
        (1, 6),
        (-1, 30),
        (1, 42),
        (-1, 30),
        (5, 66),
        (-691, 2730),
        (7, 6),
        (-3617, 510),
    )
]
ENOUGH, ONE = 10, np.float64(1)


def asymptotic(z, coefficients):
    """The sum of coefficient k times z ** (-2 * k)."""
    square = 1 / (z * z)
    total = np.zeros_like(z)
    for each in coefficients[::-1]:
        total += float(each)
        total *= square
    return total


def moved_up(z):
    """z, moved up by ENOUGH where it is less than that, and where it is."""
    low = z < ENOUGH
    return chosen(low, z + ENOUGH, z), low


def lgamma_of(x):
    """log |gamma(x)| of float64."""
    mirror = x < 0.5
    positive = chosen(mirror, 1 - x, x)
    z, low = moved_up(positive)
    start, product = chosen(low, positive, ONE), 1.0
    for step in range(ENOUGH):
        product = product * (start + step)
    product = chosen(low, product, ONE)
    series = [each / (2 * k * (2 * k - 1)) for k, each in enumerate(BERNOULLI, 1)]
    result = (z - 0.5) * np.log(z) - z + math.log(2 * math.pi) / 2
    result = result + z * asymptotic(z, series) - np.log(product)
    result[np.isposinf(z)] = np.inf
    if mirror.any():
        sine = np.log(np.abs(sin_of_pi(x[mirror])))
        result[mirror] = math.log(math.pi) - sine - result[mirror]
        result[np.isneginf(x)] = np.inf
    return result


def lgamma_of_one(x):
    """log |gamma(x)| of a Python float, also where Python's own raises."""
    try:
        return math.inf if x <= 0 and x % 1 == 0 else math.lgamma(x)
    except OverflowError:
        return math.inf


def sin_of_pi(x):
    """sin(π x), exactly 0 at whole numbers."""
    rest = x - np.round(x)
    sine = np.sin(math.pi * rest)
    return sine * (1 - 2 * (np.round(x) % 2))


def digamma_of(x):
    """The derivative of lgamma, of float64."""
    positive = chosen(x <= 0, 1 - x, x)
    z, low = moved_up(positive)
    start, shift = chosen(low, positive, ONE), 0.0
    for step in range(ENOUGH):
        shift = shift - 1 / (start + step)
    shift = masked(shift, low)
    series = [each / (2 * k) for k, each in enumerate(BERNOULLI, 1)]
    result = np.log(z) - 0.5 / z - asymptotic(z, series) + shift
    result = np.where(np.isposinf(z), np.inf, result)
    rest = x - np.trunc(x)
    result = np.where(x <= 0, result - math.pi / np.tan(math.pi * rest), result)
    result = np.where(x == 0, np.copysign(np.inf, -x), result)
    return np.where((x < 0) & (rest == 0) | np.isneginf(x), np.nan, result)


def polygamma_of(n, x):
    """The n-th derivative of digamma, of float64: ± n! times the sum of (x + k) ** -(n + 1)."""
    mirror = (x < 0.5) & (n == 1)
    z, total = np.where(mirror, 1 - x, x), np.zeros_like(x)
    power = n + 1
    while (low := z < ENOUGH).any():
        total = np.where(low, total + z**-power, total)
        z = np.where(low, z + 1, z)
    rest, factor = 0.5 * z**-power + z ** -float(n) / n, power
    for k, each in enumerate(BERNOULLI, 1):
        rest = rest + float(each) / math.factorial(2 * k) * factor * z ** -(power + 2.0 * k - 1)
        factor *= (power + 2 * k - 1) * (power + 2 * k)
    total = (total + rest) * math.factorial(n) * (-1) ** (n + 1)
    if n == 1:
        sine = np.sin(math.pi * np.where(mirror, x, 0.5))
        total = np.where(mirror, (math.pi / sine) ** 2 - total, total)
    return total


def in_double(function, x):
    """A function of a vector, computed in float64, and rounded."""
    return function(x.astype(np.float64, copy=False)).astype(x.dtype, copy=False)


class Lgamma(OfInput):
    """log |gamma(self)|."""

    @staticmethod
    def forward(self):
        if few(self):
            return one_by_one(lgamma_of_one, self)
        return in_blocks(partial(in_double, lgamma_of), self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * Digamma.of(self),)


class Digamma(OfInput):
    """The derivative of lgamma."""

    @staticmethod
    def forward(self):
        return in_blocks(partial(in_double, digamma_of), self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * Polygamma.of(self, n=1),)


class Polygamma(OfInput):
    """The n-th derivative of digamma."""

    @staticmethod
    def forward(self, n):
        return in_blocks(partial(in_double, partial(polygamma_of, n)), self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * Polygamma.of(self, n=ctx.n + 1),)


def lgamma(input):
    """The logarithm of the absolute value of the gamma function, elementwise.

    gamma(n) is (n - 1)! for whole numbers; inf at 0, -1, -2, …
    """
    return Lgamma.apply(floating(input, "lgamma"))


def digamma(input):
    """The derivative of `lgamma`, elementwise; nan at -1, -2, …"""
    return Digamma.apply(floating(input, "digamma"))


def polygamma(n, input):
    """The n-th derivative of `digamma`, elementwise. RuntimeError for a negative n."""
    checks.check_tensor(input, "polygamma", "input", 2)
    if n < 0:
        raise RuntimeError("polygamma(n, x) does not support negative n.")
    if n == 0:
        return digamma(input)
    return Polygamma.apply(floating(input, "polygamma"), n=int(n))


def polygamma_of_self(self, n):
    """The n-th derivative of `digamma`, elementwise."""
    return polygamma(n, self)


Tensor.lgamma = lgamma
Tensor.digamma = digamma
Tensor.polygamma = polygamma_of_self
