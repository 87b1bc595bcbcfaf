"""Floor 3. Normalisation: numbers are shifted and scaled to mean 0 and variance 1.

`batch_norm` does it for each channel over the whole batch, `layer_norm` for each element of a batch
over its last dimensions, `group_norm` over groups of its channels. With x̂ for the normalised
numbers, whose mean and variance depend on all x, the gradient is

    dL/dx = (dL/dx̂ - mean(dL/dx̂) - x̂ · mean(x̂ · dL/dx̂)) / √(variance + ε)

Source: Ioffe, Szegedy, "Batch normalization", 2015, https://arxiv.org/abs/1502.03167, section 3.
"""

from collections import namedtuple
from math import prod

from ..carriers import carried, cast
from ..creation import ones_like
from ..function import Function
from . import normalization_checks
from .sums import total, total_of_product

# `shape`: as which the input is seen; `dims`: over which of these dimensions the means are taken;
# `affine`: the shape in which weight and bias broadcast with it, over the dimensions `shared`.
Layout = namedtuple("Layout", "shape dims affine shared")


def number(layout):
    """How many numbers go into each mean."""
    return prod(layout.shape[dim] for dim in layout.dims)


class Statistics:
    """Mean and variance of what is normalised, and 1 / √(variance + ε); arrays or tensors."""

    mean = variance = inverse = None

    def of(self, rows, layout, eps):
        """Compute them; returns the distances from the mean."""
        self.mean = total(rows, layout.dims) / number(layout)
        distance = rows - self.mean
        self.variance = total_of_product(distance, distance, layout.dims) / number(layout)
        self.inverse = (self.variance + eps) ** -0.5
        return distance


class Normalization(Function):
    """(input - mean) / √(variance + ε) · weight + bias.

    The statistics are the input's own, and are kept for the backward pass; or they are given
    (`fixed`), and have nothing to do with the input.
    """

    saved_names = "input", "weight"

    @staticmethod
    def forward(self, weight=None, bias=None, *, layout, eps, statistics, fixed):
        rows = self.reshape(layout.shape)
        result = rows - statistics.mean if fixed else statistics.of(rows, layout, eps)
        if weight is None:
            result *= statistics.inverse
        elif layout.shared == layout.dims:
            result *= statistics.inverse * weight.reshape(layout.affine)
        else:
            result *= statistics.inverse
            result *= weight.reshape(layout.affine)
        if bias is not None:
            result += bias.reshape(layout.affine)
        return result.reshape(self.shape).astype(self.dtype, copy=False)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.next += (None,) * (3 - len(inputs))
        ctx.dtype = inputs[0]._array.dtype
        ctx.save_for_backward(inputs[0], inputs[1] if len(inputs) > 1 else None)

    @staticmethod
    def backward(ctx, grad):
        (input, weight), layout = ctx.saved, ctx.layout
        grad = grad.reshape(layout.shape)
        normal, inverse = normalized(ctx, input.reshape(layout.shape), grad)
        to_weight = total_of_product(grad, normal, layout.shared)
        to_bias = total(grad, layout.shared)
        factor = 1 if weight is None else weight.reshape(layout.affine)
        if ctx.fixed:
            found = grad * (inverse * factor)
        elif layout.shared == layout.dims:  # each mean belongs to one weight: it is there already
            n = number(layout)
            found = (grad - to_bias / n - normal * (to_weight / n)) * (inverse * factor)
        else:
            found, n = grad * factor, number(layout)
            mean, slope = (
                total(found, layout.dims) / n,
                total_of_product(found, normal, layout.dims) / n,
            )
            found = (found - mean - normal * slope) * inverse
        found = cast(found.reshape(input.shape), ctx.dtype)
        if weight is None:
            return found, None, None
        return found, *(
            cast(each.reshape(weight.shape), ctx.dtype) for each in (to_weight, to_bias)
        )


def normalized(ctx, rows, grad):
    """(the normalised numbers, 1 / √(variance + ε)), with their history in a recorded pass."""
    statistics = ctx.statistics
    if ctx.recorded and not ctx.fixed:
        statistics = Statistics()
        distance = statistics.of(rows, ctx.layout, ctx.eps)
        return distance * statistics.inverse, statistics.inverse
    inverse = carried(statistics.inverse, grad)
    return (rows - carried(statistics.mean, grad)) * inverse, inverse


class NativeBatchNorm(Normalization):
    """Each channel over the whole batch."""


class NativeLayerNorm(Normalization):
    """Each element of a batch over its last dimensions."""


class NativeGroupNorm(Normalization):
    """Each element of a batch over groups of its channels."""


def _normalize(cls, input, weight, bias, layout, eps, statistics, fixed=False):
    if bias is not None and weight is None:
        weight = ones_like(bias)
    inputs = [each for each in (input, weight, bias) if each is not None]
    return cls.apply(*inputs, layout=layout, eps=eps, statistics=statistics, fixed=fixed)


def batch_norm(
    input,
    running_mean,
    running_var,
    weight=None,
    bias=None,
    training=False,
    momentum=0.1,
    eps=1e-05,
):
    """Every channel of (batch, channels, …) shifted and scaled to mean 0 and variance 1, then times
    `weight` plus `bias` (both: channels).

    In `training` by its own mean and variance over batch and lengths, and the running statistics
    (tensors, or None) go towards them by `momentum`, in place. Otherwise by the running statistics.

    ValueError in training for one number per channel, RuntimeError for what does not fit. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html
    """
    normalization_checks.check_batch(input, running_mean, running_var, weight, bias, training)
    batch, channels, *lengths = input._array.shape
    layout = Layout((batch, channels, prod(lengths)), (0, 2), (1, channels, 1), (0, 2))
    statistics = Statistics()
    if not training:
        statistics.mean = running_mean.array.reshape(layout.affine).copy()
        statistics.inverse = (running_var.array.reshape(layout.affine) + eps) ** -0.5
    result = _normalize(NativeBatchNorm, input, weight, bias, layout, eps, statistics, not training)
    if training and input._array.size:
        n = number(layout)
        news = statistics.mean, statistics.variance * (n / (n - 1))
        for running, new in zip((running_mean, running_var), news):
            if running is not None:
                running.array[...] = (1 - momentum) * running.array + momentum * new.reshape(-1)
    return result


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05):
    """The last dimensions, whose lengths are `normalized_shape`, shifted and scaled to mean 0 and
    variance 1, then times `weight` plus `bias` (both of that shape).

    RuntimeError for what does not fit. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html
    """
    shape = normalization_checks.check_layer(input, normalized_shape, weight, bias)
    length, first = prod(shape), input._array.shape[: input._array.ndim - len(shape)]
    layout = Layout((prod(first), length), (1,), (1, length), (0,))
    return _normalize(NativeLayerNorm, input, weight, bias, layout, eps, Statistics())


def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05):
    """The channels of (batch, channels, …) in `num_groups` groups, each shifted and scaled to mean
    0 and variance 1, then times `weight` plus `bias` (both: channels).

    RuntimeError for what does not fit. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.group_norm.html
    """
    normalization_checks.check_group(input, num_groups, weight, bias)
    batch, channels, *lengths = input._array.shape
    each = channels // num_groups
    layout = Layout(
        (batch, num_groups, each, prod(lengths)), (2, 3), (1, num_groups, each, 1), (0, 3)
    )
    return _normalize(NativeGroupNorm, input, weight, bias, layout, eps, Statistics())
