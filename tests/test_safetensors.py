"""Weights in safetensors files: PyTorch's load here, ours are the same bytes, bad ones are named.

The recorded files were written by PyTorch (tests/recorded/record_weights.py).
"""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn
from minigrad.safetensors import load, load_file, load_model, save, save_file, save_model

pytest.importorskip("safetensors", reason="the library safetensors is not installed")

HERE = Path(__file__).parent / "recorded"
RECORDED = json.loads((HERE / "weights.json").read_text(encoding="utf-8"))


def network():
    layers = [nn.Linear(4, 3), nn.Linear(3, 3), nn.Linear(3, 3)]
    layers[2].weight = layers[1].weight
    return nn.Sequential(layers[0], nn.ReLU(), layers[1], layers[2])


def numbers(model):
    return {name: each.tolist() for name, each in model.state_dict().items()}


# --- from PyTorch and back ------------------------------------------------------------------------
def test_a_network_of_pytorch_computes_the_same_here():
    model = network()
    assert load_model(model, HERE / "weights.safetensors") == ([], [])
    assert numbers(model) == RECORDED["state"]
    assert model[3].weight is model[2].weight
    np.testing.assert_allclose(
        model(torch.tensor(RECORDED["x"])).tolist(), RECORDED["y"], rtol=1e-6, atol=1e-7
    )


def test_every_dtype_comes_with_its_numbers_and_bfloat16_as_float32():
    with pytest.warns(UserWarning, match="1 of 12 tensors are bfloat16.*loaded as float32"):
        found = load_file(HERE / "dtypes.safetensors")
    for name, (dtype, values) in RECORDED["dtypes"].items():
        assert found[name].tolist() == values
        wanted = dtype.replace("bfloat16", "float32")
        assert str(found[name].dtype) == wanted
        assert found[name].array.flags.writeable
    assert set(found) == set(RECORDED["dtypes"])


def test_what_is_written_here_is_what_pytorch_writes():
    """The library orders and aligns the tensors, so that equal weights give equal bytes."""
    tensors = load_file(HERE / "weights.safetensors")
    recorded = (HERE / "weights.safetensors").read_bytes()
    header = json.loads(recorded[8 : 8 + int.from_bytes(recorded[:8], "little")])
    length = len(recorded) - sum(each.numel() * 4 for each in tensors.values())
    ours = save(tensors, {"by": "PyTorch"})
    assert header["__metadata__"]["by"] == "PyTorch"
    assert ours[-(len(recorded) - length) :] == recorded[length:]


def test_a_model_goes_into_a_file_and_back_with_its_ties(tmp_path):
    torch.manual_seed(0)
    model, other = network(), network()
    save_model(model, tmp_path / "model.safetensors")
    names = set(load_file(tmp_path / "model.safetensors"))
    assert names == {"0.weight", "0.bias", "2.weight", "2.bias", "3.bias"}
    load_model(other, tmp_path / "model.safetensors")
    assert numbers(other) == numbers(model)
    assert other[3].weight is other[2].weight


def test_a_state_dict_goes_through_bytes_and_files(tmp_path):
    state = nn.Linear(2, 3).state_dict()
    save_file(state, str(tmp_path / "w"), metadata={"epoch": "3"})
    for found in (load_file(tmp_path / "w"), load(save(state)), load(bytearray(save(state)))):
        assert {name: each.tolist() for name, each in found.items()} == {
            name: each.tolist() for name, each in state.items()
        }
    model = nn.Linear(2, 3)
    model.load_state_dict(load_file(tmp_path / "w"))
    assert numbers(model)["weight"] == state["weight"].tolist()


# --- what does not fit ----------------------------------------------------------------------------
def test_weights_that_do_not_fit_leave_the_model_as_it_was(tmp_path):
    save_model(network(), tmp_path / "w")
    for model, words in [
        (nn.Linear(4, 3), 'Missing key.*"bias", "weight"(.|\n)*Unexpected key.*"0.bias"'),
        (nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 3), nn.Linear(3, 3)), "3.weight"),
        (nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 3)), 'Unexpected.*"3.bias"'),
    ]:
        before = numbers(model)
        with pytest.raises(RuntimeError, match=words):
            load_model(model, tmp_path / "w")
        assert numbers(model) == before
    model = network()
    model[3] = nn.Linear(3, 5)
    before = numbers(model)
    for strict in (True, False):
        with pytest.raises(RuntimeError, match="size mismatch for 3|Missing key"):
            load_model(model, tmp_path / "w", strict=strict)
        assert numbers(model) == before


def test_without_strict_the_names_that_differ_are_given_back(tmp_path):
    save_file({"weight": torch.ones(1, 2), "other": torch.ones(1)}, tmp_path / "w")
    model = nn.Linear(2, 1)
    assert load_model(model, tmp_path / "w", strict=False) == (["bias"], ["other"])
    assert model.weight.tolist() == [[1, 1]]


BAD = [
    (lambda x: [x], ValueError, r"Expected a dict of \[str, torch.Tensor\] but received"),
    (lambda x: {"a": 3}, ValueError, "Key `a` is invalid, expected torch.Tensor but received"),
    (lambda x: {3: x}, ValueError, "Names are strings"),
    (lambda x: {"a": x.t()}, ValueError, "You are trying to save a non contiguous tensor: `a`"),
    (lambda x: {"a": x, "b": x}, RuntimeError, "Some tensors share memory"),
    (lambda x: {"a": x, "b": x[1]}, RuntimeError, "Some tensors share memory"),
]


@pytest.mark.parametrize(("tensors", "kind", "words"), BAD)
def test_what_cannot_be_saved_is_told_in_pytorchs_words_and_no_file_is_touched(
    tmp_path, tensors, kind, words
):
    (tmp_path / "w").write_bytes(b"old")
    with pytest.raises(kind, match=words):
        save_file(tensors(torch.ones(2, 3)), tmp_path / "w")
    with pytest.raises(TypeError, match="metadata is strings by name"):
        save_file({}, tmp_path / "w", {"epoch": 3})
    assert (tmp_path / "w").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["w"]


def test_parts_of_one_memory_that_do_not_overlap_are_fine():
    x = torch.arange(6.0).reshape(2, 3)
    found = load(save({"a": x[0], "b": x[1]}))
    assert found["a"].tolist() == [0, 1, 2] and found["b"].tolist() == [3, 4, 5]


WHOLE = (HERE / "weights.safetensors").read_bytes()
BROKEN = {
    "empty": (b"", "it is empty"),
    "cut": (WHOLE[:-3], "it is damaged or breaks off"),
    "cut early": (WHOLE[:60], "it is damaged or breaks off"),
    "longer": (WHOLE + b"x", "it is damaged or breaks off"),
    "huge header": (b"\xff" * 6 + WHOLE[6:], "it is damaged or breaks off"),
    "no JSON": (WHOLE[:9] + b"!" + WHOLE[10:], "it is damaged or breaks off"),
    "offsets": (WHOLE.replace(b'offsets":[0,', b'offsets":[1,'), "it is damaged or breaks off"),
    "text": (b"hello world", "begins like no safetensors file"),
    "PyTorch": ((HERE / "pytorch.pt").read_bytes(), "comes from PyTorch.*save_file"),
    "lfs": (b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
}


@pytest.mark.parametrize(("data", "words"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_damaged_or_foreign_is_told_what_it_is(tmp_path, data, words):
    (tmp_path / "w").write_bytes(data)
    with pytest.raises(RuntimeError, match=f"safetensors cannot read .*w: .*{words}"):
        load_file(tmp_path / "w")
    with pytest.raises(RuntimeError, match=f"safetensors cannot read the bytes: .*{words}"):
        load(data)


def test_a_file_of_torch_save_and_one_that_is_not_there(tmp_path):
    torch.save({"a": torch.ones(2)}, tmp_path / "w")
    with pytest.raises(RuntimeError, match="torch.load reads it"):
        load_file(tmp_path / "w")
    with pytest.raises(FileNotFoundError):
        load_file(tmp_path / "nothing")


def test_a_dtype_that_is_not_here_is_named():
    header = b'{"big":{"dtype":"U64","shape":[1],"data_offsets":[0,8]}}'
    with pytest.raises(TypeError, match=r"no dtype for big \(U64\)\. Convert them before saving"):
        load(len(header).to_bytes(8, "little") + header + bytes(8))


def test_without_the_library_it_is_said_how_to_get_it(monkeypatch, tmp_path):
    for name in [each for each in sys.modules if each.split(".")[0] == "safetensors"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "safetensors", None)
    monkeypatch.setitem(sys.modules, "safetensors.numpy", None)
    for call in (
        lambda: save({"a": torch.ones(1)}),
        lambda: load_file(HERE / "weights.safetensors"),
        lambda: load_model(nn.Linear(1, 1), HERE / "weights.safetensors"),
    ):
        with pytest.raises(ImportError, match="pip install safetensors"):
            call()
