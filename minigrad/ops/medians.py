"""Floor 3. Numbers by their rank or frequency: median, mode, quantile."""

import numpy as np

from .. import arguments, arrays
from ..carriers import carried, numbers
from ..creation import wrap
from ..tensor import Tensor
from . import checks, run_checks
from .choices import where
from .extremes import Pair, Pick, Reduction
from .gathering import gather
from .mixing import lerp
from .reflected import numbered
from .sorting import order, place_of_rank, sort


class Median(Reduction):
    """The middle one of all numbers (of two, the lower). Equals share the gradient."""

    @staticmethod
    def forward(self, place):
        return self.reshape(-1)[place]

    @staticmethod
    def backward(ctx, grad):
        self, result = map(numbers, ctx.saved)
        chosen = np.isnan(self) if np.isnan(result) else self == result
        share = chosen.astype(self.dtype) / max(int(chosen.sum()), 1)
        return (grad * carried(share.astype(self.dtype, copy=False), grad),)


class Nanmedian(Median):
    """The middle one of all numbers but nan."""


class PickMedian(Pick):
    """The medians along a dimension, picked by their places."""

    def name(self):
        return f"{self.chooser}Backward1"


class MedianPair(Pair):
    function = "median"


class NanmedianPair(Pair):
    function = "nanmedian"


class ModePair(Pair):
    function = "mode"


def median(input, dim=None, keepdim=False):
    """The middle one of all numbers, of two the lower; nan if there is one.

    With `dim` a pair: `.values` and `.indices` along that dimension. IndexError for a dimension of
    length 0.
    """
    return middle(Median, MedianPair, input, dim, keepdim)


def nanmedian(input, dim=None, keepdim=False):
    """The middle one of all numbers but nan, of two the lower; nan if there is no other.

    With `dim` a pair: `.values` and `.indices` along that dimension.
    """
    return middle(Nanmedian, NanmedianPair, input, dim, keepdim)


def middle(function, pair, input, dim, keepdim):
    """The median of all elements, or along a dimension; without nan for nanmedian."""
    name = pair.function
    run_checks.check_ordered(name, input)
    array = input.array
    skip = function is Nanmedian
    if dim is None:
        if not array.size:
            nothing = np.array(np.nan if array.dtype.kind == "f" else 0, array.dtype)
            return wrap(arrays.beside(nothing, array))
        flat = array.reshape(-1)
        place = middle_of(flat, 0, skip)
        return function.apply(input, place=int(place[0]))
    dim = run_checks.check_one_dim(name, input, dim)
    checks.check_not_empty(name, input, dim)
    places = middle_of(array, dim, skip) if array.ndim else order(array, dim)
    return picked(PickMedian, pair, input, places, dim, keepdim)


def middle_of(array, dim, skip):
    """The place of the median along a dimension, which stays."""
    missing = np.add.reduce(array != array, axis=dim, dtype=np.int64, keepdims=True)
    length = array.shape[dim]
    if not missing.any():
        return place_of_rank(array, (length - 1) // 2, dim)
    if skip:
        ranks = np.maximum(length - missing - 1, 0) // 2
    else:
        ranks = np.where(missing > 0, length - missing, (length - 1) // 2)
    return np.take_along_axis(order(array, dim), ranks, dim)


def picked(function, pair, input, places, dim, keepdim):
    """Values and indices of what was picked along a dimension."""
    chooser = pair.function.capitalize()
    values = function.apply(input, indices=places, dim=dim, keepdim=bool(keepdim), chooser=chooser)
    if not keepdim and places.ndim:
        places = places.squeeze(dim)
    return pair((values, wrap(places)))


def mode(input, dim=-1, keepdim=False):
    """The most frequent number along `dim` (of equals the smallest), and where it stands last.

    A pair: `.values` and `.indices`. IndexError for a dimension of length 0.
    """
    dim = run_checks.check_one_dim("mode", input, dim)
    checks.check_not_empty("mode", input, dim)
    array = arrays.on_host(input.array)
    if not array.ndim:
        return picked(Pick, ModePair, input, arrays.zeros((), np.int64, array), dim, keepdim)
    rows = np.moveaxis(array, dim, -1)
    places = [last_of_most_frequent(row) for row in rows.reshape(-1, rows.shape[-1])]
    places = np.array(places, np.int64).reshape(*rows.shape[:-1], 1)
    places = arrays.beside(np.moveaxis(places, -1, dim), input._array)
    return picked(Pick, ModePair, input, places, dim, keepdim)


def last_of_most_frequent(row):
    """Where the most frequent number of a row stands last."""
    values, number = np.unique(row, return_counts=True, equal_nan=False)
    most = values[number.argmax()]
    same = row == most if most == most else row != row
    return np.flatnonzero(same)[-1]


# --- quantiles ------------------------------------------------------------------------------------
def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    """The number below which the part `q` of all numbers lies (or of those along `dim`).

    `q` is a number from 0 to 1, or a vector of some: then the result has one more dimension in
    front. Between two numbers it is interpolated linearly, or "lower", "higher", "midpoint" and
    "nearest" say what to take. nan if there is one. RuntimeError for integers.
    """
    return quantiles("quantile", input, q, dim, keepdim, interpolation)


def nanquantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    """As `quantile`, of all numbers but nan."""
    return quantiles("nanquantile", input, q, dim, keepdim, interpolation)


def quantiles(name, input, q, dim, keepdim, interpolation):
    """The quantiles of all elements, or along a dimension."""
    q = run_checks.check_quantile(name, input, q, interpolation)
    ndim = input._array.ndim
    if dim is None or not ndim:
        rows, place = input.reshape(-1), 0
        kept = (1,) * ndim if keepdim else (1,)
    else:
        place = arguments.check_dim(dim, ndim)
        rows = input.movedim(place, -1)
        kept = (*input._array.shape[:place], 1, *input._array.shape[place + 1 :])
    several, q = q._array.ndim == 1, q.reshape(-1)
    found = along_rows(rows, q, interpolation, name == "nanquantile").movedim(-1, 0)
    found = found.unsqueeze(1 + place).reshape(len(q), *kept)
    if not keepdim:
        found = found.squeeze(1 + place)
    return numbered(found if several else found.squeeze(0), 4)


def along_rows(rows, q, interpolation, skip):
    """The quantiles of the last dimension, one for each element of the vector `q`."""
    ordered = sort(rows, -1).values
    array, length = ordered._array, rows._array.shape[-1]
    missing = np.add.reduce(array != array, axis=-1, dtype=np.int64, keepdims=True)
    last = np.maximum(length - missing - 1, 0) if skip else missing * 0 + (length - 1)
    ranks = q * wrap(last.astype(array.dtype))
    if not skip:  # one nan makes all of them nan, which stands last
        ranks = where(wrap(missing > 0), length - 1.0, ranks)
    if interpolation == "lower":
        ranks = ranks.floor()
    elif interpolation == "higher":
        ranks = ranks.ceil()
    elif interpolation == "nearest":
        ranks = ranks.round()
    below = wrap(np.floor(ranks._array).astype(np.int64))
    lower = gather(ordered, -1, below)
    if interpolation not in ("linear", "midpoint"):
        return lower
    above = wrap(np.ceil(ranks._array).astype(np.int64))
    weights = ranks - wrap(below._array.astype(array.dtype))
    if interpolation == "midpoint":
        weights = weights * 0 + 0.5
    return lerp(lower, gather(ordered, -1, above), weights)


Tensor.median = median
Tensor.nanmedian = nanmedian
Tensor.mode = mode
Tensor.quantile = quantile
Tensor.nanquantile = nanquantile
