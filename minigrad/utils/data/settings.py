"""Floor 7. The settings of a `DataLoader`: what they are, and which of them go together."""

import multiprocessing
import os
import warnings
from multiprocessing.context import BaseContext
from types import SimpleNamespace

from .collate import default_collate, default_convert
from .streams import IterableDataset


def check_settings(
    dataset,
    batch_size=1,
    shuffle=None,
    sampler=None,
    batch_sampler=None,
    num_workers=0,
    collate_fn=None,
    pin_memory=False,
    drop_last=False,
    timeout=0,
    worker_init_fn=None,
    multiprocessing_context=None,
    generator=None,
    *,
    prefetch_factor=None,
    persistent_workers=False,
    pin_memory_device="",
    in_order=True,
):
    """All settings of a loader by name. ValueError for those that do not go together.

    `special` is True for a loader with workers, or without batches. `in_order=False` and the
    pinning of memory change nothing here.
    """
    chosen = SimpleNamespace(**locals())
    check_workers(chosen)
    if isinstance(dataset, IterableDataset):
        check_stream(chosen)
        chosen.sampler = dataset
    check_sampling(chosen)
    if batch_sampler is not None:
        chosen.batch_size = None
    batched = batch_size is not None or batch_sampler is not None
    chosen.special = num_workers > 0 or not batched
    if collate_fn is None:
        chosen.collate_fn = default_collate if batched else default_convert
    return chosen


check_settings.__qualname__ = "DataLoader.__init__"  # whom Python names for a wrong argument


def check_workers(chosen):
    """What has to do with worker processes."""
    if not isinstance(chosen.num_workers, int):
        kind = type(chosen.num_workers).__name__
        raise TypeError(f"'<' not supported between instances of '{kind}' and 'int': num_workers.")
    if chosen.num_workers < 0:
        raise ValueError(
            "num_workers option should be non-negative; use num_workers=0 to disable "
            "multiprocessing."
        )
    if chosen.timeout < 0:
        raise ValueError("timeout option should be non-negative")
    if chosen.num_workers == 0 and chosen.prefetch_factor is not None:
        raise ValueError(
            "prefetch_factor option could only be specified in multiprocessing."
            "let num_workers > 0 to enable multiprocessing, otherwise set prefetch_factor to None."
        )
    if chosen.prefetch_factor is None:
        chosen.prefetch_factor = 2 if chosen.num_workers else None
    elif chosen.prefetch_factor < 0:
        raise ValueError("prefetch_factor option should be non-negative")
    elif chosen.prefetch_factor == 0:
        raise AssertionError(
            "prefetch_factor must be greater than 0 for MultiProcessingDataLoaderIter"
        )
    if chosen.persistent_workers and chosen.num_workers == 0:
        raise ValueError("persistent_workers option needs num_workers > 0")
    if chosen.multiprocessing_context is not None:
        check_context(chosen.multiprocessing_context, chosen.num_workers)
    warn_of_workers(chosen)


def check_context(context, num_workers):
    """A way to start processes, by name or as an object of `multiprocessing`."""
    if num_workers == 0:
        raise ValueError(
            "multiprocessing_context can only be used with multi-process loading "
            "(num_workers > 0), but got num_workers=0"
        )
    methods = multiprocessing.get_all_start_methods()
    if isinstance(context, str) and context not in methods:
        raise ValueError(
            "multiprocessing_context option should specify a valid start method in "
            f"{methods!r}, but got multiprocessing_context={context!r}"
        )
    if not isinstance(context, (str, BaseContext)):
        raise TypeError(
            "multiprocessing_context option should be a valid context object or a string "
            f"specifying the start method, but got multiprocessing_context={context}"
        )


def warn_of_workers(chosen):
    """More workers than processors slow everything down; and there is no memory to pin."""
    if chosen.pin_memory:
        warnings.warn(
            "'pin_memory' argument is set as true but no accelerator is found, then device pinned "
            "memory won't be used.",
            UserWarning,
            stacklevel=5,
        )
    affinity = getattr(os, "sched_getaffinity", None)
    there = len(affinity(0)) if affinity else os.cpu_count()
    if there is not None and chosen.num_workers > there:
        warnings.warn(
            f"This DataLoader will create {chosen.num_workers} worker processes in total. Our "
            f"suggested max number of worker in current system is {there}, which is smaller than "
            "what this DataLoader is going to create. Please be aware that excessive worker "
            "creation might get DataLoader running slow or even freeze, lower the worker number to "
            "avoid potential slowness/freeze if necessary.",
            UserWarning,
            stacklevel=5,
        )


def check_stream(chosen):
    """A stream gives its samples in its own order."""
    for name in ("shuffle", "sampler", "batch_sampler"):
        given = getattr(chosen, name)
        if given is not None and given is not False:
            raise ValueError(
                f"DataLoader with IterableDataset: expected unspecified {name} option, but got "
                f"{name}={given}"
            )


def check_sampling(chosen):
    """There is one way to choose the order, and one to make batches."""
    stream = isinstance(chosen.dataset, IterableDataset)
    if chosen.sampler is not None and chosen.shuffle and not stream:
        raise ValueError("sampler option is mutually exclusive with shuffle")
    if chosen.batch_sampler is not None:
        others = chosen.shuffle or chosen.sampler is not None or chosen.drop_last
        if chosen.batch_size != 1 or others:
            raise ValueError(
                "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and "
                "drop_last"
            )
    elif chosen.batch_size is None and chosen.drop_last:
        raise ValueError(
            "batch_size=None option disables auto-batching and is mutually exclusive with drop_last"
        )
