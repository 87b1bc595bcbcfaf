"""Floor 3. What a view knows of its base, and what happens to it when their memory is changed.

A view shares its base's memory, so a recorded write to one changes what the other one *is*. The
history of a view is then out of date. It is written anew when somebody asks for it: as the part of
the base that `as_strided` describes, by lengths, steps and a first place in memory.
"""

import weakref

import numpy as np

from .. import arguments, arrays, write_errors
from ..function import Function, next_number
from ..grad_mode import mode
from ..hooks import NO_GRADIENT, move_retained
from ..tensor import Tensor, new, share_versions


class Views:
    """The views of a piece of memory whose histories are up to date, held weakly."""

    def __init__(self):
        self.alive, self.room = [], 50

    def add(self, view):
        """Remember a view. Those that are gone are swept out now and then."""
        if len(self.alive) >= self.room:
            self.alive = [each for each in self.alive if each[0]() is not None]
            self.room = 2 * len(self.alive) + 50
        self.alive.append((weakref.ref(view), view._counter.count))

    def outdate(self):
        """Their memory has been written to: those with a tracked base need a new history."""
        before, self.alive = self.alive, []
        for reference, seen in before:
            view = reference()
            if view is not None:
                if view._base._requires_grad or view._node is not None:
                    view._node, view._requires_grad = Stale(view), True
                else:
                    self.alive.append((reference, seen))

    def follow(self, tensor):
        """A tensor without a history requires grad now, or does so no longer: so do its views.

        PyTorch's rule; gradients have no way to such a view.
        """
        base = tensor if tensor._base is None else tensor._base
        before, self.alive = self.alive, []
        for reference, seen in before:
            view = reference()
            if view is not None and view._base is base and view._node is None:
                if base._requires_grad and seen != view._counter.count:
                    view._node, view._requires_grad = Stale(view), True
                    continue
                if base._requires_grad and not view._requires_grad:
                    view._requires_grad, view._hooked = True, NO_GRADIENT
                elif not base._requires_grad and view._hooked is NO_GRADIENT:
                    view._requires_grad, view._hooked = False, None
            self.alive.append((reference, seen))


def as_view(tensor, view):
    """Make `view` known as a view of the memory of `tensor`, and return it."""
    counter = share_versions(tensor, view)._counter
    if counter.keeps_no_views:
        return view
    view._base = tensor if tensor._base is None else tensor._base
    if tensor._made_by is not None:
        view._made_by = tensor._made_by
    if not mode.enabled:
        view._made_by = "no_grad" if mode.counter is None else "inference"
        if view._base._requires_grad:
            view._requires_grad, view._hooked = True, NO_GRADIENT
    if counter.views is None:
        counter.views = Views()
    counter.views.add(view)
    return view


def _is_view(self):
    """Whether this tensor is a view: whether it shares the memory of `_base`."""
    return self._base is not None


# --- places in memory -----------------------------------------------------------------------------
def zeros_of(grad, shape):
    """Zeros of a shape: an array if the gradient is one, a tensor if it is a tensor."""
    like = grad._array if isinstance(grad, Tensor) else grad
    zeros = arrays.zeros(shape, like.dtype, like)
    if not isinstance(grad, Tensor):
        return zeros
    tensor = new(Tensor)
    tensor._array = zeros
    return tensor


def geometry(array, base=None):
    """(lengths, steps, first place) of an array in the memory of `base`, counted in elements."""
    size, offset = array.itemsize, 0
    if base is not None:
        offset, left = divmod(arrays.address(array) - arrays.address(base), size)
        if left or array.size and not np.may_share_memory(array, base):
            raise write_errors.lost_its_base()
    return array.shape, tuple(step // size for step in array.strides), offset


def extent(size, stride, offset):
    """How many elements of memory a geometry reaches."""
    if 0 in size:
        return offset
    return offset + 1 + sum((n - 1) * step for n, step in zip(size, stride, strict=True))


def repeats(size, stride):
    """Whether a geometry may see a place of memory more than once."""
    reach = 0
    for step, length in sorted(zip(stride, size)):
        if length > 1:
            if step <= reach:
                return True
            reach += (length - 1) * step
    return False


def place(array, size, stride, offset):
    """The numbers at some places of an array's memory, as a view."""
    itemsize = array.itemsize
    if offset and 0 not in size:
        memory = arrays.strided(array, (offset + 1,), (itemsize,))
        array = memory[offset:]
    return arrays.strided(array, size, tuple(step * itemsize for step in stride))


class AsStrided(Function):
    """Places of a tensor's memory, given by lengths, steps and the first place (in elements)."""

    @classmethod
    def apply(cls, self, **options):
        self._array = self.array
        return as_view(self, super().apply(self, **options))

    @staticmethod
    def forward(self, size, stride, storage_offset):
        return place(self, size, stride, storage_offset)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.source = geometry(inputs[0].array)

    @staticmethod
    def backward(ctx, grad):
        places = ctx.size, ctx.stride, ctx.storage_offset
        return (Scatter.of(grad, places=places, into=ctx.source),)


class Scatter(Function):
    """The way back of `AsStrided`: every number goes to its place, the other places get 0.

    `places` and `into` are geometries: where the numbers go, and how the whole lies in memory.
    """

    @staticmethod
    def forward(self, places, into):
        memory = arrays.zeros(max(extent(*places), extent(*into)), self.dtype, self)
        if repeats(*places[:2]):  # a place that is seen several times gets all its gradients
            np.add.at(memory, place(np.arange(memory.size), *places), self)
        else:
            place(memory, *places)[...] = self
        return place(memory, *into)

    @staticmethod
    def backward(ctx, grad):
        return (Gather.of(grad, places=ctx.places, into=ctx.into),)

    def name(self):
        return "AsStridedBackward0"


class Gather(Function):
    """The numbers at some places of a whole, as a copy: the way back of `Scatter`."""

    @staticmethod
    def forward(self, places, into):
        return arrays.copied(place(laid_out(self, places, into), *places))

    @staticmethod
    def backward(ctx, grad):
        return (Scatter.of(grad, places=ctx.places, into=ctx.into),)

    def name(self):
        return "AsStridedBackward0"


class Replace(Function):
    """A copy of a whole with other numbers at some places (or zeros, if none are given)."""

    @staticmethod
    def forward(self, part=0, *, places, into):
        memory = arrays.zeros(max(extent(*places), extent(*into)), self.dtype, self)
        place(memory, *into)[...] = self
        place(memory, *places)[...] = part
        return place(memory, *into)

    @staticmethod
    def backward(ctx, grad):
        whole = Replace.of(grad, places=ctx.places, into=ctx.into)
        if len(ctx.next) == 1:
            return (whole,)
        return whole, Gather.of(grad, places=ctx.places, into=ctx.into)

    def name(self):
        return "CopySlices"


def laid_out(array, places, into):
    """The memory of an array that lies as the geometry `into` says; itself if it does already."""
    if geometry(array) == into:
        return array
    memory = arrays.zeros(max(extent(*places), extent(*into)), array.dtype, array)
    place(memory, *into)[...] = array
    return memory


# --- the history of a view, written anew ----------------------------------------------------------
def part_of(node, whole, places, source):
    """Let an `AsStrided` node say: some places of what `whole` stands for, a node or a leaf."""
    node.next, node.number, node.source = (whole,), next_number(), source
    node.size, node.stride, node.storage_offset = places
    node.output_shape = places[0]
    return node


class Stale(Function):
    """The history of a view whose memory has been changed, until somebody needs it.

    Whoever needs it asks `tensor._node or tensor`. This node answers by becoming `AsStrided` of the
    base as it is then, with a number of that moment: greater than that of the base's history.
    """

    def __init__(self, view):
        self.view, self.was = weakref.ref(view), view._node

    def __bool__(self):
        view, was = self.view(), self.was
        write_errors.check_history(view, was)
        base = view._base
        self.__dict__.clear()
        self.__class__ = AsStrided
        whole = base._node or base if base._requires_grad else None
        part_of(self, whole, geometry(view.array, base.array), geometry(base.array))
        move_retained(view, was, self)
        view._counter.views.add(view)
        return True

    def renewed(name):
        return property(lambda self: bool(self) and getattr(self, name))

    next, number, output_shape = renewed("next"), renewed("number"), renewed("output_shape")


def as_strided(input, size, stride, storage_offset=0):
    """A view of the memory of `input`: lengths, steps and first place, counted in elements.

    RuntimeError for steps that are negative, and for places beyond the memory.
    """
    array = arguments.array_of(input, "as_strided")
    size, stride = tuple(size), tuple(stride)
    write_errors.check_geometry(size, stride, storage_offset)
    reached, there = extent(size, stride, storage_offset), extent(*geometry(input.array))
    if reached > there:
        raise write_errors.out_of_bounds(size, stride, storage_offset, array, reached, there)
    return AsStrided.apply(input, size=size, stride=stride, storage_offset=storage_offset)


Tensor._is_view = _is_view
Tensor.as_strided = as_strided
