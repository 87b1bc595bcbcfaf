"""Record what PyTorch computes, prints and says, for `tests/test_operations.py` to compare with.

    python tests/recorded/record_operations.py        needs torch; writes operations.json

Every case is an expression in terms of `torch` and of the inputs below. What is recorded: the
printed result, the name of its `grad_fn`, and the printed gradients of the inputs for a weight of
1, 2, 3, ... on the elements of the result.
"""

import copy
import json
import pickle
import re
import warnings
from pathlib import Path

import numpy as np
import torch
from expressions import (
    ARITHMETIC,
    COMPARISON,
    CREATION,
    ELEMENTWISE,
    ERRORS,
    INDEXING,
    INPLACE,
    MATMUL,
    REDUCTIONS,
    SHAPES,
)
from expressions_more import MORE_ERRORS

INPUTS = {
    "x": "torch.tensor([[1.5, -2., 0.5], [3., -0.25, 4.]], requires_grad=True)",
    "y": "torch.tensor([[0.5, 2., -1.], [1.25, 3., -2.]], requires_grad=True)",
    "p": "torch.tensor([[0.5, 2., 1.], [1.25, 3., 0.75]], requires_grad=True)",
    "row": "torch.tensor([2., -1., 0.5], requires_grad=True)",
    "column": "torch.tensor([[2.], [-0.5]], requires_grad=True)",
    "s": "torch.tensor(2.5, requires_grad=True)",
    "b": "torch.tensor([[[1., 2.], [3., -1.]], [[0.5, 1.], [-2., 4.]]], requires_grad=True)",
    "m": "torch.tensor([[1., -1.], [2., 0.5], [0., 3.]], requires_grad=True)",
    "d": "torch.tensor([1., -2., 3.], dtype=torch.float64, requires_grad=True)",
    "h": "torch.tensor([1., -2., 3.], dtype=torch.float16, requires_grad=True)",
    "z": "torch.tensor([[2., 0., 3.], [0., 4., 0.]], requires_grad=True)",
    "ties": "torch.tensor([[3., 1., 3.], [1., 3., 2.]], requires_grad=True)",
    "zeros": "torch.zeros(2, 2, requires_grad=True)",
    "odd": "torch.tensor([float('inf'), -float('inf'), float('nan'), 0., -0., 1.])",
    "i": "torch.tensor([4, -7, 2])",
    "j": "torch.tensor([[1, 2, 3], [4, 5, 6]])",
    "u": "torch.tensor([3, 200, 7], dtype=torch.uint8)",
    "mask": "torch.tensor([True, False, True])",
    "at": "torch.tensor([1, 0, 1])",
    "empty": "torch.empty(0)",
    "flat": "torch.empty(0, 3)",
}

STATEMENTS = [
    "x = torch.zeros(2, 3); x[0] = 1; x[1, 2] = 5; result = x",
    "x = torch.zeros(2, 3); x[:, 1] = torch.tensor([1., 2.]); result = x",
    "x = torch.zeros(2, 3); x[0] = torch.tensor([1, 2, 3]); result = x",
    "x = torch.arange(6.).reshape(2, 3); x[x > 2] = 0; result = x",
    "x = torch.arange(6.).reshape(2, 3); x[[0, 1], [2, 0]] = torch.tensor([7., 8.]); result = x",
    "x = torch.arange(6.).reshape(2, 3); x[:, [0, 0]] = 5; result = x",
    "x = torch.zeros(2, 3); x[...] = 2; result = x",
    "x = torch.zeros(3); x[1:] += 2; result = x",
    "x = torch.zeros(3, dtype=torch.int64); x[0] = 1.9; result = x",
    "x = torch.zeros(2, 3); x[None, 0] = torch.ones(1, 1, 3); result = x",
    "x = torch.zeros(3, dtype=torch.bool); x[0] = 5; result = x",
    "x = torch.zeros(2, 3); y = x[0]; y += 1; result = x, x._version, y._version",
    "x = torch.zeros(2, 3); y = x.view(-1); x[0, 0] = 4; result = y, x._version, y._version",
    "x = torch.zeros(2, 3); y = x.t(); y[0] = 4; result = x, x._version, y._version",
    "x = torch.zeros(2, 3); y = x.detach(); y.add_(1); result = x, x._version, y._version",
    "x = torch.zeros(2, 3); y = x.data; y.add_(1); result = x, x._version, y._version",
    "x = torch.zeros(2); a, b = x; a += 1; b.fill_(3); result = x, x._version",
    "x = torch.ones(2); y = x; y += 1; result = x, x is y",
    "x = torch.ones(2); y = x; y = y + 1; result = x, x is y",
    "x = torch.ones(2); x -= 3; x *= 2; x /= 8; x **= 2; result = x, x._version",
    "x = torch.tensor(3.); x *= 2; result = x",
    "x = torch.ones(2, requires_grad=True); y = (x * 3).sum(); y.data *= 2; result = y",
    "x = torch.ones(2, 3); x[0].data.fill_(3); result = x",
    "x = torch.ones(2, requires_grad=True); x.data[0] = 5; result = x",
    "x = torch.ones(2).requires_grad_()\nwith torch.no_grad(): x -= 0.5\nresult = x, x._version",
    "x = torch.ones(2).requires_grad_()\nwith torch.no_grad(): x[0] = 0.5\nresult = x, x._version",
    "x = torch.ones(2).requires_grad_(); x.sum().backward(); x.grad.zero_(); result = x.grad",
    "x = torch.arange(6.); y = x.reshape(2, 3); y[0, 0] = 9; result = x",
    "x = torch.arange(6.).reshape(2, 3); y = x.t().reshape(-1); y[0] = 9; result = x",
    "x = torch.arange(6.); y = x.clone(); y[0] = 9; result = x",
    "x = torch.arange(6.); y = x[[0, 1]]; y[0] = 9; result = x",
    "x = torch.arange(6.); a, b = x.split(3); b[0] = 9; result = x",
    "x = torch.arange(3.); y = x.expand(2, 3); x[0] = 9; result = y",
    "a = np.ones(2); x = torch.from_numpy(a); a[0] = 5; result = x",
    "x = torch.ones(2); x.numpy()[0] = 5; result = x",
    "x = torch.tensor(2.); x.numpy()[...] = 5; result = x",
    "a = np.ones(2); x = torch.tensor(a); a[0] = 5; result = x",
    "result = torch.tensor(np.float64(1.5)), torch.tensor(np.arange(3))",
    "result = torch.tensor([np.float32(1.5), 2]), torch.ones(2) * np.float64(2)",
    "result = np.float32(2) * torch.ones(2), np.asarray(torch.ones(2))",
    "result = torch.ones(2)[np.int64(1)], torch.ones(3)[np.array([0, 1])]",
    "x = torch.ones(2, requires_grad=True); y = copy.deepcopy(x); y.data[0] = 5; result = x, y",
    "x = torch.ones(2); y = copy.copy(x); y[0] = 5; result = x, y",
    "x = torch.ones(2, requires_grad=True); x.sum().backward(); result = copy.deepcopy(x).grad",
    "x = torch.ones(2, requires_grad=True); result = pickle.loads(pickle.dumps(x))",
    "x = torch.ones(2, requires_grad=True); result = pickle.loads(pickle.dumps(x * 2))",
    "result = copy.deepcopy(torch.float32) is torch.float32",
    "x = torch.ones(2); result = len({x, x, x.clone()})",
    "x = torch.ones(2, requires_grad=True); a, b = x * 2; result = a.grad_fn.name()",
    "a, b = torch.ones(2).requires_grad_(); result = (a + b).grad_fn.next_functions[1][1]",
    "x = torch.arange(3.); result = [float(v) for v in x], [int(v) for v in x], x.sum() / 2",
    "result = torch.ones(2, 3).T.shape, torch.ones(2, 3, 4).mT.shape, torch.ones(2, 3).size()",
]

DTYPES = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"]
OPERATORS = {
    "+": lambda a, b: a + b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "-": lambda a, b: a - b,
    "**": lambda a, b: a**b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "where": lambda a, b: torch.where(torch.tensor(True), a, b),
}


def expressions(text):
    """The expressions of a table; `|` between spaces separates them."""
    return [each.strip() for line in text.strip().split("\n") for each in line.split(" | ")]


def inputs_of(expression):
    """The inputs that an expression names."""
    names = set(re.findall(r"(?<![\w.'\"])([a-z]\w*)\b", expression))
    return [name for name in INPUTS if name in names]


def plain(value):
    """A result without tensors: its printed form."""
    return re.sub(r" object at 0x\w+", "", repr(value))


def numbers(tensor):
    return repr(tensor.detach().double().flatten().tolist())


def record(expression):
    """What PyTorch makes of an expression, and of its gradients."""
    names = inputs_of(expression)
    scope = {"torch": torch}
    for name in names:
        scope[name] = eval(INPUTS[name], {"torch": torch})
    try:
        result = eval(expression, scope)
    except Exception as error:
        raise SystemExit(f"{expression}: {type(error).__name__}: {error}") from None
    case = {"expression": expression, "inputs": names, "printed": plain(result)}
    if isinstance(result, torch.Tensor):
        case["dtype"], case["shape"] = str(result.dtype), list(result.shape)
        case["numbers"] = numbers(result)
        fn = result.grad_fn
        if fn is not None and "NotImplemented" not in fn.name():
            case["grad_fn"] = fn.name()
            weight = torch.arange(1, result.numel() + 1, dtype=result.dtype).reshape(result.shape)
            (result * weight).sum().backward()
            leaves = [name for name in names if scope[name].requires_grad]
            grads = {name: scope[name].grad for name in leaves}
            case["grads"] = {k: repr(g) for k, g in grads.items()}
            case["grad_numbers"] = {k: numbers(g) for k, g in grads.items() if g is not None}
    return case


def record_statements(source):
    scope = {"torch": torch, "np": np, "copy": copy, "pickle": pickle}
    exec(source, scope)
    return {"source": source, "printed": plain(scope["result"])}


def operand(dtype, dims):
    return torch.ones((2,) * dims, dtype=getattr(torch, dtype))


def result_dtype(operator, first, second):
    try:
        return str(OPERATORS[operator](first, second).dtype).removeprefix("torch.")
    except (RuntimeError, NotImplementedError) as error:
        return type(error).__name__


def record_promotion():
    """The dtype of every operation on every pair of dtypes, with and without dimensions."""
    table = {}
    for operator in OPERATORS:
        for one in DTYPES:
            for two in DTYPES:
                table[f"{operator} {one} {two}"] = [
                    result_dtype(operator, operand(one, m), operand(two, n))
                    for m, n in ((1, 1), (1, 0), (0, 1), (0, 0))
                ]
            for number in (True, 2, 2.5):
                table[f"{operator} {one} {number}"] = [
                    result_dtype(operator, operand(one, 1), number),
                    result_dtype(operator, operand(one, 0), number),
                    result_dtype(operator, number, operand(one, 1)),
                    result_dtype(operator, number, operand(one, 0)),
                ]
    return table


def record_error(expression):
    """The type and the message of PyTorch's error."""
    names = inputs_of(expression)
    scope = {"torch": torch}
    for name in names:
        scope[name] = eval(INPUTS[name], {"torch": torch})
    try:
        eval(expression, scope)
    except Exception as error:
        message = str(error).split("\n")[0]
        message = re.sub(r"(invalid combination of arguments).*", r"\1", message)
        return {
            "expression": expression,
            "inputs": names,
            "type": type(error).__name__,
            "message": message.split(" (Triggered internally")[0],
        }
    return None


def main():
    warnings.simplefilter("ignore")
    groups = {
        "arithmetic": ARITHMETIC,
        "elementwise": ELEMENTWISE,
        "reductions": REDUCTIONS,
        "shapes": SHAPES,
        "matmul": MATMUL,
        "indexing": INDEXING,
        "comparison": COMPARISON,
        "creation": CREATION,
        "inplace": INPLACE,
    }
    table = {
        "torch": torch.__version__.split("+")[0],
        "inputs": INPUTS,
        "cases": {
            name: [record(each) for each in expressions(text)] for name, text in groups.items()
        },
        "statements": [record_statements(each) for each in STATEMENTS],
        "promotion": record_promotion(),
        "errors": [
            found for each in expressions(ERRORS + MORE_ERRORS) if (found := record_error(each))
        ],
    }
    path = Path(__file__).with_name("operations.json")
    lines = json.dumps(table, indent=1, ensure_ascii=False)
    path.write_text(lines + "\n", encoding="utf-8")
    print(
        {name: len(cases) for name, cases in table["cases"].items()},
        len(table["statements"]),
        len(table["promotion"]),
        len(table["errors"]),
    )


if __name__ == "__main__":
    main()
