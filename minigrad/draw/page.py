"""One HTML output for everything that is drawn: an image, its words, and a script that does more.

The image and the words are seen in a notebook that nobody has trusted yet, in a page made of it,
and where scripts are off. Where they run, `picture.js` puts the image into the page itself, so that
it follows the theme, and `player.js` makes a player of a film.
"""

import base64
import json
import re
from functools import cache
from html import escape
from importlib.resources import files

from .theme import STYLE


@cache
def part(name):
    """A file beside this one, without the comments and the space at the beginning of lines."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return re.sub(r"(?m)^\s*//.*\n|\s+// .*$|^\s+|\n(?=\n)", "", text).strip()


def page(svg, alt, words, *, notes=(), summary="The picture in words", steps=None):
    """The output as text. `words` are lines, or for each step of a film a list of sentences.

    `svg` may be None: then there are the words alone. `steps` is what the player has to know.
    """
    image = ""
    if svg is not None:
        data = base64.b64encode(svg.encode()).decode()
        image = f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'
    said = "".join(f"<p>{escape(each, quote=False)}</p>" for each in notes)
    style, script = STYLE if svg else "", part("picture.js")
    if steps is not None:
        style += part("player.css")
        script += f"\nconst steps = {script_data(steps)};\n{part('player.js')}"
    return (
        f'<div class="mg"><style>{part("picture.css")}{style}</style>{image}{said}'
        f"<details><summary>{escape(summary)}</summary>{listed(words)}</details>"
        f"<script>(() => {{{script}}})();</script></div>"
    )


def listed(words):
    """Lines as they are, or a numbered list if there is a list of sentences for each step."""
    if words and isinstance(words[0], list):
        steps = ("<br>".join(escape(each, quote=False) for each in step) for step in words)
        return f'<ol start="0">{"".join(f"<li>{each}</li>" for each in steps)}</ol>'
    return f"<pre>{escape(chr(10).join(words), quote=False)}</pre>"


def script_data(steps):
    """Data as JSON that cannot end the script it stands in."""
    return json.dumps(steps, ensure_ascii=False).replace("<", "\\u003c")
