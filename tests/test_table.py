"""The table of operations: what it lists exists, computes as PyTorch does, and has derivatives.

`recorded/record_table.py` ran the table's examples in PyTorch; nothing here needs PyTorch.
"""

import inspect
import json
import re
from pathlib import Path

import numpy as np
import pytest

import minigrad as torch
from minigrad.autograd import gradcheck, gradgradcheck
from minigrad.classroom import operations_page
from minigrad.classroom.chapters import COURSE
from minigrad.classroom.examples import FLOATS, scope
from minigrad.classroom.operations import PLACES, is_operation, table

RECORDED = json.loads(Path(__file__).with_name("recorded").joinpath("table.json").read_text())
CASES = {(each["example"], each["dtype"]): each for each in RECORDED["cases"]}
EXAMPLES = [(name, each) for name, found in table().items() for each in found.examples]
ALL = pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[each for _, each in EXAMPLES])
UNTESTED = {"cuda": "needs a GPU: tests/test_device.py", "data_ptr": "an address"}
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


# --- names ----------------------------------------------------------------------------------------
def test_what_is_bound_somewhere_is_in_the_table():
    listed = {place for each in table().values() for place in each.places}
    for place, owner in PLACES.items():
        bound = {
            f"{place}.{name}" for name, each in vars(owner).items() if is_operation(name, each)
        }
        missing = {each for each in bound - listed if not each.endswith("_") or each[-2:] == "__"}
        assert not missing


def test_an_operation_is_wherever_pytorch_has_it_and_nowhere_else():
    wrong = []
    for operation in table().values():
        bare = [operation.name.rpartition(".")[2], *operation.aliases]
        for place in places_of(operation.name):
            for name in [*bare, *(each + "_" for each in bare)]:
                theirs, ours = name in RECORDED["names"][place], hasattr(PLACES[place], name)
                if theirs != ours and f"{place}.{name}" not in ELSEWHERE:
                    wrong.append(f"{place}.{name} is only {'theirs' if theirs else 'ours'}")
    assert not wrong


def places_of(name):
    """The places where an operation of this name belongs, if PyTorch has it there."""
    if "." in name:
        return [name.rpartition(".")[0]]
    return [place for place in PLACES if place != "linalg"]


# Names that PyTorch has and minigrad lacks, with the reason.
ELSEWHERE = {"torch.cpu": "a module there: what may be asked of a CPU as a device"}


# Parameters that PyTorch has and minigrad lacks: of dtypes, memory and names that are left out, of
# variants that Python's own way covers, and those whose PyTorch name is not the documented one.
NOT_HERE = {"memory_format", "layout", "pin_memory", "out_dtype", "driver", "self", "input"}
OTHERWISE = {
    "copy_": {"other"},
    "einsum": {"a"},
    "isin": {"element", "test_element"},
    "tensordot": {"other", "dims_self", "dims_other"},
    "expand": {"size", "implicit"},
    "max": {"other"},
    "min": {"other"},
    "scatter": {"value"},
    "split": {"split_size", "split_sizes"},
    "to": {"other"},
    "uniform_": {"from", "to"},
    "view": {"size", "dtype"},
}
SPLITS = {"indices", "sections", "tensor_indices_or_sections"}


def test_parameters_have_pytorchs_names():
    wrong = {}
    for name, theirs in RECORDED["parameters"].items():
        parameters = inspect.signature(table()[name].function).parameters
        left_out = NOT_HERE | OTHERWISE.get(name, set()) | (SPLITS if "split" in name else set())
        if missing := set(theirs) - set(parameters) - left_out:
            wrong[name] = missing
        assert "out" not in parameters
    assert not wrong


def test_a_result_is_not_written_into_a_tensor_given():
    with pytest.raises(TypeError, match="unexpected keyword argument 'out'"):
        torch.exp(torch.ones(2), out=torch.ones(2))


def test_every_operation_has_an_example():
    assert {name for name, each in table().items() if not each.examples} == set(UNTESTED)


# --- results and derivatives ----------------------------------------------------------------------
DIGITS = {"torch.float32": 2e-6, "torch.float16": 1e-3}
# PyTorch's own rounding, where it is coarser than the dtype.
TOLERANCE = {
    "F.hardsigmoid(x)": 1e-7,  # its slope of 1 / 6 is a float32, for float64 as well
    "torch.digamma(p)": 1e-8,  # PyTorch's trigamma has nine digits
    "torch.polygamma(1, p)": 1e-8,
}


def assert_same(result, recorded, example=None):
    """A result is what PyTorch gave: tensors to the last digits, other things as they print."""
    if isinstance(recorded, dict) and "several" in recorded:
        assert len(result) == len(recorded["several"])
        for ours, theirs in zip(result, recorded["several"]):
            assert_same(ours, theirs, example)
    elif isinstance(recorded, dict):
        assert repr(result) == recorded["plain"]
    else:
        dtype, shape, numbers = recorded
        assert (str(result.dtype), list(result.shape)) == (dtype, shape)
        found = np.array(result.detach().double().flatten().tolist())
        tolerance = max(TOLERANCE.get(example, 0), DIGITS.get(dtype, 1e-12))
        np.testing.assert_allclose(found, np.array(numbers), rtol=tolerance, atol=tolerance)


@ALL
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_result_node_and_gradients_are_pytorchs(name, example, dtype):
    recorded, known = CASES[example, dtype], scope(torch, dtype, requires_grad=True)
    result = eval(example, known)
    assert_same(result, recorded["result"], example)
    first = operations_page.tensors(result)
    node = first[0].grad_fn if first else None
    assert (node and node.name()) == recorded.get("node")
    if "grads" in recorded:
        weight = torch.arange(1, first[0].numel() + 1, dtype=first[0].dtype)
        (first[0] * weight.reshape(first[0].shape)).sum().backward()
        for name, grad in recorded["grads"].items():
            assert_same(known[name].grad, grad, example)
        assert {each for each in FLOATS if known[each].grad is not None} == set(recorded["grads"])


def differentiable(example):
    """The example as a function of the floating inputs that it names, and these."""
    names = [name for name in FLOATS if re.search(rf"(?<![\w.']){name}\b(?!=)", example)]
    known = scope(torch)

    def function(*inputs):
        results = operations_page.tensors(eval(example, {**known, **dict(zip(names, inputs))}))
        return tuple(each for each in results if each.requires_grad)

    return function, [scope(torch, requires_grad=True)[name] for name in names]


@pytest.mark.parametrize(
    "example", [each for _, each in EXAMPLES if "grads" in CASES.get((each, "float64"), ())]
)
def test_first_and_second_derivatives_agree_with_finite_differences(example):
    function, inputs = differentiable(example)
    if any(each.dtype.itemsize < 8 for each in function(*inputs)):
        pytest.skip("the result is not float64")
    assert gradcheck(function, inputs)
    assert gradgradcheck(function, inputs)


# --- the page -------------------------------------------------------------------------------------
def test_the_page_is_in_step_with_the_table():
    written = operations_page.PATH.read_text(encoding="utf-8")
    assert written == operations_page.page(), "run: python -m minigrad.classroom operations"


def test_readme_links_to_the_page():
    assert "(course/operations.md)" in (COURSE.parent / "README.md").read_text(encoding="utf-8")
