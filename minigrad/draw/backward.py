"""`draw.backward(out)`: the backward pass, step by step."""

import sys

import numpy as np

from ..tensor import Tensor
from .film import Film, Sheet
from .layout import graph_dot
from .naming import Names
from .orders import newest, order_of
from .page import page
from .picture import Picture
from .reading import Reader
from .render import render
from .saving import NO_GRAPHVIZ, checked_path
from .steps import Pass
from .telling import pass_words, verdict_words
from .values import counted

MANY, LARGE = 60, 150_000  # steps and letters: films beyond are too large for a notebook
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>The backward pass</title>'
    '<body style="font-family:sans-serif">{}</body></html>\n'
)


class Animation:
    """A backward pass. In a notebook it shows itself, to step through; `print` gives it in words.

    `steps` are the steps, `words` a list of sentences for each, `svg` all of them side by side in
    one picture (None where there is no Graphviz), `dot` the graph at the end as a
    `graphviz.Digraph`; `save("steps.svg")` writes that picture, `save("steps.html")` the player.
    """

    def __init__(self, found, right=None, predict=False):
        self.model, self.steps, self.error = found.model, found.steps, found.error
        self.found, self.predict = found, predict
        found.finish()
        self.words = pass_words(found)
        self.notes = list(verdict_words(found, right)) if right is not None else []
        self.dot = graph_dot(found.model)
        drawn = render(self.dot.source)
        self.svg = drawn and drawn.decode()
        film = Film(Sheet(self.svg), found).svg() if self.svg and len(self.steps) <= MANY else ""
        self.film = 0 < len(film) <= LARGE
        if self.film:
            self.svg = film
        elif self.svg is not None:
            self.notes.append(
                f"A film of {len(self.steps)} steps would be too large for a notebook. This is the "
                "graph at the end; the steps are below in words."
            )

    def __repr__(self):
        lines = []
        for number, (first, *rest) in enumerate(self.words):
            lines += [f"{number}. {first}", *(f"   {each}" for each in rest)]
        return "\n".join([*lines, *self.notes])

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html(), "text/plain": repr(self)}

    def html(self):
        """The player, with the film and all steps in words for where scripts are off."""
        names = [card.name for card in self.model.cards if card.name]
        alt = f"The backward pass in {counted(len(self.steps), 'step')}" + (
            f", through {', '.join(names)}" if names else ""
        )
        return page(
            self.svg,
            f"{alt}. The same in words below.",
            self.words,
            notes=self.notes,
            summary="The steps in words",
            steps=self.data() if self.film or self.svg is None else None,
        )

    def save(self, path, overwrite=False):
        """Write all steps as one picture, to a .svg file, or the player to a page, .html.

        ValueError for another ending, FileExistsError if the file is there and `overwrite` is not
        set, RuntimeError where there is no Graphviz.
        """
        path, format = checked_path(path, overwrite, ("svg", "html"))
        if self.svg is None:
            raise RuntimeError(NO_GRAPHVIZ)
        path.write_text(self.svg if format == "svg" else PAGE.format(self.html()), encoding="utf-8")
        return path

    def data(self):
        """What the player needs to know besides the pictures."""
        fills = {}
        for number, step in enumerate(self.steps, 1):
            for each in step.sends:
                if not each.lost:
                    fills[each.target] = number
        return {
            "says": self.words,
            "asks": [[], *map(self.questions, self.steps)],
            "fills": {str(key): number for key, number in fills.items()},
            "names": {str(key): self.found.names[key] for key in fills},
            "start": len(self.steps) if self.error else 0,
            "predict": self.predict,
        }

    def questions(self, step):
        """What can be asked about a step: a sum, and the numbers it sends; single numbers only."""
        name = self.found.names[step.key]
        asked, many = [], len(step.parts) > 1
        if many or step.title is None:
            what = (
                f"What is added to {name}.grad" if step.title is None else f"What arrives at {name}"
            )
            asked.append((what + (", all together?" if many else "?"), step.arrives, f"{name} …"))
        for each in step.sends:
            target = self.found.names[each.target]
            asked.append((f"What goes from {name} to {target}?", each.value, None))
        numbers = [one_number(value) for _, value, _ in asked]
        if None in numbers:
            return []
        return [
            {"q": question, "a": number, "head": head}
            for (question, _, head), number in zip(asked, numbers)
        ]


def one_number(value):
    """The number that all places of an array hold, as it is shown; None if there are several."""
    shown = set() if value is None else {each for row in value.rows for each in row}
    try:
        return float(shown.pop()) if len(shown) == 1 else None
    except ValueError:
        return None


def backward(out, gradient=None, *, order=None, names=None, predict=False):
    """Step through the backward pass from `out`, in pictures and in words.

    The real engine runs, and nothing of yours is changed: no `.grad`, no saved value. (Call
    `out.backward()` for that.) Hooks on the way are called, as the engine does; those of leaves,
    which see what is about to be added, are not. `gradient` is the vector v, as for
    `Tensor.backward`. `predict` begins with the player asking for each number before it shows it.

    `order` lets the nodes run in another order, to see what breaks: "oldest first", "depth first",
    "breadth first", a list of names, or a function that picks one of a list of nodes. A node runs
    once; what arrives later is lost.

    A pass that fails is shown up to the step that failed; of a graph that is too large to draw, a
    summary is returned, as by `draw.graph`. TypeError for what is no tensor,
    RuntimeError where `Tensor.backward` refuses to begin, NotImplementedError on a stage of the
    course that has no engine yet.
    """
    if not isinstance(out, Tensor):
        raise TypeError(
            f"draw.backward expects the tensor that the pass begins at, not {type(out).__name__}."
        )
    try:
        from .. import backward_errors, engine

        engine.run  # noqa: B018
    except (ImportError, AttributeError):
        raise NotImplementedError(
            "draw.backward runs the engine, and there is none yet: chapter 04 builds it."
        ) from None
    seed = backward_errors.check_seed(0, out, gradient)
    seed = getattr(seed, "_array", seed)
    given = Names(sys._getframe(1), names)
    reader = Reader([out], given)
    choose = order_of(order, given, reader.cards)
    if reader.model.summary is not None:  # nobody steps through thousands of nodes
        return Picture(reader.model)
    found = Pass(engine, out, np.asarray(seed), reader, choose)
    right = None
    if choose is not newest and found.error is None:
        right = Pass(engine, out, np.asarray(seed), Reader([out], given), newest)
    return Animation(found, right, predict)
