"""Record how PyTorch prints tensors, for `tests/test_printing.py` to compare with.

    python tests/recorded/record_printing.py        needs torch; writes printing.json

Every case has a name, a NumPy expression for the numbers, PyTorch's text, and, where they matter,
`requires_grad`, the name of the `grad_fn`, the prefix and the print options.
"""

import json
from pathlib import Path

import numpy as np

FLOATS = ("float32", "float64", "float16")
INTEGERS = ("int64", "int32", "int16", "int8", "uint8")
DTYPES = (*FLOATS, *INTEGERS, "bool")

# Where PyTorch changes its notation or its width, the numbers on either side.
BOUNDARIES = """
0 | -0. | 1 | -1 | 27 | 0.5 | nan | inf | -inf | 1e8 | 1e9 | -1e8 | 100000001 | 99999999
99999.5 | 0, -0. | nan, inf | inf, inf | nan, 1 | inf, 1 | -inf, 1 | nan, 0.5 | -inf, 0.5
1, -0. | nan, -0. | 1, 999.9999 | 1, 1000 | 1, 1000.001 | 1, 1001 | -1, 1000.5 | 0.5, 500
0.5, 500.1 | 3, 3000 | 3, 3001 | 1e-4, 1 | 1e-4, 0.1 | 1e-4, 0.0999 | 1e5, 1e-4 | 1.5e8, 1.5e8
1e8, 2e5 | 1e8, 99999 | 123456789, 2e8 | 0.99999 | 0.99994, 0.99996 | 9.9999e-5 | 1e-4
0.0001001 | 1.0001e-4, nan | 9.99995, 10 | 99999.99995 | 100000000.5 | 99999999.9, 1e6
100000000.0 | 1.0e8, 0.25e8 | 33554432 | 16777217 | 2.5, 1e7 | 12345.678 | 1e-10 | 1e-45
5e-324 | 1e-310, 1 | 3e38 | 1e308 | 1e308, 1e-308 | 1.7e308, 5e-324 | 6e-8 | 6e-5, 1 | 65504
65504, 100 | 65504, 60 | 2048.5 | 0.1, 0.2, 0.3 | 1e20 | 1e20, 1e20 | -1e9, 5 | 0, 1e9 | 0, 1e-9
nan, 1e9, 2e9 | inf, 1e-9 | nan, -12345.5, 3 | 0.00005, 0 | 1, 0.0001 | -0.00001, 0.5
1e15, 1e14 | -1.5, 2.25, 0 | 10, 100, -5, 0 | 1.00001 | 0.12345, 0.12355, 2.00005 | 1, 2, 3.5
-123.456, nan, inf
"""
SHAPES = """
1 | 5 | 1,1 | 2,3 | 3,1 | 1,5 | 2,2,2 | 3,1,2 | 1,1,1 | 1,2,1,3 | 2,1,2,2 | 2,2,1,1,2 | 1,1,1,1,1,1
"""
LARGE_SHAPES = """
1000 | 1001 | 10,100 | 7,143 | 143,7 | 6,167 | 167,6 | 2,3,4,50 | 8,9,20 | 2,3,200 | 200,3,2
7,7,7,7 | 1001,1 | 1,1001 | 1,1,2000
"""


def split(table):
    return [cell.strip() for line in table.strip().split("\n") for cell in line.split("|")]


def evaluate(expression):
    """The array of a case."""
    with np.errstate(all="ignore"):
        return np.asarray(eval(expression, {"np": np, "inf": np.inf, "nan": np.nan}))


def written_out(array, shape):
    """The expression for an array whose numbers are repeated to fill a shape."""
    items = ", ".join(str(item) for item in array)
    return f"np.resize(np.array([{items}], '{array.dtype}'), {shape})"


def boundaries():
    for values in split(BOUNDARIES):
        for dtype in FLOATS:
            yield f"boundary {values} {dtype}", f"np.array([{values}], '{dtype}')"
        if "," not in values:
            yield f"boundary {values} 0-d", f"np.array({values}, 'float32')"


def dtypes_and_shapes():
    for dtype in DTYPES:
        for shape in ((0,), (0, 3), (3, 0, 2)):
            yield f"empty {shape} {dtype}", f"np.zeros({shape}, '{dtype}')"
        yield f"0-d {dtype}", f"np.array(1, '{dtype}')"
        yield f"matrix {dtype}", f"np.array([[0, 1], [1, 0]], '{dtype}')"
    for dtype in INTEGERS:
        low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
        yield f"extremes {dtype}", f"np.array([{low}, 0, 7, {high}], '{dtype}')"
        yield f"range {dtype}", f"np.arange(120, dtype='{dtype}')"
    for shape in split(SHAPES):
        for dtype in ("float32", "int16"):
            expression = f"np.resize(np.arange(9, dtype='{dtype}'), ({shape},))"
            yield f"shape {shape} {dtype}", expression
    yield "strided", "np.arange(24.)[::-2].reshape(3, 4).T"
    yield "big-endian", "np.array([1.5, 2.5], '>f4').astype('float32')"


def wrapped_lines():
    for length in (9, 10, 11, 18, 19, 30):
        yield f"line of {length}", f"np.arange({length}) * 0.25"
        yield f"float32 line of {length}", f"np.float32(np.arange({length}) * 0.25)"
        yield f"int line of {length}", f"np.arange({length}) * 101"
        yield f"bool line of {length}", f"np.arange({length}) % 3 == 0"
        blocks = f"np.float32(np.arange(4 * {length}).reshape(2, 2, {length}))"
        yield f"indented {length}", blocks
        yield f"{length} zeros", f"np.zeros(10 * {length}, 'float32')"
    yield "wide numbers", "np.arange(12) * 10**17"
    yield "sci line", "np.float32(2.0 ** np.arange(-20, 20))"


def shortened():
    for shape in split(LARGE_SHAPES):
        expression = f"np.resize(np.arange(3000), ({shape},))"
        yield f"large {shape}", expression
        yield f"large float {shape}", f"np.float32({expression} / 8)"
    for value in ("1e9", "nan", "-0.5", "1e-7"):
        for place in (2, 3, 1000, 1997):
            expression = f"np.where(np.arange(2000) == {place}, {value}, 1).astype('float32')"
            yield f"{value} at {place} of 2000", expression
    yield "wide ints at the edge", "np.arange(2000)[::-1] * 10**15"
    yield "bools cut", "np.arange(2500).reshape(50, 50) % 7 == 0"


def with_notes():
    for dtype in FLOATS:
        array = f"np.array([[1.5, -2], [0, 3]], '{dtype}')"
        yield f"leaf {dtype}", array, {"requires_grad": True}
        for name in ("AddBackward0", "MulBackward0", "CloneBackward0", "ViewBackward0"):
            yield f"{name} {dtype}", array, {"grad_fn": name, "requires_grad": True}
        yield f"empty leaf {dtype}", f"np.zeros((2, 0), '{dtype}')", {"requires_grad": True}
    yield "0-d leaf", "np.float32(4.5)", {"requires_grad": True}
    yield "0-d node", "np.float32(4.5)", {"grad_fn": "AddBackward0"}
    for length in (*range(6, 9), *range(24, 30), *range(43, 50), 90):
        name = "N" * length + "Backward"
        yield f"float64 and {length + 8}", "np.array([0.5])", {"grad_fn": name}
        yield f"float32 and {length + 8}", "np.array([[0.5], [1]], 'float32')", {"grad_fn": name}
    for length in range(4, 12):
        yield f"leaf of {length}", f"np.float32(np.arange({length}) / 4)", {"requires_grad": True}
        yield f"empty {10**length}", f"np.zeros((0, {10**length}), 'int64')"
    for prefix in ("Named(", "AVeryLongNameForATensorThatIsStillATensor("):
        for array in ("np.arange(40)", "np.float64([[1.5, 2], [3, 4]])"):
            yield f"{prefix} {array}", array, {"prefix": prefix}


def with_options():
    numbers = "np.float32([[1, 2.34567], [1000, -0.1]])"
    whole, long = "np.float32([1, 20, 0, nan])", "np.arange(60)"
    for precision in (0, 1, 2, 8):
        for sci_mode in (None, True, False):
            options = {"precision": precision, "sci_mode": sci_mode}
            yield f"{options} mixed", numbers, {"options": options}
            yield f"{options} whole", whole, {"options": options}
    for options in (
        *({"profile": name} for name in ("default", "short", "full", "unknown")),
        {"profile": "short", "precision": 3},
        *({"threshold": threshold} for threshold in (0, 5, 59, 60)),
        *({"threshold": 5, "edgeitems": edgeitems} for edgeitems in (0, 1, 2, 29, 30)),
        {"edgeitems": 0},
        *({"linewidth": linewidth} for linewidth in (1, 20, 40, 79, 120, 1000)),
        {"threshold": 5, "edgeitems": 12, "linewidth": 40},
    ):
        yield f"{options} long", long, {"options": options}
        yield f"{options} matrix", f"{long}.reshape(2, 30) / 8", {"options": options}
        yield f"{options} cube", f"{long}.reshape(5, 1, 12)", {"options": options}
        yield f"{options} 0-d", "np.float64(2.71828)", {"options": options}
    for length in (1000, 1001):
        options = {"options": {"profile": "short"}}
        yield f"short {length}", f"np.arange({length}) % 2", options
    for value in (0.0, 1e-7, 1e12):
        for sci_mode in (True, False):
            expression = f"np.array([{value}, inf])"
            yield f"sci_mode={sci_mode} {value}", expression, {"options": {"sci_mode": sci_mode}}


def at_random(count=120):
    rng = np.random.RandomState(2013)
    for number in range(count):
        array, extras = random_case(rng, most=12)
        expression = written_out(array.ravel()[:12], array.shape)
        yield f"random {number}", expression, extras


def random_case(rng, most=2000):
    """Random numbers, of which at most so many differ, and random extras."""
    dtype = np.dtype(rng.choice(DTYPES))
    shape = random_shape(rng)
    count = min(int(np.prod(shape)), most)
    with np.errstate(all="ignore"):
        make = random_floats if dtype.kind == "f" else random_integers
        array = np.resize(make(rng, count, dtype).astype(dtype), shape)
    extras = {}
    if dtype.kind == "f" and rng.rand() < 0.4:
        extras["requires_grad"] = True
        if rng.rand() < 0.6:
            extras["grad_fn"] = "N" * rng.randint(1, 60) + "Backward"
    if rng.rand() < 0.25:
        extras["options"] = random_options(rng)
    return array, extras


def random_shape(rng):
    kinds = [  # lowest and highest length, lowest and highest number of dimensions
        (1, 2500, 1, 1),
        (1, 60, 2, 2),
        (1, 14, 3, 3),
        (1, 30, 1, 1),
        (0, 3, 1, 3),
        *[(1, 4, 0, 4)] * 7,
    ]
    low, high, fewest, most = kinds[rng.randint(len(kinds))]
    return tuple(int(n) for n in rng.randint(low, high + 1, rng.randint(fewest, most + 1)))


def random_floats(rng, count, dtype):
    pool = [
        eval(text, {"nan": np.nan, "inf": np.inf})
        for text in ", ".join(split(BOUNDARIES)).split(",")
    ]
    low, high = np.sort(rng.uniform(-7, 11, 2))
    kinds = (
        lambda: rng.randn(count) * 10.0 ** rng.randint(-6, 10),
        lambda: rng.choice([-1, 1], count) * 10 ** rng.uniform(low, high, count),
        lambda: np.round(rng.uniform(-(10**high), 10**high, count)),
        lambda: np.frombuffer(rng.bytes(count * dtype.itemsize), dtype),  # any bits at all
        lambda: rng.choice(pool, count),
        lambda: (
            rng.choice(10.0 ** np.array([-4, -1, 0, 1, 2, 3, 5, 8]), count)
            * rng.choice([1, 1 - 1e-7, 1 + 1e-7, 1 - 1e-12])
        ),
    )
    values = kinds[rng.randint(len(kinds))]()
    odd = rng.rand(count) < rng.choice([0, 0, 0.1, 0.5, 1])
    return np.where(odd, rng.choice([0, -0.0, np.nan, np.inf, -np.inf], count), values)


def random_integers(rng, count, dtype):
    if dtype.kind == "b":
        return rng.rand(count) < 0.5
    if rng.rand() < 0.3:
        return np.frombuffer(rng.bytes(count * dtype.itemsize), dtype)
    return rng.randint(-(10 ** rng.randint(1, 10)), 10 ** rng.randint(1, 10), count)


def random_options(rng):
    choices = {
        "precision": range(9),
        "threshold": (0, 5, 100, 3000),
        "edgeitems": range(6),
        "linewidth": range(1, 130),
        "profile": ("default", "short", "full"),
        "sci_mode": (True, False),
    }
    return {k: v[rng.randint(len(v))] for k, v in choices.items() if rng.rand() < 0.4}


def pytorch_text(array, requires_grad=False, grad_fn=None, prefix="tensor(", options=None):
    """How PyTorch prints these numbers."""
    import torch

    tensor = torch.from_numpy(np.array(array)).requires_grad_(requires_grad or bool(grad_fn))
    if grad_fn:
        tensor = recorded_by(torch, tensor, grad_fn)
    if prefix != "tensor(":
        tensor = tensor.as_subclass(type(prefix[:-1], (torch.Tensor,), {}))
    torch.set_printoptions(profile="default")
    torch.set_printoptions(**options or {})
    text = repr(tensor)
    torch.set_printoptions(profile="default")
    return text


def recorded_by(torch, tensor, grad_fn):
    """The same numbers as the result of an operation whose node has this name."""
    operations = {
        "AddBackward0": lambda: tensor + -0.0,
        "MulBackward0": lambda: tensor * 1,
        "CloneBackward0": lambda: tensor.clone(),
        "ViewBackward0": lambda: tensor.view(tensor.shape),
    }
    if grad_fn in operations:
        return operations[grad_fn]()
    forward = staticmethod(lambda ctx, values: values.clone())
    name = grad_fn.removesuffix("Backward")
    return type(name, (torch.autograd.Function,), {"forward": forward}).apply(tensor)


def main():
    import torch

    groups = (
        boundaries,
        dtypes_and_shapes,
        wrapped_lines,
        shortened,
        with_notes,
        with_options,
        at_random,
    )
    cases = {}
    for group in groups:
        for name, expression, *extras in group():
            assert name not in cases, name
            extras = extras[0] if extras else {}
            text = pytorch_text(evaluate(expression), **extras)
            cases[name] = {"array": expression, **extras, "text": text}
    path = Path(__file__).with_name("printing.json")
    path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}, indent=1) + "\n")
    print(f"{len(cases)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
