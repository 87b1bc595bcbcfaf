"""Where pictures may be written."""

from pathlib import Path

FORMATS = ("svg", "png", "pdf")
NO_GRAPHVIZ = (
    "no Graphviz was found to draw with. Install it (`apt install graphviz`, `brew install "
    "graphviz`, `conda install graphviz`), or `pip install pygraphviz`."
)


def checked_path(path, overwrite, formats=FORMATS):
    """(the path, its format): ValueError for another ending, FileExistsError if it is taken."""
    path = Path(path)
    format = path.suffix[1:].lower()
    if format not in formats:
        *before, last = (f".{each}" for each in formats)
        raise ValueError(
            f"cannot save as {path.name!r}: the name must end in {', '.join(before)} or {last}."
        )
    if path.exists() and not overwrite:
        raise FileExistsError(f"{path} is there already. To replace it: save(..., overwrite=True).")
    return path, format
