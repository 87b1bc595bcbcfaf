"""Floor 7. `LRScheduler`: what all schedules for the learning rate have in common.

`scheduler.step()` comes after the optimiser's steps of an epoch. What is kept has PyTorch's names:
https://docs.pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate
"""

from . import scheduler_checks
from .optimizer import Optimizer


class LRScheduler:
    """Sets the `lr` of every group of an optimiser, anew with every `step()`.

    A subclass has a method `get_lr`, which returns the next learning rates from the present ones.
    The first are the `initial_lr` of the groups. `last_epoch` is the number of steps so far; it is
    given only to go on with an optimiser whose state has been loaded (KeyError if it has not).
    TypeError for what is no optimiser.
    """

    def __init__(self, optimizer, last_epoch=-1):
        scheduler_checks.check_optimizer(optimizer, Optimizer)
        self.optimizer = optimizer
        for number, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", group["lr"])
            elif "initial_lr" not in group:
                raise scheduler_checks.not_resumed(number)
        self.base_lrs = [group["initial_lr"] for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        scheduler_checks.watch_steps(optimizer)
        self._step_count = 0
        self._is_initial = True
        self.step()
        self._is_initial = False

    def step(self, epoch=None):
        """Set the next learning rates. To be called after `optimizer.step()`; warns if it was not.

        `epoch` sets the number of steps instead (deprecated, as in PyTorch).
        """
        if self._step_count == 1:
            scheduler_checks.warn_of_order(self.optimizer)
        self._step_count += 1
        if epoch is not None:
            scheduler_checks.warn_of_epoch()
        self.last_epoch = self.last_epoch + 1 if epoch is None else epoch
        closed = None if epoch is None else getattr(self, "_get_closed_form_lr", None)
        self._get_lr_called_within_step = True
        try:
            rates = (closed or self.get_lr)()
        finally:
            self._get_lr_called_within_step = False
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            group["lr"] = rate
        self._last_lr = [group["lr"] for group in self.optimizer.param_groups]

    def get_lr(self):
        """The next learning rates, from the present ones. A subclass says how."""
        raise NotImplementedError(f"{type(self).__name__} has no method get_lr(self).")

    def _present(self):
        """The present learning rates, from which those of the next step are computed."""
        if not self._get_lr_called_within_step:
            scheduler_checks.warn_of_get_lr()
        return [group["lr"] for group in self.optimizer.param_groups]

    def get_last_lr(self):
        """The learning rates that the last step has set, one for each group."""
        return self._last_lr

    def state_dict(self):
        """Everything but the optimiser, by name."""
        return {name: value for name, value in vars(self).items() if name != "optimizer"}

    def load_state_dict(self, state_dict):
        """Go on from a state."""
        vars(self).update(state_dict)
