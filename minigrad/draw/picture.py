"""What `draw.graph` returns: a picture that shows itself in a notebook, and can be saved."""

import sys
from functools import cached_property

from ..function import Function
from ..tensor import Tensor
from .layout import backward_dot, graph_dot, summary_dot
from .mermaid import mermaid
from .naming import Names
from .options import Look
from .page import page
from .reading import Reader
from .render import render
from .saving import NO_GRAPHVIZ, checked_path
from .values import counted
from .words import backward_words, graph_words, notes


class Picture:
    """A graph, drawn. In a notebook it shows itself; `print` gives it in words.

    `dot` is the `graphviz.Digraph`, `svg` the picture as text (None where there is no Graphviz),
    `words` the same content as lines of text, `save("graph.svg")` writes it to a file.
    """

    def __init__(self, model, backward=False):
        self.model, self.backward = model, backward
        self.dot = (
            summary_dot(model)
            if model.summary
            else (backward_dot if backward else graph_dot)(model)
        )
        self.words = (backward_words if backward else graph_words)(model)
        self.notes = list(notes(model))

    @cached_property
    def svg(self):
        drawn = render(self.dot.source)
        return None if drawn is None else drawn.decode()

    def __repr__(self):
        return "\n".join([*self.notes, *self.words])

    def _repr_mimebundle_(self, include=None, exclude=None):
        """One output that a notebook shows even before it is trusted: an image, and its words."""
        if self.svg is None:
            return {
                "text/vnd.mermaid": mermaid(self.model, self.backward),
                "text/plain": repr(self),
            }
        return {"text/html": self.html(), "text/plain": repr(self)}

    def html(self):
        """The image with its description, and the words folded away below it."""
        kind = "Backward graph" if self.backward else "Graph"
        names = [card.name for card in self.model.cards if card.name]
        alt = f"{kind} of {counted(self.model.size)}" + (f" on {', '.join(names)}" if names else "")
        alt = f"{alt}. The same in words below."
        return page(self.svg, alt, self.words, notes=self.notes)

    def save(self, path, overwrite=False):
        """Write the picture to a file ending in .svg, .png or .pdf; return its path.

        ValueError for another ending, FileExistsError if the file is there and `overwrite` is not
        set, RuntimeError where there is no Graphviz.
        """
        path, format = checked_path(path, overwrite)
        drawn = render(self.dot.source, format)
        if drawn is None:
            raise RuntimeError(NO_GRAPHVIZ)
        path.write_bytes(drawn)
        return path


def graph(*outputs, names=None, **options):
    """Draw how tensors were computed, and what flowed back: both directions in one picture.

    Names come from the caller's variables, from `tensor.named("h")`, and from the parameters of the
    caller's modules; `names={"loss": out}` adds or replaces some. Without `draw.record()` the
    picture shows what the graph still knows: shapes, leaves, live variables.

    Options: `values`, `gradients`, `shapes`, `saved` (True or False) say what is shown, `hooks` and
    `accumulate_grad` (False) add what else is there; `direction` is "LR" or "TB"; `depth` says how
    deep the boxes of modules are open (0: not at all), `fold` whether repeated patterns are one
    card (else only in graphs of more than 200 nodes); `hide` names what to leave out: tensors,
    operations, modules.

    TypeError for what is neither a tensor nor a `grad_fn`, TypeError and ValueError for an option
    that makes no sense.
    """
    return Picture(read(outputs, names, sys._getframe(1), options))


def backward_graph(*outputs, names=None, **options):
    """Draw the graph as PyTorch's `grad_fn` has it: nodes, what they saved, what flows along edges.

    Takes tensors or nodes, and the options of `draw.graph`; with `accumulate_grad=True` the nodes
    in front of the leaves are drawn, too. After a backward pass saved values read `freed`.
    """
    return Picture(read(outputs, names, sys._getframe(1), options), backward=True)


def read(outputs, names, frame, options):
    """The model of what is behind some tensors or nodes."""
    if len(outputs) == 1 and isinstance(outputs[0], (list, tuple)):
        outputs = outputs[0]
    # The grad_fn of a user's Function is a face; the node of the graph is behind it.
    outputs = [e if isinstance(e, Tensor) else getattr(e, "_node", e) for e in outputs]
    for each in outputs:
        if not isinstance(each, (Tensor, Function)):
            raise TypeError(
                f"draw expects a tensor or a grad_fn, not {type(each).__name__}: draw.graph(out)."
            )
    if not outputs:
        raise TypeError("draw expects at least one tensor: draw.graph(out).")
    return Reader(outputs, Names(frame, names), Look.of(options)).model
