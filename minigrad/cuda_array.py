"""Floor 1. An array on a GPU that NumPy's functions accept: CuPy's, behind NumPy's own protocols.

The operations are written for NumPy. Where an argument is an array of another kind, NumPy hands
the call over to it: `np.exp(x)`, `x + y` and `np.add.reduce(x)` to its `__array_ufunc__`,
`np.where(m, x, y)` to its `__array_function__`. So the same lines compute on a `CudaArray`, which
hands on to CuPy what NumPy handed to it, on the GPU that holds the numbers. Here, once, stands what
CuPy does otherwise: it has no `np.maximum.reduce`, mixes no 0-d NumPy arrays in, and adds at an
index for some dtypes only. Nothing is copied between devices unless somebody asks for it; but an
index is read by the CPU, which checks it, since CuPy takes one out of bounds without a word.

What does not work as on the CPU: memory is not shared with NumPy (`numpy()` is an error; pickles
copy); of several numbers written to one place by an index, any may win; and tensors that shared
their memory on the GPU no longer do so when they are loaded from a file.

Sources: https://numpy.org/neps/nep-0013-ufunc-overrides.html,
https://numpy.org/neps/nep-0018-array-function-protocol.html,
https://docs.cupy.dev/en/stable/user_guide/interoperability.html.
"""

import functools

import numpy as np

from . import errors

REDUCTIONS = {
    "add": "sum",
    "multiply": "prod",
    "maximum": "max",
    "minimum": "min",
    "logical_and": "all",
    "logical_or": "any",
}


def library():
    """The module `cupy`; AssertionError where it is not installed, or does not load."""
    try:
        import cupy
    except Exception as error:
        raise errors.no_cuda(f"CuPy cannot be imported ({error})") from None
    return cupy


class CudaArray(np.lib.mixins.NDArrayOperatorsMixin):
    """An array in the memory of a GPU. `held` is the `cupy.ndarray`; attributes are its own."""

    def __init__(self, held):
        self.held = held

    shape = property(lambda self: self.held.shape)
    dtype = property(lambda self: self.held.dtype)
    ndim = property(lambda self: self.held.ndim)
    size = property(lambda self: self.held.size)
    gpu = property(lambda self: self.held.device.id, doc="The number of the GPU.")
    address = property(lambda self: self.held.data.ptr, doc="Where the first element lies.")
    on_host = property(lambda self: self.held.get(), doc="A copy of the numbers for NumPy.")
    __cuda_array_interface__ = property(lambda self: self.held.__cuda_array_interface__)

    def call(self, function, *args, **options):
        """A function of CuPy, on this array's GPU; arrays among what it returns are `CudaArray`."""
        with self.held.device:
            return wrapped(function(*self.taken(args), **self.taken(options)))

    def taken(self, value):
        """What CuPy takes for an argument; RuntimeError for an array on another device."""
        if isinstance(value, CudaArray):
            if value.held.device != self.held.device:
                raise errors.two_devices(f"cuda:{self.gpu}", f"cuda:{value.gpu}")
            return value.held
        if isinstance(value, np.ndarray):
            if value.ndim:
                raise errors.two_devices(f"cuda:{self.gpu}", "cpu")
            return value[()] if value.dtype == self.dtype else on_gpu(value, self.gpu).held
        if isinstance(value, (list, tuple)):
            return type(value)(map(self.taken, value))
        if isinstance(value, dict):
            return {name: self.taken(each) for name, each in value.items()}
        return value

    def fetched(self, value):
        """A single number of NumPy's on this GPU, so that its dtype counts as it does there."""
        if isinstance(value, np.floating) or isinstance(value, np.ndarray) and value.ndim == 0:
            return on_gpu(value, self.gpu)
        return value

    def index(self, part):
        """What CuPy takes for an index. It fetches arrays of NumPy itself, and single numbers."""
        if isinstance(part, tuple):
            return tuple(map(self.index, part))
        return part if isinstance(part, np.ndarray) and part.ndim else self.taken(part)

    # --- what NumPy hands over --------------------------------------------------------------------
    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if method == "at" and ufunc is np.add:
            return add_at(*inputs)
        if method == "reduce" and ufunc.__name__ in REDUCTIONS:
            return reduce(ufunc, *inputs, **options)
        if ufunc is np.vecdot:
            return (inputs[0] * inputs[1]).sum(-1)
        function = getattr(library(), ufunc.__name__, None)
        if method != "__call__" or function is None:
            return NotImplemented
        (written,) = options.pop("out", (None,))
        if written is not None:
            options["out"] = written
        here = next(each for each in (*inputs, written) if isinstance(each, CudaArray))
        result = here.call(function, *inputs, **options)
        return result if written is None else written

    def __array_function__(self, func, types, args, options):
        path = [*func.__module__.split(".")[1:], func.__name__]
        try:
            function = functools.reduce(getattr, path, library())
        except AttributeError:
            return NotImplemented
        return self.call(function, *map(self.fetched, args), **options)

    def __array__(self, dtype=None, copy=None):
        raise errors.not_on_host(f"cuda:{self.gpu}")

    # --- what Python asks for ---------------------------------------------------------------------
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(f"'CudaArray' object has no attribute '{name}'")
        found = getattr(self.held, name)
        return functools.partial(self.call, found) if callable(found) else wrapped(found)

    def __getitem__(self, index):
        with self.held.device:
            return wrapped(self.held[self.index(index)])

    def __setitem__(self, index, values):
        with self.held.device:
            self.held[self.index(index)] = self.taken(values)

    def __reduce__(self):
        return on_gpu, (self.on_host, self.gpu)

    def __len__(self):
        return len(self.held)

    def __iter__(self):
        return (self[number] for number in range(len(self)))

    def __bool__(self):
        return bool(self.held)

    def __int__(self):
        return int(self.held)

    __index__ = __int__

    def __float__(self):
        return float(self.held)

    def __repr__(self):
        return f"CudaArray({self.on_host!r}, gpu={self.gpu})"


def on_gpu(array, gpu):
    """A NumPy array in the memory of a GPU."""
    cupy = library()
    with cupy.cuda.Device(gpu):
        return CudaArray(cupy.array(array))


def wrapped(result):
    """What CuPy returned, with its arrays as `CudaArray`s."""
    if isinstance(result, library().ndarray):
        return CudaArray(result)
    if isinstance(result, (list, tuple)):
        return type(result)(map(wrapped, result))
    return result


def reduce(ufunc, array, axis=0, dtype=None, out=None, keepdims=False, initial=None):
    """`np.add.reduce` and its like. CuPy has functions of their own for them, without `initial`."""
    function = getattr(library(), REDUCTIONS[ufunc.__name__])
    options = {"axis": None if axis == () and array.ndim == 0 else axis, "keepdims": keepdims}
    if dtype is not None:
        options["dtype"] = dtype
    if initial is not None and not array.size:
        empty = np.empty(array.shape, array.dtype)
        return on_gpu(ufunc.reduce(empty, initial=initial, **options), array.gpu)
    result = array.call(function, array, **options)
    if initial is not None:
        result = ufunc(result, initial)
    if out is None:
        return result
    out[0][...] = result
    return out[0]


def add_at(array, index, values):
    """`np.add.at`. CuPy adds float16 to float64, and of the integers uint64, whose sums are those
    of int64, bit by bit; so integers go that way.
    """
    cupy = library()
    if array.dtype.kind == "f":
        array.call(lambda into, more: cupy.add.at(into, array.index(index), more), array, values)
        return
    values = array.call(cupy.asarray, values, np.int64).view(np.uint64)
    sums = array.astype(np.int64).view(np.uint64)
    array.call(lambda into, more: cupy.add.at(into, array.index(index), more), sums, values)
    array[...] = sums.view(np.int64).astype(array.dtype)
