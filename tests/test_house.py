"""The rules of the house: floors, sizes, and what may import what."""

import ast
import io
import re
import subprocess
import sys
import tokenize

import pytest

import minigrad
from minigrad.classroom.audit import without_a_place
from minigrad.classroom.curriculum import APART, CORE
from minigrad.classroom.floors import FLOORS
from minigrad.classroom.modules import PACKAGE, module_names
from minigrad.classroom.source import DEFINITIONS, is_docstring

ROOT = PACKAGE.parent
FOLDERS = (PACKAGE, ROOT / "tests", ROOT / "course")
FILES = sorted(path for folder in FOLDERS for path in folder.rglob("*.py"))
ORDER = [module for floor in FLOORS for module in floor]


def code_lines(text):
    """The lines of a program without docstrings, comments and blank lines."""
    inside = set()
    for node in ast.walk(ast.parse(text)):
        body = getattr(node, "body", None)
        if isinstance(node, (*DEFINITIONS, ast.Module)) and body and is_docstring(body[0]):
            inside.update(range(body[0].lineno, body[0].end_lineno + 1))
    skipped = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    code = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in (*skipped, tokenize.ENDMARKER):
            code.update(range(token.start[0], token.end[0] + 1))
    return [line for number, line in enumerate(text.split("\n"), 1) if number in code - inside]


def imported(path):
    """The modules of minigrad that a file imports anywhere, as in `ops/arithmetic`."""
    package = path.relative_to(PACKAGE).parent.parts
    for node in ast.walk(tree_of(path)):
        names = [each.name for each in getattr(node, "names", ())] if is_import(node) else []
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
        elif isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "minigrad":
            base = node.module.split(".")[1:]
        else:
            yield from (each[9:].replace(".", "/") for each in names if each[:9] == "minigrad.")
            continue
        base = "/".join(filter(None, base))
        for name in names:
            inside = f"{base}/{name}".strip("/")
            found = (PACKAGE / f"{inside}.py").exists() or (PACKAGE / inside).is_dir()
            yield inside if found else base or "__init__"


def is_import(node):
    return isinstance(node, (ast.Import, ast.ImportFrom))


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def path_of(module):
    return PACKAGE / f"{module}.py"


def test_every_module_has_a_floor():
    assert sorted(ORDER) == module_names()


def test_every_module_is_core_or_named_by_a_chapter():
    assert list(without_a_place()) == []


@pytest.mark.parametrize("module", module_names())
def test_a_module_imports_only_from_floors_below(module):
    below = set(ORDER[: ORDER.index(module)])
    below |= {each.removesuffix("/__init__") for each in below} | {"ops"}
    assert set(imported(path_of(module))) - below == set()


@pytest.mark.parametrize("module", module_names())
def test_no_floor_imports_pictures_or_classroom(module):
    assert [each for each in imported(path_of(module)) if each.split("/")[0] in APART] == []


def test_importing_minigrad_imports_neither_pictures_nor_classroom_nor_notebooks():
    program = "import sys, minigrad; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    modules = done.stdout.split()
    assert "minigrad.engine" in modules, done.stderr
    apart = re.compile(r"(matplotlib|graphviz|IPython|nbformat|minigrad\.(draw|classroom))\b")
    assert [each for each in modules if apart.match(each)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = node.end_lineno - node.lineno + 1
            assert length <= 50, f"{node.name} has {length} lines"


def test_the_core_reads_like_a_short_book():
    lines = sum(len(code_lines(path_of(name).read_text(encoding="utf-8"))) for name in CORE)
    assert lines < 1500


def test_modules_and_public_functions_say_what_they_do():
    bare = [name for name in module_names() if not ast.get_docstring(tree_of(path_of(name)))]
    for owner in (minigrad, minigrad.Tensor):
        for name, each in vars(owner).items():
            ours = getattr(each, "__module__", "").startswith("minigrad")
            if ours and callable(each) and not each.__doc__:
                bare.append(f"{owner.__name__}.{name}")
    assert bare == []


def test_code_lines_counts_code_alone():
    text = '"""Doc."""\n\n# why\nx = """a\n\nb"""\n\n\ndef f():\n    "doc"\n    return 1  # one\n'
    assert code_lines(text) == ['x = """a', "", 'b"""', "def f():", "    return 1  # one"]
