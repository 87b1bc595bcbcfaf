"""Floor 3. Images and sequences in another size: interpolate.

Whatever is interpolated linearly is multiplied with a matrix along each length: a row holds, for
one place of the result, the weights of the input's elements.
"""

import numpy as np

from ..arrays import beside, copied
from ..function import Function
from . import resizing_checks
from .averaging import adaptive_avg_pool1d, adaptive_avg_pool2d
from .padding import Gather

LINEAR = {"linear": "Linear1D", "bilinear": "Bilinear2D", "trilinear": "Trilinear3D"}


def mixed(array, matrix, axis):
    """An array multiplied with a matrix along an axis.

    Most of a large matrix is 0: then it is the sum of a few elements for each place, weighted.
    """
    matrix = matrix.astype(array.dtype)
    most = int(np.count_nonzero(matrix, 1).max(initial=0))
    if not isinstance(array, np.ndarray) or 8 * most > matrix.shape[1]:
        matrix = beside(matrix, array)
        return np.moveaxis(np.tensordot(array, matrix, (axis, 1)), -1, axis)
    total = 0
    for places in np.argsort(matrix == 0, 1, kind="stable")[:, :most].T:
        weights = matrix[np.arange(len(matrix)), places]
        weights = weights.reshape(-1, *(1,) * (array.ndim - 1 - axis))
        total = total + array.take(places, axis) * weights
    return total


class Upsample(Function):
    """Every length multiplied with a matrix of weights."""

    @staticmethod
    def forward(self, matrices, called):
        result = self.astype(np.float32) if self.dtype.itemsize == 2 else self
        for axis, matrix in enumerate(matrices, self.ndim - len(matrices)):
            result = mixed(result, matrix, axis)
        return copied(result.astype(self.dtype, copy=False), "C")

    @staticmethod
    def backward(ctx, grad):
        back = [matrix.T for matrix in ctx.matrices]
        return (Upsample.of(grad, matrices=back, called=f"{ctx.called[:-1]}Backward0"),)

    def name(self):
        return self.called


def step(length, size, scale):
    """How far the places of the result lie apart in the input."""
    return np.float32(length / size if scale is None else 1 / scale)


def nearest(length, size, scale, exact):
    """The element of the input that stands at each place of the result."""
    places = np.arange(size, dtype=np.float32) + np.float32(0.5 if exact else 0)
    found = np.floor(places * step(length, size, scale)).astype(np.int64)
    return np.minimum(found, length - 1)


def weights(mode, length, size, scale, align_corners):
    """The matrix (size, length) of one length."""
    if align_corners:
        places = np.arange(size) * ((length - 1) / (size - 1) if size > 1 else 0)
    else:
        between = length / size if scale is None else 1 / scale
        places = (np.arange(size) + 0.5) * between - 0.5
    if mode != "bicubic":
        places = np.maximum(places, 0)
    first = np.floor(places).astype(np.int64)
    matrix, rest = np.zeros((size, length)), places - first
    taps = cubic(rest) if mode == "bicubic" else {0: 1 - rest, 1: rest}
    for offset, weight in taps.items():
        np.add.at(matrix, (np.arange(size), np.clip(first + offset, 0, length - 1)), weight)
    return matrix


def cubic(rest):
    """The weights of four neighbours, by how far a place lies behind the second of them.

    Source: Keys, "Cubic convolution interpolation for digital image processing", 1981, with
    a = -0.75.
    """

    def near(x):
        return ((1.25 * x - 2.25) * x) * x + 1

    def far(x):
        return ((-0.75 * x + 3.75) * x - 6) * x + 3

    return {-1: far(rest + 1), 0: near(rest), 1: near(1 - rest), 2: far(2 - rest)}


def interpolate(
    input,
    size=None,
    scale_factor=None,
    mode="nearest",
    align_corners=None,
    recompute_scale_factor=None,
    antialias=False,
):
    """Sequences (N, C, L), images (N, C, H, W) or volumes in another size.

    `size` or `scale_factor` is a number, or one for each length. `mode`: "nearest" or
    "nearest-exact" copies elements, "linear" (of sequences), "bilinear", "bicubic" (of images) and
    "trilinear" (of volumes) mix neighbours, "area" takes means. With `align_corners` the first and
    the last elements stay where they are. ValueError for neither or both of size and scale,
    NotImplementedError for a mode that does not fit, and for `antialias`. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html
    """
    lengths = resizing_checks.check(input, size, scale_factor, mode, align_corners, antialias)
    sizes, scales = resizing_checks.sizes(lengths, size, scale_factor)
    resizing_checks.check_sizes(input, lengths, sizes, mode)
    if recompute_scale_factor:
        scales = [None] * len(lengths)
    if mode == "area":
        return (adaptive_avg_pool1d if len(lengths) == 1 else adaptive_avg_pool2d)(input, sizes)
    how = list(zip(lengths, sizes, scales, strict=True))
    if mode.startswith("nearest"):
        exact = mode == "nearest-exact"
        taken = [nearest(*each, exact) for each in how]
        return Gather.apply(
            input, sources=taken, title=f"UpsampleNearest{'Exact' * exact}{len(how)}D"
        )
    matrices = [weights(mode, *each, align_corners) for each in how]
    called = f"Upsample{LINEAR.get(mode, 'Bicubic2D')}Backward0"
    return Upsample.apply(input, matrices=matrices, called=called)


def upsample(input, size=None, scale_factor=None, mode="nearest", align_corners=None):
    """`interpolate` under its name of old."""
    return interpolate(input, size, scale_factor, mode, align_corners)
