"""Comparing what checks show: numbers by value, everything else as it stands."""

import pytest

from minigrad.classroom import agree, judged, rounded, tried
from minigrad.classroom.grading.diagnosis import is_literal
from minigrad.classroom.grading.values import entries, equal


@pytest.mark.parametrize(
    "one, other",
    [
        ("1.0", "1.0000001"),
        ("{'a': [0.1, 2]}", "{'a': [0.10000001,\n 2]}"),
        ("-0.0", "0.0"),
        ("1e-7", "1.000001e-07"),
        ("[nan, inf]", "[nan,inf]"),
        ("'text 1.0'", "'text 1.0'"),
    ],
)
def test_equal(one, other):
    assert equal(one, other) and equal(other, one)


@pytest.mark.parametrize(
    "one, other",
    [
        ("1.0", "1.0001"),
        ("1.0", "'1.0'"),
        ("[1, 2]", "[12]"),
        ("[1, 2]", "[2, 1]"),
        ("'1.0'", "'1.00'"),
        ("'a b'", "'ab'"),
        ("{'a1': 1}", "{'a2': 1}"),
        ("1", "-1"),
        ("True", "1"),
        ("nan", "inf"),
        ("0.0", "1e-9"),
        ("1" * 60, "1" * 59 + "2"),
    ],
)
def test_not_equal(one, other):
    assert not equal(one, other) and not equal(other, one)


def test_entries_of_a_dict_that_is_shown():
    assert entries("{'a': 1.0, 'b': [nan, -inf]}") == {"a": "1.0", "b": "['nan', '-inf']"}


@pytest.mark.parametrize(
    "text", ["[1]", "{", "{'a': f()}", "[" * 100, "-" * 1000, "{'a': 1" * 9000, "\0", "é"]
)
def test_what_is_no_plain_dict_has_no_entries(text):
    assert entries(text) == {}


def test_rounded_makes_plain_values():
    import numpy as np

    import minigrad as torch

    t = torch.tensor([[1 / 3, -0.0]], requires_grad=True)
    assert rounded({"t": t, "a": np.float32(0.1), 1: (True, None, ...)}) == {
        "t": [[0.333333, 0.0]],
        "a": 0.1,
        "1": [True, None, "..."],
    }
    assert str(rounded(-0.0)) == "0.0"


def test_tried_shows_values_and_errors():
    assert tried(lambda x: x / 3, 1) == 0.333333
    assert tried(int, "x") == "ValueError: invalid literal for int() with base 10: 'x'"


def test_a_test_is_asked_without_labels_and_in_an_order_of_its_own():
    seen = []
    cases = {"right: 1": 1, "right: 2": 2, "wrong: 3": 3, "wrong: 4": (4,), "wrong: 5": 5}
    found = judged(lambda number: seen.append(number) or number > 2, cases, 5)
    assert found == {name: name.startswith("wrong") for name in found}
    assert list(found)[:2] == ["right: 1", "right: 2"] and cases == {}
    assert sorted(seen) == [1, 2, 3, 4, 5] and seen != sorted(seen)


@pytest.mark.parametrize(
    "source, literal",
    [
        ("x = {'a': [1.0, None, (2, 3)], 'b': -1}", True),
        ("# a comment\nx = 'text'", True),
        ("x = {'a': f(1)}", False),
        ("x = [y for y in z]", False),
        ("import os\nx = 1", False),
        ("x = 1\nprint(x)", False),
        ("x = ", False),
    ],
)
def test_values_that_are_written_down_are_told_from_computed_ones(source, literal):
    assert is_literal(source) is literal


@pytest.mark.parametrize(
    "values, expected, same",
    [
        ({"a": [1.0, "x"]}, {"a": [1.000001, "x"]}, True),
        ({"a": 1.0}, {"b": 1.0}, False),
        ([1, 2], [1], False),
        (1, 1.0, True),
        (True, 1.0, False),
        (1.0, 1.1, False),
        (None, None, True),
        (float("nan"), float("nan"), True),
        ("1", 1, False),
    ],
)
def test_agree(values, expected, same):
    assert agree(values, expected) is same
