"""Floor 6. The two sides of gradcheck: what nudging an input does, and what the rules say.

For a function f and a nudge of ε at one element of the input,

    df/dx ≈ (f(x + ε) - f(x - ε)) / 2ε

which misses the true slope by something of the order of ε², and rounding adds the precision of the
numbers divided by ε. With float64 and ε = 1e-6 both are far below 1e-5. (Source: Baydin et al.,
"Automatic differentiation in machine learning: a survey", JMLR 2018, section 2.1.)
"""

import numpy as np

from ..arrays import zeros
from ..creation import tensor
from ..grad_mode import enable_grad, no_grad
from ..tensor import Tensor
from . import gradcheck_report
from .differentiation import grad


def tracked(given):
    """Those of some tensors that require grad, as a list."""
    given = given if isinstance(given, (tuple, list)) else (given,)
    return [each for each in given if isinstance(each, Tensor) and each.requires_grad]


def output_of(func, inputs, number):
    """One of the outputs of the function that have a derivative."""
    with enable_grad():
        return tracked(func(*inputs))[number]


def numerical(func, inputs, number, x, direction, eps):
    """How output `number` changes when input `x` is nudged by ±eps in a direction, as an array."""
    before, sides = x.array.copy(), []
    with no_grad():
        for step in (eps, -eps):
            x.array[...] = before + step * direction
            sides.append(output_of(func, inputs, number).array.copy())
        x.array[...] = before
    return (sides[0] - sides[1]) / (2 * eps)


def analytical(func, inputs, number, v):
    """vᵀJ from a backward pass, for each input that requires grad, as arrays."""
    output, wanted = output_of(func, inputs, number), tracked(inputs)
    found = grad(output, wanted, tensor(v), allow_unused=True, materialize_grads=True)
    return [each.array for each in found]


def one_hots(like):
    """For each element of an array, an array of its shape that is 1 there and 0 elsewhere."""
    for place in np.ndindex(like.shape):
        array = zeros(like.shape, np.float64, like)
        array[place] = 1
        yield array


def check_jacobian(func, inputs, number, eps, atol, rtol):
    """Compare the whole Jacobian of one output, element by element; GradcheckError if it differs.

    The rules give it row by row (one backward pass for each element of the output), nudging gives
    it column by column (one nudge for each element of an input).
    """
    output = output_of(func, inputs, number)
    rows = [analytical(func, inputs, number, v) for v in one_hots(output.array)]
    for position, x in enumerate(tracked(inputs)):
        columns = [
            numerical(func, inputs, number, x, direction, eps).ravel()
            for direction in one_hots(x.array)
        ]
        if rows and columns:
            computed = np.stack([row[position].ravel() for row in rows], 1)
            gradcheck_report.compare(
                np.stack(columns), computed, atol, rtol, output, number, x, inputs
            )
