"""Floor 3. Arithmetic with the number on the left, powers with a tensor as exponent, division with
a remainder.
"""

import numpy as np

from ..carriers import numbers
from ..tensor import Tensor
from . import arithmetic, checks
from .arithmetic import mul
from .broadcasting import Binary, as_float, binary, constant
from .choices import masked
from .conversions import convert
from .elementwise import Log, OfResult
from .selection import chosen
from .staircases import Floor


class Rsub(Binary):
    """other - self: what `1 - x` records."""

    overload = 1

    @staticmethod
    def forward(self, other):
        return other - self

    @staticmethod
    def backward(ctx, grad):
        return -grad, grad


class Reciprocal(OfResult):
    """1 / self."""

    @staticmethod
    def forward(self):
        return 1 / self

    @staticmethod
    def backward(ctx, grad):
        (result,) = ctx.saved
        return (-grad * (result * result),)


class TensorPow(Binary):
    """self ** exponent, for an exponent that is a tensor."""

    saved_names = "self", "exponent", "result"

    @staticmethod
    def forward(self, exponent):
        return integer_power(self, exponent) if exponent.dtype.kind != "f" else self**exponent

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs, output)

    @staticmethod
    def backward(ctx, grad):
        self, exponent, result = ctx.saved
        base, power = numbers(self), numbers(exponent)
        slope = growth = None
        if ctx.next[0] is not None:
            slope = masked(grad * (exponent * self ** (exponent - 1)), power != 0)
        if ctx.next[1] is not None:
            growth = masked(grad * (result * Log.of(self)), ~((base == 0) & (power >= 0)))
        return slope, growth

    def name(self):
        return "PowBackward1"


class ScalarPow(Binary):
    """base ** self, for a base that is a number: what `2 ** x` records."""

    saved_names = "exponent", "self", "result"

    @staticmethod
    def forward(self, base):
        return TensorPow.forward(base, self)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs, output)

    @staticmethod
    def backward(ctx, grad):
        exponent, base, result = ctx.saved
        zero = numbers(base) == 0
        growth = masked(grad * (result * Log.of(base)), ~zero | (numbers(exponent) < 0))
        return growth, None

    def name(self):
        return "PowBackward2"


def integer_power(self, exponent):
    """Integers to an integer power. As in PyTorch, 2 ** -1 is 0 (and 1 ** -1 is 1)."""
    if (exponent < 0).any():
        inverse = np.where(self == 1, 1, np.where(self == -1, 1 - 2 * (exponent % 2), 0))
        positive = self ** np.maximum(exponent, 0)
        return np.where(exponent < 0, inverse, positive).astype(positive.dtype)
    return self**exponent


class FloorDivide(Binary):
    """self / other, rounded down. A staircase: PyTorch gives it no derivative."""

    @staticmethod
    def forward(self, other):
        return self // other if self.dtype.kind != "f" else floor_of_quotient(self, other)

    @staticmethod
    def backward(ctx, grad):
        raise checks.no_derivative("floor_divide")

    def name(self):
        return "NotImplemented"


def floor_of_quotient(self, other):
    """Floats divided and rounded down; by 0 it is inf, -inf or nan."""
    quotient, zero = np.floor_divide(self, other), other == 0
    return np.where(zero, self / other, quotient) if zero.any() else quotient


def rest_of(self, other):
    """np.fmod; where the quotients of float32 are exact in float64, that way, which is faster."""
    if self.dtype != np.float32 or self.size < 1000 or not isinstance(self, np.ndarray):
        return np.fmod(self, other)
    rest = self.astype(np.float64)
    quotient = np.trunc(rest / other)
    exact = (np.abs(quotient) < 2**28).all() and np.isfinite(other).all()  # 0 * inf would be nan
    if quotient.shape != self.shape or not exact:
        return np.fmod(self, other)
    quotient *= other
    rest -= quotient
    past = rest * self < 0  # the quotient was rounded up to a whole number
    if past.any():
        rest += past * np.copysign(other, self)
    return np.copysign(rest, self).astype(np.float32)


class Remainder(Binary):
    """What is left of self after other has been taken away as often as possible."""

    saved_names = "self", "other"

    @staticmethod
    def forward(self, other):
        rest = rest_of(self, other)  # has the sign of self; move it to the side of other
        other_side = (rest != 0) & ((rest < 0) != (other < 0))
        return chosen(other_side, rest + other, rest)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        self, other = ctx.saved
        return grad, None if ctx.next[1] is None else -grad * Floor.of(self / other)


def numbered(result, overload):
    """The result, with PyTorch's number for the variant that made it in the name of its node."""
    if result._node is not None:
        result._node.overload = overload
    return result


def rsub(input, other, *, alpha=1):
    """other - alpha * input, elementwise with broadcasting. RuntimeError for a bool tensor."""
    checks.check_tensor(input, "rsub")
    second = other._array.dtype.kind == "b" if isinstance(other, Tensor) else other is True
    if input._array.dtype.kind == "b" or second or other is False:
        raise checks.subtracted_bool()
    result = Rsub.apply(input if alpha == 1 else input * alpha, other)
    return numbered(result, 0 if isinstance(other, Tensor) else 1)


def __rsub__(self, other):
    """other - self, for a number on the left."""
    return rsub(self, other)


def reciprocal(input):
    """1 / input, elementwise; integers give float32, 1 / 0 inf."""
    checks.check_tensor(input, "reciprocal")
    return Reciprocal.apply(as_float(input))


def __rtruediv__(self, other):
    """other / self, for a number on the left; as PyTorch, other * (1 / self)."""
    return mul(reciprocal(self), other)


def pow(input, exponent):
    """input ** exponent, elementwise with broadcasting; one of them may be a number.

    RuntimeError for integers to a negative number, and for shapes that do not broadcast.
    """
    if not isinstance(exponent, Tensor):
        checks.check_tensor(input, "pow")
        checks.check_exponent(input, exponent)
        if input._array.dtype.kind == "b" and isinstance(exponent, int):
            power = arithmetic.pow(convert(input, np.dtype("int64")), int(exponent))
            return convert(power, input._array.dtype) if isinstance(exponent, bool) else power
        return arithmetic.pow(input, exponent)
    input = first_operand("pow", input, exponent) if isinstance(input, str) else input
    checks.check_not_all_bool("pow", input, exponent)
    if isinstance(input, Tensor):
        return TensorPow.apply(input, exponent)
    return ScalarPow.apply(exponent, input)


def __rpow__(self, base):
    """base ** self, for a number on the left."""
    if isinstance(base, Tensor):
        return pow(base, self)
    checks.check_not_all_bool("pow", base, self)
    return ScalarPow.apply(self, base)


def operand(other, like):
    """A tensor as it is, a number as a tensor."""
    return other if isinstance(other, Tensor) else constant(other, like)


def first_operand(function, input, other):
    """The first operand as a tensor: torch.div(2, x) is allowed. TypeError for anything else."""
    if isinstance(input, Tensor):
        return input
    if not isinstance(other, Tensor) or not isinstance(input, (int, float, np.number)):
        raise checks.invalid_arguments(function, input, other)
    return constant(input, other)


def floor_divide(input, other):
    """input / other rounded down to a whole number, `input // other`. It has no derivative.

    RuntimeError for integers divided by 0.
    """
    input = first_operand("floor_divide", input, other)
    checks.check_not_all_bool("div_floor_cpu", input, other)
    checks.check_divisor(input, other)
    return FloorDivide.apply(input, other)


def __rfloordiv__(self, other):
    """other // self, for a number on the left."""
    return floor_divide(operand(other, self), self)


def remainder(input, other):
    """What is left of input after division by other, `input % other`; it has the sign of other.

    RuntimeError for integers divided by 0.
    """
    input = first_operand("remainder", input, other)
    checks.check_not_all_bool("remainder_cpu", input, other)
    checks.check_divisor(input, other)
    return numbered(binary(Remainder, input, other), int(isinstance(other, Tensor)))


def __rmod__(self, other):
    """other % self, for a number on the left.

    Unlike PyTorch, which has no derivative for it, this has that of `remainder`.
    """
    return remainder(operand(other, self), self)


Tensor.__rsub__ = __rsub__
Tensor.__rtruediv__ = __rtruediv__
Tensor.reciprocal = reciprocal
Tensor.__pow__ = Tensor.pow = pow
Tensor.__rpow__ = __rpow__
Tensor.__floordiv__ = Tensor.floor_divide = floor_divide
Tensor.__rfloordiv__ = __rfloordiv__
Tensor.__mod__ = Tensor.remainder = remainder
Tensor.__rmod__ = __rmod__
