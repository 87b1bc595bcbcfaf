"""Floor 7. Losses with a margin, and of likelihoods, as modules."""

from ..ops.margin_checks import check_margin
from . import functional
from .distances import PairwiseDistance
from .losses import Loss, WeightedLoss


class MarginLoss(Loss):
    """What losses with a single option share: it is `margin`."""

    def __init__(self, margin=0.0, size_average=None, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        self.margin = margin


class MarginRankingLoss(MarginLoss):
    """max(0, -target * (input1 - input2) + margin): the first should be larger for a target 1."""

    def forward(self, input1, input2, target):
        """Three tensors of one shape give a number, or with "none" that shape."""
        given = input1, input2, target
        return functional.margin_ranking_loss(*given, self.margin, reduction=self.reduction)


class CosineEmbeddingLoss(MarginLoss):
    """1 - the cosine of the angle for a target 1, and max(0, cosine - margin) for -1."""

    def forward(self, input1, input2, target):
        """Vectors (N, D) twice, and (N), give a number, or with "none" (N)."""
        given = input1, input2, target
        return functional.cosine_embedding_loss(*given, self.margin, reduction=self.reduction)


class HingeEmbeddingLoss(MarginLoss):
    """The input where the target is 1, and max(0, margin - input) where it is -1."""

    def __init__(self, margin=1.0, size_average=None, reduce=None, reduction="mean"):
        super().__init__(margin, size_average, reduce, reduction)

    def forward(self, input, target):
        """Two tensors of one shape give a number, or with "none" that shape."""
        return functional.hinge_embedding_loss(input, target, self.margin, reduction=self.reduction)


class SoftMarginLoss(Loss):
    """log(1 + exp(-target * input)), for targets 1 and -1."""

    def forward(self, input, target):
        """Two tensors of one shape give a number, or with "none" that shape."""
        return functional.soft_margin_loss(input, target, reduction=self.reduction)


class MultiMarginLoss(WeightedLoss):
    """How far scores of other classes come closer than `margin` to that of the right class."""

    def __init__(
        self, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction="mean"
    ):
        super().__init__(weight, size_average, reduce, reduction)
        self.p, self.margin = p, margin

    def forward(self, input, target):
        """(N, C) and classes (N) give a number, or with "none" (N)."""
        options = self.p, self.margin, self.weight
        return functional.multi_margin_loss(input, target, *options, reduction=self.reduction)


class MultiLabelMarginLoss(Loss):
    """How far scores of wrong classes come closer than 1 to those of the right ones."""

    def forward(self, input, target):
        """(N, C) and classes (N, C), with -1 behind the last, give a number, or "none": (N)."""
        return functional.multilabel_margin_loss(input, target, reduction=self.reduction)


class MultiLabelSoftMarginLoss(WeightedLoss):
    """How surprising yes or no (1 or 0) is for each class, by scores: the mean over the classes."""

    def forward(self, input, target):
        """(N, C) twice gives a number, or with "none" (N)."""
        options = {"weight": self.weight, "reduction": self.reduction}
        return functional.multilabel_soft_margin_loss(input, target, **options)


class TripletMarginLoss(Loss):
    """max(0, distance to the positive - distance to the negative + margin), by p-norms."""

    def __init__(
        self,
        margin=1.0,
        p=2.0,
        eps=1e-6,
        swap=False,
        size_average=None,
        reduce=None,
        reduction="mean",
    ):
        super().__init__(size_average, reduce, reduction)
        check_margin(margin, "TripletMarginLoss")
        self.margin, self.p, self.eps, self.swap = margin, p, eps, swap

    def forward(self, anchor, positive, negative):
        """(N, D) three times gives a number, or with "none" (N)."""
        options = self.margin, self.p, self.eps, self.swap
        given = anchor, positive, negative
        return functional.triplet_margin_loss(*given, *options, reduction=self.reduction)


class TripletMarginWithDistanceLoss(Loss):
    """As TripletMarginLoss, with any function of two tensors as the distance."""

    def __init__(self, *, distance_function=None, margin=1.0, swap=False, reduction="mean"):
        super().__init__(reduction=reduction)
        check_margin(margin, "TripletMarginWithDistanceLoss")
        chosen = PairwiseDistance() if distance_function is None else distance_function
        self.distance_function, self.margin, self.swap = chosen, margin, swap

    def forward(self, anchor, positive, negative):
        """(N, D) three times gives a number, or with "none" what the distance gives."""
        return functional.triplet_margin_with_distance_loss(
            anchor,
            positive,
            negative,
            distance_function=self.distance_function,
            margin=self.margin,
            swap=self.swap,
            reduction=self.reduction,
        )


class PoissonNLLLoss(Loss):
    """How surprising counts are, where input (or exp(input), with `log_input`) was expected."""

    def __init__(
        self,
        log_input=True,
        full=False,
        size_average=None,
        eps=1e-8,
        reduce=None,
        reduction="mean",
    ):
        super().__init__(size_average, reduce, reduction)
        self.log_input, self.full, self.eps = log_input, full, eps

    def forward(self, input, target):
        """Two tensors of one shape give a number, or with "none" that shape."""
        options = {"log_input": self.log_input, "full": self.full, "eps": self.eps}
        return functional.poisson_nll_loss(input, target, reduction=self.reduction, **options)


class GaussianNLLLoss(Loss):
    """How surprising measurements are, where input was expected with a variance."""

    def __init__(self, *, full=False, eps=1e-6, reduction="mean"):
        super().__init__(reduction=reduction)
        self.full, self.eps = full, eps

    def forward(self, input, target, var):
        """Three tensors of one shape give a number, or with "none" that shape."""
        options = {"full": self.full, "eps": self.eps, "reduction": self.reduction}
        return functional.gaussian_nll_loss(input, target, var, **options)
