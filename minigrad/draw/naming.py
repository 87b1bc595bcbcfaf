"""The names in a picture are those of the caller's variables, and symbols for operations."""

import re
import sys
from weakref import WeakKeyDictionary, ref

from ..tensor import Tensor
from .scopes import module_class
from .values import short, visible

SYMBOLS = {
    "Add": "+",
    "Sub": "−",
    "Mul": "×",
    "Div": "÷",
    "Neg": "−",
    "Rsub": "−",
    "Mm": "@",
    "Mv": "@",
    "Bmm": "@",
    "CopySlices": "part =",
    "AsStrided": "part of",
    "PutAt": "[…] =",
    "Index": "[…]",
    "Copy": "copy of",
    "Refill": "fill",
}


GIVEN = {}  # id of a tensor -> (a weak reference to it, its name), from `named`
GIVEN_NODES = WeakKeyDictionary()  # and the node that made it -> its name


def named(self, name):
    """Give this tensor a name for pictures, and return it: `h = (x @ w).named("hidden")`.

    The name goes before that of a variable; it changes nothing else, and keeps nothing alive.
    TypeError for what is no text, ValueError for an empty one.
    """
    if not isinstance(name, str):
        raise TypeError(f"named expects a text, such as x.named('x'), not {type(name).__name__}.")
    if not name.strip():
        raise ValueError("named expects a text that can be seen, such as x.named('x').")
    key = id(self)
    GIVEN[key] = ref(self, lambda gone: GIVEN.pop(key, None)), name
    if self._node is not None:
        GIVEN_NODES[self._node] = name
    return self


Tensor.named = named


class Names:
    """Which variable of the caller holds a tensor, or the tensor that a node made."""

    def __init__(self, frame, given=None):
        self.tensors, self.nodes, self.modules = {}, {}, {}
        for name, each in dict(given or {}).items():
            if not isinstance(each, Tensor):
                raise TypeError(
                    f"names expects tensors, such as names={{'x': x}}; {name!r} is "
                    f"{type(each).__name__}."
                )
            self.add(name, each)
        for tensor, name in list(GIVEN.values()):
            if tensor() is not None:
                self.add(name, tensor())
        for node, name in list(GIVEN_NODES.items()):
            self.nodes.setdefault(node, (visible(name), None))
        pairs = [*variables(frame), *frame.f_globals.items()]
        pairs = [(name, each) for name, each in pairs if name.isidentifier() and name[0] != "_"]
        for name, each in pairs:
            if isinstance(each, Tensor):
                self.add(name, each)
        self.add_modules(pairs)

    def add_modules(self, pairs):
        """The parameters and buffers of the modules among the caller's variables."""
        kind = module_class()
        modules = [pair for pair in pairs if kind is not None and isinstance(pair[1], kind)]
        for name, module in modules:
            self.modules.setdefault(id(module), name)
        for name, module in modules:
            for path, tensor in [*module.named_parameters(), *module.named_buffers()]:
                self.add(f"{name}.{path}", tensor)

    def add(self, name, tensor):
        name = visible(name)
        self.tensors.setdefault(id(tensor), (name, tensor))
        if tensor._node is not None:
            self.nodes.setdefault(tensor._node, (name, tensor))

    def of(self, tensor=None, node=None):
        """(name, tensor) of a tensor or of a node's result; (None, the tensor) if it has none."""
        if node is not None and node in self.nodes:
            return self.nodes[node]
        return self.tensors.get(id(tensor), (None, tensor))


def variables(frame):
    """The local variables of a function that is running, as pairs."""
    snapshot = frame.f_locals
    pairs = list(snapshot.items())
    if sys.version_info < (3, 13) and snapshot is not frame.f_globals:
        snapshot.clear()  # else the copy stays with the function, and keeps its tensors alive
    return pairs


def part_of_index(index):
    """An index as it is written: `[0, 1:]`; full slices at its end are left out."""
    words = []
    for each in index[:-1]:  # a `...` ends every index
        if isinstance(each, slice):
            start = "" if each.start in (0, None) else each.start
            each = f"{start}:{'' if each.stop is None else each.stop}"
        words.append(str(each))
    return f"[{', '.join(words)}]" if words else "[...]"


def symbol(node):
    """What stands on an operation: `×`, `@`, `mean`, `** 2`, `sum dim 0`."""
    kind = type(node).__name__
    if kind == "Slot":
        return f"[{node.output_nr}]"
    if kind == "Basic":
        return part_of_index(node.index)
    if kind == "Pow":
        return f"** {short(getattr(node, 'exponent', ''))}".rstrip()
    dim = getattr(node, "dim", None)
    where = f" dim {', '.join(map(str, dim))}" if isinstance(dim, tuple) and dim else ""
    return (SYMBOLS.get(kind) or function_name(kind)) + where


def function_name(kind):
    """The name of a function for that of its node: `batch_norm` for `NativeBatchNorm`."""
    kind = kind.removeprefix("Native").replace("2D", "2d").removesuffix("WithIndices")
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind).lower()
