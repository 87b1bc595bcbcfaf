"""Floor 7. Activations as modules: what stands between the layers with weights."""

from ..creation import full
from . import functional
from .module import Module
from .parameter import Parameter


class Activation(Module):
    """A function that is applied to every element. `shown` are the options that are printed."""

    shown, inplace = (), False

    def extra_repr(self):
        """The options, and whether it writes into its input."""
        options = [f"{name}={getattr(self, name)}" for name in self.shown]
        return ", ".join(options + ["inplace=True"] * self.inplace)


class InPlace(Activation):
    """One that can write its result into its input."""

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace


class ReLU(InPlace):
    """input where it is positive, else 0."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.relu(input, self.inplace)


class LeakyReLU(Activation):
    """input where it is positive, else `negative_slope` * input."""

    shown = ("negative_slope",)

    def __init__(self, negative_slope=0.01, inplace=False):
        super().__init__()
        self.negative_slope, self.inplace = negative_slope, inplace

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.leaky_relu(input, self.negative_slope, self.inplace)


class PReLU(Activation):
    """input where it is positive, else `weight` * input: the slopes are learnt.

    `num_parameters` is 1, or the number of channels (dimension 1 of the input); `dtype` and
    `device` as for `torch.full`.
    """

    shown = ("num_parameters",)

    def __init__(self, num_parameters=1, init=0.25, **kind):
        super().__init__()
        self.num_parameters, self.init = num_parameters, init
        self.weight = Parameter(full((num_parameters,), float(init), **kind))

    def forward(self, input):
        """(N, C, …) gives the same shape."""
        return functional.prelu(input, self.weight)

    def reset_parameters(self):
        """Begin again with the slope `init`."""
        self.weight.detach().fill_(self.init)


class ELU(Activation):
    """input where it is positive, else `alpha` * (exp(input) - 1)."""

    shown = ("alpha",)

    def __init__(self, alpha=1.0, inplace=False):
        super().__init__()
        self.alpha, self.inplace = alpha, inplace

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.elu(input, self.alpha, self.inplace)


class SELU(InPlace):
    """An elu with constants that keep mean 0 and variance 1 through many layers."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.selu(input, self.inplace)


class GELU(Activation):
    """input * cdf(input) of the normal distribution; `approximate` may be "tanh"."""

    def __init__(self, approximate="none"):
        super().__init__()
        self.approximate = approximate

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.gelu(input, self.approximate)

    def extra_repr(self):
        """Whether it is an approximation."""
        return f"approximate={self.approximate!r}"


class SiLU(InPlace):
    """input * sigmoid(input), also called swish."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.silu(input, self.inplace)


class Tanh(Activation):
    """The hyperbolic tangent: between -1 and 1."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.tanh(input)


class Sigmoid(Activation):
    """1 / (1 + exp(-input)): between 0 and 1."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.sigmoid(input)


class LogSigmoid(Activation):
    """log(sigmoid(input)), exact also where sigmoid rounds to 0."""

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.logsigmoid(input)


class Softplus(Activation):
    """log(1 + exp(`beta` * input)) / `beta`, a smooth relu."""

    shown = "beta", "threshold"

    def __init__(self, beta=1.0, threshold=20.0):
        super().__init__()
        self.beta, self.threshold = beta, threshold

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.softplus(input, self.beta, self.threshold)


class Softmax(Activation):
    """Scores as probabilities, which add up to 1 along `dim`."""

    shown = ("dim",)

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.softmax(input, self.dim)


class LogSoftmax(Activation):
    """The logarithm of softmax along `dim`."""

    shown = ("dim",)

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        """Any shape gives the same shape."""
        return functional.log_softmax(input, self.dim)
