"""One case of a layer, run in PyTorch to record it or in minigrad to compare: the same program.

A table is a module `layers_….py` beside this one, with a list CASES of `case(…)`, and, if it likes,
VALUES (expressions whose printed value is recorded) and ERRORS (expressions that must fail).
`record_layers.py` writes `layers_….json` for each; `tests/test_layers.py` replays them all.
"""

import importlib
import json
import re
import warnings
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
DTYPES = "float32", "float64"


def case(expression, *inputs, **options):
    """A layer or function, and what it is called with.

    `expression` is in terms of `torch`, `nn` and `F`: "nn.Linear(3, 2)", "lambda x: F.relu(x)".
    An input is a shape, for normal random numbers that require grad, or an expression in terms of
    `random`, a NumPy RandomState: "random.randint(0, 5, (2, 3))" (integers and bools stay that,
    floats require grad), or one of `torch` in terms of it that begins with "torch.", or None.
    Options: `keywords` (of the call, as inputs), `train` (True), `calls` (1: how often it is called
    before what counts), `dtypes`, `named` (True: the names of the nodes are compared),
    `second` (True: gradcheck and gradgradcheck run on it), `seed`.
    """
    return {"expression": expression, "inputs": inputs, **options}


def tables():
    """The names of all tables, as in `layers_basic`."""
    return sorted(path.stem for path in HERE.glob("layers_*.py"))


def cases_of(table):
    return importlib.import_module(table).CASES


def recorded(table):
    """What PyTorch gave for a table."""
    return json.loads((HERE / f"{table}.json").read_text(encoding="utf-8"))


def title(case):
    """A case as it is named in the test's report."""
    options = [f"{k}={v}" for k, v in case.items() if k not in ("expression", "inputs")]
    return " ".join([case["expression"], *map(str, case["inputs"]), *options])


def scope_of(torch):
    """What an expression can use. (`torch` is the one or the other.)"""
    nn = importlib.import_module(f"{torch.__name__}.nn")
    functional = importlib.import_module(f"{torch.__name__}.nn.functional")
    return {"torch": torch, "nn": nn, "F": functional, "np": np}


def make_input(torch, given, random, dtype):
    """A tensor for one input of a case."""
    if isinstance(given, str):
        given = eval(given, {"random": random, "np": np, "torch": torch})
        if given is None or isinstance(given, torch.Tensor):
            return given
    elif given is not None:
        given = random.standard_normal(given)
    if given is None:
        return None
    given = np.asarray(given)
    if given.dtype.kind != "f":
        return torch.tensor(given)
    return torch.tensor(given.astype(dtype), requires_grad=True)


def fill(torch, module, random):
    """Give parameters and buffers numbers of our own, in the order in which they are named."""
    with torch.no_grad():
        for _, each in module.named_parameters():
            each.copy_(torch.tensor(random.standard_normal(tuple(each.shape)) * 0.5))
        for _, each in module.named_buffers():
            if each is not None and each.dtype in (torch.float32, torch.float64):
                each.copy_(torch.tensor(random.random_sample(tuple(each.shape)) + 0.5))


class Prepared:
    """A case ready to run: the layer, and its inputs."""

    def __init__(self, torch, case, dtype):
        self.torch, random = torch, np.random.RandomState(case.get("seed", 0))
        self.layer = eval(case["expression"], scope_of(torch))
        self.is_module = hasattr(self.layer, "named_parameters")
        if self.is_module:
            self.layer.to(getattr(torch, dtype)).train(case.get("train", True))
            fill(torch, self.layer, random)
        self.inputs = [make_input(torch, each, random, dtype) for each in case["inputs"]]
        keywords = case.get("keywords", {})
        self.keywords = {k: make_input(torch, v, random, dtype) for k, v in keywords.items()}

    def __call__(self, *_):
        """All tensors of the result, in one list."""
        return flat(self.layer(*self.inputs, **self.keywords))

    def leaves(self):
        """{name: tensor} of everything that has a gradient."""
        named = [(f"input {i}", each) for i, each in enumerate(self.inputs)]
        named += self.keywords.items()
        named += self.layer.named_parameters() if self.is_module else ()
        return {k: each for k, each in named if each is not None and each.requires_grad}


def flat(result):
    """The tensors of nested tuples in one list; None stays."""
    if isinstance(result, (tuple, list)):
        return [each for part in result for each in flat(part)]
    return [result]


def numbers(tensor):
    """A tensor as what is recorded: dtype, shape, and its numbers in reading order."""
    if tensor is None:
        return None
    array = tensor.detach().numpy()
    digits = 9 if array.dtype == np.float32 else 17
    listed = array.ravel().tolist()
    if array.dtype.kind == "f":
        listed = [float(f"{each:.{digits}g}") for each in listed]
    return [array.dtype.name, list(array.shape), listed]


def run(torch, case, dtype):
    """Forward and backward: everything about a case that is compared."""
    prepared = Prepared(torch, case, dtype)
    for _ in range(case.get("calls", 1)):
        outputs = prepared()
    seen = {"outputs": [numbers(each) for each in outputs]}
    names = [None if each is None or each.grad_fn is None else each.grad_fn for each in outputs]
    if case.get("named", True):
        seen["nodes"] = [node and node.name() for node in names]
    total = 0
    for each in outputs:
        if each is not None and each.requires_grad:
            weight = np.arange(1, each.numel() + 1).reshape(tuple(each.shape)) / each.numel()
            total = total + (each * torch.tensor(weight).to(each.dtype)).sum()
    if not isinstance(total, int):
        total.backward()
    seen["grads"] = {name: numbers(each.grad) for name, each in prepared.leaves().items()}
    if prepared.is_module:
        layer = prepared.layer
        seen["buffers"] = {name: numbers(each) for name, each in layer.named_buffers()}
        seen["printed"] = repr(layer)
        seen["keys"] = list(layer.state_dict())
    return seen


def value(torch, expression):
    """What an expression of VALUES prints."""
    return repr(eval(expression, scope_of(torch)))


def failure(torch, expression):
    """[type, first line of the message] of what an expression of ERRORS raises, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            eval(expression, scope_of(torch))
    except Exception as error:
        message = str(error).split("\n")[0]
        return [
            type(error).__name__,
            re.sub(r"(invalid combination of arguments).*", r"\1", message),
        ]
    return None
