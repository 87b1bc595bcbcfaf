"""Stages for exercises: a package from which what the exercises ask for is left out."""

import ast
import json
from pathlib import Path

from .source import DEFINITIONS, is_docstring
from .stages import build_stage

MARKER = "exercise.json"  # in the package of such a stage: what was left out


class Withheld(Exception):
    """Something was called that an exercise asks the reader to write."""

    def __init__(self, name):
        super().__init__(
            f"{name} is what this exercise asks you to write, so minigrad's own is left out here."
        )


def withhold(folder, names):
    """Replace the bodies of definitions of the package in `folder` by an error that says so.

    `names` are such as "ops/broadcasting:sum_to" or "tensor:Tensor.detach"; LookupError if there
    is no such definition. Signatures and docstrings stay: they are the task. With "=None" behind
    its name a function does nothing instead, for what other exercises cannot do without.
    """
    package = Path(folder) / "minigrad"
    for each in names:
        module, _, name = each.partition(":")
        name, _, quiet = name.partition("=")
        path = package / f"{module}.py"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        node = _find(ast.parse(text), name.split("."))
        if node is None:
            raise LookupError(f"There is no {name} in {path} to leave out.")
        lines = text.splitlines()
        start = min([node.lineno, *(deco.lineno for deco in node.decorator_list)])
        inside = " " * node.col_offset
        fresh = [inside + line for line in ast.unparse(_emptied(node, name, quiet)).splitlines()]
        lines[start - 1 : node.end_lineno] = fresh
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (package / MARKER).write_text(json.dumps({"without": list(names)}), encoding="utf-8")


def exercise_stage(number, without, folder):
    """Write the package of stage `number` without the definitions `without` into `folder`."""
    target = build_stage(number, folder)
    withhold(folder, without)
    return target


def _find(tree, path):
    for name in path:
        found = [e for e in tree.body if isinstance(e, DEFINITIONS) and e.name == name]
        if not found:
            return None
        tree = found[-1]
    return tree


def _emptied(node, name, quiet):
    """A definition in which every function does nothing but say that it is withheld."""
    for each in ast.walk(node):
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
            import_it = "from minigrad.classroom.withholding import Withheld"
            text = "return None" if quiet else f"{import_it}\nraise Withheld({name!r})"
            body = ast.parse(text).body
            each.body = each.body[:1] * is_docstring(each.body[0]) + body
    return ast.fix_missing_locations(node)
