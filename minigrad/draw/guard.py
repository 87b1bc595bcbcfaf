"""Passes that a picture runs leave the user's gradients as they are."""

from contextlib import contextmanager


def hooked(node):
    """The hooks of a node, if it has any."""
    return vars(node).get("backward") if hasattr(node, "__dict__") else None


@contextmanager
def gradients_kept(nodes):
    """Put back what tensors with `retain_grad()` hold, after passes through their nodes."""
    kept = {}
    for node in nodes:
        for tensor in getattr(hooked(node), "kept", {}).values():
            if tensor() is not None:
                kept[id(tensor())] = tensor(), tensor()._grad
    try:
        yield
    finally:
        for tensor, grad in kept.values():
            tensor._grad = grad
