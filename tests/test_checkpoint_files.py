"""Files that `torch.load` must not trust: foreign, cut off, damaged, or made to do harm."""

import io
import json
import random
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

import minigrad as torch

RECORDED = Path(__file__).parent / "recorded"


def saved(value):
    file = io.BytesIO()
    torch.save(value, file)
    return file.getvalue()


def zipped(parts, **options):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", **options) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def array(values):
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


WHOLE = saved({"a": torch.arange(6.0), "b": [1, "x"]})
PARTS = {name: zipfile.ZipFile(io.BytesIO(WHOLE)).read(name) for name in ("minigrad.json", "0.npy")}
HEAD = json.loads(PARTS["minigrad.json"])


def changed(**changes):
    return zipped({**PARTS, "minigrad.json": json.dumps({**HEAD, **changes})})


def tensor_entry(**changes):
    return changed(tensors=[{**HEAD["tensors"][0], **changes}])


def structure(content):
    return changed(content=content)


NPY = PARTS["0.npy"]

FOREIGN = {
    "empty": (b"", r"it is empty.*f.seek\(0\)"),
    "text": (b"hello", "begins like no file"),
    "PyTorch": ((RECORDED / "pytorch.pt").read_bytes(), "comes from PyTorch.*safetensors"),
    "pickle": (b"\x80\x04\x95\x0b\x00\x00\x00", "it is a pickle"),
    "safetensors": ((RECORDED / "weights.safetensors").read_bytes(), "it is a safetensors file"),
    "npy": (array(np.ones(2)), "np.load reads it"),
    "npz": (zipped({"x.npy": array(np.ones(2))}), "np.savez"),
    "zip": (zipped({"a.txt": "a"}), "a zip archive of something else"),
    "empty zip": (zipped({}), "breaks off|damaged"),
    "lfs": (b"version https://git-lfs.github.com/spec/v1\noid", "git lfs pull"),
    "cut": (WHOLE[:-9], "it breaks off"),
    "cut early": (WHOLE[:40], "it breaks off"),
    "two in one": (WHOLE + WHOLE, "bytes before the archive"),
    "version": (changed(version=2), "version 2 of the format.*Update minigrad"),
    "version text": (changed(version="new"), "version new of the format"),
    "format": (changed(format="other"), "unknown format"),
    "a list": (zipped({**PARTS, "minigrad.json": "[]"}), "unknown format"),
    "no JSON": (zipped({**PARTS, "minigrad.json": "{"}), "damaged"),
    "NaN": (zipped({**PARTS, "minigrad.json": '{"format": NaN}'}), "NaN is no JSON"),
    "deep": (zipped({**PARTS, "minigrad.json": "[" * 100000}), "damaged"),
    "too few": (zipped({"minigrad.json": PARTS["minigrad.json"]}), "parts are missing"),
    "too many": (zipped({**PARTS, "9.npy": NPY}), "parts are missing"),
    "no arrays": (changed(arrays=None), "damaged"),
    "compressed": (zipped(PARTS, compression=zipfile.ZIP_DEFLATED), "a part is compressed"),
    "header says more": (
        zipped({**PARTS, "0.npy": NPY.replace(b"(6,)", b"(9,)")}),
        "has 24 bytes, and its header says 36",
    ),
    "header says terabytes": (
        zipped({**PARTS, "0.npy": NPY.replace(b"(6,), }" + b" " * 14, b"(10**13,)}" + b" " * 11)}),
        "damaged",
    ),
    "huge": (
        zipped({**PARTS, "0.npy": NPY.replace(b"(6,), }" + b" " * 14, b"(9999999999999,), }  ")}),
        "has 24 bytes, and its header says",
    ),
    "negative": (zipped({**PARTS, "0.npy": NPY.replace(b"(6,)", b"(-6,)"[:4])}), "damaged"),
    "objects": (zipped({**PARTS, "0.npy": NPY.replace(b"'<f4'", b"'|O'  "[:5])}), "damaged"),
    "no array": (zipped({**PARTS, "0.npy": b"numbers"}), "damaged"),
    "place beyond": (tensor_entry(place=["<f4", [7], [4], 0]), "damaged"),
    "place before": (tensor_entry(place=["<f4", [6], [-4], 0]), "damaged"),
    "place of objects": (tensor_entry(place=["|O", [3], [8], 0]), "damaged"),
    "file that is not there": (tensor_entry(file=1), "damaged"),
    "file from the end": (tensor_entry(file=-1), "-1 is out of range"),
    "no kind": (changed(tensors=[{}]), "damaged"),
    "tensor that is not there": (structure({"tensor": 1}), "1 is out of range"),
    "tensor from the end": (structure({"tensor": -1}), "-1 is out of range"),
    "unknown kind": (structure({"os.system": "true"}), "damaged"),
    "two kinds": (structure({"tuple": [], "list": []}), "damaged"),
    "no pairs": (structure({"dict": [[1]]}), "damaged"),
    "key that has no hash": (structure({"dict": [[[], 1]]}), "damaged"),
    "number of objects": (structure({"numpy": ["|O", "00" * 8]}), "damaged"),
    "negative length": (structure({"Size": [-1]}), "damaged"),
    "dtype": (structure({"dtype": "object"}), "damaged"),
    "device": (structure({"device": "moon"}), "damaged"),
}


@pytest.mark.parametrize(("data", "words"), FOREIGN.values(), ids=FOREIGN)
def test_a_file_that_is_none_of_ours_is_told_what_it_is(tmp_path, data, words):
    path = tmp_path / "model.pt"
    path.write_bytes(data)
    for file in (path, io.BytesIO(data)):
        with pytest.raises(RuntimeError, match=re.compile(words, re.DOTALL)) as caught:
            torch.load(file)
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        assert str(caught.value).startswith("torch.load cannot read")


def test_every_beginning_of_a_file_is_refused():
    for end in range(len(WHOLE)):
        with pytest.raises(RuntimeError, match="torch.load cannot read"):
            torch.load(io.BytesIO(WHOLE[:end]))


def test_changed_bytes_are_noticed_or_harmless():
    """A zip has a few bytes that nobody reads, such as the date."""
    random.seed(0)
    noticed = 0
    for _ in range(1500):
        data = bytearray(WHOLE)
        for _ in range(random.choice([1, 1, 2, 8])):
            data[random.randrange(len(data))] ^= random.randrange(1, 256)
        try:
            found = torch.load(io.BytesIO(data))
        except RuntimeError as error:
            noticed += 1
            assert str(error).startswith("torch.load cannot read")
        else:
            assert repr(found) == repr({"a": torch.arange(6.0), "b": [1, "x"]})
    assert noticed > 1100


def test_the_same_content_gives_the_same_bytes_and_anybody_can_look_inside():
    assert saved({"a": torch.arange(6.0), "b": [1, "x"]}) == WHOLE
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        assert archive.namelist() == ["minigrad.json", "0.npy"]
        assert np.load(io.BytesIO(archive.read("0.npy"))).tolist() == [0, 1, 2, 3, 4, 5]
        content = json.loads(archive.read("minigrad.json"))["content"]
    assert content == {"dict": [["a", {"tensor": 0}], ["b", [1, "x"]]]}
