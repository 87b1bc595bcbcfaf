"""Floor 3. The distances of all pairs of points."""

import numpy as np

from .. import arrays
from ..carriers import carried, numbers
from ..function import Function
from ..tensor import Tensor
from . import run_checks
from .blocks import LENGTH
from .broadcasting import Binary, signature
from .choices import masked
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
        for part in a_few(result.shape, min(x1.shape[-1], FEW)):
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
        if isinstance(share, Tensor):
            pulls = share.unsqueeze(-1) * (x1.unsqueeze(-2) - x2.unsqueeze(-3))
            return pulls.sum(-2), -pulls.sum(-3)
        return pulls_on_both(share, x1, x2)

    def name(self):
        return "CdistBackward0"


def a_few(shape, width):
    """Slices of the first points, so that what is computed for one slice stays in the cache."""
    size = int(np.prod(shape)) // max(shape[-2], 1) * width
    return arrays.pieces(shape[-2], max(1, LENGTH // max(size, 1)))


def pulls_on_both(share, x1, x2):
    """For each point the sum of its differences from the others, each times its share.

    (Products of matrices would be faster, and wrong for points that lie close together and far from
    0: there a difference of large sums is left.)
    """
    batch = share.shape[:-2]
    to_first = arrays.zeros((*batch, *x1.shape[-2:]), x1.dtype, x1)
    to_second = arrays.zeros((*batch, *x2.shape[-2:]), x2.dtype, x2)
    for part in a_few(share.shape, x1.shape[-1]):
        pulls = x1[..., part, None, :] - x2[..., None, :, :]
        pulls = pulls * share[..., part, :, None]
        to_first[..., part, :] = pulls.sum(-2)
        to_second -= pulls.sum(-3)
    return to_first, to_second


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
