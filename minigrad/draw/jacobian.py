"""`draw.jacobian`: how every number of an output depends on every number of an input."""

import sys

import numpy as np

from ..tensor import Tensor
from ..walking import nodes_below
from .chart import Chart
from .guard import gradients_kept
from .heat import WRITTEN, draw_table
from .naming import Names
from .style import INK, new_figure, style
from .values import counted, shape_text, short

LARGEST = 40_000  # numbers: a table of 200 × 200


def jacobian(f, x, v=None, names=None):
    """Draw the Jacobian J of a function at `x`, a row for each output, a column for each input.

    `f` is a function of a tensor, or its result: `draw.jacobian(y, x)` reads the graph behind `y`,
    a row by a backward pass of its own, and keeps the graph. With `v`, as many numbers as `y`
    has, the picture has `v`, J and the product vᵀJ below it, which is what `y.backward(v)` adds to
    `x.grad`. No `.grad` is changed. Tensors of any shape are flattened; complex ones are refused.

    Names come from the caller's variables; `names={"x": x}` adds or replaces some.

    TypeError for what is neither a function nor a tensor, ValueError for more than 40,000 numbers
    or a `v` of another shape, RuntimeError where `y` has no graph or does not depend on `x`.
    """
    if not isinstance(x, Tensor):
        raise TypeError(f"draw.jacobian expects a tensor x, not {type(x).__name__}.")
    given = Names(sys._getframe(1), names)
    y, x, name = result(f, x, given)
    weights = weights_of(v, y)
    table = rows_of(y, x)
    title = given.of(y)[0]
    rows = labels(title or ("y" if name != "y" else "out"), y.shape)
    columns = labels(name, x.shape)
    with style():
        figure = drawn(table, weights, rows, columns)
    return Chart(
        figure, words(table, weights, rows, columns, (y, x)), "Jacobian" + of(rows, columns)
    )


def of(rows, columns):
    """` of y (3 numbers) with respect to x (2 numbers)`."""
    (y, many), (x, few) = ((names[0].split("[")[0], len(names)) for names in (rows, columns))
    return f" of {y} ({counted(many, 'number')}) with respect to {x} ({counted(few, 'number')})"


def result(f, x, given):
    """(the output, the input it depends on, the input's name)."""
    name = given.of(x)[0] or "x"
    if callable(f) and not isinstance(f, Tensor):
        x = x.detach().clone().requires_grad_()
        y = recorded(f, x)
    else:
        y = f
    if not isinstance(y, Tensor):
        what = "function that returns a tensor" if y is not f else "function or a tensor"
        raise TypeError(f"draw.jacobian expects a {what}, not {type(y).__name__}.")
    if y.numel() * x.numel() > LARGEST:
        raise ValueError(
            f"this Jacobian has {y.numel():,} × {x.numel():,} numbers, and at most {LARGEST:,} can "
            "be drawn. Draw a part: draw.jacobian(y[:10], x), or a smaller input."
        )
    if not y.numel() or not x.numel():
        raise ValueError("this Jacobian is empty: the output or the input has no number.")
    if not y.requires_grad:
        raise RuntimeError(
            "the output has no graph behind it, so nothing can be said of how it depends on "
            "x. Was x made with requires_grad=True, and no .detach() or no_grad() in between?"
        )
    return y, x, name


def recorded(f, x):
    """f(x), recorded also where recording is off."""
    from ..grad_mode import mode  # not there in the first chapter

    before, mode.enabled = mode.enabled, True
    try:
        return f(x)
    finally:
        mode.enabled = before


def weights_of(v, y):
    """`v` as an array of one number for each of y."""
    if v is None:
        return None
    try:
        array = np.asarray(v.detach().numpy() if isinstance(v, Tensor) else v, dtype=float)
    except (TypeError, ValueError):
        raise TypeError(f"v has to be a tensor or numbers, not {type(v).__name__}.") from None
    if array.shape != tuple(y.shape):
        raise ValueError(
            f"v has shape {tuple(array.shape)} and the output {tuple(y.shape)}: v needs one "
            "number for each number of the output."
        )
    return array.reshape(-1)


def rows_of(y, x):
    """The Jacobian as an array: one backward pass for each number of y."""
    from ..autograd.differentiation import grad

    table = np.zeros((y.numel(), x.numel()))
    pick = np.zeros(tuple(y.shape), y.detach().numpy().dtype)
    with gradients_kept(nodes_below([y._node] if y._node else [])):
        for row, place in enumerate(np.ndindex(*pick.shape)):
            pick[place] = 1
            seed = Tensor(pick.copy()).to(y.dtype)
            (found,) = grad([y], [x], [seed], retain_graph=True, allow_unused=True)
            pick[place] = 0
            if found is None:
                raise RuntimeError(
                    "the output does not depend on x: no path of the graph leads from one to the "
                    "other. Is x the very tensor that the output was computed from?"
                )
            table[row] = found.detach().numpy().reshape(-1)
    return table


def labels(name, shape):
    """`y[0]`, `y[1]` …; `y[0,1]` for two dimensions; `y` for a single number."""
    if not len(shape):
        return [name]
    return [f"{name}[{','.join(map(str, place))}]" for place in np.ndindex(*shape)]


def drawn(table, weights, rows, columns):
    """The figure: J alone, or v at its left and vᵀJ below it."""
    height, width = table.shape
    cell = min(0.5, 4.2 / height)
    tall = max(1.0, cell * height)
    wide = min(6.2, max(1.6, 0.85 * width if table.size <= WRITTEN else 6.2 * width / height))
    if weights is None:
        figure = new_figure(max(3.0, wide + 1.2), tall + 0.9)
        ax = figure.subplots()
        image = draw_table(ax, table, rows, columns)
        ax.set_title("J", weight="bold", color=INK)
    else:
        figure = new_figure(wide + 2.9, tall + 2.1)
        image = three(figure, table, weights, rows, columns, (wide, tall))
        ax = figure.axes[1]
    if table.size > WRITTEN:
        figure.colorbar(image, ax=ax, shrink=0.8).outline.set_visible(False)
    return figure


def three(figure, table, weights, rows, columns, size):
    """v, J and the product, where they stand when one multiplies by hand."""
    axes = figure.subplots(2, 2, width_ratios=(0.9, size[0]), height_ratios=(size[1], 0.5))
    draw_table(axes[0, 0], weights[:, None], rows, [""])
    axes[0, 0].set_title("v", weight="bold", color=INK)
    image = draw_table(axes[0, 1], table, [""] * len(rows), columns)
    axes[0, 1].set_title("J", weight="bold", color=INK)
    axes[1, 0].axis("off")
    draw_table(axes[1, 1], (weights @ table)[None], ["vᵀJ"], [""] * len(columns))
    return image


def words(table, weights, rows, columns, ends):
    """The chart in lines of text."""
    shapes = " to ".join(shape_text(tuple(each.shape)) for each in ends[::-1])
    yield f"J, the Jacobian{of(rows, columns)}, from {shapes}."
    if table.size <= WRITTEN:
        for name, row in zip(rows, table):
            yield f"{name}: {numbers(row)}"
    else:
        zeros = np.count_nonzero(table == 0)
        place = np.unravel_index(np.argmax(np.abs(np.nan_to_num(table))), table.shape)
        yield f"{zeros:,} of {table.size:,} numbers are 0."
        yield (
            f"The largest is that of {rows[place[0]]} with respect to {columns[place[1]]}: "
            f"{short(float(table[place]))}."
        )
    if weights is not None and len(weights) <= WRITTEN:
        yield f"v: {numbers(weights)}"
    if weights is not None and len(columns) <= WRITTEN:
        yield f"vᵀJ: {numbers(weights @ table)}"


def numbers(row):
    return " ".join(short(float(number)) for number in row)
