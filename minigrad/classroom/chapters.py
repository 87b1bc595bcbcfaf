"""The chapters as the machines see them: notebooks, their cells, and what the build cells teach.

A code cell that teaches package code has a tag and a first line that names the code's home:

- tag `minigrad`: the final version, equal to the package's;
- tag `draft`: an earlier version, complete for what the course has reached so far;
- first line: `# minigrad/ops/arithmetic.py`.

The cell holds definitions, the assignments that attach them (`Tensor.add = add`), imports, and a
last line such as `install(Add, add)`.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from .source import Statement, statements

FINAL, DRAFT = "minigrad", "draft"
HOME = re.compile(r"# minigrad/([\w/]+)\.py\s*$")
COURSE = Path(__file__).resolve().parents[2] / "course"


@dataclass
class Cell:
    """A cell of a notebook; `number` counts from 0, markdown cells included."""

    number: int
    type: str
    source: str
    tags: tuple
    json: dict

    @property
    def kind(self):
        """`minigrad` (final), `draft`, or None for a cell that teaches no package code."""
        kinds = [each for each in (FINAL, DRAFT) if each in self.tags]
        return kinds[0] if kinds and self.type == "code" else None

    @property
    def home(self):
        """The module that a build cell belongs to, as in `ops/arithmetic`; None if it says none."""
        match = HOME.match(self.source.split("\n", 1)[0])
        return match[1] if match else None


@dataclass
class Chapter:
    """A notebook of the course."""

    number: int
    path: Path
    cells: list

    @property
    def code(self):
        return [each for each in self.cells if each.type == "code"]

    @property
    def prose(self):
        return [each for each in self.cells if each.type == "markdown"]


@dataclass
class Taught:
    """One top-level statement of a build cell, and where and how finally it is taught."""

    chapter: int
    cell: int
    final: bool
    home: str
    statement: Statement

    def __str__(self):
        kind = "final" if self.final else "draft"
        names = ", ".join(self.statement.names)
        return f"{self.chapter:02} cell {self.cell:2} {kind} {self.home}: {names}"


class CellError(Exception):
    """A build cell that does not keep to the convention; says which, and what is missing."""


def read_chapters(course=COURSE):
    """The chapters in a folder, in order: notebooks whose name begins with a number."""
    paths = sorted(Path(course).glob("[0-9]*_*.ipynb"))
    return [read_chapter(path) for path in paths]


def read_chapter(path):
    """One notebook as a `Chapter`."""
    path, cells = Path(path), []
    for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
        tags = tuple(cell["metadata"].get("tags", ()))
        source = "".join(cell["source"])
        cells.append(Cell(number, cell["cell_type"], source, tags, cell))
    return Chapter(int(path.name.split("_")[0]), path, cells)


def taught(chapters):
    """All statements of all build cells but imports and `install`, in the order of the course."""
    found = []
    for chapter in chapters:
        for cell in chapter.code:
            if cell.kind is not None:
                found += taught_in(chapter, cell)
    return found


def taught_in(chapter, cell):
    """The statements of one build cell; CellError if the cell breaks the convention."""
    if cell.home is None:
        raise CellError(
            f"{chapter.path.name}, cell {cell.number}: the first line of a build cell names its "
            f"home, as in `# minigrad/engine.py`. It is {cell.source.splitlines()[:1]}."
        )
    found = []
    for each in statements(cell.source):
        if each.kind == "other":
            raise CellError(
                f"{chapter.path.name}, cell {cell.number}: a build cell holds definitions, "
                f"attaching assignments, imports and install(...), not `{each.source}`."
            )
        if each.kind not in ("import", "install"):
            found.append(Taught(chapter.number, cell.number, cell.kind == FINAL, cell.home, each))
    return found
