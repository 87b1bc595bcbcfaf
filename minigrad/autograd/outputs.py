"""Floor 6. What becomes of the outputs of a user's `forward`: results, inputs, views of them."""

import numpy as np

from .. import write_errors
from ..device import place
from ..hooks import move_retained
from ..inplace import CopySlices
from ..ops.broadcasting import signature
from ..ops.several import Slot
from ..ops.views import as_view
from ..tensor import Tensor, VersionCounter, detach, new


def metadata(result):
    """What a gradient of an output looks like; None for what is no tensor."""
    return signature(result) if isinstance(result, Tensor) else None


def zeros(metadata):
    """A tensor of zeros, the gradient of an output that nobody used; None for no tensor."""
    if metadata is None:
        return None
    tensor = new(Tensor)
    shape, dtype, device = metadata
    tensor._array = place(np.zeros(shape, dtype), device)
    return tensor


def made_by(tensor, node):
    """Whether a tensor is an output of this node."""
    return tensor._node is not None and tensor._node.operation is node


def finish(node, inputs, result, number, tracked):
    """One output as the caller gets it: with the node as its history, if it is differentiable."""
    if any(result is each for each in node.dirty):
        return written(node, inputs, result, number, tracked)
    if any(result is each for each in inputs):  # returned as it came: a view of it
        result = alias = detach(result)
        as_view(next(e for e in inputs if e._counter is alias._counter), alias)
        alias._made_by = "function"
    constant = any(result is each for each in node.constant) or result._array.dtype.kind != "f"
    if constant or not tracked:
        result._node, result._requires_grad = None, False
        return result
    if result._base is not None:
        result._made_by = "function" if node.outputs == 1 else "several"
    result._node = node if node.outputs == 1 else Slot(node, number, result)
    result._requires_grad = True
    return result


def written(node, inputs, tensor, number, tracked):
    """An input that `forward` changed in place, and said so: the same object, a new history."""
    if tensor._counter is None:
        tensor._counter = VersionCounter()
    if tracked:
        own = node if node.outputs == 1 else Slot(node, number, tensor)
        whole, old = tensor, tensor._node
        if tensor._base is not None:
            write_errors.check_writable(tensor)
            whole, old = tensor._base, tensor._base._node
            position = next(n for n, each in enumerate(inputs) if each is tensor)
            own = CopySlices(tensor, own, position)
        whole._node, whole._requires_grad = own, True
        move_retained(whole, old, own)
    tensor._counter.add()
    return tensor
