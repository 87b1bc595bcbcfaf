"""Floor 3. A product added to a tensor, in one node: addmm, addmv, addr, addbmm, baddbmm."""

import numpy as np

from ..function import Function
from ..tensor import Tensor
from . import checks, product_checks
from .broadcasting import sum_to


def combined(multiply, self, first, second, beta, alpha):
    """beta * self + alpha * the product; with beta = 0, self does not count, even where it is nan.

    float16 is computed in float32.
    """
    dtype = self.dtype
    if dtype.itemsize == 2 and dtype.kind == "f":
        self, first, second = (each.astype(np.float32) for each in (self, first, second))
    product = multiply(first, second)
    product = product if alpha == 1 else product * np.asarray(alpha, product.dtype)
    if beta != 0:
        product = product + (self if beta == 1 else self * np.asarray(beta, self.dtype))
    return product.astype(dtype, copy=False)


def summed(first, second):
    """The sum of the products of two batches of matrices."""
    return (first @ second).sum(0, dtype=first.dtype)


class Addmm(Function):
    """beta * self + alpha * (mat1 @ mat2)."""

    saved_names = "mat1", "mat2"

    @staticmethod
    def forward(self, mat1, mat2, beta, alpha):
        return combined(np.matmul, self, mat1, mat2, beta, alpha)

    @staticmethod
    def setup_context(ctx, inputs, output):
        self, first, second = inputs
        ctx.self_shape = self._array.shape
        ctx.save_for_backward(
            first if second._requires_grad else None, second if first._requires_grad else None
        )

    @staticmethod
    def backward(ctx, grad):
        first, second = ctx.saved
        product = grad * ctx.alpha
        return (
            None if ctx.next[0] is None else sum_to(grad * ctx.beta, ctx.self_shape),
            None if second is None else product @ second.swapaxes(-1, -2),
            None if first is None else first.swapaxes(-1, -2) @ product,
        )


class Baddbmm(Addmm):
    """beta * self + alpha * (batch1 @ batch2), for batches of matrices."""

    saved_names = "batch1", "batch2"


class Addbmm(Addmm):
    """beta * self + alpha * the sum of all matrices in batch1 @ batch2."""

    saved_names = "batch1", "batch2"

    @staticmethod
    def forward(self, batch1, batch2, beta, alpha):
        return combined(summed, self, batch1, batch2, beta, alpha)


class Addmv(Addmm):
    """beta * self + alpha * (mat @ vec)."""

    saved_names = "mat", "vec"

    @staticmethod
    def backward(ctx, grad):
        mat, vec = ctx.saved
        product = grad * ctx.alpha
        return (
            None if ctx.next[0] is None else sum_to(grad * ctx.beta, ctx.self_shape),
            None if vec is None else product[:, None] * vec,
            None if mat is None else mat.T @ product,
        )


class Addr(Addmm):
    """beta * self + alpha * (the outer product of vec1 and vec2)."""

    saved_names = "vec1", "vec2"

    @staticmethod
    def forward(self, vec1, vec2, beta, alpha):
        return combined(np.outer, self, vec1, vec2, beta, alpha)

    @staticmethod
    def backward(ctx, grad):
        vec1, vec2 = ctx.saved
        product = grad * ctx.alpha
        return (
            None if ctx.next[0] is None else sum_to(grad * ctx.beta, ctx.self_shape),
            None if vec2 is None else product @ vec2,
            None if vec1 is None else product.T @ vec1,
        )


def addmm(input, mat1, mat2, *, beta=1, alpha=1):
    """beta * input + alpha * (mat1 @ mat2), for matrices (n, m) and (m, p); `input` broadcasts.

    RuntimeError for shapes that do not fit, or dtypes that differ.
    """
    for name, each in (("mat1", mat1), ("mat2", mat2)):
        checks.check_tensor(each, "addmm", name)
        if each._array.ndim != 2:
            raise RuntimeError(f"{name} must be a matrix, got {each._array.ndim}-D tensor")
    return _added(Addmm, input, mat1, mat2, beta, alpha)


def addmv(input, mat, vec, *, beta=1, alpha=1):
    """beta * input + alpha * (mat @ vec), for (n, m) and (m); `input` broadcasts."""
    for name, each in (("input", input), ("mat", mat), ("vec", vec)):
        checks.check_tensor(each, "addmv", name)
    product_checks.check_addmv(*(each._array for each in (input, mat, vec)))
    return _added(Addmv, input, mat, vec, beta, alpha)


def addr(input, vec1, vec2, *, beta=1, alpha=1):
    """beta * input + alpha * (the outer product of two vectors); `input` broadcasts."""
    for name, each in (("vec1", vec1), ("vec2", vec2)):
        checks.check_tensor(each, "addr", name)
        if each._array.ndim != 1:
            raise RuntimeError(f"addr: Expected 1-D argument {name}, but got {each._array.ndim}-D")
    product_checks.check_scales(input, beta, alpha)
    return _added(Addr, input, vec1, vec2, beta, alpha)


def baddbmm(input, batch1, batch2, *, beta=1, alpha=1):
    """beta * input + alpha * (batch1 @ batch2), for b pairs of matrices; `input` broadcasts."""
    product_checks.check_added_batches("baddbmm", batch1, batch2)
    return _added(Baddbmm, input, batch1, batch2, beta, alpha)


def addbmm(input, batch1, batch2, *, beta=1, alpha=1):
    """beta * input + alpha * the sum of b products of matrices; `input` broadcasts."""
    product_checks.check_added_batches("addbmm", batch1, batch2)
    return _added(Addbmm, input, batch1, batch2, beta, alpha)


def _added(function, input, first, second, beta, alpha):
    checks.check_tensor(input, function.__name__.lower())
    product_checks.check_added(function.__name__, *(x._array for x in (input, first, second)))
    return function.apply(input, first, second, beta=beta, alpha=alpha)


Tensor.addmm = addmm
Tensor.addmv = addmv
Tensor.addr = addr
Tensor.addbmm = addbmm
Tensor.baddbmm = baddbmm
