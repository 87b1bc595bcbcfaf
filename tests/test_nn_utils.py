"""Clipping gradients and parameters as a vector: as PyTorch does it (2.13)."""

import sys
from pathlib import Path

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn

sys.path.insert(0, str(Path(__file__).parent / "recorded"))
from optim_cases import DTYPES, UTILITIES, recorded, run_utility

RECORDED = recorded()["utilities"]


def assert_same(seen, wanted, tolerance, what):
    if wanted is None:
        assert seen is None, what
        return
    assert seen[:2] == wanted[:2], what
    np.testing.assert_allclose(seen[2], wanted[2], tolerance, err_msg=what)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("expression", UTILITIES)
def test_a_utility_gives_what_pytorch_gives(expression, dtype):
    seen, wanted = run_utility(torch, expression, dtype), RECORDED[expression][dtype]
    tolerance = {"float32": 1e-6, "float64": 1e-14}[dtype]
    assert_same(seen["result"], wanted["result"], tolerance, "result")
    assert seen["node"] == wanted["node"]
    for what in ("grads", "params"):
        for number, pair in enumerate(zip(seen[what], wanted[what], strict=True)):
            assert_same(*pair, tolerance, f"{what}[{number}]")


def with_grad(*values):
    parameter = nn.Parameter(torch.zeros(len(values)))
    parameter.grad = torch.tensor(values)
    return parameter


def test_gradients_are_clipped_in_place():
    parameter = with_grad(3.0, 4.0)
    grad = parameter.grad
    assert nn.utils.clip_grad_norm_([parameter], 1).item() == 5
    assert parameter.grad is grad
    assert (torch.norm(grad).item(), grad._version) == (pytest.approx(1), 1)


def test_gradients_that_require_grad_are_clipped_without_a_record():
    parameter = nn.Parameter(torch.ones(2))
    (parameter.grad,) = torch.autograd.grad((parameter**3).sum(), parameter, create_graph=True)
    assert nn.utils.clip_grad_norm_([parameter], 1).requires_grad is False


def test_a_vector_of_parameters_is_part_of_the_graph():
    model = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))
    vector = nn.utils.parameters_to_vector(model.parameters())
    (vector * vector).sum().backward()
    assert all(torch.equal(each.grad, 2 * each.detach()) for each in model.parameters())


def test_parameters_from_a_vector_are_their_own():
    model, vector = nn.Linear(2, 2), torch.arange(6.0)
    nn.utils.vector_to_parameters(vector, model.parameters())
    assert model.weight.tolist() == [[0, 1], [2, 3]]
    assert model.bias.tolist() == [4, 5]
    vector.zero_()
    assert model.bias.tolist() == [4, 5]


def test_a_vector_of_another_length_changes_nothing():
    model = nn.Linear(2, 2)
    before = nn.utils.parameters_to_vector(model.parameters()).tolist()
    for vector in (torch.ones(5), torch.ones(7), torch.ones(6, 1)):
        with pytest.raises(RuntimeError, match=r"shape '\[6\]' is invalid for input of size"):
            nn.utils.vector_to_parameters(vector, model.parameters())
    with pytest.raises(TypeError, match=r"expected torch.Tensor, but got: list"):
        nn.utils.vector_to_parameters([1, 2], model.parameters())
    assert nn.utils.parameters_to_vector(model.parameters()).tolist() == before


MISTAKES = [
    (lambda p: nn.utils.clip_grad_norm_([p], -1), ValueError, "max_norm must be 0 or greater"),
    (lambda p: nn.utils.clip_grad_value_([p], -1), ValueError, "clip_value must be 0 or greater"),
    (
        lambda p: nn.utils.clip_grad_norm_([p], 1, error_if_nonfinite=True),
        RuntimeError,
        "The total norm of order 2.0 for gradients from `parameters` is non-finite",
    ),
    (lambda p: nn.utils.parameters_to_vector([]), ValueError, "expected a non-empty list of Te"),
]


@pytest.mark.parametrize(("mistake", "kind", "words"), MISTAKES)
def test_a_mistake_is_told_and_gradients_stay(mistake, kind, words):
    parameter = with_grad(float("inf"), 2.0)
    with pytest.raises(kind, match=words):
        mistake(parameter)
    assert parameter.grad.tolist() == [float("inf"), 2]


def test_an_empty_generator_is_warned_of():
    model = nn.Linear(2, 2)
    parameters = (each for each in model.parameters())
    list(parameters)
    with pytest.warns(UserWarning, match="`parameters` is an empty generator") as told:
        nn.utils.clip_grad_norm_(parameters, 1)
    assert told[0].filename == __file__
