"""`python tests/bench [NAME]`: minigrad's speed beside PyTorch's and others', as ratios of one run.

    NAME        only workloads whose name contains it
    --rounds 7  fewer rounds (at most 25), which is faster and less exact
    --redraw    draw the picture anew from the numbers of the last full run

Beside minigrad: PyTorch with one thread and with two; JAX, compiled with `jit`, without the time of
compiling, its results waited for; HIPS autograd; micrograd, where one number at a time is enough;
and NumPy, forward and backward written out by hand, which is the practical limit. What is not
installed has no column (`pip install -e ".[referee,bench]"` brings all), and what a framework
cannot do is a dash.

Each framework runs in a process of its own, all but one of them on one thread. They take turns in
short slices, forwards and backwards; a ratio to PyTorch with one thread is taken inside each round,
and the median of all rounds is printed, so that a machine that is busy for a while favours none.
Without PyTorch, only times are printed. A full run with PyTorch keeps its numbers in `speed.json`
and draws `course/pictures/speed.svg`.

minigrad and NumPy by hand run with minigrad's use of memory (`minigrad/allocation.py`), the others
as they are installed; PyTorch, too, may be faster on large arrays where its memory is tuned. Its
two threads wait without spinning (`OMP_WAIT_POLICY=passive`), which is fairer where cores are busy.
JAX's compiler sees a whole workload, and so computes chains and repeated uses without their steps.
"""

import argparse
import statistics
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[2])]

import recording
from processes import Worker
from table import AIMS, FRAMEWORKS, installed

ROUNDS, FEWEST, SLICE, LONGEST = 25, 7, 0.04, 8  # rounds; seconds a slice, and a workload


def compare(workers, name, most=ROUNDS):
    """{framework: median seconds}, and {framework: its median ratio to PyTorch} if there is one."""
    expected = {each: expect(workers[each], name) for each in workers}
    repeats = {each: max(1, int(SLICE / expected[each])) for each in workers}
    slices = {each: repeats[each] * expected[each] for each in workers}
    # A very slow framework takes part in few rounds, so that the others can have more.
    slow = {each for each in workers if slices[each] > 10 * SLICE} - {"minigrad", "torch"}
    fast = sum(slices[each] for each in workers if each not in slow)
    rounds = []
    for turn in range(min(most, max(FEWEST, int(LONGEST / fast)))):
        order = [each for each in workers if turn < FEWEST or each not in slow]
        order = order if turn % 2 else order[::-1]
        rounds.append({each: workers[each]("time_workload", name, repeats[each]) for each in order})
    medians, ratios = {}, {}
    for each in workers:
        there = [now for now in rounds if each in now]
        medians[each] = statistics.median(now[each] for now in there)
        if "torch" in workers:
            ratios[each] = statistics.median(now[each] / now["torch"] for now in there)
    return medians, ratios


def expect(ask, name):
    """About how many seconds a run of a workload takes."""
    ask("time_workload", name, 1)  # compiles, makes arrays
    seconds = ask("time_workload", name, 1)
    return ask("time_workload", name, 5) if seconds < SLICE / 4 else seconds


def print_workloads(workers, wanted, rounds=ROUNDS):
    """A line for each workload; {name: its seconds, ratios and aim}, as they are kept."""
    compared = [each for each in FRAMEWORKS if each in workers and each != "torch"]
    heads = [FRAMEWORKS[each].column for each in compared]
    print("Times, and how many times as long as PyTorch on one thread; ✗: the aim is missed\n")
    print(line("", "minigrad", "PyTorch", "aim", "", heads), flush=True)
    found = {}
    for name in (each for each in AIMS if wanted in each):
        able = {each: workers[each] for each in workers if name in FRAMEWORKS[each].workloads}
        seconds, ratios = compare(able, name, rounds)
        found[name] = {"aim": AIMS[name], "seconds": seconds, "ratios": ratios}
        missed = "✗" if round(ratios.get("minigrad", 0), 2) > AIMS[name] else ""
        times = [duration(seconds.get(each)) for each in ("minigrad", "torch")]
        numbers = [ratio(ratios.get(each)) for each in compared]
        print(line(name, *times, f"{AIMS[name]:.2f}", missed, numbers), flush=True)
    return found


def line(name, ours, theirs, aim, missed, numbers):
    first, *others = numbers  # minigrad's, beside its aim
    others = "".join(f"{each:>11}" for each in others)
    return f"{name:33}{ours:>11}{theirs:>11}{first:>10}{aim:>6} {missed:1}{others}"


def duration(seconds):
    if seconds is None:
        return "–"
    return f"{seconds * 1e6:.1f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.2f} ms"


def ratio(number):
    if number is None:
        return "–"
    return f"{number:.3g}" if number < 0.1 else f"{number:.2f}" if number < 10 else f"{number:.0f}"


def print_chains(workers):
    print(f"\n{'chain of additions':28}{'forward':>12}{'backward':>12}{'free':>12}   ns a node")
    for length in (10_000, 100_000, 1_000_000):
        for framework in ("minigrad", "torch"):
            if framework not in workers:
                continue
            ask = workers[framework]
            runs = [ask("time_chain", length) for _ in range(5 if length < 1_000_000 else 3)]
            best = [min(each) for each in zip(*runs)]
            shown = "".join(f"{each:12.0f}" for each in best)
            print(f"{length:>12,}  {FRAMEWORKS[framework].label:14}{shown}", flush=True)
    size = workers["minigrad"]("chain_bytes", 1_000_000)
    print(f"\n{size:.0f} bytes a node in minigrad, in a chain of 1,000,000 (aim: at most 1,000)")


def run(wanted, rounds):
    """Time what is wanted; after a full run keep the numbers, and draw them."""
    workers = {each: Worker(each) for each in installed()}
    if "torch" not in workers:
        print("PyTorch is not installed here, so there is nothing to compare with.\n")
    found = print_workloads(workers, wanted, rounds)
    if not wanted:
        print_chains(workers)
    for worker in workers.values():
        worker.close()
    if not wanted and "torch" in workers:
        recording.keep(found)
        draw()


def draw():
    import speed_chart  # with matplotlib, and minigrad, which this process needs for nothing else

    print(f"\n{speed_chart.save(recording.kept())}")


def main():
    reader = argparse.ArgumentParser(prog="tests/bench", description=__doc__.split("\n")[0])
    reader.add_argument("name", nargs="?", default="", help="only workloads with this in the name")
    reader.add_argument("--rounds", type=int, default=ROUNDS, help="at most so many rounds")
    reader.add_argument("--redraw", action="store_true", help="draw the last full run anew")
    asked = reader.parse_args()
    draw() if asked.redraw else run(asked.name, asked.rounds)


if __name__ == "__main__":
    main()
