"""Floor 1. Inference mode: as `no_grad`, for tensors that will never meet a graph again."""

from . import creation, decorating, write_errors
from .grad_mode import mode
from .tensor import Tensor, VersionCounter


class InferenceCounter(VersionCounter):
    """The counter that all inference tensors share: it counts nothing, and refuses to be asked."""

    keeps_no_views = True

    @property
    def refuses(self):
        """Whether a tensor may not be written to (or saved) here: outside inference mode."""
        return mode.counter is not self

    @property
    def count(self):
        raise write_errors.no_version()

    @count.setter
    def count(self, value):
        pass

    def add(self, line=None):
        """Count one more write: not here."""


counter = InferenceCounter()


class inference_mode:
    """Inside `with inference_mode():` nothing is recorded and no version counted.

    What is made there are inference tensors: outside, they can be neither written to nor saved for
    a backward pass. `inference_mode(False)` switches it off for a block. Also a decorator.
    """

    def __new__(cls, mode=True):
        if callable(mode):
            return cls()(mode)
        return object.__new__(cls)

    def __init__(self, mode=True):
        decorating.check_bool("inference_mode", "mode", mode)
        self.mode = mode

    def __enter__(self):
        self.before = mode.enabled, mode.counter
        mode.enabled, mode.counter = not self.mode, counter if self.mode else None

    def __exit__(self, *error):
        mode.enabled, mode.counter = self.before

    def __call__(self, function):
        wanted = self.mode
        return decorating.inside(lambda: inference_mode(wanted), function)


def is_inference_mode_enabled():
    """True inside `with inference_mode():`."""
    return mode.counter is not None


def is_inference(self):
    """Whether this tensor was made in inference mode."""
    return self._counter is counter


Tensor.is_inference = is_inference
creation.counter_of_new = lambda: mode.counter
