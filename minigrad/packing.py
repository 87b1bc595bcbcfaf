"""Floor 7. Nested Python objects as JSON, with tensors and arrays put aside; and back.

What JSON has is written as it is. Everything else is an object with one key that says what it is:
{"tuple": […]}, {"dict": [[key, value], …]}, {"tensor": 3}. Going back nothing is called but the few
functions below: no name in a file is ever looked up.
"""

import base64
import json
from collections import OrderedDict

import numpy as np

from . import packing_checks
from .device import device
from .dtypes import DTYPES, Size, dtype
from .nn.parameter import Parameter
from .tensor import Tensor

DEEPEST = 100  # levels of nesting
_DTYPES = {each.name: each for each in DTYPES}


class Packer:
    """Turns objects into JSON. Tensors and arrays are listed in `entries`, each once."""

    def __init__(self):
        self.entries, self.arrays, self.known, self.open = [], [], {}, set()
        self.on_host = {}  # tensors of a GPU that have one array, such as tied weights, keep one

    def pack(self, value, where=()):
        """The JSON for a value. TypeError for what cannot be kept; `where` leads to it."""
        if value is None or type(value) in (bool, str):
            return value
        pack = PACKED.get(type(value))
        if pack is not None:
            return pack(value)
        if isinstance(value, Tensor) or type(value) in (np.ndarray, np.memmap):
            return {"tensor": self.put_aside(value, where)}
        if isinstance(value, (np.number, np.bool_)):
            return {"numpy": [value.dtype.str, value.tobytes().hex()]}
        if type(value) not in (list, tuple, dict, OrderedDict, set):
            raise packing_checks.cannot_keep(value, where)
        if id(value) in self.open:
            raise packing_checks.contains_itself(where)
        if len(where) > DEEPEST:
            raise packing_checks.too_deep(where, DEEPEST)
        self.open.add(id(value))
        packed = self.inside(value, where)
        self.open.discard(id(value))
        return packed

    def inside(self, value, where):
        """The JSON for a list, tuple, dictionary or set."""
        if isinstance(value, dict):
            pairs = [
                [self.pack(packing_checks.check_key(key, where)), self.pack(each, (*where, key))]
                for key, each in value.items()
            ]
            return {type(value).__name__: pairs}
        packed = [self.pack(each, (*where, place)) for place, each in enumerate(value)]
        if type(value) is set:
            return {"set": sorted(packed, key=json.dumps)}
        return packed if type(value) is list else {"tuple": packed}

    def put_aside(self, value, where):
        """The number of a tensor or an array in the list of those."""
        if id(value) not in self.known:
            self.known[id(value)] = len(self.entries)
            if isinstance(value, Tensor):
                kind = "parameter" if isinstance(value, Parameter) else "tensor"
                entry = {"kind": kind, "requires_grad": value.requires_grad}
                entry["device"] = str(value.device)
                array = self.on_host.setdefault(id(value.array), value.cpu().array)
            else:
                entry, array = {"kind": "array"}, np.asarray(value)
                packing_checks.check_numbers(array, where)
            self.entries.append(entry)
            self.arrays.append(array)
        return self.known[id(value)]


def pack_int(value):
    return value if abs(value) < 2**63 else {"int": hex(value)}


def pack_float(value):
    return value if abs(value) < float("inf") else {"float": repr(value)}


PACKED = {
    int: pack_int,
    float: pack_float,
    complex: lambda value: {"complex": [pack_float(value.real), pack_float(value.imag)]},
    bytes: lambda value: {"bytes": base64.b64encode(value).decode()},
    Size: lambda value: {"Size": list(value)},
    dtype: lambda value: {"dtype": value.name},
    device: lambda value: {"device": str(value)},
}


def unpack(packed, tensors):
    """The value for its JSON. `tensors` are those that were put aside.

    ValueError, TypeError, KeyError or IndexError for what no `Packer` has written.
    """
    if isinstance(packed, list):
        return [unpack(each, tensors) for each in packed]
    if not isinstance(packed, dict):
        return packed
    ((kind, content),) = packed.items()
    if kind == "tensor":
        return tensors[packing_checks.check_number(content, len(tensors))]
    if kind in ("dict", "OrderedDict"):
        pairs = [(unpack(key, tensors), unpack(each, tensors)) for key, each in content]
        return dict(pairs) if kind == "dict" else OrderedDict(pairs)
    if kind in ("tuple", "set", "complex"):
        content = [unpack(each, tensors) for each in content]
    return UNPACKED[kind](content)


UNPACKED = {
    "tuple": tuple,
    "set": set,
    "int": lambda content: int(content, 16),
    "float": float,
    "complex": lambda content: complex(*content),
    "bytes": lambda content: base64.b64decode(content, validate=True),
    "Size": lambda content: Size(map(packing_checks.check_number, content)),
    "dtype": _DTYPES.__getitem__,
    "device": device,
    "numpy": lambda content: packing_checks.check_numpy(*content),
}
