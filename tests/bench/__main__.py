"""`python tests/bench [NAME]`: minigrad's speed beside PyTorch's, in one run, as ratios.

Each framework runs in a process of its own, on one thread. They take turns in short slices, first
one and then the other ahead; a ratio is taken inside each round, and the median of all rounds is
printed, so that a machine that is busy for a while does not favour either. Without PyTorch, only
minigrad's own times are printed. `NAME`: only workloads whose name contains it. Layers and networks
are compared with a forward and backward pass written out in NumPy as well (`by_hand.py`).
"""

import importlib.util
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from sequence_workloads import LAYER_WORKLOADS
from workloads import WORKLOADS

ROUNDS, SLICE = 25, 0.04  # seconds a slice
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Worker:
    """A process that times things in one framework."""

    def __init__(self, framework):
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("worker.py")), framework],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **THREADS, "PYTHONPATH": path},
        )

    def __call__(self, *question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def compare(workers, name):
    """{framework: median seconds}, and {framework: its median ratio to PyTorch} if there is one."""
    repeats = {}
    for framework, ask in workers.items():
        ask("time_workload", name, 3)
        repeats[framework] = max(1, int(SLICE / ask("time_workload", name, 5)))
    rounds = []
    for turn in range(ROUNDS):
        order = list(workers) if turn % 2 else list(workers)[::-1]
        rounds.append({each: workers[each]("time_workload", name, repeats[each]) for each in order})
    medians, ratios = {}, {}
    for each in workers:
        medians[each] = statistics.median(now[each] for now in rounds)
        if "torch" in workers:
            ratios[each] = statistics.median(now[each] / now["torch"] for now in rounds)
    return medians, ratios


def print_workloads(workers, wanted):
    """A line for each workload; of layers and networks with the ratio of one written by hand."""
    print(f"{'workload':32}{'minigrad':>12}{'PyTorch':>12}{'ratio':>8}{'aim':>8}{'by hand':>9}")
    for name, (_, _, aim) in {**WORKLOADS, **LAYER_WORKLOADS}.items():
        if wanted not in name:
            continue
        names = [each for each in workers if each != "numpy" or name in LAYER_WORKLOADS]
        medians, ratios = compare({each: workers[each] for each in names}, name)
        shown = [
            f"{medians[each] * 1e6:9.1f} µs" if each in medians else "–" for each in FRAMEWORKS[:2]
        ]
        found = [f"{ratios[each]:.2f}" if each in ratios else "–" for each in ("minigrad", "numpy")]
        line = f"{name:32}{shown[0]:>12}{shown[1]:>12}{found[0]:>8}{aim:8.2f}{found[1]:>9}"
        print(line, flush=True)


def print_chains(workers):
    print(f"\n{'chain of additions':28}{'forward':>12}{'backward':>12}{'free':>12}   ns a node")
    for length in (10_000, 100_000, 1_000_000):
        for framework, ask in workers.items():
            runs = [ask("time_chain", length) for _ in range(5 if length < 1_000_000 else 3)]
            best = [min(each) for each in zip(*runs)]
            shown = "".join(f"{each:12.0f}" for each in best)
            print(f"{length:>12,}  {framework:14}{shown}", flush=True)
    size = workers["minigrad"]("chain_bytes", 1_000_000)
    print(f"\n{size:.0f} bytes a node in minigrad, in a chain of 1,000,000 (aim: at most 1,000)")


FRAMEWORKS = "minigrad", "torch", "numpy"  # numpy: written by hand


def main():
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    there = [each for each in FRAMEWORKS if each != "torch" or importlib.util.find_spec(each)]
    workers = {each: Worker(each) for each in there}
    if "torch" not in workers:
        print("PyTorch is not installed here, so there is nothing to compare with.\n")
    print_workloads(workers, wanted)
    workers.pop("numpy").close()
    if not wanted:
        print_chains(workers)
    for worker in workers.values():
        worker.close()


if __name__ == "__main__":
    main()
