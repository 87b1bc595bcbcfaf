"""Floor 7. What the format safetensors asks for, and what is said where the library is missing."""

import importlib
import warnings
from contextlib import contextmanager

from . import archive
from .tensor import Tensor


def library():
    """The library `safetensors`; ImportError with what to do where it is missing."""
    try:
        importlib.import_module("safetensors.numpy")
        return importlib.import_module("safetensors")
    except ImportError:
        pass
    raise ImportError(
        "minigrad.safetensors needs the library safetensors, which is not installed. Run: "
        "pip install safetensors (in a notebook: %pip install safetensors), and start the kernel "
        "again."
    )


@contextmanager
def readable(name, head):
    """What the library says of a file that it cannot read, in one RuntimeError."""
    error_of_library = library().SafetensorError
    try:
        yield
    except (error_of_library, ValueError, TypeError, OverflowError) as error:
        reason = reason_of(head, error)
        raise RuntimeError(f"safetensors cannot read {name}: {reason}.") from None


def reason_of(head, error):
    """Why a file cannot be read: what it is, or what is wrong with it."""
    if head[:4] == b"PK\x03\x04" and archive.CONTENT.encode() in head:
        return "minigrad's torch.save wrote it, and torch.load reads it"
    if head[8:9] == b"{":
        return f"it is damaged or breaks off ({error})"
    if head[:2] == b"PK":
        return f"it is a zip archive; if it is a checkpoint, {archive.FROM_PYTORCH}"
    foreign = archive.kind_of(head)
    return f"it begins like no safetensors file ({error})" if "begins" in foreign else foreign


# --- what is saved --------------------------------------------------------------------------------
def check_tensors(tensors):
    """The arrays by name; ValueError for what is no dictionary of contiguous tensors."""
    if not isinstance(tensors, dict):
        raise ValueError(
            f"Expected a dict of [str, torch.Tensor] but received {type(tensors)}: give a "
            "state_dict()."
        )
    for name, each in tensors.items():
        if not isinstance(name, str):
            raise ValueError(f"Names are strings, and this key is {name!r}.")
        if not isinstance(each, Tensor):
            raise ValueError(
                f"Key `{name}` is invalid, expected torch.Tensor but received {type(each)}"
            )
    arrays = {name: each.cpu().array for name, each in tensors.items()}
    for name, array in arrays.items():
        if not array.flags.c_contiguous:
            raise ValueError(
                f"You are trying to save a non contiguous tensor: `{name}` which is not allowed. "
                "It either means you are trying to save tensors which are reference of each other "
                "in which case it's recommended to save only the full tensors, and reslice at load "
                "time, or simply call `.contiguous()` on your tensor to pack it before saving."
            )
    return arrays


def check_metadata(metadata):
    """Strings by name, or nothing."""
    for key, value in (metadata or {}).items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise TypeError(
                f"metadata is strings by name; {key!r}: {value!r} is not. Use str(...)."
            )


def shared_memory(groups):
    return RuntimeError(
        "Some tensors share memory, this will lead to duplicate memory on disk and potential "
        f"differences when loading them again: {[sorted(each) for each in groups]}. A potential "
        "way to correctly save your model is to use `save_model`. More information at "
        "https://huggingface.co/docs/safetensors/torch_shared_tensors"
    )


def check_same(arrays, names):
    first = arrays[0].__array_interface__["data"][0], arrays[0].shape, arrays[0].strides
    for each in arrays[1:]:
        if (each.__array_interface__["data"][0], each.shape, each.strides) != first:
            raise RuntimeError(
                "Error while trying to find names to remove to save state dict, but found no "
                f"suitable name to keep for saving amongst: {set(names)}. They overlap without "
                "being the same. Give one of them memory of its own: .clone()."
            )


# --- what is loaded -------------------------------------------------------------------------------
def check_dtypes(kinds, known):
    """A warning for bfloat16, TypeError for dtypes that are not there."""
    other = {name: kind for name, kind in kinds.items() if kind not in {*known, "BF16"}}
    if other:
        listed = ", ".join(f"{name} ({kind})" for name, kind in sorted(other.items())[:5])
        raise TypeError(
            f"minigrad has no dtype for {listed}{', …' * (len(other) > 5)}. Convert them before "
            "saving, in PyTorch by .to(torch.float32)."
        )
    halves = sum(kind == "BF16" for kind in kinds.values())
    if halves:
        warnings.warn(
            f"{halves} of {len(kinds)} tensors are bfloat16, which minigrad does not have: they "
            "are loaded as float32, with the same numbers.",
            UserWarning,
            stacklevel=4,
        )


def wrong_names(model, missing, unexpected):
    lines = []
    for words, names in (("Missing", missing), ("Unexpected", unexpected)):
        if names:
            listed = ", ".join(f'"{name}"' for name in sorted(names))
            lines.append(f"\n    {words} key(s) in state_dict: {listed}")
    return RuntimeError(
        f"Error(s) in loading state_dict for {type(model).__name__}:{''.join(lines)}"
    )
