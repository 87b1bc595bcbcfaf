"""Graphviz's language to a picture: by the program `dot`, or by the one inside pygraphviz."""

import os
import re
import warnings
from contextlib import contextmanager

import graphviz

FORMATS = ("svg", "png", "pdf")


def by_program(source, format):
    """With the program `dot` of an installed Graphviz."""
    return graphviz.Source(source).pipe(format=format, quiet=True)


def by_wheel(source, format):
    """With the Graphviz that the wheels of pygraphviz carry."""
    import pygraphviz

    with warnings.catch_warnings(), silence():
        warnings.simplefilter("ignore")
        return pygraphviz.AGraph(string=source).draw(format=format, prog="dot")


@contextmanager
def silence():
    """Nothing that C code prints as an error reaches the notebook (fontconfig likes to warn)."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


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
