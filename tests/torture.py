"""Bad submissions, each with the verdict that it must get.

All are made of the notebook of chapter 03, answered rightly (15 points), and then maltreated.
FILES maltreat the bytes, CELLS the cells; ANSWERS put something else in the place of one answer,
that to `Cube` (2 points): whatever it does, the other five must keep their 13 points.
"""

import copy
import functools
import json
import random
import zipfile
from io import BytesIO

from banks import EXERCISES, SOLUTIONS

STEM = "03_operations"


@functools.cache
def _read(folder):
    return (folder / f"{STEM}.ipynb").read_text(encoding="utf-8")


def blank():
    """The notebook as it is handed out."""
    return json.loads(_read(EXERCISES))


def answered(**changed):
    """The notebook with right answers; `changed` puts other sources in the place of some."""
    right = {each["id"]: each for each in json.loads(_read(SOLUTIONS))["cells"]}
    notebook = blank()
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = changed.get(cell["id"], right[cell["id"]]["source"])
    return notebook


def text(notebook):
    return json.dumps(notebook, indent=1, ensure_ascii=False)


def data(notebook):
    return text(notebook).encode()


def packed(name="answers.txt", content=b"words"):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def cut():
    """A file that ends in the middle of its 40th line."""
    lines = text(answered()).split("\n")
    return "\n".join(lines[:39]).encode() + b'\n  "so'


# name: (the bytes, the status, the points, words of the reason)
FILES = {
    "byte-order mark": (lambda: text(answered()).encode("utf-8-sig"), "repaired", 15, "byte-order"),
    "utf-16": (lambda: text(answered()).encode("utf-16"), "repaired", 15, "UTF-16"),
    "utf-16, no mark": (lambda: text(answered()).encode("utf-16-le"), "repaired", 15, "UTF-16"),
    "utf-16, big end": (lambda: text(answered()).encode("utf-16-be"), "repaired", 15, "UTF-16"),
    "utf-32": (lambda: text(answered()).encode("utf-32"), "repaired", 15, "UTF-32"),
    "latin-1": (
        lambda: text(answered(Cube=WITH_COMMENT)).encode("latin-1", "replace"),
        "repaired",
        15,
        "Latin-1",
    ),
    "nbformat 5": (lambda: data({**answered(), "nbformat": 5}), "repaired", 15, "nbformat was 5"),
    "nbformat in words": (
        lambda: data({**answered(), "nbformat": "four"}),
        "repaired",
        15,
        "nbformat was four",
    ),
    "nbformat 3": (lambda: data(of_2014()), "repaired", 15, "format 3"),
    "nothing but cells": (lambda: data({"cells": answered()["cells"]}), "repaired", 15, "None"),
    "something behind it": (lambda: data(answered()) + b"\n</html>", "repaired", 15, "followed"),
    "zeros behind it": (lambda: data(answered()) + bytes(512), "graded", 15, ""),
    "blank lines before it": (lambda: b"\n\n  " + data(answered()), "graded", 15, ""),
    "cut off": (cut, "unreadable", 0, "line 40"),
    "empty": (lambda: b"", "unreadable", 0, "empty"),
    "only spaces": (lambda: b" \n\n ", "unreadable", 0, "empty"),
    "only zeros": (lambda: bytes(4096), "unreadable", 0, "empty"),
    "a Python file": (lambda: b"def sum_to(g, s):\n    return g", "unreadable", 0, "not JSON"),
    "a web page": (lambda: b"<!DOCTYPE html><html>404</html>", "unreadable", 0, "web page"),
    "a zip archive": (packed, "unreadable", 0, "zip archive"),
    "a PDF": (lambda: b"%PDF-1.4 ...", "unreadable", 0, "PDF"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", "unreadable", 0, "picture"),
    "random bytes": (lambda: random.Random(0).randbytes(5000), "unreadable", 0, "column"),
    "a list": (lambda: b"[1, 2]", "unreadable", 0, "a list"),
    "a number": (lambda: b"17", "unreadable", 0, "single value"),
    "a dict of Python": (lambda: repr(answered()).encode(), "unreadable", 0, "line 1, column 2"),
    "no cells": (lambda: data({**answered(), "cells": []}), "unreadable", 0, "no cells"),
    "cells that are a text": (
        lambda: data({**answered(), "cells": "none"}),
        "unreadable",
        0,
        'no list of "cells"',
    ),
    "nested deeply": (lambda: b'{"cells": ' + b"[" * 200_000, "unreadable", 0, "too deeply"),
    "a number without end": (
        lambda: b'{"cells": ' + b"9" * 10_000 + b"}",
        "unreadable",
        0,
        "line 1 has too many digits",
    ),
    "a merge conflict": (
        lambda: data(answered()).replace(b'"cells"', b'<<<<<<< HEAD\n"cells"', 1),
        "unreadable",
        0,
        "line 2",
    ),
    "another notebook": (
        lambda: data({"nbformat": 4, "cells": [{"cell_type": "code", "source": "1 + 1"}]}),
        "repaired",
        0,
        "the check of sum_to was missing",
    ),
}  # fmt: skip


def of_2014():
    """The notebook in the format of that time."""
    cells = []
    for cell in answered()["cells"]:
        key = "input" if cell["cell_type"] == "code" else "source"
        cells.append(
            {"cell_type": cell["cell_type"], key: cell["source"], "metadata": cell["metadata"]}
        )
    return {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}


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
    right = by_id(json.loads(_read(SOLUTIONS)))
    for cell in notebook["cells"]:
        if cell["id"].endswith("-check"):
            cell["outputs"], cell["execution_count"] = right[cell["id"]]["outputs"], 5
            cell["metadata"]["tags"] = ["nbval-skip", "nbval-ignore-output", "raises-exception"]
    return notebook


BLANKS = dict.fromkeys(("sum_to", "Cube", "Div", "MeanOfAll", "shapes", "catches"), "pass")
ALL = list(BLANKS)
CUBE = """class Cube(Function):
    @staticmethod
    def forward(x):
        return x * x * x

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved
        return (grad * 3 * x * x,)
"""
WITH_COMMENT = "# très élégant\n" + CUBE
WRONG_CUBE = CUBE.replace("grad * 3 * x", "grad * x")  # in the bank: forgets-factor
HELPED = CUBE.replace("grad * 3 * x * x", "slope(grad, x)")
HELPER = "def slope(grad, x):\n    return grad * factor * x * x"

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
    "half a character": (lambda: answered(Cube="x = '\ud800'\n" + CUBE), "graded", 15, ""),
    "a zero in the source": (lambda: answered(Cube="# \x00\n" + CUBE), "graded", 15, ""),
}  # fmt: skip
