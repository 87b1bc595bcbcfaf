"""Floor 7. Datasets that have no numbers: samples come one after the other, as from a sensor.

Source: https://docs.pytorch.org/docs/stable/data.html#iterable-style-datasets
"""

from abc import ABC, abstractmethod

from .dataset import Dataset


class IterableDataset(Dataset, ABC):
    """Samples that come one after the other. A subclass has `__iter__`, and may have `__len__`.

    With worker processes each has a copy of it: `get_worker_info()` tells them apart, so that each
    gives its own share. Without that every sample comes once from each worker.
    """

    @abstractmethod
    def __iter__(self):
        """The samples, from the first one on."""

    def __getitems__(self, samples):
        """What a sampler gives for it are the samples themselves."""
        return samples

    def __add__(self, other):
        return ChainDataset([self, other])


class ChainDataset(IterableDataset):
    """Several streams, one after the other. AssertionError for what is no `IterableDataset`."""

    def __init__(self, datasets):
        self.datasets = datasets

    def __iter__(self):
        for each in self.datasets:
            yield from self.check(each)

    def __len__(self):
        return sum(len(self.check(each)) for each in self.datasets)

    @staticmethod
    def check(dataset):
        """The dataset, if it is a stream."""
        if not isinstance(dataset, IterableDataset):
            raise AssertionError("ChainDataset only supports IterableDataset")
        return dataset
