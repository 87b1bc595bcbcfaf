"""Floor 7. `Linear`: the layer that most networks are made of."""

import math

from ..chance import rand
from . import functional
from .module import Module
from .parameter import Parameter


class Linear(Module):
    """input @ weightᵀ + bias; the weights begin as random numbers within ±1 / √in_features.

    `weight` has the shape (out_features, in_features), `bias` (out_features); without `bias` it is
    None. `dtype` and `device` as for `torch.rand`. RuntimeError for a negative size.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html
    """

    def __init__(self, in_features, out_features, bias=True, **kind):
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        bound = 1 / math.sqrt(in_features) if in_features > 0 else 0
        self.weight = Parameter((rand(out_features, in_features, **kind) * 2 - 1) * bound)
        self.bias = Parameter((rand(out_features, **kind) * 2 - 1) * bound) if bias else None

    def forward(self, input):
        """(…, in_features) gives (…, out_features)."""
        return functional.linear(input, self.weight, self.bias)

    def extra_repr(self):
        """The two sizes, and whether there is a bias."""
        there = self.bias is not None
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={there}"
