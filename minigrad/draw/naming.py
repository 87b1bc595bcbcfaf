"""The names in a picture are those of the caller's variables, and symbols for operations."""

import re
import sys

from ..tensor import Tensor
from .values import short

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


class Names:
    """Which variable of the caller holds a tensor, or the tensor that a node made."""

    def __init__(self, frame, given=None):
        self.tensors, self.nodes = {}, {}
        for name, each in dict(given or {}).items():
            if not isinstance(each, Tensor):
                raise TypeError(
                    f"names expects tensors, such as names={{'x': x}}; {name!r} is "
                    f"{type(each).__name__}."
                )
            self.add(name, each)
        for name, each in [*variables(frame), *frame.f_globals.items()]:
            if isinstance(each, Tensor) and name.isidentifier() and not name.startswith("_"):
                self.add(name, each)

    def add(self, name, tensor):
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
