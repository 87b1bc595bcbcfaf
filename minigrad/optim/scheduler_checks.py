"""Floor 7. What is said about schedules for the learning rate. PyTorch's words first."""

import functools
import warnings
import weakref

_MORE = "See more details at https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate"


def check_optimizer(optimizer, optimizer_type):
    if not isinstance(optimizer, optimizer_type):
        raise TypeError(
            f"{type(optimizer).__name__} is not an Optimizer: the first argument is what the "
            "schedule is for, such as torch.optim.SGD(...)."
        )


def not_resumed(number):
    return KeyError(
        f"param 'initial_lr' is not specified in param_groups[{number}] when resuming scheduler "
        "with last_epoch >= 0. Load the optimizer's state first; to begin anew, leave last_epoch "
        "out."
    )


# --- the order of steps ---------------------------------------------------------------------------
def watch_steps(optimizer):
    """Let the optimiser note that it has made a step."""
    if hasattr(optimizer.step, "_wrapped_by_lr_sched"):
        return
    step, here = optimizer.step.__func__, weakref.ref(optimizer)

    @functools.wraps(step)
    def noted(*args, **kwargs):
        optimizer = here()
        optimizer._opt_called = True
        return step(optimizer, *args, **kwargs)

    noted._wrapped_by_lr_sched = True
    optimizer.step = noted


def warn_of_order(optimizer):
    """The schedule's second step comes after a step of the optimiser, or a rate is left out."""
    if not hasattr(optimizer.step, "_wrapped_by_lr_sched"):
        _warn(
            "Seems like `optimizer.step()` has been overridden after learning rate scheduler "
            "initialization. Please, make sure to call `optimizer.step()` before "
            f"`lr_scheduler.step()`. {_MORE}"
        )
    elif not getattr(optimizer, "_opt_called", False):
        _warn(
            "Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 "
            "and later, you should call them in the opposite order: `optimizer.step()` before "
            "`lr_scheduler.step()`.  Failure to do this will result in PyTorch skipping the first "
            f"value of the learning rate schedule. {_MORE}"
        )


def warn_of_epoch():
    _warn(
        "The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where "
        "possible. Please use `scheduler.step()` to step the scheduler. During the deprecation, if "
        "epoch is different from None, the closed form is used instead of the new chainable form, "
        "where available."
    )


def warn_of_get_lr():
    _warn(
        "To get the last learning rate computed by the scheduler, please use `get_last_lr()`.",
        stacklevel=5,
    )


def _warn(message, stacklevel=4):
    warnings.warn(message, UserWarning, stacklevel=stacklevel)


# --- arguments ------------------------------------------------------------------------------------
def check_count(name, number):
    if not number > 0:
        raise ValueError(f"{name} must be a positive number of epochs, but got {number}.")
    return number


def check_lambdas(given, groups):
    """A function for each group."""
    if not isinstance(given, (list, tuple)):
        return [given] * groups
    if len(given) != groups:
        raise ValueError(f"Expected {groups} lr_lambdas, but got {len(given)}")
    return list(given)


def check_factors(start, end):
    if not 0 < start <= 1:
        raise ValueError(
            "Starting multiplicative factor expected to be greater than 0 and less or equal to 1: "
            f"it is {start}."
        )
    if not 0 <= end <= 1:
        raise ValueError(
            f"Ending multiplicative factor expected to be between 0 and 1: it is {end}."
        )


def check_plateau(factor, mode, threshold_mode):
    if factor >= 1:
        raise ValueError(f"Factor should be < 1.0. It is {factor}.")
    if mode not in ("min", "max"):
        raise ValueError(f"mode {mode} is unknown! It is min or max.")
    if threshold_mode not in ("rel", "abs"):
        raise ValueError(f"threshold mode {threshold_mode} is unknown! It is rel or abs.")


def check_floors(given, optimizer):
    """The least rate of each group."""
    groups = len(optimizer.param_groups)
    if not isinstance(given, (list, tuple)):
        return [given] * groups
    if len(given) != groups:
        raise ValueError(f"expected {groups} min_lrs, got {len(given)}")
    return list(given)


def floors_of_new_groups(scheduler, groups):
    """The least rates when groups have been added; RuntimeError if there was a list of them."""
    if scheduler.default_min_lr is None:
        raise RuntimeError(
            f"The number of param groups in the `optimizer` ({groups}) differs from when "
            f"`ReduceLROnPlateau` was initialized ({len(scheduler.min_lrs)}), usually due to a new "
            "param group being added to the optimizer. Please modify the `min_lrs` field to match "
            "the length of the `optimizer` param groups."
        )
    return [scheduler.default_min_lr] * groups
