"""Floor 7. Adam and AdamW: steps of about `lr` for every weight, whatever its gradient's size."""

import numpy as np

from ..tensor import share_versions
from . import optimizer_checks
from .averages import begin, count, mix_square, move, walk
from .optimizer import Optimizer, slope


class Adam(Optimizer):
    """Running averages of the gradient and of its square; their ratio is the direction.

    `betas` say how much of either average is kept in a step, `eps` keeps the denominator from 0,
    `amsgrad` divides by the greatest average so far. `weight_decay` is added to the gradient, or,
    decoupled, taken off the weights.

    ValueError for settings out of range. state: step, exp_avg, exp_avg_sq (max_exp_avg_sq).

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html;
    Kingma and Ba, https://arxiv.org/abs/1412.6980
    """

    def __init__(
        self,
        params,
        lr=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0,
        amsgrad=False,
        *,
        maximize=False,
        decoupled_weight_decay=False,
    ):
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay}
        settings |= {"amsgrad": amsgrad, "maximize": maximize}
        settings["decoupled_weight_decay"] = decoupled_weight_decay
        super().__init__(params, optimizer_checks.check_settings(settings))

    def update(self, parameter, group):
        """One step; the numbers are changed where they are."""
        state, weights, lr = self.state[parameter], parameter.array, group["lr"]
        if not state:
            greatest = ["max_exp_avg_sq"] * group["amsgrad"]
            begin(state, parameter, "exp_avg", "exp_avg_sq", *greatest)
        step, (beta1, beta2), decay = count(state), group["betas"], group["weight_decay"]
        if decay and group["decoupled_weight_decay"]:
            weights *= 1 - lr * decay
            share_versions(parameter, parameter)._counter.add()
            decay = 0
        grad = slope(parameter, group["maximize"], decay)
        scratch = np.empty_like(weights)
        mean, square = state["exp_avg"].array, state["exp_avg_sq"].array
        move(mean, grad, 1 - beta1, scratch)
        mix_square(square, grad, beta2, scratch)
        if group["amsgrad"]:
            greatest = state["max_exp_avg_sq"].array
            square = np.maximum(greatest, square, out=greatest)
        np.sqrt(square, out=scratch)
        scratch /= (1 - beta2**step) ** 0.5  # averages that began at 0 are too small at first
        scratch += group["eps"]
        walk(weights, lr / (1 - beta1**step), mean, scratch)


class AdamW(Adam):
    """Adam with decoupled weight decay: weights shrink by lr * weight_decay, whatever the gradient.

    ValueError for settings out of range. state: as for Adam.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html;
    Loshchilov and Hutter, https://arxiv.org/abs/1711.05101
    """

    def __init__(
        self,
        params,
        lr=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=1e-2,
        amsgrad=False,
        *,
        maximize=False,
    ):
        kind = {"maximize": maximize, "decoupled_weight_decay": True}
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad, **kind)

    def __setstate__(self, state):
        super().__setstate__(state)
        for group in self.param_groups:
            group["decoupled_weight_decay"] = True  # also after loading a state of Adam
