"""Random settings, gradients and changes on the way: the same steps as PyTorch's, live."""

import random

import numpy as np
import pytest

import minigrad

torch = pytest.importorskip("torch", reason="PyTorch, the referee, is not installed")

EVERY = {"lr": (0.001, 0.1, 1), "weight_decay": (0, 0.1), "maximize": (False, True)}
BETAS = {"betas": ((0.9, 0.999), (0.4, 0.9), (0.0, 0.5)), "amsgrad": (False, True)}
SETTINGS = {
    "SGD": {"momentum": (0, 0.5, 0.9), "dampening": (0, 0.3), "nesterov": (False, True)},
    "Adam": {**BETAS, "eps": (1e-8, 0.1), "decoupled_weight_decay": (False, True)},
    "AdamW": {**BETAS, "eps": (1e-8, 0.1)},
    "RMSprop": {"alpha": (0.99, 0.5), "momentum": (0, 0.9), "centered": (False, True)},
    "Adagrad": {"lr_decay": (0, 0.1), "initial_accumulator_value": (0, 0.5)},
}
SHAPES = (2, 3), (), (4,), (0,), (2, 1, 2)
TOLERANCE = {"float32": 1e-5, "float64": 1e-12}


def run(library, kind, settings, dtype, seed):
    """The parameters, what is remembered of them and their versions; or what is wrong."""
    numbers = np.random.RandomState(seed)
    params = []
    for place in numbers.permutation(len(SHAPES))[:3]:
        array = np.asarray(numbers.standard_normal(SHAPES[place]) + 2).astype(dtype)
        params.append(library.tensor(array, requires_grad=True))
    try:
        optimizer = getattr(library.optim, kind)([{"params": params[:1]}], **settings)
    except ValueError as error:
        return str(error)
    optimizer.add_param_group({"params": params[1:], "lr": 0.05})
    schedule = library.optim.lr_scheduler.CosineAnnealingLR(optimizer, 7)
    for step in range(20):
        for each in params:
            grad = np.asarray(numbers.standard_normal(tuple(each.shape))).astype(dtype)
            each.grad = None if numbers.rand() < 0.1 else library.tensor(grad)
        optimizer.step()
        schedule.step()
        if step == 10:
            optimizer.load_state_dict(optimizer.state_dict())
    state = optimizer.state_dict()["state"]
    kept = {(n, name): each for n, every in state.items() for name, each in every.items()}
    return params, kept, [each._version for each in params]


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("kind", SETTINGS)
def test_random_settings_take_pytorchs_steps(kind, dtype):
    for seed in range(25):
        chosen = random.Random(seed)
        every = {**EVERY, **SETTINGS[kind]}
        settings = {name: chosen.choice(values) for name, values in every.items()}
        wanted = run(torch, kind, settings, dtype, seed)
        seen = run(minigrad, kind, settings, dtype, seed)
        if isinstance(wanted, str):
            assert seen.startswith(wanted), settings
            continue
        assert seen[2] == wanted[2], settings
        assert list(seen[1]) == list(wanted[1]), settings
        pairs = [*zip(seen[0], wanted[0]), *zip(seen[1].values(), wanted[1].values())]
        for ours, theirs in pairs:
            ours, theirs = ours.detach().numpy(), theirs.detach().numpy()
            assert ours.dtype == theirs.dtype
            scale = np.abs(theirs).max(initial=0)
            tolerance = TOLERANCE[dtype]
            np.testing.assert_allclose(ours, theirs, tolerance, tolerance * scale, err_msg=settings)
