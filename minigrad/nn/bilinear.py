"""Floor 7. A layer that is linear in each of two inputs."""

import math

from ..chance import rand
from . import functional
from .module import Module
from .parameter import Parameter


class Bilinear(Module):
    """For each output the sum of input1[i] · weight[i, j] · input2[j], plus a bias.

    `weight` is (out, in1, in2), `bias` (out); both begin as random numbers within ±1 / √in1.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Bilinear.html
    """

    def __init__(self, in1_features, in2_features, out_features, bias=True, **kind):
        super().__init__()
        if in1_features <= 0:
            raise ValueError(f"in1_features must be > 0, but got {in1_features}")
        self.in1_features, self.in2_features = in1_features, in2_features
        self.out_features = out_features
        self.weight = Parameter(rand(out_features, in1_features, in2_features, **kind))
        self.register_parameter("bias", Parameter(rand(out_features, **kind)) if bias else None)
        self.reset_parameters()

    def reset_parameters(self):
        """New random weights."""
        bound = 1 / math.sqrt(self.in1_features)
        for each in self.parameters():
            each.data = (rand(*each.shape, dtype=each.dtype) * 2 - 1) * bound

    def forward(self, input1, input2):
        """(…, in1) and (…, in2) give (…, out)."""
        return functional.bilinear(input1, input2, self.weight, self.bias)

    def extra_repr(self):
        """The numbers it was made with."""
        return (
            f"in1_features={self.in1_features}, in2_features={self.in2_features}, "
            f"out_features={self.out_features}, bias={self.bias is not None}"
        )
