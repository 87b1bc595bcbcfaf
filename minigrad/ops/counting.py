"""Floor 3. Counts: how many are not 0, which different values there are, how often each occurs."""

from math import prod

import numpy as np

from .. import arguments, arrays
from ..creation import wrap
from ..function import Function
from ..tensor import Tensor
from . import checks, run_checks


class Unique2(Function):
    """The different values of a tensor. PyTorch gives it no derivative."""

    @staticmethod
    def forward(self, values):
        return values

    @staticmethod
    def backward(ctx, grad):
        name = type(ctx).__name__.lower().replace("unique", "_unique", 1)
        raise checks.not_differentiable(name)


class UniqueDim(Unique2):
    """The different slices of a tensor along a dimension."""


class UniqueConsecutive(Unique2):
    """The values of a tensor without those that repeat the one before."""


def count_nonzero(input, dim=None):
    """How many elements are not 0, of all or over the dimension(s) `dim`: int64."""
    checks.check_tensor(input, "count_nonzero")
    dim = arguments.check_dims(dim, input._array.ndim)
    return wrap(arrays.whole(np.add.reduce(input._array != 0, axis=dim, dtype=np.int64)))


def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    """The different values, in order; with `dim` the different slices along that dimension.

    `return_inverse` also tells which of them stands in each place, `return_counts` how often each
    occurs: then the result is a tuple. Every nan is different. (It is sorted in any case.)
    """
    checks.check_tensor(input, "unique")
    array = arrays.on_host(input.array)
    if dim is None:
        asked = {"return_inverse": return_inverse, "return_counts": return_counts}
        results = np.unique(array, **asked, equal_nan=False)  # it takes longer to find them all
        values, *extras = results if return_inverse or return_counts else (results,)
        inverse = extras.pop(0).reshape(array.shape) if return_inverse else None
        function, counts = Unique2, extras[0] if extras else None
    else:
        dim = arguments.check_dim(dim, array.ndim)
        run_checks.check_slices(array, dim)
        values, inverse, counts = np.unique(
            array, return_inverse=True, return_counts=True, axis=dim, equal_nan=False
        )
        function, inverse = UniqueDim, inverse.reshape(-1)
    return found(function, input, values, inverse, counts, (return_inverse, return_counts))


def found(function, input, values, inverse, counts, wanted):
    """The values, and what else is wanted of where they are and how often."""
    here = input._array
    result = function.apply(input, values=arrays.beside(values, here))
    extras = [each for each, ask in zip((inverse, counts), wanted) if ask]
    extras = [wrap(arrays.beside(each.astype(np.int64), here)) for each in extras]
    return (result, *extras) if extras else result


def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    """The values without those that repeat the one before; with `dim` the slices along it.

    `return_inverse` also tells which of them stands in each place, `return_counts` how often each
    occurs in a row: then the result is a tuple.
    """
    checks.check_tensor(input, "unique_consecutive")
    array = arrays.on_host(input.array)
    if dim is None:
        rows = array.reshape(-1)
    else:
        dim = arguments.check_dim(dim, array.ndim)
        rows = np.moveaxis(array, dim, 0).reshape(
            array.shape[dim], prod(array.shape[:dim]) * prod(array.shape[dim + 1 :])
        )
    new = np.ones(len(rows), bool)
    changed = rows[1:] != rows[:-1]
    new[1:] = changed if dim is None else changed.any(1)
    inverse = np.cumsum(new) - 1 if return_inverse else None
    counts = np.diff(np.flatnonzero(new), append=len(rows)) if return_counts else None
    if dim is None:
        values = rows[new]
        inverse = inverse.reshape(array.shape) if return_inverse else None
    else:
        values = np.compress(new, array, dim)
    return found(UniqueConsecutive, input, values, inverse, counts, (return_inverse, return_counts))


def bincount(input, weights=None, minlength=0):
    """How often 0, 1, 2, … occur in a vector of integers, as a vector of `minlength` or longer.

    With `weights`, a vector beside it, these are added up instead. RuntimeError for negative ones.
    """
    run_checks.check_bincount(input, weights, minlength)
    array = arrays.on_host(input._array)
    if weights is None:
        counts, kind = np.bincount(array, minlength=minlength), np.int64
    else:
        counts = np.bincount(array, arrays.on_host(weights._array), minlength)
        kind = np.float32 if weights._array.dtype == np.float32 else np.float64
    return wrap(arrays.beside(counts.astype(kind), input._array))


def histc(input, bins=100, min=0, max=0):
    """How many numbers lie in each of `bins` equal parts of the range from `min` to `max`.

    If the two are equal, the range is that of the numbers. NotImplementedError for integers.
    """
    low, high = run_checks.check_histogram(input, bins, min, max)
    counts, _ = np.histogram(arrays.on_host(input._array), bins, (low, high))
    return wrap(arrays.beside(counts.astype(input._array.dtype), input._array))


Tensor.count_nonzero = count_nonzero
Tensor.unique = unique
Tensor.unique_consecutive = unique_consecutive
Tensor.bincount = bincount
Tensor.histc = histc
