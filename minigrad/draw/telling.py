"""Steps of a backward pass in sentences: for the caption, for screen readers, for comparing."""

from .words import expression, names_of

LONG = 16  # letters: a longer formula has a number instead
MOST = 6  # numbers of a sum that are written down


def spoken_names(model):
    """{key of a card: what to call it}; one without a name is called what it was computed by."""
    names = names_of(model)
    for card in model.cards:
        if card.name is None and card.operation is not None and card.operands:
            made = spoken(card, names)
            made = made if is_call(card) else f"({made})"
            if len(made) <= LONG:
                names[card.key] = made
    return names


def is_call(card):
    """Whether an operation is written as a call, `sum(x)`, and not with a sign."""
    return card.operation.isidentifier() or " dim " in card.operation


def spoken(card, names):
    """How a card was computed, with names that may themselves be formulas: `sum(a × b)`."""
    if is_call(card):
        names = {key: each[1:-1] if each[:1] == "(" else each for key, each in names.items()}
    return expression(card, names)


def pass_words(found):
    """A list for each step: its headline, and lines about what it does. The last: how it ended."""
    told = [started(found)]
    told += [
        leaf_words(found, step) if step.title is None else node_words(found, step)
        for step in found.steps
    ]
    return told


def started(found):
    """What the pass begins with."""
    first = found.steps[0]
    return [f"The pass begins at {found.names[first.key]} with {first.arrives.text}."]


def node_words(found, step):
    name, card = found.names[step.key], found.model.cards[step.key]
    made = spoken(card, found.names)
    what = made if card.name is None else f"{name} = {made}"
    lines = [f"{what} runs. {arriving(step)}."]
    if step.missing:
        names = ", ".join(found.names[each] for each in step.missing)
        has = "have not sent their parts" if len(step.missing) > 1 else "has not sent its part"
        lines.append(f"Too early: {names} {has} yet.")
    if step.error:
        lines.append(f"✗ The pass stops here. {step.error}")
    elif step.why:
        lines.append(f"The rule: {step.why}.")
    return lines + [sent_words(found, each) for each in step.sends]


def arriving(step):
    """`g = 9 arrives`, `g = 12 + 9 = 21 arrives`: what the rules then call g."""
    if step.arrives is None:
        return "What arrives at its outputs is put together" if step.parts else "Nothing arrives"
    return f"g = {added(step.parts, step.arrives)} arrives"


def added(parts, total):
    """`12 + 9 = 21`, or `9` alone."""
    if len(parts) < 2 or any(each is None for each in parts):
        return total.text
    texts = [each.text for each in parts]
    if len(texts) > MOST:
        texts = [*texts[:2], "…", texts[-1]]
    return " + ".join(texts) + f" = {total.text}"


def sent_words(found, sent):
    target = found.names[sent.target]
    steps = [sent.symbols, sent.numbers, getattr(sent.value, "text", "a part")]
    if sent.symbols == "g":  # no need to say that g is g
        steps[0] = None
    line = f"To {target}: " + " = ".join(each for each in steps if each)
    if sent.lost:
        return f"{line}. Lost: {target} has run already."
    if len(sent.parts) > 1 and sent.total is not None:
        line += f". Added up at {target}: {added(sent.parts, sent.total)}"
    return line + "."


def leaf_words(found, step):
    name = found.names[step.key]
    several = len(step.parts) > 1 and all(each is not None for each in step.parts)
    how = f", the sum {added(step.parts, step.arrives).split(' = ')[0]}" if several else ""
    lines = [f"{name}.grad += {step.arrives.text}{how}."]
    if step.why:
        lines.append(f"{step.why[0].upper()}{step.why[1:]}.")
    if step.kept is not None:
        lines.append(
            f"{name}.grad holds {step.kept.text} already; backward() would make it {step.sum.text}."
        )
    return lines


def verdict_words(found, right):
    """What a wrong order has done to the leaves, compared with the engine's own; one line each."""
    for leaf, array in found.leaves.items():
        name, wanted = found.names[found.key_of(leaf)], right.leaves.get(leaf)
        if wanted is None:
            continue
        got, want = found.value_of(array), found.value_of(wanted)
        if (array == wanted).all():
            yield f"{name} gets {got.text}, which is right."
        else:
            yield f"{name} gets {got.text}. Right is {want.text}."
    for leaf in right.leaves.keys() - found.leaves.keys():
        yield f"{found.names[found.key_of(leaf)]} gets nothing at all."
