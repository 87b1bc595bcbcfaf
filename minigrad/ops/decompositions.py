"""Floor 3. Matrices as products of simpler ones: eigh, svd, qr.

The rules hold where the result is a smooth function of the matrix: for different eigenvalues or
singular values. All take batches: the last two dimensions are those of the matrices. Sources:
Giles 2008, https://people.maths.ox.ac.uk/gilesm/files/NA-08-01.pdf; Townsend, "Differentiating the
singular value decomposition", 2016, https://j-towns.github.io/papers/svd-derivative.pdf; Liao, Liu,
Wang, Xiang, "Differentiable programming tensor networks", 2019, https://arxiv.org/abs/1903.09650.
"""

import numpy as np

from ..carriers import carried, numbers
from . import inverse_checks
from .diagonals import DiagonalBackward, Triu
from .extremes import Named
from .inverses import LinalgSolveEx
from .placing import PutAt
from .several import Results, results
from .views import zeros_of


def turned(matrix):
    """Rows and columns exchanged, for arrays and tensors."""
    return matrix.swapaxes(-1, -2)


def on_diagonal(vector):
    """Matrices with vectors on their diagonals."""
    shape = (*vector.shape, vector.shape[-1])
    return DiagonalBackward.of(
        vector, shape=shape, offset=0, dim1=len(shape) - 2, dim2=len(shape) - 1
    )


def over_differences(matrix, values):
    """matrix[i, j] / (values[j] - values[i]); 0 on the diagonal."""
    size = numbers(values).shape[-1]
    eye = carried(np.eye(size, dtype=numbers(values).dtype), values)
    differences = values[..., None, :] - values[..., :, None]
    return matrix * (1 - eye) / (differences + eye)


class LinalgEigh(Results):
    """Eigenvalues, in order, and eigenvectors of symmetric matrices."""

    saved_names = ("A",)

    @staticmethod
    def forward(A, lower):
        return [*np.linalg.eigh(A, "L" if lower else "U")]

    @staticmethod
    def backward(ctx, pieces):
        values, vectors = results(ctx)
        inside = on_diagonal(pieces[0]) if 0 in pieces else 0
        if 1 in pieces:
            own = turned(vectors) @ pieces[1]
            inside = inside + over_differences((own - turned(own)) / 2, values)
        return (vectors @ inside @ turned(vectors),)


class LinalgSvd(Results):
    """Singular values, in falling order, and vectors: A = U @ diag(S) @ Vh."""

    saved_names = ("A",)

    @staticmethod
    def forward(A, full_matrices):
        return [*np.linalg.svd(A, full_matrices)]

    @staticmethod
    def backward(ctx, pieces):
        U, S, Vh = results(ctx)
        size = S.shape[-1]
        U, V = U[..., :, :size], turned(Vh)[..., :, :size]
        inside = on_diagonal(pieces[1]) if 1 in pieces else on_diagonal(S * 0)
        whole = 0
        if 0 in pieces:
            to_u = pieces[0][..., :, :size]
            own = turned(U) @ to_u
            inside = inside + over_differences(own - turned(own), S * S) * S[..., None, :]
            if U.shape[-2] > size:
                whole = whole + (to_u - U @ own) / S[..., None, :] @ turned(V)
        if 2 in pieces:
            to_v = turned(pieces[2][..., :size, :])
            own = turned(V) @ to_v
            inside = inside + S[..., :, None] * over_differences(own - turned(own), S * S)
            if V.shape[-2] > size:
                whole = whole + U @ turned((to_v - V @ own) / S[..., None, :])
        return (whole + U @ inside @ turned(V),)


class LinalgQr(Results):
    """A = Q @ R: columns at right angles, of length 1, and an upper triangle."""

    saved_names = ("A",)

    @staticmethod
    def forward(A, mode):
        return [*np.linalg.qr(A, mode)]

    @staticmethod
    def backward(ctx, pieces):
        (A,), (Q, R) = ctx.saved, results(ctx)
        to_q, to_r = (pieces.get(place, each * 0) for place, each in enumerate((Q, R)))
        rows = R.shape[-2]
        if R.shape[-1] == rows:
            return (of_square(Q, R, to_q, to_r),)
        rest = to_r[..., :, rows:]  # wide: R = [square part, Q.mT @ the other columns of A]
        to_q = to_q + A[..., :, rows:] @ turned(rest)
        first = of_square(Q, R[..., :, :rows], to_q, to_r[..., :, :rows])
        joined = zeros_of(first, A.shape)
        return (placed(first, joined, 0) + placed(Q @ rest, joined, rows),)


def placed(part, whole, start):
    """Some columns of zeros replaced by those of a part."""
    place = (..., slice(None), slice(start, start + part.shape[-1]))
    return PutAt.of(whole, part, index=place)


def of_square(Q, R, to_q, to_r):
    """The gradient of A = Q @ R for a square R."""
    middle = Triu.of(to_r @ turned(R) - turned(Q) @ to_q, diagonal=0)
    symmetric = middle + turned(Triu.of(middle, diagonal=1))
    return turned(LinalgSolveEx.of(R, turned(to_q + Q @ symmetric)))


class EighPair(Named):
    """What `eigh` returns."""

    function, fields = "linalg_eigh", ("eigenvalues", "eigenvectors")


class SvdTriple(Named):
    """What `svd` returns."""

    function, fields = "linalg_svd", ("U", "S", "Vh")


class QrPair(Named):
    """What `qr` returns."""

    function, fields = "linalg_qr", ("Q", "R")


def eigh(A, UPLO="L"):
    """Eigenvalues, in rising order, and eigenvectors (columns) of symmetric matrices.

    Only the lower triangle is looked at, with `UPLO` "U" the upper one. The eigenvectors have a
    derivative where all eigenvalues differ.
    """
    inverse_checks.check_square("linalg.eigh", A)
    return EighPair(LinalgEigh.apply(A, lower=UPLO.upper() == "L"))


def eigvalsh(A, UPLO="L"):
    """The eigenvalues of symmetric matrices, in rising order."""
    return eigh(A, UPLO).eigenvalues


def svd(A, full_matrices=True):
    """The singular value decomposition A = U @ diag(S) @ Vh of matrices (*, m, n).

    S is in falling order. U and Vh have a derivative where all singular values differ;
    without `full_matrices` they have only as many columns and rows as there are values.
    """
    inverse_checks.check_matrices("linalg.svd", A)
    return SvdTriple(LinalgSvd.apply(A, full_matrices=full_matrices))


def svdvals(A):
    """The singular values of matrices, in falling order."""
    inverse_checks.check_matrices("linalg.svd", A)
    return LinalgSvd.apply(A, full_matrices=False)[1]


def qr(A, mode="reduced"):
    """A = Q @ R for matrices (*, m, n): columns at right angles and an upper triangle.

    `mode` "complete" gives a square Q, which has a derivative only where A has as many columns.
    """
    inverse_checks.check_matrices("linalg.qr", A)
    inverse_checks.check_mode(mode, A)
    return QrPair(LinalgQr.apply(A, mode=mode))
