"""What a picture shows: the options of `draw.graph` and `draw.backward_graph`."""

from dataclasses import dataclass, fields

from ..tensor import Tensor


@dataclass
class Look:
    """How a picture is drawn. Each option is true or false, unless it says more here."""

    values: bool = True
    gradients: bool = True
    saved: bool | None = None  # None: in `backward_graph` alone
    shapes: bool = True
    hooks: bool = False
    accumulate_grad: bool = False
    direction: str | None = None  # "LR", from left to right; "TB", downwards; None: what fits
    depth: int | None = None  # how deep the boxes of modules are open
    fold: bool | None = None  # whether patterns are folded; None: if there are more than 200 nodes
    hide: tuple = ()  # names of cards, operations or modules, and tensors

    @classmethod
    def of(cls, options):
        """The look that some options describe; TypeError and ValueError teach what there is."""
        known = [each.name for each in fields(cls)]
        for name in options:
            if name not in known:
                raise TypeError(
                    f"draw has no option {name!r}. There are {', '.join(known)}, and names."
                )
        look = cls(**options)
        for name in ("values", "gradients", "saved", "shapes", "hooks", "accumulate_grad"):
            value = getattr(look, name)
            if not isinstance(value, bool) and (name, value) != ("saved", None):
                raise TypeError(f"{name} expects True or False, not {getattr(look, name)!r}.")
        if look.direction not in (None, "LR", "TB"):
            raise ValueError(
                f"direction expects 'LR' (from left to right), 'TB' (downwards) or None (what "
                f"fits), not {look.direction!r}."
            )
        depth = look.depth
        if depth is not None and (isinstance(depth, bool) or not isinstance(depth, int)):
            raise TypeError(f"depth expects a whole number, such as 1, not {depth!r}.")
        if depth is not None and depth < 0:
            raise ValueError(f"depth counts opened boxes: 0, 1, 2 and so on, not {depth}.")
        if look.fold not in (None, True, False):
            raise TypeError(f"fold expects True, False or None, not {look.fold!r}.")
        look.hide = listed(look.hide)
        return look


def listed(hide):
    """What is hidden, as a tuple of texts and tensors."""
    hide = tuple(hide) if isinstance(hide, (list, tuple, set)) else (hide,)
    for each in hide:
        if not isinstance(each, (str, Tensor)):
            raise TypeError(
                "hide expects names of tensors, operations or modules, or tensors, such as "
                f"hide=['detach', 'model.0', x]; {each!r} is neither."
            )
    return hide


def without(model, hide, cards):
    """A model in which what is hidden is left out; its inputs lead on to where its result led."""
    tensors = {cards[id(each)].key for each in hide if id(each) in cards}
    tensors |= {
        cards[each._node].key for each in hide if isinstance(each, Tensor) and each._node in cards
    }
    words = {each for each in hide if isinstance(each, str)}
    for card in model.cards:
        if card.key in tensors or words & names_of(card):
            card.hidden = True
    unknown = words - {name for card in model.cards for name in names_of(card)}
    if unknown:
        raise ValueError(
            f"hide names {', '.join(map(repr, sorted(unknown)))}, but nothing in this picture is "
            f"called so. There are {', '.join(sorted(all_names(model)))}."
        )
    for card in [each for each in model.cards if each.hidden]:
        into = [each for each in model.edges if each.head == card.key]
        out = [each for each in model.edges if each.tail == card.key]
        rest = [each for each in model.edges if card.key not in (each.head, each.tail)]
        for a in into:
            rest += [type(a)(a.tail, b.head, a.tracked and b.tracked, a.sent) for b in out]
        model.edges[:] = rest
        first = card.operands[0] if card.operands else card.key
        for each in model.cards:
            each.operands = [first if key == card.key else key for key in each.operands]


def names_of(card):
    found = {card.name, card.operation, card.label, *card.path}
    return {each for each in found if each}


def all_names(model):
    return {name for card in model.cards for name in names_of(card)}
