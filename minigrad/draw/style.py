"""One look for all charts: it fits a notebook's width and the colours of the graphs."""

from contextlib import contextmanager

from .dot import BACKWARD, GREY, INK, LINE

PALE = "#EEF0F3"
LEAF, OUTPUT, GRADIENT = LINE["leaf"], LINE["output"], BACKWARD
LINES = (LEAF, GRADIENT, OUTPUT, "#7B3294", GREY, "#00828F")  # told apart by the colour-blind
SEQUENTIAL, DIVERGING = "cividis", "PuOr"
WIDTH = 8.5  # inches, the width of a notebook's output

SETTINGS = {
    "figure.figsize": (WIDTH, 3.2),
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "figure.constrained_layout.use": True,
    "savefig.facecolor": "auto",
    "savefig.bbox": None,
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same letters everywhere
    "font.size": 10,
    "axes.facecolor": "white",
    "axes.titlesize": 11,
    "axes.labelsize": 10,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK,
    "text.usetex": False,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "lines.linewidth": 2,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "image.cmap": SEQUENTIAL,
    "hatch.linewidth": 0.8,
    "hatch.color": GREY,
    "svg.hashsalt": "minigrad",  # else the names inside an SVG are new on every run
    "svg.fonttype": "path",
}


def matplotlib():
    """The library that draws charts; ImportError with a way out where it is missing."""
    try:
        import matplotlib
    except ImportError as error:
        raise ImportError(
            "charts are drawn with matplotlib, which is not installed: `pip install matplotlib`. "
            "Graphs (draw.graph) need Graphviz alone."
        ) from error
    return matplotlib


@contextmanager
def style():
    """Give figures made inside a `with` block the look of the course; afterwards all is as before.

        with draw.style():
            fig, ax = plt.subplots()

    ImportError where matplotlib is missing.
    """
    library = matplotlib()
    with library.rc_context():
        library.rcParams.update(settings(library))
        yield


def settings(library):
    """Matplotlib's defaults with ours on top, without what belongs to the user's program."""
    kept = ("backend", "interactive", "toolbar", "webagg", "datapath", "tk.", "savefig.directory")
    plain = {
        key: value
        for key, value in library.rcParamsDefault.items()
        if not key.startswith(kept) and not key.startswith("_")
    }
    cycle = {"axes.prop_cycle": library.cycler(color=LINES)}
    return {**plain, **SETTINGS, **cycle}


def paper(figure):
    """Lay a figure on white paper with round corners, so that it reads on a dark page as well."""
    from matplotlib.patches import FancyBboxPatch

    width, height = figure.get_size_inches()
    figure.patch.set_visible(False)
    sheet = FancyBboxPatch(
        (0, 0),
        1,
        1,
        boxstyle=f"round,pad=0,rounding_size={0.1 / width}",
        mutation_aspect=width / height,
        transform=figure.transFigure,
        facecolor="white",
        edgecolor="none",
        zorder=-10,
    )
    sheet.set_in_layout(False)
    figure.add_artist(sheet)


def new_figure(width=WIDTH, height=3.2):
    """An empty figure on paper, known to nobody but its owner (pyplot never sees it)."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    paper(figure)
    return figure


def ink_on(color):
    """Black or white: what is read better on a colour."""
    red, green, blue = color[:3]
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.45 else "white"
