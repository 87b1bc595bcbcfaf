"""Floor 2. A `Function` is a node of the graph: it knows its rule and where inputs came from."""

import weakref
from itertools import count

from . import backward_errors, write_errors
from .grad_mode import mode
from .tensor import Tensor, detach, new

next_number = count(1).__next__


class Observers:
    """Who is told of every recorded operation and every step of a backward pass; None: nobody."""

    current = None


class Function:
    """One operation: `forward` computes, `backward` is its rule, an instance is a node.

    A subclass gives three static methods, in the form of PyTorch's "Extending autograd":
    `forward(*arrays, **options)` returns the result as an array;
    `setup_context(ctx, inputs, output)`, where needed, keeps on the node `ctx` what the rule will
    need (options are there already: `ctx.dim`); it runs only if the operation is recorded;
    `backward(ctx, grad)` gets dL/doutput and returns dL/dinput for each input, or None.
    """

    next = ()  # where gradients go: for each input its node, the leaf tensor itself, or None
    number = 0  # grows with every node: a node's number is greater than those of its inputs
    overload = 0  # PyTorch's number of the variant, the 1 of SumBackward1
    outputs, output_nr = 1, 0  # how many there are of the operation, and which one this is
    output_shape = None  # None: that of its inputs
    fit = None  # shapes and dtypes of the inputs, where broadcasting or mixing changed them
    setup_context, saved_names = None, ()
    _saved, _seen_versions, _own = (), None, ()

    @classmethod
    def apply(cls, *inputs, **options):
        """Run the operation on tensors and, if one of them requires grad, record it."""
        arrays, tracked = [], False
        for tensor in inputs:
            arrays.append(tensor._array)
            tracked = tracked or tensor._requires_grad
        output = new(Tensor)
        output._array = cls.forward(*arrays, **options)
        if tracked and mode.enabled:
            cls.record(output, inputs, options)
        elif mode.counter is not None:
            output._counter = mode.counter
        return output


def record(cls, output, inputs, options):
    """Make the node of `output`, with an edge to every input that requires grad."""
    ctx = cls()
    for name, value in options.items():
        setattr(ctx, name, value)
    edges = []
    for tensor in inputs:
        edges.append((tensor._node or tensor) if tensor._requires_grad else None)
    ctx.next = tuple(edges)
    ctx.number = next_number()  # after its edges exist, so it is greater than its inputs'
    ctx.output_shape = output._array.shape
    output._node, output._requires_grad = ctx, True
    if cls.setup_context is not None:
        cls.setup_context(ctx, inputs, output)
    if Observers.current is not None:
        Observers.current.recorded(ctx, inputs, output)


Function.record = classmethod(record)


def save_for_backward(self, *tensors):
    """Keep tensors (or None) for the backward pass, and the version of each."""
    self._saved = tensors
    for tensor in tensors:
        if tensor is not None and (tensor._counter is not None or tensor._node is self):
            self._own, self._saved, self._seen_versions = [], [], []
            for each in tensors:
                own = each is not None and each._node is self
                # A result is kept without its history: node -> result -> node would be a cycle.
                each = detach(each) if own else each
                self._own.append(own)
                self._saved.append(each)
                self._seen_versions.append(write_errors.check_can_be_saved(each))
            break


def check_version(node, position, tensor):
    """RuntimeError if a saved tensor has been written to since the node saved it."""
    seen = 0 if node._seen_versions is None else node._seen_versions[position]
    if tensor._version != seen or tensor._detached_from is not None:
        write_errors.check_unchanged(node, position, tensor, seen)


def saved(self):
    """The saved values as arrays; RuntimeError if freed, or written to since they were saved."""
    if self._saved is None:
        raise backward_errors.freed()
    arrays = []
    for tensor in self._saved:
        if tensor is None:
            arrays.append(None)
        else:
            if tensor._counter is not None:
                check_version(self, len(arrays), tensor)
            arrays.append(tensor._array)
    return arrays


Function.save_for_backward = save_for_backward
Function.saved = property(saved)


def name(self):
    """PyTorch's name for this node, such as `AddBackward0`."""
    return f"{type(self).__name__}Backward{self.overload}"


def representation(self):
    """What `print(y.grad_fn)` shows: the node's name and its address."""
    return f"<{self.name()} object at {id(self):#x}>"


def next_functions(self):
    """PyTorch's view of the edges: pairs of a node and the number of its output."""
    nodes = [AccumulateGrad.of(each) if isinstance(each, Tensor) else each for each in self.next]
    return tuple((None, 0) if node is None else (node.shown, node.output_nr) for node in nodes)


def operation(self):
    """The node of the operation (one output of several has a node of its own)."""
    return self


Function.name = name
Function.__repr__ = representation
Function.next_functions = property(next_functions)
Function.operation = Function.shown = property(operation)


class AccumulateGrad:
    """The end of the line in `next_functions`: adds what arrives to its leaf's `.grad`.

    The graph's own edges hold the leaf tensor itself; this object is made when somebody looks, and
    while somebody holds it, it is always the same one.
    """

    next_functions = ()
    output_nr = 0
    operation = shown = property(operation)
    __repr__ = representation

    def __init__(self, variable):
        self.variable = variable

    @classmethod
    def of(cls, leaf):
        """The one AccumulateGrad of a leaf tensor."""
        known = getattr(leaf, "_accumulator", None)
        node = known and known()
        if node is None:
            node = cls(leaf)
            leaf._accumulator = weakref.ref(node)
        return node

    def name(self):
        """PyTorch's name for this node."""
        return "AccumulateGrad"
