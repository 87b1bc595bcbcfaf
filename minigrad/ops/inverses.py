"""Floor 3. Systems of equations and what belongs to them: solve, inv, det, cholesky, powers.

All take batches: the last two dimensions are those of the matrices. Rules: Giles, "Collected matrix
derivative results for forward and reverse mode algorithmic differentiation", 2008,
https://people.maths.ox.ac.uk/gilesm/files/NA-08-01.pdf.
"""

import numpy as np

from ..carriers import carried, numbers
from ..creation import eye
from ..function import Function
from ..tensor import Tensor
from . import inverse_checks
from .broadcasting import sum_to
from .choices import where
from .diagonals import Tril
from .extremes import Named
from .matmul import matmul
from .several import Results


class LinalgInvEx(Function):
    """The inverse of matrices."""

    saved_names = ("inverse",)

    @staticmethod
    def forward(self):
        try:
            return np.linalg.inv(self)
        except np.linalg.LinAlgError:
            raise inverse_checks.singular("linalg.inv", self) from None

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output)

    @staticmethod
    def backward(ctx, grad):
        back = ctx.saved[0].swapaxes(-1, -2)
        return (-(back @ grad @ back),)


class LinalgSolveEx(Function):
    """The solution X of A X = B; or of X A = B, unless `left`; or for vectors B."""

    saved_names = "A", "result"
    left, vector = True, False

    @staticmethod
    def forward(A, B, left=True, vector=False):
        try:
            if vector:
                return np.linalg.solve(A, B[..., None])[..., 0]
            if left:
                return np.linalg.solve(A, B)
            return np.linalg.solve(A.swapaxes(-1, -2), B.swapaxes(-1, -2)).swapaxes(-1, -2)
        except np.linalg.LinAlgError:
            raise inverse_checks.singular("torch.linalg.solve", A) from None

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.shapes = [each._array.shape for each in inputs]
        ctx.save_for_backward(inputs[0], output)

    @staticmethod
    def backward(ctx, grad):
        A, result = ctx.saved
        to_b = LinalgSolveEx.of(A.swapaxes(-1, -2), grad, left=ctx.left, vector=ctx.vector)
        if ctx.vector:
            to_a = to_b[..., None] * result[..., None, :]
        elif ctx.left:
            to_a = to_b @ result.swapaxes(-1, -2)
        else:
            to_a = result.swapaxes(-1, -2) @ to_b
        return sum_to(-to_a, ctx.shapes[0]), sum_to(to_b, ctx.shapes[1])


class LinalgDet(Function):
    """The determinant: by how much a matrix stretches a volume."""

    saved_names = "A", "result"

    @staticmethod
    def forward(A):
        return np.asarray(np.linalg.det(A), A.dtype)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs, output)

    @staticmethod
    def backward(ctx, grad):
        A, result = ctx.saved
        grad = grad[..., None, None]
        if not (numbers(result) == 0).any():
            inverse = LinalgInvEx.of(A)
            return (grad * result[..., None, None] * inverse.swapaxes(-1, -2),)
        return (grad * carried(cofactors(numbers(A)), grad),)


def cofactors(array):
    """The derivative of the determinant, for singular matrices as well: by singular values."""
    u, sizes, v = np.linalg.svd(array)
    others = (
        np.stack([np.delete(sizes, place, -1).prod(-1) for place in range(sizes.shape[-1])], -1)
        if sizes.shape[-1]
        else sizes
    )
    sign = np.linalg.det(u) * np.linalg.det(v)
    return (sign[..., None, None] * (u * others[..., None, :]) @ v).astype(array.dtype, copy=False)


class LinalgSlogdet(Results):
    """The sign of the determinant, and the logarithm of its size: two outputs."""

    saved_names = ("A",)

    @staticmethod
    def forward(A):
        return [np.asarray(each, A.dtype) for each in np.linalg.slogdet(A)]

    @staticmethod
    def backward(ctx, pieces):
        (A,) = ctx.saved
        if 1 not in pieces:
            return (None,)
        return (pieces[1][..., None, None] * LinalgInvEx.of(A).swapaxes(-1, -2),)


class LinalgCholeskyEx(Function):
    """The lower triangular L of L @ L.mT = A, for symmetric positive-definite matrices; or `upper`:
    its transpose."""

    saved_names = ("L",)

    @staticmethod
    def forward(A, upper):
        try:
            root = np.linalg.cholesky(A)
        except np.linalg.LinAlgError:
            raise inverse_checks.not_positive(A) from None
        return np.ascontiguousarray(root.swapaxes(-1, -2)) if upper else root

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output)

    @staticmethod
    def backward(ctx, grad):
        (back,) = ctx.saved  # the upper triangle
        if ctx.upper:
            grad = grad.swapaxes(-1, -2)
        else:
            back = back.swapaxes(-1, -2)
        product = back @ grad
        middle = Tril.of(product, diagonal=0)
        middle = middle + Tril.of(product, diagonal=-1).swapaxes(-1, -2)
        half = LinalgSolveEx.of(back, middle / 2).swapaxes(-1, -2)
        return (LinalgSolveEx.of(back, half),)


def inv(A):
    """The inverse of square matrices (*, n, n).

    LinAlgError (a RuntimeError) for a singular one, RuntimeError for other shapes or integers.
    """
    inverse_checks.check_square("linalg.inv", A)
    return LinalgInvEx.apply(A)


def inverse(input):
    """The inverse of square matrices: `linalg.inv`."""
    return inv(input)


def solve(A, B, *, left=True):
    """The X of A X = B (or, unless `left`, of X A = B), for matrices (*, n, n) and (*, n, k).

    B may be a vector (n), or a batch of them (*, n) beside a batch of matrices. LinAlgError for a
    singular A, RuntimeError for shapes that do not fit.
    """
    vector = inverse_checks.check_solve(A, B, left)
    return LinalgSolveEx.apply(A, B, left=left, vector=vector)


def det(A):
    """The determinant of square matrices (*, n, n)."""
    inverse_checks.check_square("linalg.det", A)
    return LinalgDet.apply(A)


class SlogdetPair(Named):
    """What `slogdet` returns: `.sign` and `.logabsdet`."""

    function, fields = "slogdet", ("sign", "logabsdet")


class LinalgSlogdetPair(SlogdetPair):
    function = "linalg_slogdet"


def slogdet(input):
    """The sign of the determinant and the logarithm of its size: `.sign` and `.logabsdet`."""
    inverse_checks.check_square("linalg.slogdet", input)
    return SlogdetPair(LinalgSlogdet.apply(input))


def linalg_slogdet(A):
    """The sign of the determinant and the logarithm of its size: `.sign` and `.logabsdet`."""
    return LinalgSlogdetPair(slogdet(A))


def logdet(input):
    """The logarithm of the determinant of square matrices; nan where it is negative."""
    sign, size = slogdet(input)
    return where(sign == -1, float("nan"), size)


def cholesky(A, *, upper=False):
    """The lower triangular L of L @ L.mT = A; with `upper` its transpose.

    LinAlgError unless A is positive-definite. (Only one triangle of A is looked at.)
    """
    inverse_checks.check_square("linalg.cholesky", A)
    return LinalgCholeskyEx.apply(A, upper=upper)


def matrix_power(input, n):
    """A square matrix times itself, `n` times; a negative `n` is a power of the inverse."""
    inverse_checks.check_power(input, n)
    if n == 0:
        return input.clone().copy_(eye(input._array.shape[-1], dtype=input.dtype))
    if n < 0:
        input, n = inv(input), -n
        if n == 1:
            return input
    if n == 1:
        return input.clone()
    if n == 3:
        return matmul(matmul(input, input), input)
    result = None
    while n:
        if n % 2:
            result = input if result is None else matmul(result, input)
        n //= 2
        input = matmul(input, input) if n else input
    return result


Tensor.inverse = inverse
Tensor.det = det
Tensor.slogdet = slogdet
Tensor.logdet = logdet
Tensor.matrix_power = matrix_power
