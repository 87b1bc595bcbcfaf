"""Floor 3. Choices: clamp, the larger or smaller of two, and `where`."""

import numpy as np

from .. import arguments, arrays
from ..carriers import numbers
from ..creation import tensor, wrap
from ..dtypes import DTYPES, promote
from ..function import Function
from ..tensor import Tensor
from . import checks
from .broadcasting import Binary, as_float, constant, signature, sum_to
from .selection import BITS, chosen, limited

ZERO = {each.numpy: np.zeros((), each.numpy) for each in DTYPES}  # converting a 0 takes longer
LARGEST = {
    kind: np.array(np.inf if kind.kind == "f" else np.iinfo(kind).max, kind)
    for kind in ZERO
    if kind.kind != "b"
}


def masked(grad, mask):
    """The gradient where `mask` holds, else 0 (also where it is inf: inf * 0 would be nan).

    For larger arrays bit by bit, in a sixth to a twentieth of the time of np.where: the bits of a
    number, read as an integer, times 1 or 0.
    """
    mask = numbers(mask)
    if isinstance(grad, Tensor):
        return Masked.apply(grad, mask=mask)
    if grad.size < 500 or grad.shape != mask.shape:
        return np.where(mask, grad, ZERO[grad.dtype])
    kind = BITS[grad.dtype.itemsize]
    bits = mask.astype(kind)
    bits *= grad.view(kind)
    return bits.view(grad.dtype)


class Masked(Function):
    """self where the mask holds, else 0: `masked`, recorded."""

    @staticmethod
    def forward(self, mask):
        return masked(self, mask)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape = inputs[0]._array.shape

    @staticmethod
    def backward(ctx, grad):
        return (sum_to(masked(grad, ctx.mask), ctx.input_shape),)

    def name(self):
        return "WhereBackward0"


class Clamp(Function):
    """self, but not below `min` and not above `max`. On the bounds themselves the slope is 1."""

    overload = 1
    saved_names = ("self",)

    @staticmethod
    def forward(self, min, max):
        clamped = limited(self, min, max)
        return arrays.copied(clamped) if clamped is self else clamped

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        self = numbers(ctx.saved[0])
        inside = True if ctx.min is None else self >= ctx.min
        return (masked(grad, inside if ctx.max is None else inside & (self <= ctx.max)),)


class ClampMin(Clamp):
    """self, but not below `min`."""

    overload = 0


class ClampMax(ClampMin):
    """self, but not above `max`."""


class ClampBetween(Binary):
    """self, but not outside of bounds that are tensors; `has` says which of the two are there.

    A bound gets the gradient where it is the result. Where they are crossed, the result is `max`.
    """

    saved_names = "self", "min", "max"

    @classmethod
    def apply(cls, self, *bounds, **options):
        return Function.apply.__func__(cls, self, *bounds, **options)

    @staticmethod
    def forward(self, *bounds, has, kind, overload):
        for each in bounds:
            self, each = (one.astype(promote(self, each), copy=False) for one in (self, each))
        low, high = both(bounds, has)
        try:
            raised = self if low is None else np.maximum(self, low.astype(self.dtype))
            return raised if high is None else np.minimum(raised, high.astype(self.dtype))
        except ValueError:
            raise checks.first_misfit(self.shape, *(each.shape for each in bounds)) from None

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.fit = [signature(each) for each in inputs]
        ctx.save_for_backward(inputs[0], *both(inputs[1:], ctx.has))

    @staticmethod
    def backward(ctx, grad):
        self, low, high = map(numbers, ctx.saved)
        low = -np.inf if low is None else low
        high = np.inf if high is None else high
        masks = (low < high) & (self < low), (self > high) | (high < low)
        to_bounds = [masked(grad, mask) for mask, there in zip(masks, ctx.has) if there]
        return masked(grad, (self >= low) & (self <= high)), *to_bounds

    def name(self):
        return f"{self.kind}Backward{self.overload}"


def both(bounds, has):
    """The lower and the upper bound, None for one that is not there."""
    rest = iter(bounds)
    return [next(rest) if there else None for there in has]


class Maximum(Binary):
    """The larger of two numbers. The larger gets the gradient; between equals it is halved."""

    saved_names = "self", "other"

    @staticmethod
    def forward(self, other):
        return np.maximum(self, other)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        self, other = map(numbers, ctx.saved)
        equal = self == other
        shared = masked(grad / 2, equal) + masked(grad, ~equal)
        return masked(shared, ~(self < other)), masked(shared, ~(self > other))  # both if nan


class Minimum(Maximum):
    """The smaller of two numbers. The smaller gets the gradient; between equals it is halved."""

    @staticmethod
    def forward(self, other):
        return np.minimum(self, other)

    @staticmethod
    def backward(ctx, grad):
        to_larger, to_smaller = Maximum.backward(ctx, grad)
        return to_smaller, to_larger


class Where(Binary):
    """self where the condition holds, else other. Each gets the gradient of the places it fills."""

    @classmethod
    def apply(cls, self, other, condition):
        return Function.apply.__func__(cls, self, other, condition=condition)

    @staticmethod
    def forward(self, other, condition):
        common = promote(self, other)
        try:
            return chosen(condition, *(each.astype(common, copy=False) for each in (self, other)))
        except ValueError:
            raise checks.first_misfit(condition.shape, self.shape, other.shape) from None

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.fit = [signature(each) for each in inputs]
        ctx.condition = arrays.copied(ctx.condition)  # it may be overwritten before the rule runs

    @staticmethod
    def backward(ctx, grad):
        return masked(grad, ctx.condition), masked(grad, ~ctx.condition)


def clamp(input, min=None, max=None):
    """input, but not below `min` and not above `max` (both numbers or tensors; None: no bound).

    RuntimeError if there is neither, TypeError for a number beside a tensor; integers with a float
    as bound give float32.
    """
    return bounded("clamp", input, min, max, Clamp)


def clamp_min(input, min):
    """input, but not below `min`, a number or a tensor."""
    return bounded("clamp_min", input, min, None, ClampMin)


def clamp_max(input, max):
    """input, but not above `max`, a number or a tensor."""
    return bounded("clamp_max", input, None, max, ClampMax)


def bounded(name, input, low, high, function):
    """The operation behind clamp, clamp_min and clamp_max."""
    checks.check_tensor(input, name)
    checks.check_bounds(name, input, low, high)
    given = [each for each in (low, high) if each is not None]
    if isinstance(given[0], Tensor):
        has = low is not None, high is not None
        overload = 0 if function is Clamp else 1
        kind = function.__name__
        return ClampBetween.apply(input, *given, has=has, kind=kind, overload=overload)
    if any(isinstance(each, float) for each in given):
        input = as_float(input)
    if input._array.dtype.kind == "b":
        input = wrap(input._array.astype(np.int64))
    low, high = (
        None if each is None else arguments.number_like(input, each) for each in (low, high)
    )
    return function.apply(input, min=low, max=high)


def maximum(input, other):
    """The larger of two tensors, elementwise with broadcasting. nan if one of them is."""
    checks.check_tensor(input, "maximum")
    checks.check_tensor(other, "maximum", "other", 2)
    return Maximum.apply(input, other)


def minimum(input, other):
    """The smaller of two tensors, elementwise with broadcasting. nan if one of them is."""
    checks.check_tensor(input, "minimum")
    checks.check_tensor(other, "minimum", "other", 2)
    return Minimum.apply(input, other)


def where(condition, input=None, other=None):
    """input where the condition (a bool tensor) holds, else other; tensors or numbers.

    `where(condition)` alone says where it holds: a tuple of indices, one for each dimension.
    RuntimeError if the condition is not bool, or the shapes do not broadcast.
    """
    checks.check_tensor(condition, "where", "condition")
    if input is None and other is None:
        found = np.nonzero(np.atleast_1d(condition._array))
        return tuple(wrap(each.astype(np.int64)) for each in found)
    if input is None or other is None:
        raise checks.invalid_arguments("where", condition, input)
    condition = checks.check_condition(condition)
    if not isinstance(input, Tensor):
        input = constant(input, other if isinstance(other, Tensor) else tensor(other))
    if not isinstance(other, Tensor):
        other = constant(other, input)
    return Where.apply(input, other, condition=condition)


def where_self(self, condition, other):
    """self where the condition (a bool tensor) holds, else other."""
    return where(condition, self, other)


Tensor.clamp = clamp
Tensor.clamp_min = clamp_min
Tensor.clamp_max = clamp_max
Tensor.maximum = maximum
Tensor.minimum = minimum
Tensor.where = where_self
