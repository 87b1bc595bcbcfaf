"""From a graph to what a picture shows: cards and edges, in an order that is always the same.

Reading never recurses, and takes time in proportion to the number of nodes.
"""

from collections import Counter
from dataclasses import dataclass, field

from ..tensor import Tensor
from ..walking import nodes_below
from .boxes import put_into_boxes
from .folding import LIMIT, group_nodes, scope_of
from .naming import symbol
from .options import Look, without
from .record import Input, memories, saved_values
from .remarks import hooks, remarks
from .values import Value, counted

FEW = 3  # leaves of a pattern that are drawn
MANY = 4  # operations of a pattern that are named


@dataclass
class Card:
    """A tensor, together with the operation that made it."""

    key: int
    kind: str  # "leaf", "middle", "output" or "input" (which wants no gradient)
    name: str | None = None
    operation: str | None = None  # `+`; None for a leaf or an input
    title: str | None = None  # PyTorch's name for the node, `AddBackward0`
    shape: tuple | None = None
    value: Value | None = None
    grad: Value | None = None
    saved: list = field(default_factory=list)  # of pairs: a name, and a Value or "freed"
    operands: list = field(default_factory=list)  # keys of cards, and numbers as texts
    count: int = 1  # how many operations were folded into this card
    times: int = 1  # how often the pattern repeats that they make
    label: str | None = None  # its name inside the box of its module
    scope: object = None  # the call of a module that it belongs to: a `Scope`
    module: object = None  # the module, if the card stands for all of it: a `Scope`
    tensors: int = 0  # parameters and other leaves inside
    notes: list = field(default_factory=list)  # "view of x", "version 2", hooks
    failed: str | None = None  # the error that a backward pass ended with here
    path: list = field(default_factory=list)  # the names of its modules: model, model.layer1
    hidden: bool = False

    @property
    def badge(self):
        """The operation with the numbers among its operands: `+ 2`, `1 ÷`; or the module."""
        if self.module is not None and self.times == 1 and self.module.name:
            return f"{self.module.name} · {self.operation}"
        called = self.operation.isidentifier()
        numbers = [e for e in self.operands if isinstance(e, str) and not (called and e == "…")]
        before = self.operands and isinstance(self.operands[0], str)
        words = [*numbers, self.operation] if before else [self.operation, *numbers]
        return " ".join(words) + (f" · {self.times:,} times" if self.times > 1 else "")


@dataclass
class Edge:
    """From an input to the card computed from it; `sent` is what came back along it."""

    tail: int
    head: int
    tracked: bool = True
    sent: Value | None = None
    failed: bool = False  # a backward pass broke off here


@dataclass
class Model:
    """What there is to draw. `summary` says instead what a graph too large to draw consists of."""

    cards: list = field(default_factory=list)
    edges: list = field(default_factory=list)
    size: int = 0
    summary: str | None = None
    look: Look = field(default_factory=Look)
    paths: dict = field(default_factory=dict)  # scope -> what stands on the box of that module

    @property
    def scalar(self):
        """Whether every tensor in the picture is a single number."""
        return all(each.shape in ((), (1,)) for each in self.cards)

    @property
    def tracked(self):
        """Whether anything here can have a gradient."""
        return any(each.kind != "input" for each in self.cards)

    @property
    def has_gradients(self):
        return any(each.grad is not None for each in self.cards)


def shown(node):
    """The operation itself, where a node only stands for one of its several outputs."""
    return getattr(node, "operation", node)


def title(node):
    """PyTorch's name for a node, `AddBackward0`; `output 0 of UnbindBackward0`."""
    operation = shown(node)
    which = "" if operation is node else f"output {node.output_nr} of "
    return which + operation.name()


def summary(nodes, cards=0):
    """What a graph consists of: `AddBackward0 × 500, 900 tensors at its ends`."""
    operations = [node for node in nodes if shown(node) is node]
    counts = Counter(node.name() for node in operations).most_common()
    ends = [counted(cards - len(nodes), "tensor") + " at its ends"] if cards > len(nodes) else []
    return ", ".join([*(f"{name} × {number:,}" for name, number in counts), *ends])


class Reader:
    """Reads the graph behind some tensors (or nodes) into a `Model`."""

    def __init__(self, outputs, names, look=None):
        self.names, self.model, self.cards = names, Model(look=look or Look()), {}
        # Of cards: how many nodes, the one whose result it is, and the tensor of a leaf.
        self.sizes, self.last, self.leaves = {}, {}, {}
        self.tensors = {each._node: each for each in outputs if isinstance(each, Tensor)}
        roots = [each._node if isinstance(each, Tensor) else each for each in outputs]
        roots = [each for each in roots if each is not None]
        nodes = nodes_below(roots)
        self.roots, self.model.size = set(roots), sum(shown(node) is node for node in nodes)
        groups = group_nodes(nodes, names.nodes, self.model.look.depth, self.model.look.fold)
        if len(groups) > LIMIT:
            self.model.summary = summary(nodes)
            return
        self.several = {node.next[0] for node in nodes if shown(node) is not node}
        for group in groups:
            self.read(group)
        for each in outputs:
            if isinstance(each, Tensor) and each._node is None:
                self.outside(each, each._requires_grad)
        put_into_boxes(self.model, self.leaves, self.names.modules)
        if self.model.look.hide:
            without(self.model, self.model.look.hide, self.cards)
        if len(self.model.cards) > 2 * LIMIT or len(self.model.edges) > 4 * LIMIT:
            told = summary(nodes, len(self.model.cards))
            self.model = Model(size=self.model.size, summary=told, look=self.model.look)
            return

    def read(self, whole):
        """Add the card of a node (or of several folded into one), and the edges to it."""
        group = whole.nodes
        node, memory = group[-1], memories.get(group[-1])
        single = len(group) == 1 and whole.scope is None
        inputs, leaves = (list(self.inputs_of(node)), 0) if single else self.into_group(whole)
        broken = memory and memory.failed_at
        broken = inputs[broken] if single and broken is not None and broken < len(inputs) else None
        if type(node).__name__ == "Rsub":  # other - self
            inputs.reverse()
        cards = [each for each in inputs if isinstance(each[0], Card)]
        tracked = [card for card, wanted, _ in cards if wanted]
        name, tensor = self.names.of(self.tensors.get(node), node)
        tensor = tensor if tensor is not None else memory and memory.output()
        if tensor is not None and tensor._node is not node:  # since overwritten, with a new history
            tensor = None
        value = memory and memory.value if tensor is None else Value(tensor._array)
        shape = value.shape if value else node.output_shape
        if shape is None and tracked:
            shape = tracked[0].shape
        if node in self.several:  # its outputs have cards of their own
            value = shape = None
        saved = memory.saved if memory is not None else list(saved_values(node))
        card = self.add(
            kind="output" if node in self.roots else "middle",
            name=name,
            operation=pattern(whole, symbol),
            title=pattern(whole, title),
            shape=shape,
            value=value,
            grad=gradient_of(tensor, memory),
            saved=saved if single else [],
            operands=[getattr(each, "key", each) for each, _, _ in inputs]
            if single or whole.scope
            else [],
            count=len(group),
            times=whole.times,
            scope=whole.scope.parent if whole.scope else scope_of(node),
            module=whole.scope,
            tensors=leaves,
            failed=memory and memory.failed,
            notes=self.remarks(node, tensor) if single and node not in self.several else [],
        )
        self.cards.update((each, card) for each in group)
        self.sizes[card.key], self.last[card.key] = len(group), node
        for each in cards:
            tail, wanted, sent = each
            self.model.edges.append(Edge(tail.key, card.key, wanted, sent, each is broken))

    def inputs_of(self, node):
        """For each input of a node: its card (or number), whether it is tracked, what was sent."""
        for position, edge in enumerate(node.next):
            sent = sent_to(node, position)
            if edge is None:
                yield self.untracked(node, position), False, None
            elif isinstance(edge, Tensor):
                yield self.outside(edge, True), True, sent
            elif edge in self.cards:
                yield self.cards[edge], True, sent

    def into_group(self, whole):
        """What leads into several nodes from outside, once each, and how many leaves are left out:
        those of a module that is drawn as one card, or more of a pattern than can be shown.
        """
        found, leaves = {}, {}
        for node in whole.nodes:
            for position, edge in enumerate(node.next):
                if edge is None and whole.scope is not None:
                    edge = self.named_input(node, position)
                    if edge is not None:
                        found.setdefault(id(edge), (self.outside(edge, False), False, None))
                elif isinstance(edge, Tensor):
                    leaves[id(edge)] = edge
                elif edge in self.cards:
                    found.setdefault(self.cards[edge].key, (self.cards[edge], True, None))
        own = whole.scope.parameters() if whole.scope else {}
        shown = {key: each for key, each in leaves.items() if key not in own}
        if len(shown) > FEW:
            shown = {}
        inputs = [(self.outside(each, True), True, None) for each in shown.values()]
        return inputs + list(found.values()), len(leaves) - len(shown)

    def named_input(self, node, position):
        """An input without gradient that the caller has a name for, if it is alive."""
        memory = memories.get(node)
        known = memory is not None and memory.inputs and position < len(memory.inputs)
        tensor = memory.inputs[position].tensor() if known else None
        return tensor if tensor is not None and self.names.of(tensor)[0] else None

    def add(self, **facts):
        card = Card(len(self.model.cards), **facts)
        self.model.cards.append(card)
        return card

    def outside(self, tensor, tracked):
        """The card of a tensor that no node made; one, however often it is used."""
        if id(tensor) not in self.cards:
            grad = None if tensor._grad is None else Value(tensor._grad._array)
            value = Value(tensor._array)
            kind = "leaf" if tracked else "input"
            name, _ = self.names.of(tensor)
            notes = self.remarks(None, tensor)
            facts = {"shape": value.shape, "value": value, "grad": grad, "notes": notes}
            card = self.add(kind=kind, name=name, **facts)
            self.cards[id(tensor)], self.leaves[card.key] = card, tensor
        return self.cards[id(tensor)]

    def untracked(self, node, position):
        """What is known of an input that wants no gradient: a card, a number as text, or "…"."""
        memory = memories.get(node)
        if memory is not None and memory.inputs is not None:
            given = memory.inputs[position] if position < len(memory.inputs) else None
        else:
            saved = node._saved or ()
            known = len(saved) == len(node.next) and saved[position] is not None
            known = known and isinstance(saved[position], Tensor)  # and not packed by a hook
            given = Input(saved[position]) if known else None
        if given is None:
            return "…"
        tensor = given.tensor()
        name = None if tensor is None else self.names.of(tensor)[0]
        if name is None and given.value.shape == ():
            return given.value.text
        if tensor is not None:
            return self.outside(tensor, False)
        return self.add(kind="input", shape=given.value.shape, value=given.value)

    def remarks(self, node, tensor):
        """What is special about a result and its node, as short texts."""
        found = list(remarks(node, tensor, self.names))
        return found + list(hooks(node, tensor)) if self.model.look.hooks else found


def pattern(whole, label):
    """What stands on the card of a group: its operation, its module, or the pattern it repeats."""
    if whole.scope is not None:
        return whole.scope.kind
    words = [label(each) for each in whole.nodes[: whole.period]]
    return ", ".join(words[:MANY]) + (", …" if len(words) > MANY else "")


def sent_to(node, position):
    """What a node sent to one of its inputs in the last recorded backward pass."""
    memory = memories.get(node)
    return memory.sent[position] if memory is not None and position < len(memory.sent) else None


def gradient_of(tensor, memory):
    """The gradient of a result, if it was recorded or the tensor retained it."""
    if memory is not None and memory.arrived is not None:
        return memory.arrived
    kept = None if tensor is None else tensor._grad
    return None if kept is None else Value(kept._array)
