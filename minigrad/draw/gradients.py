"""`draw.gradients`: how large the gradients of a network's layers are, now or over a training."""

import math

from .chart import Chart
from .style import GREY, INK, LEAF, SEQUENTIAL, new_figure, style

LEAST = 1e-12  # a smaller gradient is drawn like this one


class GradientFlow:
    """Notes how large the gradients of a model's parameters are: `note()` after each backward pass.

    `sizes` has for each name a list of norms (the root of the sum of squares): None where there was
    no gradient. `biases` are left out unless asked for. Nothing of the model is changed or kept.

    TypeError for what has no `named_parameters`, ValueError for a model without parameters.
    """

    def __init__(self, model, biases=False):
        if not callable(getattr(model, "named_parameters", None)):
            raise TypeError(
                f"GradientFlow expects a module with parameters, not {type(model).__name__}."
            )
        self.model = model
        self.names = [
            name for name, each in model.named_parameters() if biases or each.dim() > 1
        ] or [name for name, _ in model.named_parameters()]
        if not self.names:
            raise ValueError("this model has no parameters, so no gradients to look at.")
        self.sizes = {name: [] for name in self.names}

    def note(self):
        """Note the size of each gradient as it is now; returns the flow itself."""
        found = dict(self.model.named_parameters())
        for name, sizes in self.sizes.items():
            if name not in found:
                raise KeyError(
                    f"the model has no parameter {name!r} any more. Make a new GradientFlow after "
                    "changing its layers."
                )
            grad = found[name].grad
            sizes.append(None if grad is None else size_of(grad))
        return self


def size_of(grad):
    """The norm of a gradient: the root of the sum of the squares of its numbers."""
    return math.sqrt((grad.detach().double() ** 2).sum().item())


def gradients(flow, numbers=True):
    """Draw the size of the gradient of each layer, as a power of ten.

    `flow` is a model (then its gradients of this moment are drawn as bars), a `GradientFlow` (a row
    for each layer, a column for each step), or {title: flow} to compare some on one scale. What is
    exactly 0, infinite, nan or missing is hatched and named. `numbers=False` leaves sizes out of
    the words: they can differ a little between machines.

    TypeError for anything else, ValueError for a flow that has noted nothing.
    """
    flows = flow if isinstance(flow, dict) else {"": flow}
    flows = {
        title: each if isinstance(each, GradientFlow) else GradientFlow(each).note()
        for title, each in flows.items()
    }
    if not flows:
        raise ValueError("there is no flow to draw: draw.gradients({'name': flow}).")
    if not all(each.sizes[each.names[0]] for each in flows.values()):
        raise ValueError("this GradientFlow is empty: call note() after each backward pass.")
    steps = max(len(each.sizes[each.names[0]]) for each in flows.values())
    with style():
        figure = bars(flows) if steps == 1 else maps(flows)
    title = "The size of gradients, layer by layer" + (f", over {steps} steps" * (steps > 1))
    return Chart(figure, words(flows, numbers), title)


def power(size):
    """The power of ten of a size; nan for what has none."""
    if size is None or not math.isfinite(size) or size == 0:
        return math.nan
    return math.log10(max(size, LEAST))


def oddity(size):
    """What is special about a size, in a word; empty if nothing is."""
    if size is None:
        return "no gradient"
    if size == 0:
        return "0"
    return "" if math.isfinite(size) else "inf" if size > 0 and not math.isnan(size) else "nan"


def limits(flows):
    """The least and the greatest power of ten of all flows, as whole numbers."""
    found = [
        power(size) for flow in flows.values() for sizes in flow.sizes.values() for size in sizes
    ]
    found = [each for each in found if not math.isnan(each)] or [0.0]
    return math.floor(min(found)), max(math.ceil(max(found)), math.floor(min(found)) + 1)


def bars(flows):
    """One bar for each layer, from the first at the top."""
    least, greatest = limits(flows)
    most = max(len(each.names) for each in flows.values())
    figure = new_figure(height=1.1 + 0.32 * most)
    axes = figure.subplots(1, len(flows), squeeze=False)[0]
    for ax, (title, flow) in zip(axes, flows.items()):
        for row, name in enumerate(flow.names):
            size = flow.sizes[name][-1]
            odd = oddity(size)
            width = greatest - least if odd else max(power(size) - least, 0.02)
            look = (
                {"color": "white", "edgecolor": GREY, "hatch": "////"} if odd else {"color": LEAF}
            )
            ax.barh(row, width, left=least, **look)
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
            if odd:
                ax.text(least + width / 2, row, odd, ha="center", va="center", size=9, bbox=box)
        ax.set_yticks(range(len(flow.names)), flow.names)
        ax.invert_yaxis()
        ax.set(title=title, xlabel="size of the gradient", xlim=(least, greatest))
        powers(ax.xaxis, least, greatest)
    return figure


def maps(flows):
    """Layers from top to bottom, steps from left to right, sizes as colours."""
    import numpy as np

    least, greatest = limits(flows)
    most = max(len(each.names) for each in flows.values())
    figure = new_figure(height=1.5 + 0.22 * max(most, 5))
    axes = figure.subplots(1, len(flows), squeeze=False)[0]
    for ax, (title, flow) in zip(axes, flows.items()):
        table = np.array([[power(size) for size in flow.sizes[name]] for name in flow.names])
        look = {"cmap": SEQUENTIAL, "vmin": least, "vmax": greatest}
        image = ax.imshow(np.ma.masked_invalid(table), aspect="auto", **look)
        ax.set_facecolor("white")
        for row, name in enumerate(flow.names):
            mark(ax, row, [oddity(size) for size in flow.sizes[name]])
        ax.set_yticks(range(len(flow.names)), flow.names)
        ax.set(title=title, xlabel="step")
        ax.spines[:].set_visible(False)
    bar = figure.colorbar(image, ax=list(axes), label="size of the gradient")
    bar.outline.set_visible(False)
    powers(bar.ax.yaxis, least, greatest)
    return figure


def mark(ax, row, odd):
    """Hatch the steps of a layer at which there is something special, and name it."""
    start = 0
    while start < len(odd):
        end = start
        while end < len(odd) and odd[end] == odd[start]:
            end += 1
        if odd[start]:
            look = {"facecolor": "white", "edgecolor": GREY, "hatch": "////", "linewidth": 0}
            ax.barh(row, end - start, left=start - 0.5, height=1, **look)
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
            middle = (start + end - 1) / 2
            ax.text(middle, row, odd[start], ha="center", va="center", size=8, color=INK, bbox=box)
        start = end


def powers(axis, least, greatest):
    """Ticks at whole powers of ten."""
    step = max(1, -(-(greatest - least) // 6))
    ticks = list(range(least, greatest + 1, step))
    axis.set_ticks(ticks, [f"$10^{{{each}}}$" for each in ticks])


def words(flows, numbers):
    """The chart in lines: for each layer its size at first and at the end, or only the order."""
    for title, flow in flows.items():
        before = f"{title}: " if title else ""
        for name in flow.names:
            sizes = flow.sizes[name]
            found = sorted({each for each in map(oddity, sizes) if each})
            if found:
                often = sum(bool(oddity(each)) for each in sizes)
                yield f"{before}{name}: {', '.join(found)} at {often} of {len(sizes)} steps."
            elif numbers:
                ends = sizes[:1] if len(sizes) == 1 else [sizes[0], sizes[-1]]
                yield f"{before}{name}: {' at first, '.join(f'{each:.1e}' for each in ends)}" + (
                    " at the end." if len(ends) == 2 else "."
                )
        means = {name: mean_power(flow.sizes[name]) for name in flow.names}
        known = {name: each for name, each in means.items() if not math.isnan(each)}
        if len(known) > 1:
            low, high = min(known, key=known.get), max(known, key=known.get)
            yield f"{before}smallest at {low}, largest at {high}."


def mean_power(sizes):
    found = [each for each in map(power, sizes) if not math.isnan(each)]
    return sum(found) / len(found) if found else math.nan
