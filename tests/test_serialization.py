"""`torch.save` and `torch.load`: what comes back, what is refused, and files that are not whole."""

import collections
import io
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minigrad as torch
from minigrad import nn
from minigrad.utils.data import DataLoader, TensorDataset


def saved(value):
    file = io.BytesIO()
    torch.save(value, file)
    return file.getvalue()


def back(value, **options):
    return torch.load(io.BytesIO(saved(value)), **options)


def same(one, two):
    """Whether two nested objects are equal, in every type, dtype and sign."""
    if type(one) is not type(two):
        return False
    if isinstance(one, torch.Tensor):
        flags = one.dtype == two.dtype and one.requires_grad == two.requires_grad
        return flags and one.stride() == two.stride() and same(one.array, two.array)
    if isinstance(one, (np.ndarray, np.generic)):
        whole = one.dtype == two.dtype and one.shape == two.shape
        return whole and one.tobytes() == two.tobytes()
    if isinstance(one, dict):
        return list(one) == list(two) and all(same(one[key], two[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(two) and all(map(same, one, two))
    return repr(one) == repr(two)


VALUES = [
    *(None, True, 0, -5, 2**62, 2**200, -(2**64), 0.1, -0.0, 1e300, 5e-324),
    *(float("inf"), -float("inf"), float("nan"), 1 + 2j, complex("nan-infj")),
    *("", "text", "ünï\n\x00", "\ud800", b"", b"\x00\xff"),
    *([], (), {}, [[]], ([],), {1, 2, 3}, {"a": {"b": [1, (2, {"c": 3})]}}),
    {1: "int", "1": "str", 1.5: "float", None: "none", (1, "a"): "tuple", b"k": "bytes"},
    {True: "bool"},
    collections.OrderedDict([("b", 1), ("a", 2)]),
    *(torch.Size([2, 3]), torch.float16, torch.bool, torch.device("cpu"), torch.device("cuda:1")),
    *(np.float32(0.1), np.int8(-3), np.bool_(True), np.float64("nan"), np.uint16(7)),
    *(np.arange(6).reshape(2, 3), np.array(2.5), np.zeros((0, 3)), np.ones(3, np.complex64)),
    *(torch.ones(2, 3), torch.tensor(2.5), torch.zeros(0, 3), torch.ones(1, 1)[0, 0]),
    *(torch.arange(3, dtype=torch.int16), torch.tensor([True, False])),
    torch.tensor([float("nan"), -0.0, float("inf")], dtype=torch.float16),
    torch.ones(2, requires_grad=True),
    nn.Parameter(torch.ones(2)),
    nn.Parameter(torch.ones(2), requires_grad=False),
    torch.arange(6.0).reshape(2, 3).t(),
]


@pytest.mark.parametrize(
    "value", VALUES, ids=lambda value: f"{type(value).__name__} {value!r}"[:40]
)
def test_a_value_comes_back_as_it_was(value):
    assert same(back(value), value)
    assert same(back([{"deep": (value,)}]), [{"deep": (value,)}])


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
NESTED = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text() | st.integers(), inner, max_size=3)
    ),
)


@given(NESTED)
def test_any_nesting_comes_back_and_gives_the_same_bytes_each_time(value):
    assert same(back(value), value)
    assert saved(value) == saved(back(value))


def test_a_result_comes_back_as_a_leaf_without_its_history():
    x = torch.ones(2, requires_grad=True)
    (x * 3).sum().backward()
    result = back({"x": x, "y": x * 2})
    assert result["x"].grad is None
    assert result["y"].is_leaf and result["y"].requires_grad


# --- shared memory --------------------------------------------------------------------------------
def test_one_tensor_under_two_names_is_one_tensor_again():
    x = torch.ones(2)
    found = back({"a": x, "b": [x]})
    assert found["a"] is found["b"][0]


def test_tensors_that_share_memory_share_it_again():
    x = torch.arange(12.0).reshape(3, 4)
    found = back({"row": x[1], "whole": x, "turned": x.t(), "array": x.numpy(), "alone": x + 1})
    found["whole"][1, 2] = 100
    assert found["row"].tolist() == [4, 5, 100, 7]
    assert found["turned"][2, 1].item() == found["array"][1, 2] == 100
    assert found["row"]._version == found["whole"]._version == 1
    assert found["alone"][1, 2].item() == 7


def test_tied_weights_stay_tied_in_a_state_dict():
    model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    model[1].weight = model[0].weight
    state = back(model.state_dict())
    state["0.weight"].fill_(3)
    assert state["1.weight"].tolist() == [[3, 3], [3, 3]]


def test_of_a_part_alone_only_the_part_is_kept():
    x = torch.zeros(1000, 1000)
    assert len(saved(x[0])) < 6000
    assert len(saved([x[0], x[-1]])) < 11000
    assert len(saved(torch.ones(1, 1).expand(1000, 1000))) < 2000
    assert same(back(x[::2, 0][:3]), torch.zeros(3))


def test_backwards_views_of_arrays():
    array = np.arange(6.0)
    assert back(array[::-1]).tolist() == [5, 4, 3, 2, 1, 0]
    found = back([array, array[::-1], array.view(np.int64)])
    found[0][0] = 1.0
    assert found[1][-1] == 1.0 and found[2][0] == np.float64(1).view(np.int64)


# --- what cannot be kept --------------------------------------------------------------------------
class Named(collections.namedtuple("Named", "x y")):
    """A tuple with names."""


loop = []
loop.append({"again": loop})
deep = []
for _ in range(500):
    deep = [deep]

REFUSED = [
    (
        {"model": {"fc": nn.Linear(2, 2)}},
        r"a whole Linear, at \['model'\]\['fc'\]: .*state_dict\(\)",
    ),
    ([1, (lambda x: x,)], r"function or class .*lambda.*, at \[1\]\[0\]"),
    ({"loss": print}, r"function or class print, at \['loss'\]"),
    (nn.Linear, "function or class Linear, at the top"),
    (torch.optim.SGD([torch.ones(1)], lr=1), r"a whole SGD, at the top: .*state_dict\(\)"),
    (torch.Generator(), r"a Generator, at the top: keep \.get_state\(\)"),
    (Named(1, 2), r"a Named, at the top: keep tuple"),
    (collections.Counter("ab"), r"a Counter, at the top: keep dict"),
    (object(), "a object, at the top: tensors, arrays, numbers"),
    ({frozenset([1]): 2}, r"the key frozenset\(\{1\}\) of a dictionary"),
    (np.array(["a"]), "array of <U1, at the top"),
    (np.array([None]), "array of object, at the top"),
    (loop, r"contains itself, at \[0\]\['again'\]"),
    (deep, "100 levels of nesting"),
]


@pytest.mark.parametrize(("value", "words"), REFUSED, ids=lambda each: f"{type(each).__name__}")
def test_what_cannot_be_kept_is_named_with_its_place_and_no_file_is_touched(tmp_path, value, words):
    path = tmp_path / "old.pt"
    torch.save("old", path)
    with pytest.raises(TypeError, match=words):
        torch.save(value, path)
    assert torch.load(path) == "old"
    assert os.listdir(tmp_path) == ["old.pt"]


# --- files ----------------------------------------------------------------------------------------
def test_paths_links_and_open_files(tmp_path):
    target = tmp_path / "a.pt"
    torch.save(1, str(target))
    os.chmod(target, 0o640)
    (tmp_path / "link.pt").symlink_to(target)
    torch.save(2, tmp_path / "link.pt")
    assert (tmp_path / "link.pt").is_symlink() and torch.load(target) == 2
    assert target.stat().st_mode & 0o777 == 0o640
    with open(target, "wb") as file:
        torch.save(3, file)
    with open(target, "rb") as file:
        assert torch.load(file, weights_only=False, mmap=True) == 3
    torch.save(4, os.devnull)
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError("disk full")])
def test_an_interruption_leaves_the_older_file_as_it_was(tmp_path, monkeypatch, error):
    path = tmp_path / "best.pt"
    torch.save({"best": torch.ones(3)}, path)
    before = path.read_bytes()

    def interrupted(*args, **options):
        raise error

    monkeypatch.setattr(np.lib.format, "write_array", interrupted)
    with pytest.raises(type(error) if isinstance(error, Exception) else error):
        torch.save({"best": torch.zeros(3)}, path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["best.pt"]


def test_what_is_no_file_is_refused_in_pytorchs_words(tmp_path):
    for file, kind, words in [
        (3, AttributeError, "expected 'f' to be string, path, or a file-like object"),
        (io.StringIO(), TypeError, "write() argument must be str"),
        (tmp_path / "no" / "x.pt", RuntimeError, "Parent directory .* does not exist"),
        (tmp_path, IsADirectoryError, "folder"),
    ]:
        with pytest.raises(kind, match=words.replace("()", r"\(\)")):
            torch.save(1, file)
    with pytest.raises(AttributeError, match="'int' object has no attribute 'seek'. You can only"):
        torch.load(3)
    with pytest.raises(TypeError, match="open it with 'rb'"):
        torch.load(io.StringIO("text"))
    with pytest.raises(FileNotFoundError):
        torch.load(tmp_path / "x.pt")


def test_map_location():
    x = torch.ones(2)
    for location in (None, "cpu", torch.device("cpu"), {"cuda:0": "cpu"}, lambda each, where: None):
        assert same(back(x, map_location=location), x)
    asked = []
    assert back([x], map_location=lambda each, where: asked.append(where) or each * 2)[0].sum() == 4
    assert asked == ["cpu"]
    with pytest.raises(TypeError, match="'int' object is not callable"):
        back(x, map_location=3)
    if not torch.cuda.is_available():
        for location in ("cuda", {"cpu": "cuda:0"}):
            with pytest.raises(
                RuntimeError, match="Attempting to deserialize object on a CUDA dev"
            ):
                back(x, map_location=location)


# --- a training run -------------------------------------------------------------------------------
def training():
    """A model, an optimiser with memory, and shuffled batches of data."""
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 1))
    data = TensorDataset(torch.randn(20, 3), torch.randn(20, 1))
    loader = DataLoader(data, 4, shuffle=True)
    return model, torch.optim.Adam(model.parameters(), lr=0.01), loader


def train(model, optimizer, loader, epochs):
    for _ in range(epochs):
        for x, y in loader:
            optimizer.zero_grad()
            nn.functional.mse_loss(model(x), y).backward()
            optimizer.step()


def test_a_run_that_is_resumed_gives_the_same_numbers_to_the_bit(tmp_path):
    model, optimizer, loader = training()
    train(model, optimizer, loader, 2)
    checkpoint = {
        "epoch": 2,
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "random": torch.get_rng_state(),
    }
    torch.save(checkpoint, tmp_path / "checkpoint.pt")
    train(model, optimizer, loader, 2)

    again, optimizer, loader = training()
    checkpoint = torch.load(tmp_path / "checkpoint.pt")
    again.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    torch.set_rng_state(checkpoint["random"])
    train(again, optimizer, loader, 2)
    assert checkpoint["epoch"] == 2
    assert same(again.state_dict(), model.state_dict())
