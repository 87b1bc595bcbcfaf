"""Floor 3. More of exp and log: other bases, near 0, and sums of exponentials without overflow."""

import math

import numpy as np

from ..carriers import numbers
from ..tensor import Tensor
from . import checks
from .broadcasting import Binary
from .choices import masked
from .elementwise import Abs, Exp, Log, OfInput, OfResult, floating
from .pairs import OfBoth, both_floating, check_two_floats
from .reflected import numbered, pow


class Exp2(OfResult):
    """2 ** self."""

    @staticmethod
    def forward(self):
        return np.exp2(self)

    @staticmethod
    def backward(ctx, grad):
        (result,) = ctx.saved
        return (grad * result * math.log(2),)


class Expm1(OfResult):
    """e ** self - 1."""

    @staticmethod
    def forward(self):
        return np.expm1(self)

    @staticmethod
    def backward(ctx, grad):
        (result,) = ctx.saved
        return (grad * (result + 1),)


class Log2(OfInput):
    """The logarithm to the base 2."""

    @staticmethod
    def forward(self):
        return np.log2(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad / (self * math.log(2)),)


class Log10(OfInput):
    """The logarithm to the base 10."""

    @staticmethod
    def forward(self):
        return np.log10(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad / (self * math.log(10)),)


class Log1P(OfInput):
    """The natural logarithm of 1 + self."""

    @staticmethod
    def forward(self):
        return np.log1p(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad / (self + 1),)


class Rsqrt(OfResult):
    """1 divided by the square root."""

    @staticmethod
    def forward(self):
        return 1 / np.sqrt(self)

    @staticmethod
    def backward(ctx, grad):
        (result,) = ctx.saved
        return (grad * (result * result * result) * -0.5,)


class Logit(OfInput):
    """log(self / (1 - self)), the inverse of sigmoid. Outside of [eps, 1 - eps] the slope is 0."""

    @staticmethod
    def forward(self, eps):
        clamped = self if eps is None or eps < 0 else np.clip(self, eps, 1 - eps)
        return np.log(clamped / (1 - clamped)).astype(self.dtype, copy=False)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        slope = grad / Abs.of(self * (1 - self))  # not -0 at -0
        eps = -1 if ctx.eps is None else ctx.eps
        if eps >= 0:
            return (masked(slope, (numbers(self) >= eps) & (numbers(self) <= 1 - eps)),)
        if (numbers(self) < 0).any() or (numbers(self) > 1).any():
            outside = (numbers(self) < 0) | (numbers(self) > 1)
            return (slope + np.where(outside, np.nan, 0).astype(numbers(self).dtype),)
        return (slope,)


def distance(self, other):
    """How far apart two numbers are; 0 for equal ones, also where they are infinite."""
    gap = np.abs(self - other)
    return np.where(self == other, gap.dtype.type(0), gap) if np.isnan(gap).any() else gap


class Logaddexp(OfBoth):
    """log(exp(self) + exp(other)), without overflow: a smooth maximum."""

    @staticmethod
    def forward(self, other):
        gap = distance(self, other)
        return np.maximum(self, other) + np.log1p(np.exp(-gap))

    @staticmethod
    def backward(ctx, grad):
        self, other = ctx.saved
        return grad / (1 + Exp.of(other - self)), grad / (1 + Exp.of(self - other))


class Logaddexp2(OfBoth):
    """log2(2 ** self + 2 ** other), without overflow."""

    @staticmethod
    def forward(self, other):
        gap = distance(self, other)
        return np.maximum(self, other) + np.log1p(np.exp2(-gap)) * gap.dtype.type(1 / math.log(2))

    @staticmethod
    def backward(ctx, grad):
        self, other = ctx.saved
        return grad / (1 + Exp2.of(other - self)), grad / (1 + Exp2.of(self - other))


class Xlogy(OfBoth):
    """self * log(other); where self is 0 the result is 0, and so is its slope."""

    @staticmethod
    def forward(self, other):
        result = self * np.log(other)
        return np.where((self == 0) & ~np.isnan(other), result.dtype.type(0), result)

    @staticmethod
    def backward(ctx, grad):
        self, other = ctx.saved
        slope = None
        if ctx.next[0] is not None:
            zero = (numbers(self) == 0) & (numbers(other) <= 0)
            slope = masked(grad * Log.of(other), ~zero)
        return slope, None if ctx.next[1] is None else grad * (self / other)


class Ldexp(Binary):
    """self * 2 ** other."""

    saved_names = "other", "result"

    @staticmethod
    def forward(self, other):
        return self * np.exp2(other)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(inputs[1], output)

    @staticmethod
    def backward(ctx, grad):
        other, result = ctx.saved
        return grad * Exp2.of(other), grad * result * math.log(2)


def exp2(input):
    """2 ** input, elementwise; integers give float32."""
    return Exp2.apply(floating(input, "exp2"))


def expm1(input):
    """exp(input) - 1, elementwise, exact also near 0; integers give float32."""
    return Expm1.apply(floating(input, "expm1"))


def log2(input):
    """The logarithm to the base 2, elementwise; of 0 it is -inf, of a negative number nan."""
    return Log2.apply(floating(input, "log2"))


def log10(input):
    """The logarithm to the base 10, elementwise; of 0 it is -inf, of a negative number nan."""
    return Log10.apply(floating(input, "log10"))


def log1p(input):
    """log(1 + input), elementwise, exact also near 0; of -1 it is -inf, below that nan."""
    return Log1P.apply(floating(input, "log1p"))


def rsqrt(input):
    """1 / sqrt(input), elementwise; of 0 it is inf, of a negative number nan."""
    return Rsqrt.apply(floating(input, "rsqrt"))


def logit(input, eps=None):
    """log(input / (1 - input)), elementwise: the inverse of `sigmoid`.

    With `eps`, input is first clamped to [eps, 1 - eps]; without, it is nan outside of [0, 1].
    """
    return Logit.apply(floating(input, "logit"), eps=eps)


def logaddexp(input, other):
    """log(exp(input) + exp(other)), elementwise with broadcasting, without overflow.

    NotImplementedError for integers.
    """
    check_two_floats("logaddexp", input, other)
    return Logaddexp.apply(input, other)


def logaddexp2(input, other):
    """log2(2 ** input + 2 ** other), elementwise with broadcasting, without overflow.

    NotImplementedError for integers.
    """
    check_two_floats("logaddexp2", input, other)
    return Logaddexp2.apply(input, other)


def xlogy(input, other):
    """input * log(other), elementwise with broadcasting, and 0 where input is 0.

    One of them may be a number. Integers give float32.
    """
    variant = 0 if isinstance(other, Tensor) else 2
    variant = variant if isinstance(input, Tensor) else 1
    return numbered(Xlogy.apply(*both_floating("xlogy", input, other)), variant)


def ldexp(input, other):
    """input * 2 ** other, elementwise with broadcasting; integers give float32."""
    checks.check_tensor(input, "ldexp")
    checks.check_tensor(other, "ldexp", "other", 2)
    return Ldexp.apply(*both_floating("ldexp", input, other))


def float_power(input, exponent):
    """input ** exponent in float64, elementwise with broadcasting; one of them may be a number."""
    if not isinstance(input, (Tensor, int, float)) or not isinstance(
        exponent, (Tensor, int, float)
    ):
        raise checks.invalid_arguments("float_power", input, exponent)
    wide = np.dtype("float64")
    input, exponent = (
        each._converted(wide) if isinstance(each, Tensor) else float(each)
        for each in (input, exponent)
    )
    return pow(input, exponent)


Tensor.exp2 = exp2
Tensor.expm1 = expm1
Tensor.log2 = log2
Tensor.log10 = log10
Tensor.log1p = log1p
Tensor.rsqrt = rsqrt
Tensor.logit = logit
Tensor.logaddexp = logaddexp
Tensor.logaddexp2 = logaddexp2
Tensor.xlogy = xlogy
Tensor.ldexp = ldexp
Tensor.float_power = float_power
