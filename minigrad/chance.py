"""Floor 1. Tensors of random numbers, drawn from a generator: the default one, or one's own."""

import numpy as np

from . import arguments, creation_checks
from .creation import _float, _like, _shape, made, made_like
from .dtypes import default
from .generator import default_generator, stream


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


def rand(*size, generator=None, dtype=None, device=None, requires_grad=False):
    """Random numbers, spread evenly from 0 to 1 (1 excluded)."""
    random, shape = stream(generator, "rand"), _shape(size, "rand")
    return made(_uniform(random, shape, _float(dtype, "rand")), device, requires_grad)


def randn(*size, generator=None, dtype=None, device=None, requires_grad=False):
    """Random numbers from the normal distribution: mean 0, standard deviation 1."""
    random, shape = stream(generator, "randn"), _shape(size, "randn")
    return made(_normal(random, shape, _float(dtype, "randn")), device, requires_grad)


def randint(
    low, high=None, size=None, *, generator=None, dtype=None, device=None, requires_grad=False
):
    """Random integers from `low` (or 0) to `high` - 1: randint(10, (2, 3)), randint(1, 7, (2,))."""
    if size is None or isinstance(high, (tuple, list)):
        low, high, size = 0, low, high if size is None else size
    creation_checks.check_randint(low, high, size)
    random = stream(generator, "randint")
    numbers = random.randint(low, high, _shape((size,), "randint"), np.int64)
    wanted = np.dtype("int64") if dtype is None else arguments.numpy_dtype(dtype, "randint")
    return made(numbers.astype(wanted), device, requires_grad)


def randperm(n, *, generator=None, device=None):
    """The integers from 0 to n - 1 in random order."""
    creation_checks.check_length("randperm", "n", n)
    return made(stream(generator, "randperm").permutation(n).astype(np.int64), device)


def normal(mean, std, size, *, generator=None, dtype=None, device=None, requires_grad=False):
    """Random numbers from the normal distribution with this mean and standard deviation."""
    mean, std = (creation_checks.check_number("normal", each) for each in (mean, std))
    random = stream(generator, "normal")
    numbers = _normal(random, _shape((size,), "normal"), _float(dtype, "normal"))
    numbers = numbers * np.asarray(std, numbers.dtype) + np.asarray(mean, numbers.dtype)
    return made(numbers, device, requires_grad)


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


def rand_like(input, *, generator=None, dtype=None, device=None, requires_grad=False):
    """Random numbers from 0 to 1 in the shape and the dtype of another tensor."""
    random, like = stream(generator, "rand_like"), _like("rand_like", input, dtype)
    return made_like(input, _uniform(random, *like), device, requires_grad)


def randn_like(input, *, generator=None, dtype=None, device=None, requires_grad=False):
    """Normal random numbers in the shape and the dtype of another tensor."""
    random, like = stream(generator, "randn_like"), _like("randn_like", input, dtype)
    return made_like(input, _normal(random, *like), device, requires_grad)


def randint_like(
    input, low, high=None, *, generator=None, dtype=None, device=None, requires_grad=False
):
    """Random integers from `low` (or 0) to `high` - 1 in the shape of another tensor."""
    shape, wanted = _like("randint_like", input, dtype)
    low, high = (0, low) if high is None else (low, high)
    creation_checks.check_randint(low, high, shape)
    numbers = stream(generator, "randint_like").randint(low, high, shape, np.int64)
    return made_like(input, numbers.astype(wanted), device, requires_grad)
