"""One framework in a process of its own: reads what to do from stdin, writes answers to stdout.

python worker.py FRAMEWORK          one of those in `table.py`
"""

import gc
import importlib
import json
import sys
import time
import tracemalloc
from functools import partial
from itertools import pairwise

import numpy as np
from table import ALL, FRAMEWORKS, SMALLER, runner
from workloads import additions


def time_workload(framework, name, repeat):
    """Seconds for one run of a workload, the mean of `repeat` runs."""
    run = runner(framework, name)
    start = time.perf_counter()
    for _ in range(repeat):
        run()
    return (time.perf_counter() - start) / repeat


def save_gradients(framework, path):
    """Every gradient of every workload into an .npz file; {name: how many}. Large ones shrink."""
    found, numbers = {}, {}
    for place, name in enumerate(ALL):
        if name not in FRAMEWORKS[framework].workloads:
            continue
        size = {"size": SMALLER[name]} if name in SMALLER else {}
        gradients = runner(framework, name, **size)()
        gradients = gradients if isinstance(gradients, (list, tuple)) else [gradients]
        for n, each in enumerate(gradients):
            each = each.numpy() if hasattr(each, "numpy") else each
            found[f"{place} {n}"] = np.asarray(each)
        numbers[name] = len(gradients)
    np.savez(path, **found)
    return numbers


def time_chain(framework, length):
    """Nanoseconds a node of a long chain: [forward, backward, freeing]."""
    torch = importlib.import_module(framework)
    gc.collect()
    times = [time.perf_counter()]
    _, y = additions(torch, length)
    times.append(time.perf_counter())
    y.backward()
    times.append(time.perf_counter())
    del y
    times.append(time.perf_counter())
    return [(b - a) / length * 1e9 for a, b in pairwise(times)]


def chain_bytes(framework, length):
    """Bytes a node of a long chain, as Python's memory tracer counts them."""
    torch = importlib.import_module(framework)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = additions(torch, length)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return (after - before) / length


def main():
    framework = sys.argv[1]
    if framework == "numpy":
        importlib.import_module("minigrad.allocation")  # what is by hand gets the same memory
    module = importlib.import_module(FRAMEWORKS[framework].module)
    if module.__name__ == "torch":
        module.set_num_threads(2 if framework == "torch2" else 1)
    actions = {
        each.__name__: partial(each, framework)
        for each in (time_workload, save_gradients, time_chain, chain_bytes)
    }
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(actions[name](*arguments)), flush=True)


if __name__ == "__main__":
    main()
