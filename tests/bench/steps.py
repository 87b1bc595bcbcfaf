"""Steps of training whose memory is compared: the same lines for minigrad and for PyTorch.

`STEPS[name](torch)` makes a network and returns a function that takes one step: forward, backward,
update, and the gradients forgotten, so that each step begins and ends with the same memory.
"""

import importlib
from itertools import pairwise

import layer_workloads
import numpy as np


def numbers(torch, *shape, seed=0):
    return torch.tensor(layer_workloads.numbers(*shape, seed=seed))


def classes(torch, number):
    return torch.tensor(np.random.RandomState(1).randint(0, 10, number))


def training(build, shape, target=None):
    """One entry of STEPS: the network `build(nn)` on inputs of a shape, of ten classes.

    With `target`, a shape, the network is to give numbers of that shape instead.
    """

    def prepared(torch):
        nn = importlib.import_module(f"{torch.__name__}.nn")
        torch.manual_seed(0)
        network, x = build(nn), numbers(torch, *shape)
        optimizer = torch.optim.SGD(network.parameters(), lr=1e-4, momentum=0.9)
        loss = nn.MSELoss() if target else nn.CrossEntropyLoss()
        wanted = numbers(torch, *target, seed=2) if target else classes(torch, shape[0])

        def step():
            loss(network(x), wanted).backward()
            optimizer.step()
            optimizer.zero_grad()

        return step

    return prepared


def dense(nn, *sizes):
    """Dense layers with relu between them."""
    layers = []
    for one, two in pairwise(sizes):
        layers += [nn.Linear(one, two), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def convolutional(nn):
    """The network of convolutions of the speed benchmark."""
    return nn.Sequential(
        *(nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(784, 10)),
    )


def residual(nn):
    """Two residual blocks with batch norm, between a convolution and a dense layer."""

    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.one, self.two = (nn.Conv2d(16, 16, 3, padding=1, bias=False) for _ in range(2))
            self.norm1, self.norm2, self.relu = nn.BatchNorm2d(16), nn.BatchNorm2d(16), nn.ReLU()

        def forward(self, x):
            inside = self.norm2(self.two(self.relu(self.norm1(self.one(x)))))
            return self.relu(inside + x)

    head = nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10)
    return nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), Block(), Block(), *head)


def encoder(nn):
    """A layer of a transformer, with 4 heads."""
    return nn.TransformerEncoderLayer(128, 4, 512, dropout=0.0, norm_first=True, batch_first=True)


def recurrent(nn):
    """An LSTM, of which the states at all steps are used."""

    class States(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.LSTM(64, 128)

        def forward(self, x):
            return self.layer(x)[0]

    return States()


STEPS = {
    "784-256-10, batch 64": training(lambda nn: dense(nn, 784, 256, 10), (64, 784)),
    "784-256-10, batch 4,096": training(lambda nn: dense(nn, 784, 256, 10), (4096, 784)),
    "20 layers of 256, batch 256": training(lambda nn: dense(nn, *[256] * 20, 10), (256, 256)),
    "CNN on 32×1×28×28": training(convolutional, (32, 1, 28, 28)),
    "residual network on 16×3×32×32": training(residual, (16, 3, 32, 32)),
    "transformer 16×64×128, 4 heads": training(encoder, (16, 64, 128), (16, 64, 128)),
    "LSTM 50×32×64, 128 hidden": training(recurrent, (50, 32, 64), (50, 32, 128)),
}
