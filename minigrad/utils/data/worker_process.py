"""Floor 7. What a worker process does: it loads the batches it is asked for, and sends them.

A worker reads tasks from its pipe, one after the other, and answers each. A thread does the
sending, so that the next batch can be loaded while the last one waits to be fetched.
"""

import pickle
import random
import signal
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue

import numpy as np

from ...chance import manual_seed
from .sampler import BatchSampler
from .streams import IterableDataset

ROUND, LOAD = "round", "load"  # what a worker is told
DATA, ERROR, END = "data", "error", "end"  # what it answers

pipes_of_parent = set()  # the main process's ends; forked workers close those they have inherited
_info = None


@dataclass(frozen=True)
class WorkerInfo:
    """Which worker this process is: `id` of `num_workers`, its `seed`, its copy of the dataset."""

    id: int
    num_workers: int
    seed: int
    dataset: object


def get_worker_info():
    """In a worker process its `WorkerInfo`; None in the main process."""
    return _info


class Job:
    """What a worker needs to know. It is inherited (fork) or sent (spawn)."""

    def __init__(self, loader, number, seed):
        self.loader = light(loader)
        self.number, self.seed = number, seed
        self.init = loader.worker_init_fn

    def prepare(self):
        """Start the random numbers of this process, and call the user's `worker_init_fn`."""
        global _info
        seed, count = self.seed + self.number, self.loader.num_workers
        random.seed(seed)
        manual_seed(seed % 2**63)
        np.random.seed([self.seed % 2**32, self.seed >> 32, self.number])
        _info = WorkerInfo(self.number, count, seed, self.loader.dataset)
        if self.init is not None:
            self.init(self.number)


def light(loader):
    """A loader without what a worker has no use for: samplers, and the workers themselves."""
    left = object.__new__(type(loader))
    kept = ("dataset", "batch_size", "drop_last", "collate_fn", "num_workers")
    left.__dict__.update({name: loader.__dict__[name] for name in kept})
    left.__dict__["batched"] = loader.batch_sampler is not None
    return left


def load_one(loader, index):
    """One sample, without a batch around it. A stream's sampler gives the sample itself."""
    stream = isinstance(loader.dataset, IterableDataset)
    return loader.collate_fn(index if stream else loader.dataset[index])


def stream_batches(loader):
    """The batches of a stream."""
    if not loader.batched:
        for sample in loader.dataset:
            yield load_one(loader, sample)
    else:
        for samples in BatchSampler(loader.dataset, loader.batch_size, loader.drop_last):
            yield loader.load(samples)


def answers(job, tasks):
    """An answer for each task: (DATA, batch), (ERROR, type, text) or (END,)."""
    loader, batches, failed = job.loader, None, None
    try:
        job.prepare()
    except Exception:
        failed = failure(job.number)
    for kind, indices in tasks:
        if kind == ROUND:
            batches = None
            continue
        try:
            if failed is not None:
                yield failed
            elif isinstance(loader.dataset, IterableDataset):
                batches = stream_batches(loader) if batches is None else batches
                batch = next(batches, END)
                yield (END,) if batch is END else (DATA, batch)
            else:
                yield DATA, (loader.load if loader.batched else one_of(loader))(indices)
        except Exception:
            yield failure(job.number)


def one_of(loader):
    return lambda index: load_one(loader, index)


def failure(number, error=None):
    """What went wrong in this worker, for the main process to raise."""
    kind, text = sys.exc_info()[0], traceback.format_exc()
    text = f"Caught {kind.__name__} in DataLoader worker process {number}.\nOriginal {text}"
    try:
        pickle.dumps(kind)
    except Exception:
        kind = RuntimeError
    return ERROR, kind, text if error is None else f"{text}\n{error}"


def packed(answer, number):
    """An answer as bytes; if it cannot be sent, that it cannot."""
    try:
        return pickle.dumps(answer, protocol=5)
    except Exception:
        advice = "What the dataset and collate_fn return has to be sent to the main process."
        return pickle.dumps(failure(number, advice))


class Sender(threading.Thread):
    """Sends messages in the background. `gone` is True once nobody reads them any more."""

    def __init__(self, pipe):
        super().__init__(daemon=True)
        self.pipe, self.waiting, self.gone = pipe, SimpleQueue(), False

    def run(self):
        try:
            while (message := self.waiting.get()) is not None:
                self.pipe.send_bytes(message)
        except OSError:
            self.gone = True


def received(pipe, sender):
    """The tasks, until the main process closes the pipe or dies."""
    while not sender.gone:
        try:
            yield pipe.recv()
        except (EOFError, OSError):
            return


def work(pipe, job):
    """The life of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C: the main process will end us
    if hasattr(signal, "pthread_sigmask"):  # it waited until here
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for inherited in pipes_of_parent:
        close(inherited)
    pipes_of_parent.clear()
    sender = Sender(pipe)
    sender.start()
    try:
        if job is None:
            job = pickle.loads(pipe.recv_bytes())
    except EOFError:
        return
    except Exception as error:
        sender.waiting.put(pickle.dumps((ERROR, RuntimeError, not_known_here(error))))
        for _ in received(pipe, sender):
            pass
        return
    for answer in answers(job, received(pipe, sender)):
        sender.waiting.put(packed(answer, job.number))
    sender.waiting.put(None)
    sender.join(1)


def close(pipe):
    """Close an end of a pipe, even if it is broken."""
    with suppress(OSError):
        pipe.close()


def not_known_here(error):
    """The words for a dataset that a spawned process cannot read."""
    return (
        f"DataLoader worker process could not read the dataset: {error}. A process started by "
        "'spawn' or 'forkserver' knows only what it can import: what a notebook or an interactive "
        "session defines has to go into a .py file. Or use num_workers=0, or where the system has "
        "it multiprocessing_context='fork'."
    )
