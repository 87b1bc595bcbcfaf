"""Floor 3. From many numbers to one: sum and mean."""

import numpy as np

from .. import arguments
from ..arrays import empty
from ..function import Function
from ..tensor import Tensor

LARGE = 100_000  # elements; to write so many takes longer than to make a view


def spread(grad, ctx):
    """The gradient of a reduction, copied to every place of the input that went into it.

    For a large input it is a view, which shows one number in many places and cannot be written to.
    """
    if isinstance(grad, Tensor):  # when the backward pass is itself recorded
        return (
            grad.reshape(arguments.kept_shape(ctx))
            .expand(ctx.input_shape)
            ._converted(ctx.input_dtype)
        )
    if ctx.dim is not None and not ctx.keepdim:
        grad = np.expand_dims(grad, ctx.dim)
    if count(ctx.input_shape, None) > LARGE and isinstance(grad, (np.ndarray, np.generic)):
        return np.broadcast_to(grad.astype(ctx.input_dtype), ctx.input_shape)
    everywhere = empty(ctx.input_shape, ctx.input_dtype, grad)
    everywhere[...] = grad
    return everywhere


def count(shape, dim):
    """How many numbers go into each result of a reduction over `dim` (None: over all)."""
    dims = range(len(shape)) if dim is None else dim
    number = 1
    for each in dims:
        number *= shape[each]
    return number


class Sum(Function):
    """The sum over `dim` (a tuple; None: over all). Every summand gets the gradient."""

    @staticmethod
    def forward(self, dim, keepdim, dtype):
        wide = np.float32 if dtype.char == "e" else dtype  # float16 sticks at 2048, adding ones
        total = np.add.reduce(self, axis=dim, keepdims=keepdim, dtype=wide)
        return total if wide is dtype else total.astype(dtype)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape, ctx.input_dtype = inputs[0]._array.shape, inputs[0]._array.dtype
        ctx.overload = 0 if ctx.dim is None else 1

    @staticmethod
    def backward(ctx, grad):
        return (spread(grad, ctx),)


class Mean(Sum):
    """The mean over `dim`: a sum divided by n, so every summand gets 1/n of the gradient."""

    @staticmethod
    def forward(self, dim, keepdim, dtype):
        wide = np.dtype("float32") if dtype.char == "e" else dtype
        mean = Sum.forward(self, dim, keepdim, wide) / count(self.shape, dim)
        return mean if wide is dtype else mean.astype(dtype)

    @staticmethod
    def backward(ctx, grad):
        return (spread(grad / count(ctx.input_shape, ctx.dim), ctx),)


def sum(input, dim=None, keepdim=False, *, dtype=None):
    """The sum of all elements, or over the dimension(s) `dim`.

    Integers and bools are added up as int64. IndexError for a dimension that is not there.
    """
    dim = arguments.check_reduction("sum", input, dim, keepdim)
    wanted = arguments.sum_dtype(input, dtype)
    return Sum.apply(input, dim=dim, keepdim=keepdim, dtype=wanted)


def mean(input, dim=None, keepdim=False, *, dtype=None):
    """The mean of all elements, or over the dimension(s) `dim`.

    RuntimeError for integers (give `dtype=`); IndexError for a dimension that is not there.
    """
    dim = arguments.check_reduction("mean", input, dim, keepdim)
    wanted = arguments.mean_dtype(input, dtype)
    return Mean.apply(input, dim=dim, keepdim=keepdim, dtype=wanted)


Tensor.sum = sum
Tensor.mean = mean
