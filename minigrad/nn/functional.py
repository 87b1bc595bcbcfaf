"""Floor 7. Layers and losses as functions: `torch.nn.functional`."""

import numpy as np

from ..function import Function
from ..ops.broadcasting import sum_to
from ..ops.elementwise import relu, sigmoid, tanh
from ..ops.matmul import matmul
from ..ops.shapes import t
from . import module_checks

__all__ = ["linear", "mse_loss", "relu", "sigmoid", "tanh"]


class Addmm(Function):
    """bias + input @ weight: the work of a linear layer, in one node as in PyTorch."""

    saved_names = "mat1", "mat2"

    @staticmethod
    def forward(bias, mat1, mat2):
        if mat1.shape[1] == 1 and mat1.dtype == np.float32:  # round once, as PyTorch's kernel does
            return (bias.astype(np.float64) + mat1 * mat2.astype(np.float64)).astype(np.float32)
        return bias + mat1 @ mat2

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.bias_shape = inputs[0]._array.shape
        _, mat1, mat2 = inputs
        ctx.save_for_backward(
            mat1 if mat2._requires_grad else None, mat2 if mat1._requires_grad else None
        )

    @staticmethod
    def backward(ctx, grad):
        mat1, mat2 = ctx.saved
        return (
            sum_to(grad, ctx.bias_shape),
            None if mat2 is None else grad @ mat2.T,
            None if mat1 is None else mat1.T @ grad,
        )


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


def linear(input, weight, bias=None):
    """input @ weightᵀ + bias: (…, in) with weight (out, in) and bias (out) gives (…, out).

    RuntimeError for lengths that do not fit.
    """
    if bias is None:
        return matmul(input, t(weight))
    if input._array.ndim == 2 and input._array.shape[1] == weight._array.shape[1]:
        return Addmm.apply(bias, input, t(weight))
    if input._array.ndim != 2 and input._array.shape[-1:] == weight._array.shape[1:]:
        rows = input.reshape(-1, weight._array.shape[1])
        shape = (*input._array.shape[:-1], weight._array.shape[0])
        return Addmm.apply(bias, rows, t(weight)).reshape(shape)
    return matmul(input.reshape(-1, input._array.shape[-1]), t(weight))  # which says what is wrong


def mse_loss(input, target, reduction="mean"):
    """The mean squared difference of `input` and `target`; or the "sum"; or "none": each.

    ValueError for another reduction. Shapes that differ are broadcast, with a warning.
    """
    module_checks.warn_of_shapes(input, target)
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    if reduction == "none":
        return (input - target) ** 2
    if input._array.shape != target._array.shape:
        shape = (input.detach() - target.detach())._array.shape
        input, target = input.expand(shape), target.expand(shape)
    return MseLoss.apply(input, target, mean=reduction == "mean")
