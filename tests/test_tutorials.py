"""Every example of PyTorch's autograd tutorials prints what PyTorch prints, to the character.

Errors and warnings begin with PyTorch's words; they may go on to say more.
"""

import json
import re
import sys
from pathlib import Path

import pytest

import minigrad

sys.path.insert(0, str(Path(__file__).parent / "recorded"))
from record_tutorials import FOLDER, examples, run

EXAMPLES = examples()
RECORDED = json.loads((FOLDER / "tutorials.json").read_text(encoding="utf-8"))["examples"]


def first_sentence(message):
    """The words that ours has to begin with."""
    return re.split(r"\. | \(Triggered|\n", message)[0].rstrip(".")


def agrees(found, recorded):
    """Whether the type is PyTorch's and the message begins with its first sentence."""
    (kind, text), (expected_kind, expected) = found, recorded
    words = first_sentence(expected).replace("torch.", "minigrad.")
    return kind == expected_kind and text.replace("torch.", "minigrad.").startswith(words)


def compare(name):
    found, recorded = run(minigrad, EXAMPLES[name]), RECORDED[name]
    assert found["printed"] == recorded["printed"]
    assert (found["error"] is None) == (recorded["error"] is None), found["error"]
    if found["error"]:
        assert agrees(found["error"], recorded["error"])
    assert len(found["warnings"]) == len(recorded["warnings"])
    assert all(map(agrees, found["warnings"], recorded["warnings"]))


def test_all_examples_have_been_recorded():
    assert list(EXAMPLES) == list(RECORDED)
    assert len(EXAMPLES) == 25


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_prints_what_pytorch_prints(name):
    compare(name)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["RuntimeError", "Trying to add. And more."], True),
        (["ValueError", "Trying to add."], False),
        (["RuntimeError", "Cannot add."], False),
    ],
)
def test_messages_are_compared_by_type_and_first_sentence(found, expected):
    assert agrees(found, ["RuntimeError", "Trying to add. Do something else."]) == expected
