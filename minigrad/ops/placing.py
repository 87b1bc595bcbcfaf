"""Floor 3. Copies of a tensor with some elements replaced or added to: masked_fill, index_put …

Their in-place forms, which are used more, are bound in `inplace_ops.py`.
"""

import numpy as np

from ..arrays import copied
from ..function import Function
from ..tensor import Tensor
from . import checks, chosen_places, place_checks
from .broadcasting import constant, sum_to
from .indexing import parse
from .views import zeros_of

# What PyTorch calls the reading of places that were written to, and the writing of those read.
READS = {
    "ScatterBackward0": "GatherBackward0",
    "ScatterAddBackward0": "GatherBackward0",
    "PutBackward0": "TakeBackward0",
    "IndexAddBackward0": "IndexSelectBackward0",
    "IndexCopyBackward0": "IndexSelectBackward0",
    "MaskedScatterBackward0": "MaskedSelectBackward0",
}
WRITES = {
    "GatherBackward0": "ScatterAddBackward0",
    "TakeBackward0": "PutBackward0",
    "IndexSelectBackward0": "IndexAddBackward0",
    "MaskedSelectBackward0": "MaskedScatterBackward0",
}


def order_for(index):
    """In which order a copy has to lie in memory for an index."""
    return "C" if isinstance(index, chosen_places.InOrder) else "K"


class Take(Function):
    """The elements that an index chooses, `self[index]`: the way back of the writes below."""

    called = "IndexBackward0"

    @staticmethod
    def forward(self, index, called=None):
        return chosen_places.read(self, index)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape = inputs[0]._array.shape
        ctx.index = chosen_places.kept(ctx.index)

    @staticmethod
    def backward(ctx, grad):
        zeros = zeros_of(grad, ctx.input_shape)
        called = WRITES.get(ctx.called, "IndexPutBackward0")
        return (AddAt.of(zeros, grad, index=ctx.index, called=called),)

    def name(self):
        return self.called


class PutAt(Function):
    """self with other numbers at the places that an index names."""

    called = "IndexPutBackward0"

    @staticmethod
    def forward(self, values, index, called=None):
        put = copied(self, order_for(index))
        chosen_places.write(put, index, values)
        return put

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.values_shape = inputs[1]._array.shape
        ctx.index = chosen_places.kept(ctx.index)

    @staticmethod
    def backward(ctx, grad):
        values = None
        if ctx.next[1] is not None:
            values = ctx.taken(grad)
        zeros = zeros_of(grad, ())
        return PutAt.of(grad, zeros, index=ctx.index, called=ctx.called), values

    def taken(self, grad):
        """The gradient at the places that were written to, as the values get it."""
        called = READS.get(self.called, "IndexBackward0")
        return sum_to(Take.of(grad, index=self.index, called=called), self.values_shape)

    def name(self):
        return self.called


class AddAt(PutAt):
    """self with numbers added at the places that an index names; one named twice gets both."""

    @staticmethod
    def forward(self, values, index, called=None):
        added = copied(self, order_for(index))
        chosen_places.combine(np.add, added, index, values)
        return added

    @staticmethod
    def backward(ctx, grad):
        if ctx.next[1] is None:
            return grad, None
        return grad, ctx.taken(grad)


def masked_fill(input, mask, value):
    """`input`, but `value` (a number or a 0-d tensor) where the bool tensor `mask` holds."""
    checks.check_tensor(input, "masked_fill")
    place_checks.check_mask(mask, value)
    shape = np.broadcast_shapes(input._array.shape, mask._array.shape)
    called = f"MaskedFillBackward{int(isinstance(value, Tensor))}"
    value = value if isinstance(value, Tensor) else constant(value, input)
    place = mask._array if mask._array.shape == shape else np.broadcast_to(mask._array, shape)
    input = input if input._array.shape == shape else input.expand(shape)
    return PutAt.apply(input, value.to(input.dtype), index=place, called=called)


def index_put(input, indices, values, accumulate=False):
    """`input` with `values` at the places that a tuple of index tensors names, or added there."""
    checks.check_tensor(input, "index_put")
    basic, arrays, _ = parse(tuple(indices), input._array.shape)
    place = basic if arrays is None else arrays
    return (AddAt if accumulate else PutAt).apply(input, values, index=place)


def index_add(input, dim, index, source, *, alpha=1):
    """`input` with the slices of `source` along `dim` added to those that `index` numbers."""
    place = place_checks.check_slices("index_add", input, dim, index, source)
    source = source if alpha == 1 else source * alpha
    return AddAt.apply(input, source, index=place, called="IndexAddBackward0")


def index_copy(input, dim, index, source):
    """`input` with the slices of `source` along `dim` in place of those that `index` numbers."""
    place = place_checks.check_slices("index_copy", input, dim, index, source)
    return PutAt.apply(input, source, index=place, called="IndexCopyBackward0")


def index_fill(input, dim, index, value):
    """`input`, but `value` in the slices along `dim` that `index` numbers."""
    *before, numbers = place_checks.check_slices("index_fill", input, dim, index)
    if numbers is not ...:  # a slice that is named twice is filled once
        numbers = np.unique(numbers % input._array.shape[len(before)])
    place = (*before, numbers)
    called = f"IndexFillBackward{int(isinstance(value, Tensor))}"
    value = value if isinstance(value, Tensor) else constant(value, input)
    return PutAt.apply(input, value.to(input.dtype), index=place, called=called)


Tensor.masked_fill = masked_fill
Tensor.index_put = index_put
Tensor.index_add = index_add
Tensor.index_copy = index_copy
Tensor.index_fill = index_fill
