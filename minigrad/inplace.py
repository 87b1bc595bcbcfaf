"""Floor 5. Writing in place where a graph is watching: new numbers get a new history.

The tensor stays the same object in the same memory, so everyone who shares that memory must learn
of it: what was saved (by the version), and the other views of it (their base has a new history).
"""

import weakref

from . import saving, write_errors
from .function import Function, next_number
from .grad_mode import mode
from .hooks import move_retained
from .ops.views import AsStrided, Gather, Replace, geometry, part_of
from .tensor import Tensor, VersionCounter, detach, new


def stand_in(tensor):
    """What the tensor is before the write: the same numbers and history, a count of its own."""
    before = new(Tensor)
    # What is packed by hooks at once must not change with the write.
    before._array = tensor.array.copy() if saving.active.pairs else tensor.array
    if mode.enabled and tensor._requires_grad:
        before._node, before._requires_grad = tensor._node or None, True
    return before


def put(tensor, values):
    """Write into the tensor's memory."""
    if tensor._counter is None:
        tensor._counter = VersionCounter()
    if tensor._counter.refuses:
        raise write_errors.write_to_inference_tensor()
    tensor.array[...] = values


def count_write(tensor, node):
    """Count the write; a result that the node itself had saved is saved as the tensor now is."""
    tensor._counter.add()
    if node is not None and node._own:
        for position, own in enumerate(node._own):
            if own and not isinstance(node._saved[position], saving.Packed):
                node._saved[position] = detach(tensor)
                node._seen_versions[position] = tensor._version


def grads_of(fn, grad):
    """What the rule of a node gives, as the engine would use it."""
    grads = fn.backward(fn, grad)
    if type(grads) is not tuple:
        grads = (grads,)
    return grads if fn.fit is None else fn.fit_inputs(grads)


class CopySlices(Function):
    """A write to a view, seen from the base: a part of the base is made by `fn`, the rest is old.

    Going back, the part's gradient goes through the rule of `fn`; the rest passes by.
    """

    def __init__(self, view, fn, position=0):
        base, self.fn, self.position = view._base, fn, position
        self.source = geometry(base.array)
        self.places = geometry(view.array, base.array)
        before = base._node or base if base._requires_grad else None
        self.next = (before, *fn.next[:position], *fn.next[position + 1 :])
        self.output_shape = base._array.shape
        self.number = next_number()
        here = weakref.ref(self)
        fn.as_output = lambda position: here().as_part()

    @staticmethod
    def backward(ctx, grad):
        fn = ctx.fn.as_recorded() if ctx.recorded else ctx.fn
        others = list(grads_of(fn, Gather.of(grad, places=ctx.places, into=ctx.source)))
        part = others.pop(ctx.position)
        if ctx.next[0] is not None:
            parts = () if part is None else (part,)
            grad = Replace.of(grad, *parts, places=ctx.places, into=ctx.source)
        return (grad, *others)

    def as_part(self):
        """The history of the part as it is after the write, for a result that `fn` saved."""
        return part_of(AsStrided(), self, self.places, self.source)

    def name(self):
        return "CopySlices"


# What the write saved lies in its own node: freed, checked and drawn there.
CopySlices._saved = property(
    lambda self: self.fn._saved, lambda self, value: setattr(self.fn, "_saved", value)
)
CopySlices.saved_names = property(lambda self: self.fn.saved_names)


def new_history(tensor, node):
    """Let the tensor (of a view: its base) have been made by the node of the write."""
    whole = tensor if tensor._base is None else tensor._base
    old = whole._node
    whole._node = node if whole is tensor else CopySlices(tensor, node)
    whole._requires_grad = True
    move_retained(whole, old, whole._node)


def overwrite(self, operation, *operands, **options):
    """Write the result of `operation(self, *operands)` into `self`, record it, and return `self`.

    RuntimeError for a tracked leaf or a view of one, for a view that may not be written to, and if
    the result has another shape or a dtype that `self` cannot hold.
    """
    tracked = self._requires_grad or any(
        isinstance(each, Tensor) and each._requires_grad for each in operands
    )
    if tracked and mode.enabled:
        write_errors.check_writable(self)
    before = stand_in(self)
    result = operation(before, *operands, **options)
    write_errors.check_result_fits(self, result)
    if result._requires_grad and result._node._saved:
        if any(each is before for each in result._node._saved):
            before._array = before.array.copy()
    put(self, result._array)
    if result._requires_grad:
        new_history(self, result._node)
    count_write(self, result._node)
    return self
