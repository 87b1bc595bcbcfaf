"""Floor 3. Numbers that occur several times: repeat, tile, repeat_interleave, meshgrid …"""

import numpy as np

from ..arrays import on_host
from ..dtypes import Size
from ..function import Function
from ..tensor import Tensor
from . import checks, repeat_checks, shape_checks
from .gathering import index_select
from .joining import stack
from .shapes import expand, flatten, reshape, unsqueeze


class Repeat(Function):
    """The whole several times along each dimension; the gradient is the sum over the repeats."""

    @staticmethod
    def forward(self, repeats):
        return np.tile(self, repeats)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape = inputs[0]._array.shape

    @staticmethod
    def backward(ctx, grad):
        extra = len(ctx.repeats) - len(ctx.input_shape)
        lengths, pairs = (1,) * extra + ctx.input_shape, []
        for number, length in zip(ctx.repeats, lengths, strict=True):
            pairs += [number, length]
        summed = grad.reshape(tuple(pairs)).sum(tuple(range(0, len(pairs), 2)))
        return (summed.reshape(ctx.input_shape) if pairs else grad,)


def repeat(self, *repeats):
    """A copy in which the whole stands `repeats` times along each dimension.

    RuntimeError for fewer numbers than there are dimensions; more give new dimensions in front.
    """
    repeats = shape_checks.integers(repeats, "repeat", "repeats") if repeats != ((),) else ()
    repeat_checks.check_repeats(self, repeats)
    return Repeat.apply(self, repeats=repeats)


def tile(input, *dims):
    """As `repeat`; where there are fewer numbers than dimensions, those in front stay single."""
    checks.check_tensor(input, "tile")
    dims = shape_checks.integers(dims, "tile", "dims") if dims != ((),) else ()
    return repeat(input, (1,) * (input._array.ndim - len(dims)) + tuple(dims))


def repeat_interleave(input, repeats=None, dim=None, *, output_size=None):
    """Each slice along `dim` several times, one beside the other: `repeats` is a number or a tensor
    with one for each slice. Without `dim`: of the elements in reading order.

    `repeat_interleave(repeats)`: the number of each slice, as often as the tensor says.
    RuntimeError for a negative number, or another number of numbers than there are slices.
    """
    checks.check_tensor(input, "repeat_interleave")
    if repeats is None:
        return _places(input, output_size)
    if dim is None:
        input, dim = flatten(input), 0
    length = input._array.shape[dim]
    if isinstance(repeats, Tensor):
        repeat_checks.check_counts(repeats, length, dim)
        counts = repeats if repeats._array.size == length else expand(repeats, length)
        return index_select(input, dim, _places(counts, output_size))
    if not isinstance(repeats, (int, np.integer)):
        raise checks.invalid_arguments("repeat_interleave", input, repeats)
    if repeats < 0:
        raise RuntimeError("Repeats must be non-negative")
    dim %= input._array.ndim
    shape = [-1] * (input._array.ndim + 1)
    shape[dim + 1] = int(repeats)
    copies = expand(unsqueeze(input, dim + 1), shape).clone()
    return flatten(copies, dim, dim + 1)


def _places(counts, output_size):
    """The number of each slice as often as it is to be repeated."""
    repeat_checks.check_kind(counts)
    numbers = np.arange(counts._array.size)
    chosen = np.repeat(numbers, on_host(counts._array))
    if output_size is not None and output_size != chosen.size:
        raise RuntimeError(
            f"allocated size does not match required size: output_size is {output_size}, and the "
            f"repeats add up to {chosen.size}."
        )
    return repeat_checks.indices(chosen, counts)


# --- one shape for several tensors ----------------------------------------------------------------
def broadcast_to(input, *size):
    """A view in another shape, with dimensions of length 1 repeated: `expand` as a function."""
    checks.check_tensor(input, "broadcast_to")
    return expand(input, *size)


def broadcast_shapes(*shapes):
    """The one shape that several broadcast to, a `Size`. RuntimeError if they do not."""
    shapes = [each if isinstance(each, (tuple, list)) else (each,) for each in shapes]
    if any(length < 0 for shape in shapes for length in shape):
        raise ValueError("Attempting to broadcast a dimension with negative length!")
    try:
        return Size(np.broadcast_shapes(*(tuple(each) for each in shapes)))
    except ValueError:
        raise RuntimeError(
            "Attempting to broadcast a dimension of one length with one of another: "
            f"{[tuple(each) for each in shapes]}."
        ) from None


def sum_to_size(self, *size):
    """The sum over the dimensions in which `size` has length 1 or none: the way back of `expand`.

    RuntimeError if `size` does not broadcast to the shape of the tensor.
    """
    shape, size = self._array.shape, shape_checks.integers(size, "sum_to_size", "size")
    if not size:
        return self.sum()
    extra = len(shape) - len(size)
    if extra < 0 or any(n not in (1, shape[extra + i]) for i, n in enumerate(size)):
        raise RuntimeError(f"size {{{list(size)}}} is not expandable to size {{{list(shape)}}}.")
    dims = [*range(extra), *(extra + i for i, n in enumerate(size) if n == 1 != shape[extra + i])]
    result = self.sum(dims, keepdim=True) if dims else self
    return result.view(*size) if extra else result


def broadcast_tensors(*tensors):
    """Views of the tensors in the one shape that they broadcast to, as a tuple."""
    tensors = repeat_checks.given(tensors)
    shapes = [each._array.shape for each in tensors]
    try:
        shape = np.broadcast_shapes(*shapes)
    except ValueError:
        raise checks.first_misfit(*shapes) from None
    return tuple(each if each._array.shape == shape else expand(each, shape) for each in tensors)


def meshgrid(*tensors, indexing=None):
    """The coordinates of a grid: for each vector a view of it, repeated along the other ones.

    `indexing` "ij" numbers rows first; with "xy" the first two vectors are columns and rows.
    RuntimeError for tensors of two dimensions, or of several dtypes.
    """
    tensors = repeat_checks.given(tensors)
    repeat_checks.check_grid(tensors, indexing)
    swapped = indexing == "xy" and len(tensors) > 1
    if swapped:
        tensors = [tensors[1], tensors[0], *tensors[2:]]
    lengths, grids = [each._array.size for each in tensors], []
    for dim, each in enumerate(tensors):
        beside = [1] * len(tensors)
        beside[dim] = each._array.size
        grids.append(expand(reshape(each, beside), lengths))
    if swapped:
        grids[:2] = grids[1], grids[0]
    return tuple(grids)


def cartesian_prod(*tensors):
    """All ways of choosing one element of each vector: a row for each."""
    tensors = repeat_checks.given(tensors)
    for each in tensors:
        repeat_checks.check_vector(each)
    if len(tensors) == 1:
        return tensors[0]
    return stack([flatten(each) for each in meshgrid(*tensors, indexing="ij")], 1)


def combinations(input, r=2, with_replacement=False):
    """All ways of choosing `r` elements of a vector, in order: a row for each."""
    checks.check_tensor(input, "combinations")
    repeat_checks.check_vector(input)
    if r < 0:
        raise RuntimeError(f"Expect a non-negative number, but got {r}")
    if r == 0:
        return input.new_empty(0)
    length = input._array.size
    places = np.indices((length,) * r).reshape(r, -1)
    steps = np.diff(places, axis=0)
    chosen = places[:, ((steps >= 0) if with_replacement else (steps > 0)).all(0)]
    return stack([input[repeat_checks.indices(each, input)] for each in chosen], 1)


Tensor.repeat = repeat
Tensor.tile = tile
Tensor.repeat_interleave = repeat_interleave
Tensor.broadcast_to = broadcast_to
Tensor.sum_to_size = sum_to_size
