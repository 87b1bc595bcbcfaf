"""Floor 3. Norms of vectors and matrices: `linalg.norm`, and what is measured by them."""

from .. import arguments
from . import checks, norm_checks
from .conversions import convert
from .decompositions import svdvals
from .extremes import amax, amin
from .rearranging import movedim
from .reductions import sum as sum_of
from .shapes import unsqueeze
from .statistics import LinalgVectorNorm


def vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None):
    """The `ord`-th root of the sum of |element| ** ord: the length of a vector.

    Over all elements, or over the dimension(s) `dim`; `ord` inf is the largest, -inf the smallest.
    RuntimeError for integers.
    """
    norm_checks.check_vector_norm(x, ord, dtype)
    if dtype is not None:
        x = convert(x, arguments.numpy_dtype(dtype))
    dim = arguments.check_dims(dim, x._array.ndim)
    if not x._array.size:
        checks.check_norm_of_nothing(x, ord)
    return LinalgVectorNorm.apply(x, p=ord, dim=dim, keepdim=keepdim)


def matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False, *, dtype=None):
    """A norm of matrices in two dimensions.

    "fro": the root of the sum of all squares; "nuc": the sum of the singular values; 2 and -2: the
    largest and the smallest of them; 1 and -1: the largest and the smallest sum of a column of
    sizes; inf and -inf: of a row. RuntimeError for another one.
    """
    rows, columns = norm_checks.check_matrix_norm(A, ord, dim)
    if dtype is not None:
        A = convert(A, arguments.numpy_dtype(dtype))
    if ord == "fro":
        return vector_norm(A, 2, (rows, columns), keepdim)
    if ord in ("nuc", 2, -2):
        values = svdvals(movedim(A, (rows, columns), (-2, -1)))
        norm = sum_of(values, -1) if ord == "nuc" else (amax if ord > 0 else amin)(values, -1)
        if not keepdim:
            return norm
        return movedim(unsqueeze(unsqueeze(norm, -1), -1), (-2, -1), (rows, columns))
    over, then = (rows, columns) if abs(ord) == 1 else (columns, rows)
    sums = vector_norm(A, 1, over, keepdim)
    then -= not keepdim and over < then
    return (amax if ord > 0 else amin)(sums, then, keepdim)


def norm(A, ord=None, dim=None, keepdim=False, *, dtype=None):
    """A norm: of a vector for one `dim`, of matrices for two; without `dim` as A is shaped.

    Without `ord` the root of the sum of all squares. `ord` as in `vector_norm`, `matrix_norm`.
    """
    dims = norm_checks.check_norm(A, ord, dim)
    if ord is None:
        return vector_norm(A, 2, dim, keepdim, dtype=dtype)
    if dims is None:
        dims = tuple(range(A._array.ndim))
    if isinstance(ord, str) or len(dims) == 2:
        return matrix_norm(A, ord, dims if len(dims) == 2 else (-2, -1), keepdim, dtype=dtype)
    return vector_norm(A, ord, dim, keepdim, dtype=dtype)


# --- measured by norms ----------------------------------------------------------------------------
def normalize(input, p=2.0, dim=1, eps=1e-12):
    """Each vector along `dim`, divided by its p-norm (by `eps`, if that is larger).

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.normalize.html
    """
    checks.check_tensor(input, "norm")
    length = vector_norm(input, p, dim, keepdim=True).clamp_min(eps)
    return input / length.expand_as(input)


def cosine_similarity(x1, x2, dim=1, eps=1e-8):
    """The cosine of the angle between vectors along `dim`: 1 for the same direction, 0 for a right
    angle. Shapes broadcast; a length below `eps` counts as `eps`. RuntimeError for integers.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cosine_similarity.html
    """
    x1, x2 = norm_checks.alike("cosine_similarity", x1, x2)
    lengths = [vector_norm(each, 2, dim, keepdim=True).clone().clamp_min(eps) for each in (x1, x2)]
    return sum_of((x1 / lengths[0]) * (x2 / lengths[1]), dim)


def pairwise_distance(x1, x2, p=2.0, eps=1e-6, keepdim=False):
    """The p-norm of the differences of vectors along the last dimension.

    `eps` is added to every difference, so that there is a slope between equal vectors. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pairwise_distance.html
    """
    checks.check_tensor(x1, "pairwise_distance", "x1")
    checks.check_tensor(x2, "pairwise_distance", "x2", 2)
    difference = x1 - x2 + eps
    return NormOfDifference.apply(
        difference, p=p, dim=(difference._array.ndim - 1,), keepdim=keepdim
    )


class NormOfDifference(LinalgVectorNorm):
    """The p-norm along a dimension, under the name of PyTorch's older function."""

    overload = 1

    def name(self):
        return "NormBackward1"
