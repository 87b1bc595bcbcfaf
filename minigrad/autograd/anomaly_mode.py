"""Floor 6. Anomaly mode: which forward line made the nan that appears in the backward pass?

It is an observer (`Observers.current`): told of every operation, it remembers the user's line; told
of every step of a backward pass, it looks for nan.
"""

import warnings

import numpy as np

from ..decorating import check_bool
from ..function import Observers
from ..places import quoted, users_line
from ..tensor import Tensor


class Watch:
    """The observer; passes on to the one that was there before."""

    def __init__(self, check_nan, before):
        self.check_nan, self.before = check_nan, before

    def recorded(self, node, inputs, output):
        """Remember the line that recorded an operation."""
        node.made_at = users_line()
        if self.before is not None:
            self.before.recorded(node, inputs, output)

    def stepped(self, node, grad, grads):
        """RuntimeError if a gradient that this node sends on is nan."""
        if self.before is not None:
            self.before.stepped(node, grad, grads)
        if not self.check_nan:
            return
        for number, each in enumerate(grads):
            array = each._array if isinstance(each, Tensor) else each
            if hasattr(array, "dtype") and np.isnan(array).any():
                raise found_nan(node, number)


def found_nan(node, number):
    """The error for a nan in the gradient of one input, with the line of the forward pass."""
    name, made_at = node.operation.name(), vars(node.operation).get("made_at")
    if made_at is None:
        where = (
            " No forward pass information available. Enable detect anomaly during forward pass "
            "for more information."
        )
    else:
        where = f" The forward line that made it: {quoted(made_at)}."
    return RuntimeError(f"Function '{name}' returned nan values in its {number}th output.{where}")


class set_detect_anomaly:
    """Switch anomaly mode on or off from here on; in a `with`, for the block alone.

    While it is on, an operation remembers its line, and a backward pass that meets nan raises
    RuntimeError with the operation and that line. `check_nan=False` only remembers the lines.
    """

    def __init__(self, mode, check_nan=True):
        check_bool("set_detect_anomaly", "enabled", mode)
        self.before = Observers.current
        without = self.before.before if isinstance(self.before, Watch) else self.before
        Observers.current = Watch(check_nan, without) if mode else without

    def __enter__(self):
        return None

    def __exit__(self, *error):
        Observers.current = self.before


class detect_anomaly:
    """`with detect_anomaly():` switches anomaly mode on for the block, with a word of warning."""

    def __init__(self, check_nan=True):
        self.check_nan = check_nan
        warnings.warn(
            "Anomaly Detection has been enabled. This mode will increase the runtime and should "
            "only be enabled for debugging.",
            UserWarning,
            stacklevel=2,
        )

    def __enter__(self):
        self.block = set_detect_anomaly(True, self.check_nan)

    def __exit__(self, *error):
        self.block.__exit__(*error)


def is_anomaly_enabled():
    """Whether anomaly mode is on."""
    return isinstance(Observers.current, Watch)
