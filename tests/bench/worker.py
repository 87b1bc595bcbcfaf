"""One framework in a process of its own: reads what to time from stdin, writes seconds to stdout.

python worker.py minigrad|torch|numpy          numpy: layers and networks written by hand
"""

import gc
import importlib
import json
import sys
import time
import tracemalloc
from functools import partial
from itertools import pairwise

from sequence_workloads import LAYER_WORKLOADS
from workloads import WORKLOADS, additions


def time_workload(torch, name, repeat):
    """Seconds for one run of a workload, the mean of `repeat` runs."""
    workload, by_hand, _ = {**WORKLOADS, **LAYER_WORKLOADS}[name]
    run = by_hand if torch.__name__ == "numpy" else partial(workload, torch)
    start = time.perf_counter()
    for _ in range(repeat):
        run()
    return (time.perf_counter() - start) / repeat


def time_chain(torch, length):
    """Nanoseconds a node of a long chain: [forward, backward, freeing]."""
    gc.collect()
    times = [time.perf_counter()]
    _, y = additions(torch, length)
    times.append(time.perf_counter())
    y.backward()
    times.append(time.perf_counter())
    del y
    times.append(time.perf_counter())
    return [(b - a) / length * 1e9 for a, b in pairwise(times)]


def chain_bytes(torch, length):
    """Bytes a node of a long chain, as Python's memory tracer counts them."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = additions(torch, length)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return (after - before) / length


def main():
    torch = importlib.import_module(sys.argv[1])
    if sys.argv[1] == "torch":
        torch.set_num_threads(1)
    actions = {each.__name__: each for each in (time_workload, time_chain, chain_bytes)}
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(actions[name](torch, *arguments)), flush=True)


if __name__ == "__main__":
    main()
