"""Floor 1. Making tensors: from Python numbers, from NumPy, from a shape, from chance."""

import numpy as np

from . import arguments, creation_checks
from .dtypes import Size, default, dtype_of
from .generator import default_generator, stream
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


def tensor(data, *, dtype=None, requires_grad=False):
    """A new tensor with a copy of `data`: a number, nested lists, an array or a tensor.

    Python floats give float32 and integers int64; a NumPy array keeps its dtype. ValueError for
    ragged lists, TypeError for what is no number.
    """
    wanted = None if dtype is None else arguments.numpy_dtype(dtype, "tensor")
    array = to_array(data, wanted)
    if not isinstance(data, (list, tuple)):  # of these, the array is a copy already
        array = np.array(array)
    return wrap(array, requires_grad)


def to_array(data, wanted=None):
    """`data` as an array of one of our dtypes, sharing memory where that is possible."""
    if isinstance(data, Tensor):
        array = data.array
    elif isinstance(data, (np.ndarray, np.generic)):
        array = np.asarray(data)
        dtype_of(array.dtype)
    else:
        array = creation_checks.check_nested(data, Tensor)
        if wanted is None and array.dtype.kind == "f":
            wanted = default.dtype.numpy
    return arguments.cast(array, wanted)


def as_tensor(data, dtype=None):
    """As `tensor`, but a tensor or array of the right dtype is used as it is, not copied."""
    wanted = None if dtype is None else arguments.numpy_dtype(dtype, "as_tensor")
    if isinstance(data, Tensor) and wanted in (None, data._array.dtype):
        return data
    return wrap(to_array(data, wanted))


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


def zeros(*size, dtype=None, requires_grad=False):
    """A tensor of zeros, float32 unless `dtype` says otherwise."""
    return wrap(np.zeros(_shape(size, "zeros"), _float(dtype, "zeros")), requires_grad)


def ones(*size, dtype=None, requires_grad=False):
    """A tensor of ones, float32 unless `dtype` says otherwise."""
    array = np.empty(
        _shape(size, "ones"), _float(dtype, "ones")
    )  # np.ones takes three times as long
    array.fill(1)
    return wrap(array, requires_grad)


def empty(*size, dtype=None, requires_grad=False):
    """A tensor whose numbers are whatever was in the memory before."""
    return wrap(np.empty(_shape(size, "empty"), _float(dtype, "empty")), requires_grad)


def full(size, fill_value, *, dtype=None, requires_grad=False):
    """A tensor of one number, which decides the dtype (bool, int64, float32) if none is given."""
    creation_checks.check_full(size, fill_value, Tensor)
    value = to_array(fill_value)
    wanted = value.dtype if dtype is None else arguments.numpy_dtype(dtype, "full")
    array = np.empty(_shape((size,), "full"), wanted)
    array[...] = value
    return wrap(array, requires_grad)


def eye(n, m=None, *, dtype=None, requires_grad=False):
    """A matrix with ones on the diagonal and zeros elsewhere, n by m (or n by n)."""
    for name, each in (("n", n), ("m", n if m is None else m)):
        creation_checks.check_length("eye", name, each)
    return wrap(np.eye(n, m, dtype=_float(dtype, "eye")), requires_grad)


def arange(start, end=None, step=1, *, dtype=None, requires_grad=False):
    """The numbers start, start + step, ... below `end`; from 0 if only one is given.

    int64 if all are integers, otherwise float32. RuntimeError if the steps lead away from `end`.
    """
    if end is None:
        start, end = 0, start
    start, end, step = (creation_checks.check_number("arange", each) for each in (start, end, step))
    creation_checks.check_range(start, end, step)
    if dtype is None:
        dtype = int if all(isinstance(each, int) for each in (start, end, step)) else None
    length = -int((start - end) // step)
    numbers = start + np.arange(length) * step
    return wrap(numbers.astype(_float(dtype, "arange")), requires_grad)


def linspace(start, end, steps, *, dtype=None, requires_grad=False):
    """`steps` numbers at equal distances from `start` to `end`, both included."""
    start, end = (creation_checks.check_number("linspace", each) for each in (start, end))
    creation_checks.check_steps(steps)
    return wrap(np.linspace(start, end, steps).astype(_float(dtype, "linspace")), requires_grad)


def get_rng_state():
    """Where the stream of random numbers stands, for `set_rng_state`: a tensor of bytes."""
    return default_generator.get_state()


def set_rng_state(new_state):
    """Put the stream of random numbers back to where it stood."""
    default_generator.set_state(new_state)


def manual_seed(seed):
    """Start the random numbers at a fixed place: the same seed gives the same numbers.

    They are NumPy's `RandomState`, frozen for ever, and so not the numbers PyTorch gives. Returns
    the default generator.
    """
    return default_generator.manual_seed(int(seed))


def seed():
    """Start the random numbers at a place that nobody can foresee; returns the seed."""
    return default_generator.seed()


def initial_seed():
    """The seed that the random numbers were started with."""
    return default_generator.initial_seed()


def rand(*size, generator=None, dtype=None, requires_grad=False):
    """Random numbers, spread evenly from 0 to 1 (1 excluded)."""
    random, shape = stream(generator, "rand"), _shape(size, "rand")
    return wrap(_uniform(random, shape, _float(dtype, "rand")), requires_grad)


def randn(*size, generator=None, dtype=None, requires_grad=False):
    """Random numbers from the normal distribution: mean 0, standard deviation 1."""
    random, shape = stream(generator, "randn"), _shape(size, "randn")
    return wrap(_normal(random, shape, _float(dtype, "randn")), requires_grad)


def randint(low, high=None, size=None, *, generator=None, dtype=None, requires_grad=False):
    """Random integers from `low` (or 0) to `high` - 1: randint(10, (2, 3)), randint(1, 7, (2,))."""
    if size is None or isinstance(high, (tuple, list)):
        low, high, size = 0, low, high if size is None else size
    creation_checks.check_randint(low, high, size)
    random = stream(generator, "randint")
    numbers = random.randint(low, high, _shape((size,), "randint"), np.int64)
    wanted = np.dtype("int64") if dtype is None else arguments.numpy_dtype(dtype, "randint")
    return wrap(numbers.astype(wanted), requires_grad)


def randperm(n, *, generator=None):
    """The integers from 0 to n - 1 in random order."""
    creation_checks.check_length("randperm", "n", n)
    return wrap(stream(generator, "randperm").permutation(n).astype(np.int64))


def normal(mean, std, size, *, generator=None):
    """Random numbers from the normal distribution with this mean and standard deviation."""
    mean, std = (creation_checks.check_number("normal", each) for each in (mean, std))
    random = stream(generator, "normal")
    numbers = _normal(random, _shape((size,), "normal"), default.dtype.numpy)
    return wrap(numbers * np.asarray(std, numbers.dtype) + np.asarray(mean, numbers.dtype))


def _uniform(random, shape, dtype):
    if dtype.kind != "f":
        raise creation_checks.no_random_numbers("check_uniform_bounds", dtype)
    if dtype == np.float64:
        return np.asarray(random.random_sample(shape))
    bits = 24 if dtype == default.dtype.numpy else 11  # as many as fit: rounding must never give 1
    return np.asarray(random.randint(0, 2**bits, shape) / 2**bits).astype(dtype)


def _normal(random, shape, dtype):
    if dtype.kind != "f":
        raise creation_checks.no_random_numbers("normal_kernel_cpu", dtype)
    return np.asarray(random.standard_normal(shape)).astype(dtype)


def _like(name, input, dtype):
    """The shape and the dtype for a tensor like another."""
    if not isinstance(input, Tensor):
        raise creation_checks.no_tensor(name, input)
    wanted = input._array.dtype if dtype is None else arguments.numpy_dtype(dtype, name)
    return input._array.shape, wanted


def zeros_like(input, *, dtype=None, requires_grad=False):
    """Zeros in the shape and the dtype of another tensor."""
    return wrap(np.zeros(*_like("zeros_like", input, dtype)), requires_grad)


def ones_like(input, *, dtype=None, requires_grad=False):
    """Ones in the shape and the dtype of another tensor."""
    return wrap(np.ones(*_like("ones_like", input, dtype)), requires_grad)


def empty_like(input, *, dtype=None, requires_grad=False):
    """A tensor in the shape and the dtype of another, with whatever was in the memory before."""
    return wrap(np.empty(*_like("empty_like", input, dtype)), requires_grad)


def full_like(input, fill_value, *, dtype=None, requires_grad=False):
    """One number in the shape and the dtype of another tensor."""
    shape, wanted = _like("full_like", input, dtype)
    creation_checks.check_full(shape, fill_value, Tensor)
    array = np.empty(shape, wanted)
    array[...] = to_array(fill_value)
    return wrap(array, requires_grad)


def rand_like(input, *, generator=None, dtype=None, requires_grad=False):
    """Random numbers from 0 to 1 in the shape and the dtype of another tensor."""
    random, like = stream(generator, "rand_like"), _like("rand_like", input, dtype)
    return wrap(_uniform(random, *like), requires_grad)


def randn_like(input, *, generator=None, dtype=None, requires_grad=False):
    """Normal random numbers in the shape and the dtype of another tensor."""
    random, like = stream(generator, "randn_like"), _like("randn_like", input, dtype)
    return wrap(_normal(random, *like), requires_grad)


def randint_like(input, low, high=None, *, generator=None, dtype=None, requires_grad=False):
    """Random integers from `low` (or 0) to `high` - 1 in the shape of another tensor."""
    shape, wanted = _like("randint_like", input, dtype)
    low, high = (0, low) if high is None else (low, high)
    creation_checks.check_randint(low, high, shape)
    numbers = stream(generator, "randint_like").randint(low, high, shape, np.int64)
    return wrap(numbers.astype(wanted), requires_grad)
