"""Floor 4. Nodes of the graph as a user can hold them: what was saved, their hooks, a call.

`y.grad_fn` has PyTorch's attributes: `_saved_self` and its like, `metadata`, `register_hook`,
`register_prehook`, and it can be called with a gradient.
"""

import inspect

from .backward_errors import node_takes_one
from .carriers import as_tensors, numbers, saved_tensors
from .engine import accumulate
from .function import AccumulateGrad, Function
from .grad_mode import is_grad_enabled, no_grad
from .hooks import Hooked, LeafHooks, RemovableHandle, deliver
from .ops.several import Pieces
from .saving import pack_one
from .tensor import Tensor


def attach_saved(cls):
    """Give a class of nodes PyTorch's attributes: `_saved_self` for what its instances save,
    `_saved_dim` for the options of its operation.

    (One property for each, since a `__getattr__` would make every access to a node slower.)
    """
    for position, name in enumerate(vars(cls).get("saved_names", ())):
        setattr(cls, f"_saved_{name}", saved_property(position))
        setattr(cls, f"_raw_saved_{name}", raw_property(position))
    forward = vars(cls).get("forward")
    if forward is not None:
        for name in inspect.signature(getattr(forward, "__func__", forward)).parameters:
            if not hasattr(cls, f"_saved_{name}") and name != "self":
                setattr(cls, f"_saved_{name}", property(lambda self, name=name: vars(self)[name]))


def saved_property(position):
    return property(lambda self: saved_tensors(self)[position])


def raw_property(position):
    return property(lambda self: RawSaved(self, position))


def attach_to_all(cls):
    """`attach_saved` for the classes that exist already."""
    for each in cls.__subclasses__():
        if each.__module__.startswith(__package__) and isinstance(each.saved_names, tuple):
            attach_saved(each)
        attach_to_all(each)


class RawSaved:
    """One place where a node keeps a tensor, for `register_hooks` (pack and unpack)."""

    def __init__(self, node, position):
        self.node, self.position = node, position

    def register_hooks(self, pack, unpack):
        """Keep what `pack(tensor)` returns instead of the tensor; `unpack` gives it back."""
        pack_one(self.node, self.position, pack, unpack)


def __call__(self, *grads):
    """The rule of this node applied to the gradients of its outputs; the graph is kept.

    TypeError for a number of gradients that is not the number of outputs.
    """
    if len(grads) != self.outputs:
        raise node_takes_one(self.outputs, len(grads))
    given = [numbers(each) for each in grads]
    with no_grad():
        arrived = given[0] if self.outputs == 1 else Pieces(enumerate(given))
        results = self.backward(self, arrived)
        if type(results) is not tuple:
            results = (results,)
        results = results if self.fit is None else self.fit_inputs(results)
    results = as_tensors(results)
    return results[0] if len(results) == 1 else results


def register_hook(self, hook):
    """Have `hook(grad_inputs, grad_outputs)` called after this node has run; returns a handle.

    It may return other `grad_inputs`, a tuple.
    """
    return RemovableHandle(Hooked.of(self).after, hook)


def register_prehook(self, hook):
    """Have `hook(grad_outputs)` called before this node runs; returns a handle.

    It may return other `grad_outputs`, a tuple.
    """
    return RemovableHandle(Hooked.of(self).before, hook)


@property
def metadata(self):
    """A dictionary for notes about this node."""
    return self.__dict__.setdefault("_metadata", {})


def _sequence_nr(self):
    """The number of this node: later nodes have greater ones."""
    return self.number


attach_to_all(Function)
Function.__init_subclass__ = classmethod(attach_saved)
Function.__call__ = __call__
Function.register_hook = register_hook
Function.register_prehook = register_prehook
Function.metadata = metadata
Function._sequence_nr = _sequence_nr
Function.requires_grad = True


# --- where gradients end --------------------------------------------------------------------------
def accumulate_hook(self, hook):
    """Have `hook(grad_inputs, grad_outputs)` called after the leaf's `.grad` has been added to."""
    return RemovableHandle(LeafHooks.of(self.variable).after, hook)


def accumulate_prehook(self, hook):
    """Have `hook(grad_outputs)` called before the leaf's `.grad` is added to; returns a handle."""
    return RemovableHandle(LeafHooks.of(self.variable).before, hook)


def deliver_here(self, *grads):
    """Add a gradient to the leaf's `.grad`, as the end of a backward pass does."""
    if len(grads) != 1:
        raise node_takes_one(1, len(grads))
    recorded = is_grad_enabled() and grads[0].requires_grad
    deliver(self.variable, grads[0] if recorded else numbers(grads[0]), accumulate)
    return ()


AccumulateGrad.register_hook = accumulate_hook
AccumulateGrad.register_prehook = accumulate_prehook
AccumulateGrad.__call__ = deliver_here
AccumulateGrad.metadata = metadata
AccumulateGrad.requires_grad = True


def output_nr(self):
    """Which output of its operation this tensor is; 0 for a leaf."""
    return (self._node or self.__class__).output_nr if self._node is not None else 0


Tensor.output_nr = property(output_nr)
