"""Floor 3. Losses with a margin: what should be far apart must be so by some distance."""

import numpy as np

from ..arrays import zeros
from ..carriers import carried, numbers
from ..function import Function
from . import loss_checks, margin_checks
from .choices import clamp_min, where
from .elementwise import Sigmoid
from .losses import Distance, for_each, reduce_loss, reduced
from .norms import pairwise_distance
from .placing import Take
from .softmax import wide
from .sums import total


class SoftMarginLoss(Distance):
    """log(1 + exp(-target * self)), for targets 1 and -1."""

    @staticmethod
    def forward(self, target, reduction):
        return reduced(np.logaddexp(0, -wide(target) * wide(self)), reduction, self.dtype)

    @staticmethod
    def backward(ctx, grad):
        self, target = ctx.saved
        return -target * Sigmoid.of(-(target * self)) * for_each(grad, ctx, self), None


class OfRows(Function):
    """A loss of rows of scores, a number for each row; its rule gives the slope for each score."""

    saved_names = ("self",)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def of_each_row(ctx, grad):
        """The gradient of a reduced loss, as each row gets it, in a column."""
        rows = len(numbers(ctx.saved[0]))
        if ctx.reduction == "none":
            return grad.reshape(rows, 1)
        return grad / rows if ctx.reduction == "mean" else grad


class MultiMarginLoss(OfRows):
    """How far the scores of other classes come closer than `margin` to that of the right one.

    The mean over the classes of (margin - right + other) ** p where that is positive.
    """

    @staticmethod
    def forward(self, target, p, margin, weight, reduction):
        rows = np.arange(len(self))
        short = np.maximum(margin - self[rows, target][:, None] + self, 0)
        short[rows, target] = 0
        losses = (short if p == 1 else short * short).sum(1) / self.shape[1]
        losses = losses if weight is None else losses * weight[target]
        return reduced(losses, reduction, self.dtype)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        number, classes = numbers(self).shape
        right = zeros((number, classes), numbers(self).dtype, numbers(self))
        right[np.arange(number), ctx.target] = 1
        score = Take.of(self, index=(np.arange(number), ctx.target)).reshape(number, 1)
        short = ctx.margin - score + self
        counts = (numbers(short) > 0) & (right == 0)
        factor = 1 / classes if ctx.weight is None else ctx.weight[ctx.target][:, None] / classes
        each = carried((counts * factor).astype(right.dtype), grad)
        each = each if ctx.p == 1 else each * short * 2
        slope = each - carried(right, grad) * total(each, (1,))
        return (slope * OfRows.of_each_row(ctx, grad),)


class MultilabelMarginLoss(OfRows):
    """How far the scores of wrong classes come closer than 1 to those of the right ones.

    The sum, over all pairs of a right and a wrong class, of 1 - right + wrong where that is
    positive, divided by the number of classes. `right` says how often each class is a right one.
    """

    @staticmethod
    def forward(self, right, reduction):
        short = np.maximum(1 - self[:, :, None] + self[:, None, :], 0)
        losses = (short * right[:, :, None] * (right == 0)[:, None, :]).sum((1, 2))
        return reduced(losses / self.shape[1], reduction, self.dtype)

    @staticmethod
    def backward(ctx, grad):
        array = numbers(ctx.saved[0])
        short = 1 - array[:, :, None] + array[:, None, :] > 0
        pairs = short * ctx.right[:, :, None] * (ctx.right == 0)[:, None, :]
        slope = (pairs.sum(1) - pairs.sum(2)) / array.shape[1]
        return (carried(slope.astype(array.dtype), grad) * OfRows.of_each_row(ctx, grad),)


def soft_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    """log(1 + exp(-target * input)) for targets 1 and -1: its mean, or the "sum", or "none".

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.SoftMarginLoss.html
    """
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    margin_checks.check_soft(input, target)
    return SoftMarginLoss.apply(input, target, reduction=reduction)


def multi_margin_loss(
    input,
    target,
    p=1,
    margin=1.0,
    weight=None,
    size_average=None,
    reduce=None,
    reduction="mean",
):
    """How far scores (N, C) of other classes come closer than `margin` to that of the right class.

    `p` is 1 or 2; `weight` weighs the right classes. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiMarginLoss.html
    """
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    rows, classes = margin_checks.check_classes(input, target, p, weight)
    options = {"p": p, "margin": margin, "weight": None if weight is None else weight.array}
    return MultiMarginLoss.apply(rows, target=classes, reduction=reduction, **options)


def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    """How far scores (N, C) of wrong classes come closer than 1 to those of the right ones.

    `target` (N, C) holds the numbers of the right classes, and -1 behind the last of them. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiLabelMarginLoss.html
    """
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    rows, right = margin_checks.check_labels(input, target)
    reduction = reduction if input._array.ndim == 2 or reduction != "none" else "sum"
    return MultilabelMarginLoss.apply(rows, right=right, reduction=reduction)


# --- made of other operations ---------------------------------------------------------------------
def hinge_embedding_loss(
    input, target, margin=1.0, size_average=None, reduce=None, reduction="mean"
):
    """The input where the target is 1, and max(0, margin - input) where it is -1: their mean.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.HingeEmbeddingLoss.html
    """
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    loss_checks.check_pair("hinge_embedding_loss", input, target)
    apart = where(target != 1, clamp_min(margin - input, 0), 0.0)
    return reduce_loss(apart + where(target != -1, input, 0.0), reduction)


def margin_ranking_loss(
    input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"
):
    """max(0, -target * (input1 - input2) + margin): the first should be larger for a target 1.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.MarginRankingLoss.html
    """
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    margin_checks.check_ranking(input1, input2, target)
    return reduce_loss(clamp_min(-target * (input1 - input2) + margin, 0), reduction)


def cosine_embedding_loss(
    input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"
):
    """1 - the cosine of the angle for a target 1, and max(0, cosine - margin) for -1.

    Of vectors (D) with a target (), or (N, D) with a target (N). Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.CosineEmbeddingLoss.html
    """
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    dim = margin_checks.check_cosine(input1, input2, target)
    lengths = ((each * each).sum(dim) + 1e-12 for each in (input1, input2))
    cosine = (input1 * input2).sum(dim) / (next(lengths) * next(lengths)).sqrt()
    near = where(target == 1, 1 - cosine, 0.0)
    return reduce_loss(near + where(target == -1, clamp_min(cosine - margin, 0), 0.0), reduction)


def triplet_margin_loss(
    anchor,
    positive,
    negative,
    margin=1.0,
    p=2,
    eps=1e-6,
    swap=False,
    size_average=None,
    reduce=None,
    reduction="mean",
):
    """max(0, distance to the positive - distance to the negative + margin), by p-norms.

    With `swap` the negative's distance is that to the anchor or to the positive, the smaller one.
    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.TripletMarginLoss.html
    """

    def distance(one, two):
        return pairwise_distance(one, two, p, eps)

    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    margin_checks.check_margin(margin)
    return _triplet(anchor, positive, negative, distance, margin, swap, reduction)


def triplet_margin_with_distance_loss(
    anchor,
    positive,
    negative,
    *,
    distance_function=None,
    margin=1.0,
    swap=False,
    reduction="mean",
):
    """As `triplet_margin_loss`, with any function of two tensors as the distance."""
    loss_checks.check_reduction(reduction)
    margin_checks.check_margin(margin)
    distance = pairwise_distance if distance_function is None else distance_function
    return _triplet(anchor, positive, negative, distance, margin, swap, reduction)


def _triplet(anchor, positive, negative, distance, margin, swap, reduction):
    margin_checks.check_triplet(anchor, positive, negative)
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = far.minimum(distance(positive, negative))
    return reduce_loss(clamp_min(margin + near - far, 0), reduction)
