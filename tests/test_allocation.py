"""The memory of freed arrays is kept for the next ones, unless the user does not want it."""

import ctypes
import os
import subprocess
import sys

import pytest

# Whether an array of 1 MiB is fetched from the kernel, or taken from memory that glibc keeps.
PROGRAM = """
import ctypes, minigrad, numpy
info = ctypes.CDLL(None).mallinfo2
info.restype = type("Info", (ctypes.Structure,), {
    "_fields_": [(name, ctypes.c_size_t) for name in "arena a b pieces mapped c d e f g".split()]
})
before = info().pieces
array = numpy.empty(1 << 20, numpy.uint8)
print(info().pieces - before)
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallinfo2"),
    reason="glibc tells it from 2.33 on",
)
@pytest.mark.parametrize(("setting", "fetched"), [(None, "0"), ("system", "1")], ids=str)
def test_a_large_array_comes_from_memory_that_is_kept(setting, fetched):
    setting = {} if setting is None else {"MINIGRAD_ALLOCATION": setting}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MALLOC_")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**environment, **setting, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == fetched, done.stderr
