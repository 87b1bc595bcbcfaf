"""Floor 3. Copies with numbers written to chosen places: scatter, scatter_add, put, masked_scatter.

As in `gathering.py`, the tensor of places becomes an index; `placing.py` has the rules. The
in-place forms are bound in `inplace_ops.py`.
"""

import numpy as np

from ..tensor import Tensor
from . import checks, gather_checks, place_checks
from .broadcasting import constant
from .chosen_places import along
from .placing import AddAt, PutAt
from .scatter_reduce import REDUCTIONS, IndexReduce, ScatterReduce, Unrecorded
from .shapes import expand, reshape


def scatter(input, dim, index, src, *, reduce=None):
    """`input` with the elements of `src`, a tensor or a number, at the places that `index` names.

    out[index[i, j], j] = src[i, j] for `dim` 0. `reduce` "add" or "multiply" combines them with
    what is there (without a derivative: see `scatter_add` and `scatter_reduce`). RuntimeError for a
    place that is not there, or shapes that do not fit. Where a place is named twice, the last one
    stays.
    """
    number = not isinstance(src, Tensor)
    if reduce not in (None, "add", "multiply"):
        raise RuntimeError("reduce argument must be either add or multiply.")
    if number:
        src = constant(src, input).to(input.dtype)
    options = {"called": f"ScatterBackward{int(number)}"}
    function = PutAt
    if reduce is not None:
        function, options = Unrecorded, {"kernel": np.add if reduce == "add" else np.multiply}
    return _written(function, "scatter", input, dim, index, src, **options)


def scatter_add(input, dim, index, src):
    """`input` with the elements of `src` added at the places that `index` names, as in `scatter`.

    Where a place is named twice, both are added.
    """
    checks.check_tensor(src, "scatter_add", "src", 4)
    return _written(AddAt, "scatter_add", input, dim, index, src, called="ScatterAddBackward0")


def scatter_reduce(input, dim, index, src, reduce, *, include_self=True):
    """`input` with the elements of `src` combined at the places of `index`, as in `scatter`.

    `reduce`: "sum", "prod", "mean", "amax" or "amin"; without `include_self` the numbers that were
    there before do not count.
    """
    checks.check_tensor(src, "scatter_reduce", "src", 4)
    if reduce not in REDUCTIONS:
        raise RuntimeError(
            f"reduce argument must be either sum, prod, mean, amax or amin, got {reduce}"
        )
    options = {"reduce": reduce, "include_self": include_self}
    return _written(ScatterReduce, "scatter", input, dim, index, src, **options)


def index_reduce(input, dim, index, source, reduce, *, include_self=True):
    """`input` with the slices of `source` along `dim` combined with those that `index` numbers.

    `reduce`: "prod", "mean", "amax" or "amin"; without `include_self` the numbers that were there
    before do not count.
    """
    if reduce not in ("prod", "mean", "amax", "amin"):
        raise RuntimeError(
            "index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got "
            f"{reduce}."
        )
    place = place_checks.check_slices("index_reduce", input, dim, index, source)
    options = {"reduce": reduce, "include_self": include_self}
    return IndexReduce.apply(input, source, index=place, **options)


def _written(function, name, input, dim, index, src, **options):
    """What the function makes of the input, with the index that is worked out from the places."""
    dim, places = gather_checks.check_index(name, input, dim, index, inside=False)
    if src._array.ndim or name != "scatter" or index._array.ndim == 0:
        src = gather_checks.check_source(name, input, dim, index, src)
    if not places.size:
        return input.clone()
    gather_checks.check_inside(places, input._array.shape[dim] if input._array.ndim else 1, dim)
    if not input._array.ndim:  # a number is a vector of one element
        if places.size > 1:
            vector = _written(function, name, reshape(input, 1), 0, index, src, **options)
            return reshape(vector, ())
        src = src if not src._array.ndim else reshape(src, ())
        return function.apply(input, src, index=(...,), **options)
    return function.apply(input, src, index=along(places, dim), **options)


def masked_scatter(input, mask, source):
    """`input` with the elements of `source`, in reading order, where the bool tensor `mask` holds.

    RuntimeError if there are too few of them.
    """
    gather_checks.check_scattering(input, mask, source)
    shapes = input._array.shape, mask._array.shape
    try:
        shape = np.broadcast_shapes(*shapes)
    except ValueError:
        raise checks.first_misfit(*shapes) from None
    input = input if shapes[0] == shape else expand(input, shape)
    chosen = mask._array if shapes[1] == shape else np.broadcast_to(mask._array, shape)
    number = int(np.count_nonzero(chosen))
    if source._array.size < number:
        raise RuntimeError(
            "Number of elements of source < number of ones in mask: they are "
            f"{source._array.size} and {number}."
        )
    flat = source if source._array.ndim == 1 else reshape(source, -1)
    flat = flat if flat._array.size == number else flat[:number]
    return PutAt.apply(input, flat, index=chosen, called="MaskedScatterBackward0")


def put(input, index, source, accumulate=False):
    """`input` with the elements of `source` at places counted in reading order, or added there.

    IndexError for a place that is not there, or unless there is an element for each.
    """
    place = gather_checks.check_put(input, index, source)
    if not place and source._array.size:  # a number is written to as a whole, or not at all
        source = source.sum() if accumulate else reshape(source, -1)[-1]
        index, place = input, (...,)
    place = place or (np.zeros((), bool),)
    source = source if source._array.shape == index._array.shape else reshape(source, index.shape)
    function = AddAt if accumulate else PutAt
    return function.apply(input, source, index=place, called="PutBackward0")


Tensor.scatter = scatter
Tensor.scatter_add = scatter_add
Tensor.scatter_reduce = scatter_reduce
Tensor.index_reduce = index_reduce
Tensor.masked_scatter = masked_scatter
Tensor.put = put
