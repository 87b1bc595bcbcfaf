"""The picture of a full run: a row for each workload, a mark for each framework."""

from pathlib import Path

from table import FRAMEWORKS, MAIN

from minigrad.draw import style
from minigrad.draw.chart import Chart
from minigrad.draw.dot import GREY, INK

PICTURE = Path(__file__).resolve().parents[2] / "course" / "pictures" / "speed.svg"
LEFT, RIGHT = 0.06, 16  # of the axis; what lies beyond is written at its end

# framework -> marker, colour, size: shape and colour both differ
MARKS = {
    "numpy": ("|", style.LINES[4], 10),
    "micrograd": ("v", style.LINES[3], 6),
    "autograd": ("s", style.LINES[5], 5),
    "jax": ("^", style.LINES[2], 6),
    "torch2": ("D", INK, 5),
    "minigrad": ("o", style.LINES[1], 9),
}


def chart(kept):
    """The chart of the numbers that `recording.kept` gives."""
    workloads = kept["workloads"]
    names = [*(n for n in MAIN if n in workloads), *(n for n in workloads if n not in MAIN)]
    heights = [place + 0.6 * (name not in MAIN) for place, name in enumerate(names)]
    with style.style():
        figure = style.new_figure(8, 1.5 + 0.23 * len(names))
        axes = figure.add_subplot()
        frame(axes, names, heights)
        for framework in MARKS:
            draw_framework(axes, framework, [workloads[name]["ratios"] for name in names], heights)
        write_beyond(axes, [workloads[name]["ratios"] for name in names], heights)
        legend(figure, axes)
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
    axes.hlines(heights, LEFT, RIGHT, color=style.PALE, linewidth=1, zorder=0)
    axes.axvline(1, color=INK, linewidth=1.2, zorder=1)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("time as a fraction of PyTorch's, one thread (further left is faster)")


def draw_framework(axes, framework, ratios, heights):
    marker, color, size = MARKS[framework]
    shown = [
        (each[framework], height)
        for each, height in zip(ratios, heights)
        if LEFT < each.get(framework, 0) < RIGHT
    ]
    edge = {"markeredgewidth": 2} if marker == "|" else {"markeredgecolor": "white"}
    axes.plot(
        [each for each, _ in shown],
        [height for _, height in shown],
        marker,
        color=color,
        markersize=size,
        label=FRAMEWORKS[framework].label,
        zorder=4 if framework == "minigrad" else 3,
        **edge,
    )
