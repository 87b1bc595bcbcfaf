"""A stand-in for CuPy that needs no GPU: strict where CuPy is, so that code that runs on it can run
on a GPU.

Its arrays are no `np.ndarray`, and NumPy cannot turn them into one. It has the functions, ufuncs
and attributes that `recorded/cupy.json` says CuPy has, with their parameters; NumPy's arrays among
arguments, arrays of a GPU that is not the current one, and what CuPy does not compute are refused
with CuPy's types of errors. A reduction gives a 0-d array, an integer index a view. There are two
GPUs. `sys.modules["cupy"] = stand_in_cupy` installs it.

What it cannot tell: the speed, the rounding and the order of additions of a real GPU.
"""

import contextlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np

RECORDED = json.loads(Path(__file__).with_name("recorded").joinpath("cupy.json").read_text())
ADDED_AT = {"int32", "float16", "float32", "float64", "uint32", "uint64"}
HANDED_OVER = {"array", "asarray"}  # the functions that fetch an array of NumPy
current, gpus = 0, 2


class Device:
    """A GPU by its number; inside `with Device(1):` it is the current one."""

    def __init__(self, number=None):
        self.id = current if number is None else number
        self.before = []

    def __enter__(self):
        global current
        self.before.append(current)
        current = self.id

    def __exit__(self, *error):
        global current
        current = self.before.pop()

    def __eq__(self, other):
        return isinstance(other, Device) and self.id == other.id

    def synchronize(self):
        assert 0 <= self.id < gpus


class ndarray:
    """An array in the memory of a GPU; here, a NumPy array that nobody else sees."""

    def __init__(self, host):
        self._host, self.device = np.asarray(host), Device()

    def __getattr__(self, name):
        if name not in RECORDED["array"]:
            raise AttributeError(f"'cupy.ndarray' object has no attribute '{name}'")
        found = getattr(self._host, name)
        if name == "data":
            return SimpleNamespace(ptr=self._host.__array_interface__["data"][0])
        if not callable(found):
            return wrapped(found, self.device)
        return lambda *args, **options: run(found, name, (self, *args), options, bound=True)

    def __array__(self, dtype=None, copy=None):
        raise TypeError(
            "Implicit conversion to a NumPy array is not allowed. Please use `.get()` to construct "
            "a NumPy array explicitly."
        )

    __array_ufunc__ = None  # stricter than CuPy: here, its functions are called by name
    __hash__ = None

    @property
    def __cuda_array_interface__(self):
        return {**self._host.__array_interface__, "stand_in": self, "version": 3}

    def get(self):
        """A copy for NumPy."""
        return self._host.copy()

    def __getitem__(self, index):
        index = index if isinstance(index, tuple) else (index,)
        advanced = any(isinstance(each, (list, np.ndarray, ndarray)) for each in index)
        if not advanced and not any(each is ... for each in index):
            index = (*index, ...)  # a single number is a view, too
        return wrapped(self._host[host_index(index)], self.device)

    def __setitem__(self, index, values):
        if isinstance(values, np.ndarray) and values.ndim:
            raise ValueError("non-scalar numpy.ndarray cannot be used for fill")
        check_devices([self, values])
        self._host[host_index(index)] = values._host if isinstance(values, ndarray) else values

    def __len__(self):
        return len(self._host)

    def __bool__(self):
        return bool(self._host)

    def __int__(self):
        return int(self._host)

    def __float__(self):
        return float(self._host)


def host_index(index):
    """An index for NumPy; ValueError for two masks, which CuPy does not take."""
    parts = index if isinstance(index, tuple) else (index,)
    parts = [each._host if isinstance(each, ndarray) else each for each in parts]
    masks = [e for e in parts if isinstance(e, (bool, np.ndarray)) and np.asarray(e).dtype == bool]
    arrays = [each for each in parts if isinstance(each, np.ndarray)]
    if masks and len(arrays) > 1:
        raise ValueError("currently, CuPy only supports slices that consist of one boolean array.")
    return tuple(parts)


def wrapped(result, device):
    """What NumPy computed as CuPy returns it: arrays on the GPU, never single numbers."""
    if isinstance(result, (np.ndarray, np.generic)):
        with device:
            return ndarray(result)
    if type(result) in (list, tuple):
        return type(result)(wrapped(each, device) for each in result)
    return result


def check_devices(args):
    for each in flattened(args):
        if isinstance(each, ndarray) and each.device.id != current:
            raise ValueError(
                "Array device must be same as the current device: array device = "
                f"{each.device.id} while current = {current}"
            )


def flattened(args):
    for each in args.values() if isinstance(args, dict) else args:
        if isinstance(each, (list, tuple)):
            yield from flattened(each)
        else:
            yield each


def unwrapped(value):
    if isinstance(value, ndarray):
        return value._host
    if isinstance(value, (list, tuple)):
        return type(value)(map(unwrapped, value))
    return value


def run(function, name, args, options, bound=False):
    """Call NumPy's function (or a method of the first argument) as CuPy would call its own."""
    given = [*flattened(args), *flattened(options)]
    check_devices(given)
    if name not in HANDED_OVER:
        for each in given:
            if isinstance(each, np.ndarray):
                raise TypeError("Unsupported type <class 'numpy.ndarray'>")
    check_scalars(given)
    host = [unwrapped(each) for each in (args[1:] if bound else args)]
    with np.errstate(all="ignore"):
        result = function(*host, **{key: unwrapped(each) for key, each in options.items()})
    for each in given:
        if isinstance(each, ndarray) and each._host is result:
            return each
    return wrapped(result, Device())


def check_scalars(given):
    """Where CuPy 13 and 14 differ: a NumPy scalar of a dtype that would widen the array's."""
    arrays = [each._host for each in given if isinstance(each, ndarray)]
    for each in given if arrays else ():
        if isinstance(each, np.generic):
            weak = np.result_type(arrays[0].dtype, type(each.item())(1))
            assert np.result_type(arrays[0].dtype, each.dtype) == weak, f"{each!r} is too wide"


class ufunc:
    """A function of NumPy's that works element by element; of its methods, those CuPy has."""

    def __init__(self, name):
        self.name, self.host = name, getattr(np, name)

    def __call__(self, *args, **options):
        out = options.get("out")
        assert out is None or isinstance(out, ndarray)
        result = run(self.host, self.name, args, options)
        return result if out is None else out

    def reduce(self, array, axis=0, dtype=None, out=None, keepdims=False):
        if self.name not in RECORDED["reduce"]:
            raise NotImplementedError(f"`cupy_{self.name}.reduce` is not supported yet")
        options = {"axis": axis, "dtype": dtype, "keepdims": keepdims}
        return run(self.host.reduce, self.name, (array,), options)

    def at(self, array, index, values):
        if self.name != "add" or array.dtype.name not in ADDED_AT:
            raise TypeError(f"scatter_add only supports {sorted(ADDED_AT)} as data type")
        check_devices([array, values])
        self.host.at(array._host, host_index(index), unwrapped(values))


def function_of(name):
    """The function of that name; TypeError for a parameter that CuPy's does not have."""
    parameters = RECORDED["functions"][name]

    def function(*args, **options):
        for each in options:
            if parameters is not None and each not in parameters:
                raise TypeError(f"{name}() got an unexpected keyword argument '{each}'")
        if name in HANDED_OVER and isinstance(args[0], ndarray) and args[0].device.id != current:
            args = (args[0].get(), *args[1:])
        return run(getattr(np, name), name, args, options)

    return function


def asarray(array, dtype=None):
    """An array of CuPy or of another library as it is; other things are fetched."""
    interface = getattr(array, "__cuda_array_interface__", None)
    array = array if interface is None else interface["stand_in"]
    if isinstance(array, ndarray) and dtype in (None, array.dtype):
        return array
    return run(np.asarray, "asarray", (array, dtype), {})


def as_strided(array, shape, strides):
    return run(np.lib.stride_tricks.as_strided, "as_strided", (array, shape, strides), {})


def properties(number):
    assert 0 <= number < gpus
    return {"name": b"stand-in"}


runtime = SimpleNamespace(
    getDeviceCount=lambda: gpus, getDevice=lambda: current, getDeviceProperties=properties
)
cuda = SimpleNamespace(Device=Device, runtime=runtime)
lib = SimpleNamespace(stride_tricks=SimpleNamespace(as_strided=as_strided))


def __getattr__(name):
    if name in RECORDED["ufuncs"]:
        return ufunc(name)
    if name in RECORDED["functions"]:
        return function_of(name)
    raise AttributeError(f"module 'cupy' has no attribute '{name}'")


@contextlib.contextmanager
def installed(count=2):
    """Inside the block, `import cupy` gives this module, with that many GPUs."""
    global gpus
    before, module = (gpus, sys.modules.get("cupy")), sys.modules[__name__]
    gpus, sys.modules["cupy"] = count, module
    try:
        yield module
    finally:
        gpus = before[0]
        if before[1] is None:
            del sys.modules["cupy"]
        else:
            sys.modules["cupy"] = before[1]
