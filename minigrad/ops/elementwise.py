"""Floor 3. Functions of one number, applied to every element."""

import numpy as np

from .. import arguments, arrays, write_errors
from ..carriers import numbers
from ..function import Function
from ..tensor import Tensor
from . import checks
from .arithmetic import pow
from .broadcasting import as_float
from .choices import LARGEST, ZERO, masked
from .conversions import convert
from .staircases import Sign


def complement(own):
    """1 - own, in the memory of an array that the rule has just made itself.

    (A new array of 10⁷ numbers costs 6 ms, as much as computing tanh.)
    """
    return np.subtract(1, own, out=own) if type(own) is np.ndarray and own.ndim else 1 - own


class OfInput(Function):
    """An elementwise function whose derivative is written in terms of its input."""

    saved_names = ("self",)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)


class OfResult(Function):
    """An elementwise function whose derivative is written in terms of its result."""

    saved_names = ("result",)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output)


class Exp(OfResult):
    """e ** self, which is its own derivative."""

    @staticmethod
    def forward(self):
        return np.exp(self)

    @staticmethod
    def backward(ctx, grad):
        (result,) = ctx.saved
        return (grad * result,)


class Log(OfInput):
    """The natural logarithm."""

    @staticmethod
    def forward(self):
        return np.log(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad / self,)


class Sqrt(OfResult):
    """The square root."""

    @staticmethod
    def forward(self):
        return np.sqrt(self)

    @staticmethod
    def backward(ctx, grad):
        (result,) = ctx.saved
        return (grad / (2 * result),)


class Sin(OfInput):
    """The sine of an angle in radians."""

    @staticmethod
    def forward(self):
        return np.sin(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * Cos.of(self),)


class Cos(OfInput):
    """The cosine of an angle in radians."""

    @staticmethod
    def forward(self):
        return np.cos(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * -Sin.of(self),)


class Tanh(OfResult):
    """The hyperbolic tangent, an S from -1 to 1."""

    @staticmethod
    def forward(self):
        return np.tanh(self)

    @staticmethod
    def backward(ctx, grad):
        (result,) = ctx.saved
        return (grad * complement(result * result),)


class Sigmoid(OfResult):
    """1 / (1 + exp(-self)), an S from 0 to 1."""

    @staticmethod
    def forward(self):
        return 1 / (1 + np.exp(-self))

    @staticmethod
    def backward(ctx, grad):
        (result,) = ctx.saved
        return (grad * ((1 - result) * result),)


class Relu(OfResult):
    """self where it is positive, else 0. At the kink, PyTorch takes the slope 0."""

    @staticmethod
    def forward(self):
        # (np.maximum with a single number takes three times as long.)
        return self.clip(ZERO[self.dtype], LARGEST[self.dtype])

    @staticmethod
    def backward(ctx, grad):
        result = numbers(ctx.saved[0])
        return (masked(grad, ~(result <= ZERO[result.dtype])),)  # nan lets it through


class Abs(OfInput):
    """The absolute value. At the kink, the slope is 0."""

    @staticmethod
    def forward(self):
        return np.abs(self)

    @staticmethod
    def backward(ctx, grad):
        (self,) = ctx.saved
        return (grad * Sign.of(self),)


class Clone(Function):
    """A copy that gradients flow through."""

    @staticmethod
    def forward(self, order):
        return arrays.copied(self, order if write_errors.is_dense(self) else "C")

    @staticmethod
    def backward(ctx, grad):
        return (grad,)


def floating(input, function):
    """The input of a function that needs floats; TypeError if it is no tensor."""
    checks.check_tensor(input, function)
    return as_float(input)


def exp(input):
    """e ** input, elementwise; integers give float32."""
    return Exp.apply(floating(input, "exp"))


def log(input):
    """The natural logarithm, elementwise; of 0 it is -inf, of a negative number nan."""
    return Log.apply(floating(input, "log"))


def sqrt(input):
    """The square root, elementwise; of a negative number it is nan."""
    return Sqrt.apply(floating(input, "sqrt"))


def sin(input):
    """The sine, elementwise, of angles in radians."""
    return Sin.apply(floating(input, "sin"))


def cos(input):
    """The cosine, elementwise, of angles in radians."""
    return Cos.apply(floating(input, "cos"))


def tanh(input):
    """The hyperbolic tangent, elementwise: between -1 and 1."""
    return Tanh.apply(floating(input, "tanh"))


def sigmoid(input):
    """1 / (1 + exp(-input)), elementwise: between 0 and 1."""
    return Sigmoid.apply(floating(input, "sigmoid"))


def relu(input):
    """input where it is positive, else 0. RuntimeError for a bool tensor."""
    if arguments.array_of(input, "relu").dtype.kind == "b":
        raise RuntimeError("Boolean inputs not supported for relu. Convert first: x.float().")
    return Relu.apply(input)


def abs(input):
    """The absolute value, elementwise. NotImplementedError for a bool tensor."""
    checks.check_tensor(input, "abs")
    if input._array.dtype.kind == "b":
        raise checks.not_implemented_for("abs_cpu", input, "Convert first: x.int().")
    return Abs.apply(input)


def square(input):
    """input ** 2, elementwise."""
    checks.check_tensor(input, "square")
    if input._array.dtype.kind == "b":
        return convert(input, np.dtype("int64"))
    return pow(input, 2)


def clone(input):
    """A copy with memory of its own; gradients flow through it to `input`."""
    checks.check_tensor(input, "clone")
    return Clone.apply(input, order="K")


def contiguous(self):
    """The tensor itself if its numbers lie in memory in reading order, otherwise such a copy."""
    return self if self.array.flags.c_contiguous else Clone.apply(self, order="C")


Tensor.exp = exp
Tensor.log = log
Tensor.sqrt = sqrt
Tensor.sin = sin
Tensor.cos = cos
Tensor.tanh = tanh
Tensor.sigmoid = sigmoid
Tensor.relu = relu
Tensor.__abs__ = Tensor.abs = abs
Tensor.square = square
Tensor.clone = clone
Tensor.contiguous = contiguous
