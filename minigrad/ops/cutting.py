"""Floor 3. A tensor cut into pieces, and into windows: tensor_split, hsplit, unfold …"""

from .. import arguments, arrays
from ..function import Function
from ..tensor import Tensor
from . import checks, shape_checks
from .more_views import narrow
from .several import split
from .shapes import OfShape


class Unfold(OfShape):
    """All windows along a dimension, side by side in a new last dimension: a view."""

    @staticmethod
    def forward(self, dimension, size, step):
        if not self.ndim:
            return self.reshape(1)[:size]
        shape, steps = list(self.shape), list(self.strides)
        shape[dimension] = (shape[dimension] - size) // step + 1
        steps[dimension] *= step
        return arrays.strided(self, (*shape, size), (*steps, self.strides[dimension]))

    @staticmethod
    def backward(ctx, grad):
        how = {"dimension": ctx.dimension, "size": ctx.size, "step": ctx.step}
        return (UnfoldBackward.of(grad, shape=ctx.input_shape, **how),)


class UnfoldBackward(Function):
    """Zeros of a shape with all windows added to their places: the way back of `Unfold`."""

    @staticmethod
    def forward(self, shape, dimension, size, step):
        whole = arrays.zeros(shape, self.dtype, self)
        row, before = whole.reshape(shape or (1,)), (slice(None),) * dimension
        reach = (self.shape[dimension] - 1) * step + 1
        for place in range(size):
            row[(*before, slice(place, place + reach, step))] += self[..., place]
        return whole

    @staticmethod
    def backward(ctx, grad):
        how = {"dimension": ctx.dimension, "size": ctx.size, "step": ctx.step}
        return (Unfold.of(grad, **how),)


def unfold(self, dimension, size, step):
    """All windows of `size` elements along `dimension`, each `step` after the one before: a view
    with the windows in `dimension`, and what is in a window in a new last dimension.

    RuntimeError for a window that is too large, or a step that is not positive.
    """
    dimension = arguments.check_dim(dimension, self._array.ndim)
    length = self._array.shape[dimension] if self._array.ndim else 1
    if size < 0:
        raise RuntimeError(f"size is {size} but must be >= 0")
    if size > length:
        raise RuntimeError(
            f"maximum size for tensor at dimension {dimension} is {length} but size is {size}"
        )
    if step <= 0:
        raise RuntimeError(f"step is {step} but must be > 0")
    return Unfold.apply(self, dimension=dimension, size=int(size), step=int(step))


def tensor_split(input, indices_or_sections, dim=0):
    """Pieces along `dim`, as a tuple of views: a number of nearly equal ones, or those that begin
    at the given places.

    RuntimeError for a tensor without dimensions, or for no pieces.
    """
    checks.check_tensor(input, "tensor_split")
    if not input._array.ndim:
        raise RuntimeError(
            "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims"
        )
    dim = arguments.check_dim(dim, input._array.ndim)
    length = input._array.shape[dim]
    if isinstance(indices_or_sections, Tensor):
        indices_or_sections = indices_or_sections.tolist()
    if isinstance(indices_or_sections, int):
        if indices_or_sections <= 0:
            raise RuntimeError(
                f"number of sections must be larger than 0, got {indices_or_sections}"
            )
        short, longer = divmod(length, indices_or_sections)
        starts = [n * short + min(n, longer) for n in range(indices_or_sections)]
    else:
        starts = [0, *(slice(each, None).indices(length)[0] for each in indices_or_sections)]
    ends = [*starts[1:], length]
    pairs = zip(starts, ends, strict=True)
    return tuple(narrow(input, dim, start, max(end - start, 0)) for start, end in pairs)


def hsplit(input, indices_or_sections):
    """Pieces from left to right (of a vector: along dimension 0), as a tuple of views."""
    checks.check_tensor(input, "hsplit")
    return _cut("hsplit", input, indices_or_sections, int(input._array.ndim > 1), 1)


def vsplit(input, indices_or_sections):
    """Pieces from top to bottom, along dimension 0, as a tuple of views."""
    return _cut("vsplit", input, indices_or_sections, 0, 2)


def dsplit(input, indices_or_sections):
    """Pieces from front to back, along dimension 2, as a tuple of views."""
    return _cut("dsplit", input, indices_or_sections, 2, 3)


def _cut(name, input, indices_or_sections, dim, at_least):
    checks.check_tensor(input, name)
    ndim = input._array.ndim
    if ndim < at_least:
        raise RuntimeError(
            f"torch.{name} requires a tensor with at least {at_least} dimension, but got a tensor "
            f"with {ndim} dimensions!"
        )
    length = input._array.shape[dim]
    if isinstance(indices_or_sections, int):
        if indices_or_sections <= 0 or length % indices_or_sections:
            raise RuntimeError(
                f"torch.{name} attempted to split along dimension {dim}, but the size of the "
                f"dimension {length} is not divisible by the split_size {indices_or_sections}!"
            )
    return tensor_split(input, indices_or_sections, dim)


def split_with_sizes(input, split_sizes, dim=0):
    """Pieces of the given lengths along `dim`, as a tuple of views; RuntimeError if they do not
    add up."""
    shape_checks.integers((split_sizes,), "split_with_sizes", "split_sizes")
    return split(input, list(split_sizes), dim)


Tensor.unfold = unfold
Tensor.tensor_split = tensor_split
Tensor.hsplit = hsplit
Tensor.vsplit = vsplit
Tensor.dsplit = dsplit
Tensor.split_with_sizes = split_with_sizes
