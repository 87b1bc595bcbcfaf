"""A module of the package taken apart into statements, so that some of them can be left out."""

import ast
import builtins
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from .chapters import Taught
from .curriculum import APART
from .source import Statement, is_docstring, statements, used_names

PACKAGE = Path(__file__).resolve().parents[1]
BUILTINS = set(dir(builtins)) | {"__name__", "__file__", "__doc__"}


@dataclass
class Part:
    """A statement of a module; `taught` says which chapter it is from, None: from the package."""

    statement: Statement
    taught: Taught = None
    drops: bool = True  # whether it may be left out where names that it uses are missing
    passing: bool = False  # a draft of something that the finished package does without

    @property
    def names(self):
        return set() if self.statement.kind == "attach" else set(self.statement.names)

    @cached_property
    def uses(self):
        return used_names(self.statement.node, self.statement.source)

    @cached_property
    def attributes(self):
        """The pairs (name, attribute) in it, as `arithmetic.add`."""
        return {
            (each.value.id, each.attr)
            for each in ast.walk(self.statement.node)
            if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name)
        }


@dataclass
class Alias:
    """One name that an import binds: `module` is ours, as in `ops/arithmetic`; None: another's."""

    name: str
    node: ast.stmt
    module: str = None
    attribute: str = None  # None: the name stands for the module itself


@dataclass
class Module:
    """A module such as `ops/arithmetic`: its docstring, imports and other statements."""

    name: str
    text: str
    docstring: str = ""
    imports: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    own_names: set = field(default_factory=set)  # what it binds when it is complete

    @classmethod
    def read(cls, name):
        """A module of the package."""
        module = cls(name, (PACKAGE / f"{name}.py").read_text(encoding="utf-8"))
        for each in statements(module.text):
            if each.kind == "import":
                module.imports += aliases(each.node, name)
            elif each.start == 1 and is_docstring(each.node):
                module.docstring = each.source
            else:
                module.parts.append(Part(each))
        module.own_names = module.defines() | {each.name for each in module.imports}
        return module

    def defines(self):
        """The names that the module itself defines."""
        return {name for part in self.parts for name in part.names}

    @property
    def uses(self):
        """The global names that its statements look up."""
        return {name for part in self.parts for name in part.uses}


def module_names():
    """All modules of the package but those apart from the floors, as in `ops/arithmetic`."""
    paths = (path.relative_to(PACKAGE).with_suffix("") for path in PACKAGE.rglob("*.py"))
    return sorted(path.as_posix() for path in paths if path.parts[0] not in APART)


def aliases(node, importer):
    """The names that an import in the module `importer` binds."""
    found = []
    for each in node.names:
        bound = each.asname or each.name.split(".")[0]
        if isinstance(node, ast.Import) or not node.level:
            if getattr(node, "module", None) == "minigrad" or each.name.startswith("minigrad"):
                continue  # a notebook's imports: the stage finds the home of the name itself
            single = ast.Import([each])
            if isinstance(node, ast.ImportFrom):
                single = ast.ImportFrom(node.module, [each], 0)
            found.append(Alias(bound, single))
            continue
        package = importer.split("/")[: -node.level]
        path = "/".join([*package, *(node.module or "").split(".")]).strip("/")
        single = ast.ImportFrom(node.module, [each], node.level)
        inside = f"{path}/{each.name}".strip("/")
        if (PACKAGE / f"{inside}.py").exists() or (PACKAGE / inside).is_dir():
            found.append(Alias(bound, single, inside))
        else:
            path = path if (PACKAGE / f"{path}.py").exists() else f"{path}/__init__".strip("/")
            found.append(Alias(bound, single, path, each.name))
    return found


def import_from(importer, home, name):
    """The import with which the module `importer` gets `name` from the module `home`."""
    level = importer.count("/") + 1
    text = f"from {'.' * level}{home.replace('/', '.')} import {name}"
    return aliases(ast.parse(text).body[0], importer)[0]
