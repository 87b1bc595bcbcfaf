"""Floor 1. The switch that decides whether operations are recorded; one for each thread."""

import threading

from . import decorating


class _Mode(threading.local):
    enabled = True
    counter = None  # in inference mode, the version counter of everything new


mode = _Mode()


def is_grad_enabled():
    """True where operations are being recorded (the default)."""
    return mode.enabled


class Switch:
    """Sets the switch for a block, and sets it back at its end, also after an error.

    Also a decorator, `@no_grad()` or `@no_grad`, of functions, generators and coroutines: the
    switch is set while their own code runs, and only then.
    """

    wanted = False

    def __new__(cls, function=None):
        switch = object.__new__(cls)
        return switch if function is None else switch(function)

    def __enter__(self):
        self.before, mode.enabled = mode.enabled, self.wanted

    def __exit__(self, *error):
        mode.enabled = self.before

    def __call__(self, function):
        return decorating.inside(self.clone, function)

    def clone(self):
        """A switch of the same kind, for one more block."""
        return type(self)()


class no_grad(Switch):
    """Inside `with no_grad():` nothing is recorded. Also a decorator: `@no_grad()`.

    PyTorch's rule: whatever is computed inside has `requires_grad=False`, even if its inputs
    require grad (a view of a tensor that does is the one exception).
    """


class enable_grad(Switch):
    """Inside `with enable_grad():` operations are recorded, also within `no_grad`."""

    wanted = True


class set_grad_enabled(Switch):
    """`set_grad_enabled(False)` sets the switch from here on; in a `with`, for the block alone."""

    def __new__(cls, mode):
        return object.__new__(cls)

    def __init__(self, enabled):
        decorating.check_bool("set_grad_enabled", "enabled", enabled)
        self.before, self.wanted, mode.enabled = mode.enabled, enabled, enabled

    def __enter__(self):
        mode.enabled = self.wanted

    def __call__(self, function):
        mode.enabled = self.before
        return super().__call__(function)

    def clone(self):
        """A switch of the same kind, for one more block."""
        before = mode.enabled
        switch = set_grad_enabled(self.wanted)
        mode.enabled = before
        return switch
