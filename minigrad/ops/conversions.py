"""Floor 3. From one kind of number to another: `.double()`, `.long()`, `.to(dtype)`."""

import numpy as np

from .. import arguments
from ..device import CPU
from ..device import device as Device
from ..function import Function
from ..tensor import Tensor


class ToCopy(Function):
    """A copy in another dtype. The gradient is converted back."""

    @staticmethod
    def forward(self, dtype):
        return self.astype(dtype)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_dtype = inputs[0]._array.dtype

    @staticmethod
    def backward(ctx, grad):
        return (ToCopy.of(grad, dtype=ctx.input_dtype),)


def convert(tensor, dtype, copy=False):
    """The tensor in another dtype (a NumPy dtype); itself if it has that one and `copy` is False.

    Only floats have gradients: integers and bools leave the graph.
    """
    if tensor._array.dtype == dtype and not copy:
        return tensor
    if dtype.kind == "f":
        return ToCopy.apply(tensor, dtype=dtype)
    return ToCopy.apply(tensor.detach(), dtype=dtype)


def to(self, *args, dtype=None, device=None, copy=False):
    """The tensor as another dtype, `x.to(torch.float64)`, or that of another tensor, `x.to(y)`.

    The tensor itself if nothing changes, unless `copy`. The only device is "cpu".
    """
    for each in args:
        if isinstance(each, Tensor):
            dtype = each.dtype
        elif isinstance(each, (str, Device)):
            device = each
        else:
            dtype = each
    if device is not None:
        arguments.check_device(device)
    wanted = self._array.dtype if dtype is None else arguments.numpy_dtype(dtype)
    return convert(self, wanted, copy)


def _conversion(name, dtype):
    def to_dtype(self):
        return convert(self, dtype)

    dtype = np.dtype(dtype)
    to_dtype.__name__ = to_dtype.__qualname__ = name
    to_dtype.__doc__ = f"The tensor as {dtype}: itself if it is that already, otherwise a copy."
    return to_dtype


Tensor.to = to
Tensor.device = CPU
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
