"""Autograd does what PyTorch does: about 250 small programs, recorded in recorded/autograd.json.

Grad modes, writes in place, views, hooks, saved tensors, functions of one's own, gradcheck,
`functional` and checkpointing; and every misuse, whose message begins with PyTorch's words.
"""

import json
import re
import sys
from pathlib import Path

import pytest

import minigrad

sys.path.insert(0, str(Path(__file__).parent / "recorded"))
from record_autograd import CASES, FOLDER, run

RECORDED = json.loads((FOLDER / "autograd.json").read_text(encoding="utf-8"))["cases"]


def first_sentence(message):
    """The words that ours has to begin with."""
    return re.split(r"(?<=\w)\. |\n| Hint:", message.strip())[0].rstrip(".")


def test_all_cases_have_been_recorded():
    assert list(CASES) == list(RECORDED) and len(CASES) > 200


@pytest.mark.parametrize("name", CASES)
def test_a_case_does_what_it_does_in_pytorch(name):
    found, recorded = run(minigrad, CASES[name]), RECORDED[name]
    assert found.get("returned") == recorded.get("returned"), found
    if "raised" in recorded:
        kind, message = recorded["raised"]
        assert found["raised"][0] == kind
        assert found["raised"][1].startswith(first_sentence(message))
    assert found["printed"] == recorded["printed"]
    assert [kind for kind, _ in found["warnings"]] == [kind for kind, _ in recorded["warnings"]]
