"""Floor 3. Losses of a distance: how far are the results from what they should be?"""

import numpy as np

from ..carriers import numbers
from ..dtypes import promote
from ..function import Function
from . import checks, loss_checks
from .choices import Clamp
from .conversions import convert
from .softmax import wide


def reduced(losses, reduction, dtype):
    """An array of losses as it is ("none"), or their "sum" or "mean", in a NumPy dtype."""
    if reduction != "none":
        number = losses.size
        losses = np.add.reduce(wide(losses), axis=None)
        losses = losses / number if reduction == "mean" else losses
    return losses if losses.dtype is dtype else losses.astype(dtype)


def for_each(grad, ctx, self):
    """The gradient of a reduced loss, as each of its summands gets it."""
    return grad / numbers(self).size if ctx.reduction == "mean" else grad


class Distance(Function):
    """A loss of the differences of two tensors of one shape and dtype."""

    saved_names = "self", "target"

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)


class MseLoss(Distance):
    """The squared differences."""

    @staticmethod
    def forward(self, target, reduction):
        difference = wide(self) - wide(target)
        return reduced(difference * difference, reduction, self.dtype)

    @staticmethod
    def backward(ctx, grad):
        self, target = ctx.saved
        slope = (self - target) * (for_each(grad, ctx, self) * 2)
        return slope, None if ctx.next[1] is None else -slope


class SmoothL1Loss(Distance):
    """Squares (halved, over beta) of differences below beta; beyond, straight lines of slope 1."""

    @staticmethod
    def forward(self, target, reduction, beta):
        return reduced(bend(self, target, beta) / beta, reduction, self.dtype)

    @staticmethod
    def backward(ctx, grad):
        self, target = ctx.saved
        slope = Clamp.of(self - target, min=-ctx.beta, max=ctx.beta) / ctx.beta
        slope = slope * for_each(grad, ctx, self)
        return slope, None if ctx.next[1] is None else -slope


class HuberLoss(Distance):
    """Halved squares of differences below delta; beyond, straight lines of slope delta."""

    @staticmethod
    def forward(self, target, reduction, delta):
        return reduced(bend(self, target, delta), reduction, self.dtype)

    @staticmethod
    def backward(ctx, grad):
        self, target = ctx.saved
        slope = Clamp.of(self - target, min=-ctx.delta, max=ctx.delta) * for_each(grad, ctx, self)
        return slope, None if ctx.next[1] is None else -slope


def bend(self, target, width):
    """d² / 2 for differences d up to a width, and from there on a straight line."""
    size = np.abs(wide(self) - wide(target))
    near = np.minimum(size, width)
    return near * (size - near * 0.5)


def matched(input, target, kernel):
    """Two tensors broadcast to one shape (with a warning) and promoted to one dtype."""
    one, two = input._array, target._array
    if one.dtype is two.dtype and one.dtype.kind == "f" and one.shape == two.shape:
        return input, target
    shape = loss_checks.broadcast_shape(input, target)
    dtype = promote(input._array, target._array)
    if dtype.kind != "f":
        raise checks.not_implemented_for(kernel, input, "Convert first: x.float().")
    fitted = []
    for each in (input, target):
        each = each if each._array.shape == shape else each.expand(shape)
        fitted.append(convert(each, dtype))
    return fitted


def reduce_loss(losses, reduction):
    """A tensor of losses as it is, or its sum or mean."""
    if reduction == "none":
        return losses
    return losses.mean() if reduction == "mean" else losses.sum()


def weighted(losses, weight, reduction):
    """Losses times weights of the same shape; the mean is that of the weights."""
    losses = losses * weight
    if reduction == "mean":
        return losses.sum() / weight.sum()
    return reduce_loss(losses, reduction)


def mse_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    """The mean squared difference of `input` and `target`; or the "sum"; or "none": each.

    Shapes that differ are broadcast, with a warning. `weight` has the shape of `input`; the mean is
    then the weighted one. ValueError for another reduction, NotImplementedError for integers.
    """
    loss_checks.check_pair("mse_loss", input, target)
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    input, target = matched(input, target, "mse_cpu")
    if weight is not None:
        loss_checks.check_weight_fits(input, weight)
        return weighted((input - target) ** 2, weight, reduction)
    return MseLoss.apply(input, target, reduction=reduction)


def l1_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    """The mean absolute difference of `input` and `target`. Options as for `mse_loss`."""
    loss_checks.check_pair("l1_loss", input, target)
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    shape = loss_checks.broadcast_shape(input, target)
    if weight is not None:
        loss_checks.check_weight_fits(input, weight)
        return weighted((input - target).abs(), weight, reduction)
    losses = (input - target).abs()
    return reduce_loss(losses, reduction) if losses._array.shape == shape else losses


def smooth_l1_loss(input, target, size_average=None, reduce=None, reduction="mean", beta=1.0):
    """d² / (2 `beta`) for differences d below `beta`, and |d| - `beta` / 2 beyond: their mean.

    With `beta` = 0 it is `l1_loss`. RuntimeError for a negative `beta`; else as for `mse_loss`.
    Source: Girshick, Fast R-CNN, https://arxiv.org/abs/1504.08083
    """
    loss_checks.check_pair("smooth_l1_loss", input, target)
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    input, target = matched(input, target, "smooth_l1_cpu")
    loss_checks.check_not_negative("smooth_l1_loss", "beta", beta)
    if beta == 0:
        return reduce_loss((input - target).abs(), reduction)
    return SmoothL1Loss.apply(input, target, reduction=reduction, beta=beta)


def huber_loss(input, target, reduction="mean", delta=1.0, weight=None):
    """d² / 2 for differences d below `delta`, and `delta` * (|d| - `delta` / 2) beyond: their mean.

    RuntimeError unless `delta` is positive. `weight` multiplies each loss before the plain mean.
    """
    loss_checks.check_pair("huber_loss", input, target)
    reduction, dtype = loss_checks.check_reduction(reduction), input._array.dtype
    input, target = matched(input, target, "huber_cpu")
    loss_checks.check_not_negative("huber_loss", "delta", delta, zero=False)
    if weight is None:
        return convert(HuberLoss.apply(input, target, reduction=reduction, delta=delta), dtype)
    loss_checks.check_weight_fits(input, weight)
    losses = HuberLoss.apply(input, target, reduction="none", delta=delta)
    return reduce_loss(losses * weight, reduction)
