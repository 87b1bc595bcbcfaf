"""`draw.record()`: remembers for a later picture what a graph itself does not keep."""

import re
import sys
from functools import wraps
from weakref import WeakKeyDictionary, ref

import numpy as np

from ..function import Function, Observers
from ..tensor import Tensor
from .scopes import Calls
from .values import Value, visible


class Memory:
    """What was seen of one node: its result, its inputs, and what came and went going backward."""

    value = None  # of the result, and
    inputs = None  # of the inputs: unknown where the block began after the operation
    arrived = None  # the gradient of the result, all contributions added up
    sent = ()  # the contribution to each input
    scope = None  # the call of a module in which it was recorded
    base = None  # if the result is a view: a weak reference to what it is a view of
    failed = None  # the error that a backward pass ended with here
    failed_at = None  # and the number of the input that it is about, if it is about one

    def __init__(self, node):
        self.saved = list(saved_values(node))

    def output(self):
        """The result, if it is alive; `recorded` puts a weak reference in its place."""


class Input:
    """An input of an operation as it was; `tensor` is a weak reference to it."""

    def __init__(self, tensor):
        self.tensor = ref(tensor)
        self.value = Value(tensor._array)
        self.tracked = tensor._requires_grad


memories = WeakKeyDictionary()  # node -> Memory, for as long as the node lives


class record:
    """Inside `with draw.record():` values and contributions are kept for a later picture.

    Blocks may be nested; an error inside leaves what was recorded so far. What is kept are short
    texts of the numbers, not the arrays, and they go when the graph goes.
    """

    depth = 0  # how often this very object has been entered

    def __enter__(self):
        self.depth += 1
        if self.depth == 1:
            self.before, Observers.current = Observers.current, self
            self.stops = Calls.watch(), watch_failures()
        return self

    def __exit__(self, kind, error, traceback):
        self.depth -= 1
        if self.depth == 0:
            self.leave()
        if error is not None:  # also where somebody's own engine ran
            note_failure(error)

    def leave(self):
        """Be told no more; also where blocks do not end in the order in which they began."""
        for stop in self.stops:
            stop()
        if Observers.current is self:
            Observers.current = self.before
            return
        inner = Observers.current
        while isinstance(inner, record) and inner.before is not self:
            inner = inner.before
        if isinstance(inner, record):
            inner.before = self.before

    def recorded(self, node, inputs, output):
        """An operation has been recorded: called by `Function.apply`."""
        memory = memories[node] = Memory(node)
        memory.value, memory.output = Value(output._array), ref(output)  # keeps no tensor alive
        memory.inputs = [Input(each) for each in inputs]
        memory.scope = Calls.current
        memory.base = None if output._base is None else ref(output._base)
        if self.before is not None:
            self.before.recorded(node, inputs, output)

    def stepped(self, node, grad, grads):
        """A node has run in a backward pass: called by the engine."""
        memory = memories.get(node)
        if memory is None:
            memory = memories[node] = Memory(node)
        memory.arrived = snapshot(grad)
        memory.sent = [snapshot(each) for each in grads]
        if self.before is not None:
            self.before.stepped(node, grad, grads)


def watch_failures():
    """Note where backward passes break off, by standing around the engine's `run`; returns the
    function that ends it.
    """
    package = __package__.rsplit(".", 1)[0]
    places = [sys.modules.get(f"{package}.{name}") for name in ("engine", "passes")]
    run = getattr(places[0], "run", None)
    if run is None or hasattr(run, "notes_failures"):
        return lambda: None

    @wraps(run)
    def noting(*args, **kwargs):
        __tracebackhide__ = True  # the reader has no use for this line
        try:
            return run(*args, **kwargs)
        except Exception as error:
            note_failure(error)
            raise

    noting.notes_failures = True
    exchange(places, run, noting)
    return lambda: exchange(places, noting, run)


def exchange(places, old, new):
    """Put a function in another one's place in some modules."""
    for place in places:
        if getattr(place, "run", None) is old:
            place.run = new


def note_failure(error):
    """Remember at which node a backward pass broke off: the engine's own frame tells."""
    frame = error.__traceback__
    while frame is not None:
        found = frame.tb_frame.f_locals
        node = found.get("node")
        if isinstance(node, Function) and "arrived" in found:
            memory = memories.setdefault(node, Memory(node))
            memory.failed = f"{type(error).__name__}: {first_sentence(error)}"
            memory.failed_at = input_of(node, str(error))
            return
        frame = frame.tb_next


def input_of(node, message):
    """The number of the input that an error message is about; None if it is about none.

    A rule returned a wrong gradient "at index 0", or a saved tensor, which has its name there, has
    been written to.
    """
    index = re.search(r"invalid gradient at index (\d+)", message)
    if index:
        return int(index[1])
    name = re.search(r"had saved it as `(\w+)`", message)
    names = node.saved_names
    if name and len(names) == len(node.next) and name[1] in names:
        return names.index(name[1])
    return None


def first_sentence(error):
    """What an error says first, in no more than 120 letters."""
    text = visible(str(error).split("\n")[0].split(". ")[0])
    return text if len(text) <= 120 else text[:119] + "…"


def saved_values(node):
    """The tensors that a node has saved: pairs of a name and a `Value`, or `freed`."""
    if node._saved is None:
        yield from ((name, "freed") for name in node.saved_names)
        return
    for position, tensor in enumerate(node._saved):
        if tensor is not None:
            names = node.saved_names
            name = names[position] if position < len(names) else str(position)
            # What hooks on saved tensors have packed is theirs alone to unpack.
            yield name, Value(tensor._array) if isinstance(tensor, Tensor) else "packed by a hook"


def snapshot(grad):
    """A gradient as a `Value`; None where there is none (or one for each of several outputs).

    An operation with several outputs is sent them one by one, as {number of the output: gradient}.
    """
    if isinstance(grad, dict) and len(grad) == 1:
        (grad,) = grad.values()
    return Value(grad) if isinstance(grad, (np.ndarray, np.generic)) else None
