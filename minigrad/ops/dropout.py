"""Floor 3. Dropout: some numbers become 0 by chance, and the others grow to make up for it.

The random numbers are minigrad's own (`torch.manual_seed`), and so not those that PyTorch draws.
"""

import math
import warnings

import numpy as np

from .. import arrays
from ..creation import wrap
from ..generator import stream
from . import checks
from .arithmetic import mul
from .shapes import squeeze, unsqueeze

ALPHA = 1.7580993408473766  # the negative end of SELU, scale * alpha (arXiv:1706.02515)


def check_probability(p):
    """ValueError for a probability that is none."""
    if p < 0 or p > 1:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    return p


def check_dropout(input, p, training):
    """The number of dimensions; PyTorch's errors for a dropout of what is no tensor of floats."""
    check_probability(p)
    checks.check_tensor(input, "dropout")
    if training and input._array.dtype.kind != "f" and 0 < p < 1:
        raise RuntimeError(
            "result type Float can't be cast to the desired output type "
            f"{input.dtype.tensor_type}. Convert first: x.float()."
        )
    return input._array.ndim


def shape_of_noise(input, channels):
    """A number for every element, or one for all that belong to one place in `channels` dims."""
    shape = input._array.shape
    return shape if channels is None else (*shape[:channels], *(1,) * (len(shape) - channels))


def coins(shape, probability, like):
    """Ones with this probability (in steps of 2 ** -32), else zeros, of the kind of an array."""
    draws = stream(None, "dropout").randint(0, 2**32, shape, np.uint32)
    return arrays.beside((draws < int(probability * 2**32)).astype(like.dtype), like)


def noise(shape, p, like):
    """What dropout multiplies with: 0 with probability p, else 1 / (1 - p)."""
    if p == 1:
        return arrays.zeros(shape, like.dtype, like)
    kept = coins(shape, 1 - p, like)
    kept *= 1 / (1 - p)
    return kept


def drop(input, p, training, inplace, channels=None):
    """Dropout of single numbers, or of all that belong to one place in `channels` dimensions."""
    check_dropout(input, p, training)
    if not training or p == 0 or not input._array.size:
        return input
    factors = wrap(noise(shape_of_noise(input, channels), p, input._array))
    return input.mul_(factors) if inplace else mul(input, factors)


def dropout(input, p=0.5, training=True, inplace=False):
    """While `training`: each number is 0 with probability `p`, and otherwise divided by 1 - p.

    So the expected value stays, and without `training` the input itself is the result. Any shape,
    any float dtype. ValueError unless 0 <= p <= 1.
    """
    return drop(input, p, training, inplace)


def dropout1d(input, p=0.5, training=True, inplace=False):
    """Dropout of whole channels: (N, C, L) or (C, L). RuntimeError for other shapes."""
    dims = check_dropout(input, p, training)
    if dims not in (2, 3):
        raise RuntimeError(
            f"dropout1d: Expected 2D or 3D input, but received a {dims}D input. Note that "
            "dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, "
            "a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs)."
        )
    return drop(input, p, training, inplace, channels=dims - 1)


def dropout2d(input, p=0.5, training=True, inplace=False):
    """Dropout of whole channels: (N, C, H, W); (N, C, L) with a warning.

    RuntimeError for one dimension or none.
    """
    dims = check_dropout(input, p, training)
    if dims != 4:
        warn_of_dims("dropout2d", dims, "(N, C, H, W)")
    if dims < 2 and training:
        raise RuntimeError("Feature dropout requires at least 2 dimensions in the input")
    return drop(input, p, training, inplace, channels=2)


def dropout3d(input, p=0.5, training=True, inplace=False):
    """Dropout of whole channels: (N, C, D, H, W) or (C, D, H, W); others with a warning."""
    dims = check_dropout(input, p, training)
    if dims not in (4, 5):
        warn_of_dims("dropout3d", dims, "(N, C, D, H, W) or (C, D, H, W)")
    if dims != 5:  # PyTorch, too, makes a batch of one
        dropped = drop(unsqueeze(input, 0), p, training, inplace, channels=2)
        return input if inplace else squeeze(dropped, 0)
    return drop(input, p, training, inplace, channels=2)


def warn_of_dims(function, dims, expected):
    warnings.warn(
        f"{function}: Received a {dims}D input to {function}, where channels cannot be told from "
        f"the rest for certain. Expected is {expected}.",
        UserWarning,
        stacklevel=3,
    )


def drop_alpha(input, p, training, inplace, channels=None):
    """Dropout for SELU: what is dropped gets SELU's lowest value; mean and variance stay."""
    check_dropout(input, p, training)
    if not training or p == 0 or not input._array.size:
        return input
    if p == 1:
        return drop(input, p, training, inplace)
    scale = 1 / math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p))
    kept = coins(shape_of_noise(input, channels), 1 - p, input._array)
    factors, shift = wrap(kept * scale), wrap((kept - 1) * (ALPHA * scale) + ALPHA * scale * p)
    return input.mul_(factors).add_(shift) if inplace else mul(input, factors) + shift


def alpha_dropout(input, p=0.5, training=False, inplace=False):
    """Dropout that keeps mean 0 and variance 1, to go with SELU (arXiv:1706.02515)."""
    return drop_alpha(input, p, training, inplace)


def feature_alpha_dropout(input, p=0.5, training=False, inplace=False):
    """Alpha dropout of whole channels: (N, C, …)."""
    return drop_alpha(input, p, training, inplace, channels=2)
