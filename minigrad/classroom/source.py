"""What a piece of Python source defines, uses and says, read from its syntax tree alone."""

import ast
import symtable
import textwrap
from dataclasses import dataclass

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass
class Statement:
    """One top-level statement: a definition, an attaching assignment, data, an import or other."""

    kind: str  # "definition", "attach", "data", "import", "install", "other"
    names: tuple  # what it binds: ("Add",), ("Tensor.__add__", "Tensor.add"), ("np",)
    node: ast.stmt
    source: str  # its text, with decorators and the comment lines directly above it
    start: int  # the first and the last of its lines, counted from 1
    end: int


def statements(text):
    """The top-level statements of a module or of a notebook cell."""
    lines = text.splitlines()
    found, done = [], 0
    for node in ast.parse(text).body:
        start = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
        while start - 1 > done and lines[start - 2].startswith("#"):
            start -= 1
        source = "\n".join(lines[start - 1 : node.end_lineno])
        found.append(Statement(*_sort(node), node, source, start, node.end_lineno))
        done = node.end_lineno
    return found


def _sort(node):
    """The kind of a top-level statement, and the names it binds."""
    if isinstance(node, DEFINITIONS):
        return "definition", (node.name,)
    if isinstance(node, IMPORTS):
        return "import", tuple((each.asname or each.name).split(".")[0] for each in node.names)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = ast.unparse(node.value.func)
        return ("install" if called == "install" else "other"), ()
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        flat = [part for each in targets for part in getattr(each, "elts", [each])]
        names = tuple(ast.unparse(each) for each in flat)
        attaching = all(isinstance(each, ast.Attribute) for each in flat)
        return ("attach" if attaching else "data"), names
    return "other", tuple(_bound(node))


def _bound(node):
    """The global names that a statement such as `try` or `if` binds."""
    table = symtable.symtable(ast.unparse(node), "<statement>", "exec")
    return [each.get_name() for each in table.get_symbols() if each.is_local()]


def is_docstring(node):
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def shape(node):
    """A text that is equal for two pieces of code that differ only in docstrings and comments."""
    node = ast.parse(ast.unparse(node))
    for each in ast.walk(node):
        body = getattr(each, "body", None)
        if isinstance(each, (*DEFINITIONS, ast.Module)) and body and is_docstring(body[0]):
            each.body = body[1:] or [ast.Pass()]
    return ast.dump(node)


def used_names(node, source=None):
    """The global names that a statement looks up, those of the functions inside it included.

    Whoever has its `source` at hand spares writing the text anew, half of the time.
    """
    if isinstance(node, IMPORTS):
        return set()
    # Inside a function the names that the statement itself binds are local.
    source = ast.unparse(node) if source is None else source
    inside = f"def statement():\n{textwrap.indent(source, ' ')}"
    tables, found = [symtable.symtable(inside, "<statement>", "exec")], set()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        found |= {each.get_name() for each in table.get_symbols() if each.is_global()}
    return found - {"statement"}
