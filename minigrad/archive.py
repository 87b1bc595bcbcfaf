"""Floor 7. The file of `torch.save`: a zip of `.npy` files, and one JSON that says what they are.

Nothing is compressed, no date is kept: the same content gives the same bytes. Reading it, every
length is checked against the file's before memory is asked for.
"""

import io
import json
import math
import zipfile

import numpy as np

CONTENT, VERSION = "minigrad.json", 1
FROM_PYTORCH = (
    "it comes from PyTorch. Reading it would run code from the file, so minigrad does not. Bring "
    "the weights over with safetensors: in PyTorch `from safetensors.torch import save_file; "
    "save_file(torch.load(path, weights_only=True), 'weights.safetensors')`, here "
    "`minigrad.safetensors.load_file('weights.safetensors')`"
)


def write(file, content, arrays):
    """Write a dictionary and arrays to an open binary file."""
    head = {"format": "minigrad", "version": VERSION, "arrays": len(arrays), **content}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        with archive.open(entry(CONTENT, 0), "w") as part:
            part.write(json.dumps(head, allow_nan=False).encode("ascii"))
        for number, array in enumerate(arrays):
            with archive.open(entry(f"{number}.npy", array.nbytes), "w") as part:
                np.lib.format.write_array(part, array, version=(1, 0), allow_pickle=False)


def entry(name, size):
    """A place in the zip, the same on every machine and on every day."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, 0o644 << 16
    info.file_size = size + 1024
    return info


def read(file):
    """The dictionary and the arrays of an open file; ValueError for anything that does not fit."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        infos = {info.filename: info for info in archive.infolist()}
        check(len(infos) == len(archive.infolist()), "two parts have the same name")
        plain = all(
            info.compress_type == zipfile.ZIP_STORED and info.file_size == info.compress_size
            for info in infos.values()
        )
        check(plain, "a part is compressed, and torch.save compresses nothing")
        check(sum(info.file_size for info in infos.values()) <= size, "parts overlap")
        first = min((info.header_offset for info in infos.values()), default=0)
        check(first == 0, f"there are {first} bytes before the archive")
        content = json.loads(archive.read(infos[CONTENT]), parse_constant=no_constant)
        check(isinstance(content, dict) and content.get("format") == "minigrad", "unknown format")
        if content["version"] == VERSION:
            names = [f"{number}.npy" for number in range(content["arrays"])]
            check({CONTENT, *names} == set(infos), "parts are missing, or there are too many")
            content["arrays"] = [read_array(archive, infos[name]) for name in names]
    return content


def read_array(archive, info):
    """One array, into memory of its own."""
    with archive.open(info) as part:
        check(np.lib.format.read_magic(part) == (1, 0), f"{info.filename} is another version")
        shape, columns_first, dtype = np.lib.format.read_array_header_1_0(part)
        check(dtype.kind in "biufc" and not columns_first, f"{info.filename} holds no numbers")
        length = math.prod(shape) * dtype.itemsize
        check(
            all(each >= 0 for each in shape) and length == info.file_size - part.tell(),
            f"{info.filename} has {info.file_size - part.tell()} bytes, and its header says "
            f"{length}",
        )
        array = np.empty(shape, dtype)
        view, done = memoryview(array.reshape(-1).view(np.uint8)), 0
        while done < length and (count := part.readinto(view[done : done + 2**20])):
            done += count
        check(done == length and not part.read(1), f"{info.filename} ends too early")
    return array


def no_constant(name):
    raise ValueError(f"{name} is no JSON")


def check(condition, words):
    if not condition:
        raise ValueError(words)


def kind_of(head, names=()):
    """In words what a file is that `torch.save` of minigrad has not written."""
    if not head:
        return "it is empty. (If you have just written to it: f.seek(0) goes back to its beginning)"
    if any(name.endswith("data.pkl") for name in names):
        return FROM_PYTORCH
    if CONTENT in names:
        return None
    if names and all(name.endswith(".npy") for name in names):
        return "it is a file of np.savez: np.load reads it"
    if names:
        return "it is a zip archive of something else"
    if head[:2] == b"PK":
        return "it breaks off: it was not written or copied to its end"
    if head[8:9] == b"{" and int.from_bytes(head[:8], "little") < 2**27:
        return "it is a safetensors file: minigrad.safetensors.load_file reads it"
    if head[:1] == b"\x80" and any(head[2:8]):
        return f"it is a pickle; if it is a checkpoint, {FROM_PYTORCH}"
    if head[:6] == b"\x93NUMPY":
        return "it is a file of np.save: np.load reads it"
    if head.startswith(b"version https://git-lfs"):
        return "it is a pointer of Git LFS in place of the file: `git lfs pull` fetches it"
    return "it begins like no file that torch.save writes"
