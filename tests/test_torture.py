"""Every file that is handed in gets a verdict, whatever is in it; one bad answer costs itself."""

import json
import sys

import pytest
from banks import SOLUTIONS
from torture import FILES, STEM, answered, data
from torture_answers import ANSWERS, LINUX
from torture_cells import CELLS

from minigrad.classroom.grading.command import main

ANSWERS = {k: v for k, v in ANSWERS.items() if sys.platform == "linux" or k not in LINUX}
GROUPS = {"files": FILES, "cells": CELLS, "answers": ANSWERS}


def test_the_set_is_large_enough():
    assert sum(map(len, GROUPS.values())) >= 60


@pytest.fixture(scope="module", params=GROUPS)
def graded(request, tmp_path_factory):
    """(the group, {name: attempt in the gradebook}) after one run of `minigrad-grade`."""
    folder = tmp_path_factory.mktemp("torture")
    handed = folder / "handed in"
    for name, (first, *_) in GROUPS[request.param].items():
        if request.param == "answers":
            places = first.replace("{submissions}", str(handed))
            places = places.replace("{solutions}", str(SOLUTIONS))
            content = data(answered(Cube=places))
        else:
            content = first()
        if isinstance(content, dict):
            content = json.dumps(content).encode()
        path = handed / name / f"{STEM}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    before = {path: path.read_bytes() for path in handed.rglob("*.ipynb")}
    out = folder / "grades"
    arguments = [str(SOLUTIONS), str(handed), "--out", str(out), "--cell", "2", "--seed", "7"]
    assert main([*arguments, "-n", "2"]) == 0
    assert {path: path.read_bytes() for path in handed.rglob("*") if path.is_file()} == before
    book = json.loads((out / "gradebook.json").read_text(encoding="utf-8"))
    return request.param, {each["student"]: each for each in book["attempts"]}


def test_every_case_gets_the_verdict_that_it_must(graded):
    group, found = graded
    problems = []
    for name, (_, *wanted) in GROUPS[group].items():
        check = as_answer if group == "answers" else as_file
        if problem := check(found[name], *wanted):
            problems.append(f"{name}: {problem}")
    assert not problems, "\n".join(problems)


def as_file(attempt, status, points, words):
    """What is wrong with the verdict on a file, if anything."""
    if not attempt["status"].startswith(status) or attempt["points"] != points:
        return f"{attempt['status']}, {attempt['points']} points, {attempt['reason']}"
    if words not in attempt["reason"]:
        return f"the reason is {attempt['reason']!r}, without {words!r}"
    return None


def as_answer(attempt, state, words):
    """What is wrong with the verdict on an answer to Cube, or with those on the others."""
    verdicts = {each["exercise"]: each for each in attempt["verdicts"]}
    cube = verdicts.pop("Cube")
    others = [name for name, each in verdicts.items() if each["state"] != "right"]
    if others:
        return f"it cost others their points: {others}: {verdicts[others[0]]['says']}"
    if cube["state"] != state or words not in cube["says"]:
        return f"{cube['state']}: {cube['says']}"
    if (cube["points"] == 2) != (state == "right"):
        return f"{cube['points']} points"
    return None
