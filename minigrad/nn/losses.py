"""Floor 7. Losses as modules: what they are called with is input and target."""

from ..ops.loss_checks import check_reduction
from . import functional
from .module import Module


class Loss(Module):
    """What all losses have: `reduction`, "mean", "sum" or "none".

    `size_average` and `reduce` are the names of old for it.
    """

    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            reduction = check_reduction(reduction, size_average, reduce)
        self.reduction = reduction


class WeightedLoss(Loss):
    """A loss with a `weight`, which is a buffer: it moves with the module and is in its state."""

    def __init__(self, weight=None, size_average=None, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)


class MSELoss(Loss):
    """The mean squared difference."""

    def forward(self, input, target):
        """Two tensors of one shape give a number, or with "none" that shape."""
        return functional.mse_loss(input, target, reduction=self.reduction)


class L1Loss(Loss):
    """The mean absolute difference."""

    def forward(self, input, target):
        """Two tensors of one shape give a number, or with "none" that shape."""
        return functional.l1_loss(input, target, reduction=self.reduction)


class SmoothL1Loss(Loss):
    """d² / (2 `beta`) for differences d below `beta`, and |d| - `beta` / 2 beyond."""

    def __init__(self, size_average=None, reduce=None, reduction="mean", beta=1.0):
        super().__init__(size_average, reduce, reduction)
        self.beta = beta

    def forward(self, input, target):
        """Two tensors of one shape give a number, or with "none" that shape."""
        return functional.smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)


class HuberLoss(Loss):
    """d² / 2 for differences d below `delta`, and `delta` * (|d| - `delta` / 2) beyond."""

    def __init__(self, reduction="mean", delta=1.0):
        super().__init__(reduction=reduction)
        self.delta = delta

    def forward(self, input, target):
        """Two tensors of one shape give a number, or with "none" that shape."""
        return functional.huber_loss(input, target, reduction=self.reduction, delta=self.delta)


class NLLLoss(WeightedLoss):
    """-input at the right class, for log-probabilities; `weight` weighs the classes."""

    def __init__(
        self, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"
    ):
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index = ignore_index

    def forward(self, input, target):
        """(N, C, …) and classes (N, …) give a number, or with "none" the shape of the target."""
        options = {"ignore_index": self.ignore_index, "reduction": self.reduction}
        return functional.nll_loss(input, target, self.weight, **options)


class CrossEntropyLoss(WeightedLoss):
    """How surprising the right class is to scores; the target may hold probabilities instead."""

    def __init__(
        self,
        weight=None,
        size_average=None,
        ignore_index=-100,
        reduce=None,
        reduction="mean",
        label_smoothing=0.0,
    ):
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index, self.label_smoothing = ignore_index, label_smoothing

    def forward(self, input, target):
        """(N, C, …) and classes (N, …) give a number, or with "none" the shape of the target."""
        return functional.cross_entropy(
            input,
            target,
            self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
            label_smoothing=self.label_smoothing,
        )


class BCELoss(WeightedLoss):
    """How surprising yes or no (1 or 0) is to probabilities; `weight` broadcasts."""

    def forward(self, input, target):
        """Two tensors of one shape give a number, or with "none" that shape."""
        return functional.binary_cross_entropy(input, target, self.weight, reduction=self.reduction)


class BCEWithLogitsLoss(Loss):
    """BCELoss of sigmoid(input); `pos_weight` multiplies the losses of those that should be 1."""

    def __init__(
        self, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None
    ):
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)
        self.register_buffer("pos_weight", pos_weight)

    def forward(self, input, target):
        """Two tensors of one shape give a number, or with "none" that shape."""
        return functional.binary_cross_entropy_with_logits(
            input, target, self.weight, reduction=self.reduction, pos_weight=self.pos_weight
        )


class KLDivLoss(Loss):
    """How far a distribution, the target, is from that whose logarithms are the input."""

    def __init__(self, size_average=None, reduce=None, reduction="mean", log_target=False):
        super().__init__(size_average, reduce, reduction)
        self.log_target = log_target

    def forward(self, input, target):
        """Two tensors of one shape give a number, or with "none" that shape."""
        options = {"reduction": self.reduction, "log_target": self.log_target}
        return functional.kl_div(input, target, **options)
