"""Tensors print as PyTorch prints them: a replay of recorded texts, and what must always hold.

`recorded/record_printing.py` wrote the table with PyTorch; only the last test needs PyTorch.
"""

import json
import re
import runpy
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from minigrad.printing import get_printoptions, set_printoptions, tensor_str

RECORDER = Path(__file__).with_name("recorded") / "record_printing.py"
CASES = json.loads(RECORDER.with_name("printing.json").read_text())["cases"]
NAMES = {"np": np, "inf": np.inf, "nan": np.nan}

pytestmark = pytest.mark.filterwarnings("error")  # an inf or a nan is no reason to warn


@pytest.fixture(autouse=True)
def default_options():
    set_printoptions(profile="default")
    yield
    set_printoptions(profile="default")


def evaluate(expression):
    with np.errstate(all="ignore"):
        return eval(expression, NAMES)


def text_of(array, options=None, **notes):
    set_printoptions(profile="default")
    set_printoptions(**options or {})
    return tensor_str(array, **notes)


@pytest.mark.parametrize("name", CASES)
def test_text_is_pytorchs(name):
    case = dict(CASES[name])
    expression, expected = case.pop("array"), case.pop("text")
    assert text_of(evaluate(expression), **case) == expected


def test_the_table_is_large():
    assert len(CASES) > 300


SHAPES = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)


def read_back(text):
    """The numbers of a tensor from its text."""
    return eval(re.match(r"tensor\((\[.*\]|[^,)]*)", text, re.DOTALL)[1], NAMES)


@given(arrays.arrays(arrays.integer_dtypes(endianness="="), SHAPES))
def test_integers_read_back(array):
    assert read_back(tensor_str(array)) == (array.tolist() if array.size else [])


@given(arrays.arrays(st.sampled_from(["float16", "float32", "float64"]), SHAPES))
def test_floats_read_back_to_what_is_shown(array):
    wide = abs(array.astype("float64"))
    assume(not ((wide > 1.797e308) & np.isfinite(wide)).any())  # rounded up, that is inf
    read = np.array(read_back(tensor_str(array)), dtype="float64")
    if array.size:
        # Four digits after the point, whether of the number or of its mantissa.
        np.testing.assert_allclose(read, array.astype("float64"), rtol=5.1e-5, atol=5.1e-5)


@given(arrays.arrays("int32", arrays.array_shapes(max_dims=3, max_side=30)), st.integers(30, 120))
def test_lines_of_numbers_stay_within_the_width(array, width):
    set_printoptions(profile="full", linewidth=width)
    lines = tensor_str(array).removesuffix(")").split("\n")
    # PyTorch does not count the brackets and the comma that close a line (nor zeros, nor dots).
    assert all(len(line.rstrip("],")) <= width for line in lines)
    assert all(line.startswith("       ") for line in lines[1:] if line)


@given(arrays.arrays("int16", arrays.array_shapes(max_dims=3, max_side=4)), st.integers(1, 3))
def test_shortened_text_shows_the_ends(array, edge):
    set_printoptions(threshold=0, edgeitems=edge)
    text = tensor_str(array)
    cut = any(length > 2 * edge for length in array.shape)
    assert ("..." in text) == cut
    shown = [int(number) for number in re.findall(r"-?\d+", text.partition("dtype")[0])]
    ends = [sorted({*range(n)[:edge], *range(n)[-edge:]}) for n in array.shape]
    assert shown == array[np.ix_(*ends)].ravel().tolist()


@pytest.mark.parametrize("dtype", ["float32", "int64"])
@pytest.mark.parametrize("shape", [(10**7,), (10, 10**6), (10**6, 10), (100, 1, 10**5)], ids=str)
def test_a_large_tensor_prints_at_once(shape, dtype):
    array = np.zeros(shape, dtype)
    start = time.perf_counter()
    text = tensor_str(array)
    assert time.perf_counter() - start < 0.2  # writing every number would take seconds
    assert "..." in text


@pytest.mark.parametrize("value", [np.float32(4.5), np.int64(3), np.bool_(True)], ids=repr)
def test_a_numpy_scalar_prints_as_a_0d_array(value):
    assert tensor_str(value) == tensor_str(np.array(value))


def test_printing_leaves_the_array_alone():
    array = np.arange(4000.0).reshape(40, 100)[::-1, ::2]
    array.flags.writeable = False
    before = array.copy()
    tensor_str(array)
    assert np.array_equal(array, before)


def test_options_are_kept_and_given_back():
    set_printoptions(precision=2, linewidth=60, sci_mode=True)
    kept = get_printoptions()
    assert kept == {
        "precision": 2,
        "threshold": 1000,
        "edgeitems": 3,
        "linewidth": 60,
        "sci_mode": True,
    }
    set_printoptions(profile="full")
    assert get_printoptions()["threshold"] == np.inf
    assert get_printoptions()["sci_mode"] is None
    set_printoptions(**kept)
    assert get_printoptions() == kept


def test_options_given_back_are_a_copy():
    get_printoptions()["precision"] = 9
    assert get_printoptions()["precision"] == 4


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("seed", range(8))
def test_random_tensors_print_as_in_the_pytorch_at_hand(seed):
    pytest.importorskip("torch")
    recorder = runpy.run_path(str(RECORDER))
    rng = np.random.RandomState(seed)
    for _ in range(100):
        array, notes = recorder["random_case"](rng)
        assert text_of(array, **notes) == recorder["pytorch_text"](array, **notes)
