"""Is the package taught? Every core definition finally, once, and as it is in the package."""

from collections import defaultdict

from .chapters import COURSE, read_chapters, taught
from .curriculum import APART, APPENDIX, CORE
from .modules import PACKAGE, Module, module_names
from .refresh import outdated, package_statement
from .source import statements


def problems(course=COURSE):
    """Sentences that say what is missing, taught twice, out of step or without a place."""
    chapters = read_chapters(course)
    return [
        *without_a_place(),
        *unknown(taught(chapters)),
        *out_of_step(chapters),
        *not_installed(chapters),
        *not_taught_once(taught(chapters)),
    ]


def without_a_place():
    """Modules that are neither core nor named by a chapter in the appendix table, or both."""
    packages = [name for name in APART if (PACKAGE / name).exists() and name != "classroom"]
    for name in [*module_names(), *packages]:
        if (name in CORE) == (name in APPENDIX):
            yield f"minigrad/{name}: give it a place, either in CORE or in APPENDIX."
    for name in {*CORE, *APPENDIX} - {*module_names(), *packages}:
        yield f"curriculum.py names {name}, which is not there."


def unknown(statements):
    """What is taught as final and is not in the package."""
    for each in statements:
        if each.home not in CORE:
            yield f"{each}: {each.home} is no core module."
        elif each.final and package_statement(each.home, each.statement.names) is None:
            yield f"{each}: the package has no such thing."


def out_of_step(chapters):
    """What is taught as final and differs from the package by more than docstrings and comments."""
    for chapter in chapters:
        for each, _ in outdated(chapter):
            yield f"{each}: differs from the package; `python -m minigrad.classroom refresh`."


def not_installed(chapters):
    """Build cells whose last line does not install all they define: it silently wouldn't run."""
    for chapter in chapters:
        for cell in chapter.code:
            parts = statements(cell.source) if cell.kind else []
            defined = [each.names[0] for each in parts if each.kind == "definition"]
            last = parts[-1] if parts else None
            called = last.node.value.args if last and last.kind == "install" else []
            if defined and {each.id for each in called} != set(defined):
                yield (
                    f"{chapter.path.name}, cell {cell.number}: the last line should be "
                    f"install({', '.join(defined)})."
                )


def not_taught_once(statements):
    """Definitions, attachments and data of core modules that no cell or several cells teach."""
    finally_taught = defaultdict(list)
    for each in statements:
        if each.final:
            for name in each.statement.names:
                finally_taught[each.home, name].append(each)
    for home in CORE:
        for part in Module.read(home).parts:
            for name in part.statement.names:
                cells = finally_taught[home, name]
                if not cells:
                    yield f"minigrad/{home}.py: {name} is not taught as final anywhere."
                elif len(cells) > 1:
                    where = ", ".join(f"{each.chapter:02} cell {each.cell}" for each in cells)
                    yield f"minigrad/{home}.py: {name} is taught as final more than once: {where}."
