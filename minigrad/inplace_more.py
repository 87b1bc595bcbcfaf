"""Floor 5. More that happens in place: other shapes, random numbers, leaving the graph."""

import inspect

import numpy as np

from . import arrays, chance, tensor, write_errors
from .generator import stream
from .grad_mode import mode
from .hooks import move_retained
from .inplace import count_write, overwrite, put, stand_in
from .inplace_ops import Refill, Zero, check_tracked_write
from .ops import checks, comparison, shapes, views
from .tensor import Tensor


# --- another shape, in place ----------------------------------------------------------------------
def reshaped_in_place(module, name):
    """The in-place form of a view: the tensor itself gets the shape, and the history."""

    def operation_(self, *args, **options):
        tracked = self._requires_grad and mode.enabled
        if tracked:
            write_errors.check_writable(self)
        if self._base is not None:
            raise write_errors.reshaped_view(name + "_")
        result = getattr(module, name)(stand_in(self), *args, **options)
        self._array = result._array
        if tracked:
            old, self._node = self._node, result._node
            self._node.overload += 3 if name == "squeeze" else 1
            move_retained(self, old, self._node)
        tensor.share_versions(self, self)._counter.add()
        return self

    operation = getattr(module, name)
    operation_.__name__ = operation_.__qualname__ = name + "_"
    operation_.__doc__ = operation.__doc__.split("\n")[0].rstrip(".") + "; in place."
    return operation_


for _name in ("t", "transpose", "squeeze", "unsqueeze"):
    setattr(Tensor, _name + "_", reshaped_in_place(shapes, _name))
Tensor.as_strided_ = reshaped_in_place(views, "as_strided")
Tensor.swapaxes_ = Tensor.swapdims_ = reshaped_in_place(shapes, "transpose")


# --- truth, in place ------------------------------------------------------------------------------
class Compared(Refill):
    """The 1 and 0 of a comparison, whatever was there before."""

    @staticmethod
    def forward(self, values, kind, variant):
        return values

    def name(self):
        return f"{self.kind}Backward{self.variant}"


def truth_in_place(name):
    """The in-place form of a comparison or of logic: 1 and 0 in the dtype of the tensor.

    As in PyTorch, a comparison is recorded (its slope is 0), and logic leaves the history alone.
    """
    operation, kind = getattr(comparison, name), name.capitalize()

    def operation_(self, *other):
        check_tracked_write(self, *other)
        result = operation(self.detach(), *other)
        write_errors.check_result_fits(self, result)
        values = result.array.astype(self._array.dtype, copy=False)
        if len(name) == 2:
            variant = int(isinstance(other[0], Tensor))
            return overwrite(self, Compared.apply, values=values, kind=kind, variant=variant)
        put(self, values)
        count_write(self, None)
        return self

    operation_.__name__ = operation_.__qualname__ = name + "_"
    operation_.__doc__ = operation.__doc__.split("\n")[0].rstrip(".") + "; in place."
    operation_.__signature__ = inspect.signature(operation)
    return operation_


for _name in [
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "logical_and",
    "logical_or",
    "logical_xor",
    "logical_not",
    "bitwise_and",
    "bitwise_or",
    "bitwise_xor",
    "bitwise_not",
]:
    setattr(Tensor, _name + "_", truth_in_place(_name))
Tensor.__iand__ = truth_in_place("bitwise_and")
Tensor.__ior__ = truth_in_place("bitwise_or")
Tensor.__ixor__ = truth_in_place("bitwise_xor")


# --- second names ---------------------------------------------------------------------------------
SECOND_NAMES = {
    "abs": "absolute",
    "acos": "arccos",
    "acosh": "arccosh",
    "asin": "arcsin",
    "asinh": "arcsinh",
    "atan": "arctan",
    "atan2": "arctan2",
    "atanh": "arctanh",
    "clamp": "clip",
    "div": "divide",
    "ge": "greater_equal",
    "gt": "greater",
    "le": "less_equal",
    "lt": "less",
    "mul": "multiply",
    "ne": "not_equal",
    "neg": "negative",
    "sub": "subtract",
    "trunc": "fix",
}
for _name, _second in SECOND_NAMES.items():
    if hasattr(Tensor, _name + "_"):  # it is not there yet in the first chapters
        setattr(Tensor, _second + "_", getattr(Tensor, _name + "_"))


# --- chance ---------------------------------------------------------------------------------------
def normal_(self, mean=0, std=1, *, generator=None):
    """Fill with normally distributed numbers, in place."""
    if std < 0:
        raise RuntimeError(f"normal_ expects std >= 0.0, but found std {std}")
    return _refill(self, "Normal", generator, lambda random, shape: random.normal(mean, std, shape))


def uniform_(self, a=0.0, b=1.0, *, generator=None):
    """Fill with numbers between `a` and `b`, all equally likely, in place."""
    if a > b:
        raise RuntimeError(
            f"uniform_ expects to return a [from, to) range, but found from={a} > to={b}"
        )
    return _refill(self, "Uniform", generator, lambda random, shape: random.uniform(a, b, shape))


def exponential_(self, lambd=1.0, *, generator=None):
    """Fill with exponentially distributed numbers of mean 1 / lambd, in place."""
    if lambd <= 0:
        raise RuntimeError(f"exponential_ expects lambda > 0.0, but found lambda={lambd}")
    return _refill(
        self, "Exponential", generator, lambda random, shape: random.exponential(1 / lambd, shape)
    )


def bernoulli_(self, p=0.5, *, generator=None):
    """Fill with 1 (with probability `p`) and 0, in place."""
    if not 0 <= p <= 1:
        raise RuntimeError(f"bernoulli_ expects p to be in [0, 1], but got p={p}")
    return _refill(
        self, "Bernoulli", generator, lambda random, shape: random.uniform(size=shape) < p
    )


def _refill(self, kind, generator, draw):
    if self._array.dtype.kind != "f":
        raise checks.not_implemented_for(f"{kind.lower()}_kernel_cpu", self, "Use x.float().")
    values = draw(stream(generator, f"{kind.lower()}_"), self._array.shape)
    values = arrays.beside(np.asarray(values).astype(self._array.dtype), self._array)
    return overwrite(self, Refill.apply, values=values, kind=kind)


class Drawn(Zero):
    """Random numbers; the mean and the standard deviation that they were drawn with get 0."""

    @staticmethod
    def forward(self, *std, values, variant):
        return values

    @staticmethod
    def backward(ctx, grad):
        return (None,) * len(ctx.next)

    def name(self):
        return f"NormalBackward{self.variant}"


def normal(mean, std=1.0, size=None, *, generator=None, **options):
    """Random numbers from the normal distribution with this mean and standard deviation.

    With numbers, `size` says how many. With a tensor for one or both there is one for each of their
    elements (broadcast), and no `size`. `options` are dtype, device and requires_grad.
    RuntimeError for a negative standard deviation.
    """
    given = [each for each in (mean, std) if isinstance(each, Tensor)]
    if not given:
        if size is None:
            raise checks.invalid_arguments("normal", mean, std)
        return chance.normal(mean, std, size, generator=generator, **options)
    if not isinstance(std, Tensor) and std < 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std}")
    if isinstance(std, Tensor) and (std._array < 0).any():
        raise RuntimeError("normal expects all elements of std >= 0.0")
    shape = np.broadcast_shapes(*(each._array.shape for each in given))
    scale, center = (
        arrays.on_host(each._array) if isinstance(each, Tensor) else each for each in (std, mean)
    )
    draws = stream(generator, "normal").normal(size=shape) * scale + center
    draws = arrays.beside(np.asarray(draws).astype(given[0]._array.dtype), given[0]._array)
    variant = 3 if len(given) == 2 else 1 if given[0] is mean else 2
    return Drawn.apply(*given, values=draws, variant=variant)


# --- the graph itself -----------------------------------------------------------------------------
def detach_(self):
    """Cut this tensor out of its graph: from here on it is a leaf that requires no gradient.

    RuntimeError for a view, whose history is that of its base.
    """
    write_errors.check_detachable(self)
    if self._node is not None:
        tensor.share_versions(self, self)
        self._detached_from = self._node.number
    self._node, self._requires_grad = None, False
    tensor.tell_views(self)
    return self


Tensor.normal_ = normal_
Tensor.uniform_ = uniform_
Tensor.exponential_ = exponential_
Tensor.bernoulli_ = bernoulli_
Tensor.detach_ = detach_
