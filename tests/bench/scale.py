"""`python tests/bench/scale.py`: how time and memory grow with the size of what is computed.

Nodes in a graph (10³ to 10⁶), examples in a batch (1 to 4,096), layers of a network (1 to 1,000)
and the width of a layer (16 to 4,096), in minigrad and in PyTorch, each in a process of its own on
one thread. Prints what a node, an example, a layer or a weight costs, and draws
`course/pictures/scale.svg` if PyTorch is there.
"""

import gc
import importlib
import importlib.util
import json
import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from steps import dense, numbers  # noqa: E402
from table import ONE  # noqa: E402

SECONDS = 0.4  # how long one size is repeated, and at least three times


def chain(torch, length):
    """One leaf, and as many additions one after the other."""
    x = torch.ones(1, requires_grad=True)

    def run():
        y = x
        for _ in range(length):
            y = y + 1
        y.backward()

    return run


def network(torch, batch, *sizes):
    """Forward and backward of dense layers with relu between them."""
    nn = importlib.import_module(f"{torch.__name__}.nn")
    layers, x = dense(nn, *sizes), numbers(torch, batch, sizes[0])

    parameters = list(layers.parameters())

    def run():
        layers(x).sum().backward()
        for each in parameters:
            each.grad = None

    return run


# Name -> (what is counted, the sizes, what runs)
SCALES = {
    "nodes": ("node", [10**n for n in (3, 4, 5, 6)], chain),
    "batch": ("example", [4**n for n in range(7)], lambda torch, n: network(torch, n, 64, 128, 10)),
    "depth": ("layer", [1, 10, 100, 1000], lambda torch, n: network(torch, 16, *[32] * (n + 1))),
    "width": ("weight", [4**n for n in range(2, 7)], lambda torch, n: network(torch, 16, n, n)),
}


def measured(torch, name, size):
    """[seconds of a run, the bytes that it needs at most above what was there before]."""
    run = SCALES[name][2](torch, size)
    run()
    times, end = [], time.perf_counter() + SECONDS
    while len(times) < 3 or time.perf_counter() < end:
        gc.collect() if size >= 10**5 else None
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    if torch.__name__ == "torch":
        return [min(times), None]
    gc.collect()
    tracemalloc.start()
    run()
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    run()
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return [min(times), peak]


def work(package):
    """In a process of its own: all sizes of all scales, as JSON."""
    torch = importlib.import_module(package)
    if package == "torch":
        torch.set_num_threads(1)
    print(
        json.dumps(
            {
                name: [measured(torch, name, size) for size in sizes]
                for name, (_, sizes, _) in SCALES.items()
            }
        )
    )


def collect():
    """{package: {scale: [[seconds, bytes] of each size]}} of the packages that are installed."""
    found = {}
    for package in ("minigrad", "torch"):
        if importlib.util.find_spec(package):
            path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
            done = subprocess.run(
                [sys.executable, __file__, "--work", package],
                env={**os.environ, **ONE, "PYTHONPATH": path},
                stdout=subprocess.PIPE,
                check=True,
            )
            found[package] = json.loads(done.stdout)
    return found


def units(name, size):
    """How many nodes, examples, layers or weights a size has."""
    return size * size if name == "width" else size


def show(found):
    """Print what one unit costs at each size."""
    for name, (unit, sizes, _) in SCALES.items():
        print(
            f"\n{name:12}"
            + f"ns a {unit}".rjust(16)
            + "PyTorch".rjust(14)
            + f"bytes a {unit}".rjust(20)
        )
        for place, size in enumerate(sizes):
            many = units(name, size)
            seconds, size_of = found["minigrad"][name][place]
            theirs = found.get("torch", {}).get(name)
            other = f"{theirs[place][0] / many * 1e9:14,.1f}" if theirs else " " * 14
            print(f"{size:12,}{seconds / many * 1e9:16,.1f}{other}{size_of / many:20,.0f}")


def panel(ax, many, curves):
    """Curves over the number of units, on logarithmic axes, and a line of proportional growth."""
    for label, (values, color, marker) in curves.items():
        ax.loglog(many, values, marker=marker, color=color, markersize=4, label=label)
    last = next(iter(curves.values()))[0][-1]
    lowest = min(min(values) for values, _, _ in curves.values()) / 2
    straight = [(n, last * n / many[-1]) for n in many if last * n / many[-1] > lowest]
    ax.loglog(*zip(*straight), ":", color="#555D6B", linewidth=1.2, label="proportional")
    ax.minorticks_off()


def draw(found, path):
    """For each scale time against size in one row, memory in the other."""
    import matplotlib.pyplot as plt

    from minigrad.draw.style import GRADIENT, LEAF, style

    looks = {"minigrad": (GRADIENT, "o"), "torch": (LEAF, "s")}
    with style():
        fig, axes = plt.subplots(2, 4, figsize=(10, 5), sharex="col")
        for column, (name, (unit, sizes, _)) in zip(axes.T, SCALES.items(), strict=True):
            many = [units(name, size) for size in sizes]
            curves = {
                {"torch": "PyTorch"}.get(package, package): (
                    [seconds for seconds, _ in found[package][name]],
                    *looks[package],
                )
                for package in looks
            }
            panel(column[0], many, curves)
            most = [size for _, size in found["minigrad"][name]]
            panel(column[1], many, {"minigrad": (most, *looks["minigrad"])})
            column[0].set_title(f"{unit}s")
        axes[0, 0].set_ylabel("seconds")
        axes[1, 0].set_ylabel("bytes, at most")
        fig.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
        fig.savefig(path, metadata={"Date": None})
        plt.close(fig)


def main():
    found = collect()
    show(found)
    if "torch" in found:
        draw(found, ROOT / "course" / "pictures" / "scale.svg")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(sys.argv[2])
    else:
        main()
