"""Floor 1. Where tensors live: `torch.device("cpu")`, or `torch.device("cuda:0")`, a GPU.

A tensor's numbers are an array of NumPy, or a `CudaArray` on a GPU. `place` moves an array, and all
that takes a `device` comes by here. New tensors are made by NumPy and then moved, random ones too:
the same seed gives the same numbers on every device.
"""

import re

from . import arrays, cuda, errors
from .cuda_array import CudaArray, on_gpu


class device:
    """A place for tensors: "cpu", or "cuda", a GPU; "cuda:1" or ("cuda", 1) is the second one.

    A GPU can be named where there is none; only putting a tensor there is an error. A number alone
    is a GPU that is there. `with device("cuda"):` makes it the default. RuntimeError for another
    name, TypeError for what is no name.
    """

    def __init__(self, type, index=None):
        if isinstance(type, device):
            type, index = type.type, type.index
        elif isinstance(type, int) and not isinstance(type, bool):
            type, index = "cuda", cuda.check_index(type)
        elif not isinstance(type, str):
            raise errors.no_device(type)
        name, colon, number = type.partition(":")
        if name not in ("cpu", "cuda"):
            raise errors.unknown_device(name)
        if colon and not re.fullmatch("0|[1-9][0-9]*", number):
            raise RuntimeError(f"Invalid device string: '{type}'")
        if colon and index is not None:
            raise errors.doubled_index(type)
        if index is not None and index < 0:
            raise RuntimeError("Device index must not be negative")
        self.type, self.index = name, int(number) if colon else index

    def __str__(self):
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __repr__(self):
        index = "" if self.index is None else f", index={self.index}"
        return f"device(type='{self.type}'{index})"

    def __eq__(self, other):
        return isinstance(other, device) and str(self) == str(other)

    def __hash__(self):
        return hash(str(self))

    def __reduce__(self):
        return device, (self.type, self.index)

    def __enter__(self):
        self.before = *getattr(self, "before", ()), default.device
        default.device = self
        return self

    def __exit__(self, *error):
        *self.before, default.device = self.before


CPU = device("cpu")


class _Default:
    device = None  # the CPU


default = _Default()


def get_default_device():
    """Where tensors are made if no device is given: on the CPU, unless it was set."""
    return default.device or CPU


def set_default_device(device):
    """Choose where tensors are made if no device is given; None: on the CPU."""
    default.device = None if device is None else as_device(device)


def as_device(given):
    """What the user wrote after `device=` as a device."""
    return given if isinstance(given, device) else device(given)


def device_of(array):
    """The device that holds an array."""
    return device("cuda", array.gpu) if isinstance(array, CudaArray) else CPU


def place(array, given):
    """An array on a device: itself if it is there already, otherwise a copy.

    AssertionError for a GPU where CuPy is missing, RuntimeError where that GPU is.
    """
    wanted = as_device(given)
    if wanted.type == "cpu":
        return arrays.on_host(array)
    gpu = cuda.check_index(wanted.index)
    here = isinstance(array, CudaArray) and array.gpu == gpu
    return array if here else on_gpu(arrays.on_host(array), gpu)
