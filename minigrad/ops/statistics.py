"""Floor 3. More reductions: products, norms and variances."""

import math
import warnings

import numpy as np

from .. import arguments, arrays
from ..carriers import carried, numbers
from ..tensor import Tensor
from . import checks
from .choices import masked
from .conversions import convert
from .elementwise import Abs
from .extremes import Reduction, chosen_ones, unreduced
from .joining import stack
from .reductions import Sum, count, spread
from .staircases import Sign


class Prod(Reduction):
    """The product. Each factor's derivative is the product of all the others."""

    @staticmethod
    def forward(self, dim, keepdim, dtype):
        rows = self.reshape(-1) if dim is None and self.flags.c_contiguous else self
        last = rows.ndim == 1 or dim == rows.ndim - 1
        if last and not keepdim and dtype in (None, self.dtype) and self.dtype in ("f4", "f8"):
            return product_of_rows(rows)
        return np.multiply.reduce(self, axis=dim, keepdims=keepdim, dtype=dtype)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.overload = 0 if ctx.dim is None else 1
        Reduction.setup_context(ctx, inputs, output)

    @staticmethod
    def backward(ctx, grad):
        self, result = ctx.saved
        if not ctx.input_shape:
            return (grad,)
        zeros = numbers(self) == 0
        if zeros.any() and ctx.recorded:
            return (spread(grad, ctx) * product_of_others(self, ctx),)
        others = unreduced(result, ctx) / self
        if zeros.any():  # then division by the factor does not leave the others
            factors = np.where(zeros, np.ones((), self.dtype), self)
            product = np.multiply.reduce(factors, axis=ctx.dim, keepdims=ctx.dim is not None)
            number = np.add.reduce(zeros, axis=ctx.dim, keepdims=ctx.dim is not None)
            others = masked(product / factors, number == zeros)
        return (spread(grad, ctx) * others,)


def product_of_rows(rows):
    """The product over the last dimension: of eight parts of it side by side, then of the result.

    Side by side NumPy multiplies ten times as fast as one after the other.
    """
    length = rows.shape[-1]
    if length < 64 or rows.size < 1000:
        return np.multiply.reduce(rows, axis=-1)
    part = length // 8
    parts = rows[..., : 8 * part].reshape(*rows.shape[:-1], 8, part)
    product = product_of_rows(np.multiply.reduce(parts, axis=-2))
    return product * np.multiply.reduce(rows[..., 8 * part :], axis=-1)


def product_of_others(self, ctx):
    """For each element of a tensor the product of the others, as operations of their own.

    The elements before it and those behind it, multiplied up one after the other.
    """
    flat = self.reshape(-1, 1) if ctx.dim is None else self.transpose(ctx.dim, 0)
    parts = flat.unbind(0)
    before, behind = [flat[0] * 0 + 1], [flat[0] * 0 + 1]
    for each in parts[:-1]:
        before.append(before[-1] * each)
    for each in parts[:0:-1]:
        behind.append(behind[-1] * each)
    products = [one * two for one, two in zip(before, behind[::-1], strict=True)]
    joined = stack(products)
    return joined.reshape(self.shape) if ctx.dim is None else joined.transpose(ctx.dim, 0)


class LinalgVectorNorm(Reduction):
    """The p-norm, a length: the p-th root of the sum of |element| ** p. At 0 the slope is 0."""

    p, dim, keepdim = 2, None, False

    @staticmethod
    def forward(self, p=2, dim=None, keepdim=False):
        if p == 2 and dim is None and not keepdim and self.dtype.itemsize > 2:
            flat = self.ravel()
            return np.sqrt(flat.dot(flat))
        dtype = self.dtype
        size = np.abs(self) if dtype.itemsize > 2 else np.abs(self).astype(np.float32)
        if math.isinf(p):
            kernel = np.maximum if p > 0 else np.minimum
            norm = kernel.reduce(size, axis=dim, keepdims=keepdim)
        elif p == 0:
            norm = np.add.reduce(size != 0, axis=dim, keepdims=keepdim)
        else:
            powers = size if p == 1 else size * size if p == 2 else size**p
            norm = np.add.reduce(powers, axis=dim, keepdims=keepdim)
            norm = norm if p == 1 else np.sqrt(norm) if p == 2 else norm ** (1 / p)
        return norm.astype(dtype)

    @staticmethod
    def backward(ctx, grad):
        self, result = ctx.saved
        grad, norm, p = unreduced(grad, ctx), unreduced(result, ctx), ctx.p
        if p == 0:
            return (None,)  # a number of elements: flat, and without a gradient
        if p == 1:
            return (grad * Sign.of(self),)
        if p == 2:
            return (masked(self * (grad / norm), numbers(norm) != 0),)
        if math.isinf(p):
            chosen, ties = chosen_ones(ctx, np.abs(numbers(self)), numbers(result))
            return (Sign.of(self) * masked(grad / carried(ties, grad), chosen),)
        zero = numbers(norm) == 0
        norm = norm + carried(zero.astype(numbers(norm).dtype), grad)
        slope = Sign.of(self) * Abs.of(self) ** (p - 1) * (grad / norm ** (p - 1))
        return (masked(slope, ~zero & (numbers(self) != 0)),)


class Var(Reduction):
    """The variance: the mean squared distance from the mean, with n - correction for n."""

    saved_names = ("self",)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape = inputs[0]._array.shape
        ctx.save_for_backward(*inputs)

    @staticmethod
    def forward(self, dim, keepdim, correction):
        distance = arrays.copied(self.astype(np.float64, copy=False))  # as PyTorch: in float64
        distance -= np.add.reduce(distance, axis=dim, keepdims=True) / count(self.shape, dim)
        degrees = max(count(self.shape, dim) - correction, 0)
        distance *= distance
        squares = np.add.reduce(distance, axis=dim, keepdims=keepdim)
        return np.true_divide(squares, degrees).astype(self.dtype)

    @staticmethod
    def backward(ctx, grad):
        return (Var.slope(ctx, ctx.saved[0], unreduced(grad, ctx)),)

    @staticmethod
    def slope(ctx, self, grad):
        """The gradient of the variance; `grad` broadcasts with the input."""
        number = count(ctx.input_shape, ctx.dim)
        dims = tuple(range(self.ndim)) if ctx.dim is None else ctx.dim
        mean = Sum.of(self, dim=dims, keepdim=True, dtype=numbers(self).dtype) / number
        degrees = number - ctx.correction
        return (grad * (2 / degrees if degrees else math.inf)) * (self - mean)


class Std(Var):
    """The standard deviation, the square root of the variance. At 0 the slope is 0."""

    saved_names = "self", "result"

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape = inputs[0]._array.shape
        ctx.save_for_backward(*inputs, output)

    @staticmethod
    def forward(self, dim, keepdim, correction):
        wide = self.astype(np.float64, copy=False)
        return np.sqrt(Var.forward(wide, dim, keepdim, correction)).astype(self.dtype)

    @staticmethod
    def backward(ctx, grad):
        self, result = ctx.saved
        return (
            Var.slope(ctx, self, unreduced(masked(grad / (result * 2), numbers(result) != 0), ctx)),
        )


def prod(input, dim=None, keepdim=False, *, dtype=None):
    """The product of all elements, or over one dimension. Integers and bools give int64."""
    checks.check_tensor(input, "prod")
    dim = None if dim is None else arguments.check_dim(dim, input._array.ndim)
    if input._array.ndim == 0 and dim is not None:
        dim = ()
    return Prod.apply(
        input, dim=dim, keepdim=bool(keepdim), dtype=arguments.sum_dtype(input, dtype)
    )


def norm(input, p="fro", dim=None, keepdim=False, dtype=None):
    """The p-norm of all elements, or over `dim`: their length (p = 2, "fro"), the sum of their
    absolute values (p = 1), the largest (p = inf), the number that are not 0 (p = 0).

    `dtype` converts the input first. RuntimeError for integers.
    """
    checks.check_tensor(input, "norm")
    if dtype is not None:
        input = convert(input, arguments.numpy_dtype(dtype, "norm"))
    if input._array.dtype.kind != "f":
        raise checks.no_norm(input)
    if p == "fro" and dim is None and not keepdim:
        return LinalgVectorNorm.apply(input)  # without options it takes half the time
    p = checks.order_of_norm(p)
    dim = arguments.check_dims(dim, input._array.ndim)
    if not input._array.size:
        checks.check_norm_of_nothing(input, p)
    return LinalgVectorNorm.apply(input, p=p, dim=dim, keepdim=bool(keepdim))


def var(input, dim=None, unbiased=True, keepdim=False, *, correction=None):
    """The variance of all elements, or over `dim`: squared distances from the mean over n - 1.

    `unbiased=False` or `correction=0` divides by n. RuntimeError for integers.
    """
    return _variance(Var, "var", input, dim, unbiased, keepdim, correction)


def std(input, dim=None, unbiased=True, keepdim=False, *, correction=None):
    """The standard deviation, the square root of `var`, of all elements or over `dim`."""
    return _variance(Std, "std", input, dim, unbiased, keepdim, correction)


def _variance(function, name, input, dim, unbiased, keepdim, correction):
    dim, correction = degrees(name, input, dim, unbiased, correction)
    return function.apply(input, dim=dim, keepdim=bool(keepdim), correction=correction)


def degrees(name, input, dim, unbiased, correction):
    """The dimensions of a variance, and what is taken off the number of elements.

    RuntimeError for integers; a warning if no number is left.
    """
    checks.check_tensor(input, name)
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    what = name if "mean" in name else "std and var"
    checks.check_floats(input, f"{what} only support floating point and complex dtypes")
    dim = arguments.check_dims(dim, input._array.ndim)
    correction = correction if correction is not None else 1 if unbiased else 0
    if count(input._array.shape, dim) <= correction:
        warnings.warn(
            f"{name}(): degrees of freedom is <= 0. Correction should be strictly less than the "
            "reduction factor (input numel divided by output numel).",
            UserWarning,
            stacklevel=4,
        )
    return dim, correction


Tensor.prod = prod
Tensor.norm = norm
Tensor.var = var
Tensor.std = std
