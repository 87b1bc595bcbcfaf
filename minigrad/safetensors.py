"""Floor 7. Weights in safetensors files, which PyTorch and many others read and write.

Such a file holds tensors by name, and runs no code when it is loaded. The functions are those of
`safetensors.torch`; the work is done by the library `safetensors`, an optional extra
(`pip install safetensors`). Format: https://huggingface.co/docs/safetensors
"""

import os

import numpy as np

from . import safetensors_checks
from .creation import from_numpy
from .dtypes import dtype_of
from .files import replacing
from .memory import families
from .safetensors_checks import library, readable

DTYPES = {
    "F64": np.float64,
    "F32": np.float32,
    "F16": np.float16,
    "I64": np.int64,
    "I32": np.int32,
    "I16": np.int16,
    "I8": np.int8,
    "U8": np.uint8,
    "BOOL": np.bool_,
}


def save(tensors, metadata=None):
    """Tensors by name, {"fc.weight": …}, as the bytes of a file; `metadata` is strings by name.

    ValueError for what is no dictionary of tensors, and for tensors that are not contiguous;
    RuntimeError for tensors that share memory, which the format cannot say; ImportError without
    the library.
    """
    arrays = safetensors_checks.check_tensors(tensors)
    safetensors_checks.check_metadata(metadata)
    shared = [group for group in families(list(arrays.values())) if len(group) > 1]
    if shared:
        names = list(arrays)
        raise safetensors_checks.shared_memory([{names[n] for n in group} for group in shared])
    return library().numpy.save(arrays, metadata)


def save_file(tensors, filename, metadata=None):
    """Write tensors by name to a file, as `save` does. It is replaced only when it is whole."""
    data = save(tensors, metadata)
    with replacing(filename) as file:
        file.write(data)


def load(data, device="cpu"):
    """The tensors by name for the bytes of a file. RuntimeError for bytes that are none.

    bfloat16, which NumPy does not have, becomes float32 with the very same numbers, and a warning
    says so. TypeError for other dtypes that minigrad does not have.
    """
    data = bytes(data)
    with readable("the bytes", data[:64]):
        parts = library().deserialize(data)
    safetensors_checks.check_dtypes({name: part["dtype"] for name, part in parts}, DTYPES)
    found = {name: tensor_of(part) for name, part in sorted(parts, key=lambda each: each[0])}
    return {name: each.to(device) for name, each in found.items()}


def load_file(filename, device="cpu"):
    """The tensors by name of a file, {"fc.weight": …}. As `load` does; errors name the file."""
    with open(filename, "rb") as file:
        head = file.read(64)
    with (
        readable(os.fspath(filename), head),
        library().safe_open(filename, framework="np") as opened,
    ):
        names = sorted(opened.keys())
        kinds = {name: opened.get_slice(name).get_dtype() for name in names}
        known = set(kinds.values()) <= set(DTYPES)
        arrays = {name: opened.get_tensor(name) for name in names} if known else None
    if arrays is None:  # the library has no NumPy arrays for some of them, only bytes
        with open(filename, "rb") as file:
            return load(file.read(), device)
    return {name: from_numpy(array).to(device) for name, array in arrays.items()}


def tensor_of(part):
    """A tensor of its own for what the library tells of one: dtype, shape and bytes."""
    if part["dtype"] == "BF16":  # the upper half of a float32
        array = np.frombuffer(part["data"], "<u2").astype("<u4") << 16
        array = array.view(np.float32)
    else:
        array = np.frombuffer(part["data"], DTYPES[part["dtype"]]).copy()
    dtype_of(array.dtype)
    return from_numpy(array.reshape(part["shape"]))


def save_model(model, filename, metadata=None, force_contiguous=True):
    """Write all weights of a model. Of tied ones, which share memory, the first name is kept.

    The other names are noted in the metadata, and `load_model` knows them from the model.
    """
    state = model.state_dict()
    metadata = dict(metadata or {})
    for kept, others in tied(state).items():
        for name in others:
            metadata.setdefault(name, kept)
            del state[name]
    if force_contiguous:
        state = {name: each.contiguous() for name, each in state.items()}
    save_file(state, filename, metadata or None)


def load_model(model, filename, strict=True, device="cpu"):
    """Give the weights of a file to a model; returns the names (missing, unexpected).

    RuntimeError for weights that do not fit, and if `strict` for names that are missing or too
    many; the model is then as it was.
    """
    state = load_file(filename, device)
    own = model.state_dict()
    aliases = tied(own, first=set(state))
    spare = {name for names in aliases.values() for name in names}
    missing = [name for name in own if name not in state and name not in spare]
    unexpected = [name for name in state if name not in own or name in spare]
    if strict and (missing or unexpected):
        raise safetensors_checks.wrong_names(model, missing, unexpected)
    for kept, names in aliases.items():  # tied: the model checks and copies them under each name
        if kept in state:
            state.update(dict.fromkeys(names, state[kept]))
    model.load_state_dict({name: state[name] for name in own if name in state}, strict=False)
    return missing, unexpected


def tied(state, first=()):
    """{name: the other names of the same memory}; the kept one is in `first`, if any of them is.

    RuntimeError for tensors that overlap without being the same: no name stands for all.
    """
    names, found = list(state), {}
    for group in families([each.detach().array for each in state.values()]):
        members = sorted(names[place] for place in group)
        if len(members) > 1:
            safetensors_checks.check_same([state[name].array for name in members], members)
            kept = next((name for name in members if name in first), members[0])
            found[kept] = [name for name in members if name != kept]
    return found
