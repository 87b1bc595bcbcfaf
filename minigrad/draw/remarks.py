"""What is special about a tensor or a node: views, versions, hooks, saved values that changed."""

from ..tensor import Tensor
from .guard import hooked
from .record import memories


def remarks(node, tensor, names):
    """Remarks about a result and its node, as short texts. The tensor may be gone already."""
    memory = memories.get(node) if node is not None else None
    base = None if memory is None else memory.base
    if tensor is not None:
        base = None if tensor._base is None else (lambda: tensor._base)
    if base is not None:
        name = names.of(base())[0]
        yield f"view of {name}" if name else "a view"
    if tensor is not None and tensor._version:
        yield f"version {tensor._version}"
    if node is not None and node.name() == "CopySlices":
        yield "the old one, with a part replaced"
    for position, saved in enumerate(getattr(node, "_saved", None) or ()):
        seen = getattr(node, "_seen_versions", None) or {}
        seen = seen[position] if seen else 0
        if isinstance(saved, Tensor) and saved._version != seen:
            name = node.saved_names[position] if position < len(node.saved_names) else position
            yield f"saved {name} has changed: version {seen}, now {saved._version}"


def hooks(node, tensor):
    """The hooks of a node and of its result, by name, and whether the gradient is kept."""
    found = []
    around = None if node is None else hooked(node)
    if around is not None:
        for each in around.tensor.values():
            found += each.values()
        found += [*around.before.values(), *around.after.values()]
    leaf = None if tensor is None else tensor._hooked
    for kind in ("tensor", "before", "accumulated", "after"):
        found += getattr(leaf, kind, {}).values()
    names = [getattr(each, "__name__", type(each).__name__) for each in found]
    if names:
        yield f"hooks: {', '.join(names)}"
    if tensor is not None and tensor.retains_grad:
        yield "retains grad"
