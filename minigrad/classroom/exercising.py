"""From solutions to exercises: the same notebooks with blanks, and nobody's work overwritten.

`solutions/` is the source. `run_solutions` runs it, stores its outputs and brings the hidden tests
(for classes that grade with nbgrader) in step with them; `make_exercises` writes `exercises/`.
"""

import ast
import copy
import hashlib
import json
import re
import shutil
from itertools import count
from pathlib import Path

from .chapters import COURSE
from .grading.exercises import BEGIN, HIDDEN, BadReference, read_references, stub_of
from .running import execute, stage_of, store

SOLUTIONS, EXERCISES = COURSE.parent / "solutions", COURSE.parent / "exercises"
OURS = "minigrad"
HIDDEN_TESTS = """### BEGIN HIDDEN TESTS
from minigrad.classroom import agree
assert agree(values, {!r})
### END HIDDEN TESTS"""


def run_solutions(numbers=(), folder=SOLUTIONS):
    """Run notebooks of solutions, store their outputs and hidden tests; yields each path."""
    for stem in read_references(folder):
        path = Path(folder) / f"{stem}.ipynb"
        if not numbers or int(stem.split("_")[0]) in numbers:
            _rewrite_checks(path, lambda cell, source: HIDDEN.sub("", source))
            with stage_of(0, finished=True) as (package, environment):
                store(execute(path, environment), path, package)
            _rewrite_checks(path, _with_hidden_tests)
            yield path


def _rewrite_checks(path, change):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            source = change(cell, "".join(cell["source"]))
            cell["source"] = source.splitlines(keepends=True)
    _write(notebook, path)


def _with_hidden_tests(cell, source):
    """The check, which before its last line compares its values with those that it now shows."""
    shown = ["".join(e["data"]["text/plain"]) for e in cell["outputs"] if "data" in e]
    body, last = source.rstrip().rsplit("\n", 1)
    if not shown or last != "values":
        raise BadReference(f"{cell['id']} must end in `values`, and show them.")
    values = ast.literal_eval(re.sub(r"\bnan\b", "None", shown[-1]))
    return f"{body}\n{HIDDEN_TESTS.format(values)}\n{last}"


def make_exercises(numbers=(), reset=False, source=SOLUTIONS, target=EXERCISES):
    """Write the notebooks of exercises; yields (path, what was done to it).

    Answers that somebody has written stay, also in a notebook that has changed otherwise. With
    `reset` they make way for blanks, and the notebook is kept under a numbered name.
    """
    target = Path(target)
    target.mkdir(exist_ok=True)
    for stem in read_references(source):
        if numbers and int(stem.split("_")[0]) not in numbers:
            continue
        path = target / f"{stem}.ipynb"
        fresh = exercise_of(json.loads((Path(source) / path.name).read_text(encoding="utf-8")))
        done = "written"
        if path.exists():
            text = path.read_text(encoding="utf-8")
            if reset:
                backup = _free_name(path)
                shutil.copy2(path, backup)
                done = f"reset; the one before is {backup.name}"
            else:
                fresh, kept = keep_answers(fresh, json.loads(text))
                done = f"{kept} answers kept" if kept else "written"
        _write(fresh, path)
        yield path, done


def exercise_of(solution):
    """A notebook of exercises made from one of solutions: blanks, and no outputs."""
    cells = []
    for cell in solution["cells"]:
        cell = copy.deepcopy(cell)
        source = "".join(cell["source"])
        ours = cell["metadata"].pop(OURS, None)
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            source = "".join(ours["stub"]) if "stub" in ours else stub_of(source)
            kept = {key: ours[key] for key in ("title", "kind", "difficulty", "minutes")}
            cell["metadata"][OURS] = {**kept, "stub": _digest(source)}
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
            source = HIDDEN.sub("", source)
        if BEGIN in source:
            raise BadReference(f"The cell {cell['id']} still shows its solution.")
        cell["source"] = source.splitlines(keepends=True)
        cells.append(cell)
    return {**solution, "cells": cells}


def keep_answers(fresh, present):
    """A fresh notebook with the answers, the outputs and the added cells of the present one."""
    known = {cell["id"]: cell for cell in fresh["cells"]}
    kept, cells = 0, []
    added, previous = {}, None
    for cell in present["cells"]:
        if cell.get("id") in known:
            previous = cell["id"]
        else:
            added.setdefault(previous, []).append(cell)
    before = {cell.get("id"): cell for cell in present["cells"]}
    cells += added.get(None, [])
    for cell in fresh["cells"]:
        old = before.get(cell["id"])
        if old is not None and cell["cell_type"] == old["cell_type"] == "code":
            if answered(old):
                cell["source"] = old["source"]
                kept += 1
            if "".join(old["source"]) == "".join(cell["source"]):
                cell["outputs"] = old.get("outputs", [])
                cell["execution_count"] = old.get("execution_count")
        cells += [cell, *added.get(cell["id"], [])]
    return {**fresh, "cells": cells}, kept


def answered(cell):
    """Whether somebody has written into this answer cell."""
    stub = cell["metadata"].get(OURS, {}).get("stub")
    return stub is not None and _digest("".join(cell["source"])) != stub


def in_step(source=SOLUTIONS, target=EXERCISES):
    """The notebooks of exercises that are not what the solutions give; answers do not count."""
    found = []
    for stem in read_references(source):
        path = Path(target) / f"{stem}.ipynb"
        fresh = exercise_of(json.loads((Path(source) / path.name).read_text(encoding="utf-8")))
        if not path.exists():
            found.append(f"{path.name} is missing")
            continue
        present = json.loads(path.read_text(encoding="utf-8"))
        wanted, _ = keep_answers(fresh, present)
        if wanted["cells"] != present["cells"]:
            found.append(f"{path.name} is not in step with the solutions")
    return found


def _digest(source):
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def _free_name(path):
    names = (path.with_name(f"{path.stem}.backup-{number}.ipynb") for number in count(1))
    return next(each for each in names if not each.exists())


def _write(notebook, path):
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")
