"""`python tests/bench/operations.py [NAME] [--large|--small]`: each operation beside PyTorch's.

Every example of the table of operations, forward, and with its gradients where it has them, as a
ratio of minigrad's time to PyTorch's on one thread; the worst come first. Small: the numbers of the
table. Large: the same expressions with about a million numbers, or those of `large_examples.py`.
The two take turns in one process, so both enjoy the allocator that minigrad sets up. `NAME`: only
operations whose name contains it.
"""

import argparse
import os
import sys
import time
import warnings
from functools import partial
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"  # read when NumPy and PyTorch are imported
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from large_examples import examples_of, large_scope

import minigrad
from minigrad.classroom.examples import scope
from minigrad.classroom.operations import table

ROUNDS, SLICE, PATIENCE = 7, 0.004, 1.5  # rounds, seconds a slice, seconds for an expression


def all_tensors(torch, result):
    """The tensors of a result that gradients can start from."""
    if isinstance(result, torch.Tensor):
        return [result] if result.requires_grad else []
    if isinstance(result, (tuple, list)):
        return [each for one in result for each in all_tensors(torch, one)]
    return []


def prepared(torch, example, large):
    """What is timed: {"forward": a function, and "both", if there are gradients}."""
    seen = {}
    for tracked in (False, True):
        known = large_scope(torch, tracked) if large else scope(torch, "float32", tracked)
        function = eval(f"lambda: {example}", known)
        result = function()
        outputs = all_tensors(torch, result)
        if not tracked:
            seen["forward"] = function
        elif outputs and "NotImplemented" not in str(outputs[0].grad_fn):
            weights = [torch.ones_like(each) for each in outputs]
            named = [known.get(name) for name in function.__code__.co_names]
            leaves = [each for each in named if getattr(each, "requires_grad", False)]
            seen["both"] = partial(with_gradients, torch, function, leaves, weights)
            seen["both"]()
    return seen


def with_gradients(torch, function, leaves, weights):
    """Forward and backward."""
    outputs = all_tensors(torch, function())
    torch.autograd.grad(outputs, leaves, weights, allow_unused=True)


def seconds(function, repeat):
    """Seconds for one run, the mean of several."""
    start = time.perf_counter()
    for _ in range(repeat):
        function()
    return (time.perf_counter() - start) / repeat


def compare(ours, theirs):
    """The least seconds of both over a few rounds, in which they take turns."""
    first = [seconds(each, 1) for each in (ours, theirs)]
    repeats = [max(1, int(SLICE / max(seconds(each, 1), 1e-7))) for each in (ours, theirs)]
    rounds = ROUNDS if sum(first) < PATIENCE / ROUNDS else 2
    runs = [[seconds(*each) for each in zip((ours, theirs), repeats)] for _ in range(rounds)]
    return [min(each) for each in zip(*runs)]


def measured(torch, name, large):
    """(ratio, ours, theirs, what) for each example of an operation, forward and both ways."""
    found = []
    for example in examples_of(table()[name], large):
        try:
            theirs = prepared(torch, example, large)
            ours = prepared(minigrad, example, large)
        except Exception as error:  # an expression that fits only the table's own shapes
            print(f"not timed: {example}: {type(error).__name__}: {error}"[:150], file=sys.stderr)
            continue
        for way in ours.keys() & theirs.keys():
            mine, other = compare(ours[way], theirs[way])
            found.append((mine / other, mine, other, f"{way:8} {name}: {example}"))
    return found


def print_table(torch, names, large):
    """The ratios of the operations, worst first."""
    print(f"{'large' if large else 'small'}:   ratio    minigrad     PyTorch", flush=True)
    found = [each for name in names for each in measured(torch, name, large)]
    for ratio, mine, other, what in sorted(found, reverse=True):
        print(f"{ratio:14.2f}{mine * 1e6:10.1f} µs{other * 1e6:9.1f} µs  {what}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", nargs="?", default="")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--small", action="store_true")
    asked = parser.parse_args()
    try:
        import torch
    except ImportError:
        sys.exit("PyTorch is not installed here, so there is nothing to compare with.")
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    names = [name for name in table() if asked.name in name]
    for large in (False, True):
        if (asked.large if large else asked.small) or asked.large == asked.small:
            print_table(torch, names, large)


if __name__ == "__main__":
    main()
