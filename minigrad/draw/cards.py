"""What stands on the cards of a picture, how wide they are, and how they look."""

from .dot import (
    BACKWARD,
    DARK,
    ERROR,
    FILL,
    GREY,
    INK,
    LINE,
    MARK,
    MONO,
    SANS,
    cell,
    line,
    solid,
    table,
    text,
)
from .values import counted, shape_text

MANY = 8  # cards: in a larger picture numbers have three digits


def lines_of(value, small):
    """The numbers of a value as lines, with three digits if the picture is large."""
    return value.compact if small else value.lines


def numbers(value, color, before="", small=False):
    """The rows of a card that show an array; `before` stands in front of the first."""
    for position, each in enumerate(lines_of(value, small)):
        # Spaces that do not collapse keep the columns below each other.
        each = (before if position == 0 else " " * len(before)) + each
        shown = text(solid(each), 12, color, MONO)
        yield cell(shown, 'ALIGN="RIGHT" COLSPAN="2"')


def name_on(card):
    """The name that stands on a card: the short one inside the box of its module."""
    name = card.label or card.name or ""
    return MARK[card.kind] + (name if len(name) <= 40 else name[:39] + "…")


def inside(card):
    """What a card says of the many operations it stands for."""
    words = [counted(card.count)] if card.count > 1 else []
    return ", ".join(words + ([counted(card.tensors, "tensor")] if card.tensors else []))


def card_label(card, badge, look, small=False):
    """The operation as a dark badge (if wanted), name, shape, value, gradient, remarks."""
    rows = []
    if badge and card.operation is not None:
        shown = text(solid(f" {card.badge} "), 13, "#FFFFFF", SANS, bold=True)
        rows.append(cell(shown, f'BGCOLOR="{DARK}" COLSPAN="2" ALIGN="CENTER" CELLPADDING="3"'))
    name = name_on(card)
    shape = "" if card.shape is None or not look.shapes else shape_text(card.shape)
    left = cell(text(name, 14, INK, SANS, bold=True) if name else text(" "), 'ALIGN="LEFT"')
    if name or shape:
        rows.append(left + cell(text(f"  {shape}" if shape else " ", 10, GREY)))
    if inside(card):
        rows.append(line(inside(card)))
    if card.value is not None and look.values:
        rows += numbers(card.value, INK, small=small)
    if card.kind == "input":
        rows.append(cell(text("no grad", 10, GREY), 'ALIGN="RIGHT" COLSPAN="2"'))
    elif look.gradients and card.grad is not None:
        rows += numbers(card.grad, BACKWARD, "∂ ", small)
    elif look.gradients and card.shape is not None:  # else its outputs have cards of their own
        rows.append(cell(text("∂ –", 12, BACKWARD, MONO), 'ALIGN="RIGHT" COLSPAN="2"'))
    if look.saved:
        rows += saved(card)
    if look.accumulate_grad and card.kind == "leaf":
        rows.append(line("AccumulateGrad"))
    return table([*rows, *remarks(card)] or [cell(text(" "))])


def saved(card):
    """Rows with what a node has saved."""
    for name, value in card.saved:
        content = text(f"saved {name} = {getattr(value, 'text', value)}", 11, "#7A4F01")
        yield cell(content, 'ALIGN="LEFT" COLSPAN="2" BGCOLOR="#FFF3D6"')


def remarks(card):
    """Rows about views, versions and hooks, and about what went wrong."""
    for each in card.notes:
        yield line(each)
    if card.failed:
        yield line("✗ failed here", 12, ERROR)
        for each in broken(card.failed):
            yield line(each, 10, ERROR)


def broken(sentence, width=38):
    """A sentence in lines that are not longer than a card should be wide."""
    lines = [""]
    for word in sentence.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def graph_width(card, look, small):
    """About how many letters a card of `graph` is wide."""
    head = len(name_on(card)) + (len(shape_text(card.shape or ())) + 4 if look.shapes else 2)
    shown = [card.value] * look.values + [card.grad] * look.gradients
    rows = [len(row) + 2 for each in shown if each for row in lines_of(each, small)]
    return max([head, len(card.badge) if card.operation else 0, *rows])


def card_colors(card):
    """Fill, line, and how the line is drawn: a view's is dashed, a failed node's is thick."""
    colors = {"fillcolor": FILL[card.kind], "color": LINE[card.kind]}
    if card.kind in ("leaf", "output"):
        colors["penwidth"] = "2"
    if card.times > 1:
        colors["peripheries"] = "2"
    if any(each.startswith(("view of", "a view")) for each in card.notes):
        colors["style"] = "rounded,filled,dashed"
    if card.failed:
        colors.update(color=ERROR, penwidth="3.5")
    return colors


def backward_width(card):
    """About how many letters a card of `backward_graph` is wide."""
    saved = [len(f"saved {name} = {getattr(value, 'text', value)}") for name, value in card.saved]
    return max([len(card.title or "x.grad") + 2, *saved])


def backward_colors(card):
    colors = card_colors(card)
    if card.kind != "leaf" and not card.failed:
        colors.update(fillcolor="#FFFFFF", color=DARK, penwidth="1.2")
    return colors


def backward_label(card, look):
    """A node with its saved values, or the end of the line at a leaf."""
    if card.operation is None:
        name = card.label or card.name or "leaf"
        rows = [cell(text(f"◆ {name}.grad", 13, INK, SANS, bold=True), 'ALIGN="LEFT"')]
        if look.gradients and card.grad is None:
            rows.append(cell(text("–", 12, BACKWARD, MONO)))
        elif look.gradients:
            rows += numbers(card.grad, BACKWARD)
        return table([*rows, *remarks(card)])
    times = f" × {card.times:,}" if card.times > 1 else ""
    rows = [cell(text((card.title or "") + times, 13, INK, SANS, bold=True), 'ALIGN="LEFT"')]
    if card.name:
        rows.append(line(f"made {card.name}"))
    if inside(card):
        rows.append(line(inside(card)))
    if look.saved is not False:
        rows += saved(card)
    return table([*rows, *remarks(card)])
