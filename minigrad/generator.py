"""Floor 1. Where random numbers come from: streams, each started by a seed."""

import secrets

import numpy as np

from . import creation_checks, cuda
from .device import as_device
from .tensor import Tensor, new

_STATE = np.dtype(
    [
        ("keys", "<u4", 624),
        ("position", "<i8"),
        ("has_gauss", "<i8"),
        ("gauss", "<f8"),
        ("seed", "<u8"),
    ]
)


class Generator:
    """A stream of random numbers of its own: `rand(2, generator=g)` takes from it alone.

    It is NumPy's `RandomState`, frozen for ever: the same seed gives the same numbers on every
    machine and every device (and not those that PyTorch gives). Without a seed it starts at one
    that never changes.
    """

    def __init__(self, device="cpu"):
        self.device = as_device(device)
        if self.device.type == "cuda":
            cuda.check_index(self.device.index)
        self.random = np.random.RandomState()
        self.manual_seed(67280421310721)

    def manual_seed(self, seed):
        """Start the stream anew at the place that `seed` names, an integer; returns the generator.

        RuntimeError for what is no integer, ValueError for one beyond 64 bits.
        """
        self._seed = creation_checks.check_seed(seed)
        high, low = divmod(self._seed, 2**32)
        self.random.seed([low, high] if high else low)
        return self

    def seed(self):
        """Start the stream at a place that nobody can foresee; returns the seed."""
        return self.manual_seed(secrets.randbits(63)).initial_seed()

    def initial_seed(self):
        """The seed that the stream was started with."""
        return self._seed

    def get_state(self):
        """Where the stream stands, as a tensor of bytes for `set_state`; it can be saved."""
        _, keys, position, has_gauss, gauss = self.random.get_state()
        state = np.array((keys, position, has_gauss, gauss, self._seed), _STATE)
        tensor = new(Tensor)
        tensor._array = np.frombuffer(state.tobytes(), np.uint8).copy()
        return tensor

    def set_state(self, new_state):
        """Put the stream to where it stood at `get_state()`; returns the generator.

        TypeError for what is no tensor of bytes, RuntimeError for one of another size.
        """
        array = creation_checks.check_state(new_state, Tensor, _STATE.itemsize)
        keys, position, has_gauss, gauss, seed = array.view(_STATE)[0].item()
        creation_checks.check_position(position)
        self.random.set_state(("MT19937", keys, position, has_gauss, gauss))
        self._seed = seed
        return self

    def __getstate__(self):
        return self.random.get_state(), self._seed, self.device

    def __setstate__(self, state):
        self.random = np.random.RandomState()
        numbers, self._seed, self.device = state
        self.random.set_state(numbers)


default_generator = Generator()
default_generator.seed()


def stream(generator, function):
    """The numbers of a generator, or of the default one for None; TypeError for anything else."""
    if generator is None:
        return default_generator.random
    if not isinstance(generator, Generator):
        raise creation_checks.no_generator(function, generator)
    return generator.random
