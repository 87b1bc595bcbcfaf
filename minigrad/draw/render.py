"""Graphviz's language to a picture: by the program `dot`, or by the one inside pygraphviz."""

import re
import warnings

import graphviz

FORMATS = ("svg", "png", "pdf")


def by_program(source, format):
    """With the program `dot` of an installed Graphviz."""
    return graphviz.Source(source).pipe(format=format, quiet=True)


def by_wheel(source, format):
    """With the Graphviz that the wheels of pygraphviz carry."""
    import pygraphviz

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pygraphviz.AGraph(string=source).draw(format=format, prog="dot")


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
    """The `<svg>` element alone, without the renderer's version, one unit of it a CSS pixel."""
    svg = re.sub(r"<!--.*?-->\s*", "", svg[svg.index("<svg") :], flags=re.S)
    return re.sub(r'\b(width|height)="([\d.]+)pt"', r'\1="\2px"', svg, count=2)
