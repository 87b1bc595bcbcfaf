"""Floor 1. The text of a tensor, character by character as PyTorch prints it.

PyTorch's documented printing behaviour (`torch.set_printoptions`, version 2.13), in three steps:
shorten a large array to its corners, write the numbers that are left in one notation and to one
width, and put brackets, line breaks and notes (`dtype=…`, `grad_fn=…`) around them.
"""

import math
from types import SimpleNamespace

import numpy as np

from .arrays import on_host
from .device import CPU, device_of
from .dtypes import default

PROFILES = {
    "default": {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80},
    "short": {"precision": 2, "threshold": 1000, "edgeitems": 2, "linewidth": 80},
    "full": {"precision": 4, "threshold": math.inf, "edgeitems": 3, "linewidth": 80},
}
options = SimpleNamespace(**PROFILES["default"], sci_mode=None)


def set_printoptions(
    precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None
):
    """Choose how tensors are printed; what is not given stays as it is.

    precision: digits after the point. threshold: tensors with more elements are shortened.
    edgeitems: how many a shortened dimension shows at either end. linewidth: characters in a line.
    profile: "default", "short" or "full", the settings to start from. sci_mode: scientific
    notation, True or False; it alone is back at None, "as the numbers need it", if not given.
    """
    given = {
        "precision": precision,
        "threshold": threshold,
        "edgeitems": edgeitems,
        "linewidth": linewidth,
    }
    given = {name: value for name, value in given.items() if value is not None}
    settings = {**PROFILES.get(profile, {}), **given, "sci_mode": sci_mode}
    vars(options).update(settings)


def get_printoptions():
    """The settings in force, as keyword arguments for `set_printoptions`."""
    return dict(vars(options))


def tensor_str(array, *, requires_grad=False, grad_fn=None, prefix="tensor("):
    """The text of a tensor whose numbers are `array` (or a NumPy scalar).

    `grad_fn` is the name of the node that made it, such as "AddBackward0", or None.
    """
    place, array = device_of(array), np.asarray(on_host(array))
    indent = len(prefix)
    text = prefix + numbers(array, indent)
    # A note goes on a new line where its own would get too long. PyTorch takes a line that ends in
    # numbers for two characters longer than it is, so notes move down a little early.
    used = len(text.rpartition("\n")[2]) + 2
    for note in notes(array, place, requires_grad, grad_fn):
        if used + 2 + len(note) > options.linewidth:
            text += ",\n" + " " * indent + note
            used = indent + len(note)
        else:
            text += ", " + note
            used += 2 + len(note)
    return text + ")"


def notes(array, place, requires_grad, grad_fn):
    """What stands behind the numbers: all that they don't tell by themselves."""
    if place != CPU:
        yield f"device='{place}'"
    empty = array.size == 0
    # `[]` has the shape (0,). With no items at the edges, the dots may stand for any shape.
    if array.ndim != 1 if empty else not options.edgeitems:
        yield f"size={array.shape}"
    # 1.5, 1 and True are float32 (the default), int64 and bool; no numbers are float32.
    told = (default.dtype.name,) if empty else (default.dtype.name, "int64", "bool")
    if array.dtype.name not in told:
        yield f"dtype=torch.{array.dtype.name}"
    if grad_fn is not None:
        yield f"grad_fn=<{grad_fn}>"
    elif requires_grad:
        yield "requires_grad=True"


def numbers(array, indent):
    """The numbers in their brackets, for a text in which `indent` characters stand before them."""
    if array.size == 0:
        return "[]"
    edge = options.edgeitems
    cut = [array.size > options.threshold and length > 2 * edge for length in array.shape]
    if any(cut):
        if edge == 0:
            return "[...]"
        array = corners(array, cut)
    texts, width = written(array.ravel().tolist(), array.dtype.kind == "f")
    texts = np.array(texts, dtype=object).reshape(array.shape).tolist()
    room = options.linewidth - indent - max(0, array.ndim - 1)
    return nested(texts, cut, indent, max(1, int(room // (width + 2))))


def corners(array, cut):
    """The part that is shown: of each dimension to be cut, the items at its two ends.

    Indexing with `np.ix_` touches nothing else: ten million elements print as fast as a thousand.
    """
    edge = options.edgeitems
    ends = [*range(edge), *range(-edge, 0)]
    return array[np.ix_(*(ends if short else range(n) for n, short in zip(array.shape, cut)))]


def written(values, floating):
    """The texts of all values, right-aligned to one width; and this width."""
    if floating:
        # Zeros, infinities and nans have no say, neither in the notation nor in the width.
        regular = [value for value in values if value and math.isfinite(value)]
        spec = notation(regular)
    else:
        regular, spec = values, ""
    # The empty format of a bool is its name; `format(True, "5")` would be a number.
    width = max((len(format(value, spec)) for value in regular), default=1)
    return [format(value, spec).rjust(width) for value in values], width


def notation(regular):
    """The format of floats, given those that are finite and not zero: `27.`, 2.7000 or 2.7000e+01.

    Whole numbers keep the point and lose the digits. The scientific notation is for numbers that
    are too large, too small, or too far apart for a common number of digits to do them justice.
    """
    if not regular:
        return "#.0f"
    sizes = [abs(value) for value in regular]
    smallest, largest = min(sizes), max(sizes)
    scientific = options.sci_mode
    if scientific is None:
        scientific = largest / smallest > 1000 or largest > 1e8 or smallest < 1e-4
    if scientific:
        return f".{options.precision}e"
    whole = all(value.is_integer() for value in regular)
    return "#.0f" if whole else f".{options.precision}f"


def nested(texts, cut, indent, per_line):
    """Nested lists of texts as brackets within brackets, with `...` where a dimension was cut."""
    if not cut:
        return texts
    innermost = len(cut) == 1
    if not innermost:
        texts = [nested(part, cut[1:], indent + 1, per_line) for part in texts]
    if cut[0]:
        texts.insert(options.edgeitems, " ..." if innermost else "...")
    if innermost:
        lines = [texts[i : i + per_line] for i in range(0, len(texts), per_line)]
        texts = [", ".join(line) for line in lines]
    # Rows stand on lines of their own, matrices are a blank line apart, their blocks two, …
    breaks = "\n" * max(1, len(cut) - 1)
    return "[" + f",{breaks}{' ' * (indent + 1)}".join(texts) + "]"
