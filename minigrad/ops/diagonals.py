"""Floor 3. Triangles and diagonals of matrices: tril, triu, diagonal, diag_embed, trace …"""

import numpy as np

from .. import arguments, arrays, creation
from ..function import Function
from ..tensor import Tensor
from . import checks
from .shapes import Expand, OfShape, reshape


class Tril(Function):
    """The elements on and below a diagonal of matrices; zeros above."""

    @staticmethod
    def forward(self, diagonal):
        return np.tril(self, diagonal)

    @staticmethod
    def backward(ctx, grad):
        return (Tril.of(grad, diagonal=ctx.diagonal),)


class Triu(Function):
    """The elements on and above a diagonal of matrices; zeros below."""

    @staticmethod
    def forward(self, diagonal):
        return np.triu(self, diagonal)

    @staticmethod
    def backward(ctx, grad):
        return (Triu.of(grad, diagonal=ctx.diagonal),)


class Diagonal(OfShape):
    """The diagonals of matrices as the last dimension: a view."""

    @staticmethod
    def forward(self, offset, dim1, dim2):
        start = [slice(None)] * self.ndim
        start[dim1], start[dim2] = slice(max(-offset, 0), None), slice(max(offset, 0), None)
        part = self[tuple(start)]
        length = min(part.shape[dim1], part.shape[dim2])
        kept = [dim for dim in range(part.ndim) if dim not in (dim1, dim2)]
        shape = [part.shape[dim] for dim in kept]
        steps = [part.strides[dim] for dim in kept]
        both = part.strides[dim1] + part.strides[dim2]
        return arrays.strided(part, (*shape, length), (*steps, both))

    @staticmethod
    def backward(ctx, grad):
        where = {"offset": ctx.offset, "dim1": ctx.dim1, "dim2": ctx.dim2}
        return (DiagonalBackward.of(grad, shape=ctx.input_shape, **where),)


class DiagonalBackward(Function):
    """Zeros of a shape with numbers on a diagonal: the way back of `Diagonal`."""

    @staticmethod
    def forward(self, shape, offset, dim1, dim2):
        whole = arrays.zeros(shape, self.dtype, self)
        Diagonal.forward(whole, offset, dim1, dim2)[...] = self
        return whole

    @staticmethod
    def backward(ctx, grad):
        return (Diagonal.of(grad, offset=ctx.offset, dim1=ctx.dim1, dim2=ctx.dim2),)


class DiagEmbed(DiagonalBackward):
    """Matrices with numbers on a diagonal, and zeros elsewhere."""


class DiagonalCopy(Function):
    """The diagonal of a matrix, copied."""

    @staticmethod
    def forward(self, offset, dim1, dim2):
        return arrays.copied(Diagonal.forward(self, offset, dim1, dim2), "C")

    setup_context, backward = staticmethod(OfShape.setup_context), staticmethod(Diagonal.backward)

    def name(self):
        return "DiagonalBackward0_copy"


class Trace(Function):
    """The sum of the diagonal of a matrix."""

    @staticmethod
    def forward(self, dtype):
        return np.trace(self, dtype=dtype)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape = inputs[0]._array.shape

    @staticmethod
    def backward(ctx, grad):
        everywhere = Expand.of(grad, shape=(min(ctx.input_shape),))
        where = {"offset": 0, "dim1": 0, "dim2": 1}
        return (DiagonalBackward.of(everywhere, shape=ctx.input_shape, **where),)


def tril(input, diagonal=0):
    """A copy of matrices (*, m, n) with zeros above a diagonal: 0 the main one, 1 the next above.

    RuntimeError below two dimensions.
    """
    return _triangle(Tril, "tril", input, diagonal)


def triu(input, diagonal=0):
    """A copy of matrices (*, m, n) with zeros below a diagonal: 0 the main one, 1 the next above.

    RuntimeError below two dimensions.
    """
    return _triangle(Triu, "triu", input, diagonal)


def _triangle(function, name, input, diagonal):
    checks.check_tensor(input, name)
    if input._array.ndim < 2:
        raise RuntimeError(f"{name}: input tensor must have at least 2 dimensions")
    return function.apply(input, diagonal=int(diagonal))


def tril_indices(row, col, offset=0, *, dtype=None, device=None):
    """Where the lower triangle of a matrix is: its rows and its columns, int64 of shape (2, k)."""
    return _places("tril_indices", np.tri(*_size(row, col), offset, bool), dtype, device)


def triu_indices(row, col, offset=0, *, dtype=None, device=None):
    """Where the upper triangle of a matrix is: its rows and its columns, int64 of shape (2, k)."""
    return _places("triu_indices", ~np.tri(*_size(row, col), offset - 1, bool), dtype, device)


def _size(row, col):
    for name, length in (("row", row), ("col", col)):
        if length < 0:
            raise RuntimeError(f"{name} must be non-negative, got{length}")
    return row, col


def _places(name, mask, dtype, device):
    wanted = np.dtype(np.int64) if dtype is None else arguments.numpy_dtype(dtype, name)
    if wanted.name not in ("int32", "int64"):
        kind = {"f": "Float", "b": "Bool"}.get(wanted.kind, wanted.name)
        raise NotImplementedError(f"\"{name}\" not implemented for '{kind}'. Use torch.int64.")
    return creation.made(np.array(np.nonzero(mask), wanted), device)


def diagonal(input, offset=0, dim1=0, dim2=1):
    """The diagonals of the matrices in dimensions `dim1` and `dim2`, as the last dimension: a view.

    A positive `offset` is above the main one. RuntimeError if the dimensions are the same.
    """
    checks.check_tensor(input, "diagonal")
    dims = _two_dims(dim1, dim2, input._array.ndim)
    return Diagonal.apply(input, offset=offset, dim1=dims[0], dim2=dims[1])


def linalg_diagonal(A, *, offset=0, dim1=-2, dim2=-1):
    """The diagonals of matrices (*, m, n), as the last dimension: a view."""
    return diagonal(A, offset, dim1, dim2)


def diag_embed(input, offset=0, dim1=-2, dim2=-1):
    """Matrices, in dimensions `dim1` and `dim2` of the result, with the last dimension on their
    diagonals and zeros elsewhere."""
    checks.check_tensor(input, "diag_embed")
    if not input._array.ndim:
        arguments.check_dim(-2, 0)
    dims = _two_dims(dim1, dim2, input._array.ndim + 1)
    *shape, length = input._array.shape
    for dim in sorted(dims):
        shape.insert(dim, length + abs(offset))
    shape = tuple(shape)
    return DiagEmbed.apply(input, shape=shape, offset=offset, dim1=dims[0], dim2=dims[1])


def _two_dims(dim1, dim2, ndim):
    dims = arguments.check_dim(dim1, ndim), arguments.check_dim(dim2, ndim)
    if dims[0] == dims[1]:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    return dims


def diag(input, diagonal=0):
    """The diagonal of a matrix, a copy; or the matrix that has a vector on its diagonal."""
    checks.check_tensor(input, "diag")
    if input._array.ndim == 1:
        return diag_embed(input, diagonal)
    if input._array.ndim != 2:
        raise RuntimeError(f"diag(): Supports 1D or 2D tensors. Got {input._array.ndim}D")
    return DiagonalCopy.apply(input, offset=diagonal, dim1=0, dim2=1)


def diagflat(input, offset=0):
    """The matrix that has all elements, in reading order, on its diagonal."""
    checks.check_tensor(input, "diagflat")
    return diag_embed(reshape(input, -1), offset)


def trace(input):
    """The sum of the diagonal of a matrix; of integers in int64. RuntimeError for no matrix."""
    checks.check_tensor(input, "trace")
    if input._array.ndim != 2:
        raise RuntimeError(f"trace: expected a matrix, but got tensor with dim {input._array.ndim}")
    if input._array.dtype.kind == "b":
        raise checks.not_implemented_for("trace", input, "Convert first: x.int().")
    return Trace.apply(input, dtype=arguments.sum_dtype(input, None))


Tensor.tril = tril
Tensor.triu = triu
Tensor.diagonal = diagonal
Tensor.diag_embed = diag_embed
Tensor.diag = diag
Tensor.diagflat = diagflat
Tensor.trace = trace
