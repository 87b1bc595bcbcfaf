"""`minigrad-grade` as a teacher uses it: what it reads, what it writes, and what it never loses."""

import csv
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

import pytest
from banks import ROOT, SOLUTIONS, stage
from classroom_class import class_of
from torture import STEM, WRONG_CUBE, answered, blank, data

from minigrad.classroom.grading import supervising
from minigrad.classroom.grading.command import Progress, main
from minigrad.classroom.grading.gradebook import harmless
from minigrad.classroom.grading.runner import RunnerDied


@pytest.fixture
def desk(tmp_path):
    """A teacher's desk: `hand_in` puts files on it, `grade` grades them."""

    class Desk:
        handed, out = tmp_path / "submissions", tmp_path / "grades"

        def hand_in(self, name, content):
            path = self.handed / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            return path

        def grade(self, *more, submissions=None, status=0):
            given = [str(SOLUTIONS), str(submissions or self.handed), "--out", str(self.out)]
            assert main([*given, "--cell", "5", *more]) == status
            return self.book() if status == 0 else None

        def book(self):
            text = (self.out / "gradebook.json").read_text(encoding="utf-8")
            return json.loads(text)["attempts"]

        def rows(self):
            text = (self.out / "gradebook.csv").read_text(encoding="utf-8-sig")
            return list(csv.DictReader(text.splitlines()))

    return Desk()


RIGHT, HALF, EMPTY = data(answered()), data(answered(Cube=WRONG_CUBE)), data(blank())


def points(book):
    return {each["file"]: each["points"] for each in book}


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


@pytest.mark.parametrize("cell", ["ada", "-1", "2.5", "1 of 2", ""])
def test_cells_that_are_none_stay_as_they_are(cell):
    assert harmless(cell) == cell


# --- again ---------------------------------------------------------------------------------------
def counted(monkeypatch):
    """The list of files that are really graded from here on."""
    graded, real = [], supervising.Class._keep

    def keep(self, runner, job):
        graded.append(json.loads(job.key)[0])
        return real(self, runner, job)

    monkeypatch.setattr(supervising.Class, "_keep", keep)
    return graded


def test_an_interrupted_run_goes_on_where_it_was(desk, monkeypatch):
    for name in ("ada", "bob", "cleo"):
        desk.hand_in(f"{name}/{STEM}.ipynb", RIGHT)
    desk.grade()
    journal = desk.out / "journal.jsonl"
    lines = journal.read_text(encoding="utf-8").splitlines()
    journal.write_text("\n".join(lines[:3]) + '\n{"key": "cut o', encoding="utf-8")
    graded = counted(monkeypatch)
    assert points(desk.grade()) == {f"{name}/{STEM}.ipynb": 15 for name in ("ada", "bob", "cleo")}
    assert len(graded) == 1
    assert desk.grade() and len(graded) == 1


def test_one_student_can_be_graded_again_and_all_of_them(desk, monkeypatch):
    for name in ("ada", "bob"):
        desk.hand_in(f"{name}/{STEM}.ipynb", RIGHT)
    desk.grade()
    graded = counted(monkeypatch)
    desk.grade("--again", "bob")
    assert graded == ["bob"]
    desk.grade("--fresh")
    assert sorted(graded) == ["ada", "bob", "bob"]
    assert (desk.out / "journal.jsonl.1").exists()


def test_a_file_that_changed_is_graded_again(desk):
    desk.hand_in(f"ada/{STEM}.ipynb", EMPTY)
    assert desk.grade()[0]["points"] == 0
    desk.hand_in(f"ada/{STEM}.ipynb", RIGHT)
    assert desk.grade()[0]["points"] == 15


def test_no_earlier_gradebook_is_lost(desk):
    desk.hand_in(f"ada/{STEM}.ipynb", EMPTY)
    desk.grade()
    first = (desk.out / "gradebook.csv").read_bytes()
    desk.grade()
    assert not (desk.out / "earlier").exists()
    desk.hand_in(f"ada/{STEM}.ipynb", RIGHT)
    desk.grade()
    desk.hand_in(f"ada/{STEM}.ipynb", HALF)
    desk.grade()
    assert (desk.out / "earlier" / "1" / "gradebook.csv").read_bytes() == first
    assert (desk.out / "earlier" / "2" / "feedback" / "ada.html").exists()


def test_every_run_has_a_seed_of_its_own(desk):
    desk.hand_in(f"ada/{STEM}.ipynb", EMPTY)

    def seed():
        first = (desk.out / "journal.jsonl").read_text(encoding="utf-8").splitlines()[0]
        return json.loads(first)["seed"]

    desk.grade()
    before = seed()
    desk.grade()
    assert seed() == before
    desk.grade("--fresh")
    assert seed() != before


# --- our own faults ------------------------------------------------------------------------------
def test_what_kills_the_graders_own_process_is_tried_again_alone_and_then_called_our_fault(
    desk, monkeypatch
):
    for name in ("ada", "bob", "cleo"):
        desk.hand_in(f"{name}/{STEM}.ipynb", RIGHT)
    tries, real = [], supervising.Class._keep

    def keep(self, runner, job):
        student = json.loads(job.key)[0]
        if student == "bob":
            tries.append(student)
            runner.stop()
            raise RunnerDied("exit code -9")
        return real(self, runner, job)

    monkeypatch.setattr(supervising.Class, "_keep", keep)
    ada, bob, cleo = desk.grade()
    assert tries == ["bob", "bob"]
    assert ada["points"] == cleo["points"] == 15
    assert bob["status"] == "lost" and "through our fault" in bob["reason"]
    monkeypatch.undo()
    assert desk.grade()[1]["points"] == 15


def test_a_runner_that_is_killed_is_started_again(desk, monkeypatch):
    for name in ("ada", "bob"):
        desk.hand_in(f"{name}/{STEM}.ipynb", RIGHT)
    killed, real = [], supervising.Class._keep

    def keep(self, runner, job):
        if not killed:
            runner.start()
            runner.process.kill()
            killed.append(runner)
        return real(self, runner, job)

    monkeypatch.setattr(supervising.Class, "_keep", keep)
    assert [each["points"] for each in desk.grade("-n", "1")] == [15, 15]


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
