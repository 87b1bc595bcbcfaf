"""Floor 3. The error function erf, what is left to 1, and its inverse.

NumPy has none of them. erf is read off a table, with a few terms of Taylor's series from there;
what is left to 1 is exp(-x²) times a curve so smooth that a polynomial is exact. Sources:
Abramowitz and Stegun, chapter 7, https://personal.math.ubc.ca/~cbm/aands/page_297.htm; of the
inverse: Wichura, Algorithm AS 241, Applied Statistics 37 (1988), page 477.
"""

import math
from functools import cache

import numpy as np
from numpy.polynomial import Chebyshev, Polynomial

from ..tensor import Tensor
from .blocks import few, in_blocks, one_by_one, polynomial
from .elementwise import Exp, OfInput, floating

ROOT = math.sqrt(math.pi)
LAST = 6.0  # from here on, erf rounds to 1
STEPS = {4: 2048, 8: 4096}  # entries of the table for a step of 1: fine enough for few terms
MIDDLE, LONGEST = 3.0, 28.0  # of the long curve: the middle, and where erfc rounds to 0
DEGREES = {4: 9, 8: 24}


@cache
def entries(size):
    """erf and its slope at 0, 1 / STEPS, 2 / STEPS, … in floats of 4 or 8 bytes."""
    places = np.arange(int(LAST * STEPS[size]) + 1) / STEPS[size]
    values = np.array([math.erf(each) for each in places.tolist()], f"f{size}")
    return values, (2 / ROOT * np.exp(-places * places)).astype(f"f{size}")


def erf_of(x):
    """erf of a vector: from the nearest entry of the table on, by Taylor's series."""
    values, slopes = entries(x.itemsize)
    distance = np.minimum(np.abs(x), LAST)
    near = distance * STEPS[x.itemsize]
    np.rint(near, out=near)
    places = near.astype(np.intp)
    near *= 1 / STEPS[x.itemsize]
    distance -= near
    near *= distance
    series = 1 - near
    if x.itemsize == 8:  # in float32, the other terms round to nothing
        series += (near * near * 2 - distance * distance) * (1 / 3)
        series += (distance * distance * 3 - near * near * 2) * near * (1 / 6)
    series *= distance
    series *= slopes.take(places, mode="clip")  # (a nan has no place)
    series += values.take(places, mode="clip")
    return np.copysign(series, x, out=series)


def scaled(x):
    """erfc(x) * exp(x²), by a continued fraction where the two would be too small and too large."""
    if x < 3:
        return math.erfc(x) * math.exp(x * x)
    fraction = x
    for step in range(120, 0, -1):
        fraction = x + step / 2 / fraction
    return 1 / (ROOT * fraction)


@cache
def long_curve(size):
    """Coefficients of scaled(x) * (x + 3) as a polynomial of (x - 3) / (x + 3)."""

    def curve(places):
        x = MIDDLE * (1 + places) / (1 - places)
        return np.array([scaled(each) for each in x]) * (x + MIDDLE)

    domain = [-1, (LONGEST - MIDDLE) / (LONGEST + MIDDLE)]
    fit = Chebyshev.interpolate(curve, DEGREES[size], domain=domain)
    return fit.convert(kind=Polynomial, domain=[-1, 1], window=[-1, 1]).coef.tolist()


def erfc_of(x):
    """1 - erf of a vector, exact also where erf rounds to 1."""
    size = np.minimum(np.abs(x), LONGEST)
    far = size + MIDDLE
    result = polynomial(1 - 2 * MIDDLE / far, long_curve(x.itemsize))
    result /= far
    # exp(-size²) in two parts: the square of the first is exact, the second is small
    part = 16 if x.itemsize == 4 else 65536
    rough = np.rint(size * part)
    rough *= 1 / part
    result *= np.exp(-rough * rough)
    result *= np.exp((rough - size) * (rough + size))
    np.copysign(result, x, out=result)
    result += 2 * np.signbit(x)
    return result


# Of the inverse: numerators and denominators, in the middle, outside of it, and far outside.
MIDDLE_PART = (
    (3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
     45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727),
    (1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
     21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610),
)  # fmt: skip
OUTER_PART = (
    (1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
     3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4),
    (1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9),
)  # fmt: skip
FAR_PART = (
    (6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7),
    (1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15),
)  # fmt: skip


def ratio(x, part):
    """One polynomial divided by another."""
    above, below = part
    return polynomial(x, above) / polynomial(x, below)


def erfinv_of(y):
    """The x with erf(x) = y, of a vector: by the quantiles of the normal distribution."""
    half = y / 2
    result = half * ratio(0.180625 - half * half, MIDDLE_PART)
    outside = np.flatnonzero(~(np.abs(half) <= 0.425))
    size = np.abs(y[outside])
    rest = np.sqrt(-np.log((1 - size) / 2))
    tails = ratio(rest - 1.6, OUTER_PART)
    far = np.flatnonzero(rest > 5)
    tails[far] = ratio(rest[far] - 5, FAR_PART)
    tails[size == 1] = np.inf
    result[outside] = np.copysign(tails, y[outside])
    result *= 1 / math.sqrt(2)
    return result


class Erf(OfInput):
    """2 / √π times the area under exp(-t²) from 0 to self."""

    @staticmethod
    def forward(self):
        return one_by_one(math.erf, self) if few(self) else in_blocks(erf_of, self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * (Exp.of(-(self * self)) * (2 / ROOT)),)


class Erfc(OfInput):
    """1 - erf(self)."""

    @staticmethod
    def forward(self):
        return one_by_one(math.erfc, self) if few(self) else in_blocks(erfc_of, self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * (Exp.of(-(self * self)) * (-2 / ROOT)),)


class Erfinv(OfInput):
    """The inverse of erf, for numbers between -1 and 1."""

    @staticmethod
    def forward(self):
        return in_blocks(erfinv_of, self)

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
