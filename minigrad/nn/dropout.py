"""Floor 7. Dropout as modules: at work while training, without effect in evaluation."""

from ..ops.dropout import check_probability
from . import functional
from .module import Module


class DropoutOfSomeKind(Module):
    """What the dropouts have in common: `p`, the probability to become 0, and `inplace`.

    ValueError unless 0 <= p <= 1.
    """

    function = None  # the name of the function in `nn.functional`

    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        self.p, self.inplace = check_probability(p), inplace

    def forward(self, input):
        """The same shape; the input itself in evaluation."""
        drop = getattr(functional, self.function)
        return drop(input, self.p, self.training, self.inplace)

    def extra_repr(self):
        """The probability, and whether the input is overwritten."""
        return f"p={self.p}, inplace={self.inplace}"


class Dropout(DropoutOfSomeKind):
    """Single numbers become 0, the others are divided by 1 - p (arXiv:1207.0580)."""

    function = "dropout"


class Dropout1d(DropoutOfSomeKind):
    """Whole channels become 0: (N, C, L) or (C, L)."""

    function = "dropout1d"


class Dropout2d(DropoutOfSomeKind):
    """Whole channels become 0: (N, C, H, W)."""

    function = "dropout2d"


class Dropout3d(DropoutOfSomeKind):
    """Whole channels become 0: (N, C, D, H, W) or (C, D, H, W)."""

    function = "dropout3d"


class AlphaDropout(DropoutOfSomeKind):
    """Dropout that keeps mean and variance, to go with SELU (arXiv:1706.02515)."""

    function = "alpha_dropout"


class FeatureAlphaDropout(DropoutOfSomeKind):
    """Alpha dropout of whole channels."""

    function = "feature_alpha_dropout"
