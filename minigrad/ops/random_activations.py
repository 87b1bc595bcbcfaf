"""Floor 3. Activations by chance: rrelu and gumbel_softmax.

The random numbers are minigrad's own (`torch.manual_seed`), and so not those that PyTorch draws.
"""

import numpy as np

from .. import arrays
from ..chance import rand_like
from ..function import Function
from ..generator import stream
from . import activation_checks, checks
from .selection import chosen
from .softmax import softmax


class RreluWithNoise(Function):
    """self times a number for each element: 1 where it is positive."""

    @staticmethod
    def forward(self, noise):
        return self * noise

    @staticmethod
    def backward(ctx, grad):
        return (RreluWithNoise.of(grad, noise=ctx.noise),)


def rrelu(input, lower=1 / 8, upper=1 / 3, training=False):
    """The input where it is positive, else times a random number between `lower` and `upper`.

    A new one for each element while `training`, otherwise always their mean. RuntimeError for a
    lower bound above the upper one. Source: Xu, Wang, Chen, Li, "Empirical evaluation of rectified
    activations", 2015, https://arxiv.org/abs/1505.00853
    """
    if lower > upper:
        raise RuntimeError("Lower bound should be less than or equal to the upper bound")
    activation_checks.check_floats(input, "rrelu", "leaky_relu_cpu")
    array = input._array
    if training:
        slopes = arrays.beside(stream(None, "rrelu").uniform(lower, upper, array.shape), array)
    else:
        slopes = np.array((lower + upper) / 2)
    noise = chosen(array > 0, np.ones((), array.dtype), slopes.astype(array.dtype))
    return RreluWithNoise.apply(input, noise=noise)


def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    """A random choice by scores along `dim`, softened so that it has a derivative.

    The softmax of the scores plus random numbers, divided by `tau`; with `hard` a 1 at its largest
    and 0 elsewhere, with the derivative of the soft one. (`eps` is there for PyTorch's sake.)
    Source: Jang, Gu, Poole, "Categorical reparameterization with Gumbel-softmax", 2016,
    https://arxiv.org/abs/1611.01144
    """
    checks.check_tensor(logits, "gumbel_softmax", "logits")
    noise = -(-rand_like(logits).clamp_min(1e-30).log()).clamp_min(1e-30).log()
    soft = softmax((logits + noise) / tau, dim)
    if not hard:
        return soft
    places = soft.max(dim, keepdim=True)[1]
    picked = logits.new_zeros(logits.shape).scatter(dim, places, 1.0)
    return picked - soft.detach() + soft
