"""Forward and backward of the small workloads written out in NumPy, as `by_hand.py`."""

import numpy as np
from workloads import evenly


def tutorial():
    x = np.ones((2, 2), np.float32)
    y = x + 2
    z = y * y * 3
    np.add.reduce(z, None) / z.size
    grad = np.full(z.shape, 1 / z.size, z.dtype) * 3
    return [grad * y + grad * y]


def jacobian_loop():
    x = np.array([-0.4337, 0.7451, -1.6505], np.float32)
    y, times = x * 2, 1
    while (y @ y) ** 0.5 < 1000:
        y, times = y * 2, times + 1
    grad = np.array([0.1, 1.0, 0.0001], np.float32)
    for _ in range(times):
        grad = grad * 2
    return [grad]


def chain():
    y = np.ones(1, np.float32)
    for _ in range(1000):
        y = y + 1
    return [np.ones(1, np.float32)]


def doubling():
    y, grad = np.ones((2, 1), np.float32)
    for _ in range(60):
        y = y + y
    for _ in range(60):
        grad = grad + grad
    return [grad]


def uses():
    x, grad = np.ones((2, 1), np.float32)
    y, found = np.zeros((2, 1), np.float32)
    for _ in range(10_000):
        y = y + x
    for _ in range(10_000):
        found += grad
    return [found]


def elementwise(size=10_000_000):
    inside = evenly(size) * 2
    inside += 1
    np.exp(inside, out=inside)
    found = np.tanh(inside)
    found.mean()
    found *= found
    np.subtract(1, found, out=found)
    found *= inside
    found *= 2 / size
    return [found]


SMALL_BY_HAND = {
    "tutorial on 2×2": tutorial,
    "Jacobian-vector loop": jacobian_loop,
    "chain of 1,000 additions": chain,
    "y = y + y, 60 times": doubling,
    "10,000 uses of one leaf": uses,
    "10⁷ × (x·2 + 1, exp, tanh), mean": elementwise,
}
