"""Floor 7. Adagrad: the gradient divided by the root of the sum of all its squares so far."""

import numpy as np

from ..creation import full_like
from . import optimizer_checks
from .averages import begin, count, walk
from .optimizer import Optimizer, slope


class Adagrad(Optimizer):
    """Steps get smaller the more a weight has been moved: lr * gradient / √(sum of squares).

    `lr_decay` makes them smaller with time as well; the sum begins at `initial_accumulator_value`.

    ValueError for settings out of range. state: step, sum.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.Adagrad.html;
    Duchi, Hazan and Singer, https://jmlr.org/papers/v12/duchi11a.html
    """

    def __init__(
        self,
        params,
        lr=1e-2,
        lr_decay=0,
        weight_decay=0,
        initial_accumulator_value=0,
        eps=1e-10,
        *,
        maximize=False,
    ):
        settings = {"lr": lr, "lr_decay": lr_decay, "eps": eps, "weight_decay": weight_decay}
        settings["initial_accumulator_value"] = initial_accumulator_value
        settings["maximize"] = maximize
        super().__init__(params, optimizer_checks.check_settings(settings))
        for group in self.param_groups:
            for parameter in group["params"]:
                self.begin(parameter)

    def begin(self, parameter):
        """The state before the first step."""
        begin(self.state[parameter], parameter)
        start = self.defaults["initial_accumulator_value"]
        self.state[parameter]["sum"] = full_like(parameter, start)

    def update(self, parameter, group):
        """One step; the numbers are changed where they are."""
        if not self.state[parameter]:  # of a group that was added later
            self.begin(parameter)
        state = self.state[parameter]
        step, total = count(state), state["sum"].array
        grad = slope(parameter, group["maximize"], group["weight_decay"])
        size = np.empty_like(total)
        total += np.multiply(grad, grad, out=size)
        np.sqrt(total, out=size)
        size += group["eps"]
        walk(parameter.array, group["lr"] / (1 + (step - 1) * group["lr_decay"]), grad, size)
