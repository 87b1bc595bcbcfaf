"""Autograd and modules do what PyTorch's do: hundreds of small programs, recorded.

Grad modes, writes in place, views, hooks, saved tensors, functions of one's own, gradcheck,
`functional` and checkpointing (recorded/autograd.json); modules, their parts, states, containers
and hooks (recorded/module.json); and every misuse: its message begins with PyTorch's words.
"""

import json
import re
import sys
from pathlib import Path

import pytest

import minigrad

sys.path.insert(0, str(Path(__file__).parent / "recorded"))
from record_autograd import CASES, FOLDER, run

RECORDED = {
    group: json.loads((FOLDER / f"{group}.json").read_text(encoding="utf-8"))["cases"]
    for group in CASES
}
NAMES = [(group, name) for group, cases in CASES.items() for name in cases]


def first_sentence(message):
    """The words that ours has to begin with."""
    return re.split(r"(?<=\w)\. |\n| Hint:", message.strip())[0].rstrip(".")


@pytest.mark.parametrize(("group", "least"), [("autograd", 200), ("module", 100)])
def test_all_cases_have_been_recorded(group, least):
    assert list(CASES[group]) == list(RECORDED[group]) and len(CASES[group]) > least


@pytest.mark.parametrize(("group", "name"), NAMES)
def test_a_case_does_what_it_does_in_pytorch(group, name):
    found, recorded = run(minigrad, CASES[group][name]), RECORDED[group][name]
    assert found.get("returned") == recorded.get("returned"), found
    if "raised" in recorded:
        kind, message = recorded["raised"]
        assert found["raised"][0] == kind
        assert found["raised"][1].startswith(first_sentence(message))
    assert found["printed"] == recorded["printed"]
    assert [kind for kind, _ in found["warnings"]] == [kind for kind, _ in recorded["warnings"]]
