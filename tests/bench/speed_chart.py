"""The picture of a full run: a row for each workload, a mark for each framework."""

import math
import textwrap
from itertools import pairwise
from pathlib import Path

from table import FRAMEWORKS, MAIN

from minigrad.draw.chart import Chart
from minigrad.draw.dot import GREY, INK
from minigrad.draw.style import LINES, PALE, new_figure, style

PICTURE = Path(__file__).resolve().parents[2] / "course" / "pictures" / "speed.svg"
LEFT, RIGHT = 0.04, 25  # of the axis; what lies beyond is written at its end

# framework -> marker, colour, size: shape and colour both differ
MARKS = {
    "minigrad": ("o", LINES[1], 10),
    "torch2": ("D", INK, 6),
    "jax": ("^", LINES[0], 7.5),
    "autograd": ("s", LINES[2], 6),
    "micrograd": ("v", LINES[3], 7.5),
    "numpy": ("|", LINES[4], 13),
}


def chart(kept):
    """The chart of the numbers that `recording.kept` gives."""
    workloads = kept["workloads"]
    names = [*(n for n in MAIN if n in workloads), *(n for n in workloads if n not in MAIN)]
    heights = [place + 1.2 * (name not in MAIN) for place, name in enumerate(names)]
    with style():
        figure = new_figure(8, 1.5 + 0.23 * len(names))
        axes = figure.add_subplot()
        frame(axes, names, heights)
        rows = [places(workloads[name]["ratios"], y) for name, y in zip(names, heights)]
        for framework in MARKS:
            draw_framework(axes, framework, [row[framework] for row in rows if framework in row])
        for name, height in zip(names, heights):
            write_beyond(axes, workloads[name]["ratios"], height)
        around(figure, axes, kept)
    return Chart(figure, words(kept, names), "Speed of minigrad and others beside PyTorch's")


def frame(axes, names, heights):
    """The axes with a line at PyTorch's own time, and a pale one for each workload."""
    axes.set_xscale("log")
    axes.set_xlim(LEFT, RIGHT)
    axes.set_ylim(heights[-1] + 0.7, -0.7)
    axes.set_yticks(heights, names)
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.tick_params(axis="x", which="minor", length=0)
    ticks = (0.1, 0.2, 0.5, 1, 2, 5, 10)
    axes.set_xticks(ticks, [f"{each:g}" for each in ticks])
    axes.set_xticks([], minor=True)
    axes.hlines(heights, LEFT, RIGHT, color=PALE, linewidth=1, zorder=0)
    axes.axvline(1, color=INK, linewidth=1.2, zorder=1)
    axes.spines["left"].set_visible(False)
    gaps = [low for low, high in pairwise(heights) if high - low > 2]
    for height in gaps:
        said = "below: without JAX, autograd, micrograd"
        axes.text(LEFT, height + 1.1, said, color=GREY, fontsize=9, va="center")
    axes.set_xlabel("time as a fraction of PyTorch's, one thread (further left is faster)")


def places(ratios, height):
    """{framework: where its mark is} in a row; what would cover another mark moves up or down."""
    found, free = {}, [0.35, -0.35]
    for framework in (each for each in MARKS if LEFT < ratios.get(each, 0) < RIGHT):
        ratio = ratios[framework]
        near = any(abs(math.log10(ratio / x)) < 0.05 for x, _ in found.values())
        moved = near and free and framework != "numpy"  # which is thin, and higher than the rest
        found[framework] = ratio, height + (free.pop() if moved else 0)
    return found


def draw_framework(axes, framework, points):
    marker, color, size = MARKS[framework]
    edge = {"markeredgewidth": 2.2} if marker == "|" else {"markeredgecolor": "white"}
    axes.plot(
        [x for x, _ in points],
        [y for _, y in points],
        marker,
        color=color,
        markersize=size,
        label=FRAMEWORKS[framework].label,
        zorder={"minigrad": 3, "numpy": 5}.get(framework, 4),  # the largest lies below
        **edge,
    )


def write_beyond(axes, ratios, height):
    """Marks at the ends of the axis for what lies beyond, with the numbers beside them."""
    there = sorted((ratios[each], each) for each in MARKS if each in ratios)
    low, high = [e for e in there if e[0] <= LEFT], [e for e in there[::-1] if e[0] >= RIGHT]
    for end, step, found in ((LEFT, 1, low), (RIGHT, -1, high)):
        for place, (ratio, framework) in enumerate(found):
            marker, color, size = MARKS[framework]
            x = end * 10 ** (step * (0.04 + 0.3 * place))
            axes.plot(x, height, marker, color=color, markersize=size, markeredgecolor="white")
            axes.annotate(
                f"{ratio:.0f}" if step < 0 else f"{ratio:.3f}",
                (x, height),
                (5 * step, 0),
                textcoords="offset points",
                ha="left" if step > 0 else "right",
                va="center",
                fontsize=9,
                color=GREY,
            )


def around(figure, axes, kept):
    """What the marks mean, above; below, what it was measured on."""
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=3, fontsize=10)
    axes.text(
        1,
        1.005,
        "PyTorch, 1 thread",
        transform=axes.get_xaxis_transform(),
        ha="center",
        va="bottom",
    )
    machine, versions = kept["machine"], kept["versions"]
    packages = ", ".join(
        f"{name}\N{NO-BREAK SPACE}{each.split('+')[0]}" for name, each in versions.items()
    )
    where = f"{machine['processor']}, {machine['cores']} cores. {packages}"
    figure.supxlabel(textwrap.fill(where, 90), fontsize=9, color=GREY)


def words(kept, names):
    """The chart in words: a line for each workload."""
    for name in names:
        ratios = kept["workloads"][name]["ratios"]
        told = (f"{FRAMEWORKS[each].label} {ratios[each]}" for each in MARKS if each in ratios)
        yield f"{name}: {', '.join(told)}"


def save(kept, path=PICTURE):
    """Draw and write it; the path."""
    return chart(kept).save(path, overwrite=True)
