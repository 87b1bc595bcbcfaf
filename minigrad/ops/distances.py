"""Floor 3. The distances of all pairs of points."""

import numpy as np

from .. import arrays
from ..carriers import carried, numbers
from ..function import Function
from . import run_checks
from .blocks import LENGTH
from .broadcasting import Binary, signature
from .choices import masked
from .reductions import Sum
from .statistics import LinalgVectorNorm

FEW = 16  # coordinates: then they are added up one after the other


class EuclideanCdist(Binary):
    """The lengths of the differences of all pairs. Where one is 0 the slope is 0.

    The differences, which are many, are computed for a few points at a time.
    """

    saved_names = "x1", "x2", "result"

    @classmethod
    def apply(cls, x1, x2):
        return Function.apply.__func__(cls, x1, x2)

    @staticmethod
    def forward(x1, x2):
        batch = np.broadcast_shapes(x1.shape[:-2], x2.shape[:-2])
        result = arrays.empty((*batch, x1.shape[-2], x2.shape[-2]), x1.dtype, x1)
        size = result.size // max(x1.shape[-2], 1) * min(x1.shape[-1], FEW)
        rows = max(1, LENGTH // max(size, 1))
        for start in range(0, x1.shape[-2], rows):
            part = slice(start, start + rows)
            result[..., part, :] = lengths(x1[..., part, :], x2)
        return result

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.fit = [signature(each) for each in inputs]
        ctx.save_for_backward(*inputs, output)

    @staticmethod
    def backward(ctx, grad):
        x1, x2, result = ctx.saved
        zero = numbers(result) == 0
        share = masked(grad / (result + carried(zero.astype(numbers(result).dtype), grad)), ~zero)
        turned = share.swapaxes(-1, -2)
        to_first = x1 * total(share) - share @ x2
        return to_first, x2 * total(turned) - turned @ x1

    def name(self):
        return "CdistBackward0"


def total(share):
    """The sum over the last dimension, which stays."""
    kind = numbers(share).dtype
    return Sum.of(share, dim=(share.ndim - 1,), keepdim=True, dtype=kind)


def lengths(x1, x2):
    """The distances of some points to all others."""
    if x1.shape[-1] > FEW:
        difference = x1[..., :, None, :] - x2[..., None, :, :]
        return np.sqrt(np.vecdot(difference, difference))
    squares = 0
    for coordinate in range(x1.shape[-1]):
        difference = x1[..., :, None, coordinate] - x2[..., None, :, coordinate]
        squares = squares + difference * difference
    return np.sqrt(squares)


class Cdist(LinalgVectorNorm):
    """The p-norms of the differences of all pairs. Where one is 0 the slope is 0."""


def cdist(x1, x2, p=2.0, compute_mode=None):
    """The p-norms of all differences of a row of x1 (…, n, m) and one of x2 (…, k, m): (…, n, k).

    Unlike PyTorch, which always has one node, the differences are nodes of their own unless `p` is
    2; and `compute_mode` makes no difference: distances are never taken from a matrix product,
    which is less exact.
    """
    run_checks.check_cdist(x1, x2, p)
    kind = x1._array.dtype
    if p == 2 and kind == x2._array.dtype and kind.itemsize > 2:
        return EuclideanCdist.apply(x1, x2)
    differences = x1.unsqueeze(-2) - x2.unsqueeze(-3)
    dims = (differences._array.ndim - 1,)
    p = p if differences._array.shape[-1] else 2  # without coordinates, all distances are 0
    return Cdist.apply(differences, p=p, dim=dims, keepdim=False)
