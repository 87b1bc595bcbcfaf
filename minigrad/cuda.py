"""Floor 1. `torch.cuda`: which GPUs are there. Tensors use them through CuPy, an optional extra."""

from . import errors
from .cuda_array import library


def device_count():
    """How many GPUs CuPy can use; 0 where there is no CuPy, no GPU or no driver."""
    try:
        return library().cuda.runtime.getDeviceCount()
    except Exception:  # CuPy's own classes of errors cannot be named where there is no CuPy
        return 0


def is_available():
    """Whether tensors can be put on a GPU: whether CuPy is installed and finds one."""
    return device_count() > 0


def check_index(index):
    """The number of a GPU (None: of the current one) that is there.

    AssertionError where CuPy is missing, RuntimeError where it finds no GPU or not that one.
    """
    cupy, count = library(), device_count()
    if not count:
        raise errors.no_gpu()
    number = cupy.cuda.runtime.getDevice() if index is None else index
    if number >= count:
        raise errors.no_such_gpu(number, count)
    return number


def current_device():
    """The number of the GPU that `device("cuda")` means."""
    return check_index(None)


def get_device_name(device=None):
    """The name of a GPU, given by its number (None: of the current one)."""
    properties = library().cuda.runtime.getDeviceProperties(check_index(device))
    return properties["name"].decode()


def synchronize(device=None):
    """Wait until a GPU (None: the current one) has done all it was asked to: for timing."""
    library().cuda.Device(check_index(device)).synchronize()
