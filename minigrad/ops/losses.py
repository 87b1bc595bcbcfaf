"""Floor 3. Losses: how far a result is from what it should be."""

import warnings

import numpy as np

from ..function import Function


class MseLoss(Function):
    """The mean (or sum) of the squared differences of two tensors of one shape."""

    saved_names = "self", "target"

    @staticmethod
    def forward(self, target, mean):
        difference = self - target
        total = np.add.reduce(difference * difference, axis=None)
        return total / self.dtype.type(self.size) if mean else total

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.size = inputs[0]._array.size
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        self, target = ctx.saved
        slope = (self - target) * (grad * (2 / ctx.size if ctx.mean else 2))
        return slope, -slope


def mse_loss(input, target, reduction="mean"):
    """The mean squared difference of `input` and `target`; or the "sum"; or "none": each.

    ValueError for another reduction. Shapes that differ are broadcast, with a warning.
    """
    warn_of_shapes(input, target)
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    if reduction == "none":
        return (input - target) ** 2
    if input._array.shape != target._array.shape:
        shape = (input.detach() - target.detach())._array.shape
        input, target = input.expand(shape), target.expand(shape)
    return MseLoss.apply(input, target, mean=reduction == "mean")


def warn_of_shapes(input, target):
    """A loss of two shapes that broadcast is rarely what was meant."""
    if input.shape != target.shape:
        warnings.warn(
            f"Using a target size ({target.shape}) that is different to the input size "
            f"({input.shape}). This will likely lead to incorrect results due to broadcasting. "
            "Please ensure they have the same size.",
            UserWarning,
            stacklevel=4,
        )
