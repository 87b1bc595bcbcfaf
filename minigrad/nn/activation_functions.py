"""Floor 7. Activations as functions with options of PyTorch's: in place, or a dimension guessed."""

import inspect
import warnings

from ..inplace import overwrite
from ..ops import activations, checks, elementwise, hard_activations, random_activations
from ..ops import softmax as softmaxes


def in_place(operation, overload=None):
    """The in-place form of an activation: its result is written into the input.

    `overload` is the number PyTorch gives the node then, where that differs.
    """

    def numbered(input, *options):
        result = operation(input, *options)
        if result._node is not None and overload is not None:
            result._node.overload = overload
        return result

    def activation_(input, *options):
        return overwrite(input, numbered, *options)

    name = operation.__name__ + "_"
    activation_.__name__ = activation_.__qualname__ = name
    activation_.__doc__ = operation.__doc__.split("\n")[0].rstrip(".") + "; in place."
    activation_.__signature__ = inspect.signature(operation)
    return activation_


relu_ = in_place(elementwise.relu)
leaky_relu_ = in_place(hard_activations.leaky_relu, 1)
elu_ = in_place(activations.elu, 1)
selu_ = in_place(activations.selu, 1)
celu_ = in_place(activations.celu, 1)
threshold_ = in_place(hard_activations.threshold, 1)
hardtanh_ = in_place(hard_activations.hardtanh)
rrelu_ = in_place(random_activations.rrelu, 1)
_relu6_ = in_place(hard_activations.relu6)
_hardsigmoid_ = in_place(hard_activations.hardsigmoid)
_hardswish_ = in_place(hard_activations.hardswish)
_silu_ = in_place(activations.silu)
_mish_ = in_place(activations.mish)


def relu(input, inplace=False):
    """input where it is positive, else 0."""
    return relu_(input) if inplace else elementwise.relu(input)


def leaky_relu(input, negative_slope=0.01, inplace=False):
    """input where it is positive, else `negative_slope` * input."""
    return (leaky_relu_ if inplace else hard_activations.leaky_relu)(input, negative_slope)


def rrelu(input, lower=1 / 8, upper=1 / 3, training=False, inplace=False):
    """input where it is positive, else times a random slope between `lower` and `upper`."""
    return (rrelu_ if inplace else random_activations.rrelu)(input, lower, upper, training)


def elu(input, alpha=1.0, inplace=False):
    """input where it is positive, else `alpha` * (exp(input) - 1)."""
    return (elu_ if inplace else activations.elu)(input, alpha)


def selu(input, inplace=False):
    """An elu with the two constants that keep mean 0 and variance 1 through many layers."""
    return (selu_ if inplace else activations.selu)(input)


def celu(input, alpha=1.0, inplace=False):
    """max(0, input) + min(0, `alpha` * (exp(input / `alpha`) - 1))."""
    return (celu_ if inplace else activations.celu)(input, alpha)


def silu(input, inplace=False):
    """input * sigmoid(input), also called swish."""
    return (_silu_ if inplace else activations.silu)(input)


def mish(input, inplace=False):
    """input * tanh(softplus(input))."""
    return (_mish_ if inplace else activations.mish)(input)


def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    """input, but not below `min_val` and not above `max_val`."""
    return (hardtanh_ if inplace else hard_activations.hardtanh)(input, min_val, max_val)


def relu6(input, inplace=False):
    """input, but not below 0 and not above 6."""
    return (_relu6_ if inplace else hard_activations.relu6)(input)


def hardsigmoid(input, inplace=False):
    """(input + 3) / 6, but not below 0 and not above 1.

    Unlike PyTorch, where it is a float32 for float64 as well, the slope of 1 / 6 has all digits.
    """
    return (_hardsigmoid_ if inplace else hard_activations.hardsigmoid)(input)


def hardswish(input, inplace=False):
    """input * hardsigmoid(input)."""
    return (_hardswish_ if inplace else hard_activations.hardswish)(input)


def threshold(input, threshold, value, inplace=False):
    """input where it is greater than `threshold`, else `value`."""
    return (threshold_ if inplace else hard_activations.threshold)(input, threshold, value)


def implicit_dim(name, input):
    """The dimension that PyTorch guesses if none is given, and its warning."""
    checks.check_tensor(input, name)
    warnings.warn(
        f"Implicit dimension choice for {name} has been deprecated. Change the call to include "
        "dim=X as an argument.",
        UserWarning,
        stacklevel=4,
    )
    return 0 if input._array.ndim in (0, 1, 3) else 1


def softmax(input, dim=None, _stacklevel=3, dtype=None):
    """Scores as probabilities, which add up to 1 along the dimension `dim`.

    Without `dim` it is guessed, with a warning: 0 for 0, 1 and 3 dimensions, else 1.
    """
    dim = implicit_dim("softmax", input) if dim is None else dim
    return softmaxes.softmax(input, dim, dtype=dtype)


def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    """The logarithm of `softmax`, exact also where a probability rounds to 0."""
    dim = implicit_dim("log_softmax", input) if dim is None else dim
    return softmaxes.log_softmax(input, dim, dtype=dtype)


def softmin(input, dim=None, _stacklevel=3, dtype=None):
    """`softmax` of -input: the smallest score gets the greatest probability."""
    dim = implicit_dim("softmin", input) if dim is None else dim
    return softmaxes.softmax(-input, dim, dtype=dtype)
