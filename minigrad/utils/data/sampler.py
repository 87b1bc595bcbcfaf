"""Floor 7. Samplers: in which order the samples are taken, and which of them make a batch.

Source: https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.Sampler
"""

from itertools import islice

import numpy as np

from ...chance import randint, randperm
from ...creation import as_tensor
from ...dtypes import float64
from ...generator import Generator, stream
from . import data_checks


class Sampler:
    """The numbers of samples, in some order. A subclass has `__iter__`, and best a `__len__`."""

    def __iter__(self):
        raise NotImplementedError("A subclass of Sampler says in __iter__ which numbers come.")


class SequentialSampler(Sampler):
    """The numbers of all samples in their order."""

    def __init__(self, data_source):
        self.data_source = data_source

    def __iter__(self):
        return iter(range(len(self.data_source)))

    def __len__(self):
        return len(self.data_source)


class RandomSampler(Sampler):
    """The numbers of all samples, shuffled anew in each round.

    With `replacement` each number is drawn from all; `num_samples` is how many are taken.
    Without a `generator` each round has a stream of its own, started by the default one.
    TypeError and ValueError for settings that make no sense.
    """

    def __init__(self, data_source, replacement=False, num_samples=None, generator=None):
        self.data_source, self.replacement, self.generator = data_source, replacement, generator
        self._num_samples = num_samples
        data_checks.check_flag("replacement", replacement, TypeError)
        data_checks.check_count("num_samples", self.num_samples)

    @property
    def num_samples(self):
        """How many numbers a round has: those of all samples, unless said otherwise."""
        return len(self.data_source) if self._num_samples is None else self._num_samples

    def __iter__(self):
        count, left = len(self.data_source), self.num_samples
        generator = self.generator or Generator().manual_seed(random_seed())
        while left > 0:
            if self.replacement:
                numbers = randint(count, (min(left, 1024),), generator=generator).tolist()
            else:
                numbers = randperm(count, generator=generator).tolist()[:left]
            yield from numbers
            left -= len(numbers)

    def __len__(self):
        return self.num_samples


def random_seed(generator=None):
    """A seed, drawn from a generator or the default one."""
    return randint(2**63 - 1, (), generator=generator).item()


class SubsetRandomSampler(Sampler):
    """Some numbers of samples, shuffled anew in each round."""

    def __init__(self, indices, generator=None):
        self.indices, self.generator = indices, generator

    def __iter__(self):
        for place in randperm(len(self.indices), generator=self.generator).tolist():
            yield self.indices[place]

    def __len__(self):
        return len(self.indices)


class WeightedRandomSampler(Sampler):
    """`num_samples` numbers drawn by chance, number i with a chance in proportion to weights[i].

    Without `replacement` no number comes twice. ValueError for settings that make no sense,
    RuntimeError in a round for weights that are negative or all 0.
    """

    def __init__(self, weights, num_samples, replacement=True, generator=None):
        data_checks.check_count("num_samples", num_samples)
        data_checks.check_flag("replacement", replacement, ValueError)
        self.weights = as_tensor(weights, dtype=float64)
        data_checks.check_weights(self.weights)
        self.num_samples, self.replacement = num_samples, replacement
        self.generator = generator

    def __iter__(self):
        weights, count = self.weights.numpy(), self.num_samples
        data_checks.check_chances(weights, count, self.replacement)
        random = stream(self.generator, "multinomial")
        if self.replacement:
            ends = np.cumsum(weights)
            drawn = np.searchsorted(ends, random.random_sample(count) * ends[-1], side="right")
        else:  # who waits a time of mean 1 / weight: the first ones are those drawn
            with np.errstate(divide="ignore"):
                drawn = np.argsort(random.exponential(size=len(weights)) / weights)[:count]
        return iter(drawn.tolist())

    def __len__(self):
        return self.num_samples


class BatchSampler(Sampler):
    """The numbers of another sampler (or of anything to iterate over) in lists of `batch_size`.

    The last list may be shorter; with `drop_last` it is then left out. ValueError for a size that
    is no positive integer.
    """

    def __init__(self, sampler, batch_size, drop_last):
        data_checks.check_count("batch_size", batch_size)
        data_checks.check_flag("drop_last", drop_last, ValueError)
        self.sampler, self.batch_size, self.drop_last = sampler, batch_size, drop_last

    def __iter__(self):
        numbers = iter(self.sampler)
        while batch := list(islice(numbers, self.batch_size)):
            if len(batch) == self.batch_size or not self.drop_last:
                yield batch

    def __len__(self):
        whole, rest = divmod(len(self.sampler), self.batch_size)
        return whole if self.drop_last or not rest else whole + 1
