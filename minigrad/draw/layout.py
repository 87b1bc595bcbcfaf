"""From a `Model` to a whole picture in Graphviz's language: cards, edges, boxes of modules."""

from . import cards
from .dot import (
    BACKWARD,
    BOX,
    BOX_LINE,
    DARK,
    ERROR,
    FILL,
    FORWARD,
    GREY,
    INK,
    LINE,
    cell,
    new_digraph,
    solid,
    table,
    text,
    tip,
)
from .values import counted
from .words import card_words, edge_words, names_of

WIDE = 130  # letters side by side: a picture wider than that goes from top to bottom
PILL = {"shape": "box", "style": "rounded,filled", "height": "0.4", "width": "0.5"}


def direction(model, look, width):
    """`LR`, from left to right, if that is narrow enough for a notebook; else `TB`, downwards."""
    if look.direction is not None:
        return look.direction
    place, wide, labels = {}, {}, {}
    for edge in model.edges:
        place[edge.head] = max(place.get(edge.head, 0), place.get(edge.tail, 0) + 1)
    for card in model.cards:
        if not card.hidden:
            rank = place.get(card.key, 0)
            wide[rank] = max(wide.get(rank, 0), 4 + width(card))
    for edge in model.edges:
        sent = max(map(len, edge.sent.lines)) if edge.sent and look.gradients else 2
        rank = place[edge.head]
        labels[rank] = max(labels.get(rank, 0), 2 + sent)
    return "LR" if sum(wide.values()) + sum(labels.values()) <= WIDE else "TB"


class Boxes:
    """Where cards are put: into the picture, or into the box of the module they belong to."""

    def __init__(self, digraph, model):
        self.digraph, self.model, self.inside, self.around = digraph, model, {}, None

    def add(self, card, node):
        """Keep a node, a pair of its name and its looks, for the box of a card."""
        self.inside.setdefault(card.scope, []).append(node)

    def draw(self):
        """Put every node into its box, the boxes into each other; a single outermost one is left
        out, since all boxes inside say its name.
        """
        children, scopes = {}, {}
        roots = {scope.path()[0] for scope in self.inside if scope}
        if len(roots) == 1 and any(scope not in roots and scope for scope in self.inside):
            (self.around,) = roots
        for scope in self.inside:
            while scope is not None and scope not in scopes:
                scopes[scope] = len(scopes)
                children.setdefault(scope.parent, []).append(scope)
                scope = scope.parent
        self.fill(self.digraph, None, children, scopes)

    def fill(self, graph, scope, children, scopes):
        """What belongs directly into one box, and the boxes inside (as deep as modules nest)."""
        for key, label, looks in self.inside.get(scope, ()):
            graph.node(key, label, **looks)
        for each in children.get(scope, ()):
            if each is self.around:
                self.fill(graph, each, children, scopes)
                continue
            with graph.subgraph(name=f"cluster_{scopes[each]}") as box:
                name = self.model.paths[each]
                box.attr(
                    label=f"<{text(name, 12, GREY)}>",
                    id=f"b{scopes[each]}",
                    style="rounded,filled",
                    fillcolor=BOX,
                    color=BOX_LINE,
                    labeljust="l",
                    margin="10",
                    tooltip=tip(name),
                )
                self.fill(box, each, children, scopes)


def graph_dot(model, look=None):
    """Forward and backward in one: cards with values and ∂, edges with two strokes.

    Between single numbers an operation is a circle of its own; on arrays, a badge on its result.
    """
    look = look or model.look
    shown = [each for each in model.cards if not each.hidden]
    circles = model.scalar and not any(each.count > 1 for each in shown)
    small = len(shown) > cards.MANY and not circles
    rankdir = direction(model, look, lambda card: cards.graph_width(card, look, small))
    digraph, names = new_digraph(rankdir, len(shown)), names_of(model)
    boxes = Boxes(digraph, model)
    for card in shown:
        key, words = f"n{card.key}", card_words(card, names, look)
        label = cards.card_label(card, not circles, look, small)
        boxes.add(card, (key, label, {"id": key, "tooltip": tip(words), **cards.card_colors(card)}))
        if circles and card.operation is not None:
            pill = {"id": f"o{card.key}", "tooltip": tip(words), "fillcolor": DARK, **PILL}
            pill["color"] = ERROR if card.failed else DARK
            pill["penwidth"] = "3.5" if card.failed else "1.2"
            sign = f"<{text(solid(f' {card.badge} '), 14, '#FFFFFF')}>"
            boxes.add(card, (f"o{card.key}", sign, pill))
            digraph.edge(
                f"o{card.key}",
                key,
                id=f"f{card.key}",
                color=FORWARD,
                penwidth="1.4",
                tooltip=tip(words),
            )
    boxes.draw()
    operations = {card.key for card in shown if circles and card.operation is not None}
    uses = {}
    for edge in model.edges:
        uses[edge.tail] = uses.get(edge.tail, 0) + edge.tracked
    for number, edge in enumerate(model.edges):
        ends = f"n{edge.tail}", f"{'o' if edge.head in operations else 'n'}{edge.head}"
        told = not small or uses[edge.tail] > 1
        digraph.edge(*ends, **edge_look(edge, number, told and look.gradients, names, small))
    return digraph


def edge_look(edge, number, told, names, small=False):
    """The strokes of an edge of `graph`, and what it carries, if that is `told`."""
    looks = {"id": f"e{number}", "tooltip": tip(edge_words(edge, names))}
    if not edge.tracked:
        return {**looks, "color": "#9CA3AF", "penwidth": "0.9"}
    backward = ERROR if edge.failed else BACKWARD
    looks |= {"dir": "both", "arrowtail": "normal", "penwidth": "3" if edge.failed else "1.4"}
    if edge.failed:
        looks |= {"label": " ✗ ", "fontcolor": ERROR}
    elif edge.sent is not None and told:
        looks["label"] = edge_label(edge.sent, small)
    return {**looks, "color": f"{FORWARD}:{backward}"}


def edge_label(value, small=False):
    return "\n".join(f" {line} " for line in cards.lines_of(value, small))


def backward_dot(model, look=None):
    """The graph as PyTorch keeps it: nodes with what they saved, edges the way gradients flow."""
    look = look or model.look
    shown = [each for each in model.cards if each.kind != "input" and not each.hidden]
    digraph = new_digraph(direction(model, look, cards.backward_width), len(shown))
    boxes, names = Boxes(digraph, model), names_of(model)
    heads = {edge.tail for edge in model.edges if edge.tracked}
    for card in shown:
        key, words = f"n{card.key}", card_words(card, names, look)
        looks = {"id": key, "tooltip": tip(words), **cards.backward_colors(card)}
        boxes.add(card, (key, cards.backward_label(card, look), looks))
        if card.kind == "leaf" and look.accumulate_grad:
            pill = {"id": f"a{card.key}", "fillcolor": DARK, "color": DARK, **PILL}
            sign = f"<{text('AccumulateGrad', 12, '#FFFFFF')}>"
            boxes.add(card, (f"a{card.key}", sign, {**pill, "tooltip": tip(f"adds to {words}")}))
            digraph.edge(f"a{card.key}", key, color=BACKWARD, penwidth="1.4", tooltip="+=")
        if card.kind == "output" and card.operation is not None and card.key not in heads:
            seed = "" if card.grad is None else f"∂{card.name or 'out'} = {card.grad.text}"
            label = table([cell(text(f"start {seed}", 12, BACKWARD))])
            green = {"fillcolor": FILL["output"], "color": LINE["output"]}
            digraph.node(f"s{card.key}", label, tooltip=tip(f"start {seed}"), **green)
            digraph.edge(f"s{card.key}", key, color=BACKWARD, penwidth="1.4", tooltip="start")
    boxes.draw()
    for number, edge in enumerate(model.edges):
        if edge.tracked:
            leaf = look.accumulate_grad and model.cards[edge.tail].kind == "leaf"
            ends = f"n{edge.head}", f"{'a' if leaf else 'n'}{edge.tail}"
            looks = edge_look(edge, number, look.gradients, names)
            color = ERROR if edge.failed else BACKWARD
            digraph.edge(*ends, **{**looks, "dir": "forward", "color": color})
    return digraph


def summary_dot(model):
    """One card in place of a graph that is too large to draw."""
    digraph = new_digraph("LR")
    rows = [cell(text(counted(model.size), 14, INK, bold=True))]
    rows += [cell(text(each, 12)) for each in model.summary.split(", ")]
    looks = {"fillcolor": FILL["middle"], "color": LINE["middle"], "peripheries": "2"}
    digraph.node("n0", table(rows), tooltip=counted(model.size), **looks)
    return digraph
