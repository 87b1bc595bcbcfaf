"""Graphviz's language: texts, tables, colours. Blue leaf, green output, orange backward."""

from html import escape

import graphviz

from .values import visible

INK, GREY, FORWARD, BACKWARD, DARK = "#111827", "#555D6B", "#4B5563", "#A84300", "#1F2937"
FILL = {"leaf": "#DCEBF7", "output": "#DDF3EA", "middle": "#FFFFFF", "input": "#F3F4F6"}
LINE = {"leaf": "#0072B2", "output": "#007A5A", "middle": "#6B7280", "input": "#9CA3AF"}
MARK = {"leaf": "◆ ", "output": "★ ", "middle": "", "input": ""}
SANS, MONO = "Helvetica,Arial,sans-serif", "Courier New,DejaVu Sans Mono,monospace"
ERROR, BOX, BOX_LINE = "#8B0000", "#F8FAFC", "#CBD5E1"


def text(content, size=13, color=INK, face=SANS, bold=False):
    """A piece of text in Graphviz's HTML-like labels."""
    content = escape(drawable(content), quote=False)
    content = f"<B>{content}</B>" if bold else content
    return f'<FONT FACE="{face}" POINT-SIZE="{size}" COLOR="{color}">{content}</FONT>'


def drawable(content):
    """A text without what Graphviz and XML give a meaning of its own, as `\\N` and `]]>`."""
    return visible(content).replace("\\", "\N{REVERSE SOLIDUS OPERATOR}").replace("]]>", "]] >")


def tip(content):
    """A text as a tooltip."""
    return graphviz.escape(drawable(content))


def cell(content, attributes='ALIGN="RIGHT"'):
    return f"<TD {attributes}>{content}</TD>"


def table(rows):
    body = "".join(f"<TR>{row}</TR>" for row in rows)
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="1" CELLPADDING="1">{body}</TABLE>>'


def line(content, size=10, color=GREY, more=""):
    """A row of a card that is one line of text."""
    return cell(text(content, size, color), f'ALIGN="LEFT" COLSPAN="2"{more}')


def solid(content):
    """A text in which spaces do not collapse."""
    return content.replace(" ", "\N{NO-BREAK SPACE}")


def new_digraph(rankdir, size=1):
    """An empty picture for `size` cards."""
    digraph = graphviz.Digraph("minigrad")
    if size > 60:  # a hundred branches side by side would take Graphviz ten seconds
        digraph.attr(nslimit="2", nslimit1="2")
    digraph.attr(rankdir=rankdir, bgcolor="white", pad="0.15", nodesep="0.25", ranksep="0.6")
    digraph.attr("node", shape="box", style="rounded,filled", margin="0.08,0.05", penwidth="1.2")
    digraph.attr("edge", fontname=MONO, fontsize="11", fontcolor=BACKWARD, arrowsize="0.7")
    return digraph
