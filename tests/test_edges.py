"""Every function of one tensor or two, at the edges: zeros, infinities, nan, ties; all dtypes.

`recorded/record_edges.py` asked PyTorch the same; nothing here needs PyTorch.
"""

import json
from pathlib import Path

import edges
import numpy as np
import pytest

import minigrad as torch

RECORDED = json.loads(Path(__file__).with_name("recorded").joinpath("edges.json").read_text())
CASES = [(int(count), name) for count, each in RECORDED.items() for name in each]
EACH = pytest.mark.parametrize(("count", "name"), CASES, ids=[name for _, name in CASES])


# Where the dtype of a result, or whether there is one, differs from PyTorch's: why.
DTYPES = {
    "cross": "of a number and a vector, the shapes are looked at first",
    "gradient": "bytes, too, are converted to floats; PyTorch refuses those alone",
    "inner": "two vectors of bools have a product, too",
    "ldexp": "a bool is 0 or 1 as a power, too",
    "nn.functional.hardtanh": "-1 is no byte: an OverflowError",
    "repeat_interleave": "positions are int64 whatever the counts are",
    "trace": "the message is that of a sum",
}
# Functions that are made of others, and name those when they complain.
MADE_OF_OTHERS = {"msort", "nn.functional.relu6", "repeat_interleave", "unique"}


def function(count, name):
    return eval(edges.functions(count)[name], {"torch": torch})


def test_all_functions_are_recorded():
    for count in (1, 2):
        assert set(RECORDED[str(count)]) == set(edges.functions(count))


@EACH
def test_at_the_edges(count, name):
    found = edges.at_the_edges(torch, function(count, name), count)
    recorded = RECORDED[str(count)][name]["edges"]
    if isinstance(recorded, str):
        assert found == recorded
        return
    assert_same(found["result"], recorded["result"])
    assert ("grads" in found) == ("grads" in recorded)
    if isinstance(recorded.get("grads"), str):
        assert found["grads"] == recorded["grads"]
        return
    for ours, theirs in zip(found.get("grads", ()), recorded.get("grads", ())):
        assert_same(ours, theirs)


def assert_same(found, recorded):
    """The same numbers; where there is no gradient at all, zeros are as good."""
    if found is None or recorded is None:
        assert not np.any(found or 0) and not np.any(recorded or 0)
    else:
        np.testing.assert_allclose(found, recorded, rtol=1e-7, atol=1e-12)


@EACH
def test_dtypes(count, name):
    found = edges.dtypes_of(torch, function(count, name), count).split()
    recorded = RECORDED[str(count)][name]["dtypes"].split()
    assert (found != recorded) == (name in DTYPES)


@EACH
def test_what_is_no_tensor_is_refused_in_pytorchs_words(count, name):
    kind, words = RECORDED[str(count)][name]["no tensor"]
    found = edges.complaint(torch, function(count, name), count)
    if kind == "AttributeError":  # PyTorch stumbles itself; here it is said what is wrong
        kind, words = "TypeError", found[1]
    assert found[0] == kind
    if "received an invalid" not in words + found[1] and name not in MADE_OF_OTHERS:
        assert found[1].split()[:3] == words.split()[:3]
