"""What `draw.jacobian`, `draw.landscape` and `draw.gradients` return: a figure with its words."""

import base64
import io
from functools import cached_property
from html import escape

from .saving import checked_path
from .style import style

LARGEST = 150_000  # bytes of an SVG in a notebook; what is larger goes in as a PNG
NO_DATE = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}


class Chart:
    """A chart made with matplotlib. In a notebook it shows itself; `print` gives it in words.

    `figure` is the `matplotlib.figure.Figure`, to add to; `words` the same content as lines of
    text; `save("chart.svg")` writes it to a file.
    """

    def __init__(self, figure, words, title):
        self.figure, self.words, self.title = figure, list(words), title

    def __repr__(self):
        return "\n".join(self.words)

    def drawn(self, format):
        """The bytes of an SVG, PNG or PDF: the same on every run."""
        buffer = io.BytesIO()
        with style():
            self.figure.savefig(
                buffer, format=format, metadata=NO_DATE[format], dpi=160, facecolor="none"
            )
        return buffer.getvalue()

    @cached_property
    def svg(self):
        """The chart as the text of an SVG."""
        text = self.drawn("svg").decode()
        return text[text.index("<svg") :]

    def _repr_mimebundle_(self, include=None, exclude=None):
        """One output that a notebook shows even before it is trusted: an image, and its words."""
        return {"text/html": self.html(), "text/plain": repr(self)}

    def html(self):
        """The image with its description, and the words folded away below it."""
        kind, image = "svg+xml", self.svg.encode()
        if len(image) > LARGEST:
            kind, image = "png", self.drawn("png")
        width = round(self.figure.get_figwidth() * 100)
        image = base64.b64encode(image).decode()
        words = escape("\n".join(self.words), quote=False)
        return (
            f'<img alt="{escape(self.title)}. The same in words below." width="{width}" '
            f'src="data:image/{kind};base64,{image}">'
            f"<details><summary>The chart in words</summary><pre>{words}</pre></details>"
        )

    def save(self, path, overwrite=False):
        """Write the chart to a file ending in .svg, .png or .pdf; return its path.

        ValueError for another ending, FileExistsError if the file is there and `overwrite` is not
        set.
        """
        path, format = checked_path(path, overwrite)
        path.write_bytes(self.drawn(format))
        return path
