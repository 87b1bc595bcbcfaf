"""Floor 3. Cross entropy, the loss of a classifier: how surprising was the right answer to it?"""

import numpy as np

from ..arrays import zeros
from ..carriers import carried, numbers
from ..function import Function
from .softmax import LogSoftmax, Softmax


def one_hot_rows(classes, number, dtype):
    """A row of zeros for each class, with a 1 at its place."""
    rows = zeros((len(classes), number), dtype, classes)
    rows[np.arange(len(classes)), classes] = 1
    return rows


class CrossEntropy(Function):
    """-log(probability of the right class), the mean over all rows of scores; in one node.

    Going back, every score gets its probability, less 1 for the right class: what the network said,
    minus what is true.
    """

    saved_names = ("self",)

    @staticmethod
    def forward(self, target, logs):
        right = logs[np.arange(len(target)), target]
        return -np.add.reduce(right) / len(target)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        said = Softmax.of(self, dim=1) if ctx.recorded else np.exp(ctx.logs)
        true = one_hot_rows(ctx.target, self.shape[1], numbers(grad).dtype)
        return ((said - carried(true, grad)) * (grad / len(ctx.target)),)

    def name(self):
        return "NllLossBackward0"  # the last of the two nodes that PyTorch makes


def mean_cross_entropy(input, target):
    """The mean cross entropy of scores (N, C) and the numbers of the right classes (N)."""
    logs = LogSoftmax.forward(input._array, dim=1)
    return CrossEntropy.apply(input, target=target._array.copy(), logs=logs)
