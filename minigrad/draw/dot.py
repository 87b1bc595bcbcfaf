"""From a `Model` to Graphviz's language. Colours: blue leaf, green output, orange backward."""

from html import escape

import graphviz

from .values import counted, shape_text

INK, GREY, FORWARD, BACKWARD, DARK = "#111827", "#6B7280", "#4B5563", "#B84A00", "#1F2937"
FILL = {"leaf": "#DCEBF7", "output": "#DDF3EA", "middle": "#FFFFFF", "input": "#F3F4F6"}
LINE = {"leaf": "#0072B2", "output": "#007A5A", "middle": "#6B7280", "input": "#9CA3AF"}
MARK = {"leaf": "◆ ", "output": "★ ", "middle": "", "input": ""}
SANS, MONO = "Helvetica,Arial,sans-serif", "Courier New,DejaVu Sans Mono,monospace"
WIDE = 130  # letters side by side: a picture wider than that goes from top to bottom


def text(content, size=13, color=INK, face=SANS, bold=False):
    """A piece of text in Graphviz's HTML-like labels."""
    content = escape(content, quote=False)
    content = f"<B>{content}</B>" if bold else content
    return f'<FONT FACE="{face}" POINT-SIZE="{size}" COLOR="{color}">{content}</FONT>'


def cell(content, attributes='ALIGN="RIGHT"'):
    return f"<TD {attributes}>{content}</TD>"


def table(rows):
    body = "".join(f"<TR>{row}</TR>" for row in rows)
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="1" CELLPADDING="1">{body}</TABLE>>'


def numbers(value, color, before=""):
    """The rows of a card that show an array; `before` stands in front of the first."""
    for position, line in enumerate(value.lines):
        # Spaces that do not collapse keep the columns below each other.
        line = (before if position == 0 else " " * len(before)) + line
        shown = text(line.replace(" ", "\N{NO-BREAK SPACE}"), 12, color, MONO)
        yield cell(shown, 'ALIGN="RIGHT" COLSPAN="2"')


def new_digraph(rankdir, size=1):
    """An empty picture for `size` cards."""
    digraph = graphviz.Digraph("minigrad")
    if size > 60:  # a hundred branches side by side would take Graphviz ten seconds
        digraph.attr(nslimit="2", nslimit1="2")
    digraph.attr(rankdir=rankdir, bgcolor="white", pad="0.15", nodesep="0.25", ranksep="0.6")
    digraph.attr("node", shape="box", style="rounded,filled", margin="0.08,0.05", penwidth="1.2")
    digraph.attr("edge", fontname=MONO, fontsize="11", fontcolor=BACKWARD, arrowsize="0.7")
    return digraph


def graph_width(card):
    """About how many letters a card of `graph` is wide."""
    head = len(card.name or "") + len(shape_text(card.shape or ())) + 4
    return max(
        [head, *(len(line) + 2 for each in (card.value, card.grad) if each for line in each.lines)]
    )


def backward_width(card):
    """About how many letters a card of `backward_graph` is wide."""
    saved = [len(f"saved {name} = {getattr(value, 'text', value)}") for name, value in card.saved]
    return max([len(card.title or "x.grad") + 2, *saved])


def direction(model, card_width):
    """`LR`, from left to right, if that is narrow enough for a notebook; else `TB`, downwards."""
    place = {}
    for edge in model.edges:
        place[edge.head] = max(place.get(edge.head, 0), place.get(edge.tail, 0) + 1)
    cards, labels = {}, {}
    for card in model.cards:
        rank = place.get(card.key, 0)
        cards[rank] = max(cards.get(rank, 0), 4 + card_width(card))
    for edge in model.edges:
        sent = max(map(len, edge.sent.lines)) if edge.sent else 2
        rank = place[edge.head]
        labels[rank] = max(labels.get(rank, 0), 2 + sent)
    return "LR" if sum(cards.values()) + sum(labels.values()) <= WIDE else "TB"


def graph_dot(model):
    """Forward and backward in one: cards with values and ∂, edges with two strokes.

    Between single numbers an operation is a circle of its own; on arrays, a badge on its result.
    """
    digraph = new_digraph(direction(model, graph_width), len(model.cards))
    circles = model.scalar and not any(each.count > 1 for each in model.cards)
    for card in model.cards:
        key = f"n{card.key}"
        digraph.node(key, card_label(card, not circles), id=key, **card_colors(card))
        if circles and card.operation is not None:
            label = text(f" {card.badge} ".replace(" ", "\N{NO-BREAK SPACE}"), 14, "#FFFFFF")
            look = {"shape": "box", "style": "rounded,filled", "height": "0.4", "width": "0.5"}
            circle = f"o{card.key}"
            digraph.node(circle, f"<{label}>", id=circle, fillcolor=DARK, color=DARK, **look)
            digraph.edge(circle, key, id=f"f{card.key}", color=FORWARD, penwidth="1.4")
    operations = {card.key for card in model.cards if circles and card.operation is not None}
    for number, edge in enumerate(model.edges):
        ends = f"n{edge.tail}", f"{'o' if edge.head in operations else 'n'}{edge.head}"
        key = f"e{number}"
        if not edge.tracked:
            digraph.edge(*ends, id=key, color="#9CA3AF", penwidth="0.9")
            continue
        label = "" if edge.sent is None else edge_label(edge.sent)
        strokes = f"{FORWARD}:{BACKWARD}"
        digraph.edge(
            *ends, label, id=key, dir="both", arrowtail="normal", color=strokes, penwidth="1.4"
        )
    return digraph


def edge_label(value):
    return "\n".join(f" {line} " for line in value.lines)


def card_colors(card):
    colors = {"fillcolor": FILL[card.kind], "color": LINE[card.kind]}
    if card.kind in ("leaf", "output"):
        colors["penwidth"] = "2"
    if card.count > 1:
        colors["peripheries"] = "2"
    return colors


def card_label(card, badge):
    """The operation as a dark badge (if wanted), name, shape, value, gradient."""
    rows = []
    if badge and card.operation is not None:
        shown = text(
            f" {card.badge} ".replace(" ", "\N{NO-BREAK SPACE}"), 13, "#FFFFFF", SANS, bold=True
        )
        rows.append(cell(shown, f'BGCOLOR="{DARK}" COLSPAN="2" ALIGN="CENTER" CELLPADDING="3"'))
    name = MARK[card.kind] + (card.name or "")
    shape = "" if card.shape is None else shape_text(card.shape)
    left = cell(text(name, 14, INK, SANS, bold=True) if name else text(" "), 'ALIGN="LEFT"')
    if name or shape:
        rows.append(left + cell(text(f"  {shape}", 10, GREY)))
    if card.value is not None:
        rows += numbers(card.value, INK)
    if card.kind == "input":
        rows.append(cell(text("no grad", 10, GREY), 'ALIGN="RIGHT" COLSPAN="2"'))
    elif card.grad is not None:
        rows += numbers(card.grad, BACKWARD, "∂ ")
    elif card.shape is not None:  # else its several outputs have cards of their own
        rows.append(cell(text("∂ –", 12, BACKWARD, MONO), 'ALIGN="RIGHT" COLSPAN="2"'))
    return table(rows)


def backward_dot(model):
    """The graph as PyTorch keeps it: nodes with what they saved, edges the way gradients flow."""
    digraph = new_digraph(direction(model, backward_width), len(model.cards))
    heads = {edge.tail for edge in model.edges if edge.tracked}
    for card in model.cards:
        if card.kind == "input":
            continue
        digraph.node(f"n{card.key}", backward_label(card), **backward_colors(card))
        if card.kind == "output" and card.operation is not None and card.key not in heads:
            seed = "" if card.grad is None else f"∂{card.name or 'out'} = {card.grad.text}"
            label = table([cell(text(f"start {seed}", 12, BACKWARD))])
            digraph.node(f"s{card.key}", label, fillcolor=FILL["output"], color=LINE["output"])
            digraph.edge(f"s{card.key}", f"n{card.key}", color=BACKWARD, penwidth="1.4")
    for edge in model.edges:
        if edge.tracked:
            label = "" if edge.sent is None else edge_label(edge.sent)
            ends = f"n{edge.head}", f"n{edge.tail}"
            digraph.edge(*ends, label=label, color=BACKWARD, penwidth="1.4")
    return digraph


def backward_colors(card):
    colors = card_colors(card)
    if card.kind != "leaf":
        colors.update(fillcolor="#FFFFFF", color=DARK, penwidth="1.2")
    return colors


def backward_label(card):
    """A node with its saved values, or the end of the line at a leaf."""
    if card.operation is None:
        rows = [
            cell(text(f"◆ {card.name or 'leaf'}.grad", 13, INK, SANS, bold=True), 'ALIGN="LEFT"')
        ]
        value = [cell(text("–", 12, BACKWARD, MONO))] if card.grad is None else []
        return table(rows + (value or list(numbers(card.grad, BACKWARD))))
    count = f" × {card.count:,}" if card.count > 1 else ""
    rows = [cell(text((card.title or "") + count, 13, INK, SANS, bold=True), 'ALIGN="LEFT"')]
    if card.name:
        rows.append(cell(text(f"made {card.name}", 10, GREY), 'ALIGN="LEFT"'))
    for name, value in card.saved:
        shown = value if isinstance(value, str) else value.text
        content = text(f"saved {name} = {shown}", 11, "#7A4F01")
        rows.append(cell(content, 'ALIGN="LEFT" BGCOLOR="#FFF3D6"'))
    return table(rows)


def summary_dot(model):
    """One card in place of a graph that is too large to draw."""
    digraph = new_digraph("LR")
    rows = [cell(text(counted(model.size), 14, INK, SANS, bold=True))]
    rows += [cell(text(each, 12)) for each in model.summary.split(", ")]
    digraph.node("n0", table(rows), fillcolor=FILL["middle"], color=LINE["middle"], peripheries="2")
    return digraph
