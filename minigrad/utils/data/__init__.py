"""Floor 7. The beginnings of `torch.utils.data`: samples, and batches of them."""

import numpy as np

from ...creation import randperm, tensor
from ...ops.joining import stack
from ...tensor import Tensor

__all__ = ["DataLoader", "Dataset", "TensorDataset", "default_collate"]


class Dataset:
    """Samples by number. A subclass has `__getitem__(i)` and `__len__()`."""

    def __getitem__(self, index):
        raise NotImplementedError("Subclasses of Dataset should implement __getitem__.")


class TensorDataset(Dataset):
    """Sample i is the tuple of the i-th entries of some tensors of one length."""

    def __init__(self, *tensors):
        if any(len(each) != len(tensors[0]) for each in tensors):
            raise AssertionError("Size mismatch between tensors")
        self.tensors = tensors

    def __getitem__(self, index):
        return tuple(each[index] for each in self.tensors)

    def __len__(self):
        return len(self.tensors[0])


def default_collate(batch):
    """Samples joined into a batch: tensors are stacked, numbers made a tensor, tuples one by one.

    TypeError for samples that cannot be joined.
    """
    first = batch[0]
    if isinstance(first, Tensor):
        return stack(batch)
    if isinstance(first, np.ndarray):
        return stack([tensor(each) for each in batch])
    if isinstance(first, float):
        return tensor(np.array(batch, np.float64))
    if isinstance(first, (int, np.generic)):
        return tensor(np.array(batch))
    if isinstance(first, str):
        return list(batch)
    if isinstance(first, dict):
        return {key: default_collate([each[key] for each in batch]) for key in first}
    if isinstance(first, (tuple, list)):
        if any(len(each) != len(first) for each in batch):
            raise RuntimeError("each element in list of batch should be of equal size")
        return [default_collate(column) for column in zip(*batch, strict=True)]
    raise TypeError(
        "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; "
        f"found {type(first)}"
    )


class DataLoader:
    """The samples of a dataset in batches: in order, or shuffled anew in each round.

    ValueError for a batch size that is not positive.
    """

    def __init__(self, dataset, batch_size=1, shuffle=False, collate_fn=None, drop_last=False):
        if not isinstance(batch_size, int) or batch_size <= 0:
            raise ValueError(
                f"batch_size should be a positive integer value, but got batch_size={batch_size}"
            )
        self.dataset, self.batch_size, self.shuffle = dataset, batch_size, shuffle
        self.collate_fn, self.drop_last = collate_fn or default_collate, drop_last

    def __iter__(self):
        count = len(self.dataset)
        order = randperm(count).tolist() if self.shuffle else range(count)
        for start in range(0, len(self) * self.batch_size, self.batch_size):
            chosen = order[start : start + self.batch_size]
            yield self.collate_fn([self.dataset[index] for index in chosen])

    def __len__(self):
        count, rest = divmod(len(self.dataset), self.batch_size)
        return count if self.drop_last or not rest else count + 1
