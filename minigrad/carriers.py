"""Floor 2. One backward rule, two carriers: gradients are arrays, or tensors that are recorded.

An ordinary backward pass computes with arrays, which is fast. With `create_graph=True` the same
rules get tensors, and so are recorded like any other computation: that gives second derivatives.
Rules are written with operators, with `Function.of`, and with the few functions below.
"""

import numpy as np

from . import backward_errors
from .arrays import beside
from .device import device_of, place
from .function import Function, check_version
from .tensor import Tensor, detach, new


def numbers(carrier):
    """The array of a tensor; an array as it is. For masks and counts, which have no derivative."""
    return carrier._array if isinstance(carrier, Tensor) else carrier


def carried(array, like):
    """An array as the gradient `like` is carried: in a tensor, or as it is."""
    if not isinstance(like, Tensor):
        return array
    tensor = new(Tensor)
    tensor._array = array
    return tensor


def as_tensor(carrier):
    """A gradient as hooks and users see it: a tensor, whatever carries it in this pass."""
    if carrier is None or isinstance(carrier, Tensor):
        return carrier
    if type(carrier) is np.ndarray and not carrier.flags.writeable:  # one number, seen many times
        carrier = carrier.copy()
    tensor = new(Tensor)
    tensor._array = carrier
    return tensor


def as_tensors(grads):
    return tuple(as_tensor(each) for each in grads)


def cast(grad, dtype, device=None):
    """A gradient in a NumPy dtype; on a device, if one is given."""
    if isinstance(grad, Tensor):
        grad = grad._converted(dtype)
        return grad if device is None or grad.device == device else grad.to(device)
    grad = grad.astype(dtype, copy=False)
    return grad if device is None or device is device_of(grad) else place(grad, device)


def summed(grad, dims):
    """The sum of a gradient over some dimensions; float16 is added up in float32."""
    if isinstance(grad, Tensor) or grad.dtype.char != "e":
        return grad.sum(dims)
    return grad.sum(dims, dtype=np.float32).astype(grad.dtype)


def home(grad, leaf):
    """A gradient on the device of its leaf: a number of the CPU may take part on a GPU."""
    if type(grad) is type(leaf._array) is np.ndarray:
        return grad
    if isinstance(grad, Tensor):
        return grad if grad.device == leaf.device else grad.to(leaf.device)
    return beside(grad, leaf._array)


def of(cls, *inputs, **options):
    """The operation on tensors or on arrays: what rules call."""
    if any(isinstance(each, Tensor) for each in inputs):
        return cls.apply(*inputs, **options)
    return cls.forward(*inputs, **options)


def saved_tensors(self):
    """The saved values as tensors with their history (or None): RuntimeError as for `saved`."""
    if self._saved is None:
        raise backward_errors.freed()
    tensors = []
    for position, tensor in enumerate(self._saved):
        if tensor is not None and tensor._counter is not None:
            check_version(self, position, tensor)
        tensor = getattr(tensor, "unpacked", tensor)  # if it was packed (saved_tensors_hooks)
        if self._own and self._own[position]:  # the node's own result, kept without its history
            tensor = detach(tensor)
            tensor._node, tensor._requires_grad = self.as_output(position), True
        tensors.append(tensor)
    return tensors


def as_output(self, position):
    """The history of a result that the node has saved."""
    return self


class Recorded:
    """A node as its rule sees it in a pass that is itself recorded: saved values are tensors."""

    recorded = True

    def __init__(self, node):
        self.node = node

    def __getattr__(self, name):
        return getattr(self.node, name)

    @property
    def saved(self):
        return saved_tensors(self.node)


def as_recorded(self):
    """This node for a pass that is itself recorded."""
    return Recorded(self)


Function.recorded = False
Function.of = classmethod(of)
Function.as_recorded = as_recorded
Function.as_output = as_output
