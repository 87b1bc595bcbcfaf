"""Stage N: the package as it stands at the end of chapter N.

Chapter N's notebook runs on it, which proves that no chapter leans on a later one. Of every core
definition a stage has the latest version taught by chapter N, and lacks those that come later; an
appendix module is there from its chapter on, with those definitions whose every name exists.
"""

import ast
import re
import shutil
from pathlib import Path

from .chapters import COURSE, read_chapters, taught
from .curriculum import APART, APPENDIX, CORE, WHOLE
from .modules import (
    BUILTINS,
    PACKAGE,
    Module,
    Part,
    aliases,
    import_from,
    module_names,
)
from .source import statements


class StageError(Exception):
    """A chapter teaches something that needs what no chapter has taught so far."""


def build_stage(number, folder, course=COURSE):
    """Write the package `minigrad` of stage `number` into `folder`, and return its path.

    StageError if a version taught by then uses a name that is not there.
    """
    target = Path(folder) / "minigrad"
    ignore = shutil.ignore_patterns("__pycache__", ".*")
    if number == WHOLE:
        return shutil.copytree(PACKAGE, target, ignore=ignore)
    target.mkdir(parents=True)
    for name in APART:
        if APPENDIX.get(name, 0) <= number and (PACKAGE / name).exists():
            shutil.copytree(PACKAGE / name, target / name, ignore=ignore)
    for module in Stage(number, course).modules.values():
        path = target / f"{module.name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(module.text, encoding="utf-8")
    for data in PACKAGE.glob("*/*.npz"):
        if (target / data.parent.name).exists():
            shutil.copy2(data, target / data.parent.name)
    return target


class Stage:
    """The modules of a stage, put together and pruned."""

    def __init__(self, number, course=COURSE):
        self.number = number
        self.chapters = [each for each in read_chapters(course) if each.number <= number]
        self.taught = taught(self.chapters)
        self.modules, self.known = {}, {}
        for name in module_names():
            if name in CORE:
                if any(each.home == name for each in self.taught):
                    self.modules[name] = self.core_module(name)
            elif APPENDIX.get(name, number) <= number:
                self.modules[name] = Module.read(name)
        before = {name: module.defines() for name, module in self.modules.items()}
        self.prune()
        self.drop_unused()
        for name, module in self.modules.items():
            if name in CORE or before[name] != module.defines() or not self.all_there(module):
                module.text = self.write(module)

    # --- what is taught -------------------------------------------------------------------------
    def core_module(self, name):
        """A core module in which each definition is the latest version taught so far."""
        module = Module.read(name)
        latest = self.latest(name)
        parts = []
        for part in module.parts:
            names = set(part.statement.names)
            here = [each for each in latest if names & set(each.statement.names)]
            if here and here[-1].final:
                part.taught, part.drops = here[-1], False  # with the package's whole docstrings
            elif here:
                part = Part(here[-1].statement, here[-1], drops=False)
            elif part.statement.kind == "definition":
                continue
            latest = [each for each in latest if each not in here]
            parts.append(part)
        for each in latest:  # drafts of what the finished package does without
            self.insert(parts, Part(each.statement, each, drops=False, passing=True))
        module.parts = parts
        return module

    def latest(self, name):
        """The versions taught last for the names of a module, in the order of the course."""
        latest = []
        for each in self.taught:
            if each.home == name:
                names = set(each.statement.names)
                latest = [old for old in latest if not names & set(old.statement.names)]
                latest.append(each)
        return latest

    @staticmethod
    def insert(parts, part):
        """Put a part after everything of its module that it uses."""
        uses, place = part.uses, 0
        for position, each in enumerate(parts):
            if each.names & uses:
                place = position + 1
        parts.insert(place, part)

    # --- what can work --------------------------------------------------------------------------
    def provides(self, module):
        """The names that other statements can count on in a module, as of this round of pruning."""
        if module.name not in self.known:
            there = {each.name for each in module.imports if self.there(each)}
            self.known[module.name] = module.defines() | there
        return self.known[module.name]

    def there(self, alias):
        """Whether what an import asks for exists in this stage."""
        if alias.module is None:
            return True
        if alias.attribute is None:
            apart = alias.module.split("/")[0]
            if apart in APART:
                return APPENDIX.get(apart, 0) <= self.number
            return alias.module in self.modules or f"{alias.module}/__init__" in self.modules
        home = self.modules.get(alias.module)
        if home is None or alias.attribute in home.defines():
            return home is not None
        return any(each.name == alias.attribute and self.there(each) for each in home.imports)

    def all_there(self, module):
        return all(self.there(each) for each in module.imports)

    def missing(self, module, part):
        """The names that a statement uses and that do not exist in this stage."""
        missing = part.uses - self.provides(module) - (BUILTINS - module.own_names)
        submodules = {
            each.name: self.modules[each.module]
            for each in module.imports
            if each.attribute is None and each.module in self.modules
        }
        for name, attribute in part.attributes:
            if name in submodules and attribute not in self.provides(submodules[name]):
                missing.add(f"{name}.{attribute}")
        return missing

    def prune(self):
        """Leave out what cannot work yet; then what was taught must work."""
        for module in self.modules.values():
            for part in module.parts:
                for name in self.missing(module, part) if part.taught else ():
                    module.imports += self.found_elsewhere(module, part, name)
                    self.known.clear()
        changed = True
        while changed:
            changed, self.known = False, {}
            for module in self.modules.values():
                working = [e for e in module.parts if not (e.drops and self.missing(module, e))]
                changed = changed or len(working) < len(module.parts)
                module.parts = working
        problems = [
            f"{part.taught} uses {', '.join(sorted(missing))}"
            for module in self.modules.values()
            for part in module.parts
            if (missing := self.missing(module, part))
        ]
        if problems:
            raise StageError(
                f"stage {self.number} cannot work; by then nobody has taught what is used here:\n"
                + "\n".join(problems)
            )

    def found_elsewhere(self, module, part, name):
        """The import that a draft needs and the finished module does not have, if there is one."""
        homes = [each.name for each in self.modules.values() if name in each.defines()]
        homes = [each for each in homes if each in CORE] or homes
        if len(homes) == 1:
            return [import_from(module.name, homes[0], name)]
        for chapter in self.chapters:
            if chapter.number <= part.taught.chapter:
                for found in imports_of(chapter):
                    if found.name == name:
                        return [found]
        return []

    def drop_unused(self):
        """Leave out drafts and data of core modules that nothing in this stage uses any more."""
        asked = {
            (each.module, each.attribute)
            for module in self.modules.values()
            for each in module.imports
            if module.name == "__init__" or each.name in module.uses
        }
        for name in CORE:
            module = self.modules.get(name)
            for part in list(module.parts) if module else ():
                old = part.passing and part.taught.chapter < self.number
                data = part.taught is None and part.statement.kind == "data"
                inside = any(part.names & each.uses for each in module.parts if each is not part)
                if (old or data) and not inside and not any((name, n) in asked for n in part.names):
                    module.parts.remove(part)

    # --- writing --------------------------------------------------------------------------------
    def write(self, module):
        """The text of a module: docstring, the imports it uses, its statements."""
        uses, lines = module.uses, {}
        passes_on = module.name.endswith("__init__") or "__all__" in module.defines()
        for each in module.imports:
            if self.there(each) and (passes_on or each.name in uses):
                line, name = ast.unparse(each.node).rsplit("import ", 1)
                lines.setdefault(line, []).append(name)
        imports = "\n".join(f"{line}import {', '.join(names)}" for line, names in lines.items())
        text = "\n\n".join(filter(None, [module.docstring, imports])) + "\n"
        for each in module.parts:
            gap = "\n\n\n" if each.statement.kind == "definition" else "\n"
            text += gap + each.statement.source
            text += "\n\n" * (each.statement.kind == "definition")
        return re.sub(r"\n{4,}", "\n\n\n", text.strip()) + "\n"


def imports_of(chapter):
    """The names that the code cells of a chapter import from other packages."""
    found = []
    for cell in chapter.code:
        source = "\n".join(line for line in cell.source.splitlines() if not line.startswith("%"))
        try:
            every = statements(source)
        except SyntaxError:  # a cell that shows one
            continue
        for each in every:
            if each.kind == "import":
                found += aliases(each.node, "notebook")
    return found
