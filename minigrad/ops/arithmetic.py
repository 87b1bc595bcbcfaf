"""Floor 3. Arithmetic: +, -, *, /, the minus sign and powers."""

from .. import arguments
from ..function import Function
from ..tensor import Tensor
from .broadcasting import Binary, as_float, binary


class Add(Binary):
    """self + other. Each operand gets the gradient as it is."""

    @staticmethod
    def forward(self, other):
        return self + other

    @staticmethod
    def backward(ctx, grad):
        return grad, grad


class Sub(Binary):
    """self - other."""

    @staticmethod
    def forward(self, other):
        return self - other

    @staticmethod
    def backward(ctx, grad):
        return grad, None if ctx.next[1] is None else -grad


class Mul(Binary):
    """self * other. Each factor is kept for the sake of the other one's gradient."""

    saved_names = "self", "other"

    @staticmethod
    def forward(self, other):
        return self * other

    @staticmethod
    def setup_context(ctx, inputs, output):
        self, other = inputs
        ctx.save_for_backward(
            self if other._requires_grad else None, other if self._requires_grad else None
        )

    @staticmethod
    def backward(ctx, grad):
        self, other = ctx.saved
        return (
            None if other is None else grad * other,
            None if self is None else grad * self,
        )


class Div(Binary):
    """self / other."""

    saved_names = "self", "other"

    @staticmethod
    def forward(self, other):
        return self / other

    @staticmethod
    def setup_context(ctx, inputs, output):
        self, other = inputs
        ctx.save_for_backward(self if other._requires_grad else None, other)

    @staticmethod
    def backward(ctx, grad):
        self, other = ctx.saved
        return (
            None if ctx.next[0] is None else grad / other,
            None if self is None else -grad * ((self / other) / other),
        )


class Neg(Function):
    """-self."""

    @staticmethod
    def forward(self):
        return -self

    @staticmethod
    def backward(ctx, grad):
        return (-grad,)


class Pow(Function):
    """self ** exponent, for an exponent that is a number."""

    saved_names = ("self",)

    @staticmethod
    def forward(self, exponent):
        if exponent == 2:
            return self * self
        return self * self * self if exponent == 3 else self**exponent  # 3: in 1/300 of the time

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        if ctx.exponent == 0:
            return (grad * 0,)
        slope = self if ctx.exponent == 2 else self ** (ctx.exponent - 1)
        return (grad * (ctx.exponent * slope),)


def add(input, other, *, alpha=1):
    """input + alpha * other, elementwise with broadcasting.

    `input` is a tensor, `other` a tensor or a number. RuntimeError if the shapes do not broadcast.
    """
    return binary(Add, input, other if alpha == 1 else other * alpha)


def sub(input, other, *, alpha=1):
    """input - alpha * other, elementwise with broadcasting.

    RuntimeError if the shapes do not broadcast, or for two bool tensors.
    """
    arguments.check_not_both_bool(input, other)
    return binary(Sub, input, other if alpha == 1 else other * alpha)


def mul(input, other):
    """input * other, elementwise with broadcasting.

    RuntimeError if the shapes do not broadcast.
    """
    return binary(Mul, input, other)


def div(input, other):
    """input / other, elementwise with broadcasting; integers give float32, x / 0 inf or nan.

    RuntimeError if the shapes do not broadcast.
    """
    arguments.array_of(input, "div")
    if not (isinstance(other, Tensor) and other._array.dtype.kind == "f"):
        input = as_float(input)
    return binary(Div, input, other)


def neg(input):
    """-input, elementwise. RuntimeError for a bool tensor."""
    arguments.check_negatable(input)
    return Neg.apply(input)


def pow(input, exponent):
    """input ** exponent, elementwise, for an exponent that is a number.

    (`**` is bound in `reflected.py`, which adds tensors as exponents.) RuntimeError for integers
    to a negative power.
    """
    arguments.array_of(input, "pow")
    if isinstance(exponent, float):
        input = as_float(input)
    arguments.check_integer_power(input, exponent)
    return Pow.apply(input, exponent=exponent)


Tensor.__add__ = Tensor.__radd__ = Tensor.add = add
Tensor.__sub__ = Tensor.sub = sub
Tensor.__mul__ = Tensor.__rmul__ = Tensor.mul = mul
Tensor.__truediv__ = Tensor.div = div
Tensor.__neg__ = Tensor.neg = neg
