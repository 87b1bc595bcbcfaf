"""Floor 3. Losses of probabilities: of yes or no, and of one distribution from another."""

import numpy as np

from ..carriers import carried, numbers
from . import loss_checks
from .activations import LogSigmoid
from .broadcasting import Binary
from .choices import ClampMin, masked
from .conversions import convert
from .elementwise import Log, Sigmoid, exp
from .losses import Distance, for_each, reduce_loss, reduced
from .softmax import wide


class BinaryCrossEntropy(Distance):
    """-log(self) where the target is 1, -log(1 - self) where it is 0; none is above 100."""

    @staticmethod
    def forward(self, target, weight, reduction):
        chance, wanted = wide(self), wide(target)
        losses = (wanted - 1) * np.maximum(np.log1p(-chance), -100)
        losses = losses - wanted * np.maximum(np.log(chance), -100)
        return reduced(losses if weight is None else losses * weight, reduction, self.dtype)

    @staticmethod
    def backward(ctx, grad):
        self, target = ctx.saved
        grad = times_weight(for_each(grad, ctx, self), ctx)
        least = ClampMin.of((1 - self) * self, min=1e-12, max=None)
        return (
            grad * ((self - target) / least),
            None if ctx.next[1] is None else grad * (Log.of(1 - self) - Log.of(self)),
        )


class BinaryCrossEntropyWithLogits(Distance):
    """The same for the scores behind the probabilities, sigmoid(self): exact for large ones, too.

    `pos_weight` multiplies the losses of those that should be 1.
    """

    @staticmethod
    def forward(self, target, weight, pos_weight, reduction):
        score, wanted = wide(self), wide(target)
        surprise = np.log1p(np.exp(-np.abs(score))) + np.maximum(-score, 0)
        if pos_weight is not None:
            surprise = surprise * (1 + (pos_weight - 1) * wanted)
        losses = (1 - wanted) * score + surprise
        return reduced(losses if weight is None else losses * weight, reduction, self.dtype)

    @staticmethod
    def backward(ctx, grad):
        self, target = ctx.saved
        grad = times_weight(for_each(grad, ctx, self), ctx)
        if ctx.pos_weight is None:
            slope, other = Sigmoid.of(self) - target, -self
        else:
            weight = carried(ctx.pos_weight, grad)
            positive = target * weight
            slope = (positive + 1 - target) * Sigmoid.of(self) - positive
            other = (1 - weight) * LogSigmoid.of(self) - self
        return grad * slope, None if ctx.next[1] is None else grad * other


def times_weight(grad, ctx):
    return grad if ctx.weight is None else grad * carried(ctx.weight, grad)


class Xlogy(Binary):
    """self * log(other), and 0 where self is 0."""

    @staticmethod
    def forward(self, other):
        nothing = (self == 0) & ~np.isnan(other)
        return np.where(nothing, self.dtype.type(0), self * np.log(other))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    saved_names = "self", "other"

    @staticmethod
    def backward(ctx, grad):
        self, other = ctx.saved
        nothing = (numbers(self) == 0) & (numbers(other) <= 0)
        return masked(grad * Log.of(other), ~nothing), grad * self / other


def binary_cross_entropy(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean"
):
    """How surprising yes or no (1 or 0, or between) is to probabilities `input`, elementwise.

    The logarithms are cut at -100, so that a wrong 0 or 1 costs 100 and not inf. `weight`
    broadcasts. ValueError for another shape of the target, RuntimeError for another dtype and for
    what is not between 0 and 1.
    """
    loss_checks.check_pair("binary_cross_entropy", input, target)
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    loss_checks.check_same_size(input, target, logits=False)
    loss_checks.check_constant("binary_cross_entropy", "weight", weight)
    weight = loss_checks.expanded_weight(weight, input)
    loss_checks.check_unit_interval(input, target)
    return BinaryCrossEntropy.apply(input, target, weight=weight, reduction=reduction)


def binary_cross_entropy_with_logits(
    input,
    target,
    weight=None,
    size_average=None,
    reduce=None,
    reduction="mean",
    pos_weight=None,
):
    """`binary_cross_entropy` of sigmoid(input), exact also for large scores.

    `weight` and `pos_weight`, which multiplies the losses of those that should be 1, broadcast.
    ValueError for another shape of the target, RuntimeError for a target of integers.
    """
    function = "binary_cross_entropy_with_logits"
    loss_checks.check_pair(function, input, target)
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    loss_checks.check_same_size(input, target, logits=True)
    loss_checks.check_logits(input, target)
    weights = []
    for argument, each in (("weight", weight), ("pos_weight", pos_weight)):
        loss_checks.check_constant(function, argument, each)
        weights.append(loss_checks.expanded_weight(each, target))
    return BinaryCrossEntropyWithLogits.apply(
        convert(input, target._array.dtype),
        target,
        weight=weights[0],
        pos_weight=weights[1],
        reduction=reduction,
    )


def kl_div(input, target, size_average=None, reduce=None, reduction="mean", log_target=False):
    """How far a distribution `target` is from that whose logarithms are `input`.

    target * (log(target) - input), of which "batchmean" gives the sum over the number of examples,
    as the mathematical definition has it; "mean" is the mean over all elements. With `log_target`
    the target holds logarithms, too.
    """
    loss_checks.check_pair("kl_div", input, target)
    if size_average is None and reduce is None and reduction == "batchmean":
        reduction, batches = "sum", max(input._array.shape[0], 1)
    else:
        reduction, batches = loss_checks.check_reduction(reduction, size_average, reduce), None
        loss_checks.warn_of_mean(reduction)
    if log_target:
        losses = exp(target) * (target - input)
    else:
        losses = Xlogy.apply(target, target) - target * input
    loss = reduce_loss(losses, reduction)
    return loss if batches is None else loss / batches
