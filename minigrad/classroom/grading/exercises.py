"""The exercises of a solution notebook: what is asked, the answer, the check, the wrong answers.

A notebook in `solutions/` is the source. Its cells carry nbgrader's metadata (schema 3), and the
answer cells ours, under the key `minigrad`: title, kind, difficulty (1 to 5), minutes, and a bank
of named wrong answers, each with the one line that is said to somebody who gives it.
"""

import ast
import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ..source import used_names

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n?", re.S)
SEED = re.compile(r"^seed = \d+$", re.M)
STUB = "...  # write your answer here"
CHECK = "-check"  # sum_to is checked by sum_to-check
KINDS = ("implement", "predict", "mend", "test", "read")


class BadReference(Exception):
    """A notebook of solutions that cannot serve as a reference; says which cell and why."""


@dataclass
class Wrong:
    """A wrong answer that people give, and what to say to them."""

    name: str
    says: str
    source: str


@dataclass
class Exercise:
    """One exercise; `names` are what its solution defines."""

    id: str
    title: str
    kind: str
    difficulty: int
    minutes: int
    points: float
    solution: str
    stub: str
    check: str
    names: list
    wrong: list = field(default_factory=list)


@dataclass
class Reference:
    """The exercises of a notebook, and the stage on which they run."""

    stem: str
    stage: int
    without: list
    setup: list
    exercises: list
    hash: str


def read_references(folder):
    """The references in a folder of solution notebooks, by stem, in order."""
    paths = sorted(Path(folder).glob("[0-9]*_*.ipynb"))
    if not paths:
        raise BadReference(f"There are no notebooks such as 03_operations.ipynb in {folder}.")
    return {path.stem: read_reference(path) for path in paths}


def read_reference(path):
    """One notebook of solutions as a `Reference`."""
    path = Path(path)
    data = path.read_bytes()
    try:
        cells = json.loads(data)["cells"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadReference(f"{path} is not a notebook: {error}") from error
    by_id = {}
    for cell in cells:
        identity = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if identity in by_id:
            raise BadReference(f"{path}: two cells have the grade_id {identity}.")
        if identity:
            by_id[identity] = cell
    setup = [_source(each) for key, each in by_id.items() if _role(each) == "setup"]
    exercises = []
    for identity, cell in by_id.items():
        if _role(cell) == "answer":
            check = by_id.get(identity + CHECK)
            if check is None:
                raise BadReference(f"{path}: {identity} has no check {identity}{CHECK}.")
            exercises.append(_exercise(identity, cell, check, path))
    stage, without = _begin(setup, path)
    digest = hashlib.sha256(data).hexdigest()[:16]
    return Reference(path.stem, stage, without, setup, exercises, digest)


def _role(cell):
    """What a cell is for: "setup", "answer", "check" or None."""
    marks = cell["metadata"].get("nbgrader", {})
    if marks.get("solution"):
        return "answer"
    if marks.get("grade"):
        return "check"
    return "setup" if marks.get("grade_id", "").startswith("setup") else None


def _source(cell):
    return "".join(cell["source"])


def _exercise(identity, cell, check, path):
    ours = cell["metadata"].get("minigrad", {})
    solution = _source(cell)
    if solution.count(BEGIN) != 1 or solution.count(END) != 1:
        raise BadReference(f"{path}: {identity} needs one {BEGIN} and one {END}.")
    try:
        return Exercise(
            id=identity,
            title=ours["title"],
            kind=ours["kind"],
            difficulty=ours["difficulty"],
            minutes=ours["minutes"],
            points=check["metadata"]["nbgrader"]["points"],
            solution=solution,
            stub="".join(ours["stub"]) if "stub" in ours else stub_of(solution),
            check=HIDDEN.sub("", _source(check)),
            names=sorted(defined(solution)),
            wrong=[Wrong(e["name"], e["says"], "".join(e["source"])) for e in ours["wrong"]],
        )
    except KeyError as error:
        raise BadReference(f"{path}: the metadata of {identity} lacks {error}.") from error


def _begin(setup, path):
    """What the set-up cell says: `begin(3, "ops/broadcasting:sum_to")`."""
    for node in (each for source in setup for each in ast.walk(ast.parse(source))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "begin":
            number, *without = [ast.literal_eval(each) for each in node.args]
            return number, without
    raise BadReference(f"{path}: no set-up cell calls begin(chapter, …).")


def stub_of(solution):
    """An answer cell as the reader gets it: a place to write instead of the solution."""
    lines, inside = [], False
    for line in solution.splitlines():
        if line.strip() == BEGIN:
            inside = True
            lines.append(line[: len(line) - len(line.lstrip())] + STUB)
        elif line.strip() == END:
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


def seeded(check, seed):
    """A check with another seed."""
    return SEED.sub(f"seed = {seed}", check)


def plain_lines(source):
    """Python source without magics and shell lines, so that it can be parsed."""
    return "\n".join("pass" if re.match(r"\s*[%!?]", each) else each for each in source.split("\n"))


def _statements(source):
    """The statements of a cell; none if it cannot be parsed."""
    try:
        return ast.parse(plain_lines(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


@lru_cache(4096)
def defined(source):
    """The names that a cell binds at its top level; none if it cannot be parsed."""
    names = set()
    for node in _statements(source):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(each.asname or each.name).split(".")[0] for each in node.names}
        else:
            stores = (e for e in ast.walk(node) if isinstance(e, ast.Name))
            names |= {each.id for each in stores if isinstance(each.ctx, ast.Store)}
    return names


@lru_cache(4096)
def used(source):
    """The names that a cell reads anywhere; none if it cannot be parsed."""
    try:
        return {name for node in _statements(source) for name in used_names(node)}
    except (SyntaxError, RecursionError):  # such as a `return` at the top
        return set()
