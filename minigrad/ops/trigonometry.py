"""Floor 3. Angles: the tangent, the inverse functions, sinc, degrees."""

import math

import numpy as np

from ..carriers import numbers
from ..function import Function
from ..tensor import Tensor
from . import checks
from .broadcasting import Binary
from .choices import masked
from .elementwise import Cos, OfInput, OfResult, Sin, Sqrt, floating
from .pairs import OfBoth, both_floating, check_two_floats


class Tan(OfResult):
    """The tangent of an angle in radians."""

    @staticmethod
    def forward(self):
        return np.tan(self)

    @staticmethod
    def backward(ctx, grad):
        (result,) = ctx.saved
        return (grad * (1 + result * result),)


class Asin(OfInput):
    """The angle, from -π/2 to π/2, with this sine."""

    @staticmethod
    def forward(self):
        return np.arcsin(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad / Sqrt.of(1 - self * self),)


class Acos(OfInput):
    """The angle, from 0 to π, with this cosine."""

    @staticmethod
    def forward(self):
        return np.arccos(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (-grad / Sqrt.of(1 - self * self),)


class Atan(OfInput):
    """The angle, from -π/2 to π/2, with this tangent."""

    @staticmethod
    def forward(self):
        return np.arctan(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad / (1 + self * self),)


class Sinc(OfInput):
    """sin(π self) / (π self), and 1 at 0, where the slope is 0."""

    @staticmethod
    def forward(self):
        angle = self * self.dtype.type(math.pi)
        zero = angle == 0
        return np.where(zero, angle.dtype.type(1), np.sin(angle) / np.where(zero, 1, angle))

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        angle = self * math.pi
        slope = (angle * Cos.of(angle) - Sin.of(angle)) / (angle * self)
        return (masked(grad * slope, numbers(self) != 0),)


class Deg2Rad(Function):
    """An angle in degrees in radians."""

    @staticmethod
    def forward(self):
        return self * self.dtype.type(math.pi / 180)

    @staticmethod
    def backward(ctx, grad):
        return (grad * (math.pi / 180),)


class Rad2Deg(Function):
    """An angle in radians in degrees."""

    @staticmethod
    def forward(self):
        return self * self.dtype.type(180 / math.pi)

    @staticmethod
    def backward(ctx, grad):
        return (grad * (180 / math.pi),)


class Atan2(OfBoth):
    """The angle of the point (other, self), from -π to π. At the origin the slope is 0."""

    @staticmethod
    def forward(self, other):
        return np.arctan2(self, other)

    @staticmethod
    def backward(ctx, grad):
        self, other = ctx.saved
        squares = self * self + other * other
        share = masked(grad / squares, numbers(squares) != 0)
        return share * other, share * -self


class Hypot(Binary):
    """sqrt(self ** 2 + other ** 2), the distance of the point (self, other) from the origin."""

    saved_names = "self", "other", "result"

    @staticmethod
    def forward(self, other):
        return np.hypot(self, other)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs, output)

    @staticmethod
    def backward(ctx, grad):
        self, other, result = ctx.saved
        return grad * (self / result), grad * (other / result)


def tan(input):
    """The tangent, elementwise, of angles in radians."""
    return Tan.apply(floating(input, "tan"))


def asin(input):
    """The angles whose sine is input, elementwise, from -π/2 to π/2; nan outside of [-1, 1]."""
    return Asin.apply(floating(input, "asin"))


def acos(input):
    """The angles whose cosine is input, elementwise, from 0 to π; nan outside of [-1, 1]."""
    return Acos.apply(floating(input, "acos"))


def atan(input):
    """The angles whose tangent is input, elementwise, from -π/2 to π/2."""
    return Atan.apply(floating(input, "atan"))


def sinc(input):
    """sin(π input) / (π input), elementwise, and 1 where input is 0."""
    return Sinc.apply(floating(input, "sinc"))


def deg2rad(input):
    """Angles in degrees, elementwise, in radians."""
    return Deg2Rad.apply(floating(input, "deg2rad"))


def rad2deg(input):
    """Angles in radians, elementwise, in degrees."""
    return Rad2Deg.apply(floating(input, "rad2deg"))


def atan2(input, other):
    """The angles of the points (other, input), elementwise with broadcasting, from -π to π.

    Integers give float32.
    """
    checks.check_tensor(input, "atan2")
    checks.check_tensor(other, "atan2", "other", 2)
    return Atan2.apply(*both_floating("atan2", input, other))


def hypot(input, other):
    """sqrt(input ** 2 + other ** 2), elementwise with broadcasting: a distance, without overflow.

    NotImplementedError for integers.
    """
    check_two_floats("hypot", input, other)
    return Hypot.apply(input, other)


Tensor.tan = tan
Tensor.asin = asin
Tensor.acos = acos
Tensor.atan = atan
Tensor.sinc = sinc
Tensor.deg2rad = deg2rad
Tensor.rad2deg = rad2deg
Tensor.atan2 = atan2
Tensor.hypot = hypot
