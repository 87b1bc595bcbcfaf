"""Floor 3. Division with rounding, and what is left over."""

import numpy as np

from .. import arguments
from ..tensor import Tensor
from . import arithmetic, checks
from .broadcasting import Binary, binary
from .reflected import first_operand, floor_of_quotient, numbered, rest_of
from .views import zeros_of


class RoundedDiv(Binary):
    """self / other, rounded towards 0. A staircase, flat nearly everywhere: the slope is 0."""

    @staticmethod
    def forward(self, other):
        if self.dtype.kind == "f":
            return np.trunc(self / other)
        quotient = self // other
        return quotient + ((quotient < 0) & (quotient * other != self))

    @staticmethod
    def backward(ctx, grad):
        zeros = zeros_of(grad, grad.shape)
        return zeros, zeros

    def name(self):
        return "DivBackward2"


class FloorDiv(RoundedDiv):
    """self / other, rounded down. The slope is 0."""

    @staticmethod
    def forward(self, other):
        return self // other if self.dtype.kind != "f" else floor_of_quotient(self, other)


class Fmod(Binary):
    """What is left of self after other has been taken away, with the sign of self."""

    saved_names = "self", "other"

    @staticmethod
    def forward(self, other):
        return rest_of(self, other)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        self, other = ctx.saved
        if ctx.next[1] is None:
            return grad, None
        return grad, -grad * RoundedDiv.of(self, other)


ROUNDED = {"trunc": RoundedDiv, "floor": FloorDiv}


def div(input, other, *, rounding_mode=None):
    """input / other, elementwise with broadcasting; integers give float32, x / 0 inf or nan.

    `rounding_mode`: "trunc" rounds towards 0, "floor" down, and integers stay integers.
    RuntimeError if the shapes do not broadcast, and for rounded integers divided by 0.
    """
    input = first_operand("div", input, other)
    if rounding_mode is None:
        return arithmetic.div(input, other)
    if rounding_mode not in ROUNDED:
        raise RuntimeError(
            "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found "
            f"{rounding_mode!r}"
        )
    checks.check_not_all_bool(f"div_{rounding_mode}_cpu", input, other)
    checks.check_divisor(input, other)
    return binary(ROUNDED[rounding_mode], input, other)


def true_divide(input, other):
    """input / other, elementwise with broadcasting: `div` without rounding."""
    return arithmetic.div(first_operand("true_divide", input, other), other)


def fmod(input, other):
    """What is left of input after division by other; it has the sign of input.

    (`remainder` has that of other.) RuntimeError for integers divided by 0.
    """
    arguments.array_of(input, "fmod")
    checks.check_divisor(input, other)
    checks.check_not_all_bool("fmod_cpu", input, other)
    return numbered(binary(Fmod, input, other), int(isinstance(other, Tensor)))


Tensor.div = div
Tensor.true_divide = true_divide
Tensor.fmod = fmod
