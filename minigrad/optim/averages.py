"""Floor 7. What optimisers with running averages are made of; arrays are changed in place."""

import numpy as np

from ..creation import tensor, zeros_like


def begin(state, parameter, *names):
    """An empty state gets a count of steps, and under each name zeros of the parameter's shape."""
    state["step"] = tensor(0.0, device="cpu")  # a number that is asked for in every step
    for name in names:
        state[name] = zeros_like(parameter)


def count(state):
    """Count one more step; its number."""
    number = state["step"].array
    number += 1
    return number.item()


def move(average, values, share, scratch):
    """Move a running average towards new values: average += share * (values - average)."""
    np.subtract(values, average, out=scratch)
    scratch *= share
    average += scratch


def mix_square(average, values, rest, scratch):
    """Mix squares into a running average: average = rest * average + (1 - rest) * values²."""
    np.multiply(values, 1 - rest, out=scratch)
    scratch *= values
    average *= rest
    average += scratch


def walk(weights, lr, direction, size):
    """weights -= lr * direction / size; `size` is used up."""
    np.divide(direction, size, out=size)
    size *= lr
    weights -= size
