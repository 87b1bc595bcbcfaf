"""Floor 3. Whole numbers: bits shifted to the left and right, common divisors and multiples."""

import numpy as np

from .. import arguments
from ..dtypes import promote
from ..tensor import Tensor
from . import checks
from .comparison import combine
from .reflected import operand


def shifted_left(self, other):
    """Bits moved to higher places; all gone for a shift beyond the width, or below 0."""
    width = self.dtype.itemsize * 8
    inside = (other >= 0) & (other < width)
    return np.where(inside, self << np.where(inside, other, 0), 0).astype(self.dtype)


def shifted_right(self, other):
    """Bits moved to lower places; for a shift beyond the width, or below 0, the sign is left."""
    most = self.dtype.itemsize * 8 - 1
    return (self >> np.where((other >= 0) & (other < most), other, most)).astype(self.dtype)


def shift(kernel, name, input, other):
    """A shift of tensors and numbers."""
    for each, like in ((input, other), (other, input)):
        if not isinstance(each, (Tensor, int, float)) or not isinstance(like, Tensor):
            if not isinstance(each, Tensor):
                raise checks.invalid_arguments(name, input, other)
    input = operand(input, other)
    check_whole("lshift_cpu" if kernel is shifted_left else "rshift_cpu", input, other)
    return combine(kernel, input, other)


def check_whole(kernel, input, other):
    """NotImplementedError unless the two together give integers."""
    other = operand(other, input)
    if promote(input._array, other._array).kind in "fb":
        strange = other if other._array.dtype.kind in "fb" else input
        raise checks.not_implemented_for(kernel, strange, "Convert first: x.int().")


def bitwise_left_shift(input, other):
    """input * 2 ** other for integers, `input << other`; NotImplementedError for floats."""
    return shift(shifted_left, "bitwise_left_shift", input, other)


def bitwise_right_shift(input, other):
    """input / 2 ** other, rounded down, for integers, `>>`; NotImplementedError for floats."""
    return shift(shifted_right, "bitwise_right_shift", input, other)


def __rlshift__(self, other):
    """other << self, for a number on the left."""
    return bitwise_left_shift(operand(other, self), self)


def __rrshift__(self, other):
    """other >> self, for a number on the left."""
    return bitwise_right_shift(operand(other, self), self)


def whole(kernel, name, input, other):
    """A function of two tensors of integers."""
    arguments.array_of(input, name)
    checks.check_tensor(other, name, "other", 2)
    check_whole(f"{name}_cpu", input, other)
    return combine(kernel, input, other)


def gcd(input, other):
    """The greatest common divisor, elementwise with broadcasting, of tensors of integers."""
    return whole(np.gcd, "gcd", input, other)


def lcm(input, other):
    """The least common multiple, elementwise with broadcasting, of tensors of integers."""
    return whole(np.lcm, "lcm", input, other)


Tensor.__lshift__ = Tensor.bitwise_left_shift = bitwise_left_shift
Tensor.__rshift__ = Tensor.bitwise_right_shift = bitwise_right_shift
Tensor.__rlshift__ = __rlshift__
Tensor.__rrshift__ = __rrshift__
Tensor.gcd = gcd
Tensor.lcm = lcm
