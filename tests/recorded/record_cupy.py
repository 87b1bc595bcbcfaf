"""Records what CuPy offers: python record_cupy.py, with CuPy installed (no GPU is needed).

For `stand_in_cupy.py`: the names of CuPy's functions with those of their parameters, its ufuncs and
which of them reduce, and what its arrays have.
"""

import inspect
import json
from pathlib import Path

import cupy
import numpy as np


def parameters(function):
    """The names of a function's parameters; None where they are not told."""
    try:
        return list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return None


def reduces(ufunc):
    """Whether the ufunc has a working `reduce`: others say so before they look for a GPU."""
    array = np.zeros(2)
    memory = cupy.cuda.UnownedMemory(array.ctypes.data, array.nbytes, array, 0)
    held = cupy.ndarray(array.shape, array.dtype, cupy.cuda.MemoryPointer(memory, 0))
    try:
        ufunc.reduce(held)
    except NotImplementedError:
        return False
    except Exception:
        return True  # it went as far as a GPU
    return True


def main():
    named = {name: getattr(cupy, name) for name in sorted(dir(cupy)) if not name.startswith("_")}
    ufuncs = {name: each for name, each in named.items() if isinstance(each, cupy.ufunc)}
    functions = {
        name: parameters(each)
        for name, each in named.items()
        if callable(each) and not isinstance(each, type) and name not in ufuncs
    }
    recorded = {
        "version": cupy.__version__,
        "functions": functions,
        "ufuncs": list(ufuncs),
        "reduce": [name for name, each in ufuncs.items() if reduces(each)],
        "array": [name for name in dir(cupy.ndarray) if not name.startswith("_")],
    }
    text = json.dumps(recorded, indent=1) + "\n"
    Path(__file__).with_name("cupy.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
