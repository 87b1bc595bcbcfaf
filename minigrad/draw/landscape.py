"""`draw.landscape`: the loss as a surface over two directions, with the way an optimiser went."""

import sys

import numpy as np

from ..tensor import Tensor
from .chart import Chart
from .naming import Names
from .plane import Plane, where
from .style import INK, LINES, new_figure, style
from .values import short

POINTS = 41  # places along each direction at which the loss is computed
LEVELS = 14


class Path:
    """Notes where parameters are: `note()` before the first step and after each one.

    `params` is a module, a tensor, or a list of tensors; `places` has an array for each note, all
    numbers in one row. The numbers are copied.
    """

    def __init__(self, params):
        self.params = tensors_of(params)
        self.places = []

    def note(self):
        """Note where the parameters are now; returns the path itself."""
        self.places.append(where(self.params))
        return self


def tensors_of(params):
    """The tensors among parameters: those of a module, one alone, or a list."""
    if callable(getattr(params, "parameters", None)):
        params = list(params.parameters())
    found = [params] if isinstance(params, Tensor) else list(params)
    if not found or not all(isinstance(each, Tensor) for each in found):
        raise TypeError("expected a module, a tensor or a list of tensors that a loss depends on.")
    if not all(each.is_floating_point() for each in found):
        raise TypeError("a landscape needs tensors of floats: there is nothing between integers.")
    return found


def landscape(loss, params, path=None, *, span=None, points=POINTS, seed=0, names=None):
    """Draw the loss over two directions through where the parameters are now.

    `loss` is a function without arguments that computes the loss as a tensor or a number. Two
    numbers among `params` (a module, a tensor, a list of tensors) are the two axes. Of more, the
    plane is that of the path, by principal components (the axes say how much of it they explain);
    without a path, two random directions, drawn from `seed` and scaled filter by filter
    (Li et al. 2018, https://arxiv.org/abs/1712.09913).

    `path` is a `draw.Path`, or {title: path} for several, each with its start and its end. `span`
    is how far to look in both directions (a number); by default the paths fill the picture.

    All is as before afterwards: parameters, gradients, buffers, modes and random numbers.
    TypeError and ValueError for what makes no sense.
    """
    if not callable(loss):
        raise TypeError(
            "draw.landscape expects a function without arguments that computes the loss, such as "
            f"lambda: criterion(model(x), y), not {type(loss).__name__}."
        )
    if isinstance(points, bool) or not isinstance(points, int) or points < 2:
        raise ValueError(
            f"points says how many places there are in a row: 2 or more, not {points}."
        )
    if span is not None and not 0 < span < float("inf"):
        raise ValueError(f"span says how far to look, a positive number, not {span}.")
    tensors, paths = tensors_of(params), titled(path)
    check_paths(paths, tensors)
    given = Names(sys._getframe(1), names)
    plane = Plane(tensors, paths, span, points, seed, given)
    heights = plane.heights(loss, params)
    if not np.isfinite(heights).any():
        raise ValueError("the loss is nan or infinite everywhere in this picture: try span=0.1.")
    with style():
        figure = new_figure(width=6.4, height=4.2)
        picture(figure.subplots(), plane, heights, paths)
    return Chart(figure, words(plane, heights, paths), "The loss as a landscape")


def titled(path):
    """Paths as {title: path}."""
    paths = {} if path is None else path if isinstance(path, dict) else {"": path}
    for each in paths.values():
        if not isinstance(each, Path):
            raise TypeError(
                f"path expects a draw.Path, or a dictionary of some, not {type(each).__name__}."
            )
    return paths


def check_paths(paths, tensors):
    """ValueError for a path of other parameters, or one on which nothing was noted."""
    number = sum(each.numel() for each in tensors)
    for title, each in paths.items():
        if not each.places:
            raise ValueError(f"the path {title!r} is empty: call note() after each step.")
        if len(each.places[0]) != number:
            raise ValueError(
                f"the path {title!r} is one of {len(each.places[0])} numbers, and the parameters "
                f"have {number}: it has to be made from the same parameters."
            )


def picture(ax, plane, heights, paths):
    """Contours, and on them the paths: a ring at the start, a star at the end."""
    levels, norm = levels_of(heights)
    look = {"levels": levels, "norm": norm, "cmap": "cividis", "extend": "both"}
    filled = ax.contourf(plane.across, plane.up, heights, **look)
    ax.contour(plane.across, plane.up, heights, levels=levels, colors="white", linewidths=0.4)
    lines = {
        title: np.array([plane.place(each) for each in path.places])
        for title, path in paths.items()
    }
    for number, (title, line) in enumerate(lines.items()):
        color, dash = ("white", "-") if len(paths) == 1 else (LINES[number % len(LINES)], "-")
        halo = INK if color == "white" else "white"
        ax.plot(*line.T, color=halo, linewidth=4)
        ax.plot(*line.T, dash, color=color, linewidth=2, marker=".", markersize=5, label=title)
        ends = {"color": color, "markeredgecolor": halo, "zorder": 5, "linestyle": "none"}
        ax.plot(*line[0], "o", markersize=9, **ends)
        ax.plot(*line[-1], "*", markersize=15, **ends)
        if title:
            place = line[loneliest(line, others(lines, title))]
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85}
            ax.annotate(
                title,
                place,
                (8, 8 - 16 * (number % 2)),
                textcoords="offset points",
                bbox=box,
                color=INK,
                size=9,
            )
    if not paths:
        ax.plot(*plane.place(plane.centre), "*", color="white", markeredgecolor=INK, markersize=15)
    ax.set(xlim=plane.across[[0, -1]], ylim=plane.up[[0, -1]])
    ax.set(xlabel=plane.labels[0], ylabel=plane.labels[1])
    bar = ax.figure.colorbar(filled, ax=ax, label="loss")
    digits = 2 if levels[-1] > 1.1 * levels[0] else 4
    bar.ax.yaxis.set_major_formatter(lambda value, _: f"{value:.{digits}g}")
    bar.outline.set_visible(False)


def others(lines, title):
    """All points of the other paths."""
    found = [each for name, each in lines.items() if name != title]
    return np.concatenate(found) if found else np.zeros((1, 2))


def loneliest(line, rest):
    """Which point of a path is furthest from those of the others: there its name can be read."""
    size = np.maximum(np.ptp(np.concatenate([line, rest]), axis=0), 1e-12)
    apart = ((line[:, None] - rest[None]) / size) ** 2
    return int(apart.sum(2).min(1).argmax())


def levels_of(heights):
    """Heights of the contours: close together in the valley if the surface spans decades."""
    from matplotlib import colors

    known = heights[np.isfinite(heights)]
    low, high = np.percentile(known, [0, 97])
    if low > 0 and high / low > 30:
        return np.geomspace(low, high, LEVELS), colors.LogNorm(low, high)
    if high <= low:
        high = low + 1
    return np.linspace(low, high, LEVELS), colors.Normalize(low, high)


def words(plane, heights, paths):
    """The chart in lines of text; numbers only where there are two, which are the axes."""
    labels = [each.split(" (")[0] for each in plane.labels]  # shares differ between machines
    yield f"The loss over {labels[0]} and {labels[1]}."
    if plane.exact:
        row, column = np.unravel_index(np.nanargmin(heights), heights.shape)
        lowest = plane.across[column], plane.up[row]
        yield f"Lowest in this picture near ({', '.join(f'{each:.2g}' for each in lowest)})."
    for title, path in paths.items():
        line = [plane.place(path.places[0]), plane.place(path.places[-1])]
        name = f"Path {title!r}" if title else "The path"
        ends = ["(" + ", ".join(short(round(float(n), 2)) for n in each) + ")" for each in line]
        yield f"{name}: {len(path.places) - 1} steps" + (
            f", from {ends[0]} to {ends[1]}." if plane.exact else "."
        )
