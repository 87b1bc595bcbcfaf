"""Floor 3. The same numbers in another shape: views, which share the memory."""

import numpy as np

from .. import arguments, arrays
from ..function import Function
from ..tensor import Tensor
from . import checks, shape_checks
from .broadcasting import sum_to
from .views import as_view


class OfShape(Function):
    """A view: the same memory in another shape. Input and output count in-place writes together."""

    @classmethod
    def apply(cls, self, **options):
        self._array = (
            self.array
        )  # a 0-d result becomes an array here, with a memory that can be shared
        return as_view(self, super().apply(self, **options))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape = inputs[0]._array.shape

    @staticmethod
    def backward(ctx, grad):
        return (grad.reshape(ctx.input_shape),)


class View(OfShape):
    """The numbers in the same order in another shape."""

    @staticmethod
    def forward(self, shape):
        return self.reshape(shape)


class ReshapeAlias(View):
    """As View, for numbers that do not lie in memory in reading order."""


class UnsafeView(Function):
    """As View, where no view is possible: a copy."""

    forward = staticmethod(View.forward)
    setup_context = staticmethod(View.setup_context)
    backward = staticmethod(View.backward)


class Squeeze(OfShape):
    """Without dimensions of length 1."""

    @staticmethod
    def forward(self, dims, overload):
        kept = [length for dim, length in enumerate(self.shape) if dim not in dims or length != 1]
        return self.reshape(kept)


class Unsqueeze(OfShape):
    """With one more dimension, of length 1."""

    @staticmethod
    def forward(self, dim):
        return self.reshape(*self.shape[:dim], 1, *self.shape[dim:])


class Transpose(OfShape):
    """Two dimensions exchanged."""

    @staticmethod
    def forward(self, dim0, dim1):
        return self.swapaxes(dim0, dim1) if self.ndim else self.view()

    @staticmethod
    def backward(ctx, grad):
        return (grad.swapaxes(ctx.dim0, ctx.dim1) if ctx.input_shape else grad,)


class T(OfShape):
    """A matrix with rows and columns exchanged; a vector as it is."""

    @staticmethod
    def forward(self):
        return self.T

    @staticmethod
    def backward(ctx, grad):
        return (grad.swapaxes(0, 1) if grad.ndim == 2 else grad,)


class Permute(OfShape):
    """The dimensions in another order."""

    @staticmethod
    def forward(self, dims):
        return self.transpose(dims)

    @staticmethod
    def backward(ctx, grad):
        back = sorted(range(len(ctx.dims)), key=ctx.dims.__getitem__)
        return (Permute.of(grad, dims=tuple(back)),)


class Flip(Function):
    """Some dimensions in reverse order: a copy, since a tensor is read forwards."""

    @staticmethod
    def forward(self, dims):
        return arrays.copied(np.flip(self, dims))

    @staticmethod
    def backward(ctx, grad):
        return (Flip.of(grad, dims=ctx.dims),)


class Expand(OfShape):
    """Dimensions of length 1 repeated without copying; the gradient is the sum over the repeats."""

    @staticmethod
    def forward(self, shape):
        steps = (0,) * (len(shape) - self.ndim) + self.strides
        lengths = (1,) * (len(shape) - self.ndim) + self.shape
        strides = [
            0 if old != new else step for old, new, step in zip(lengths, shape, steps, strict=True)
        ]
        return arrays.strided(self, shape, strides)

    @staticmethod
    def backward(ctx, grad):
        return (sum_to(grad, ctx.input_shape),)


def reshape(input, *shape):
    """The same numbers in the same order in another shape; one length may be -1, for the rest.

    A view where that is possible, otherwise a copy. RuntimeError if the lengths do not multiply
    to the number of elements.
    """
    checks.check_tensor(input, "reshape")
    array = input.array
    shape = shape_checks.complete_shape(
        shape_checks.integers(shape, "reshape", "shape"), array.size
    )
    if array.flags.c_contiguous:
        return View.apply(input, shape=shape)
    return (ReshapeAlias if can_view(array, shape) else UnsafeView).apply(input, shape=shape)


def can_view(array, shape):
    """Whether some regular step through the memory reads the numbers in this shape."""
    return array.flags.c_contiguous or np.may_share_memory(array, array.reshape(shape))


def view(self, *shape):
    """As `reshape`, but always a view: RuntimeError where only a copy is possible."""
    array = self.array
    shape = shape_checks.complete_shape(shape_checks.integers(shape, "view", "size"), array.size)
    if not can_view(array, shape):
        raise shape_checks.cannot_view(shape)
    return View.apply(self, shape=shape)


def view_as(self, other):
    """A view in the shape of another tensor."""
    checks.check_tensor(other, "view_as", "other")
    return view(self, other._array.shape)


def flatten(input, start_dim=0, end_dim=-1):
    """The dimensions from `start_dim` to `end_dim` made one; a view where that is possible."""
    checks.check_tensor(input, "flatten")
    shape = input._array.shape
    start, end = (arguments.check_dim(dim, len(shape)) for dim in (start_dim, end_dim))
    if start > end:
        raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
    if not shape:
        return reshape(input, 1)
    if start == end:
        return input
    length = 1
    for each in shape[start : end + 1]:
        length *= each
    return reshape(input, (*shape[:start], length, *shape[end + 1 :]))


def transpose(input, dim0, dim1):
    """A view with two dimensions exchanged. IndexError for a dimension that is not there."""
    checks.check_tensor(input, "transpose")
    dim0, dim1 = (arguments.check_dim(dim, input._array.ndim) for dim in (dim0, dim1))
    return Transpose.apply(input, dim0=dim0, dim1=dim1)


def t(input):
    """A view of a matrix with rows and columns exchanged. RuntimeError above two dimensions."""
    checks.check_tensor(input, "t")
    if input._array.ndim > 2:
        raise shape_checks.no_matrix(input)
    return T.apply(input)


def permute(input, *dims):
    """A view with the dimensions in the order `dims`. RuntimeError if one is missing or doubled."""
    checks.check_tensor(input, "permute")
    dims = shape_checks.integers(dims, "permute", "dims") if dims != ((),) else ()
    return Permute.apply(input, dims=shape_checks.check_permutation(dims, input._array.ndim))


def squeeze(input, dim=None):
    """A view without the dimensions of length 1, or without those of `dim` that have length 1."""
    checks.check_tensor(input, "squeeze")
    ndim = input._array.ndim
    if dim is None:
        return Squeeze.apply(input, dims=tuple(range(ndim)), overload=0)
    overload = 2 if isinstance(dim, (tuple, list)) else 1
    return Squeeze.apply(input, dims=arguments.check_dims(dim, ndim) or (), overload=overload)


def unsqueeze(input, dim):
    """A view with a new dimension of length 1 before dimension `dim` (-1: at the end)."""
    checks.check_tensor(input, "unsqueeze")
    return Unsqueeze.apply(input, dim=arguments.check_dim(dim, input._array.ndim + 1))


def expand(self, *sizes):
    """A view in which dimensions of length 1 are repeated; -1 leaves a dimension as it is.

    RuntimeError if a length other than 1 would have to change.
    """
    sizes = shape_checks.integers(sizes, "expand", "size") if sizes != ((),) else ()
    return Expand.apply(self, shape=shape_checks.expanded_shape(self, sizes))


def flip(input, *args, dims=None):
    """A copy with the order along the dimensions `dims` reversed: flip(x, (0, 1)), x.flip(0, 1)."""
    checks.check_tensor(input, "flip")
    dims = shape_checks.integers(args if dims is None else (dims,), "flip", "dims")
    return Flip.apply(input, dims=arguments.check_dims(dims, input._array.ndim) or ())


Tensor.reshape = reshape
Tensor.view = view
Tensor.view_as = view_as
Tensor.flatten = flatten
Tensor.transpose = transpose
Tensor.t = t
Tensor.permute = permute
Tensor.squeeze = squeeze
Tensor.unsqueeze = unsqueeze
Tensor.expand = expand
Tensor.flip = flip
