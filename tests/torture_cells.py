"""Notebooks whose cells were maltreated, each with the verdict that it must get; see `torture`."""

import copy
import random

from torture import CUBE, HELPED, HELPER, WRONG_CUBE, answered, blank, solution


# --- cells ---------------------------------------------------------------------------------------
def by_id(notebook):
    return {each["id"]: each for each in notebook["cells"]}


def without(notebook, *, ids=False, marks=False):
    for cell in notebook["cells"]:
        if ids:
            del cell["id"]
        if marks:
            cell["metadata"] = {}
    return notebook


def shuffled(notebook):
    random.Random(1).shuffle(notebook["cells"])
    return notebook


def copied(notebook, name, source, before=False):
    cells, cell = notebook["cells"], by_id(notebook)[name]
    cells.insert(cells.index(cell) + (not before), {**copy.deepcopy(cell), "source": source})
    return notebook


def changed(notebook, name, **values):
    by_id(notebook)[name].update(values)
    return notebook


def dropped(notebook, *names):
    notebook["cells"] = [each for each in notebook["cells"] if each["id"] not in names]
    return notebook


def with_cell(notebook, source, after="setup", kind="code"):
    cells = notebook["cells"]
    place = cells.index(by_id(notebook)[after]) + 1
    cells.insert(place, {"cell_type": kind, "metadata": {}, "source": source, "id": "added"})
    return notebook


def faked(notebook):
    """Wrong answers, with the outputs of right ones and everything that calms nbval."""
    right = by_id(solution())
    for cell in notebook["cells"]:
        if cell["id"].endswith("-check"):
            cell["outputs"], cell["execution_count"] = right[cell["id"]]["outputs"], 5
            cell["metadata"]["tags"] = ["nbval-skip", "nbval-ignore-output", "raises-exception"]
    return notebook


BLANKS = dict.fromkeys(("sum_to", "Cube", "Div", "MeanOfAll", "shapes", "catches"), "pass")
ALL = list(BLANKS)
MORE = {"cell_type": "code", "metadata": {}, "source": "grad = np = shape = 1\n" * 50}

# name: (the notebook, the status, the points, words of the reason)
CELLS = {
    "as it should be": (answered, "graded", 15, ""),
    "blank": (blank, "graded", 0, ""),
    "no ids": (lambda: without(answered(), ids=True), "graded", 15, ""),
    "no marks": (lambda: without(answered(), marks=True), "graded", 15, ""),
    "neither ids nor marks": (
        lambda: without(answered(), ids=True, marks=True),
        "repaired",
        15,
        "found by what it defines",
    ),
    "shuffled": (lambda: shuffled(answered()), "graded", 15, ""),
    "shuffled, nothing left": (
        lambda: without(shuffled(answered()), ids=True, marks=True),
        "repaired",
        15,
        "the mark of Cube was lost",
    ),
    "a blank copy behind the answer": (
        lambda: copied(answered(), "Cube", by_id(blank())["Cube"]["source"]),
        "repaired",
        15,
        "2 cells for Cube; the last answer counts",
    ),
    "two answers, the last right": (
        lambda: copied(answered(), "Cube", WRONG_CUBE, before=True),
        "repaired",
        15,
        "the last answer counts",
    ),
    "two answers, the last wrong": (
        lambda: copied(answered(), "Cube", WRONG_CUBE),
        "repaired",
        13,
        "the last answer counts",
    ),
    "checks deleted": (
        lambda: dropped(answered(), *(f"{each}-check" for each in ALL)),
        "repaired",
        15,
        "the check of Cube was missing",
    ),
    "checks that show what is wanted": (
        lambda: changed(answered(Cube=WRONG_CUBE), "Cube-check", source="{'at 2': [8.0]}"),
        "repaired",
        13,
        "the check of Cube was changed",
    ),
    "outputs of right answers": (lambda: faked(answered(**BLANKS)), "graded", 0, ""),
    "comments for nbval": (
        lambda: faked(answered(Cube="# NBVAL_SKIP\n# NBVAL_IGNORE_OUTPUT\n" + WRONG_CUBE)),
        "graded",
        13,
        "",
    ),
    "an answer in a cell of text": (
        lambda: changed(answered(), "Cube", cell_type="markdown"),
        "repaired",
        15,
        "in a cell of text",
    ),
    "an answer deleted": (lambda: dropped(answered(), "Cube"), "graded", 13, ""),
    "the answer in another cell": (
        lambda: with_cell(
            changed(answered(), "Cube", source=by_id(blank())["Cube"]["source"]), CUBE, "Cube-check"
        ),
        "repaired",
        15,
        "in a cell of its own",
    ),
    "a first try, and a better one below it": (
        lambda: with_cell(answered(Cube=WRONG_CUBE), CUBE, "Cube"),
        "repaired",
        15,
        "in a cell of its own",
    ),
    "values that are computed": (
        lambda: answered(shapes="shapes = {k: eval(k) for k in ['(2,)']}"),
        "graded",
        14,
        "",
    ),
    "an answer that is a verdict": (
        lambda: changed(answered(), "Cube", source='verdict("Cube")'),
        "graded",
        13,
        "",
    ),
    "a helper in a cell of its own": (
        lambda: with_cell(answered(Cube=HELPED), "factor = 3\n\n" + HELPER),
        "graded",
        15,
        "",
    ),
    "a helper behind the answer": (
        lambda: with_cell(answered(Cube=HELPED), "factor = 3\n\n" + HELPER, "Cube-check"),
        "graded",
        15,
        "",
    ),
    "a helper without its number": (
        lambda: with_cell(answered(Cube=HELPED), HELPER),
        "graded",
        13,
        "",
    ),
    "a helper that another answer spoils": (
        lambda: with_cell(answered(), "np = None", "catches-check"),
        "graded",
        15,
        "",
    ),
    "no set-up": (lambda: dropped(answered(), "setup"), "graded", 15, ""),
    "another kernel": (
        lambda: {**answered(), "metadata": {"kernelspec": {"name": "../../evil", "language": "R"}}},
        "graded",
        15,
        "",
    ),
    "junk among the cells": (
        lambda: {**answered(), "cells": [None, 3, "x", *answered()["cells"], []]},
        "repaired",
        15,
        "no cells were dropped",
    ),
    "a cell without a text": (
        lambda: with_cell(changed(answered(), "intro", source=None), {"no": "text"}),
        "repaired",
        15,
        "no text",
    ),
    "a text in pieces that are none": (
        lambda: changed(answered(), "intro", source=["a", 1, None, {}]),
        "graded",
        15,
        "",
    ),
    "metadata that are none": (
        lambda: changed(answered(), "intro", metadata=[1, {"nbgrader": 2}]),
        "graded",
        15,
        "",
    ),
    "marks of the wrong kind": (
        lambda: changed(answered(), "intro", metadata={"nbgrader": {"grade_id": ["x"]}}),
        "graded",
        15,
        "",
    ),
    "line ends of Windows": (
        lambda: answered(Cube=CUBE.replace("\n", "\r\n")),
        "graded",
        15,
        "",
    ),
    "a million spaces": (lambda: answered(Cube=f"#{' ' * 10**6}x\n" + CUBE), "graded", 15, ""),
    "fifteen hundred cells more": (
        lambda: {**answered(), "cells": answered()["cells"] + [MORE] * 1500},
        "graded",
        15,
        "",
    ),
    "half a character": (lambda: answered(Cube="x = '\ud800'\n" + CUBE), "graded", 15, ""),
    "a zero in the source": (lambda: answered(Cube="# \x00\n" + CUBE), "graded", 15, ""),
}  # fmt: skip
