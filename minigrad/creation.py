"""Floor 1. Making tensors: from Python numbers, from NumPy, from a shape."""

import numpy as np

from . import arguments, arrays, creation_checks
from . import device as devices
from .dtypes import Size, default, dtype_of
from .tensor import Tensor, new


def counter_of_new():
    """The version counter of a new tensor: none yet. (Inference mode has one for all.)"""


def wrap(array, requires_grad=False):
    """A leaf tensor around a NumPy array, which is not copied."""
    tensor = new(Tensor)
    tensor._array = array
    tensor._counter = counter_of_new()
    if requires_grad:
        if array.dtype.kind != "f":
            raise arguments.only_floats_require_grad(tensor)
        tensor._requires_grad = True
    return tensor


def made(array, device, requires_grad=False):
    """A leaf tensor around an array, on a device; None: on the default one."""
    if device is not None or devices.default.device is not None:
        array = devices.place(array, devices.get_default_device() if device is None else device)
    return wrap(array, requires_grad)


def tensor(data, *, dtype=None, device=None, requires_grad=False):
    """A new tensor with a copy of `data`: a number, nested lists, an array or a tensor.

    Python floats give float32 and integers int64; a NumPy array keeps its dtype, and a tensor its
    device. ValueError for ragged lists, TypeError for what is no number.
    """
    wanted = None if dtype is None else arguments.numpy_dtype(dtype, "tensor")
    array = to_array(data, wanted)
    if not isinstance(data, (list, tuple)):  # of these, the array is a copy already
        array = arrays.copied(array)
    return made(array, device, requires_grad)


def to_array(data, wanted=None):
    """`data` as an array of one of our dtypes, sharing memory where that is possible."""
    if type(data) is list and (wanted is None or wanted.kind == "f"):
        if set(map(type, data)) == {float}:  # the most frequent case, in half the time
            return np.array(data, default.dtype.numpy if wanted is None else wanted)
    if isinstance(data, Tensor):
        array = data.array
    elif isinstance(data, (np.ndarray, np.generic)):
        array = np.asarray(data)
        dtype_of(array.dtype)
    elif hasattr(data, "__cuda_array_interface__"):
        array = arrays.of_cuda(data)
        dtype_of(array.dtype)
    else:
        array = creation_checks.check_nested(data, Tensor)
        if wanted is None and array.dtype.kind == "f":
            wanted = default.dtype.numpy
    return arguments.cast(array, wanted)


def as_tensor(data, dtype=None, device=None):
    """As `tensor`, but a tensor or array of the right dtype and device is used as it is."""
    wanted = None if dtype is None else arguments.numpy_dtype(dtype, "as_tensor")
    found = made(to_array(data, wanted), device)
    return data if isinstance(data, Tensor) and found._array is data._array else found


def from_numpy(ndarray):
    """A tensor that shares its memory with a NumPy array; TypeError for anything else."""
    if not isinstance(ndarray, np.ndarray):
        raise TypeError(f"expected np.ndarray (got {type(ndarray).__name__})")
    dtype_of(ndarray.dtype)
    return wrap(ndarray)


def legacy(self, *data):
    """torch.Tensor(2, 3): a float32 tensor of that shape; torch.Tensor([2, 3]): of those numbers.

    `torch.tensor` says more clearly what it does.
    """
    if len(data) == 1 and isinstance(data[0], Tensor):
        self._array = data[0].array
    elif len(data) == 1 and isinstance(data[0], (list, tuple, np.ndarray)):
        wanted = isinstance(data[0], Size)
        self._array = empty(data[0])._array if wanted else to_array(data[0], default.dtype.numpy)
    elif not data:
        self._array = np.empty(0, default.dtype.numpy)
    else:
        if isinstance(data[0], (str, float, type(None))):
            raise creation_checks.not_a_sequence(data[0])
        self._array = np.zeros(creation_checks.check_size(data, "new"), default.dtype.numpy)


Tensor.__init__ = legacy


def _shape(size, name):
    """The shape that `zeros(2, 3)`, `zeros((2, 3))` or `zeros(Size)` asks for."""
    if not size:
        raise creation_checks.no_size(name)
    if len(size) == 1 and isinstance(size[0], (tuple, list)):
        size = size[0]
    return creation_checks.check_size(size, name)


def _float(dtype, function):
    return default.dtype.numpy if dtype is None else arguments.numpy_dtype(dtype, function)


def zeros(*size, dtype=None, device=None, requires_grad=False):
    """A tensor of zeros, float32 unless `dtype` says otherwise."""
    return made(np.zeros(_shape(size, "zeros"), _float(dtype, "zeros")), device, requires_grad)


def ones(*size, dtype=None, device=None, requires_grad=False):
    """A tensor of ones, float32 unless `dtype` says otherwise."""
    array = np.empty(
        _shape(size, "ones"), _float(dtype, "ones")
    )  # np.ones takes three times as long
    array.fill(1)
    return made(array, device, requires_grad)


def empty(*size, dtype=None, device=None, requires_grad=False):
    """A tensor whose numbers are whatever was in the memory before."""
    return made(np.empty(_shape(size, "empty"), _float(dtype, "empty")), device, requires_grad)


def full(size, fill_value, *, dtype=None, device=None, requires_grad=False):
    """A tensor of one number, which decides the dtype (bool, int64, float32) if none is given."""
    creation_checks.check_full(size, fill_value, Tensor)
    value = arrays.on_host(to_array(fill_value))
    wanted = value.dtype if dtype is None else arguments.numpy_dtype(dtype, "full")
    array = np.empty(_shape((size,), "full"), wanted)
    array[...] = value
    return made(array, device, requires_grad)


def eye(n, m=None, *, dtype=None, device=None, requires_grad=False):
    """A matrix with ones on the diagonal and zeros elsewhere, n by m (or n by n)."""
    for name, each in (("n", n), ("m", n if m is None else m)):
        creation_checks.check_length("eye", name, each)
    return made(np.eye(n, m, dtype=_float(dtype, "eye")), device, requires_grad)


def arange(start, end=None, step=1, *, dtype=None, device=None, requires_grad=False):
    """The numbers start, start + step, ... below `end`; from 0 if only one is given.

    int64 if all are integers, otherwise float32. RuntimeError if the steps lead away from `end`.
    """
    if end is None:
        start, end = 0, start
    start, end, step = (creation_checks.check_number("arange", each) for each in (start, end, step))
    creation_checks.check_range(start, end, step)
    if dtype is None:
        dtype = int if all(isinstance(each, int) for each in (start, end, step)) else None
    wanted = _float(dtype, "arange")
    if wanted.kind != "f":  # as in PyTorch, they are cut to integers first
        if wanted.itemsize == 8:
            start, end, step = int(start), int(end), int(step)
        length = -int((start - end) // step)
        numbers = int(start) + np.arange(length) * int(step)
        return made(numbers.astype(wanted), device, requires_grad)
    numbers = start + np.arange(-int((start - end) // step)) * step
    return made(numbers.astype(wanted), device, requires_grad)


def linspace(start, end, steps, *, dtype=None, device=None, requires_grad=False):
    """`steps` numbers at equal distances from `start` to `end`, both included."""
    start, end = (creation_checks.check_number("linspace", each) for each in (start, end))
    creation_checks.check_steps(steps)
    wanted = _float(dtype, "linspace")
    if wanted.kind != "f":  # as in PyTorch, they are cut to integers first
        start, end = int(start), int(end)
    return made(np.linspace(start, end, steps).astype(wanted), device, requires_grad)


def logspace(start, end, steps, base=10.0, *, dtype=None, device=None, requires_grad=False):
    """`base` to the power of `steps` numbers at equal distances from `start` to `end`."""
    start, end = (creation_checks.check_number("logspace", each) for each in (start, end))
    creation_checks.check_steps(steps)
    wanted = _float(dtype, "logspace")
    if wanted.kind != "f":  # as in PyTorch, they are cut to integers first
        start, end = int(start), int(end)
    powers = np.float64(base) ** np.linspace(start, end, steps)
    return made(powers.astype(wanted), device, requires_grad)


def _like(name, input, dtype):
    """The shape and the dtype for a tensor like another."""
    if not isinstance(input, Tensor):
        raise creation_checks.no_tensor(name, input)
    wanted = input._array.dtype if dtype is None else arguments.numpy_dtype(dtype, name)
    return input._array.shape, wanted


def made_like(input, array, device, requires_grad):
    """A leaf tensor around an array, on a device; None: where another tensor is."""
    return made(array, input.device if device is None else device, requires_grad)


def zeros_like(input, *, dtype=None, device=None, requires_grad=False):
    """Zeros in the shape and the dtype of another tensor."""
    return made_like(input, np.zeros(*_like("zeros_like", input, dtype)), device, requires_grad)


def ones_like(input, *, dtype=None, device=None, requires_grad=False):
    """Ones in the shape and the dtype of another tensor."""
    return made_like(input, np.ones(*_like("ones_like", input, dtype)), device, requires_grad)


def empty_like(input, *, dtype=None, device=None, requires_grad=False):
    """A tensor in the shape and the dtype of another, with whatever was in the memory before."""
    return made_like(input, np.empty(*_like("empty_like", input, dtype)), device, requires_grad)


def full_like(input, fill_value, *, dtype=None, device=None, requires_grad=False):
    """One number in the shape and the dtype of another tensor."""
    shape, wanted = _like("full_like", input, dtype)
    creation_checks.check_full(shape, fill_value, Tensor)
    array = np.empty(shape, wanted)
    array[...] = arrays.on_host(to_array(fill_value))
    return made_like(input, array, device, requires_grad)
