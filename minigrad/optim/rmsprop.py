"""Floor 7. RMSprop: the gradient divided by its usual size."""

import numpy as np

from . import optimizer_checks
from .averages import begin, count, mix_square, move, walk
from .optimizer import Optimizer, slope


class RMSprop(Optimizer):
    """The gradient divided by the root of a running average of its square.

    `alpha` says how much of the average is kept in a step; `centered` takes off the square of the
    gradient's own average (the variance is left); `momentum` as in SGD.

    ValueError for settings out of range. state: step, square_avg (momentum_buffer, grad_avg).

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.RMSprop.html;
    Graves, https://arxiv.org/abs/1308.0850
    """

    def __init__(
        self,
        params,
        lr=1e-2,
        alpha=0.99,
        eps=1e-8,
        weight_decay=0,
        momentum=0,
        centered=False,
        *,
        maximize=False,
    ):
        settings = {"lr": lr, "momentum": momentum, "alpha": alpha, "eps": eps}
        settings |= {"centered": centered, "weight_decay": weight_decay, "maximize": maximize}
        super().__init__(params, optimizer_checks.check_settings(settings))

    def update(self, parameter, group):
        """One step; the numbers are changed where they are."""
        state, weights, alpha = self.state[parameter], parameter.array, group["alpha"]
        if not state:
            more = ["momentum_buffer"] * (group["momentum"] > 0) + ["grad_avg"] * group["centered"]
            begin(state, parameter, "square_avg", *more)
        count(state)
        grad = slope(parameter, group["maximize"], group["weight_decay"])
        size, square = np.empty_like(weights), state["square_avg"].array
        mix_square(square, grad, alpha, size)
        if group["centered"]:
            mean = state["grad_avg"].array
            move(mean, grad, 1 - alpha, size)
            np.multiply(mean, mean, out=size)
            square = np.subtract(square, size, out=size)
        np.sqrt(square, out=size)
        size += group["eps"]
        if group["momentum"] > 0:
            buffer = state["momentum_buffer"].array
            buffer *= group["momentum"]
            walk(buffer, -1, grad, size)
            weights -= group["lr"] * buffer
        else:
            walk(weights, group["lr"], grad, size)
