"""Floor 7. Layers: modules that compute one thing."""

import math

from ..creation import rand
from . import functional
from .module import Module
from .parameter import Parameter


class Linear(Module):
    """input @ weightᵀ + bias; weights begin as random numbers within ±1 / √in_features."""

    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        bound = 1 / math.sqrt(in_features) if in_features else 0
        self.weight = Parameter((rand(out_features, in_features) * 2 - 1) * bound)
        self.bias = Parameter((rand(out_features) * 2 - 1) * bound) if bias else None

    def forward(self, input):
        """(…, in_features) gives (…, out_features)."""
        return functional.linear(input, self.weight, self.bias)

    def extra_repr(self):
        """The two sizes, and whether there is a bias."""
        there = self.bias is not None
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={there}"


class ReLU(Module):
    """input where it is positive, else 0."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.relu(input)


class Tanh(Module):
    """The hyperbolic tangent."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.tanh(input)


class Sigmoid(Module):
    """1 / (1 + exp(-input))."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.sigmoid(input)


class MSELoss(Module):
    """The mean squared difference; `reduction` may be "sum" or "none"."""

    def __init__(self, reduction="mean"):
        super().__init__()
        self.reduction = reduction

    def forward(self, input, target):
        """Two tensors of one shape give a single number."""
        return functional.mse_loss(input, target, self.reduction)


class Sequential(Module):
    """Modules one after the other: the result of each is the input of the next."""

    def __init__(self, *modules):
        super().__init__()
        for number, module in enumerate(modules):
            setattr(self, str(number), module)

    def forward(self, input):
        """Whatever the first module takes; what the last one gives."""
        for module in self.children():
            input = module(input)
        return input

    def __len__(self):
        return len(self._modules)

    def __getitem__(self, number):
        return list(self._modules.values())[number]

    def __iter__(self):
        return self.children()
