"""Floor 3. Numbers combined at chosen places: sums, products, means and extremes of groups."""

import numpy as np

from .. import arrays
from ..carriers import carried, numbers
from ..function import Function
from . import checks, chosen_places
from .broadcasting import sum_to
from .choices import masked
from .placing import PutAt, Take
from .views import zeros_of

# How the numbers that meet at a place are combined, and what combining begins with.
REDUCTIONS = {
    "sum": (np.add, lambda dtype: 0),
    "prod": (np.multiply, lambda dtype: 1),
    "mean": (np.add, lambda dtype: 0),
    "amax": (np.maximum, lambda dtype: -np.inf if dtype.kind == "f" else np.iinfo(dtype).min),
    "amin": (np.minimum, lambda dtype: np.inf if dtype.kind == "f" else np.iinfo(dtype).max),
}


class Unrecorded(Function):
    """Numbers combined by a kernel of NumPy. PyTorch gives it no derivative."""

    @staticmethod
    def forward(self, src, index, kernel):
        combined = arrays.on_host(arrays.copied(self))
        kernel.at(combined, index, arrays.on_host(src))
        return arrays.beside(combined, self)

    @staticmethod
    def backward(ctx, grad):
        raise checks.no_derivative("scatter")

    def name(self):
        return "NotImplemented"


def counted(self, index, include_self):
    """How many numbers meet at each place, at least 1."""
    number = arrays.zeros(self.shape, self.dtype, self)
    number[...] = int(include_self)
    chosen_places.combine(np.add, number, index, np.ones((), self.dtype))
    return np.maximum(number, 1)


class ScatterReduce(Function):
    """self, combined with the numbers of src at the places that an index names."""

    saved_names = "self", "src", "result"

    @staticmethod
    def forward(self, src, index, reduce, include_self):
        kernel, first = REDUCTIONS[reduce]
        combined = arrays.on_host(arrays.copied(self))  # there is no `multiply.at` on a GPU
        if self.dtype.kind == "b":
            kernel = {"sum": np.logical_or, "mean": np.logical_or}.get(reduce, kernel)
        if not include_self:
            start = first(self.dtype) if self.dtype.kind != "b" else reduce in ("prod", "amin")
            combined[index] = start
        chosen_places.combine(kernel, combined, index, arrays.on_host(src))
        if reduce == "mean":
            number = arrays.on_host(counted(self, index, include_self))
            combined = combined / number if self.dtype.kind == "f" else combined // number
        return arrays.beside(combined.astype(self.dtype, copy=False), self)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.src_shape = inputs[1]._array.shape
        ctx.index = chosen_places.kept(ctx.index)
        ctx.save_for_backward(*inputs, output)

    @staticmethod
    def backward(ctx, grad):
        self, src, result = ctx.saved
        to_self, to_src = RULES[ctx.reduce](ctx, grad, self, src, result)
        if not ctx.include_self:
            to_self = PutAt.of(to_self, zeros_of(grad, ()), index=ctx.index)
        return to_self, sum_to(to_src, ctx.src_shape)


class IndexReduce(ScatterReduce):
    """self, its slices combined with those of src."""


def taken(whole, ctx):
    """The numbers at the places that the index names."""
    return Take.of(whole, index=ctx.index, called="GatherBackward0")


def of_sum(ctx, grad, self, src, result):
    """Every summand gets the gradient."""
    return grad, taken(grad, ctx)


def of_mean(ctx, grad, self, src, result):
    """Every summand gets its share."""
    number = counted(numbers(self), ctx.index, ctx.include_self)
    share = grad / carried(number, grad)
    return share, taken(share, ctx)


def of_extreme(ctx, grad, self, src, result):
    """Those that are the largest (or smallest) share the gradient."""
    best = numbers(result)
    first, others = numbers(self) == best, numbers(src) == chosen_places.read(best, ctx.index)
    number = arrays.whole(first.astype(best.dtype))
    chosen_places.combine(np.add, number, ctx.index, others)
    share = grad / carried(np.maximum(number, 1), grad)
    return masked(share, first), masked(taken(share, ctx), others)


def of_product(ctx, grad, self, src, result):
    """Every factor gets the product of the others, also where one of them is 0."""
    once = {"index": ctx.index, "reduce": "prod", "include_self": ctx.include_self}
    ones = carried(arrays.ones(numbers(self).shape, numbers(self).dtype, numbers(self)), grad)
    to_self = grad * ScatterReduce.of(ones, src, **once)
    zero = numbers(src) == 0
    zeros = arrays.zeros(numbers(self).shape, np.int64, numbers(self))
    chosen_places.combine(np.add, zeros, ctx.index, zero)
    alone = zero & (chosen_places.read(zeros, ctx.index) == 1)
    others = masked(src, ~alone) + carried(alone.astype(numbers(src).dtype), grad)
    without_it = taken(grad * ScatterReduce.of(self, others, **once), ctx)
    divisor = src + carried(zero.astype(numbers(src).dtype), grad)
    divided = taken(grad * result, ctx) / divisor
    return to_self, masked(without_it, alone) + masked(divided, ~alone)


RULES = {
    "sum": of_sum,
    "mean": of_mean,
    "amax": of_extreme,
    "amin": of_extreme,
    "prod": of_product,
}
