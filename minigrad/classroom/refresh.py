"""After a refactoring: rewrite final build cells from the package, which is the truth."""

import nbformat

from .chapters import COURSE, read_chapters, taught_in
from .modules import Module, module_names
from .source import shape


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


def refresh(course=COURSE):
    """Rewrite what differs in final build cells; yields (notebook, names) for each change.

    The cell's first line, imports and `install` stay, and so does every definition that differs
    only in docstrings and comments. Outputs stay as well: run the chapter afterwards.
    """
    for chapter in read_chapters(course):
        changes = list(outdated(chapter))
        if not changes:
            continue
        notebook = nbformat.read(chapter.path, as_version=4)
        for each, wanted in reversed(changes):  # from the end, so that line numbers stay right
            cell, old = notebook.cells[each.cell], each.statement
            lines = cell.source.split("\n")
            lines[old.start - 1 : old.end] = wanted.source.split("\n")
            cell.source = "\n".join(lines)
        nbformat.write(notebook, chapter.path)
        for each, _ in changes:
            yield chapter.path, ", ".join(each.statement.names)
