"""Optimisers take PyTorch's steps, remember what it remembers, and go on where they stopped.

Recorded with PyTorch 2.13 by `recorded/record_optim.py`; nothing here needs PyTorch.
"""

import copy
import io
import json
import pickle
import sys
from pathlib import Path

import numpy as np
import pytest

import minigrad as torch

sys.path.insert(0, str(Path(__file__).parent / "recorded"))
from optim_cases import DTYPES, OPTIMIZERS, STEPS, advance, recorded, run, start

RECORDED = recorded()["optimizers"]
TOLERANCE = {"float32": 1e-6, "float64": 1e-12}
KINDS = [  # one of each kind with everything that it can remember
    "SGD(params, lr=0.05, momentum=0.9)",
    "Adam(params, lr=0.05, amsgrad=True)",
    "AdamW(params, lr=0.05)",
    "RMSprop(params, lr=0.02, momentum=0.9, centered=True)",
    "Adagrad(params, lr=0.1, lr_decay=0.05)",
]


def assert_close(seen, wanted, tolerance, what):
    """Numbers as PyTorch's, up to rounding; near 0, relative to the greatest of the tensor."""
    assert seen[:2] == wanted[:2], what
    greatest = np.abs(wanted[2]).max()
    np.testing.assert_allclose(seen[2], wanted[2], tolerance, tolerance * greatest, err_msg=what)


def weights(params):
    return [each.detach().numpy().copy() for each in params]


def same(one, other):
    """Whether two lists of arrays are equal to the bit."""
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def from_file(state):
    """What is loaded after `state` has been saved."""
    file = io.BytesIO()
    torch.save(state, file)
    return torch.load(io.BytesIO(file.getvalue()))


# --- the steps ------------------------------------------------------------------------------------
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("expression", OPTIMIZERS)
def test_fifty_steps_are_pytorchs(expression, dtype):
    wanted, seen = RECORDED[expression][dtype], run(torch, expression, dtype)
    assert str(STEPS) in wanted["steps"]
    for step, params in wanted["steps"].items():
        for number, values in enumerate(params):
            what = f"parameter {number} after step {step}"
            assert_close(seen["steps"][step][number], values, TOLERANCE[dtype], what)
    assert seen["state"].keys() == wanted["state"].keys()
    for number, kept in wanted["state"].items():
        assert list(seen["state"][number]) == list(kept)
        for name, values in kept.items():  # averages near 0 are differences of greater numbers
            assert_close(seen["state"][number][name], values, 10 * TOLERANCE[dtype], name)
    for what in ("printed", "defaults", "groups", "versions"):
        assert seen[what] == wanted[what]


@pytest.mark.parametrize("decay", [0, 0.1])
@pytest.mark.parametrize("expression", KINDS)
def test_a_step_changes_numbers_in_place_and_leaves_gradients_alone(expression, decay):
    params, optimizer = start(torch, f"{expression[:-1]}, weight_decay={decay})", "float32")
    memory = [each.detach().numpy() for each in params]
    for each in params[:-1]:
        each.grad = torch.ones(each.shape)
    grads = [each.grad.numpy().copy() for each in params[:-1]]
    for _ in range(3):
        optimizer.step()
    assert same([each.grad.numpy() for each in params[:-1]], grads)
    assert all(np.shares_memory(a, each.detach().numpy()) for a, each in zip(memory, params))
    assert all(each.is_leaf and each.requires_grad for each in params)


def test_a_graph_that_saved_a_parameter_notices_the_step():
    w = torch.ones(2, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1)
    loss = (w * w).sum()
    loss.backward(retain_graph=True)
    optimizer.step()
    with pytest.raises(RuntimeError, match="modified by an inplace operation") as caught:
        loss.backward()
    assert "optimizer.step()" in str(caught.value)


def test_nothing_is_recorded_even_from_gradients_with_a_history():
    w = torch.tensor([2.0], requires_grad=True)
    optimizer = torch.optim.Adam([w], weight_decay=0.1)
    (w.grad,) = torch.autograd.grad((w**3).sum(), w, create_graph=True)
    assert w.grad.requires_grad
    optimizer.step()
    assert w.is_leaf
    assert not optimizer.state[w]["exp_avg"].requires_grad


@pytest.mark.parametrize("expression", KINDS)
def test_parameters_without_a_gradient_stay_and_have_no_momentum(expression):
    params, optimizer = start(torch, expression, "float32")
    before = weights(params)
    optimizer.step()
    assert same(weights(params), before)
    params[0].grad = torch.ones(params[0].shape)
    optimizer.step()
    assert not same(weights(params[:1]), before[:1])
    assert same(weights(params[1:]), before[1:])
    if "Adagrad" not in expression:  # which has sums from the beginning
        assert list(optimizer.state) == params[:1]


def test_frozen_parameters_stay():
    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Linear(4, 2))
    model[0].requires_grad_(False)
    before = weights(model.parameters())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        model(torch.ones(5, 3)).sum().backward()
        optimizer.step()
    after = weights(model.parameters())
    assert same(before[:2], after[:2])
    assert not any(np.array_equal(a, b) for a, b in zip(before[2:], after[2:]))


def test_a_closure_is_computed_with_gradients_and_its_loss_returned():
    w = torch.tensor([3.0], requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1)

    def closure():
        optimizer.zero_grad()
        loss = (w * w).sum()
        loss.backward()
        return loss

    with torch.no_grad():
        assert optimizer.step(closure).item() == 9
    assert w.item() == pytest.approx(2.4)
    assert optimizer.step() is None


def test_zero_grad_forgets_gradients_or_fills_them_with_zeros():
    w, without = torch.ones(2, requires_grad=True), torch.ones(1, requires_grad=True)
    optimizer = torch.optim.SGD([w, without])
    (w.grad,) = torch.autograd.grad((w**3).sum(), w, create_graph=True)
    grad = w.grad
    optimizer.zero_grad(set_to_none=False)
    assert w.grad is grad
    assert grad.tolist() == [0, 0]
    assert grad.grad_fn is None
    assert without.grad is None
    optimizer.zero_grad()
    assert w.grad is None


def test_a_learning_rate_may_be_a_tensor_or_a_numpy_number():
    for lr in (torch.tensor(0.5), np.float64(0.5), torch.tensor([0.5])):
        w = torch.ones(1, requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=lr, weight_decay=np.float64(0), momentum=0.5)
        w.grad = torch.ones(1)
        optimizer.step()
        assert w.item() == 0.5
        assert optimizer.param_groups[0]["lr"] == 0.5


# --- groups ---------------------------------------------------------------------------------------
def test_a_group_has_settings_of_its_own_and_others_can_be_added():
    one, two, three = (torch.ones(1, requires_grad=True) for _ in range(3))
    optimizer = torch.optim.SGD([{"params": one}, {"params": [two], "lr": 0.5}], lr=0.1)
    added = {"params": iter([three]), "lr": 0.25}
    optimizer.add_param_group(added)
    assert optimizer.param_groups[2] is added
    for each in (one, two, three):
        each.grad = torch.ones(1)
    optimizer.step()
    assert [one.item(), two.item(), three.item()] == pytest.approx([0.9, 0.5, 0.75])
    optimizer.param_groups[0]["lr"] = 0.9
    optimizer.step()
    assert one.item() == pytest.approx(0, abs=1e-6)


def test_a_group_that_is_added_later_begins_with_adagrads_first_sum():
    one, two = (torch.ones(1, requires_grad=True) for _ in range(2))
    optimizer = torch.optim.Adagrad([one], initial_accumulator_value=0.5)
    optimizer.add_param_group({"params": [two]})
    one.grad, two.grad = torch.ones(1), torch.ones(1)
    optimizer.step()
    assert one.item() == two.item()


# --- states ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("expression", KINDS)
def test_a_state_resumes_to_the_bit(expression, dtype):
    params, optimizer = start(torch, expression, dtype)
    advance(torch, params, optimizer, range(7))
    kept, numbers = from_file(optimizer.state_dict()), weights(params)
    others, again = start(torch, expression.replace("lr=", "lr=7 * "), dtype)
    with torch.no_grad():
        for each, array in zip(others, numbers, strict=True):
            each.copy_(torch.tensor(array))
    again.load_state_dict(kept)
    advance(torch, params, optimizer, range(7, 20))
    advance(torch, others, again, range(7, 20))
    assert same(weights(params), weights(others))
    assert repr(again) == repr(optimizer)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
@pytest.mark.parametrize("expression", KINDS)
def test_a_copy_goes_on_alone(copied, expression):
    params, optimizer = start(torch, expression, "float32")
    torch.optim.lr_scheduler.StepLR(optimizer, 2)
    advance(torch, params, optimizer, range(3))
    others, again = copied((params, optimizer))
    before = weights(params)
    advance(torch, others, again, range(3, 6))
    assert same(weights(params), before)
    advance(torch, params, optimizer, range(3, 6))
    assert same(weights(params), weights(others))


def test_a_loaded_state_is_a_copy_in_the_dtypes_of_the_parameters():
    params, optimizer = start(torch, "Adam(params)", "float32")
    advance(torch, params, optimizer, range(3))
    state = optimizer.state_dict()
    others, again = start(torch, "Adam(params)", "float64")
    again.load_state_dict(state)
    loaded = again.state[others[0]]
    assert (loaded["exp_avg"].dtype, loaded["step"].dtype) == (torch.float64, torch.float32)
    advance(torch, others, again, range(1))
    assert state["state"][0]["step"].item() == 3
    assert again.state_dict()["state"][0]["step"].item() == 4


def test_a_state_as_it_comes_from_a_file_is_as_good():
    """Tuples have become lists there; older states have a number of steps that is no tensor."""
    params, optimizer = start(torch, "Adam(params)", "float32")
    advance(torch, params, optimizer, range(3))
    state = optimizer.state_dict()
    groups = json.loads(json.dumps(state["param_groups"]))
    kept = {n: {**each, "step": each["step"].item()} for n, each in state["state"].items()}
    optimizer.load_state_dict({"state": kept, "param_groups": groups})
    assert optimizer.param_groups[0]["betas"] == (0.9, 0.999)
    assert optimizer.state[params[0]]["step"].item() == 3


def test_adamw_stays_adamw_with_a_state_of_adam():
    params, adam = start(torch, "Adam(params, lr=0.3)", "float32")
    adamw = torch.optim.AdamW(params)
    adamw.load_state_dict(adam.state_dict())
    assert adamw.param_groups[0]["lr"] == 0.3
    assert adamw.param_groups[0]["decoupled_weight_decay"] is True
