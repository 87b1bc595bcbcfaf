"""Floor 3. The hyperbolic functions sinh and cosh, and the inverse ones."""

import numpy as np

from ..tensor import Tensor
from .elementwise import OfInput, Sqrt, floating


class Sinh(OfInput):
    """The hyperbolic sine, (e ** self - e ** -self) / 2."""

    @staticmethod
    def forward(self):
        return np.sinh(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * Cosh.of(self),)


class Cosh(OfInput):
    """The hyperbolic cosine, (e ** self + e ** -self) / 2."""

    @staticmethod
    def forward(self):
        return np.cosh(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * Sinh.of(self),)


class Asinh(OfInput):
    """The inverse of the hyperbolic sine."""

    @staticmethod
    def forward(self):
        return np.arcsinh(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad / Sqrt.of(self * self + 1),)


class Acosh(OfInput):
    """The inverse of the hyperbolic cosine, for numbers from 1 on."""

    @staticmethod
    def forward(self):
        return np.arccosh(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad / Sqrt.of(self * self - 1),)


class Atanh(OfInput):
    """The inverse of the hyperbolic tangent, for numbers between -1 and 1."""

    @staticmethod
    def forward(self):
        return np.arctanh(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad / (1 - self * self),)


def sinh(input):
    """The hyperbolic sine, elementwise."""
    return Sinh.apply(floating(input, "sinh"))


def cosh(input):
    """The hyperbolic cosine, elementwise."""
    return Cosh.apply(floating(input, "cosh"))


def asinh(input):
    """The inverse hyperbolic sine, elementwise."""
    return Asinh.apply(floating(input, "asinh"))


def acosh(input):
    """The inverse hyperbolic cosine, elementwise; nan below 1."""
    return Acosh.apply(floating(input, "acosh"))


def atanh(input):
    """The inverse hyperbolic tangent, elementwise; nan outside of [-1, 1]."""
    return Atanh.apply(floating(input, "atanh"))


Tensor.sinh = sinh
Tensor.cosh = cosh
Tensor.asinh = asinh
Tensor.acosh = acosh
Tensor.atanh = atanh
