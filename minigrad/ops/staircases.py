"""Floor 3. Staircases: sign, floor, ceil, trunc and round. They are flat nearly everywhere."""

import numpy as np

from ..function import Function
from ..tensor import Tensor
from . import checks
from .views import zeros_of


class Sign(Function):
    """-1, 0 or 1. A staircase, flat nearly everywhere: the slope is 0."""

    @staticmethod
    def forward(self):
        return np.subtract(self > 0, self < 0, dtype=self.dtype)  # 0 for nan, as in PyTorch

    @staticmethod
    def backward(ctx, grad):
        return (zeros_of(grad, grad.shape),)


class Floor(Sign):
    """The next whole number below."""

    @staticmethod
    def forward(self):
        return np.floor(self)


class Ceil(Sign):
    """The next whole number above."""

    @staticmethod
    def forward(self):
        return np.ceil(self)


class Trunc(Sign):
    """The whole number that is left when the digits after the point are cut off."""

    @staticmethod
    def forward(self):
        return np.trunc(self)


class Round(Sign):
    """The nearest whole number; a half goes to the even one."""

    @staticmethod
    def forward(self):
        return np.round(self)


class RoundTo(Sign):
    """The nearest number with `decimals` digits; as PyTorch, it rounds what is shifted by them."""

    @staticmethod
    def forward(self, decimals):
        ten = self.dtype.type(10 ** np.abs(decimals))
        return np.round(self * ten) / ten if decimals > 0 else np.round(self / ten) * ten

    def name(self):
        return "RoundBackward1"


def sign(input):
    """-1, 0 or 1, elementwise: the sign of each number. Its slope is 0."""
    return staircase(Sign, "sign", input)


def floor(input):
    """The next whole number below, elementwise. Its slope is 0."""
    return staircase(Floor, "floor", input)


def ceil(input):
    """The next whole number above, elementwise. Its slope is 0."""
    return staircase(Ceil, "ceil", input)


def trunc(input):
    """Each number without what comes after the point. Its slope is 0."""
    return staircase(Trunc, "trunc", input)


def round(input, *, decimals=0):
    """The nearest number with `decimals` digits after the point (by default whole), elementwise.

    A half goes to the even one. The slope is 0. NotImplementedError for decimals of integers.
    """
    checks.check_tensor(input, "round")
    if decimals == 0:
        return staircase(Round, "round", input)
    if input._array.dtype.kind != "f":
        raise checks.not_implemented_for("round_cpu", input, "Convert first: x.float().")
    return RoundTo.apply(input, decimals=decimals)


def staircase(function, name, input):
    """A staircase of a tensor of floats; integers are what they are already (a copy)."""
    checks.check_tensor(input, name)
    kind = input._array.dtype.kind
    if kind == "b" and name != "sign":
        raise checks.not_implemented_for(f"{name}_vml_cpu", input, "Convert first: x.int().")
    if kind == "b" or (kind != "f" and name != "sign"):
        return input.clone()
    return function.apply(input)


Tensor.sign = sign
Tensor.floor = floor
Tensor.ceil = ceil
Tensor.trunc = trunc
Tensor.round = round
