"""What is timed of layers and networks, in a package and by hand: (workload, by hand, aim).

A workload takes the module `torch` and returns the gradients of one forward and backward pass; the
one by hand takes nothing and returns the same as arrays. Numbers and tensors are made once.
"""

import importlib
from functools import cache
from itertools import pairwise

import by_hand
import numpy as np


def numbers(*shape, seed=0):
    return np.random.RandomState(seed).standard_normal(shape).astype(np.float32)


def layer(forward, *shapes):
    """A workload of one layer: the gradients of sum(result * weight) for arrays of these shapes."""

    @cache
    def made(torch):
        inputs = [torch.tensor(each, requires_grad=True) for each in arrays(*shapes)]
        F = importlib.import_module(f"{torch.__name__}.nn.functional")
        return F, inputs, torch.tensor(numbers(*forward(F, *inputs).shape, seed=9))

    def run(torch):
        F, inputs, weight = made(torch)
        for each in inputs:
            each.grad = None
        forward(F, *inputs).backward(weight)
        return [each.grad for each in inputs]

    return run


@cache
def arrays(*shapes):
    return [numbers(*shape, seed=seed) for seed, shape in enumerate(shapes)]


def matmul(torch, size=1024):
    """A product of two square matrices, and the gradients of both."""
    return squares(size)(torch)


@cache
def squares(size):
    return layer(lambda F, a, b: a @ b, (size, size), (size, size))


def matmul_by_hand(size=1024):
    a, b = arrays((size, size), (size, size))
    product = a @ b
    grad = numbers_like(product.shape)
    return [grad @ b.T, a.T @ grad]


IMAGES, FILTERS = (16, 16, 28, 28), (32, 16, 3, 3)
convolution = layer(lambda F, *each: F.conv2d(*each, padding=1), IMAGES, FILTERS, (32,))
max_pool = layer(lambda F, x: F.max_pool2d(x, 2), IMAGES)
avg_pool = layer(lambda F, x: F.avg_pool2d(x, 2), IMAGES)
batch_norm = layer(
    lambda F, x, w, b: F.batch_norm(x, None, None, w, b, training=True), IMAGES, (16,), (16,)
)
layer_norm = layer(lambda F, x, w, b: F.layer_norm(x, (128,), w, b), (1024, 128), (128,), (128,))


def convolution_by_hand():
    x, weight, bias = arrays(IMAGES, FILTERS, (32,))
    y, columns = by_hand.convolution(x, weight, bias, 1)
    grad = numbers_like(y.shape)
    return by_hand.convolution_backward(grad, x.shape, weight, columns, 1)


@cache
def numbers_like(shape):
    return numbers(*shape, seed=9)


def max_pool_by_hand():
    (x,) = arrays(IMAGES)
    largest = by_hand.max_pool(x)
    return [by_hand.max_pool_backward(numbers_like(largest.shape), x, largest)]


def avg_pool_by_hand():
    (x,) = arrays(IMAGES)
    return [by_hand.avg_pool_backward(numbers_like(by_hand.avg_pool(x).shape))]


def batch_norm_by_hand():
    x, weight, bias = arrays(IMAGES, (16,), (16,))
    y, *kept = by_hand.batch_norm(x, weight, bias)
    return by_hand.batch_norm_backward(numbers_like(y.shape), weight, *kept)


def layer_norm_by_hand():
    x, weight, bias = arrays((1024, 128), (128,), (128,))
    y, *kept = by_hand.layer_norm(x, weight, bias)
    return by_hand.layer_norm_backward(numbers_like(y.shape), weight, *kept)


def dense(F, x, *weights):
    """Dense layers with relu between them."""
    for place in range(0, len(weights), 2):
        x = F.linear(F.relu(x) if place else x, *weights[place : place + 2])
    return x


def convolutional(F, x, w1, b1, w2, b2, w3, b3):
    """Twice a convolution, relu and a pool, then a dense layer."""
    x = F.max_pool2d(F.relu(F.conv2d(x, w1, b1, padding=1)), 2)
    x = F.max_pool2d(F.relu(F.conv2d(x, w2, b2, padding=1)), 2)
    return F.linear(x.flatten(1), w3, b3)


def examples(shape, classes):
    """Inputs, and what is wanted: a class for each, or a number if there is one class only."""
    wanted = np.random.RandomState(1).randint(0, max(classes, 2), shape[0])
    return numbers(*shape), wanted if classes > 1 else wanted[:, None].astype(np.float32)


def start(shapes):
    """Weights of these shapes, the smaller the more of them are added up."""
    scales = [np.prod(each[1:], dtype=np.float32) ** 0.5 for each in shapes]
    return [each / scale for each, scale in zip(arrays(*shapes), scales)]


def network(forward, hand, shape, shapes, lr=None):
    """(workload, by hand) of a network with cross entropy, or squared errors if it has one output.

    With `lr`, of a step of SGD as well.
    """
    x, wanted = examples(shape, shapes[-1][0])
    loss, by_hands = ("cross_entropy", by_hand.cross_entropy)
    if shapes[-1][0] == 1:
        loss, by_hands = ("mse_loss", by_hand.squared_error)

    @cache
    def made(torch):
        weights = [torch.tensor(each, requires_grad=True) for each in start(shapes)]
        optimizer = lr and torch.optim.SGD(weights, lr=lr, momentum=0.9)
        F = importlib.import_module(f"{torch.__name__}.nn.functional")
        return F, weights, optimizer, torch.tensor(x), torch.tensor(wanted)

    def run(torch):
        F, weights, optimizer, input, target = made(torch)
        for each in weights:
            each.grad = None
        getattr(F, loss)(forward(F, input, *weights), target).backward()
        if optimizer:
            optimizer.step()
        return [each.grad for each in weights]

    @cache
    def kept():
        return start(shapes), [np.zeros(each, np.float32) for each in shapes]

    def run_by_hand():
        weights, momenta = kept()
        found = hand(x, weights, wanted, by_hands)
        if lr:
            for weight, momentum, grad in zip(weights, momenta, found):
                momentum *= 0.9
                momentum += grad
                weight -= lr * momentum
        return found

    return run, run_by_hand


def layers_of(*sizes):
    """The shapes of the weights and biases of dense layers."""
    return [shape for one, two in pairwise(sizes) for shape in ((two, one), (two,))]


MOONS, DIGITS = ((100, 2), layers_of(2, 16, 16, 1)), ((64, 64), layers_of(64, 128, 10))
MLP = (64, 784), layers_of(784, 256, 10)
CNN = (32, 1, 28, 28), [(8, 1, 3, 3), (8,), (16, 8, 3, 3), (16,), (10, 784), (10,)]
LR = 1e-6  # so small that thousands of steps change nothing

LAYER_WORKLOADS = {
    "matmul 1024×1024": (matmul, matmul_by_hand, 0.95),
    "convolution 16×16×28×28": (convolution, convolution_by_hand, 2.0),
    "max pooling 16×16×28×28": (max_pool, max_pool_by_hand, 0.5),
    "mean pooling 16×16×28×28": (avg_pool, avg_pool_by_hand, 0.5),
    "batch norm 16×16×28×28": (batch_norm, batch_norm_by_hand, 1.1),
    "layer norm 1024×128": (layer_norm, layer_norm_by_hand, 3.0),
    "moons 2-16-16-1": (*network(dense, by_hand.dense, *MOONS), 0.55),
    "digits 64-128-10, step of SGD": (*network(dense, by_hand.dense, *DIGITS, lr=LR), 0.60),
    "784-256-10": (*network(dense, by_hand.dense, *MLP), 0.90),
    "CNN on 32×1×28×28": (*network(convolutional, by_hand.convolutional, *CNN), 1.0),
}
