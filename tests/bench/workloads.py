"""What is timed: each workload takes the module `torch` and returns a gradient to check."""

from functools import cache

import numpy as np


def tutorial(torch):
    """Build, forward and backward of the tutorial on a 2×2 tensor."""
    x = torch.ones(2, 2, requires_grad=True)
    y = x + 2
    z = y * y * 3
    out = z.mean()
    out.backward()
    return x.grad


def jacobian_loop(torch):
    """The tutorial's loop until the norm is 1000, and a vector-Jacobian product."""
    x = torch.tensor([-0.4337, 0.7451, -1.6505], requires_grad=True)
    y = x * 2
    while y.data.norm() < 1000:
        y = y * 2
    v = torch.tensor([0.1, 1.0, 0.0001], dtype=torch.float32)
    y.backward(v)
    return x.grad


def additions(torch, length):
    """A leaf, and the end of a chain of additions that begins with it."""
    x = y = torch.ones(1, requires_grad=True)
    for _ in range(length):
        y = y + 1
    return x, y


def chain(torch):
    """A chain of 1,000 additions, forward and backward."""
    x, y = additions(torch, 1000)
    y.backward()
    return x.grad


def doubling(torch):
    """y = y + y, 60 times: 60 nodes and 2 ** 60 paths."""
    x = y = torch.ones(1, requires_grad=True)
    for _ in range(60):
        y = y + y
    y.backward()
    return x.grad


def uses(torch):
    """A sum that uses one leaf 10,000 times."""
    x, y = torch.ones(1, requires_grad=True), torch.zeros(1)
    for _ in range(10_000):
        y = y + x
    y.backward()
    return x.grad


def elementwise(torch, size=10_000_000):
    """x · 2 + 1 → exp → tanh → mean of very many numbers; its gradient."""
    x = large_leaf(torch, size)
    x.grad = None
    (x * 2 + 1).exp().tanh().mean().backward()
    return x.grad


@cache
def large_leaf(torch, size):
    return torch.tensor(evenly(size), requires_grad=True)


@cache
def evenly(size):
    """Numbers from -1.5 to -0.5, for which nothing overflows."""
    return np.linspace(-1.5, -0.5, size, dtype=np.float32)


def slopes(size):
    """The gradient of `elementwise`, from the formula in double precision."""
    inside = np.exp(evenly(size).astype(float) * 2 + 1)
    return 2 * inside / np.cosh(inside) ** 2 / size


def optimizer_steps(kind, **settings):
    """20 steps of an optimiser over the parameters of a network 64-128-10."""

    def steps(torch):
        params = [torch.ones(*shape, requires_grad=True) for shape in LAYERS]
        for each in params:
            each.grad = torch.ones(*each.shape)
        optimizer = getattr(torch.optim, kind)(params, **settings)
        for _ in range(20):
            optimizer.step()
        return params[-1].detach()

    return steps


def cross_entropy(torch):
    """The loss of 64 examples of 10 classes, and its gradient for the first of them."""
    scores = torch.zeros(64, 10, requires_grad=True)
    target = torch.zeros(64, dtype=torch.int64)
    torch.nn.functional.cross_entropy(scores, target).backward()
    return scores.grad[0]


LAYERS = (128, 64), (128,), (10, 128), (10,)
WITH_MOMENTUM = 1 - 1e-3 * sum(0.9**n * (20 - n) for n in range(20))

# name -> (workload, its gradient or a function that gives it for a size, our aim: the ratio to
# PyTorch's time)
WORKLOADS = {
    "tutorial on 2×2": (tutorial, [[4.5, 4.5], [4.5, 4.5]], 0.40),
    "Jacobian-vector loop": (jacobian_loop, [102.4, 1024.0, 0.1024], 0.35),
    "chain of 1,000 additions": (chain, [1.0], 0.35),
    "y = y + y, 60 times": (doubling, [2.0**60], 0.70),
    "10,000 uses of one leaf": (uses, [10_000.0], 0.50),
    "10⁷ × (x·2 + 1, exp, tanh), mean": (elementwise, slopes, 0.25),
    "cross entropy of 64×10": (cross_entropy, [-0.9 / 64] + [0.1 / 64] * 9, 0.70),
    "20 steps of SGD with momentum": (
        optimizer_steps("SGD", lr=1e-3, momentum=0.9),
        [WITH_MOMENTUM] * 10,
        0.80,
    ),
    "20 steps of Adam": (optimizer_steps("Adam", lr=1e-3), [0.98] * 10, 0.70),
}
