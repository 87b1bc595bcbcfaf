"""Floor 7. A schedule that looks at results: the rate falls when they get no better."""

import math

from . import scheduler_checks
from .optimizer import Optimizer
from .scheduler import LRScheduler


class ReduceLROnPlateau(LRScheduler):
    """Times `factor` when a metric has not become better for more than `patience` epochs.

    Better is smaller (mode "min") or greater ("max") by more than `threshold`, which is a part of
    the best so far ("rel") or a difference ("abs"). After a change it waits for `cooldown` epochs;
    no rate falls below `min_lr` (a number, or one for each group), and no change is less than
    `eps`. ValueError for other modes and factors.
    """

    def __init__(
        self,
        optimizer,
        mode="min",
        factor=0.1,
        patience=10,
        threshold=1e-4,
        threshold_mode="rel",
        cooldown=0,
        min_lr=0,
        eps=1e-8,
    ):
        scheduler_checks.check_plateau(factor, mode, threshold_mode)
        scheduler_checks.check_optimizer(optimizer, Optimizer)
        self.optimizer, self.factor = optimizer, factor
        several = isinstance(min_lr, (list, tuple))
        self.default_min_lr = None if several else min_lr
        self.min_lrs = scheduler_checks.check_floors(min_lr, optimizer)
        self.patience, self.cooldown, self.eps = patience, cooldown, eps
        self.mode, self.threshold, self.threshold_mode = mode, threshold, threshold_mode
        self.mode_worse = math.inf if mode == "min" else -math.inf
        self.best, self.last_epoch = self.mode_worse, 0
        self.cooldown_counter = self.num_bad_epochs = 0
        self._last_lr = [group["lr"] for group in optimizer.param_groups]

    def step(self, metrics, epoch=None):
        """Look at the metric (a number or a tensor of one element) of an epoch."""
        current = float(metrics)
        if epoch is not None:
            scheduler_checks.warn_of_epoch()
        self.last_epoch = self.last_epoch + 1 if epoch is None else epoch
        if self.is_better(current, self.best):
            self.best, self.num_bad_epochs = current, 0
        else:
            self.num_bad_epochs += 1
        if self.cooldown_counter > 0:
            self.cooldown_counter -= 1
            self.num_bad_epochs = 0
        if self.num_bad_epochs > self.patience:
            self.reduce()
            self.cooldown_counter, self.num_bad_epochs = self.cooldown, 0
        self._last_lr = [group["lr"] for group in self.optimizer.param_groups]

    def is_better(self, one, other):
        """Whether one metric is better than another."""
        sign = 1 if self.mode == "min" else -1
        if self.threshold_mode == "rel":
            return one * sign < other * (1 - sign * self.threshold) * sign
        return one * sign < (other - sign * self.threshold) * sign

    def reduce(self):
        """Make all rates smaller."""
        groups = self.optimizer.param_groups
        if len(groups) != len(self.min_lrs):
            self.min_lrs = scheduler_checks.floors_of_new_groups(self, len(groups))
        for group, floor in zip(groups, self.min_lrs, strict=True):
            rate = max(group["lr"] * self.factor, floor)
            if group["lr"] - rate > self.eps:
                group["lr"] = rate
