"""The checks are tested: solutions score in full, blanks nothing, each known mistake is named."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from banks import kernels_for, references, show

from minigrad.classroom.grading.diagnosis import diagnose, misconception
from minigrad.classroom.grading.matching import Answer
from minigrad.classroom.grading.preparing import NotDeterministic, prepare
from minigrad.classroom.grading.values import equal

REFERENCES = references()


@pytest.fixture(scope="module", params=REFERENCES)
def prepared(request):
    """(the prepared reference, kernels) of a notebook, under a seed that is not the stored one."""
    kernels = kernels_for(request.param)
    yield prepare(REFERENCES[request.param], kernels, 20_000), kernels
    kernels.stop()


def said(exercise, source, found):
    return diagnose(exercise, Answer(source), found, False, [], None)


def test_every_wrong_answer_is_caught_and_gets_its_own_line(prepared):
    """Its value is not the solution's, nor that of any other wrong answer to the exercise."""
    known = REFERENCES[prepared[0]["stem"]].exercises
    for exercise in prepared[0]["exercises"]:
        (ours,) = [e for e in known if e.id == exercise["id"]]
        seen, answers = [], {each.name: each.source for each in ours.wrong}
        for wrong in exercise["wrong"]:
            found = wrong["shown"]
            assert found, f"{exercise['id']}: {wrong['name']} shows nothing"
            assert not equal(found, exercise["shown"]), f"{exercise['id']}: {wrong['name']} passes"
            assert said(exercise, answers[wrong["name"]], found) == ("wrong", wrong["says"])
            assert misconception(exercise, found) == wrong["name"], exercise["id"]
            assert not any(equal(found, each) for each in seen), (exercise["id"], wrong["name"])
            seen.append(found)


def test_a_blank_scores_nothing(prepared):
    reference, kernels = prepared
    for exercise in reference["exercises"]:
        found = show(kernels, exercise["stub"], exercise["asked"])
        assert not equal(found, exercise["shown"]), exercise["id"]


def test_nothing_that_can_be_imported_is_the_answer(prepared):
    """What is asked for is withheld: its name, wherever it is, leads to an error or to nothing."""
    reference, kernels = prepared
    for exercise in reference["exercises"]:
        name = exercise["id"]
        found = show(kernels, SEARCH.format(name=name), exercise["asked"])
        assert not equal(found, exercise["shown"]), f"{name} can be imported"


SEARCH = """
import pkgutil, importlib, minigrad
for module in pkgutil.walk_packages(minigrad.__path__, "minigrad."):
    if "classroom" not in module.name:
        found = vars(importlib.import_module(module.name)).get("{name}")
        if callable(found):
            if isinstance(found, type):
                {name} = type("{name}", found.__bases__, dict(vars(found)))
            else:
                import types
                {name} = types.FunctionType(found.__code__, found.__globals__, "{name}")
                {name}.__defaults__ = found.__defaults__
                {name}.__module__ = "__main__"
"""


def test_checks_of_code_show_other_values_under_another_seed(prepared):
    """So that nobody can show a table that was seen somewhere."""
    one, kernels = prepared
    two = prepare(REFERENCES[one["stem"]], kernels, 2, bank=False)["exercises"]
    for first, second in zip(one["exercises"], two):
        if first["kind"] in ("implement", "mend"):
            assert first["shown"] != second["shown"], first["id"]


def test_a_check_that_shows_something_else_each_time_is_refused():
    reference = REFERENCES["03_operations"]
    check = "import os\nvalues = {'pid': os.getpid()}\nvalues"
    broken = replace(reference.exercises[0], check=check)
    kernels = kernels_for("03_operations")
    with pytest.raises(NotDeterministic, match="must show the same value twice"):
        prepare(replace(reference, exercises=[broken]), kernels, 1)
    kernels.stop()


def test_a_prepared_reference_holds_no_solution(prepared):
    reference = prepared[0]
    text = json.dumps(reference)
    assert "BEGIN SOLUTION" not in text
    for exercise in REFERENCES[reference["stem"]].exercises:
        inside = exercise.solution.split("### BEGIN SOLUTION\n")[1].split("### END SOLUTION")[0]
        assert json.dumps(inside.strip())[1:-1] not in text


def test_the_stage_of_an_exercise_lacks_what_it_asks_for(tmp_path):
    from minigrad.classroom.withholding import exercise_stage

    exercise_stage(3, ["ops/broadcasting:sum_to"], tmp_path)
    text = Path(tmp_path, "minigrad", "ops", "broadcasting.py").read_text(encoding="utf-8")
    assert "raise Withheld('sum_to')" in text and "reshape(shape)" not in text
    with pytest.raises(LookupError, match="no sum_up"):
        exercise_stage(3, ["ops/broadcasting:sum_up"], tmp_path / "other")
