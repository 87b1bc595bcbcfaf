"""Graphviz's language to a picture: by the program `dot`, or by the one inside pygraphviz."""

import re
import subprocess
import sys

SECONDS = 60  # a machine that draws for the first time may have to look through its fonts

TOOLTIP = r'<title>[^<]*</title>\s*(<g id="a_[^>]*><a [^>]*:title="([^"]*)"[^>]*>)'
WHEEL = """
import sys, pygraphviz
source = sys.stdin.buffer.read().decode()
picture = pygraphviz.AGraph(string=source).draw(format=sys.argv[1], prog="dot")
sys.stdout.buffer.write(picture)
"""


def by_program(source, format):
    """With the program `dot` of an installed Graphviz."""
    return output_of(["dot", f"-T{format}"], source)


def by_wheel(source, format):
    """With the Graphviz that the wheels of pygraphviz carry."""
    return output_of([sys.executable, "-c", WHEEL, format], source)


def output_of(command, source):
    """What a program makes of the source.

    In a process of its own, C code can neither crash the notebook, nor write into it, nor hang it.
    """
    return subprocess.run(
        command,
        input=source.encode(),
        capture_output=True,
        check=True,
        timeout=SECONDS,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ).stdout


RENDERERS = [by_program, by_wheel]


def render(source, format="svg"):
    """The picture as bytes, from the first renderer that works; None if there is none."""
    for renderer in RENDERERS:
        try:
            picture = renderer(source, format)
        except Exception:  # a missing or broken program must never keep a notebook from running
            continue
        if picture:
            return tidy(picture.decode()).encode() if format == "svg" else picture
    return None


def tidy(svg):
    """The `<svg>` element alone, one unit of it a CSS pixel, on paper with round corners."""
    svg = re.sub(r"<!--.*?-->\s*", "", svg[svg.index("<svg") :], flags=re.S)
    # A tooltip is a link to nowhere, round what it belongs to; its text serves as the title.
    svg = re.sub(TOOLTIP, r"<title>\2</title>\1", svg)
    svg = re.sub(r'<g id="a_[^>]*><a [^>]*>|</a>\s*</g>', "", svg)
    svg = re.sub(r'\b(width|height)="([\d.]+)pt"', r'\1="\2px"', svg, count=2)
    return re.sub(r'<polygon fill="white"[^>]*points="([^"]*)"/>', round_paper, svg, count=1)


def round_paper(polygon):
    """Graphviz's white background as a rectangle with round corners, which suits a dark page."""
    points = [tuple(map(float, each.split(","))) for each in polygon[1].split()]
    (left, right), (top, bottom) = ((min(each), max(each)) for each in zip(*points))
    place = f'x="{left:g}" y="{top:g}" width="{right - left:g}" height="{bottom - top:g}"'
    return f'<rect fill="white" {place} rx="8"/>'
