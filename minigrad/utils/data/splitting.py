"""Floor 7. Datasets made of others: parts chosen by chance, one after the other, side by side."""

import math
from bisect import bisect_right
from itertools import accumulate

from ...chance import randperm
from . import data_checks
from .dataset import Dataset, Subset, fetch
from .streams import IterableDataset


def random_split(dataset, lengths, generator=None):
    """Parts of a dataset that share no sample, chosen by chance: a list of `Subset`.

    `lengths` are numbers of samples, or fractions that add up to 1: `random_split(data,
    [0.8, 0.2])`. What is left after rounding down goes to the first parts, one sample each.
    ValueError if the lengths do not add up. A part of length 0 is warned of.

    Source: https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.random_split
    """
    lengths = list(lengths)
    if math.isclose(sum(lengths), 1) and sum(lengths) <= 1:
        lengths = whole_lengths(lengths, len(dataset))
        data_checks.warn_of_empty(lengths)
    data_checks.check_sum(lengths, dataset)
    order = randperm(sum(lengths), generator=generator).tolist()
    ends = accumulate(lengths)
    return [Subset(dataset, order[end - length : end]) for end, length in zip(ends, lengths)]


def whole_lengths(fractions, count):
    """Fractions as numbers of samples that add up to all of them."""
    for position, fraction in enumerate(fractions):
        data_checks.check_fraction(position, fraction)
    lengths = [math.floor(count * fraction) for fraction in fractions]
    for left in range(count - sum(lengths)):
        lengths[left % len(lengths)] += 1
    return lengths


class ConcatDataset(Dataset):
    """Datasets one after the other, numbered through. AssertionError for none, and for streams."""

    def __init__(self, datasets):
        self.datasets = list(datasets)
        data_checks.check_datasets(self.datasets, IterableDataset)
        self.cumulative_sizes = list(accumulate(map(len, self.datasets)))

    def __len__(self):
        return self.cumulative_sizes[-1]

    def __getitem__(self, index):
        data_checks.check_place(index, len(self))
        index = index + len(self) if index < 0 else index
        part = bisect_right(self.cumulative_sizes, index)
        start = self.cumulative_sizes[part - 1] if part else 0
        if part == len(self.datasets):
            raise IndexError(f"list index out of range: there are {len(self)} samples.")
        return self.datasets[part][index - start]


class StackDataset(Dataset):
    """Datasets of one length side by side: sample i is a tuple of theirs, or a dict by name."""

    def __init__(self, *args, **kwargs):
        data_checks.check_stacked(args, kwargs)
        self.datasets = args or kwargs

    def __getitem__(self, index):
        if isinstance(self.datasets, dict):
            return {name: each[index] for name, each in self.datasets.items()}
        return tuple(each[index] for each in self.datasets)

    def __getitems__(self, indices):
        """Several samples in a list."""
        if isinstance(self.datasets, dict):
            columns = [fetch(each, indices) for each in self.datasets.values()]
            return [dict(zip(self.datasets, sample)) for sample in zip(*columns)]
        return list(zip(*(fetch(each, indices) for each in self.datasets)))

    def __len__(self):
        datasets = self.datasets
        return len(datasets[0] if isinstance(datasets, tuple) else next(iter(datasets.values())))


def followed_by(self, other):
    """`first + second`: one after the other."""
    return ConcatDataset([self, other])


Dataset.__add__ = followed_by
