"""The picture for JupyterLab's own Mermaid, where no Graphviz can be found."""

from .values import counted
from .words import backward_words, card_words, names_of

ODD = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "#96;"}


def mermaid(model, backward=False):
    """A model in Mermaid's language, with a subgraph for the box of each module."""
    if model.summary:
        return f'flowchart TB\n    n0["{counted(model.size)}<br/>{quoted(model.summary)}"]'
    lines = [f"flowchart {model.look.direction or ('LR' if model.scalar else 'TB')}"]
    shown = [each for each in model.cards if not each.hidden]
    shown = [each for each in shown if each.kind != "input" or not backward]
    labels = backward_labels(model) if backward else graph_labels(model)
    path = []
    for card in sorted(shown, key=lambda each: box_order(model, each)):
        wanted = card.scope.path() if card.scope else []
        while path != wanted[: len(path)]:
            lines.append("    " * len(path) + "end")
            path.pop()
        for scope in wanted[len(path) :]:
            path.append(scope)
            number = list(model.paths).index(scope)
            lines.append("    " * len(path) + f'subgraph b{number}["{quoted(model.paths[scope])}"]')
        lines.append("    " * (len(path) + 1) + f'n{card.key}["{labels[card.key]}"]')
    lines += ["    " * depth + "end" for depth in range(len(path), 0, -1)]
    for edge in model.edges:
        ends = (edge.head, edge.tail) if backward else (edge.tail, edge.head)
        sent = "✗" if edge.failed else "" if edge.sent is None else quoted(edge.sent.text)
        label = f'|"{sent}"|' if sent and model.look.gradients else ""
        if edge.tracked or not backward:
            lines.append(f"    n{ends[0]} -->{label} n{ends[1]}")
    failed = [f"n{card.key}" for card in shown if card.failed]
    if failed:
        lines.append(f"    style {','.join(failed)} stroke:#8B0000,stroke-width:4px")
    return "\n".join(lines)


def box_order(model, card):
    """Cards of one box behind each other: by the places of the boxes they are in."""
    order = list(model.paths)
    return [order.index(scope) for scope in (card.scope.path() if card.scope else [])], card.key


def quoted(text):
    """A text that may stand between quotation marks in Mermaid."""
    return "".join(ODD.get(each, each) for each in " ".join(text.split()))


def graph_labels(model):
    names = names_of(model)
    return {
        card.key: "<br/>".join(map(quoted, card_words(card, names, model.look).split(", ")))
        for card in model.cards
    }


def backward_labels(model):
    """The lines of each card of the backward graph: those of the words, without what is sent."""
    labels, found = {}, []
    for line in backward_words(model):
        if not line.startswith(" "):
            found.append([])
        if not line.startswith("    sends to"):
            found[-1].append(quoted(line))
    cards = [each for each in reversed(model.cards) if each.kind != "input" and not each.hidden]
    for card, lines in zip(cards, found, strict=True):
        labels[card.key] = "<br/>".join(lines)
    return labels
