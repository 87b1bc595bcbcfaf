"""What a student sees: nbval's verdict on a notebook of exercises, and a class hand-out."""

import json
import os
import re
import subprocess
import sys
import zipfile

import pytest
from banks import EXERCISES, ROOT, SOLUTIONS
from torture import CUBE, STEM, WRONG_CUBE, answered, blank, data
from torture_cells import copied, faked

from minigrad.classroom.grading.command import main
from minigrad.classroom.grading.exercises import read_reference
from minigrad.classroom.verdict import Verdict, verdict


def pytest_in(folder, *arguments, path=ROOT):
    """Run pytest in a folder as a student does; its output without colours."""
    command = [sys.executable, "-m", "pytest", "--color=no", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(path), "COLUMNS": "200"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project with solutions and exercises for chapter 03 alone; `write` changes an exercise."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("solutions", "exercises"):
        (folder / name).mkdir()
    (folder / "solutions" / f"{STEM}.ipynb").write_bytes((SOLUTIONS / f"{STEM}.ipynb").read_bytes())
    (folder / "exercises" / "conftest.py").write_bytes((EXERCISES / "conftest.py").read_bytes())
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return folder


def graded(project, content, *more):
    (project / "exercises" / f"{STEM}.ipynb").write_bytes(content)
    return pytest_in(project, "--nbval", f"exercises/{STEM}.ipynb", *more)


# --- pytest --nbval ------------------------------------------------------------------------------
def test_one_item_an_exercise_and_no_cell_twice(project):
    said = graded(project, data(answered()), "-v")
    assert "6 passed" in said
    assert re.findall(r"ipynb::(\w+) PASSED", said) == [
        "sum_to",
        "Cube",
        "Div",
        "MeanOfAll",
        "shapes",
        "catches",
    ]


def test_the_diagnosis_comes_first_and_the_traceback_is_folded(project):
    said = graded(project, data(answered(Cube=WRONG_CUBE, sum_to="def sum_to(:", Div=CUBE)))
    assert "3 failed, 3 passed" in said
    assert "The value is right, the slope a third of what it should be" in said
    assert "Python cannot read the answer" in said
    assert "Nothing here is called Div" in said
    assert "Traceback" not in said and "-----" not in said.split("FAILURES")[1].split("====")[1]
    assert f"FAILED exercises/{STEM}.ipynb::Cube - The value is right" in said


def test_more_is_shown_to_those_who_ask(project):
    said = graded(project, data(answered(Cube=WRONG_CUBE)), "-vv")
    assert "The check showed" in said and "and should show" in said


def test_what_is_stored_in_the_notebook_does_not_count(project):
    """Outputs of right answers, tags and comments that calm nbval: all of no use."""
    wrong = dict.fromkeys(("sum_to", "Cube", "Div", "MeanOfAll", "shapes", "catches"), "pass")
    assert "6 failed" in graded(project, data(faked(answered(**wrong))))


def test_an_untouched_notebook_says_so_without_shouting(project):
    said = graded(project, data(blank()))
    assert "6 failed" in said and said.count("Not answered yet.") == 12
    assert "NotImplementedError" not in said


@pytest.mark.parametrize(
    "answer",
    [
        "from minigrad.ops.broadcasting import sum_to",
        "import minigrad.ops.broadcasting as b\n\n\ndef sum_to(g, s):\n    return b.sum_to(g, s)",
        "def sum_to(g, s):\n    return torch.mean(torch.tensor(g))",
    ],
)
def test_reaching_for_what_is_withheld_is_told_so(project, answer):
    said = graded(project, data(answered(sum_to=answer)))
    assert "is what this exercise asks you to write" in said or "calls itself" in said


def test_remarks_on_the_notebook_are_shown(project):
    notebook = copied(answered(Cube=WRONG_CUBE), "Cube", WRONG_CUBE + "\n")
    assert "(there were 2 cells for Cube; the last answer counts)" in graded(
        project, data(notebook)
    )


def test_a_file_that_cannot_be_read_gets_one_sentence(project):
    said = graded(project, b'{"cells": [')
    assert f"{STEM}.ipynb cannot be graded." in said and "line 1, column" in said
    assert "Traceback" not in said


def test_a_backup_is_not_graded(project):
    path = project / "exercises" / f"{STEM}.backup-1.ipynb"
    path.write_bytes(data(blank()))
    graded(project, data(answered()))
    assert "collected 6 items" in pytest_in(project, "--nbval", "exercises")
    path.unlink()


KINDS = (".py", ".json", ".ipynb", ".md")


# --- a hand-out ----------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def handout(tmp_path_factory):
    """An unpacked class hand-out for two chapters."""
    folder = tmp_path_factory.mktemp("handout")
    assert (
        main(["pack", "3", "8", "--solutions", str(SOLUTIONS), "--out", str(folder / "h.zip")]) == 0
    )
    with zipfile.ZipFile(folder / "h.zip") as archive:
        archive.extractall(folder / "class")
    return folder / "class"


def test_a_handout_holds_no_solution(handout):
    texts = {e: e.read_text(encoding="utf-8") for e in handout.rglob("*.*") if e.suffix in KINDS}
    assert len(texts) > 100
    own = [e for e in texts if "classroom" not in e.parts]
    assert not any("BEGIN SOLUTION" in texts[each] for each in own)
    for stem in (STEM, "08_gradcheck"):
        for exercise in read_reference(SOLUTIONS / f"{stem}.ipynb").exercises:
            inside = exercise.solution.split("### BEGIN SOLUTION\n")[1].split("### END SOLUTION")[0]
            lines = [line.strip() for line in inside.split("\n") if len(line.strip()) > 25]
            for each in (e for e in own if stem in str(e)):
                assert not lines or not all(line in texts[each] for line in lines), (each, exercise)


def test_a_student_needs_nothing_but_the_handout(handout, tmp_path):
    path = handout / "exercises" / f"{STEM}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] == "Cube":
            cell["source"] = CUBE
        if cell["id"] == "MeanOfAll":
            cell["source"] = "x = 1"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    said = pytest_in(handout, "--nbval", f"exercises/{STEM}.ipynb", path=tmp_path)
    assert "5 failed, 1 passed" in said
    assert "Nothing here is called MeanOfAll" in said


def test_the_first_cell_of_a_handout_finds_its_stage(handout, tmp_path):
    notebook = json.loads((handout / "exercises" / f"{STEM}.ipynb").read_text(encoding="utf-8"))
    setup = next("".join(e["source"]) for e in notebook["cells"] if e["id"] == "setup")
    program = setup + "\nimport minigrad\nprint(minigrad.__file__)"
    command = [sys.executable, "-c", program]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        command, cwd=handout / "exercises", env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert f"stages/{STEM}/minigrad" in done.stdout.replace("\\", "/")


def test_a_handout_is_not_written_over_another(handout, capsys):
    out = handout.parent / "h.zip"
    assert main(["pack", "3", "--solutions", str(SOLUTIONS), "--out", str(out)]) == 1
    assert "exists already" in capsys.readouterr().err


# --- from inside a notebook ----------------------------------------------------------------------
def test_verdicts_are_a_table_with_the_details_folded():
    """Their values in real notebooks are compared by nbval in `solutions/`."""
    right = {"exercise": "f", "points": 2, "of": 2, "state": "right", "says": "", "detail": ""}
    wrong = {
        **right,
        "exercise": "<g>",
        "points": 0,
        "state": "wrong",
        "says": "No.",
        "detail": "x",
    }
    shown = Verdict([right, wrong])
    assert repr(shown) == "f: 2 of 2 points. Right.\n<g>: 0 of 2 points. No."
    page = shown._repr_html_()
    assert "✓" in page and "✗" in page and "<details>" in page and "&lt;g&gt;" in page


def test_a_verdict_outside_of_a_notebook_says_where_it_belongs():
    with pytest.raises(RuntimeError, match="belongs into a notebook of exercises"):
        verdict("sum_to")
