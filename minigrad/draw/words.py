"""A picture in words, for screen readers, for a machine without Graphviz, and for comparing."""

from .values import counted, shape_text

NO_GRADIENTS = "No backward pass has been recorded here: every ∂ is still –."


def notes(model):
    """What a reader might wonder about, as sentences."""
    if model.summary:
        yield "This graph is too large for a picture; here is what it consists of."
    elif model.look.gradients and not model.has_gradients and model.tracked:
        yield NO_GRADIENTS
    folded = sum(each.count for each in model.cards if each.times > 1 and not each.hidden)
    if folded:
        yield f"{folded:,} operations in a row are folded into cards with a double border."
    for card in model.cards:
        if card.failed:
            what = card.title if card.name is None else f"{card.title} (made {card.name})"
            yield f"✗ The backward pass failed at {what}. {card.failed}"


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
        if card.hidden:
            continue
        lines.append(card_words(card, names, model.look))
        for edge in into.get(card.key, []):
            if edge.failed:
                lines.append(f"    ✗ failed on the way to {names[edge.tail]}")
            elif edge.sent is not None and model.look.gradients:
                lines.append(f"    sends back to {names[edge.tail]}: {edge.sent.text}")
    return lines


KINDS = {"leaf": " (leaf)", "output": " (output)", "input": " (no grad)", "middle": ""}


def card_words(card, names, look):
    """All that a card shows, in one line."""
    parts = [names[card.key]]
    parts[0] += "" if card.operation is None else f" = {expression(card, names)}"
    parts[0] += KINDS[card.kind]
    if card.tensors:
        parts.append(f"with {counted(card.tensors, 'tensor')} inside")
    if card.shape is not None and look.shapes:
        parts.append(shape_text(card.shape))
    if card.value is not None and look.values:
        parts.append(f"value {card.value.text}")
    # Where there are several outputs, these have cards of their own.
    if card.kind != "input" and card.shape is not None and look.gradients:
        parts.append(f"∂ {card.grad.text if card.grad else '–'}")
    if look.saved:
        parts += [f"saved {name} = {getattr(each, 'text', each)}" for name, each in card.saved]
    if look.accumulate_grad and card.kind == "leaf":
        parts.append("AccumulateGrad")
    parts += card.notes
    return ", ".join(parts) + (f", ✗ failed here: {card.failed}" if card.failed else "")


def edge_words(edge, names):
    """From where to where, and what came back."""
    sent = "" if edge.sent is None else f", {edge.sent.text} comes back"
    return f"from {names[edge.tail]} to {names[edge.head]}{sent}"


def expression(card, names):
    """How a card was computed: `x + 2`, `y × y`, `mean(z)`, `× 1,000 times`."""
    operands = [each if isinstance(each, str) else names[each] for each in card.operands]
    if not operands:
        return card.badge
    if card.times > 1:
        return f"{card.badge} of {', '.join(operands)}"
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
        if card.kind == "input" or card.hidden:
            continue
        if card.operation is None:
            grad = f" = {card.grad.text if card.grad else '–'}" if model.look.gradients else ""
            lines.append(titles[card.key] + grad)
            lines += [f"    {each}" for each in card.notes]
            continue
        made = f" (made {card.name})" if card.name else ""
        times = f" × {card.times:,}" if card.times > 1 else ""
        lines.append(titles[card.key] + times + made)
        lines += [f"    {each}" for each in card.notes]
        lines += [f"    ✗ failed here: {card.failed}"] if card.failed else []
        for name, value in card.saved if model.look.saved is not False else ():
            lines.append(f"    saved {name} = {value if isinstance(value, str) else value.text}")
        for edge in into.get(card.key, []):
            if edge.tracked:
                sent = f": {edge.sent.text}" if edge.sent and model.look.gradients else ""
                lines.append(f"    sends to {titles[edge.tail]}{sent}")
    return lines
