"""Floor 3. Losses that are the negative logarithm of a likelihood: of counts, of measurements."""

import math

from . import checks, loss_checks
from .activations import logsigmoid
from .choices import where
from .losses import reduce_loss


def poisson_nll_loss(
    input,
    target,
    log_input=True,
    full=False,
    size_average=None,
    eps=1e-8,
    reduce=None,
    reduction="mean",
):
    """How surprising counts are, where input (or exp(input), with `log_input`) was expected.

    exp(input) - target * input, or input - target * log(input + eps). `full` adds log(target!) by
    Stirling's formula for targets above 1. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.PoissonNLLLoss.html
    """
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    loss_checks.check_pair("poisson_nll_loss", input, target)
    expected, logarithm = (input.exp(), input) if log_input else (input, (input + eps).log())
    losses = expected - target * logarithm
    if full:
        stirling = target * target.log() - target + 0.5 * (2 * math.pi * target).log()
        losses = losses + where(target <= 1, 0.0, stirling)
    return reduce_loss(losses, reduction)


def gaussian_nll_loss(input, target, var, full=False, eps=1e-6, reduction="mean"):
    """How surprising measurements are, where input was expected with the variance `var`.

    (log(var) + (input - target)² / var) / 2, with `var` at least `eps`, which has no derivative
    there; `full` adds log(2π) / 2. `var` is a number, or has the shape of the input, without the
    last dimension or with 1 for it. ValueError for a negative variance. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.GaussianNLLLoss.html
    """
    loss_checks.check_pair("gaussian_nll_loss", input, target)
    var = loss_checks.check_variance(input, var)
    loss_checks.check_one_of_three(reduction)
    bounded = var.clone()
    bounded.data.clamp_(min=eps)
    losses = 0.5 * (bounded.log() + (input - target) ** 2 / bounded)
    if full:
        losses = losses + 0.5 * math.log(2 * math.pi)
    return reduce_loss(losses, reduction)


def multilabel_soft_margin_loss(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean"
):
    """How surprising yes or no (1 or 0) is for each class, by scores: the mean over the classes.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiLabelSoftMarginLoss.html
    """
    reduction = loss_checks.check_reduction(reduction, size_average, reduce)
    checks.check_tensor(input, "multilabel_soft_margin_loss")
    losses = -(target * logsigmoid(input) + (1 - target) * logsigmoid(-input))
    losses = losses if weight is None else losses * weight
    return reduce_loss(losses.sum(-1) / input._array.shape[-1], reduction)
