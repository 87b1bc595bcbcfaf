"""Floor 1. The switch that decides whether operations are recorded; one for each thread."""

import functools
import threading


class _Mode(threading.local):
    enabled = True


mode = _Mode()


def is_grad_enabled():
    """True where operations are being recorded (the default)."""
    return mode.enabled


class no_grad:
    """Inside `with no_grad():` nothing is recorded. Also a decorator: `@no_grad()`.

    PyTorch's rule: whatever is computed inside has `requires_grad=False`, even if its inputs
    require grad. Leaving the block restores the state before it, also after an error.
    """

    def __enter__(self):
        self.before, mode.enabled = mode.enabled, False

    def __exit__(self, *error):
        mode.enabled = self.before

    def __call__(self, function):
        @functools.wraps(function)
        def without_recording(*args, **kwargs):
            with no_grad():
                return function(*args, **kwargs)

        return without_recording
