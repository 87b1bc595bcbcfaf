"""Floor 3. Signs, the part after the point, and what to do about inf and nan."""

import numpy as np

from .. import arrays
from ..carriers import carried, numbers
from ..creation import wrap
from ..function import Function
from ..tensor import Tensor
from . import checks
from .broadcasting import Binary, as_float, constant
from .choices import masked
from .comparison import combine
from .elementwise import OfInput
from .pairs import both_floating
from .reflected import numbered
from .selection import chosen
from .staircases import Sign, Trunc, sign


class Sgn(Sign):
    """-1, 0 or 1, as `sign`. A staircase: the slope is 0."""


class Frac(Function):
    """What comes after the point, with the sign of self."""

    @staticmethod
    def forward(self):
        return self - Trunc.forward(self)

    @staticmethod
    def backward(ctx, grad):
        return (grad,)


class NanToNum(OfInput):
    """self, with other numbers for nan, inf and -inf; there the slope is 0."""

    @staticmethod
    def forward(self, nan, posinf, neginf):
        if isinstance(self, np.ndarray) and np.isfinite(self).all():
            return arrays.copied(self)  # in a fifth of the time
        return arrays.copied(np.nan_to_num(self, nan=nan, posinf=posinf, neginf=neginf))

    @staticmethod
    def backward(ctx, grad):
        return (masked(grad, np.isfinite(numbers(ctx.saved[0]))),)


class Copysign(Binary):
    """|self| with the sign of other. Other, of which only the sign counts, gets 0."""

    saved_names = "self", "result"

    @staticmethod
    def forward(self, other):
        return np.copysign(self, other)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(inputs[0], output)

    @staticmethod
    def backward(ctx, grad):
        self, result = map(numbers, ctx.saved)
        kept = masked(result / self, self != 0)
        return grad * carried(kept, grad), grad * 0


class Heaviside(Binary):
    """0 below 0, 1 above, and other at 0. A staircase: PyTorch gives it no derivative."""

    @staticmethod
    def forward(self, other):
        return chosen(self == 0, other, (self > 0).astype(self.dtype))

    @staticmethod
    def backward(ctx, grad):
        raise checks.no_derivative("heaviside")

    def name(self):
        return "NotImplemented"


def sgn(input):
    """-1, 0 or 1, elementwise: the sign of each number, as `sign`. Its slope is 0."""
    checks.check_tensor(input, "sgn")
    return Sgn.apply(input) if input._array.dtype.kind == "f" else sign(input)


def signbit(input):
    """Where the sign is a minus, as a bool tensor; that of -0.0 is, too."""
    checks.check_tensor(input, "signbit")
    array = input._array
    return wrap(np.signbit(array) if array.dtype.kind == "f" else arrays.whole(array < 0))


def positive(input):
    """input itself, `+input`. RuntimeError for a bool tensor."""
    checks.check_tensor(input, "positive")
    if input._array.dtype.kind == "b":
        raise RuntimeError(
            "The `+` operator, on a bool tensor is not supported. Convert first: x.int()."
        )
    return input


def frac(input):
    """What comes after the point, elementwise, with the sign of input.

    NotImplementedError for integers.
    """
    checks.check_tensor(input, "frac")
    if input._array.dtype.kind != "f":
        raise checks.not_implemented_for("frac_cpu", input, "Convert first: x.float().")
    return Frac.apply(input)


def nan_to_num(input, nan=None, posinf=None, neginf=None):
    """input with 0 for nan, and the largest and smallest numbers of its dtype for inf and -inf.

    Or with other numbers, if they are given. Integers are what they are already (a copy).
    """
    checks.check_tensor(input, "nan_to_num")
    if input._array.dtype.kind != "f":
        return input.clone()
    nan = 0.0 if nan is None else nan
    return NanToNum.apply(input, nan=nan, posinf=posinf, neginf=neginf)


def copysign(input, other):
    """|input| with the sign of other (a tensor or a number), elementwise with broadcasting.

    Integers give float32.
    """
    if not isinstance(input, Tensor):
        raise checks.invalid_arguments("copysign", input, other)
    if isinstance(other, Tensor):
        return Copysign.apply(*both_floating("copysign", input, other))
    input = as_float(input)
    return numbered(Copysign.apply(input, constant(float(other), input)), 1)


def heaviside(input, values):
    """0 where input is negative, 1 where it is positive, `values` where it is 0; broadcasts.

    It has no derivative. RuntimeError for different dtypes.
    """
    checks.check_tensor(input, "heaviside")
    checks.check_tensor(values, "heaviside", "values", 2)
    if input._array.dtype != values._array.dtype:
        raise RuntimeError(
            "heaviside is not yet implemented for tensors with different dtypes. Convert one of "
            "them, as in values.to(input)."
        )
    return Heaviside.apply(input, values)


def isposinf(input):
    """Where the elements are inf, as a bool tensor."""
    checks.check_tensor(input, "isposinf")
    return combine(np.equal, input, float("inf"))


def isneginf(input):
    """Where the elements are -inf, as a bool tensor."""
    checks.check_tensor(input, "isneginf")
    return combine(np.equal, input, float("-inf"))


def isreal(input):
    """Where the elements are real numbers, as a bool tensor: everywhere."""
    checks.check_tensor(input, "isreal")
    return wrap(arrays.ones(input._array.shape, np.dtype(bool), input._array))


Tensor.sgn = sgn
Tensor.signbit = signbit
Tensor.positive = positive
Tensor.frac = frac
Tensor.nan_to_num = nan_to_num
Tensor.copysign = copysign
Tensor.heaviside = heaviside
Tensor.isposinf = isposinf
Tensor.isneginf = isneginf
Tensor.isreal = isreal
