"""The steps of a backward pass, taken by the real engine while somebody looks on.

`Pass` runs `engine.run` with an observer and a queue of its own. Nothing of the user's changes:
saved values are kept, and what arrives at the leaves is not added to any `.grad`.
"""

from dataclasses import dataclass, field

import numpy as np

from ..function import Function, Observers
from ..grad_mode import mode
from ..tensor import Tensor
from .guard import gradients_kept, hooked
from .orders import RunOnce
from .reading import title
from .record import first_sentence, snapshot
from .rules import WORDS, rule_of
from .telling import spoken_names
from .values import Value


@dataclass
class Sent:
    """What one node sends along one edge."""

    edge: int  # its position in model.edges
    target: int  # key of the card at its end
    value: Value
    symbols: str | None = None  # the rule: `g × z`
    numbers: str | None = None  # and with numbers put in: `1 × 12`
    parts: list = field(default_factory=list)  # all that has arrived there so far
    total: Value | None = None  # the sum of these
    lost: bool = False  # the node there had run before


@dataclass
class Step:
    """A node runs; or what has arrived at a leaf is ready to be added to its `.grad`."""

    key: int  # of its card
    title: str | None  # PyTorch's name of the node, None at a leaf
    arrives: Value | None = None
    parts: list = field(default_factory=list)  # what `arrives` is the sum of
    missing: list = field(default_factory=list)  # keys of cards that have not sent their part yet
    why: str | None = None
    sends: list = field(default_factory=list)
    error: str | None = None  # the pass broke here
    kept: Value | None = None  # of a leaf: what its .grad holds already
    sum: Value | None = None  # and would hold afterwards
    nodes: int = 0  # how many of those that share the card have run


class Pass:
    """A backward pass from `out`: `steps`, what arrived at leaves, what was `lost`, the `error`."""

    def __init__(self, engine, out, seed, reader, choose):
        self.reader, self.model, self.names = reader, reader.model, spoken_names(reader.model)
        self.looking = False  # whether it is this object that runs, called by the engine
        self.steps, self.error, self.arrays, self.parts = [], None, {}, {}
        self.users, self.ran, self.inside = {}, set(), {}
        for edge in self.model.edges:
            if edge.tracked:
                self.users.setdefault(edge.tail, set()).add(edge.head)
        root = out._node or out
        self.queue = RunOnce(root, choose)
        self.receive(self.key_of(root), seed)
        arrived = self.run(engine, root, seed)
        self.value_of = snapshot
        self.leaves = {
            each: grad
            for each, grad in arrived.items()
            if isinstance(each, Tensor)
            and self.card_of(each) is not None
            and hasattr(grad, "shape")
        }
        self.lost = [self.key_of(each) for each in arrived if not isinstance(each, Tensor)]
        self.steps += sorted(map(self.at_leaf, self.leaves), key=lambda step: step.key)

    def run(self, engine, root, seed):
        """Let the engine run; what is left in the end, or {} if it broke off."""
        before, watching = mode.enabled, Observers.current
        mode.enabled, Observers.current = False, self
        nodes = [each for each in self.reader.cards if isinstance(each, Function)]
        try:
            with gradients_kept(nodes):
                return engine.run({root: seed}, retain_graph=True, queue=self.queue)
        except Exception as error:  # which is shown, where it happened
            if self.looking or self.queue.choosing:
                raise
            self.error = error
            key = self.key_of(self.queue.last)
            self.steps.append(self.begun(key, self.queue.last))
            self.steps[-1].error = f"{type(error).__name__}: {first_sentence(error)}"
            return {}
        finally:
            mode.enabled, Observers.current = before, watching

    def card_of(self, each):
        """The card of a node or of a leaf; None for a leaf that is left out of the picture."""
        return self.reader.cards.get(id(each) if isinstance(each, Tensor) else each)

    def key_of(self, each):
        return self.card_of(each).key

    def receive(self, key, grad):
        """Note that a gradient has arrived at a card; all that has, and the sum."""
        have = self.arrays.get(key)
        if isinstance(grad, dict):  # what arrives at one of several outputs; the engine adds up
            self.arrays[key] = None
        else:
            self.arrays[key] = grad if have is None else have + grad
        self.parts.setdefault(key, []).append(snapshot(grad))
        return list(self.parts[key]), snapshot(self.arrays[key])

    def begun(self, key, node):
        """The step of a node that is about to run."""
        parts = self.parts.get(key, [])
        array = self.arrays.get(key)
        missing = sorted(self.users.get(key, set()) - self.ran - {key})
        why = WORDS.get(type(node).__name__) if self.reader.sizes.get(key) == 1 else None
        if hooked(node):
            why = "hooks see what arrives first, and may change it"
        return Step(key, title(node), snapshot(array), list(parts), missing, why)

    def recorded(self, node, inputs, output):
        """Nothing is recorded in a pass; part of what an observer is."""

    def stepped(self, node, grad, grads):
        """Called by the engine: a node has run, and this is what it sends on."""
        self.looking = True
        self.look_at(node, grads)
        self.looking = False

    def look_at(self, node, grads):
        """The step of a node that has run, and what it sends where."""
        key = self.key_of(node)
        if self.reader.sizes[key] > 1:
            self.look_inside(node, key, grads)
            return
        step, letters = self.begun(key, node), None
        edges = [n for n, each in enumerate(self.model.edges) if each.head == key and each.tracked]
        for position, (edge, sent) in enumerate(zip(node.next, grads)):
            if edge is None or sent is None:
                continue
            if not isinstance(edge, Tensor):
                self.queue.arrived_at(edge)
            number = next(n for n in edges if self.model.edges[n].tail == self.key_of(edge))
            edges.remove(number)
            letters = letters or self.letters(node, key, step)
            rule = (None, None) if hooked(node) else rule_of(node, position, letters)
            if node.fit is not None and sent.shape != node.output_shape and rule[0]:
                rule = tuple(each and f"the sum of ({each})" for each in rule)  # of all copies
            step.sends.append(self.sent(number, edge, sent, rule))
        self.ran.add(key)
        self.steps.append(step)

    def sent(self, number, edge, array, rule=(None, None)):
        """What goes along one edge, and what is at its end then."""
        target = self.key_of(edge)
        lost = target in self.ran
        if self.reader.last.get(target, edge) is not edge:  # into the middle of a folded card
            return Sent(number, target, snapshot(array), *rule, lost=lost)
        return Sent(number, target, snapshot(array), *rule, *self.receive(target, array), lost)

    def look_inside(self, node, key, grads):
        """One of several nodes that share a card: their step is over when all of them have run."""
        if key not in self.inside:
            self.inside[key] = self.begun(key, node), {}
        step, leaving = self.inside[key]
        step.nodes += 1
        for edge, sent in zip(node.next, grads):
            card = None if edge is None else self.card_of(edge)
            if isinstance(edge, Function):
                self.queue.arrived_at(edge)
            if card is not None and card.key != key and sent is not None:
                before = leaving.get(edge)
                leaving[edge] = sent if before is None else before + sent
        if step.nodes == self.reader.sizes[key]:
            self.leave(step, leaving)

    def leave(self, step, leaving):
        """All of several nodes have run: what left their card, edge by edge."""
        edges = [n for n, each in enumerate(self.model.edges) if each.head == step.key]
        numbers = {self.model.edges[n].tail: n for n in edges}
        for edge, array in leaving.items():
            number = numbers.get(self.key_of(edge))
            if number is not None:
                step.sends.append(self.sent(number, edge, array))
        self.ran.add(step.key)
        self.steps.append(step)

    def letters(self, node, key, step):
        """{letter of a formula: (its name, its number as a text or None)} for a node's rule."""
        card = self.model.cards[key]
        found = {"g": ("g", step.arrives), "r": (self.names[key], card.value)}
        for letter, operand in zip("ab", card.operands):
            if isinstance(operand, str):
                found[letter] = (operand, operand)
            else:
                found[letter] = (self.names[operand], self.model.cards[operand].value)
        if hasattr(node, "exponent"):
            found["n"] = (f"{node.exponent:g}", f"{node.exponent:g}")
        elif getattr(node, "input_shape", None) is not None and card.shape is not None:
            number = str(int(np.prod(node.input_shape)) // max(1, int(np.prod(card.shape))))
            found["n"] = (number, number)
        return {
            letter: (name, getattr(value, "text", value)) for letter, (name, value) in found.items()
        }

    def at_leaf(self, leaf):
        """The last step of a leaf: all that arrived, and what `.grad` would be."""
        key = self.key_of(leaf)
        kept = None if leaf._grad is None else leaf._grad._array
        array = self.arrays[key]
        after = None if kept is None else snapshot(kept + array)
        missing = sorted(self.users.get(key, set()) - self.ran)
        step = Step(key, None, snapshot(array), self.parts[key], missing)
        step.kept, step.sum = snapshot(kept), after
        step.why = (
            "hooks of this leaf see it first; they are not called here" if leaf._hooked else None
        )
        return step

    def finish(self):
        """Put what the pass found into the cards and edges, so that the picture has room for it."""
        for step in self.steps:
            if step.title is not None or step.arrives is not None:
                self.model.cards[step.key].grad = step.arrives
            for each in step.sends:
                self.model.edges[each.edge].sent = each.value
