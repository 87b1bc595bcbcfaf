"""Floor 3. Operations on two tensors that need floats, and whose rules need both."""

import numpy as np

from ..dtypes import promote
from ..tensor import Tensor
from . import checks
from .broadcasting import Binary, as_float, constant


class OfBoth(Binary):
    """An operation on two tensors whose derivatives are written in terms of both."""

    saved_names = "self", "other"

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)


def both_floating(function, input, other):
    """Two operands as tensors of which one is of floats: integers become float32.

    One of them may be a number. TypeError for anything else.
    """
    if isinstance(input, Tensor) and isinstance(other, Tensor):
        whole = input._array.dtype.kind != "f" and other._array.dtype.kind != "f"
        return (as_float(input), other) if whole else (input, other)
    number = other if isinstance(input, Tensor) else input
    if not isinstance(number, (int, float, np.number)):
        raise checks.invalid_arguments(function, input, other)
    if isinstance(input, Tensor):
        input = as_float(input)
        return input, constant(other, input)
    if isinstance(other, Tensor):
        other = as_float(other)
        return constant(input, other), other
    raise checks.invalid_arguments(function, input, other)


def check_two_floats(function, input, other):
    """TypeError for what is no tensor, NotImplementedError for two tensors of integers."""
    checks.check_tensor(input, function)
    checks.check_tensor(other, function, "other", 2)
    if promote(input._array, other._array).kind != "f":
        raise checks.not_implemented_for(f"{function}_cpu", input, "Convert first: x.float().")
