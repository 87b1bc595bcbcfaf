"""Floor 3. More normalisation: of single images, by the root mean square, of neighbouring channels.

Sources: Ulyanov, Vedaldi, Lempitsky, "Instance normalization", 2016,
https://arxiv.org/abs/1607.08022; Zhang, Sennrich, "Root mean square layer normalization", 2019,
https://arxiv.org/abs/1910.07467; Krizhevsky, Sutskever, Hinton, "ImageNet classification with deep
convolutional neural networks", 2012.
"""

from math import prod

import numpy as np

from . import checks, normalization_checks
from .conversions import convert
from .cutting import unfold
from .normalization import Layout, Normalization, Statistics, _normalize
from .padding import pad


class InstanceNorm(Normalization):
    """Each channel of each element of a batch; in PyTorch a batch norm in another shape."""

    def name(self):
        return "ViewBackward0"


def instance_norm(
    input,
    running_mean=None,
    running_var=None,
    weight=None,
    bias=None,
    use_input_stats=True,
    momentum=0.1,
    eps=1e-05,
):
    """Every channel of every element of (batch, channels, *lengths) shifted and scaled to mean 0
    and variance 1, then times `weight` plus `bias` (both: channels).

    By its own mean and variance, and the running statistics (tensors, or None) go towards their
    means over the batch by `momentum`, in place; unless `use_input_stats`, by the running ones.

    ValueError for one number per channel, RuntimeError for what does not fit. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.instance_norm.html
    """
    given = {
        "running_mean": running_mean,
        "running_var": running_var,
        "weight": weight,
        "bias": bias,
    }
    normalization_checks.check_instance(input, use_input_stats, **given)
    batch, channels, *lengths = input._array.shape
    layout = Layout((batch, channels, prod(lengths)), (2,), (1, channels, 1), (0, 2))
    statistics, fixed = Statistics(), not use_input_stats
    if fixed:
        statistics.mean = running_mean.array.reshape(layout.affine).copy()
        statistics.inverse = (running_var.array.reshape(layout.affine) + eps) ** -0.5
    result = _normalize(InstanceNorm, input, weight, bias, layout, eps, statistics, fixed)
    if not fixed and input._array.size:
        number = layout.shape[2]
        news = statistics.mean, statistics.variance * (number / (number - 1))
        for running, new in zip((running_mean, running_var), news):
            if running is not None:
                mean = np.mean(new, 0).reshape(-1)
                running.array[...] = (1 - momentum) * running.array + momentum * mean
    return result


def rms_norm(input, normalized_shape, weight=None, eps=None):
    """The last dimensions, whose lengths are `normalized_shape`, divided by the root of the mean of
    their squares, times `weight` (of that shape).

    `eps` is added under the root; None: the spacing of the dtype at 1. RuntimeError for what does
    not fit. Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.RMSNorm.html
    """
    shape = normalization_checks.check_rms(input, normalized_shape, weight)
    dims = tuple(range(-len(shape), 0))
    dtype = input._array.dtype
    if dtype.itemsize == 2:  # float16 is computed in float32
        wide = np.dtype(np.float32)
        weight = None if weight is None else convert(weight, wide)
        return convert(rms_norm(convert(input, wide), normalized_shape, weight, eps), dtype)
    eps = float(np.finfo(dtype).eps) if eps is None else eps
    result = input * ((input**2).mean(dims, keepdim=True) + eps) ** -0.5
    return result if weight is None else result * weight


def local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0):
    """Each number of (batch, channels, *lengths), divided by (k + alpha · mean of squares) ** beta,
    over `size` neighbouring channels.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.LocalResponseNorm.html
    """
    checks.check_tensor(input, "local_response_norm")
    normalization_checks.check_local(input, size)
    if not input._array.size:
        return input
    around = [0, 0] * (input._array.ndim - 2) + [size // 2, (size - 1) // 2]
    sums = unfold(pad(input * input, around), 1, size, 1).sum(-1)
    means = sums / size if input._array.dtype.kind == "f" else sums // size
    return input / (means * alpha + k) ** beta
