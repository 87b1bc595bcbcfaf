"""Floor 7. Samples joined into a batch, whatever they are made of.

Source: https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.default_collate
"""

import copy
from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence

import numpy as np

from ...creation import as_tensor, tensor
from ...dtypes import float64
from ...ops.joining import stack
from ...tensor import Tensor
from . import data_checks


def default_collate(batch):
    """A list of samples as one batch: tensors are stacked, numbers made a tensor, strings listed.

    Of dictionaries, tuples and lists the entries are joined one by one; a tuple becomes a list, as
    in PyTorch, and a namedtuple stays one. Floats give float64. TypeError for samples that cannot
    be joined, RuntimeError for tensors or lists of different sizes.
    """
    first = batch[0]
    if isinstance(first, Tensor):
        return stack(batch)
    if isinstance(first, np.ndarray):
        if first.dtype.kind in "SUO":
            raise data_checks.not_collatable(first.dtype)
        return stack([as_tensor(each) for each in batch])
    if isinstance(first, float):
        return tensor(batch, dtype=float64)
    if isinstance(first, int):
        return tensor(batch)
    if isinstance(first, (np.bool_, np.number)):
        return as_tensor(np.asarray(batch))
    if isinstance(first, (str, bytes)):
        return batch
    if isinstance(first, Mapping):
        joined = {key: default_collate([each[key] for each in batch]) for key in first}
        return like_mapping(first, joined)
    if not isinstance(first, Sequence):
        raise data_checks.not_collatable(type(first))
    data_checks.check_equal_size(batch)
    return like_sequence(first, [default_collate(column) for column in zip(*batch)])


def default_convert(data):
    """One sample with its NumPy arrays and numbers made tensors: what is done without batches."""
    if isinstance(data, (np.ndarray, np.bool_, np.number)):
        if data.dtype.kind in "SUO":
            return data
        return as_tensor(data)
    if isinstance(data, Mapping):
        return like_mapping(data, {key: default_convert(data[key]) for key in data})
    if isinstance(data, Sequence) and not isinstance(data, (str, bytes)):
        return like_sequence(data, [default_convert(each) for each in data])
    return data


def like_mapping(first, joined):
    """A mapping of the kind of a sample; a dictionary if that kind cannot be made."""
    try:
        if isinstance(first, MutableMapping):
            clone = copy.copy(first)
            clone.update(joined)
            return clone
        return type(first)(joined)
    except TypeError:
        return joined


def like_sequence(first, joined):
    """A sequence of the kind of a sample; a list for a tuple, and if it cannot be made."""
    if isinstance(first, tuple):
        return type(first)(*joined) if hasattr(first, "_fields") else joined
    try:
        if isinstance(first, MutableSequence):
            clone = copy.copy(first)
            for place, each in enumerate(joined):
                clone[place] = each
            return clone
        return type(first)(joined)
    except TypeError:
        return joined
