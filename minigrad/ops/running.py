"""Floor 3. Running totals along a dimension: sums, products, extremes, and differences."""

import numpy as np

from .. import arguments, arrays
from ..carriers import carried, numbers
from ..creation import wrap
from ..function import Function
from ..tensor import Tensor
from . import checks, run_checks
from .chosen_places import along
from .comparison import logical_xor
from .elementwise import Exp
from .extremes import Pair
from .joining import Cat, cat
from .placing import Take
from .reductions import Sum


def accumulated(kernel, array, dim, dtype=None):
    """Running totals of an array (computed on the CPU); of a single number, itself."""
    if not array.ndim:
        return arrays.copied(array.astype(dtype or array.dtype))
    return arrays.beside(kernel.accumulate(arrays.on_host(array), dim, dtype=dtype), array)


class Cumsum(Function):
    """Each element and all before it added up; `back`: all behind it."""

    back = False

    @staticmethod
    def forward(self, dim, dtype=None, back=False):
        if not back or not self.ndim:
            return accumulated(np.add, self, dim, dtype)
        return arrays.copied(np.flip(accumulated(np.add, np.flip(self, dim), dim, dtype), dim))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_dtype = inputs[0]._array.dtype

    @staticmethod
    def backward(ctx, grad):
        return (Cumsum.of(grad, dim=ctx.dim, dtype=ctx.input_dtype, back=not ctx.back),)


class Cumprod(Function):
    """Each element and all before it multiplied."""

    saved_names = "self", "result"

    @staticmethod
    def forward(self, dim, dtype=None):
        return accumulated(np.multiply, self, dim, dtype)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs, output)

    @staticmethod
    def backward(ctx, grad):
        self, result = ctx.saved
        if not self.ndim:
            return (grad,)
        if not (numbers(self) == 0).any():
            return (Cumsum.of(grad * result, dim=ctx.dim, back=True) / self,)
        return (slopes_of_products(self, grad, ctx.dim),)


def slopes_of_products(self, grad, dim):
    """The gradient of Cumprod where there are zeros: no product is divided by its factor."""
    self, grad = self.swapaxes(0, dim), grad.swapaxes(0, dim)
    before, parts = carried(np.ones_like(numbers(self)[:1]), self), []
    for place in range(self.shape[0]):
        here = grad[place : place + 1]
        if place + 1 < self.shape[0]:
            behind = grad[place + 1 :] * Cumprod.of(self[place + 1 :], dim=0)
            kind = numbers(self).dtype
            here = here + Sum.of(behind, dim=(0,), keepdim=True, dtype=kind)
        parts.append(before * here)
        before = before * self[place : place + 1]
    return Cat.of(*parts, dim=0).swapaxes(0, dim)


class Logcumsumexp(Function):
    """The logarithm of the sum of exp of each element and all before it, without overflow."""

    saved_names = "self", "result"

    @staticmethod
    def forward(self, dim):
        return accumulated(np.logaddexp, self, dim)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs, output)

    @staticmethod
    def backward(ctx, grad):
        if not grad.ndim:
            return (grad,)
        self, result = (each.swapaxes(0, ctx.dim) for each in ctx.saved)
        grad, parts = grad.swapaxes(0, ctx.dim), []
        for place in reversed(range(self.shape[0])):  # no power is greater than 1
            here, part = slice(place, place + 1), grad[place : place + 1]
            if parts:
                part = part + Exp.of(result[here] - result[place + 1 : place + 2]) * parts[-1]
            parts.append(part)
        behind = Cat.of(*parts[::-1], dim=0) if parts else grad
        return ((Exp.of(self - result) * behind).swapaxes(0, ctx.dim),)


class CummaxPair(Pair):
    function = "cummax"


class CumminPair(Pair):
    function = "cummin"


def running(function, input, dim, dtype=None):
    """A running total: along one dimension, in the dtype in which sums are computed."""
    name = function.__name__.lower()
    dim = run_checks.check_one_dim(name, input, dim)
    wanted = arguments.sum_dtype(input, dtype)
    return function.apply(input, dim=dim, dtype=wanted)


def cumsum(input, dim, *, dtype=None):
    """Along `dim`, each element and all before it added up. Integers and bools give int64."""
    return running(Cumsum, input, dim, dtype)


def cumprod(input, dim, *, dtype=None):
    """Along `dim`, each element and all before it multiplied. Integers and bools give int64."""
    return running(Cumprod, input, dim, dtype)


def logcumsumexp(input, dim):
    """Along `dim`, log of the sum of exp of each element and all before it, without overflow.

    NotImplementedError for integers.
    """
    dim = run_checks.check_one_dim("logcumsumexp", input, dim)
    if input._array.dtype.kind != "f":
        raise checks.not_implemented_for("logcumsumexp_out_cpu", input, "Convert first: x.float().")
    return Logcumsumexp.apply(input, dim=dim)


def cummax(input, dim):
    """Along `dim`, the largest so far: `.values`, and `.indices`, where it is.

    Of equals, the last. A nan is the largest from there on.
    """
    return extreme_so_far(np.maximum, CummaxPair, input, dim)


def cummin(input, dim):
    """Along `dim`, the smallest so far: `.values`, and `.indices`, where it is.

    Of equals, the last. A nan is the smallest from there on.
    """
    return extreme_so_far(np.minimum, CumminPair, input, dim)


def extreme_so_far(kernel, pair, input, dim):
    """The running extreme along a dimension, picked by its places."""
    name = pair.function
    dim = run_checks.check_one_dim(name, input, dim)
    array = arrays.on_host(input.array)
    if not array.ndim:
        places = np.zeros((), np.int64)
    else:
        so_far = kernel.accumulate(array, dim)
        here = (array == so_far) | (array != array)
        steps = np.arange(array.shape[dim]).reshape(-1, *(1,) * (array.ndim - 1 - dim))
        places = np.maximum.accumulate(here * steps, dim)
    places = arrays.beside(places, input._array)
    index = along(places, dim) if array.ndim else ()
    values = Take.apply(input, index=index, called=f"{name.capitalize()}Backward0")
    return pair((values, wrap(places)))


def diff(input, n=1, dim=-1, prepend=None, append=None):
    """The differences of neighbours along `dim`, `n` times over; of bools, whether they differ.

    `prepend` and `append` are first put before and behind input. RuntimeError for a 0-d tensor.
    """
    dim = run_checks.check_diff(input, n, dim)
    if n == 0:
        return input.clone()
    joined = [each for each in (prepend, input, append) if each is not None]
    result = cat(joined, dim) if len(joined) > 1 else input
    before = (slice(None),) * dim
    subtract = logical_xor if input._array.dtype.kind == "b" else Tensor.__sub__
    for _ in range(min(n, result._array.shape[dim])):
        result = subtract(result[(*before, slice(1, None))], result[(*before, slice(-1))])
    return result


Tensor.cumsum = cumsum
Tensor.cumprod = cumprod
Tensor.logcumsumexp = logcumsumexp
Tensor.cummax = cummax
Tensor.cummin = cummin
Tensor.diff = diff
