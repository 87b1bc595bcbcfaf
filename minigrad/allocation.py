"""Floor 1. How the C library hands out memory for arrays.

On Linux, glibc fetches every array of more than 128 KiB from the kernel and gives it back when it
is freed, and the kernel fills it with zeros, page by page, each time: that can take longer than
computing with it. Once a larger piece (up to 32 MiB) has been freed, glibc keeps pieces of that
size for the next array. So importing minigrad asks for such a piece, does not touch it, and frees
it. Nothing is reserved, but the process keeps up to 64 MiB of what it has freed.

This holds for the whole process. Whoever does not want it sets the environment variable
MINIGRAD_ALLOCATION=system before the import. Elsewhere than with glibc nothing changes.

Source: M_MMAP_THRESHOLD in https://man7.org/linux/man-pages/man3/mallopt.3.html
"""

import os

import numpy as np

LARGEST = (32 << 20) - 8192  # bytes: just below glibc's own limit, with room for its notes


def keep_freed_memory():
    """Let glibc keep the memory of freed arrays, unless MINIGRAD_ALLOCATION=system."""
    if os.environ.get("MINIGRAD_ALLOCATION") != "system":
        np.empty(LARGEST, np.uint8)


keep_freed_memory()
