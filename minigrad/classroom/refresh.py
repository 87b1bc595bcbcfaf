"""After a refactoring: rewrite final build cells from the package, which is the truth."""

import ast

import nbformat

from .chapters import COURSE, read_chapters, taught_in
from .modules import Module, module_names
from .source import DEFINITIONS, is_docstring, shape


def package_statement(home, names):
    """The statement of the package that binds one of these names, or None."""
    if home in module_names():
        for part in Module.read(home).parts:
            if set(part.statement.names) & set(names):
                return part.statement
    return None


def outdated(chapter):
    """Finally taught statements that differ from the package's, each with the package's."""
    for cell in chapter.code:
        for each in taught_in(chapter, cell) if cell.kind else ():
            wanted = package_statement(each.home, each.statement.names) if each.final else None
            if wanted is not None and shape(wanted.node) != shape(each.statement.node):
                yield each, wanted


def docstrings(node):
    """{path: docstring node} of a definition and of those inside it that have more than that."""
    found, open_ = {}, [((), node)]
    while open_:
        path, each = open_.pop()
        body = getattr(each, "body", None)
        if isinstance(each, DEFINITIONS):
            path = (*path, each.name)
            if len(body) > 1 and is_docstring(body[0]):
                found[path] = body[0]
            open_ += [(path, inside) for inside in body]
    return found


def as_lean(wanted, old):
    """The lines of the package's statement without comments above it, and without the docstrings
    that the cell's version does without.
    """
    lines = wanted.source.split("\n")
    first = wanted.start  # the tree counts the lines of the module
    kept = docstrings(old.node)
    for path, each in docstrings(wanted.node).items():
        if path not in kept:
            after = each.end_lineno - first + 1
            blank = len(path) > 1 or isinstance(wanted.node, ast.ClassDef)
            more = blank and after < len(lines) and not lines[after].strip()
            for number in range(each.lineno - first, after + more):
                lines[number] = None
    lines = [line for line in lines if line is not None]
    while lines[0].startswith("#"):
        del lines[0]
    return lines


def refresh(course=COURSE):
    """Rewrite what differs in final build cells; yields (notebook, names) for each change.

    The cell's first line, imports and `install` stay, and so does every definition that differs
    only in docstrings and comments. What has no docstring in the cell gets none. Outputs stay as
    well: run the chapter afterwards.
    """
    for chapter in read_chapters(course):
        changes = list(outdated(chapter))
        if not changes:
            continue
        notebook = nbformat.read(chapter.path, as_version=4)
        for each, wanted in reversed(changes):  # from the end, so that line numbers stay right
            cell, old = notebook.cells[each.cell], each.statement
            lines = cell.source.split("\n")
            above = next(n for n, line in enumerate(old.source.split("\n")) if line[:1] != "#")
            lines[old.start - 1 + above : old.end] = as_lean(wanted, old)
            cell.source = "\n".join(lines)
        nbformat.write(notebook, chapter.path)
        for each, _ in changes:
            yield chapter.path, ", ".join(each.statement.names)
