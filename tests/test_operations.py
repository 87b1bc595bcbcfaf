"""Every operation computes, prints and complains as PyTorch does: a replay of recorded results.

`recorded/record_operations.py` wrote the table with PyTorch; nothing here needs PyTorch.
"""

import copy
import json
import pickle
import re
import warnings
from pathlib import Path

import numpy as np
import pytest

import minigrad as torch

RECORDED = json.loads(Path(__file__).with_name("recorded").joinpath("operations.json").read_text())
CASES = [case for group in RECORDED["cases"].values() for case in group]

# Where the last printed digit depends on the order in which a library adds up, values decide.
ROUNDED = re.compile(r"float16|\bh\b|norm|var|std|linspace|@|\bmm|\bmv|\bdot|tanh|sigmoid|exp|log")


def evaluate(case):
    """The result of an expression and its inputs."""
    scope = {"torch": torch}
    for name in case["inputs"]:
        scope[name] = eval(RECORDED["inputs"][name], {"torch": torch})
    return eval(case["expression"], scope), scope


def plain(value):
    return re.sub(r" object at 0x\w+", "", repr(value))


def numbers(tensor):
    return np.array(tensor.detach().double().flatten().tolist())


def recorded_numbers(text):
    return np.array(eval(text, {"nan": np.nan, "inf": np.inf}))


def assert_same(printed, recorded, tensor, values, rounded):
    """The printed text is PyTorch's; where rounding may differ, the numbers are."""
    if printed == recorded:
        return
    assert rounded, f"{printed}\n is not PyTorch's\n{recorded}"
    tolerance = 1e-3 if tensor.dtype is torch.float16 else 1e-6
    np.testing.assert_allclose(numbers(tensor), recorded_numbers(values), rtol=tolerance, atol=1e-6)


@pytest.mark.parametrize("case", CASES, ids=[case["expression"] for case in CASES])
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_result_and_gradients_are_pytorchs(case):
    result, scope = evaluate(case)
    rounded = bool(ROUNDED.search(case["expression"]))
    if not isinstance(result, torch.Tensor):
        assert plain(result) == case["printed"]
        return
    assert str(result.dtype) == case["dtype"]
    assert list(result.shape) == case["shape"]
    assert_same(plain(result), case["printed"], result, case["numbers"], rounded)
    if "grads" not in case:
        return
    assert result.grad_fn.name() == case["grad_fn"]
    weight = torch.arange(1, result.numel() + 1, dtype=result.dtype).reshape(result.shape)
    (result * weight).sum().backward()
    for name, recorded in case["grads"].items():
        grad = scope[name].grad
        values = case["grad_numbers"].get(name)
        assert_same(repr(grad), recorded, grad, values, rounded)


@pytest.mark.parametrize("case", RECORDED["statements"], ids=lambda case: case["source"])
def test_statements_have_pytorchs_effect(case):
    scope = {"torch": torch, "np": np, "copy": copy, "pickle": pickle}
    exec(case["source"], scope)
    assert plain(scope["result"]) == case["printed"]


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


def result_dtype(operator, first, second):
    try:
        return str(OPERATORS[operator](first, second).dtype).removeprefix("torch.")
    except (RuntimeError, NotImplementedError) as error:
        return type(error).__name__


def promoted(operator, one, two):
    """The dtypes an operation gives for two dtypes (or a number), of every rank and order."""

    def operand(dtype, dims):
        return torch.ones((2,) * dims, dtype=getattr(torch, dtype))

    if two in ("True", "2", "2.5"):
        number = eval(two)
        pairs = [(operand(one, 1), number), (operand(one, 0), number)]
        pairs += [(second, first) for first, second in pairs]
    else:
        pairs = [(operand(one, m), operand(two, n)) for m, n in ((1, 1), (1, 0), (0, 1), (0, 0))]
    return [result_dtype(operator, first, second) for first, second in pairs]


@pytest.mark.parametrize("operator", OPERATORS)
def test_mixed_dtypes_give_pytorchs(operator):
    """All pairs, and Python's numbers, in both orders."""
    wrong = {}
    for key, recorded in RECORDED["promotion"].items():
        sign, one, two = key.split(" ")
        if sign == operator and (found := promoted(sign, one, two)) != recorded:
            wrong[key] = f"{found}, PyTorch: {recorded}"
    assert not wrong


@pytest.mark.parametrize(
    "case", RECORDED["errors"], ids=[e["expression"] for e in RECORDED["errors"]]
)
def test_errors_begin_with_pytorchs_words(case):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(Exception) as caught:
            evaluate(case)
    error = caught.value
    assert (type(error).__name__, str(error)[: len(case["message"])]) == (
        case["type"],
        case["message"],
    )


def test_numpy_leaves_a_mixed_operation_to_the_tensor():
    x = torch.ones(2, requires_grad=True)
    assert repr(np.float32(2) * x) == repr(2 * x) and repr(np.float64(3) / x) == repr(3 / x)
    for mixed in (lambda: np.ones(2) * x, lambda: x + np.ones(2), lambda: np.ones(2) - x):
        with pytest.raises(TypeError, match="for a list or an array write torch.tensor"):
            mixed()


def test_everything_public_says_what_it_does():
    public = {f"torch.{name}": each for name, each in vars(torch).items() if callable(each)}
    public |= {f"Tensor.{name}": each for name, each in vars(torch.Tensor).items()}
    silent = [
        name
        for name, each in public.items()
        if not re.search(r"\._", name) and callable(each) and not each.__doc__
    ]
    assert not silent


def test_nothing_warns_about_infinities_and_nans():
    with warnings.catch_warnings():
        warnings.filterwarnings("error", category=RuntimeWarning, module=r"(?!minigrad\.)")
        x = torch.tensor([0.0, 1e30, -1.0, float("inf")], requires_grad=True)
        for result in (
            1 / x,
            x.log(),
            x * x,
            x.exp(),
            x.sqrt(),
            x - x,
            x.norm(),
            x.var(),
            x.prod(),
        ):
            result.sum().backward(retain_graph=True)
        torch.tensor([1e300]).float(), torch.tensor([float("nan")]).long(), torch.empty(0).mean()
