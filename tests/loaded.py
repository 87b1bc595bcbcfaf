"""Datasets for `test_data_workers.py`: a module, so that spawned processes find them."""

import os
import signal
import time

import minigrad as torch
from minigrad.utils.data import Dataset, IterableDataset, get_worker_info


class Numbers(Dataset):
    """Sample i is i. A subclass does something else for sample 5."""

    def __len__(self):
        return 11

    def __getitem__(self, index):
        if index == 5:
            self.trouble()
        return index

    def trouble(self):
        """Nothing."""


class Failing(Numbers):
    def trouble(self):
        raise ValueError("sample 5 is broken")


class Missing(Numbers):
    def trouble(self):
        return {}["no such key"]


class Odd(Exception):
    def __init__(self, one, two):
        super().__init__(one, two)


class OddlyFailing(Numbers):
    def trouble(self):
        raise Odd(1, 2)


class Killed(Numbers):
    def trouble(self):
        os.kill(os.getpid(), signal.SIGKILL)


class Leaving(Numbers):
    def trouble(self):
        os._exit(3)


class Hanging(Numbers):
    def trouble(self):
        time.sleep(60)


class Unsendable(Numbers):
    def __getitem__(self, index):
        return lambda: index


class Jittery(Numbers):
    """Later samples are ready sooner: order must be kept all the same."""

    def __getitem__(self, index):
        time.sleep(0.02 if index % 4 == 0 else 0)
        return index


class Large(Dataset):
    """Batches far larger than a pipe holds."""

    def __len__(self):
        return 24

    def __getitem__(self, index):
        return torch.full((50_000,), index)


class Who(Dataset):
    """Which worker loads a sample, with which seed and which random number."""

    def __len__(self):
        return 6

    def __getitem__(self, index):
        info = get_worker_info()
        return info.id, info.num_workers, info.seed, torch.randint(10**9, ()).item(), os.getpid()


class Shared(IterableDataset):
    """The numbers from 3 to 6. With workers each gives every `num_workers`-th of them."""

    def __init__(self, shared=True):
        self.shared = shared

    def __iter__(self):
        info = get_worker_info()
        if self.shared and info is not None:
            return iter(range(3 + info.id, 7, info.num_workers))
        return iter(range(3, 7))


def as_list(batch):
    """A batch as it comes."""
    return batch


def start_late(number):
    """What a worker does first."""
    raise OSError(f"worker {number} cannot start")


def mark(number):
    """Let the worker's copy of the dataset know its number."""
    get_worker_info().dataset.number = 100 + number


class Marked(Dataset):
    number = 0

    def __len__(self):
        return 4

    def __getitem__(self, index):
        return self.number
