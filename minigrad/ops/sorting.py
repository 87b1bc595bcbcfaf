"""Floor 3. Numbers in order: sort, topk, kthvalue, searchsorted …"""

import numpy as np

from .. import arguments, arrays
from ..creation import wrap
from ..function import Function
from ..tensor import Tensor
from . import checks, sort_checks
from .extremes import Pair, Pick


class Sort(Pick):
    """The elements along a dimension in order, picked by their places."""

    @staticmethod
    def forward(self, indices, dim, overload=0):
        return Pick.forward(self, indices, dim, True, "Sort")

    name = Function.name


class Topk(Sort):
    """The largest elements along a dimension, or the smallest."""


class SortPair(Pair):
    function = "sort"


class TopkPair(Pair):
    function = "topk"


class KthvaluePair(Pair):
    function = "kthvalue"


def order(array, dim, descending=False):
    """Where the elements along a dimension come from once they are sorted; nan is the largest.

    Equal elements keep their order.
    """
    if not array.ndim:
        return arrays.zeros((), np.int64, array)
    if not descending:
        return np.argsort(array, dim, kind="stable")
    turned = (*(slice(None),) * dim, slice(None, None, -1))
    return array.shape[dim] - 1 - np.argsort(array[turned], dim, kind="stable")[turned]


def first(array, k, dim, descending):
    """Where the first `k` elements along a dimension come from, once they are sorted.

    Where these are few, they are set apart before they are sorted.
    """
    if not array.ndim:
        return order(array, dim)
    before, length = (slice(None),) * dim, array.shape[dim]
    if not 0 < 8 * k < length:
        return order(array, dim, descending)[(*before, slice(k))]
    apart = np.argpartition(array, length - k if descending else k - 1, dim)
    apart = apart[(*before, slice(-k, None) if descending else slice(k))]
    return np.take_along_axis(
        apart, order(np.take_along_axis(array, apart, dim), dim, descending), dim
    )


def place_of_rank(array, rank, dim):
    """Where the element along a dimension stands that is at place `rank` once they are sorted.

    The dimension stays, with length 1. It takes a fifth of the time to sort out no more than that
    element; but where there are others like it, their order counts.
    """
    here = (slice(None),) * dim + (slice(rank, rank + 1),)
    if array.size >= 1000 and isinstance(array, np.ndarray):
        same = array == np.partition(array, rank, dim)[here]
        if (np.add.reduce(same, axis=dim, dtype=np.int64) == 1).all():
            return np.argmax(same, dim, keepdims=True)
    return order(array, dim)[here]


def sort(input, dim=-1, descending=False, *, stable=None):
    """The elements along `dim` in order, as a pair: `.values`, and `.indices`, where they were.

    nan counts as the largest. Equal elements keep their order, with or without `stable`.
    """
    sort_checks.check_sort("sort", input, dim, descending)
    dim = arguments.check_dim(dim, input._array.ndim)
    places = order(input.array, dim, descending)
    values = Sort.apply(input, indices=places, dim=dim, overload=int(stable is not None))
    return SortPair((values, wrap(places)))


def argsort(input, dim=-1, descending=False, *, stable=False):
    """Where the elements along `dim` come from once they are in order: int64."""
    sort_checks.check_sort("argsort", input, dim, descending)
    return wrap(order(input.array, arguments.check_dim(dim, input._array.ndim), descending))


def msort(input):
    """The elements along dimension 0 in order."""
    return sort(input, 0).values


def topk(input, k, dim=-1, largest=True, sorted=True):
    """The `k` largest elements along `dim` (or smallest), in order: `.values` and `.indices`.

    RuntimeError if there are fewer. (They are in order with or without `sorted`.)
    """
    sort_checks.check_topk(input, k)
    dim = arguments.check_dim(dim, input._array.ndim)
    length = input._array.shape[dim] if input._array.ndim else 1
    if not 0 <= k <= length:
        raise RuntimeError(f"selected index k out of range: {k} of {length} elements.")
    places = first(input.array, k, dim, largest)
    return TopkPair((Topk.apply(input, indices=places, dim=dim), wrap(places)))


def kthvalue(input, k, dim=-1, keepdim=False):
    """The `k`-th smallest element along `dim`, counted from 1: `.values` and `.indices`."""
    dim = sort_checks.check_kthvalue(input, k, dim)
    array = input.array
    places = place_of_rank(array, k - 1, dim) if array.ndim else order(array, dim)
    values = Pick.apply(input, indices=places, dim=dim, keepdim=keepdim, chooser="Kthvalue")
    if not keepdim and places.ndim:
        places = places.squeeze(dim)
    return KthvaluePair((values, wrap(places)))


def searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None):
    """Where the numbers of `input` would have to be put in so that a sequence stays in order.

    A sequence of one dimension serves for all numbers; of more, each row for the row beside it. Of
    equal numbers the first place counts, with `right` the one behind the last. RuntimeError for
    shapes that do not fit. (int64; int32 with `out_int32`.)
    """
    right = sort_checks.check_side(right, side)
    values = input if isinstance(input, Tensor) else wrap(np.asarray(input))
    sort_checks.check_search(sorted_sequence, values, sorter)
    boundaries, wanted = (arrays.on_host(each._array) for each in (sorted_sequence, values))
    if sorter is not None:
        boundaries = np.take_along_axis(boundaries, arrays.on_host(sorter._array), -1)
    dtype = np.int32 if out_int32 else np.int64
    found = np.empty(wanted.shape, dtype)
    how = "right" if right else "left"
    if boundaries.ndim == 1:
        found[...] = np.searchsorted(boundaries, wanted, how)
    else:
        for row in np.ndindex(wanted.shape[:-1]):
            found[row] = np.searchsorted(boundaries[row], wanted[row], how)
    return wrap(arrays.beside(found, sorted_sequence._array))


def bucketize(input, boundaries, *, out_int32=False, right=False):
    """The number of the interval between `boundaries` (in order) in which each number lies.

    An interval has its upper boundary, with `right` its lower one. RuntimeError unless `boundaries`
    has one dimension.
    """
    checks.check_tensor(boundaries, "bucketize", "boundaries", 2)
    if boundaries._array.ndim != 1:
        raise RuntimeError(
            f"boundaries tensor must be 1 dimension, but got dim({boundaries._array.ndim})"
        )
    return searchsorted(boundaries, input, out_int32=out_int32, right=right)


Tensor.sort = sort
Tensor.argsort = argsort
Tensor.msort = msort
Tensor.topk = topk
Tensor.kthvalue = kthvalue
