"""Floor 3. Losses of a classifier with all their options: `nll_loss` and `cross_entropy`."""

import math

import numpy as np

from ..arrays import ones
from ..carriers import carried, numbers
from ..creation import wrap
from . import loss_checks
from .cross_entropy import mean_cross_entropy
from .elementwise import OfInput
from .extremes import PutAlong
from .losses import reduce_loss, reduced
from .softmax import log_softmax, wide


class NllLoss(OfInput):
    """-self at the right class, of log-probabilities (N, C, …), times the share of each place."""

    @staticmethod
    def forward(self, target, share, ignored, reduction):
        losses = np.take_along_axis(self, target[:, None], 1)[:, 0] * -share
        if ignored is not None:
            losses[ignored] = 0  # also where they are infinite
        if reduction == "mean":
            total = np.add.reduce(wide(losses), axis=None) / np.add.reduce(wide(share), axis=None)
            return total.astype(self.dtype)
        return reduced(losses, reduction, self.dtype)

    @staticmethod
    def backward(ctx, grad):
        share = -ctx.share / ctx.share.sum() if ctx.reduction == "mean" else -ctx.share
        if ctx.ignored is not None:
            share[ctx.ignored] = 0  # also where all are ignored
        places = (grad * carried(share, grad)).reshape(ctx.target[:, None].shape)
        shape = numbers(ctx.saved[0]).shape
        return (PutAlong.of(places, indices=ctx.target[:, None], dim=1, shape=shape),)


class NllLoss2D(NllLoss):
    """As NllLoss, for images: (N, C, H, W)."""


def nll_loss(
    input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"
):
    """The mean of -input at the right class, for log-probabilities `input`.

    (N, C) with classes (N), (C) with a single one (), or (N, C, …) with (N, …); "none" gives the
    shape of the target. `weight` (C) weighs the classes, and the mean; places with `ignore_index`
    do not count. IndexError for a class that is not there, ValueError for another number of
    examples, RuntimeError for a target that is not int64 or uint8.
    """
    loss_checks.check_pair("nll_loss_nd", input, target)
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    loss_checks.check_batches(input, target)
    if input._array.ndim == 1:
        input, target = input.reshape(1, -1), target.reshape(1)
        reduction = "sum" if reduction == "none" else reduction  # of one
    shape = target._array.shape
    loss_checks.check_places(input._array, target._array)
    if input._array.ndim not in (2, 4):
        batch, classes = input._array.shape[:2]
        input = input.reshape(batch, classes, 1, math.prod(shape[1:]))
        target = target.reshape(batch, 1, math.prod(shape[1:]))
    loss = _nll(input, target, weight, ignore_index, reduction)
    return loss.reshape(shape) if reduction == "none" and loss._array.shape != shape else loss


def _nll(input, target, weight, ignore_index, reduction):
    """`nll_loss` for (N, C) and (N, C, H, W)."""
    loss_checks.check_constant("nll_loss_forward", "weight", weight)
    if weight is not None:
        loss_checks.check_class_weight(weight, input)
    classes, ignored = loss_checks.check_classes(input, target, ignore_index)
    whole = weight is None
    share = ones(classes.shape, input._array.dtype, classes) if whole else weight._array[classes]
    if ignored is not None:
        share[ignored] = 0
    function = NllLoss if input._array.ndim == 2 else NllLoss2D
    return function.apply(input, target=classes, share=share, ignored=ignored, reduction=reduction)


def cross_entropy(
    input,
    target,
    weight=None,
    size_average=None,
    ignore_index=-100,
    reduce=None,
    reduction="mean",
    label_smoothing=0.0,
):
    """How surprising the truth is to scores `input`: `nll_loss` of `log_softmax`.

    (N, C) with classes (N), (C) with a single one (), or (N, C, …) with (N, …). A target of the
    shape of `input` holds a probability for each class instead. `label_smoothing` mixes the
    truth with that much of all classes alike. Errors as for `nll_loss`; RuntimeError for a
    smoothing above 1.

    Unlike PyTorch, which makes two nodes, the plain case (classes, the mean, no weights) is one
    node; it has the name of the last.
    """
    if weight is None and reduction == "mean" and not label_smoothing and size_average is None:
        if reduce is None and is_plain(input, target, ignore_index):
            return mean_cross_entropy(input, target)
    loss_checks.check_pair("cross_entropy_loss", input, target)
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    dim = 0 if input._array.ndim == 1 else 1
    if input._array.shape == target._array.shape:
        loss_checks.check_probabilities(input, target, ignore_index, label_smoothing)
        return of_probabilities(input, target, dim, weight, reduction, label_smoothing)
    loss_checks.check_smoothing(label_smoothing)
    logs = log_softmax(input, dim)
    loss = nll_loss(logs, target, weight, ignore_index=ignore_index, reduction=reduction)
    if label_smoothing <= 0:
        return loss
    smooth = over_all_classes(logs, target, dim, weight, ignore_index, reduction)
    number = input._array.shape[dim]
    return loss * (1 - label_smoothing) + smooth * (label_smoothing / number)


def is_plain(input, target, ignore_index):
    """Whether these are scores (N, C) and classes (N), all there and none of them ignored."""
    try:
        scores, classes = input._array, target._array
        if scores.ndim != 2 or classes.ndim != 1 or classes.dtype != np.int64 or ignore_index >= 0:
            return False
        number, count = scores.shape
        if scores.dtype.kind != "f" or len(classes) != number or not number:
            return False
        return np.minimum.reduce(classes) >= 0 and np.maximum.reduce(classes) < count
    except AttributeError:
        return False


def of_probabilities(input, target, dim, weight, reduction, label_smoothing):
    """`cross_entropy` for a target that has a probability for each class."""
    number = input._array.shape[dim]
    if label_smoothing > 0:
        target = target * (1 - label_smoothing) + label_smoothing / number
    terms = log_softmax(input, dim) * target
    if weight is not None:
        terms = terms * for_classes(weight, input, dim)
    if reduction == "none":
        return -terms.sum(dim)
    loss = -terms.sum()
    if reduction == "mean":
        loss = loss / (input._array.size / number)
        if loss._node is not None:
            loss._node.overload = 1  # PyTorch divides by a number, which it counts as another div
    return loss


def for_classes(weight, input, dim):
    """The weights of the classes, in a shape that broadcasts with the scores."""
    loss_checks.check_class_weight(weight, input, "cross_entropy: ")
    return weight.reshape(-1, *[1] * (input._array.ndim - 1 - dim))


def over_all_classes(logs, target, dim, weight, ignore_index, reduction):
    """The cross entropy with all classes alike, each counting 1: the smooth part of a loss."""
    terms = logs if weight is None else logs * for_classes(weight, logs, dim)
    ignored = target._array.reshape(terms.sum(dim)._array.shape) == ignore_index
    smooth = (-terms.sum(dim)).masked_fill(wrap(ignored), 0)
    if reduction != "mean":
        return reduce_loss(smooth, reduction)
    if weight is None:
        return smooth.sum() / int((~ignored).sum())
    share = weight._array[np.where(ignored, 0, target._array.reshape(ignored.shape))]
    return smooth.sum() / float(share[~ignored].sum())
