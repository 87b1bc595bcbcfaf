"""Bad submissions, each with the verdict that it must get.

All are made of the notebook of chapter 03, answered rightly (15 points), and then maltreated.
FILES maltreat the bytes, `torture_cells` the cells; `torture_answers` put something else in the
place of one answer, that to `Cube` (2 points): whatever it does, the other five keep their 13.
"""

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


def solution():
    """The notebook of solutions."""
    return json.loads(_read(SOLUTIONS))


def answered(**changed):
    """The notebook with right answers; `changed` puts other sources in the place of some."""
    right = {each["id"]: each for each in solution()["cells"]}
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
    "a hundred thousand cells": (
        lambda: data({"nbformat": 4, "cells": [{"cell_type": "code"}] * 100_000}),
        "unreadable",
        0,
        "2000 are the most",
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
