"""The tools behind the course, on a small course of their own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from minigrad.classroom import __main__ as command
from minigrad.classroom import chapters, refresh, running, stages
from minigrad.classroom.modules import PACKAGE, Module

START = "import minigrad as torch\nfrom minigrad.classroom import install"


def package(home, *names):
    """The package's own statements that bind these names, as a final build cell teaches them."""
    parts = [part.statement for part in Module.read(home).parts]
    found = [each for each in parts if not names or set(each.names) & set(names)]
    defined = [each.names[0] for each in found if each.kind == "definition"]
    body = "\n\n".join(each.source for each in found)
    return f"# minigrad/{home}.py\n{body}\n\ninstall({', '.join(defined)})"


def imports(home):
    """The imports of a module of the package, as a notebook writes them."""
    lines = []
    for each in Module.read(home).imports:
        line = f"from minigrad.{(each.module or '').replace('/', '.')} import {each.attribute}"
        if each.attribute is None:
            parent, _, name = (
                each.module.replace("/", ".").rpartition(".") if each.module else ("",) * 3
            )
            line = f"from minigrad{'.' * bool(parent)}{parent} import {name}"
        lines.append(line if each.module else stages.ast.unparse(each.node))
    return "\n".join(lines)


FUNCTION = """# minigrad/function.py
class Function:
    trail = deque()
    @classmethod
    def apply(cls, x, y):
        output = new(Tensor)
        output._array, output._node = cls.forward(x._array, y), helper(cls)
        return output
    @property
    def shown(self):
        return self
    def name(self):
        return type(self).__name__ + "Draft"


def helper(cls):
    return cls()


install(Function)"""
ADD = """# minigrad/ops/arithmetic.py
class Add(Function):
    @staticmethod
    def forward(x, y):
        return x + y
def add(x, y):
    return Add.apply(x, y)
Tensor.__add__ = Tensor.add = add
install(Add, add)"""
CELLS = {
    "01_tensors": [
        (START,),
        (imports("grad_mode"),),
        (package("grad_mode"), "minigrad"),
        (imports("tensor"),),
        (package("tensor"), "minigrad"),
        ("x = torch.ones(2)\nx.detach().shape",),
        ("x.nothing", "raises-exception"),
    ],
    "02_graph": [
        (START + "\nfrom collections import deque\nfrom minigrad.tensor import Tensor, new",),
        (FUNCTION, "draft"),
        (ADD, "draft"),
        ("y = torch.ones(2) + 1\nprint(y.grad_fn.name(), type(y.grad_fn) is Add)\nobject()",),
        ("import warnings\nwarnings.warn('careful')",),
    ],
}


def write(folder, name, cells):
    """Write a notebook of (source, tag …) cells below a title."""
    cells = [
        new_code_cell(text, metadata={"tags": list(tags)} if tags else {}) for text, *tags in cells
    ]
    nbformat.write(
        new_notebook(cells=[new_markdown_cell("# Title"), *cells]), folder / f"{name}.ipynb"
    )


def pytest_on(folder, *options, **environment):
    """The outcomes of pytest on a course, {test id: outcome}, and what it printed."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-rA",
        "--color=no",
        "-p",
        "no:cacheprovider",
        *options,
    ]
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, **environment, "PYTHONPATH": path},
    )
    found = re.findall(
        r"^(PASSED|FAILED|ERROR|XFAIL|SKIPPED) (\S+::.*?)(?: - .*)?$", done.stdout, re.M
    )
    return {name: outcome for outcome, name in found}, done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course of two chapters that have been run."""
    folder = tmp_path_factory.mktemp("course")
    for name, cells in CELLS.items():
        write(folder, name, cells)
    (folder / "conftest.py").write_text((chapters.COURSE / "conftest.py").read_text())
    assert len(list(running.run_chapters(course=folder))) == 2
    return folder


@pytest.fixture
def copy(course, tmp_path):
    """A copy of that course, to be spoilt."""
    for each in course.iterdir():
        if each.is_file():
            (tmp_path / each.name).write_bytes(each.read_bytes())
    return tmp_path


def change(path, number, **changes):
    """Change fields of a code cell in a stored notebook."""
    notebook = nbformat.read(path, as_version=4)
    cell = [each for each in notebook.cells if each.cell_type == "code"][number]
    cell.update(nbformat.from_dict(changes))
    nbformat.write(notebook, path)


# --- running -------------------------------------------------------------------------------------
def test_running_again_changes_no_byte(copy):
    before = {path: path.read_bytes() for path in copy.glob("*.ipynb")}
    list(running.run_chapters(course=copy))
    assert {path: path.read_bytes() for path in copy.glob("*.ipynb")} == before


def test_a_chapter_runs_on_its_stage_with_what_it_installed(course):
    cells = nbformat.read(course / "02_graph.ipynb", as_version=4).cells
    assert cells[4].outputs[0].text == "AddDraft True\n"
    assert [each.get("execution_count") for each in cells] == [None, 1, 2, 3, 4, 5]


def test_a_new_output_is_stored(copy):
    change(copy / "01_tensors.ipynb", 5, source="x = torch.ones(3)\nx.detach().shape")
    list(running.run_chapters([1], course=copy))
    cells = nbformat.read(copy / "01_tensors.ipynb", as_version=4).cells
    assert cells[6].outputs[0].data["text/plain"] == "torch.Size([3])"


# --- nbval ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("options", [(), ("--nbval",), ("--nbval-lax",)])
def test_every_code_cell_is_collected_once_and_passes(course, options):
    outcomes, said = pytest_on(course, *options)
    assert set(outcomes.values()) == {"PASSED"}, said
    assert len(outcomes) == sum(map(len, CELLS.values())), said


def test_chapters_run_on_the_finished_package_too(course):
    outcomes, said = pytest_on(course, MINIGRAD_STAGE="finished")
    assert set(outcomes.values()) == {"PASSED"}, said


def test_whatever_differs_fails(copy):
    one, two = copy / "01_tensors.ipynb", copy / "02_graph.ipynb"
    change(one, 5, source="x = torch.ones(3)\nx.detach().shape")  # another value
    change(one, 6, source="x.shape")  # the error happens no more
    change(two, 3, execution_count=None, outputs=[])  # stored unrun
    change(two, 4, source="import warnings\nwarnings.warn('careless')")  # another warning
    outcomes, said = pytest_on(copy, "--nbval-lax")
    failed = [
        re.search(r"(\d\d)_.*::cell (\d+)", name).groups()
        for name in outcomes
        if outcomes[name] == "FAILED"
    ]
    assert failed == [("01", "6"), ("01", "7"), ("02", "4"), ("02", "5")], said


def test_another_error_or_message_fails(copy):
    change(
        copy / "01_tensors.ipynb",
        5,
        source="raise KeyError('x')",
        metadata={"tags": ["raises-exception"]},
    )
    change(copy / "01_tensors.ipynb", 6, source="x.something")
    outcomes, said = pytest_on(copy, "01_tensors.ipynb")
    assert list(outcomes.values()).count("FAILED") == 2, said


# --- stages and refreshing -----------------------------------------------------------------------
def test_a_stage_has_drafts_and_lacks_what_is_not_taught(course, tmp_path):
    folder = stages.build_stage(2, tmp_path, course)
    arithmetic = (folder / "ops/arithmetic.py").read_text()
    assert "def add(x, y)" in arithmetic and "Tensor.__add__ = Tensor.add = add" in arithmetic
    assert "class Mul" not in arithmetic and "__pow__" not in arithmetic
    function = (folder / "function.py").read_text()
    assert "from collections import deque" in function and "Observers" not in function
    assert not (folder / "engine.py").exists() and not (folder / "ops/reductions.py").exists()
    assert "backward" not in (folder / "__init__.py").read_text().split('"""')[2]


def test_a_module_that_is_written_anew_hands_on_what_it_lists_in_all():
    text = stages.Stage(9).write(Module.read("nn/functional"))
    assert "from ..ops.linear import linear" in text
    assert "from ..ops.elementwise import sigmoid, tanh" in text


def test_a_draft_that_uses_what_nobody_taught_is_named(copy):
    change(copy / "02_graph.ipynb", 2, source=ADD.replace("Add.apply(x, y)", "magic(x, y)"))
    with pytest.raises(stages.StageError, match="ops/arithmetic: add uses magic"):
        stages.Stage(2, copy)


def test_a_build_cell_without_home_is_named(copy):
    change(copy / "02_graph.ipynb", 2, source=ADD.split("\n", 1)[1])
    with pytest.raises(chapters.CellError, match="02_graph.ipynb, cell 3: the first line"):
        stages.Stage(2, copy)


def test_refresh_rewrites_what_differs_and_keeps_shorter_docstrings(copy):
    path = copy / "01_tensors.ipynb"
    source = chapters.read_chapter(path).code[4].source
    short = source.replace('"""Fill with zeros in place."""', '"""Zeros."""')
    change(path, 4, source=short.replace("return write(self, 0)", "return write(self, 1)"))
    changed = [name for _, name in refresh.refresh(copy)]
    assert changed == ["zero_"]
    assert chapters.read_chapter(path).code[4].source == source
    change(path, 4, source=short)
    assert list(refresh.refresh(copy)) == []


def test_refresh_adds_neither_docstrings_nor_comments_and_keeps_the_first_line(tmp_path):
    """The package's `Module` has docstrings and stands below a comment; the cell's has neither."""
    path = tmp_path / "09_learning.ipynb"
    shutil.copy(chapters.COURSE / path.name, path)
    cells = chapters.read_chapter(path).code
    wanted = [cell.source for cell in cells]
    for number, cell in enumerate(cells):
        if "class Module:" in cell.source or "def named_modules" in cell.source:
            spoilt = cell.source.replace("self", "this").replace("None", "False")
            change(path, number, source=spoilt)
    assert {name for _, name in refresh.refresh(tmp_path)} >= {"Module", "named_modules"}
    assert [cell.source for cell in chapters.read_chapter(path).code] == wanted


def test_the_command_line_says_what_is_taught(course, capsys):
    assert command.main(["--course", str(course), "check"]) == 1
    said = capsys.readouterr().out
    assert (
        "01 cell  5 final tensor: Tensor" in said and "02 cell  3 draft ops/arithmetic: add" in said
    )
    assert "minigrad/engine.py: run is not taught as final anywhere." in said


def test_the_command_line_writes_a_stage(course, tmp_path, capsys):
    command.main(["--course", str(course), "stage", "2", str(tmp_path)])
    assert Path(capsys.readouterr().out.strip(), "__init__.py").exists()
