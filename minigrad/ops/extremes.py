"""Floor 3. Extremes: the largest and the smallest, and where they are."""

import numpy as np

from .. import arguments, arrays
from ..carriers import carried, cast, numbers
from ..function import Function
from ..tensor import Tensor, new
from . import checks
from .choices import masked, maximum, minimum
from .chosen_places import along, read
from .reductions import spread


def unreduced(array, ctx):
    """A result of a reduction in a shape that broadcasts with the input."""
    if isinstance(array, Tensor):
        return array.reshape(arguments.kept_shape(ctx))
    return array if ctx.dim is None or ctx.keepdim else np.expand_dims(array, ctx.dim)


class Reduction(Function):
    """A reduction whose derivative is written in terms of its input and its result."""

    saved_names = "self", "result"

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape, ctx.input_dtype = inputs[0]._array.shape, inputs[0]._array.dtype
        ctx.save_for_backward(*inputs, output)


def chosen_ones(ctx, self, result):
    """Where an array has its extreme, as a mask, and in how many places."""
    chosen = (self == result.reshape(arguments.kept_shape(ctx))) | np.isnan(self)  # a nan wins
    number = np.add.reduce(chosen, axis=ctx.dim, keepdims=True, dtype=self.dtype)
    return chosen, number


def shared_out(ctx, grad):
    """The gradient of a single extreme, shared by all that are equal to it.

    (Where there is none, since the numbers were changed behind the graph's back, all get 0; over a
    dimension, `amax`, they get nan. Both as in PyTorch.)
    """
    chosen, ties = chosen_ones(ctx, *map(numbers, ctx.saved))
    return masked(spread(grad, ctx) / carried(ties, grad), chosen)


class Amax(Reduction):
    """The largest element. Those that are equally large share the gradient."""

    @staticmethod
    def forward(self, dim, keepdim):
        return np.maximum.reduce(self, axis=dim, keepdims=keepdim)

    @staticmethod
    def backward(ctx, grad):
        self, result = map(numbers, ctx.saved)
        chosen = self == result.reshape(arguments.kept_shape(ctx))  # none if there is a nan
        ties = np.add.reduce(chosen, axis=ctx.dim, keepdims=True, dtype=self.dtype)
        share = carried(chosen / ties, grad)  # nan where nothing was chosen
        return (spread(grad, ctx) * cast(share, ctx.input_dtype),)


class Amin(Amax):
    """The smallest element. Those that are equally small share the gradient."""

    @staticmethod
    def forward(self, dim, keepdim):
        return np.minimum.reduce(self, axis=dim, keepdims=keepdim)


class Max(Amax):
    """The largest of all elements: `max()`, which PyTorch counts as its second `max`."""

    overload = 1

    @staticmethod
    def backward(ctx, grad):
        return (shared_out(ctx, grad),)


class Min(Amin):
    """The smallest of all elements: `min()`."""

    overload = 1
    backward = staticmethod(Max.backward)


class Pick(Function):
    """The elements at `indices` along a dimension: `max(dim)` and `min(dim)` once they know where.

    Of several that are equal only the one picked gets the gradient.
    """

    @staticmethod
    def forward(self, indices, dim, keepdim, chooser):
        if self.ndim == 0:
            return arrays.copied(self)
        picked = read(self, along(indices, dim))
        return picked if keepdim else picked.squeeze(dim)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape = inputs[0]._array.shape

    @staticmethod
    def backward(ctx, grad):
        if not ctx.input_shape:
            return (grad,)
        grad = grad.reshape(ctx.indices.shape)
        return (PutAlong.of(grad, indices=ctx.indices, dim=ctx.dim, shape=ctx.input_shape),)

    def name(self):
        return f"{self.chooser}Backward0"


class PutAlong(Function):
    """Zeros of a shape, with numbers at `indices` along a dimension: the way back of `Pick`."""

    @staticmethod
    def forward(self, indices, dim, shape):
        scattered = arrays.zeros(shape, self.dtype, self)
        scattered[along(indices, dim)] = self
        return scattered

    @staticmethod
    def backward(ctx, grad):
        options = {"dim": ctx.dim, "keepdim": True, "chooser": "Gather"}
        return (Pick.of(grad, indices=ctx.indices, **options),)

    def name(self):
        return "ScatterBackward0"


def amax(input, dim=None, keepdim=False):
    """The largest element of all, or over the dimension(s) `dim`. Equals share the gradient."""
    return _extreme(Amax, "amax", input, dim, keepdim)


def amin(input, dim=None, keepdim=False):
    """The smallest element of all, or over the dimension(s) `dim`. Equals share the gradient."""
    return _extreme(Amin, "amin", input, dim, keepdim)


def _extreme(function, name, input, dim, keepdim):
    checks.check_tensor(input, name)
    dim = arguments.check_dims(dim, input._array.ndim)
    checks.check_not_empty(name, input, dim)
    return function.apply(input, dim=dim, keepdim=bool(keepdim))


class Named(tuple):
    """What an operation with several results returns: a tuple whose parts have names."""

    function, fields = "", ()

    def __init_subclass__(cls):
        for place, name in enumerate(vars(cls).get("fields", ())):
            setattr(cls, name, property(lambda self, place=place: self[place]))

    def __repr__(self):
        parts = (f"\n{name}={each!r}" for name, each in zip(self.fields, self, strict=True))
        return f"torch.return_types.{self.function}({','.join(parts)})"


class Pair(Named):
    """What `max(dim)` and `min(dim)` return: `.values` and `.indices`."""

    function, fields = "max", ("values", "indices")


class MinPair(Pair):
    function = "min"


def max(input, dim=None, keepdim=False):
    """The largest element. With `dim` a pair: `.values` and `.indices` along that dimension.

    With a tensor in place of `dim`: `maximum`. RuntimeError if there is no element.
    """
    if isinstance(dim, Tensor):
        return maximum(input, dim)
    if dim is None:
        return _extreme(Max, "max", input, None, False)
    return _pick(np.argmax, Pair, input, dim, keepdim)


def min(input, dim=None, keepdim=False):
    """The smallest element. With `dim` a pair: `.values` and `.indices` along that dimension.

    With a tensor in place of `dim`: `minimum`. RuntimeError if there is no element.
    """
    if isinstance(dim, Tensor):
        return minimum(input, dim)
    if dim is None:
        return _extreme(Min, "min", input, None, False)
    return _pick(np.argmin, MinPair, input, dim, keepdim)


def _pick(kernel, pair, input, dim, keepdim):
    name = pair.function
    checks.check_tensor(input, name)
    if not isinstance(dim, (int, np.integer)):
        raise checks.invalid_arguments(name, input, dim)
    dim = arguments.check_dim(dim, input._array.ndim)
    checks.check_not_empty(name, input, dim)
    indices = _arg(kernel, input, dim, True)
    picked = Pick.apply(
        input, indices=indices._array, dim=dim, keepdim=bool(keepdim), chooser=name.capitalize()
    )
    if not keepdim and input._array.ndim:
        indices._array = indices._array.squeeze(dim)
    return pair((picked, indices))


def _arg(kernel, input, dim, keepdim):
    array = input.array
    found = new(Tensor)
    if array.ndim == 0:
        found._array = arrays.zeros((), np.int64, array)
    else:
        found._array = kernel(array, axis=dim, keepdims=keepdim).astype(np.int64)
    return found


def argmax(input, dim=None, keepdim=False):
    """Where the largest element is: its number in reading order, or along `dim`."""
    return _where(np.argmax, "argmax", input, dim, keepdim)


def argmin(input, dim=None, keepdim=False):
    """Where the smallest element is: its number in reading order, or along `dim`."""
    return _where(np.argmin, "argmin", input, dim, keepdim)


def _where(kernel, name, input, dim, keepdim):
    checks.check_tensor(input, name)
    dim = None if dim is None else arguments.check_dim(dim, input._array.ndim)
    checks.check_not_empty(name, input, dim, IndexError)
    if input._array.dtype.kind == "b":
        raise RuntimeError(f"{name}(): does not support bool input. Convert first: x.int().")
    return _arg(kernel, input, dim, bool(keepdim))


Tensor.amax = amax
Tensor.amin = amin
Tensor.max = max
Tensor.min = min
Tensor.argmax = argmax
Tensor.argmin = argmin
