"""What is timed of layers and networks, in a package and by hand: (workload, by hand, aim).

A workload takes the module `torch` and returns the gradients of one forward and backward pass as a
list; the one by hand returns the same as NumPy arrays. Numbers and layers are made once.
"""

import importlib
from functools import cache

import by_hand
import numpy as np


def numbers(*shape, seed=0):
    return np.random.RandomState(seed).standard_normal(shape).astype(np.float32)


def labels(batch, classes=10):
    return np.random.RandomState(1).randint(0, classes, batch)


@cache
def weights(*shapes):
    """Random weights of these shapes, small enough to multiply with."""
    return [numbers(*shape, seed=i) / np.prod(shape[1:]) ** 0.5 for i, shape in enumerate(shapes)]


def functional(torch):
    return importlib.import_module(f"{torch.__name__}.nn.functional")


@cache
def tensors(torch, make):
    """(tensors that require grad, what the result is multiplied with) for what `make()` gives."""
    arrays, weight = make()
    return [torch.tensor(each, requires_grad=True) for each in arrays], torch.tensor(weight)


def layer(make, forward, hand):
    """A workload of one layer: the gradients of sum(result * weight) for all arrays."""

    def run(torch):
        inputs, weight = tensors(torch, make)
        for each in inputs:
            each.grad = None
        forward(functional(torch), *inputs).backward(weight)
        return [each.grad for each in inputs]

    return run, cache(lambda: make()), hand


def network(x_shape, shapes, forward, hand, classes=10, **settings):
    """A workload of a network with a loss; with settings, of a step of SGD as well."""

    @cache
    def made(torch):
        parameters = [torch.tensor(each, requires_grad=True) for each in weights(*shapes)]
        optimizer = torch.optim.SGD(parameters, **settings) if settings else None
        x = torch.tensor(numbers(*x_shape))
        return parameters, optimizer, x, torch.tensor(labels(x_shape[0], classes))

    def run(torch):
        parameters, optimizer, x, wanted = made(torch)
        for each in parameters:
            each.grad = None
        F = functional(torch)
        F.cross_entropy(forward(F, x, *parameters), wanted).backward()
        found = [each.grad for each in parameters]
        if optimizer:
            optimizer.step()
        return found
