"""Heat maps: a table of numbers as colours, with the numbers written in where there is room."""

import numpy as np

from .style import DIVERGING, GREY, INK, PALE, SEQUENTIAL, ink_on
from .values import short

WRITTEN = 100  # tables of up to so many numbers have them written in
DECADES = 3  # sizes that differ by more powers of ten than that get a logarithmic scale


def scale_of(table):
    """(the colour map, the norm) for a table: signs get two colours, and 0 the middle.

    Logarithmic where sizes differ by more than three powers of ten. Zeros are left out of it.
    """
    from matplotlib import colors

    sizes = np.abs(table[np.isfinite(table) & (table != 0)])
    largest = sizes.max() if sizes.size else 1.0
    smallest = sizes.min() if sizes.size else 1.0
    signed = bool((table < 0).any())
    wide = largest / smallest > 10.0**DECADES * (1 + 1e-6)
    if signed and wide:
        start = max(smallest, largest * 1e-12)
        norm = colors.SymLogNorm(start, vmin=-largest, vmax=largest, base=10)
    elif signed:
        norm = colors.Normalize(-largest, largest)
    elif wide:
        norm = colors.LogNorm(max(smallest, largest * 1e-12), largest)
    else:
        norm = colors.Normalize(0, largest)
    return DIVERGING if signed else SEQUENTIAL, norm


def draw_table(ax, table, rows, columns):
    """Draw a table with its labels; returns what a colour bar needs. Exact zeros are pale grey."""
    import matplotlib

    name, norm = scale_of(table)
    cmap = matplotlib.colormaps[name]
    shown = np.ma.array(table, mask=~np.isfinite(table) | (table == 0))
    height, width = table.shape
    ax.set_facecolor(PALE)
    small = table.size <= WRITTEN
    edge = {"edgecolors": "white", "linewidth": 1.5} if small else {"rasterized": True}
    image = ax.pcolormesh(shown, cmap=cmap, norm=norm, **edge)
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    label(ax.xaxis, columns)
    label(ax.yaxis, rows)
    ax.xaxis.tick_top()
    for row, column in zip(*np.nonzero(~np.isfinite(table))):
        mark_odd(ax, column, row, short(float(table[row, column])) if small else "")
    if small:
        size = 10 if max(width, height) <= 6 else 8
        for (row, column), number in np.ndenumerate(table):
            if np.isfinite(number):
                color = ink_on(cmap(norm(number))) if number else GREY
                words = short(float(number)) if number else "0"
                ax.text(
                    column + 0.5, row + 0.5, words, ha="center", va="center", color=color, size=size
                )
    return image


def mark_odd(ax, column, row, words):
    """A hatched cell: for what is not a number that a colour can show."""
    from matplotlib.patches import Rectangle

    ax.add_patch(
        Rectangle((column, row), 1, 1, facecolor="white", edgecolor=GREY, hatch="////", linewidth=0)
    )
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    if words:
        ax.text(
            column + 0.5, row + 0.5, words, ha="center", va="center", size=8, color=INK, bbox=box
        )


def label(axis, names, most=12):
    """Names at the middle of rows or columns; of many, every so many."""
    step = -(-len(names) // most) if len(names) > most else 1
    places = range(0, len(names), step)
    axis.set_ticks([place + 0.5 for place in places], [names[place] for place in places])
