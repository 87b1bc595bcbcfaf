"""Floor 3. Products of tensors: inner, tensordot, kron, cross, and chains of matrices."""

from math import prod

import numpy as np

from .. import arrays
from ..function import Function
from ..tensor import Tensor
from . import checks, contraction_checks
from .arithmetic import mul
from .broadcasting import Binary, signature
from .matmul import Dot, mm, outer
from .reductions import sum as sum_of
from .shapes import UnsafeView, permute, reshape, unsqueeze


class Vdot(Dot):
    """vector . vector; for real numbers the same as `Dot`."""


class LinalgCross(Binary):
    """The cross product of vectors of length 3, which is perpendicular to both."""

    saved_names = "self", "other"

    @classmethod
    def apply(cls, self, other, **options):
        return Function.apply.__func__(cls, self, other, **options)

    @staticmethod
    def forward(self, other, dim):
        if self.shape != other.shape:
            return np.cross(self, other, axis=dim).astype(self.dtype, copy=False)
        result = arrays.empty(self.shape, self.dtype, self)  # without np.cross, in half the time
        places = [(*(slice(None),) * (dim % self.ndim), place, ...) for place in range(3)]
        (a, b, c), (d, e, f) = ([each[place] for place in places] for each in (self, other))
        result[places[0]] = b * f - c * e
        result[places[1]] = c * d - a * f
        result[places[2]] = a * e - b * d
        return result

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.fit = [signature(each) for each in inputs]
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        self, other = ctx.saved
        return LinalgCross.of(other, grad, dim=ctx.dim), LinalgCross.of(grad, self, dim=ctx.dim)


def vdot(input, other):
    """The sum of the products of the elements of two vectors. RuntimeError for anything else."""
    contraction_checks.check_vectors("vdot", input, other)
    return Vdot.apply(input, other)


def vecdot(x, y, *, dim=-1):
    """The sums of the products of vectors along `dim`; shapes broadcast."""
    contraction_checks.check_vecdot(x, y)
    if x._array.ndim == y._array.ndim == 1:
        return vdot(x, y)
    return sum_of(mul(x, y), dim, dtype=x.dtype)


def inner(input, other):
    """The sums of products along the last dimensions, of every row of one with every row of the
    other; with a number: their product. RuntimeError if the last lengths differ.
    """
    contraction_checks.check_inner(input, other)
    if not (input._array.ndim and other._array.ndim):
        return mul(input, other)
    return tensordot(input, other, ([-1], [-1]))


def tensordot(a, b, dims=2):
    """The sums of products over some dimensions of two tensors; those that are left come one after
    the other.

    `dims` is how many, the last of `a` and the first of `b`; or two lists, which. RuntimeError for
    lengths that differ.
    """
    first, second = contraction_checks.check_tensordot(a, b, dims)
    for one, two in zip(first, second, strict=True):  # a length of 1 broadcasts
        lengths = a._array.shape[one], b._array.shape[two]
        if lengths[0] != lengths[1]:
            a = a if lengths[0] == 1 else sum_of(a, one, keepdim=True, dtype=a.dtype)
            b = b if lengths[1] == 1 else sum_of(b, two, keepdim=True, dtype=b.dtype)
    left = [dim for dim in range(a._array.ndim) if dim not in first]
    right = [dim for dim in range(b._array.ndim) if dim not in second]
    rows, columns = (
        [each._array.shape[dim] for dim in dims] for each, dims in ((a, left), (b, right))
    )
    size = prod(a._array.shape[dim] for dim in first)
    a, b = permute(a, (*left, *first)), permute(b, (*second, *right))
    if not (rows or columns):
        return reshape(Dot.apply(reshape(a, size), reshape(b, size)), ())
    product = mm(reshape(a, prod(rows), size), reshape(b, size, prod(columns)))
    return reshape(product, (*rows, *columns))


def kron(input, other):
    """The Kronecker product: the second tensor, times each element of the first, in its place."""
    checks.check_tensor(input, "kron")
    checks.check_tensor(other, "kron", "other", 2)
    shapes = [each._array.shape for each in (input, other)]
    ndim = max(map(len, shapes))
    one, two = ((1,) * (ndim - len(each)) + each for each in shapes)
    apart = [UnsafeView.apply(input, shape=[n for each in one for n in (each, 1)])]
    apart.append(UnsafeView.apply(other, shape=[n for each in two for n in (1, each)]))
    shape = tuple(n * k for n, k in zip(one, two, strict=True))
    return UnsafeView.apply(mul(*apart), shape=shape)


def cross(input, other, dim=None):
    """The cross product of vectors of length 3 along `dim` (None: the first one of length 3)."""
    checks.check_tensor(input, "cross")
    if dim is None:
        if 3 not in input._array.shape:
            raise RuntimeError("no dimension of size 3 in input")
        dim = input._array.shape.index(3)
    return linalg_cross(input, other, dim=dim)


def linalg_cross(input, other, *, dim=-1):
    """The cross product of vectors of length 3 along `dim`; the other dimensions broadcast."""
    dim = contraction_checks.check_cross(input, other, dim)
    return LinalgCross.apply(input, other, dim=dim)


# --- chains of matrices ---------------------------------------------------------------------------
def cheapest(lengths):
    """The order in which a chain of matrices takes the fewest products of numbers.

    A nested pair for `lengths[i]` x `lengths[i + 1]` matrices, as in ((0, 1), 2). Source: Cormen,
    Leiserson, Rivest, Stein, Introduction to Algorithms, chapter 15.2.
    """
    number = len(lengths) - 1
    best = {(i, i): (0, i) for i in range(number)}
    for width in range(1, number):
        for i in range(number - width):
            j, found = i + width, []
            for k in range(i, j):
                (one, left), (two, right) = best[i, k], best[k + 1, j]
                cost = one + two + lengths[i] * lengths[k + 1] * lengths[j + 1]
                found.append((cost, (left, right)))
            best[i, j] = min(found, key=lambda pair: pair[0])
    return best[0, number - 1][1]


def multi_dot(tensors):
    """The product of several matrices, in the order that takes the fewest steps.

    The first and the last may be vectors. RuntimeError for shapes that do not fit.
    """
    tensors = contraction_checks.check_chain(tensors)
    shape = [each._array.shape for each in (tensors[0], tensors[-1])]
    rows, columns = shape[0][:-1], shape[1][1:]
    if not rows:
        tensors[0] = unsqueeze(tensors[0], 0)
    if len(shape[1]) == 1:
        tensors[-1] = unsqueeze(tensors[-1], -1)
    if len(tensors) == 2:
        return reshape(mm(*tensors), (*rows, *columns))
    lengths = [each._array.shape[0] for each in tensors] + [tensors[-1]._array.shape[1]]
    contraction_checks.check_lengths(tensors, lengths)

    def product(order):
        return tensors[order] if isinstance(order, int) else mm(*map(product, order))

    return reshape(product(cheapest(lengths)), (*rows, *columns))


def chain_matmul(*matrices):
    """The product of several matrices, in the order that takes the fewest steps."""
    matrices = contraction_checks.check_matrices(matrices)
    return matrices[0] if len(matrices) == 1 else multi_dot(matrices)


def ger(input, vec2):
    """The products of every element of one vector with every element of another: `outer`."""
    return outer(input, vec2)


Tensor.vdot = vdot
Tensor.inner = inner
Tensor.kron = kron
Tensor.cross = cross
Tensor.ger = ger
