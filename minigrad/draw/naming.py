"""The names in a picture are those of the caller's variables, and symbols for operations."""

from ..tensor import Tensor

SYMBOLS = {
    "Add": "+",
    "Sub": "−",
    "Mul": "×",
    "Div": "÷",
    "Neg": "−",
    "Mm": "@",
    "Mv": "@",
    "Bmm": "@",
}


class Names:
    """Which variable of the caller holds a tensor, or the tensor that a node made."""

    def __init__(self, frame, given=None):
        self.tensors, self.nodes = {}, {}
        for name, each in dict(given or {}).items():
            self.add(name, each)
        for scope in (frame.f_locals, frame.f_globals) if frame is not None else ():
            for name, each in list(scope.items()):
                if isinstance(each, Tensor) and not name.startswith("_"):
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


def symbol(node):
    """What stands on an operation: `×`, `@`, `mean`, `** 2`, `sum dim 0`."""
    kind = type(node).__name__
    if kind == "Slot":
        return f"[{node.index}]"
    if kind == "Pow":
        return f"** {getattr(node, 'exponent', '')}".rstrip()
    dim = getattr(node, "dim", None)
    where = f" dim {', '.join(map(str, dim))}" if isinstance(dim, tuple) and dim else ""
    return (SYMBOLS.get(kind) or kind.lower()) + where
