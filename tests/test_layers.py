"""Every layer computes, prints, keeps and complains as PyTorch's: a replay of recorded tables.

The tables are `recorded/layers_….py`; `recorded/record_layers.py` wrote what PyTorch gave for them;
nothing here needs PyTorch.
"""

import sys
from pathlib import Path

import numpy as np
import pytest

import minigrad as torch
from minigrad.autograd import gradcheck, gradgradcheck

sys.path.insert(0, str(Path(__file__).parent / "recorded"))
from layer_recording import (
    DTYPES,
    Prepared,
    cases_of,
    failure,
    numbers,
    recorded,
    run,
    tables,
    title,
    value,
)

RECORDED = {table: recorded(table) for table in tables()}
CASES = [
    pytest.param(table, each, dtype, id=f"{title(each)} {dtype}")
    for table in RECORDED
    for each in cases_of(table)
    for dtype in each.get("dtypes", DTYPES)
]
TOLERANCE = {"float16": 2e-3, "float32": 1e-5, "float64": 1e-12}


def assert_close(seen, wanted, dtype, what):
    """The numbers of a tensor as PyTorch's, up to rounding relative to the largest of them."""
    if seen is None or wanted is None:
        assert seen == wanted, what
        return
    assert seen[:2] == wanted[:2], what
    expected = np.array(wanted[2], float)
    finite = np.abs(expected[np.isfinite(expected)])
    tolerance = TOLERANCE[dtype]
    np.testing.assert_allclose(
        seen[2], expected, tolerance, tolerance * finite.max(initial=0), err_msg=what
    )


@pytest.mark.parametrize(("table", "case", "dtype"), CASES)
def test_a_layer_gives_what_pytorch_gives(table, case, dtype):
    wanted = RECORDED[table]["cases"][title(case)][dtype]
    seen = run(torch, case, dtype)
    for position, outputs in enumerate(zip(seen["outputs"], wanted["outputs"], strict=True)):
        assert_close(*outputs, dtype, f"output {position}")
    assert seen["grads"].keys() == wanted["grads"].keys()
    for name, grad in seen["grads"].items():
        assert_close(grad, wanted["grads"][name], dtype, f"gradient of {name}")
    assert seen.get("buffers", {}).keys() == wanted.get("buffers", {}).keys()
    for name, buffer in seen.get("buffers", {}).items():
        assert_close(buffer, wanted["buffers"][name], dtype, name)
    for what in ("nodes", "printed", "keys"):
        assert seen.get(what) == wanted.get(what)


@pytest.mark.parametrize(
    "case",
    [
        each.values[1]
        for each in CASES
        if each.values[2] == "float64" and each.values[1].get("second", True)
    ],
    ids=title,
)
def test_its_gradients_are_slopes_and_so_are_theirs(case):
    """`gradcheck` and `gradgradcheck`, by random directions."""
    prepared = Prepared(torch, case, "float64")
    leaves = list(prepared.leaves().values())

    def results(*_):
        keep_buffers(prepared, before)
        return tuple(each for each in prepared() if each is not None and each.requires_grad)

    before = buffers_of(prepared)
    assert gradcheck(results, leaves, fast_mode=True, atol=1e-5)
    assert gradgradcheck(results, leaves, fast_mode=True, atol=1e-5)


def buffers_of(prepared):
    if not prepared.is_module:
        return []
    return [each.numpy().copy() for _, each in prepared.layer.named_buffers()]


def keep_buffers(prepared, before):
    """Begin again with the same running statistics."""
    with torch.no_grad():
        for array, (_, each) in zip(before, prepared.layer.named_buffers() if before else ()):
            each.copy_(torch.tensor(array))


@pytest.mark.parametrize(
    ("table", "expression"), [(t, each) for t in RECORDED for each in RECORDED[t]["values"]]
)
def test_an_expression_prints_what_pytorch_prints(table, expression):
    assert value(torch, expression) == RECORDED[table]["values"][expression]


@pytest.mark.parametrize(
    ("table", "expression"), [(t, each) for t in RECORDED for each in RECORDED[t]["errors"]]
)
def test_a_mistake_is_told_in_pytorchs_words(table, expression):
    kind, message = RECORDED[table]["errors"][expression]
    found = failure(torch, expression)
    assert found is not None, f"no error; PyTorch says {kind}: {message}"
    assert found[0] == kind, found
    begins = " ".join(message.split()[:5])
    assert found[1].startswith(begins), f"{found[1]}\n does not begin as\n{message}"


def test_every_table_is_recorded_whole():
    for table in RECORDED:
        assert [title(each) for each in cases_of(table)] == list(RECORDED[table]["cases"])


def test_a_wrong_number_would_be_seen():
    one, other = numbers(torch.ones(2)), numbers(torch.tensor([1.0, 1.0001]))
    with pytest.raises(AssertionError):
        assert_close(one, other, "float32", "")
