"""Floor 7. Samples by number: what a dataset is."""

from . import data_checks


class Dataset:
    """Samples by number. A subclass says what sample `index` is, and has a `__len__`."""

    def __getitem__(self, index):
        raise data_checks.no_item()


def fetch(dataset, indices):
    """The samples with these numbers. A dataset may have a quicker way to get them all at once."""
    if getattr(dataset, "__getitems__", None):
        return dataset.__getitems__(indices)
    return [dataset[index] for index in indices]


class TensorDataset(Dataset):
    """Sample `index` is the tuple of the entries of that number in some tensors of one length.

    AssertionError if the lengths differ.
    """

    def __init__(self, *tensors):
        data_checks.check_same_length(tensors)
        self.tensors = tensors

    def __getitem__(self, index):
        return tuple(tensor[index] for tensor in self.tensors)

    def __len__(self):
        return len(self.tensors[0])


class Subset(Dataset):
    """A part of a dataset: the samples with these numbers, numbered anew from 0."""

    def __init__(self, dataset, indices):
        data_checks.check_subset(type(self), Subset)
        self.dataset, self.indices = dataset, indices

    def __getitem__(self, index):
        if isinstance(index, list):
            return self.dataset[[self.indices[each] for each in index]]
        return self.dataset[self.indices[index]]

    def __getitems__(self, indices):
        """Several samples in a list."""
        return fetch(self.dataset, [self.indices[each] for each in indices])

    def __len__(self):
        return len(self.indices)
