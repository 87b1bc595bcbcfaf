"""Floor 1. Where a tensor's numbers are: `x.device`, `x.is_cuda`. (`x.to` moves them: floor 3.)"""

from .device import CPU, device_of
from .tensor import Tensor


def device(self):
    """Where the numbers are: `device(type='cpu')`, or a GPU."""
    return device_of(self._array)


def is_cuda(self):
    """Whether the numbers are on a GPU."""
    return device_of(self._array) is not CPU


def get_device(self):
    """The number of the GPU that the numbers are on; -1 for the CPU."""
    return self._array.gpu if is_cuda(self) else -1


Tensor.device = property(device)
Tensor.is_cuda = property(is_cuda)
Tensor.get_device = get_device
