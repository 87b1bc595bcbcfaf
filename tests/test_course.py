"""The course teaches the package: whole, as it is, once, and in an order that works."""

import json
import os
import re
import subprocess
import sys

import pytest

from minigrad.classroom import audit, chapters, modules, stages
from minigrad.classroom.source import statements

COURSE = chapters.COURSE
CHAPTERS = chapters.read_chapters(COURSE)
EXPECTED = range(14)
LESSONS = [each for each in CHAPTERS if each.number > 0]
FORGIVING = {"nbval-ignore-output", "nbval-skip", "nbval-check-output", "nbval-raises-exception"}

each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda each: each.path.stem)
each_lesson = pytest.mark.parametrize("chapter", LESSONS, ids=lambda each: each.path.stem)


def words(text):
    """How many words a reader reads: code, links and pictures do not count."""
    text = re.sub(r"```.*?```|<[^>]+>|\$\$.*?\$\$", " ", text, flags=re.S)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return len(re.findall(r"[^\W_][\w'’-]*", text))


# --- the package is taught -----------------------------------------------------------------------
def test_all_chapters_are_there_once():
    assert [each.number for each in CHAPTERS] == list(EXPECTED)


def test_final_build_cells_equal_the_package():
    """By syntax tree: docstrings and comments may be shorter in the notebook."""
    assert list(audit.out_of_step(CHAPTERS)) == []


def test_nothing_is_taught_that_the_package_does_not_have():
    assert list(audit.unknown(chapters.taught(CHAPTERS))) == []


def test_every_core_definition_is_finally_taught_in_exactly_one_chapter():
    assert list(audit.not_taught_once(chapters.taught(CHAPTERS))) == []


def test_every_build_cell_installs_what_it_defines():
    assert list(audit.not_installed(CHAPTERS)) == []


# --- stages --------------------------------------------------------------------------------------
@pytest.fixture(scope="module", params=EXPECTED)
def stage(request, tmp_path_factory):
    """The number of a stage and the folder that holds its package."""
    folder = tmp_path_factory.mktemp(f"stage{request.param}")
    stages.build_stage(request.param, folder)
    return request.param, folder


def test_every_module_of_a_stage_imports(stage):
    _, folder = stage
    paths = [each.relative_to(folder).with_suffix("") for each in folder.rglob("*.py")]
    names = [".".join(each.parts).removesuffix(".__init__") for each in paths]
    program = (
        "import importlib, minigrad\n"
        f"for name in {[each for each in names if not each.endswith('__main__')]}:\n"
        "    importlib.import_module(name)\n"
        "print(minigrad.__file__)"
    )
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(folder))


def test_a_stage_has_no_core_definition_that_is_not_taught_yet(stage):
    number, folder = stage
    if number == 0:
        pytest.skip("chapter 00 shows the finished package")
    so_far = [each for each in chapters.taught(CHAPTERS) if each.chapter <= number]
    taught = {(each.home, name) for each in so_far for name in each.statement.names}
    for path in (folder / "minigrad").rglob("*.py"):
        home = path.relative_to(folder / "minigrad").with_suffix("").as_posix()
        if home in stages.CORE:
            for each in statements(path.read_text(encoding="utf-8")):
                if each.kind == "definition":
                    assert (home, each.names[0]) in taught


def test_the_last_stage_is_the_whole_core(stage):
    number, folder = stage
    if number != max(EXPECTED):
        pytest.skip("not the last stage")
    for name in stages.CORE:
        text = (folder / "minigrad" / f"{name}.py").read_text(encoding="utf-8")
        now = {n for each in statements(text) if each.kind != "import" for n in each.names}
        whole = modules.Module.read(name)
        assert now == {n for part in whole.parts for n in part.statement.names}


@pytest.mark.skipif(not CHAPTERS, reason="no chapters yet")
def test_chapters_run_on_the_finished_package_as_well():
    """A reader's kernel imports the finished package; drafts must work when installed over it."""
    environment = {**os.environ, "MINIGRAD_STAGE": "finished"}
    command = [sys.executable, "-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider", COURSE]
    done = subprocess.run(
        command, cwd=COURSE.parent, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-1000:]


# --- the anatomy of a chapter --------------------------------------------------------------------
@each_chapter
def test_a_chapter_opens_with_its_title(chapter):
    first = chapter.cells[0]
    assert first.type == "markdown" and first.source.startswith("# ")


@each_lesson
def test_a_lesson_has_20_to_45_cells_and_1000_to_2500_words(chapter):
    assert 20 <= len(chapter.cells) <= 45
    assert 1000 <= sum(words(each.source) for each in chapter.prose) <= 2500


@each_chapter
def test_code_cells_are_short(chapter):
    """25 lines at most, blank ones not counted, unless a cell is a whole family of operations."""
    long = [
        (each.number, lines)
        for each in chapter.code
        if (lines := len([line for line in each.source.split("\n") if line.strip()])) > 25
        and "family" not in each.tags
    ]
    assert long == []


@each_chapter
def test_code_cells_have_been_run_in_order_and_store_what_they_show(chapter):
    counts = [each.json["execution_count"] for each in chapter.code]
    assert counts == list(range(1, len(counts) + 1))
    assert sum(bool(each.json["outputs"]) for each in chapter.code) >= 4 and counts


@each_chapter
def test_errors_are_deliberate_and_nothing_is_exempt_from_comparison(chapter):
    for cell in chapter.code:
        fails = any(each["output_type"] == "error" for each in cell.json["outputs"])
        assert fails == ("raises-exception" in cell.tags), cell.number
        assert not FORGIVING & set(cell.tags), cell.number
        assert "NBVAL_" not in cell.source and "PYTEST_VALIDATE" not in cell.source, cell.number


@each_chapter
def test_notebooks_are_stored_without_noise(chapter):
    notebook = json.loads(chapter.path.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert set(notebook["metadata"]) <= {"kernelspec", "language_info"}
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert "version" not in notebook["metadata"].get("language_info", {})
    ids = [each["id"] for each in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(set(each["metadata"]) <= {"tags"} for each in notebook["cells"])
    assert "/stage-" not in json.dumps([each.json.get("outputs") for each in chapter.cells])


def test_words_are_counted_as_a_reader_counts():
    assert words("Two [linked words](http://a.b/c) and `code`\n```python\nx = 1\n```") == 5


def test_the_gallery_is_there_run_and_linked():
    """It runs on the finished package; the run of the test command compares its outputs."""
    notebook = json.loads((COURSE / "gallery.ipynb").read_text(encoding="utf-8"))
    code = [each for each in notebook["cells"] if each["cell_type"] == "code"]
    assert [each["execution_count"] for each in code] == list(range(1, len(code) + 1))
    outputs = json.dumps([each["outputs"] for each in code])
    assert outputs.count("<img alt=") >= 20 and '"error"' not in outputs
    readme = (COURSE.parent / "README.md").read_text(encoding="utf-8")
    assert "(course/gallery.ipynb)" in readme
    images = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", readme)
    assert len(images) >= 4
    for alt, path in images:
        assert len(alt) > 40 and (COURSE.parent / path).stat().st_size > 1000


def test_every_tutorial_chapter_draws():
    """From chapter 02 on each chapter shows pictures, and chapter 04 the pass, right and wrong."""
    for chapter in CHAPTERS[2:]:
        source = "\n".join(each.source for each in chapter.code)
        assert source.count("draw.graph(") + source.count("draw.backward") >= 1, chapter.path
    chapter = "\n".join(each.source for each in CHAPTERS[4].code)
    assert "draw.backward(L)" in chapter and 'draw.backward(L, order="breadth first")' in chapter
