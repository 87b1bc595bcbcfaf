"""Floor 7. `torch.save` and `torch.load`: nested objects with tensors in a file, and back.

The file is a zip of `.npy` files, one for each piece of memory, and a JSON that says how they hang
together. Loading it runs no code, whatever is in the file: it is as safe as reading a text. Tensors
that share memory (tied weights, a view and its base) share it again after loading.
"""

import io
import os
import zipfile
from contextlib import contextmanager, suppress

from . import archive, cuda
from .creation import wrap
from .device import device
from .dtypes import dtype_of
from .files import replacing
from .memory import families, member, to_keep
from .nn.parameter import Parameter
from .packing import Packer, unpack
from .packing_checks import check_number
from .tensor import Tensor, share_versions


def save(obj, f):
    """Write an object to a file: a path, or a binary file open for writing.

    Lists, tuples, sets and dictionaries, nested, of tensors, parameters, arrays, numbers, strings,
    bytes, bools and None; and `Size`, `dtype`, `device`. Of a tensor the numbers and
    `requires_grad` are kept, not its `grad` and its graph. A file at a path is replaced only when
    the new one is whole. The same content gives the same bytes.

    TypeError for what cannot be kept (a function, a whole module), saying where it is;
    AttributeError for an `f` that is no file, RuntimeError for a folder that is not there.
    """
    packer = Packer()
    content = {"content": packer.pack(obj), "tensors": packer.entries}
    arrays = []
    for family in families(packer.arrays):
        memory, places = to_keep([packer.arrays[number] for number in family])
        for number, place in zip(family, places):
            packer.entries[number].update(file=len(arrays), place=place)
        arrays.append(memory)
    if isinstance(f, (str, os.PathLike)):
        with replacing(f) as file:
            archive.write(file, content, arrays)
    elif hasattr(f, "write") and not isinstance(f, io.TextIOBase):
        whole = io.BytesIO()
        archive.write(whole, content, arrays)
        f.write(whole.getbuffer())
    elif hasattr(f, "write"):
        raise TypeError("write() argument must be str, not memoryview: open the file with 'wb'.")
    else:
        raise AttributeError(
            "expected 'f' to be string, path, or a file-like object with a 'write' attribute"
        )


def load(f, map_location=None, *, weights_only=True, mmap=None):
    """The object that `save` wrote to a file: a path, or a binary file open for reading.

    `map_location` says where tensors go: a device, a dictionary of devices by those they were on,
    or a function of tensor and device. `weights_only` and `mmap` are taken as in PyTorch; loading
    is safe either way. RuntimeError for a file that is damaged, or that something else has written;
    nothing of it is used then.
    """
    with opened(f) as (file, name):
        with readable(file, name):
            content = archive.read(file)
            version = content["version"]
            arrays = members(content) if version == archive.VERSION else []
        if version != archive.VERSION:
            raise RuntimeError(
                f"torch.load cannot read {name}: it has version {version} of the format, and this "
                f"minigrad reads version {archive.VERSION}. Update minigrad."
            )
        tensors = made(content["tensors"], arrays, map_location)
        with readable(file, name):
            return unpack(content["content"], tensors)


@contextmanager
def opened(f):
    """The file for a path or an open file, with its name; of an open one, what is left of it."""
    if isinstance(f, (str, os.PathLike)):
        with open(f, "rb") as file:
            yield file, os.fspath(f)
        return
    if not hasattr(f, "read"):
        raise AttributeError(
            f"'{type(f).__name__}' object has no attribute 'seek'. You can only torch.load from a "
            "file that is seekable. Please pre-load the data into a buffer like io.BytesIO and try "
            "to load from it instead."
        )
    data = f.read()
    if isinstance(data, str):
        raise TypeError("torch.load reads bytes, and this file gives text: open it with 'rb'.")
    yield io.BytesIO(data), getattr(f, "name", "the file")


@contextmanager
def readable(file, name):
    """Whatever goes wrong while a file is read becomes one RuntimeError that says what it is."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        reason = words(file, str(error) or type(error).__name__)
        raise RuntimeError(f"torch.load cannot read {name}: {reason}.") from None


def words(file, detail):
    """What a file is that could not be read."""
    names = ()
    with suppress(Exception), zipfile.ZipFile(file) as found:
        names = found.namelist()
    file.seek(0)
    foreign = archive.kind_of(file.read(64), names)
    return foreign or f"it is damaged ({detail}). Take an older copy"


def members(content):
    """The array for each tensor that was kept; an error of any kind for what does not fit."""
    arrays = []
    for entry in content["tensors"]:
        array = member(content["arrays"][check_number(entry["file"])], entry["place"])
        if entry["kind"] != "array":
            dtype_of(array.dtype)
            device(entry["device"])
        arrays.append(array)
    return arrays


def made(entries, arrays, map_location):
    """The tensors, parameters and arrays. Those that share memory count writes to it together."""
    first, moved, found = {}, {}, []
    for entry, array in zip(entries, arrays):
        if entry["kind"] == "array":
            found.append(array)
            continue
        tensor = wrap(array)
        if entry["device"] != "cpu" or map_location is not None:
            member_of = entry["file"], repr(entry["place"]), entry["device"]
            if member_of not in moved:
                moved[member_of] = placed(tensor, entry["device"], map_location)
            tensor = moved[member_of].detach()
        if entry["kind"] == "parameter":
            tensor = Parameter(tensor, entry["requires_grad"])
        elif entry["requires_grad"]:
            tensor.requires_grad_()
        found.append(share_versions(first.setdefault(entry["file"], tensor), tensor))
    return found


def placed(tensor, location, map_location):
    """The tensor on the device that it was on, or that `map_location` says."""
    if isinstance(map_location, dict):
        location = map_location.get(location, location)
    elif isinstance(map_location, (str, device)):
        location = map_location
    elif map_location is not None:
        if not callable(map_location):
            raise TypeError(f"'{type(map_location).__name__}' object is not callable")
        moved = map_location(tensor, location)
        if isinstance(moved, Tensor):
            return moved
    if str(location).startswith("cuda") and not cuda.is_available():
        raise RuntimeError(
            "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is "
            "False. If you are running on a CPU-only machine, please use torch.load with "
            "map_location=torch.device('cpu') to map your storages to the CPU."
        )
    return tensor.to(device(str(location)))
