"""Floor 3. Elements chosen by tensors of places: gather, index_select, take, masked_select …

Each one is a `Take` with an index that is worked out from the tensor of places; so what is written
back by its gradient, and read again by the gradient of that, needs no further rules.
"""

import math

import numpy as np

from .. import arguments
from ..arrays import beside, on_host
from ..creation import wrap
from ..tensor import Tensor
from . import checks, gather_checks
from .chosen_places import along
from .more_views import nonzero
from .placing import Take
from .shapes import expand, reshape


def gather(input, dim, index, *, sparse_grad=False):
    """For each place the element of `input` that `index` names along `dim`; as `index` is shaped.

    out[i, j] = input[index[i, j], j] for `dim` 0. RuntimeError for a place that is not there, or a
    shape that does not fit. (`sparse_grad` is there for PyTorch's sake.)
    """
    dim, indices = gather_checks.check_index("gather", input, dim, index)
    input = input if input._array.ndim else reshape(input, 1)
    place = along(indices, dim)
    if not indices.size and indices.ndim != input._array.ndim:
        input, place = reshape(input, -1), (indices,)
    return Take.apply(input, index=place, called="GatherBackward0")


def take_along_dim(input, indices, dim=None):
    """As `gather`, but `input` and `indices` broadcast to each other in the other dimensions, and
    places may be counted from the end. Without `dim`: places in reading order.
    """
    gather_checks.check_along(input, indices, dim)
    if dim is None:
        input, indices, dim = reshape(input, -1), reshape(indices, -1), 0
    dim = arguments.check_dim(dim, input._array.ndim)
    shapes = [list(each._array.shape) for each in (input, indices)]
    lengths = shapes[0][dim], shapes[1][dim]
    for shape in shapes:
        shape[dim] = 1
    try:
        shape = list(np.broadcast_shapes(*shapes))
    except ValueError:
        raise checks.first_misfit(*shapes) from None
    wide = []
    for each, length in zip((input, indices), lengths, strict=True):
        shape[dim] = length
        wide.append(each if list(each._array.shape) == shape else expand(each, shape))
    places = wide[1]._array
    if places.size and places.min() < 0:
        wide[1] = wrap(np.where(places < 0, places + lengths[0], places))
    return gather(wide[0], dim, wide[1])


def index_select(input, dim, index):
    """The slices along `dim` that `index` numbers, one after the other: a copy.

    IndexError for a number that is not there.
    """
    place = gather_checks.check_select(input, dim, index)
    return Take.apply(input, index=place, called="IndexSelectBackward0")


def take(input, index):
    """The elements at places counted in reading order, in the shape of `index`.

    IndexError for a place that is not there; negative ones count from the end.
    """
    checks.check_tensor(input, "take")
    input = input if input._array.ndim else reshape(input, 1)
    place = gather_checks.check_places("take", input, index)
    return Take.apply(input, index=place, called="TakeBackward0")


def masked_select(input, mask):
    """The elements where the bool tensor `mask` holds, as a vector. Shapes broadcast."""
    checks.check_tensor(input, "masked_select")
    gather_checks.check_selecting(mask)
    shapes = input._array.shape, mask._array.shape
    try:
        shape = np.broadcast_shapes(*shapes)
    except ValueError:
        raise checks.first_misfit(*shapes[::-1]) from None
    input = input if shapes[0] == shape else expand(input, shape)
    chosen = mask._array if shapes[1] == shape else np.broadcast_to(mask._array, shape)
    return Take.apply(input, index=chosen, called="MaskedSelectBackward0")


def argwhere(input):
    """Where the elements that are not 0 are: a row of indices for each."""
    checks.check_tensor(input, "argwhere")
    return nonzero(input)


def unravel_index(indices, shape):
    """Places counted in reading order as a tuple of indices, one for each dimension of a shape."""
    checks.check_tensor(indices, "unravel_index", "indices")
    shape = gather_checks.check_unravel(indices, shape)
    places = on_host(indices._array).astype(np.int64)
    size = math.prod(shape)
    found = np.unravel_index(places % size if size else places, shape)
    return tuple(wrap(beside(np.asarray(each, np.int64), indices._array)) for each in found)


def isin(elements, test_elements, *, assume_unique=False, invert=False):
    """Which elements are among `test_elements`; with `invert`: which are not. bool.

    One of the two may be a number. (`assume_unique` is there for PyTorch's sake.)
    """
    like = elements if isinstance(elements, Tensor) else test_elements
    if not isinstance(like, Tensor):
        raise checks.invalid_arguments("isin", elements, test_elements)
    given = [
        each._array if isinstance(each, Tensor) else each for each in (elements, test_elements)
    ]
    found = np.isin(*(on_host(each) for each in given), invert=invert)
    return wrap(beside(np.asarray(found), like._array))


Tensor.gather = gather
Tensor.take_along_dim = take_along_dim
Tensor.index_select = index_select
Tensor.take = take
Tensor.masked_select = masked_select
Tensor.argwhere = argwhere
