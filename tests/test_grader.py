"""`minigrad-grade` as a teacher uses it: what it reads, what it writes, and what it never loses."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest
from banks import ROOT, SOLUTIONS, stage
from classroom_class import class_of
from grading_desk import EMPTY, HALF, RIGHT
from torture import STEM, answered, data

from minigrad.classroom.grading.command import Progress, main
from minigrad.classroom.grading.gradebook import harmless


# --- what it reads -------------------------------------------------------------------------------
def test_folders_files_and_zip_files(desk, tmp_path):
    desk.hand_in(f"ada/{STEM}.ipynb", RIGHT)
    desk.hand_in(f"bob/homework/{STEM} (1).ipynb", HALF)
    desk.hand_in(f"cleo_{STEM}.ipynb", RIGHT)
    desk.hand_in(f"ada/.ipynb_checkpoints/{STEM}-checkpoint.ipynb", EMPTY)
    with zipfile.ZipFile(desk.handed / "dan.zip", "w") as archive:
        archive.writestr(f"../../{STEM}.ipynb", RIGHT)
        archive.writestr("__MACOSX/x", b"")
    book = desk.grade()
    assert [(each["student"], each["points"]) for each in book] == [
        ("ada", 15),
        ("bob", 13),
        ("cleo", 15),
        ("dan", 15),
    ]
    assert not list(tmp_path.parent.glob(f"{STEM}.ipynb"))


def test_a_whole_class_in_one_zip_file(desk, tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr(f"ada/{STEM}.ipynb", RIGHT)
        archive.writestr(f"bob/{STEM}.ipynb", EMPTY)
    book = desk.grade(submissions=tmp_path / "class.zip")
    assert [(each["student"], each["points"]) for each in book] == [("ada", 15), ("bob", 0)]


def test_files_that_are_no_notebooks_get_a_verdict_too(desk):
    desk.hand_in("ada/answers.docx", b"PK\x03\x04 words")
    desk.hand_in("ada/broken.zip", b"PK\x03\x04 nothing")
    outside = desk.hand_in("elsewhere.ipynb", RIGHT)
    (desk.handed / "ada" / f"{STEM}.ipynb").symlink_to(outside)
    found = {each["file"]: (each["status"], each["reason"]) for each in desk.grade()}
    assert found["ada/answers.docx"][0] == found["ada/broken.zip"][0] == "unreadable"
    assert found[f"ada/{STEM}.ipynb"] == ("unreadable", "It is a link or a device, not a file.")


def test_several_notebooks_and_attempts(desk):
    other = json.loads((SOLUTIONS / "01_tensors.ipynb").read_text(encoding="utf-8"))
    desk.hand_in("ada/01_tensors.ipynb", data(other))
    desk.hand_in(f"ada/attempt 2/{STEM}.ipynb", RIGHT)
    desk.hand_in(f"ada/attempt 10/{STEM}.ipynb", HALF)
    assert [each["file"] for each in desk.grade() if each["counts"]] == [
        "ada/01_tensors.ipynb",
        f"ada/attempt 10/{STEM}.ipynb",
    ]
    assert desk.rows()[0][f"{STEM} (of 15)"] == "13"
    best = [each["file"] for each in desk.grade("--attempts", "best") if each["counts"]]
    assert best[1] == f"ada/attempt 2/{STEM}.ipynb"
    assert desk.rows()[0][f"{STEM} (of 15)"] == "15"


def test_a_file_is_known_by_its_marks_whatever_it_is_called(desk):
    desk.hand_in("ada/Untitled7.ipynb", RIGHT)
    assert desk.grade()[0]["notebook"] == STEM


# --- what it writes ------------------------------------------------------------------------------
def test_the_gradebook_in_three_forms_and_the_pages(desk):
    desk.hand_in(f"ada/{STEM}.ipynb", HALF)
    desk.hand_in("bob/x.ipynb", b"{")
    desk.grade()
    ada, bob = desk.rows()
    assert ada["student"] == "ada" and ada["total (of 15)"] == "13"
    assert ada[f"{STEM}: Cube (of 2)"] == "0" and ada[f"{STEM}: sum_to (of 3)"] == "3"
    assert bob["total (of 15)"] == "0" and "unreadable" in bob["remarks"]
    suites = ElementTree.parse(desk.out / "junit.xml").getroot()
    assert [(e.get("tests"), e.get("failures"), e.get("errors")) for e in suites] == [
        ("6", "1", "0"),
        ("1", "0", "1"),
    ]
    page = (desk.out / "feedback" / "ada.html").read_text(encoding="utf-8")
    said = "The value is right, the slope a third of what it should be"
    assert said in page and "<details>" in page
    text = (desk.out / "feedback" / "ada.md").read_text(encoding="utf-8")
    assert f"✗ **A rule of your own: x³** (0 of 2): {said}" in text
    summary = (desk.out / "summary.html").read_text(encoding="utf-8")
    assert "1 of 1" in summary and "forgets-factor" in summary and "data:image/png" in summary
    assert (desk.out / "mistakes.txt").read_text(encoding="utf-8").startswith("1 of 1: ")


def test_names_that_students_choose_do_no_harm(desk):
    names = ["=cmd|' /C calc'!A0", "@sum", "-1+1", "<script>alert(1)<", "a;b&c$(touch x)", "…" * 80]
    for name in names:
        desk.hand_in(f"{name}/{STEM}.ipynb", EMPTY)
    desk.hand_in(f"new\nline/{STEM}.ipynb", EMPTY)
    desk.grade()
    rows = desk.rows()
    assert len(rows) == len(names) + 1
    assert all(row["student"][0] not in "=@-+\t" for row in rows)
    pages = [each.read_text(encoding="utf-8") for each in desk.out.rglob("*.html")]
    assert not any("<script" in each for each in pages)
    files = [each.name for each in (desk.out / "feedback").iterdir()]
    assert len(files) == 2 * len(rows)
    assert all(set(each) <= set("abcdefghijklmnopqrstuvwxyzACS0123456789._-") for each in files)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "@x", "-x", "\t=1", " =1", "|x", "%x"])
def test_no_cell_is_a_formula(cell):
    assert harmless(cell).startswith("'")


def test_no_cell_begins_another_one():
    """Where spreadsheets part cells by semicolons."""
    assert harmless("x;=1+1") == "x,=1+1"


def test_no_two_students_share_a_file():
    from minigrad.classroom.grading.feedback import file_name

    names = ["ada", "Ada", "ä", "student", "student-33e6d73f", "con", "a/b", "a-b", "..", ""]
    files = [file_name(each).lower() for each in names]
    assert len(set(files)) == len(names)
    assert "con" not in files and not any("/" in each or each.startswith(".") for each in files)


def test_of_very_many_attempts_the_last_are_graded(desk):
    for number in range(25):
        desk.hand_in(f"ada/try {number}/{STEM}.ipynb", b"{}" if number else RIGHT)
    desk.hand_in(f"ada/try 30/{STEM}.ipynb", RIGHT)
    book = {each["file"]: each for each in desk.grade()}
    assert len(book) == 26
    assert "only the last 20" in book[f"ada/try 0/{STEM}.ipynb"]["reason"]
    assert book[f"ada/try 30/{STEM}.ipynb"]["points"] == 15


@pytest.mark.parametrize("cell", ["ada", "-1", "2.5", "1 of 2", ""])
def test_cells_that_are_none_stay_as_they_are(cell):
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["nowhere", "nothing"], "no notebooks such as"),
        ([str(SOLUTIONS), "nothing"], "neither a folder nor a zip"),
    ],
)
def test_a_wrong_command_gets_one_sentence(arguments, said, capsys, tmp_path):
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_both_commands_are_the_same():
    asked = [sys.executable, "-m", "minigrad.classroom", "grade", "--help"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout.startswith("usage: minigrad-grade")


def test_the_bar_says_how_long_it_will_take():
    class Terminal:
        text = ""

        def isatty(self):
            return True

        def write(self, text):
            self.text += text

        def flush(self):
            pass

    terminal = Terminal()
    bar = Progress(terminal)
    bar(1, 3)
    bar(3, 3)
    assert "1 of 3, about 0:00 left" in terminal.text and terminal.text.endswith("left \n")


def test_a_notebook_has_a_limit_of_its_own(desk):
    """Three answers take a second each, and the whole may take one and a half."""
    slow = "import time\ntime.sleep(1)"
    desk.hand_in(f"ada/{STEM}.ipynb", data(answered(sum_to=slow, Cube=slow, Div=slow)))
    (ada,) = desk.grade("--total", "1.5")
    states = [each["state"] for each in ada["verdicts"]]
    assert states == ["error", "error", "ended", "ended", "ended", "ended"]
    assert "The whole notebook took too long" in ada["verdicts"][2]["says"]


# --- systems without fork ------------------------------------------------------------------------
def test_plain_kernels_give_the_same_verdicts_and_say_what_was_not_enforced(desk):
    desk.hand_in(f"ada/{STEM}.ipynb", RIGHT)
    desk.hand_in(f"bob/{STEM}.ipynb", HALF)
    desk.hand_in(f"cleo/{STEM}.ipynb", data(answered(sum_to="import os\nos._exit(1)")))
    desk.hand_in(f"dan/{STEM}.ipynb", data(answered(Cube="while True:\n    pass")))
    desk.hand_in(f"eve/{STEM}.ipynb", data(answered(sum_to="np.random.RandomState = None")))
    book = desk.grade("--plain", "--cell", "3")
    assert [each["points"] for each in book] == [15, 13, 12, 13, 12]
    said = {each["student"]: each["verdicts"] for each in book}
    assert said["cleo"][0]["state"] == "ended" and "died" in said["cleo"][0]["says"]
    assert "longer than 3 seconds" in said["dan"][1]["says"]
    desk.grade("--plain")  # nothing is left to grade, and it is still said
    text = (desk.out / "gradebook.json").read_text(encoding="utf-8")
    assert "memory, files, network and processes are not limited" in text


# --- nbval is the judge --------------------------------------------------------------------------
def test_grafted_notebooks_get_the_same_verdicts_from_plain_nbval(desk, tmp_path):
    """30 submissions: what our subclasses say, and what `pytest --nbval` says of what they ran."""
    class_of(30, STEM, desk.handed, seed=3)
    book = desk.grade("--keep", str(tmp_path / "grafted"))
    grafted = sorted((tmp_path / "grafted").rglob("*.ipynb"))
    assert len(grafted) == 30
    report = tmp_path / "plain.xml"
    asked = [sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-current-env"]
    asked += ["-c", "/dev/null", "--rootdir", str(tmp_path), f"--junitxml={report}", "-n", "2"]
    asked += ["--dist", "loadfile", "-p", "no:cacheprovider", str(tmp_path / "grafted")]
    environment = {**os.environ, "PYTHONPATH": stage(STEM)}
    subprocess.run(asked, env=environment, capture_output=True, check=False)
    plain = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        folder = case.get("classname").split(".")[-3]
        plain.setdefault(folder, {})[case.get("name")] = case.find("failure") is None
    ours = []
    for each in book:
        ours.append(tuple(verdict["state"] == "right" for verdict in each["verdicts"]))
    theirs = []
    for path in grafted:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        places = [n for n, e in enumerate(cells) if e["metadata"]["minigrad"]["role"] == "check"]
        found = plain[path.parent.name]
        theirs.append(tuple(found[f"Cell {place}"] for place in places))
    assert sorted(ours) == sorted(theirs)
    assert 20 < sum(map(sum, ours)) < 160
