"""Floor 3. From scores to probabilities: softmax, its logarithm, and logsumexp.

exp(1000) is inf, so the largest score is first subtracted from all: that changes no probability.
"""

import numpy as np

from .. import arguments
from ..arrays import copied, ones, whole
from ..function import Function
from ..tensor import Tensor
from . import activation_checks, checks
from .conversions import convert
from .elementwise import Exp, floating
from .extremes import Reduction, unreduced


def wide(array):
    """float16 as float32, in which PyTorch, too, adds it up; anything else as it is."""
    return array.astype(np.float32) if array.dtype.itemsize == 2 else array


def row_sums(carrier, dim):
    """The sum over a dimension (or over none: `()`), which stays there with length 1."""
    if isinstance(carrier, Tensor):
        return carrier.sum(dim, keepdim=True)
    if (
        dim == carrier.ndim - 1 and carrier.size > 2000 and carrier.dtype.itemsize > 2
    ):  # a product takes a third of the time
        column = ones(carrier.shape[-1], carrier.dtype, carrier)
        return (carrier.reshape(-1, carrier.shape[-1]) @ column).reshape(*carrier.shape[:-1], 1)
    return np.add.reduce(carrier, axis=dim, keepdims=True)


def shifted(self, dim):
    """The scores less the largest along a dimension: a new array of numbers up to 0."""
    self = wide(self)
    if not self.size:
        return copied(self)
    return whole(self - np.maximum.reduce(self, axis=dim, keepdims=True))


def are_small(scores):
    """Whether exp of the scores is neither inf nor 0, as they are. (For many short rows it takes
    four times as long to look for the largest of each; for a few numbers this does not pay.)
    """
    if scores.size <= 2000 or scores.dtype.itemsize <= 2:
        return False
    return np.maximum.reduce(scores, axis=None) < 30 and np.minimum.reduce(scores, axis=None) > -30


def powers_of(self, dim):
    """exp of scores, each row divided by some number: a new array, without inf."""
    if are_small(self):
        return np.exp(self)
    powers = shifted(self, dim)
    return np.exp(powers, out=powers)


class Softmax(Function):
    """exp(self), divided by its sum along a dimension: probabilities, which add up to 1."""

    saved_names = ("result",)

    @staticmethod
    def forward(self, dim):
        powers = powers_of(self, dim)
        powers /= row_sums(powers, dim)
        return powers.astype(self.dtype, copy=False)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output)

    @staticmethod
    def backward(ctx, grad):
        (result,) = ctx.saved
        weighted = grad * result
        return (weighted - result * row_sums(weighted, ctx.dim),)


class LogSoftmax(Softmax):
    """The logarithm of softmax, without the detour: a score less the log of the sum of all exp."""

    @staticmethod
    def forward(self, dim):
        scores = shifted(self, dim)
        scores -= np.log(row_sums(np.exp(scores), dim))
        return scores.astype(self.dtype, copy=False)

    @staticmethod
    def backward(ctx, grad):
        (result,) = ctx.saved
        return (grad - Exp.of(result) * row_sums(grad, ctx.dim),)


class Logsumexp(Reduction):
    """log(sum(exp(self))): a smooth maximum. Its gradient is softmax."""

    @staticmethod
    def forward(self, dim, keepdim):
        scores = wide(self)
        largest = np.maximum.reduce(scores, axis=dim, keepdims=True, initial=-np.inf)
        largest = np.where(np.isinf(largest), 0, largest)
        total = np.add.reduce(np.exp(scores - largest), axis=dim, keepdims=True)
        result = (np.log(total) + largest).astype(self.dtype, copy=False)
        return result if keepdim else result.squeeze(dim)

    @staticmethod
    def backward(ctx, grad):
        self, result = ctx.saved
        return (unreduced(grad, ctx) * Exp.of(self - unreduced(result, ctx)),)


def softmax(input, dim, *, dtype=None):
    """Scores as probabilities: exp(input), divided by its sum over the dimension `dim`.

    `dtype` converts the input first. IndexError for a dimension that is not there,
    NotImplementedError for integers.
    """
    return _over_one(Softmax, "softmax", input, dim, dtype)


def log_softmax(input, dim, *, dtype=None):
    """The logarithm of `softmax`, exact also where a probability rounds to 0."""
    return _over_one(LogSoftmax, "log_softmax", input, dim, dtype)


def _over_one(function, name, input, dim, dtype):
    checks.check_tensor(input, name)
    if dtype is not None:
        input = convert(input, arguments.numpy_dtype(dtype, name))
    ndim = input._array.ndim
    dim = activation_checks.check_dim(name, dim, ndim)
    if input._array.dtype.kind != "f":
        raise checks.not_implemented_for(f"{name}_lastdim_kernel_impl", input, "Use x.float().")
    return function.apply(input, dim=dim if ndim else ())


def logsumexp(input, dim, keepdim=False):
    """log(sum(exp(input))) over the dimension(s) `dim`, without overflow; integers give float32.

    IndexError for a dimension that is not there.
    """
    input = floating(input, "logsumexp")
    dims = activation_checks.check_dims("logsumexp", dim, input._array.ndim)
    return Logsumexp.apply(input, dim=dims, keepdim=bool(keepdim))


Tensor.softmax = softmax
Tensor.log_softmax = log_softmax
Tensor.logsumexp = logsumexp
