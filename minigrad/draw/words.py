"""A picture in words, for screen readers, for a machine without Graphviz, and for comparing."""

from .values import counted, shape_text

NO_GRADIENTS = "No backward pass has been recorded here: every ∂ is still –."


def notes(model):
    """What a reader might wonder about, as sentences."""
    if model.summary:
        yield "This graph is too large for a picture; here is what it consists of."
    elif not model.has_gradients and any(each.kind != "input" for each in model.cards):
        yield NO_GRADIENTS
    folded = sum(each.count for each in model.cards if each.count > 1)
    if folded:
        yield f"{folded:,} operations in a row are folded into cards with a double border."


def names_of(model):
    """{key: what to call the card in a sentence}: its name, or what it is."""
    names, unnamed = {}, 0
    for card in model.cards:
        if card.name is None:
            unnamed += 1
        names[card.key] = card.name or f"#{unnamed}"
    return names


def graph_words(model):
    """A line for each card, and below it a line for each contribution it sent back."""
    if model.summary:
        return [f"{counted(model.size)}: {model.summary}"]
    names, lines, into = names_of(model), [], {}
    for edge in model.edges:
        into.setdefault(edge.head, []).append(edge)
    for card in model.cards:
        edges = into.get(card.key, [])
        lines.append(card_words(card, names))
        for edge in edges:
            if edge.sent is not None:
                lines.append(f"    sends back to {names[edge.tail]}: {edge.sent.text}")
    return lines


def card_words(card, names):
    kind = {"leaf": " (leaf)", "output": " (output)", "input": " (no grad)", "middle": ""}[
        card.kind
    ]
    how = "" if card.operation is None else f" = {expression(card, names)}"
    shape = "" if card.shape is None else f", {shape_text(card.shape)}"
    value = "" if card.value is None else f", value {card.value.text}"
    several = card.shape is None  # the outputs have cards of their own
    grad = "" if card.kind == "input" or several else f", ∂ {card.grad.text if card.grad else '–'}"
    return f"{names[card.key]}{how}{kind}{shape}{value}{grad}"


def expression(card, names):
    """How a card was computed: `x + 2`, `y × y`, `mean(z)`, `× 1,000 times`."""
    operands = [each if isinstance(each, str) else names[each] for each in card.operands]
    if not operands:
        return card.badge
    if card.operation.isidentifier() or " dim " in card.operation:
        return f"{card.operation}({', '.join(operands)})"
    if len(operands) == 1:
        after = card.operation.startswith(("**", "["))
        return f"{operands[0]} {card.operation}" if after else f"{card.operation} {operands[0]}"
    return f" {card.operation} ".join(operands)


def backward_words(model):
    """From the output to the leaves: each node, what it saved, and where it sends what."""
    if model.summary:
        return graph_words(model)
    names, lines, into = names_of(model), [], {}
    titles = {card.key: card.title or f"{names[card.key]}.grad" for card in model.cards}
    for edge in model.edges:
        into.setdefault(edge.head, []).append(edge)
    for card in reversed(model.cards):
        if card.kind == "input":
            continue
        if card.operation is None:
            lines.append(f"{titles[card.key]} = {card.grad.text if card.grad else '–'}")
            continue
        made = f" (made {card.name})" if card.name else ""
        times = f" × {card.count:,}" if card.count > 1 else ""
        lines.append(titles[card.key] + times + made)
        for name, value in card.saved:
            lines.append(f"    saved {name} = {value if isinstance(value, str) else value.text}")
        for edge in into.get(card.key, []):
            if edge.tracked:
                sent = "" if edge.sent is None else f": {edge.sent.text}"
                lines.append(f"    sends to {titles[edge.tail]}{sent}")
    return lines


def mermaid(model, backward=False):
    """The picture for JupyterLab's own Mermaid, where no Graphviz can be found."""
    names, lines = names_of(model), ["flowchart LR" if model.scalar else "flowchart TB"]
    for card in model.cards:
        label = backward_label(card, names) if backward else card_words(card, names).split(", ")
        if card.kind != "input" or not backward:
            text = "<br/>".join(label).replace('"', "'")
            lines.append(f'    n{card.key}["{text}"]')
    for edge in model.edges:
        ends = (edge.head, edge.tail) if backward else (edge.tail, edge.head)
        label = "" if edge.sent is None else f'|"{edge.sent.text}"|'
        if edge.tracked or not backward:
            lines.append(f"    n{ends[0]} -->{label} n{ends[1]}")
    if model.summary:
        lines.append(f'    n0["{counted(model.size)}<br/>{model.summary}"]')
    return "\n".join(lines)


def backward_label(card, names):
    """The lines of a card of the backward graph."""
    if card.operation is None:
        return [f"{names[card.key]}.grad", card.grad.text if card.grad else "–"]
    saved = [f"saved {name} = {getattr(value, 'text', value)}" for name, value in card.saved]
    return [card.title, *([f"made {card.name}"] if card.name else []), *saved]
