"""Floor 7. Schedules for the learning rate, with PyTorch's formulas and order of rounding.

https://docs.pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate
"""

import math
import types
from bisect import bisect_right
from collections import Counter

from . import scheduler_checks
from .optimizer import Optimizer
from .plateau import ReduceLROnPlateau
from .scheduler import LRScheduler

__all__ = [
    "CosineAnnealingLR",
    "ExponentialLR",
    "LRScheduler",
    "LambdaLR",
    "LinearLR",
    "MultiStepLR",
    "ReduceLROnPlateau",
    "StepLR",
]


class LambdaLR(LRScheduler):
    """The initial rate times `lr_lambda(epoch)`: one function, or a list with one for each group.

    ValueError for a list of another length. Of callable objects the state is kept, of functions it
    cannot be.
    """

    def __init__(self, optimizer, lr_lambda, last_epoch=-1):
        scheduler_checks.check_optimizer(optimizer, Optimizer)
        groups = len(optimizer.param_groups)
        self.lr_lambdas = scheduler_checks.check_lambdas(lr_lambda, groups)
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        """The rates of this epoch."""
        self._present()
        return [
            base * factor(self.last_epoch)
            for factor, base in zip(self.lr_lambdas, self.base_lrs, strict=True)
        ]

    def state_dict(self):
        """Everything but the optimiser and functions."""
        kept = [
            None if isinstance(each, types.FunctionType) else dict(vars(each))
            for each in self.lr_lambdas
        ]
        return {**super().state_dict(), "lr_lambdas": kept}

    def load_state_dict(self, state_dict):
        """Go on from a state."""
        super().load_state_dict({k: v for k, v in state_dict.items() if k != "lr_lambdas"})
        for each, kept in zip(self.lr_lambdas, state_dict["lr_lambdas"], strict=True):
            if kept is not None:
                vars(each).update(kept)


class StepLR(LRScheduler):
    """Times `gamma` after every `step_size` epochs."""

    def __init__(self, optimizer, step_size, gamma=0.1, last_epoch=-1):
        self.step_size = scheduler_checks.check_count("step_size", step_size)
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        """The next rates."""
        if self.last_epoch == 0 or self.last_epoch % self.step_size != 0:
            return self._present()
        return [lr * self.gamma for lr in self._present()]

    def _get_closed_form_lr(self):
        return [base * self.gamma ** (self.last_epoch // self.step_size) for base in self.base_lrs]


class MultiStepLR(LRScheduler):
    """Times `gamma` at each of the epochs `milestones`."""

    def __init__(self, optimizer, milestones, gamma=0.1, last_epoch=-1):
        self.milestones = Counter(milestones)
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        """The next rates."""
        if self.last_epoch not in self.milestones:
            return self._present()
        return [lr * self.gamma ** self.milestones[self.last_epoch] for lr in self._present()]

    def state_dict(self):
        """Everything but the optimiser, by name."""
        return {**super().state_dict(), "milestones": dict(self.milestones)}

    def load_state_dict(self, state_dict):
        """Go on from a state."""
        super().load_state_dict(state_dict)
        self.milestones = Counter({int(epoch): n for epoch, n in self.milestones.items()})

    def _get_closed_form_lr(self):
        passed = bisect_right(sorted(self.milestones.elements()), self.last_epoch)
        return [base * self.gamma**passed for base in self.base_lrs]


class ExponentialLR(LRScheduler):
    """Times `gamma` after every epoch."""

    def __init__(self, optimizer, gamma, last_epoch=-1):
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        """The next rates."""
        if self._is_initial:
            return self._present()
        return [lr * self.gamma for lr in self._present()]

    def _get_closed_form_lr(self):
        return [base * self.gamma**self.last_epoch for base in self.base_lrs]


class LinearLR(LRScheduler):
    """From `start_factor` to `end_factor` times the initial rate, evenly in `total_iters` epochs.

    ValueError for factors that are not between 0 and 1.
    """

    def __init__(
        self, optimizer, start_factor=1.0 / 3, end_factor=1.0, total_iters=5, last_epoch=-1
    ):
        scheduler_checks.check_factors(start_factor, end_factor)
        self.start_factor, self.end_factor = start_factor, end_factor
        self.total_iters = total_iters
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        """The next rates."""
        if self.last_epoch == 0:
            return [lr * self.start_factor for lr in self._present()]
        if self._is_initial or self.last_epoch > self.total_iters:
            return self._present()
        change = self.end_factor - self.start_factor
        before = self.total_iters * self.start_factor + (self.last_epoch - 1) * change
        return [lr * (1.0 + change / before) for lr in self._present()]

    def _get_closed_form_lr(self):
        change = self.end_factor - self.start_factor
        passed = min(self.total_iters, self.last_epoch)
        factor = self.start_factor + change * passed / self.total_iters
        return [base * factor for base in self.base_lrs]


class CosineAnnealingLR(LRScheduler):
    """Down from the initial rate to `eta_min` in `T_max` epochs, as half a wave (and up again).

    Source: Loshchilov and Hutter, https://arxiv.org/abs/1608.03983
    """

    def __init__(self, optimizer, T_max, eta_min=0.0, last_epoch=-1):
        self.T_max = scheduler_checks.check_count("T_max", T_max)
        self.eta_min = eta_min
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        """The next rates."""
        if self._is_initial:
            return self._present()
        if self._step_count == 1 and self.last_epoch > 0:
            return self._get_closed_form_lr()
        low, part = self.eta_min, math.pi / self.T_max
        if (self.last_epoch - 1 - self.T_max) % (2 * self.T_max) == 0:
            pairs = zip(self._present(), self.base_lrs, strict=True)
            return [lr + (base - low) * (1 - math.cos(part)) / 2 for lr, base in pairs]
        here = 1 + math.cos(math.pi * self.last_epoch / self.T_max)
        before = 1 + math.cos(math.pi * (self.last_epoch - 1) / self.T_max)
        return [here / before * (lr - low) + low for lr in self._present()]

    def _get_closed_form_lr(self):
        low, wave = self.eta_min, 1 + math.cos(math.pi * self.last_epoch / self.T_max)
        return [low + (base - low) * wave / 2 for base in self.base_lrs]
