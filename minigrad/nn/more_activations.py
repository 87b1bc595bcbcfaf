"""Floor 7. Activations that are used more rarely, as modules."""

import warnings

from . import functional
from .activations import Activation, InPlace
from .module import Module


class CELU(Activation):
    """max(0, input) + min(0, `alpha` * (exp(input / `alpha`) - 1))."""

    shown = ("alpha",)

    def __init__(self, alpha=1.0, inplace=False):
        super().__init__()
        self.alpha, self.inplace = alpha, inplace

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.celu(input, self.alpha, self.inplace)


class Mish(InPlace):
    """input * tanh(softplus(input))."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.mish(input, self.inplace)


class RReLU(Activation):
    """input where it is positive, else times a random slope (in evaluation: their mean)."""

    shown = ("lower", "upper")

    def __init__(self, lower=1 / 8, upper=1 / 3, inplace=False):
        super().__init__()
        self.lower, self.upper, self.inplace = lower, upper, inplace

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.rrelu(input, self.lower, self.upper, self.training, self.inplace)


class Softsign(Activation):
    """input / (1 + |input|): between -1 and 1."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.softsign(input)


class Tanhshrink(Activation):
    """input - tanh(input)."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.tanhshrink(input)


class Softmin(Activation):
    """Softmax of -input: the smallest score gets the greatest probability."""

    shown = ("dim",)

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.softmin(input, self.dim)


class Softmax2d(Activation):
    """Softmax over the channels of images."""

    def forward(self, input):
        """(N, C, H, W) or (C, H, W) gives the same shape; ValueError for another."""
        if input.dim() not in (3, 4):
            raise ValueError(
                f"Softmax2d: expected input to be 3D or 4D, got {input.dim()}D instead"
            )
        return functional.softmax(input, -3)


class Hardtanh(Activation):
    """input, but not below `min_val` and not above `max_val`.

    AssertionError if `max_val` is not the greater one.
    """

    shown = "min_val", "max_val"

    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
        super().__init__()
        for old, new in ((min_value, "min_val"), (max_value, "max_val")):
            if old is not None:
                warnings.warn(
                    f"keyword argument `{new}ue` is deprecated and renamed to `{new}`",
                    FutureWarning,
                    stacklevel=2,
                )
        self.min_val = min_val if min_value is None else min_value
        self.max_val = max_val if max_value is None else max_value
        self.inplace = inplace
        if not self.max_val > self.min_val:
            raise AssertionError(
                f"max_val ({self.max_val}) must be greater than min_val ({self.min_val})"
            )

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.hardtanh(input, self.min_val, self.max_val, self.inplace)


class ReLU6(Hardtanh):
    """input, but not below 0 and not above 6."""

    shown = ()

    def __init__(self, inplace=False):
        super().__init__(0.0, 6.0, inplace)


class Hardsigmoid(InPlace):
    """(input + 3) / 6, but not below 0 and not above 1."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.hardsigmoid(input, self.inplace)

    extra_repr = Module.extra_repr  # as in PyTorch, `inplace` is not shown


class Hardswish(InPlace):
    """input * hardsigmoid(input)."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.hardswish(input, self.inplace)

    extra_repr = Module.extra_repr


class Threshold(Activation):
    """input where it is greater than `threshold`, else `value`."""

    shown = "threshold", "value"

    def __init__(self, threshold, value, inplace=False):
        super().__init__()
        self.threshold, self.value, self.inplace = threshold, value, inplace

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.threshold(input, self.threshold, self.value, self.inplace)


class Softshrink(Activation):
    """input moved towards 0 by `lambd`, and 0 from -`lambd` to `lambd`."""

    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.softshrink(input, self.lambd)

    def extra_repr(self):
        """How far."""
        return str(self.lambd)


class Hardshrink(Softshrink):
    """input, but 0 from -`lambd` to `lambd`."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.hardshrink(input, self.lambd)


class GLU(Activation):
    """The first half of dimension `dim`, times the sigmoid of the second half."""

    shown = ("dim",)

    def __init__(self, dim=-1):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        """A shape whose `dim` is even gives one in which it is halved."""
        return functional.glu(input, self.dim)
