"""`minigrad-grade` a second time: it goes on, grades again what it should, and loses nothing."""

import json

from grading_desk import EMPTY, HALF, RIGHT, points
from torture import STEM

from minigrad.classroom.grading import supervising
from minigrad.classroom.grading.runner import RunnerDied


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
