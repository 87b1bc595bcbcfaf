"""`python tests/bench/memory.py`: what a step of training needs in memory, beside PyTorch.

The largest amount in use during a step, above what there is before it (the parameters, the
optimiser's state, the data). In minigrad all that Python and NumPy allocate counts (tracemalloc),
the nodes of the graph as well; in PyTorch what its CPU allocator hands out for tensors, as its
profiler reports it. Without PyTorch only minigrad's numbers are printed.
"""

import gc
import importlib.util
import json
import os
import sys
import tempfile
import tracemalloc
from pathlib import Path

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

from steps import STEPS  # noqa: E402

AIM = 1.2  # as much as PyTorch, and a fifth more
MARK = "the step to measure"


def peak_of_minigrad(name):
    """The bytes that the third step needs above what there is before it."""
    import minigrad

    gc.collect()
    tracemalloc.start()
    try:
        step = STEPS[name](minigrad)
        step()
        step()
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        step()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def peak_of_torch(name):
    """The same, from the events of PyTorch's allocator."""
    import torch
    from torch.profiler import ProfilerActivity, profile, record_function

    torch.set_num_threads(1)
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as profiled:
        step = STEPS[name](torch)
        step()
        step()
        with record_function(MARK):
            pass
        step()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trace.json"
        profiled.export_chrome_trace(str(path))
        events = json.loads(path.read_text(encoding="utf-8"))["traceEvents"]
    start = next(each["ts"] for each in events if each.get("name") == MARK)
    events = [each for each in events if each.get("name") == "[memory]"]
    in_use = before = peak = 0
    for event in sorted(events, key=lambda each: each["ts"]):
        in_use += event["args"]["Bytes"]
        before = in_use if event["ts"] < start else before
        peak = max(peak, in_use) if event["ts"] >= start else 0
    return peak - before


def main():
    there = importlib.util.find_spec("torch") is not None
    print(f"{'step':34}{'minigrad':>12}{'PyTorch':>12}{'ratio':>8}    aim {AIM}")
    for name in STEPS:
        ours, theirs = peak_of_minigrad(name), peak_of_torch(name) if there else None
        shown = f"{theirs / 1e6:9.2f} MB{ours / theirs:8.2f}" if there else "–"
        print(f"{name:34}{ours / 1e6:9.2f} MB{shown:>12}", flush=True)


if __name__ == "__main__":
    main()
