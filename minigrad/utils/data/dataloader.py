"""Floor 7. The samples of a dataset in batches."""

from .dataset import fetch
from .sampler import BatchSampler, RandomSampler, SequentialSampler, random_seed
from .settings import check_settings
from .workers import special_round


class DataLoader:
    """The samples of a dataset in batches: in order, or with `shuffle` in a new one each round.

    The settings are those of PyTorch. A sampler says in which order the samples are taken, a batch
    sampler which of them make a batch, and `collate_fn` joins their samples. With `num_workers`
    processes load batches ahead of time; the batches and their order are the same.

    Source: https://docs.pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader
    """

    def __init__(self, dataset, batch_size=1, shuffle=None, *more, **settings):
        given = check_settings(dataset, batch_size, shuffle, *more, **settings)
        if given.sampler is None and shuffle:
            given.sampler = RandomSampler(dataset, generator=given.generator)
        elif given.sampler is None:
            given.sampler = SequentialSampler(dataset)
        if given.batch_size is not None:
            given.batch_sampler = BatchSampler(given.sampler, batch_size, given.drop_last)
        vars(self).update(vars(given))

    def load(self, indices):
        """The samples with these numbers, joined into one batch."""
        return self.collate_fn(fetch(self.dataset, indices))

    def __iter__(self):
        seed = random_seed(self.generator)
        if self.special:  # worker processes, or samples without batches
            yield from special_round(self, seed)
        else:
            for indices in self.batch_sampler:
                yield self.load(indices)

    def __len__(self):
        return len(self.sampler if self.batch_sampler is None else self.batch_sampler)
