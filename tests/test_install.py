"""A definition that goes through `install` is really what runs, on every way that leads to it."""

import functools
import json
import linecache
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from minigrad.classroom import install
from minigrad.classroom.curriculum import CORE
from minigrad.classroom.modules import PACKAGE, Module

WORKER = Path(__file__).with_name("install_worker.py")
DEFINITIONS = [
    (home, part.statement.names[0])
    for home in CORE
    for part in Module.read(home).parts
    if part.statement.kind == "definition"
]


def python(*arguments):
    """What a Python process prints that finds this very package."""
    path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@functools.cache
def examined(home, *options):
    """What the worker found out about a core module: {definition: findings}."""
    return json.loads(python(WORKER, home, *options))


def complaints(found):
    """All that shows that the reader's definition is not what runs."""
    never = [each for each in found["functions"] if each not in found["reached"]]
    said = [f"{each} is never reached" for each in never]
    said += [f"`{way}` does not reach it" for way, reaches in found["ways"].items() if not reaches]
    if not found["same class"]:
        left = set(found["places"]) - set(found["places after"])
        said += [f"{place} is still the old one" for place in sorted(left)]
    return said


@pytest.mark.parametrize(("home", "name"), DEFINITIONS)
def test_the_mutant_is_reached_on_all_ways(home, name):
    found = examined(home)[name]
    assert found["places"], "the package itself refers to it nowhere"
    assert complaints(found) == []


@pytest.mark.parametrize(("home", "name"), DEFINITIONS)
def test_the_mutant_is_reached_through_the_chapters_own_cell(home, name):
    found = examined(home, "--cells")[name]
    if found is None:
        pytest.skip("not taught as final yet; test_course.py says so")
    assert complaints(found) == []


@pytest.mark.parametrize(("home", "name"), DEFINITIONS)
def test_installing_the_original_again_leaves_nothing_of_the_mutant(home, name):
    assert examined(home)[name]["reached after the original is back"] == []


@pytest.mark.parametrize("home", CORE)
def test_the_check_fails_for_an_install_that_does_nothing(home):
    for name, found in examined(home, "--without-install").items():
        if found["functions"]:
            assert complaints(found), name


def in_a_notebook(text):
    """Run a program in another process, as the cells of a notebook; return what it prints."""
    program = "import minigrad as torch\nfrom minigrad.classroom import install\n" + text
    return python("-c", program).splitlines()


ADD = """
from minigrad.ops.broadcasting import Binary
x = torch.ones(2, requires_grad=True)
before = x + 1
class Add(Binary):
    @staticmethod
    def forward(self, other):
        return self + other
    @staticmethod
    def backward(ctx, grad):
        return grad * 10, grad
install(Add)
"""


def test_a_class_keeps_its_identity():
    lines = in_a_notebook(
        ADD + "print(type(before.grad_fn) is Add, type((x + 1).grad_fn) is Add)\n"
        "before.sum().backward()\nprint(x.grad.tolist())"
    )
    assert lines == ["True True", "[10.0, 10.0]"]


def test_super_and_class_level_names_find_the_installed_class():
    lines = in_a_notebook(
        "from minigrad.ops.arithmetic import Add\nfrom minigrad.ops.reductions import Sum\n"
        "class Mean(Sum):\n    def name(self):\n        return super().name() + '!'\n"
        "    forward, backward = Sum.forward, Sum.backward\n"
        "install(Mean)\nprint(torch.ones(2, requires_grad=True).mean().grad_fn.name())"
    )
    assert lines == ["MeanBackward0!"]


def test_what_only_the_old_body_defined_is_gone_and_attachments_stay():
    lines = in_a_notebook(
        "from minigrad.ops.broadcasting import Binary\n"
        "class Mul(Binary):\n    forward = staticmethod(lambda a, b: a * b)\ninstall(Mul)\n"
        "print(Mul.saved_names, Mul.setup_context)\n"
        "class no_grad:\n    __enter__ = __exit__ = lambda *args: None\ninstall(no_grad)\n"
        "print(hasattr(torch.no_grad, '__call__') and '__call__' in vars(torch.no_grad))\n"
        "print(torch.Tensor.__mul__ is torch.mul)"
    )
    assert lines == ["() None", "False", "True"]


def test_a_draft_with_other_bases_replaces_the_class():
    lines = in_a_notebook(
        "from minigrad import engine\n"
        "class NewestFirst:\n"
        "    def __init__(self):\n        self.nodes = []\n"
        "    def __bool__(self):\n        return bool(self.nodes)\n"
        "    def push(self, node):\n        self.nodes.append(node)\n"
        "    def pop(self):\n        print('mine'); return self.nodes.pop()\n"
        "install(NewestFirst)\n"
        "x = torch.ones(2, requires_grad=True)\n(x * 2 + x.exp() + x.sin()).sum().backward()\n"
        "print(engine.NewestFirst is NewestFirst)"
    )
    assert lines[0] == "mine" and lines[-1] == "True"


def test_a_cell_that_shows_the_modules_data_shares_the_packages():
    lines = in_a_notebook(
        "from minigrad import function\nimport threading\n"
        "class _Mode(threading.local):\n    enabled = True\n"
        "mode = _Mode()\n"
        "def is_grad_enabled():\n    return mode.enabled\n"
        "install(_Mode, is_grad_enabled)\nprint(mode is function.mode)"
    )
    assert lines == ["True"]


def define(text, name="<a cell>"):
    """Global names as a notebook's after it ran a cell."""
    notebook = {"__name__": "__main__", "install": install}
    linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    exec(compile(text, name, "exec"), notebook)
    return notebook


@pytest.mark.parametrize(
    ("cell", "kind", "says"),
    [
        ("def nope(): pass\ninstall(nope)", LookupError, "nothing in minigrad is called nope"),
        ("def pow(): pass\ninstall(pow)", LookupError, "pow in minigrad/ops/arithmetic.py and"),
        ("# minigrad/engine.py\ndef add(): pass\ninstall(add)", LookupError, "has no add"),
        ("from minigrad import sub\ninstall(sub)", TypeError, "not one that this notebook defines"),
        ("install(3)", TypeError, "takes classes and functions, not int"),
    ],
)
def test_mistakes_are_explained(cell, kind, says):
    with pytest.raises(kind, match=says):
        define(cell)


def test_install_is_short_enough_to_read():
    """At most 40 lines of code, without docstrings, comments, blanks and imports."""
    from test_house import code_lines

    text = (PACKAGE / "classroom" / "install.py").read_text(encoding="utf-8")
    text = re.sub(r"^from .*\([^)]*\)\n", "", text, flags=re.M)
    lines = [each for each in code_lines(text) if not each.startswith(("import ", "from "))]
    assert len(lines) <= 40, len(lines)


def test_a_class_and_one_that_is_made_from_it_go_into_one_cell():
    lines = in_a_notebook(
        "class Binary(torch.function.Function):\n    said = 'new'\n"
        "class Add(Binary):\n    forward = staticmethod(lambda a, b: a + b)\ninstall(Binary, Add)\n"
        "from minigrad.ops import arithmetic, broadcasting\n"
        "print(arithmetic.Add.__bases__ == (broadcasting.Binary,), arithmetic.Mul.said)"
    )
    assert lines == ["True new"]
