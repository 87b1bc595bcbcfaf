"""Floor 3. Sums that pass over nan, several statistics at once, covariance, and distances."""

import warnings

import numpy as np

from .. import arguments, arrays
from ..carriers import carried, numbers
from ..creation import wrap
from ..tensor import Tensor
from . import checks, run_checks
from .choices import clamp, masked
from .elementwise import sqrt
from .extremes import Named, unreduced
from .reductions import Sum, count, spread
from .several import Results
from .shapes import t
from .statistics import LinalgVectorNorm, Std, Var, degrees


class Nansum(Sum):
    """The sum over `dim`, with 0 for nan."""

    saved_names = ("self",)

    @staticmethod
    def forward(self, dim, keepdim, dtype):
        there = masked(self, self == self) if self.dtype.kind == "f" else self
        return Sum.forward(there, dim, keepdim, dtype)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape, ctx.input_dtype = inputs[0]._array.shape, inputs[0]._array.dtype
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        return (masked(spread(grad, ctx), ~np.isnan(numbers(ctx.saved[0]))),)


class VarMean(Results):
    """The variance and the mean, computed together."""

    spread_of = Var

    @classmethod
    def forward(cls, self, dim, keepdim, correction):
        dims = tuple(range(self.ndim)) if dim is None else dim
        mean = np.add.reduce(self, axis=dims, keepdims=keepdim, dtype=self.dtype) / count(
            self.shape, dim
        )
        return [cls.spread_of.forward(self, dim, keepdim, correction), mean.astype(self.dtype)]

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape, ctx.input_dtype = inputs[0]._array.shape, inputs[0]._array.dtype
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, pieces):
        (self,) = ctx.saved
        total = None
        if 0 in pieces:
            total = Var.slope(ctx, self, unreduced(ctx.to_variance(ctx, pieces[0]), ctx))
        if 1 in pieces:
            mean = spread(pieces[1] / count(ctx.input_shape, ctx.dim), ctx)
            total = mean if total is None else total + mean
        return (total,)

    @staticmethod
    def to_variance(ctx, grad):
        """The gradient of the variance, given that of the first result."""
        return grad


class StdMean(VarMean):
    """The standard deviation and the mean, computed together."""

    spread_of = Std

    @staticmethod
    def to_variance(ctx, grad):
        options = {"dim": ctx.dim, "keepdim": ctx.keepdim, "correction": ctx.correction}
        deviation = Std.of(ctx.saved[0], **options)
        return masked(grad / (deviation * 2), numbers(deviation) != 0)


class Aminmax(Results):
    """The smallest and the largest element. Those that are equal share the gradient."""

    @staticmethod
    def forward(self, dim, keepdim):
        return [
            kernel.reduce(self, axis=dim, keepdims=keepdim) for kernel in (np.minimum, np.maximum)
        ]

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape, ctx.input_dtype = inputs[0]._array.shape, inputs[0]._array.dtype
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, pieces):
        self, total = numbers(ctx.saved[0]), None
        for place, extreme in enumerate(Aminmax.forward(self, ctx.dim, ctx.keepdim)):
            if place in pieces:
                chosen = self == extreme.reshape(arguments.kept_shape(ctx))  # none if it is nan
                ties = np.add.reduce(chosen, axis=ctx.dim, keepdims=True, dtype=self.dtype)
                share = carried((chosen / ties).astype(self.dtype), pieces[place])
                part = spread(pieces[place], ctx) * share
                total = part if total is None else total + part
        return (total,)


class AminmaxPair(Named):
    """What `aminmax` returns: `.min` and `.max`."""

    function, fields = "aminmax", ("min", "max")


class Dist(LinalgVectorNorm):
    """The p-norm of a difference. Where it is 0 the slope is 0."""


def nansum(input, dim=None, keepdim=False, *, dtype=None):
    """The sum of all elements, or over the dimension(s) `dim`, with 0 for nan."""
    dim = arguments.check_reduction("nansum", input, dim, keepdim)
    wanted = arguments.sum_dtype(input, dtype)
    return Nansum.apply(input, dim=dim, keepdim=keepdim, dtype=wanted)


def nanmean(input, dim=None, keepdim=False, *, dtype=None):
    """The mean of all elements but nan, or over the dimension(s) `dim`.

    RuntimeError for integers.
    """
    dims = arguments.check_reduction("nanmean", input, dim, keepdim)
    if input._array.dtype.kind != "f":
        raise RuntimeError(
            "nanmean(): expected input to have floating point or complex dtype but got "
            f"{input.dtype.tensor_type}. Convert first: x.float()."
        )
    there = ~np.isnan(input._array)
    number = np.add.reduce(there, axis=dims, keepdims=keepdim, dtype=np.int64)
    return nansum(input, dim, keepdim, dtype=dtype) / wrap(arrays.whole(number))


def var_mean(input, dim=None, unbiased=True, keepdim=False, *, correction=None):
    """The variance, as `var` gives it, and the mean: a tuple."""
    dim, correction = degrees("var_mean", input, dim, unbiased, correction)
    return tuple(VarMean.apply(input, dim=dim, keepdim=bool(keepdim), correction=correction))


def std_mean(input, dim=None, unbiased=True, keepdim=False, *, correction=None):
    """The standard deviation, as `std` gives it, and the mean: a tuple."""
    dim, correction = degrees("std_mean", input, dim, unbiased, correction)
    return tuple(StdMean.apply(input, dim=dim, keepdim=bool(keepdim), correction=correction))


def aminmax(input, *, dim=None, keepdim=False):
    """The smallest and the largest element, of all or along `dim`: `.min` and `.max`.

    RuntimeError if there is no element.
    """
    checks.check_tensor(input, "aminmax")
    dim = None if dim is None else arguments.check_dim(dim, input._array.ndim)
    run_checks.check_extremes(input, dim)
    dim = () if dim is not None and not input._array.ndim else dim
    return AminmaxPair(Aminmax.apply(input, dim=dim, keepdim=bool(keepdim)))


def dist(input, other, p=2):
    """The p-norm of input - other, which broadcast: the distance of two points.

    Unlike PyTorch, which has one node, the difference is a node of its own.
    """
    checks.check_tensor(input, "dist")
    checks.check_tensor(other, "dist", "other", 2)
    difference = input - other
    run_checks.check_distance(difference)
    return Dist.apply(difference, p=p)


def cov(input, *, correction=1, fweights=None, aweights=None):
    """How the variables in the rows of a matrix vary together: their covariances, as a matrix.

    The columns are observations; `fweights` (integers) say how often each counts, `aweights` how
    much. `correction` is taken off their number. RuntimeError for more than two dimensions.
    """
    run_checks.check_covariance(input, fweights, aweights)
    rows = input if input._array.ndim == 2 else input.reshape(1, -1)
    weights = fweights
    if aweights is not None:
        weights = aweights if fweights is None else fweights * aweights
    number = rows._array.shape[1]
    total = number if weights is None else weights.sum()
    mean = (rows if weights is None else rows * weights).sum(1, keepdim=True) / total
    degrees_left = total - correction
    if aweights is not None and correction:
        degrees_left = total - correction * (weights * aweights).sum() / total
    if float(degrees_left) <= 0:
        warnings.warn(
            "cov(): degrees of freedom is <= 0. Correction should be strictly less than the number "
            "of observations.",
            UserWarning,
            stacklevel=2,
        )
        degrees_left = abs(degrees_left * 0)
    centered = rows - mean
    weighted = centered if weights is None else centered * weights
    return (weighted @ t(centered) / degrees_left).squeeze()


def corrcoef(input):
    """How the variables in the rows of a matrix vary together, from -1 to 1: a matrix.

    RuntimeError for more than two dimensions.
    """
    run_checks.check_covariance(input, None, None, "corrcoef")
    covariance = cov(input)
    if not covariance._array.ndim:
        return covariance / covariance
    deviation = sqrt(covariance.diagonal())
    return clamp(covariance / deviation[:, None] / deviation[None, :], -1, 1)


Tensor.nansum = nansum
Tensor.nanmean = nanmean
Tensor.aminmax = aminmax
Tensor.dist = dist
Tensor.cov = cov
Tensor.corrcoef = corrcoef
