"""What the cells of an exercise notebook call: `begin`, `using`, `rounded`, `tried` and so on."""

import atexit
import contextlib
import math
import random
import shutil
import sys
import tempfile
from pathlib import Path

from .homes import body_of, contents, home_of, installed
from .install import _exchange, _move
from .verdict import remember_cells
from .withholding import MARKER, Withheld, exercise_stage

DIGITS = 6  # significant ones, in what a check shows
TOLERANCE = 1e-5  # relative; between machines the last digits differ


def begin(number, *without):
    """Let `minigrad` be the package of chapter `number`, without what the exercises ask for.

    For this kernel only, until it is restarted; nothing on disk changes. Where such a package is
    in use already, as in a class hand-out, nothing happens.
    """
    package = Path(sys.modules["minigrad"].__file__).parent
    remember_cells(number, package.parent)
    if (package / MARKER).exists():
        return
    folder = tempfile.mkdtemp(prefix="exercise-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    exercise_stage(number, without, folder)
    sys.path.insert(0, folder)
    for name in [each for each in sys.modules if each.split(".")[0] == "minigrad"]:
        del sys.modules[name]


@contextlib.contextmanager
def using(*definitions):
    """Inside the block the package runs on these classes and functions, then on its own again.

    As with `install`, a first line such as `# minigrad/engine.py` says which module is meant where
    a name is defined in several. Withheld for a definition that is the package's own.
    """
    caller, moved = sys._getframe(2), {}
    with contextlib.ExitStack() as undo:
        for new in definitions:
            if str(getattr(new, "__module__", "")).split(".")[0] == "minigrad":
                raise Withheld(new.__name__)
            home, name = home_of(new, caller), new.__name__
            old = vars(home)[name]
            if isinstance(new, type):
                undo.callback(_restore, old, contents(old), old.__bases__, installed.get(old))
                moved[new] = old
                _move(new, old, moved)
            else:
                _exchange(old, new)
                undo.callback(_exchange, new, old)
        yield


def _restore(cls, before, bases, body):
    """Give a class its former contents back."""
    for key in body_of(cls).difference(before):
        delattr(cls, key)
    for key, value in before.items():
        if vars(cls).get(key) is not value:
            setattr(cls, key, value)
    if cls.__bases__ != bases:
        cls.__bases__ = bases
    if body is None:
        installed.pop(cls, None)
    else:
        installed[cls] = body


def rounded(value, digits=DIGITS):
    """`value` as plain numbers, lists and dicts, with `digits` significant digits.

    Tensors and arrays become nested lists; what is neither number nor text becomes its text.
    """
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dict):
        return {str(key): rounded(each, digits) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(each, digits) for each in value]
    if isinstance(value, (bool, int, str)) or value is None:
        return value
    if isinstance(value, float):
        return float(f"{value:.{digits}g}") + 0.0  # -0.0 becomes 0.0
    return "..." if value is Ellipsis else str(value)


def tried(function, *inputs, **named):
    """What a call returns, rounded; or, if it fails, the error's name and first line."""
    try:
        return rounded(function(*inputs, **named))
    except Exception as error:
        return f"{type(error).__name__}: {str(error).split(chr(10))[0]}"


def agree(values, expected):
    """Whether two results of `rounded` are equal up to the last digits of their numbers."""
    if isinstance(expected, dict):
        same = isinstance(values, dict) and list(values) == list(expected)
        return same and all(agree(values[key], expected[key]) for key in expected)
    if isinstance(expected, list):
        same = isinstance(values, list) and len(values) == len(expected)
        return same and all(agree(mine, yours) for mine, yours in zip(values, expected))
    if isinstance(expected, float) and type(values) in (int, float):
        close = math.isclose(values, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE**2)
        return close or (math.isnan(values) and math.isnan(expected))
    return type(values) is type(expected) and values == expected


def judged(test, cases, seed):
    """What a test says of each of `cases`, {label: an input or a tuple of inputs}, as a dict.

    They are asked in an order of their own and without their labels, of which the caller's dict is
    emptied meanwhile: a test must find out by trying.
    """
    labels, inputs = list(cases), list(cases.values())
    cases.clear()
    order = list(range(len(inputs)))
    random.Random(seed).shuffle(order)
    asked = [inputs[place] for place in order]
    found = [tried(test, *(each if isinstance(each, tuple) else (each,))) for each in asked]
    return {label: found[order.index(place)] for place, label in enumerate(labels)}
