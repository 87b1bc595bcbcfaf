"""Floor 3. Another dtype, another device: `.double()`, `.to(dtype)`, `.cuda()`, `.to(device)`."""

import numpy as np

from .. import arguments, errors
from ..device import as_device, device_of, place
from ..device import device as Device
from ..function import Function
from ..tensor import Tensor


class ToCopy(Function):
    """A copy in another dtype or on another device. The gradient comes back as the input is."""

    @staticmethod
    def forward(self, dtype, device=None):
        return self.astype(dtype) if device is None else place(self.astype(dtype), device)

    @staticmethod
    def setup_context(ctx, inputs, output):
        self = inputs[0]._array
        ctx.input_dtype = self.dtype
        ctx.input_device = None if ctx.device is None else device_of(self)

    @staticmethod
    def backward(ctx, grad):
        return (ToCopy.of(grad, dtype=ctx.input_dtype, device=ctx.input_device),)


def convert(tensor, dtype, copy=False, device=None):
    """The tensor in another dtype (a NumPy dtype), and on another device if one is given.

    Itself if nothing changes and `copy` is False. Only floats have gradients: integers and bools
    leave the graph.
    """
    if tensor._array.dtype == dtype and not copy and device is None:
        return tensor
    if dtype.kind != "f":
        tensor = tensor.detach()
    return ToCopy.apply(tensor, dtype=dtype, device=device)


def to(self, *args, dtype=None, device=None, copy=False, non_blocking=False):
    """The tensor in another dtype, on another device, or both: `x.to("cuda", torch.float64)`.

    `x.to(y)` is x in the dtype and on the device of y. The tensor itself if nothing changes, unless
    `copy`; otherwise a copy that gradients flow through. AssertionError for a GPU where CuPy is
    missing, RuntimeError where that GPU is. (`non_blocking` is there for PyTorch's sake.)
    """
    for each in args:
        if isinstance(each, Tensor):
            dtype, device = each.dtype, each.device
        elif isinstance(each, (str, int, Device)) and not isinstance(each, bool):
            device = each
        else:
            dtype = each
    wanted = self._array.dtype if dtype is None else arguments.numpy_dtype(dtype)
    if device is not None and is_there(self.array, as_device(device)):
        device = None
    return convert(self, wanted, copy, device)


def is_there(array, device):
    """Whether an array is on a device; RuntimeError or AssertionError if there is no such one."""
    return place(array, device) is array


def cpu(self):
    """The tensor in the computer's main memory: itself if it is there already."""
    return to(self, "cpu")


def cuda(self, device=None, non_blocking=False):
    """The tensor on a GPU, the current one unless another is given; itself if it is there already.

    AssertionError where CuPy is missing, RuntimeError where that GPU is.
    """
    device = Device("cuda") if device is None else as_device(device)
    if device.type != "cuda":
        raise errors.no_cuda_device(device)
    return to(self, device)


def _conversion(name, dtype):
    def to_dtype(self):
        return convert(self, dtype)

    dtype = np.dtype(dtype)
    to_dtype.__name__ = to_dtype.__qualname__ = name
    to_dtype.__doc__ = f"The tensor as {dtype}: itself if it is that already, otherwise a copy."
    return to_dtype


Tensor.to = to
Tensor.cpu = cpu
Tensor.cuda = cuda
Tensor._converted = convert
Tensor.float = _conversion("float", "float32")
Tensor.double = _conversion("double", "float64")
Tensor.half = _conversion("half", "float16")
Tensor.long = _conversion("long", "int64")
Tensor.int = _conversion("int", "int32")
Tensor.short = _conversion("short", "int16")
Tensor.char = _conversion("char", "int8")
Tensor.byte = _conversion("byte", "uint8")
Tensor.bool = _conversion("bool", "bool")
