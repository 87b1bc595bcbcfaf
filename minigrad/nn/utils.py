"""Floor 7. `torch.nn.utils`: clipping gradients; all parameters as one vector, and back.

Source: https://docs.pytorch.org/docs/stable/nn.html#utilities
"""

import types
import warnings

from ..creation import tensor
from ..grad_mode import no_grad
from ..ops.choices import clamp
from ..ops.joining import cat, stack
from ..ops.statistics import norm
from ..tensor import Tensor

__all__ = [
    "clip_grad_norm_",
    "clip_grad_value_",
    "clip_grads_with_norm_",
    "get_total_norm",
    "parameters_to_vector",
    "vector_to_parameters",
]


def listed(tensors):
    """One tensor, or an iterable of tensors, as a list."""
    return [tensors] if isinstance(tensors, Tensor) else list(tensors)


def gradients(parameters):
    """The gradients of those parameters that have one."""
    return [each.grad for each in parameters if each.grad is not None]


def check_limit(name, limit):
    """A limit as a number; ValueError for a negative one, which would turn gradients round."""
    if float(limit) < 0:
        raise ValueError(f"{name} must be 0 or greater, but got {limit}.")
    return float(limit)


@no_grad
def get_total_norm(tensors, norm_type=2.0, error_if_nonfinite=False):
    """The norm of all numbers of some tensors (or of one), as if they were one vector: 0-d.

    `norm_type` is the p of the p-norm, also inf or "inf". RuntimeError for a norm of nan or inf if
    `error_if_nonfinite`.
    """
    tensors, norm_type = listed(tensors), float(norm_type)
    if not tensors:
        return tensor(0.0)
    total = norm(stack([norm(each, norm_type) for each in tensors]), norm_type)
    if error_if_nonfinite and not total.isfinite():
        raise RuntimeError(
            f"The total norm of order {norm_type} for gradients from `parameters` is non-finite, "
            "so it cannot be clipped. To disable this error and scale the gradients by the "
            "non-finite norm anyway, set `error_if_nonfinite=False`"
        )
    return total


@no_grad
def clip_grads_with_norm_(parameters, max_norm, total_norm):
    """Scale gradients in place by max_norm / total_norm, if that makes them smaller."""
    grads = gradients(listed(parameters))
    factor = clamp(check_limit("max_norm", max_norm) / (total_norm + 1e-6), max=1.0)
    for grad in grads:
        grad.mul_(factor)


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False):
    """Scale the gradients of parameters in place so that their total norm is at most `max_norm`.

    Returns what the total norm was (a 0-d tensor). ValueError for a negative `max_norm`,
    RuntimeError for a norm of nan or inf if `error_if_nonfinite`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html
    """
    generator, parameters = isinstance(parameters, types.GeneratorType), listed(parameters)
    if generator and not parameters:
        warnings.warn(
            "`parameters` is an empty generator, no gradient clipping will occur.",
            UserWarning,
            stacklevel=2,
        )
    check_limit("max_norm", max_norm)
    total_norm = get_total_norm(gradients(parameters), norm_type, error_if_nonfinite)
    clip_grads_with_norm_(parameters, max_norm, total_norm)
    return total_norm


@no_grad
def clip_grad_value_(parameters, clip_value):
    """Cut every number of the gradients to ± `clip_value`, in place. ValueError if negative."""
    limit = check_limit("clip_value", clip_value)
    for grad in gradients(listed(parameters)):
        grad.clamp_(-limit, limit)


def parameters_to_vector(parameters):
    """All numbers of some tensors one after the other, as a 1-d tensor. Gradients flow back."""
    return cat([each.reshape(-1) for each in parameters])


def vector_to_parameters(vec, parameters):
    """Copy the numbers of a 1-d tensor into parameters, one after the other.

    TypeError for what is no tensor, RuntimeError unless there are as many numbers as the parameters
    have; then nothing is changed.
    """
    if not isinstance(vec, Tensor):
        raise TypeError(f"expected torch.Tensor, but got: {type(vec).__name__}")
    parameters = listed(parameters)
    sizes = [each.numel() for each in parameters]
    if vec.ndim != 1 or vec.numel() != sum(sizes):
        raise RuntimeError(
            f"shape '{[sum(sizes)]}' is invalid for input of size {vec.numel()}: the parameters "
            f"have {sum(sizes)} numbers, the vector has the shape {list(vec.shape)}."
        )
    start = 0
    for each, size in zip(parameters, sizes, strict=True):
        each.data = vec.data[start : start + size].reshape(each.shape).clone()
        start += size
