"""Schedules set PyTorch's learning rates (2.13), keep its states and give its warnings."""

import io
import sys
import warnings
from pathlib import Path

import pytest

import minigrad as torch

sys.path.insert(0, str(Path(__file__).parent / "recorded"))
from optim_cases import (
    SCHEDULES,
    STEPS,
    make_schedule,
    recorded,
    run_schedule,
    step_schedule,
    two_groups,
)

RECORDED = recorded()["schedules"]
schedules = torch.optim.lr_scheduler


def close(seen, wanted):
    """Equal, numbers up to the last digit (cosines differ between machines)."""
    if isinstance(wanted, float):
        return seen == pytest.approx(wanted, rel=1e-12, abs=1e-14)
    if isinstance(wanted, list):
        return len(seen) == len(wanted) and all(map(close, seen, wanted))
    if isinstance(wanted, dict):
        return list(seen) == list(wanted) and all(close(seen[k], wanted[k]) for k in wanted)
    return seen == wanted


@pytest.mark.parametrize("expression", SCHEDULES)
def test_fifty_epochs_have_pytorchs_rates(expression):
    seen, wanted = run_schedule(torch, expression), RECORDED[expression]
    assert len(wanted["rates"]) == STEPS + 1
    for epoch, rates in enumerate(wanted["rates"]):
        assert close(seen["rates"][epoch], rates), f"epoch {epoch}"
    assert sorted(seen["state"]) == sorted(wanted["state"])
    assert all(close(seen["state"][name], value) for name, value in wanted["state"].items())
    assert seen["set"] == wanted["set"]
    assert close(seen.get("closed"), wanted.get("closed"))


@pytest.mark.parametrize("expression", SCHEDULES)
def test_a_state_resumes_to_the_bit(expression):
    optimizer = two_groups(torch)
    schedule = make_schedule(torch, expression, optimizer)
    for epoch in range(11):
        step_schedule(optimizer, schedule, expression, epoch)
    file = io.BytesIO()
    torch.save((optimizer.state_dict(), schedule.state_dict()), file)
    kept = torch.load(io.BytesIO(file.getvalue()))
    other = two_groups(torch)
    again = make_schedule(torch, expression, other)
    other.load_state_dict(kept[0])
    again.load_state_dict(kept[1])
    for epoch in range(11, 40):
        step_schedule(optimizer, schedule, expression, epoch)
        step_schedule(other, again, expression, epoch)
        assert again.get_last_lr() == schedule.get_last_lr()
        assert [group["lr"] for group in other.param_groups] == again.get_last_lr()
    assert close(again.state_dict(), schedule.state_dict())


def test_the_optimiser_uses_the_rate_of_its_schedule():
    weight = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=1.0)
    schedule = schedules.ExponentialLR(optimizer, 0.5)
    for _ in range(3):
        weight.grad = torch.ones(1)
        optimizer.step()
        schedule.step()
    assert weight.item() == -1.75


def test_a_schedule_goes_on_from_the_optimisers_state_alone():
    optimizer = two_groups(torch)
    schedule = schedules.CosineAnnealingLR(optimizer, 10)
    for epoch in range(3):
        step_schedule(optimizer, schedule, "", epoch)
    other = two_groups(torch)
    other.load_state_dict(optimizer.state_dict())
    again = schedules.CosineAnnealingLR(other, 10, last_epoch=2)
    for epoch in range(3, 9):
        assert again.get_last_lr() == schedule.get_last_lr()
        step_schedule(optimizer, schedule, "", epoch)
        step_schedule(other, again, "", epoch)


def test_objects_as_factors_are_kept_and_functions_are_not():
    class Decay:
        def __init__(self, rate):
            self.rate = rate

        def __call__(self, epoch):
            return self.rate**epoch

    schedule = schedules.LambdaLR(two_groups(torch), [Decay(0.5), lambda epoch: 1])
    kept = schedule.state_dict()
    assert kept["lr_lambdas"] == [{"rate": 0.5}, None]
    again = schedules.LambdaLR(two_groups(torch), [Decay(0.9), lambda epoch: 1])
    again.load_state_dict(kept)
    assert again.lr_lambdas[0].rate == 0.5


def test_a_schedule_of_ones_own_has_a_method_get_lr():
    class Halves(schedules.LRScheduler):
        def get_lr(self):
            return [base / (1 + self.last_epoch) for base in self.base_lrs]

    optimizer = two_groups(torch)
    schedule = Halves(optimizer)
    step_schedule(optimizer, schedule, "", 0)
    assert schedule.get_last_lr() == [0.05, 0.35]
    with pytest.raises(NotImplementedError, match=r"LRScheduler has no method get_lr"):
        schedules.LRScheduler(optimizer)


def test_two_schedules_share_an_optimiser():
    optimizer = two_groups(torch)
    pair = schedules.LinearLR(optimizer, 0.5, 1, 2), schedules.StepLR(optimizer, 1, 0.1)
    assert pair[1].base_lrs == [0.1, 0.7]
    optimizer.step()
    for each in pair:
        each.step()
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.1 * 0.75 * 0.1)


def test_a_plateau_follows_groups_that_are_added():
    optimizer = two_groups(torch)
    schedule = schedules.ReduceLROnPlateau(optimizer, patience=0)
    optimizer.add_param_group({"params": [torch.ones(1, requires_grad=True)], "lr": 0.5})
    for value in (torch.tensor(1.0), 1):
        schedule.step(value)
    assert optimizer.param_groups[2]["lr"] == pytest.approx(0.05)


# --- warnings -------------------------------------------------------------------------------------
def warned(action):
    """[message] of the warnings that point at this file."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        action()
    assert all(each.filename == __file__ for each in told)
    return [str(each.message) for each in told]


def test_a_schedule_that_goes_before_its_optimiser_is_warned_of_once():
    schedule = schedules.StepLR(two_groups(torch), 2)
    (message,) = warned(lambda: schedule.step())
    assert message.startswith(
        "Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and "
        "later, you should call them in the opposite order"
    )
    assert warned(lambda: schedule.step()) == []


def test_the_right_order_is_not_warned_of():
    optimizer = two_groups(torch)
    schedule = schedules.StepLR(optimizer, 2)
    optimizer.step()
    assert warned(lambda: schedule.step()) == []


def test_a_step_that_was_replaced_is_warned_of():
    optimizer = two_groups(torch)
    schedule = schedules.StepLR(optimizer, 2)
    optimizer.step = lambda: None
    (message,) = warned(lambda: schedule.step())
    assert message.startswith("Seems like `optimizer.step()` has been overridden after learning")


def test_get_lr_and_epochs_are_warned_of():
    optimizer = two_groups(torch)
    for schedule in (schedules.StepLR(optimizer, 2), schedules.LambdaLR(optimizer, lambda e: 1)):
        (message,) = warned(lambda schedule=schedule: schedule.get_lr())
        assert message.startswith("To get the last learning rate computed by the scheduler, plea")
    optimizer.step()
    (message,) = warned(lambda: schedule.step(3))
    assert message.startswith("The epoch parameter in `scheduler.step()` was not necessary")


# --- mistakes -------------------------------------------------------------------------------------
MISTAKES = [
    (lambda o: schedules.StepLR(3, 2), TypeError, "int is not an Optimizer"),
    (lambda o: schedules.ReduceLROnPlateau(3), TypeError, "int is not an Optimizer"),
    (lambda o: schedules.LambdaLR(3, len), TypeError, "int is not an Optimizer"),
    (lambda o: schedules.StepLR(o, 2, last_epoch=3), KeyError, "param 'initial_lr' is not spec"),
    (lambda o: schedules.StepLR(o, 0), ValueError, "step_size must be a positive number"),
    (lambda o: schedules.CosineAnnealingLR(o, 0), ValueError, "T_max must be a positive number"),
    (lambda o: schedules.LambdaLR(o, [len]), ValueError, "Expected 2 lr_lambdas, but got 1"),
    (lambda o: schedules.LinearLR(o, 0), ValueError, "Starting multiplicative factor expected"),
    (lambda o: schedules.LinearLR(o, 1, 2), ValueError, "Ending multiplicative factor expected"),
    (lambda o: schedules.ReduceLROnPlateau(o, "mi"), ValueError, "mode mi is unknown!"),
    (lambda o: schedules.ReduceLROnPlateau(o, factor=1), ValueError, "Factor should be < 1.0."),
    (lambda o: schedules.ReduceLROnPlateau(o, min_lr=[1]), ValueError, "expected 2 min_lrs, got 1"),
]


@pytest.mark.parametrize(("mistake", "kind", "words"), MISTAKES)
def test_a_mistake_is_told_in_pytorchs_words_and_changes_nothing(mistake, kind, words):
    optimizer = two_groups(torch)
    with pytest.raises(kind) as caught:
        mistake(optimizer)
    assert str(caught.value).strip('"').startswith(words)
    assert [group["lr"] for group in optimizer.param_groups] == [0.1, 0.7]
    assert "initial_lr" not in optimizer.param_groups[0]
