"""Optimisers and schedules, run in PyTorch to record them or in minigrad to compare.

`record_optim.py` writes `optim.json`; `tests/test_optim.py` and `test_lr_scheduler.py` replay it.
"""

import json
import math
import warnings
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
DTYPES = "float32", "float64"
STEPS = 50
SEEN = 1, 2, 3, 10, 25, 50  # the steps after which numbers are recorded
SHAPES = (2, 3), (4,), ()
# Settings that say how PyTorch's kernels run; the numbers do not depend on them.
KERNELS = "foreach", "fused", "differentiable", "capturable"

OPTIMIZERS = [
    "SGD(params)",
    "SGD(params, lr=0.1)",
    "SGD(params, lr=0.1, momentum=0.9)",
    "SGD(params, 0.05, 0.9, 0.3)",
    "SGD(params, lr=0.05, momentum=0.9, nesterov=True)",
    "SGD(params, lr=0.05, weight_decay=0.1)",
    "SGD(params, lr=0.05, momentum=0.9, weight_decay=0.1, dampening=0.5)",
    "SGD(params, lr=0.05, momentum=0.9, weight_decay=0.1, nesterov=True)",
    "SGD(params, lr=0.001, maximize=True)",
    "SGD(params, lr=0.001, momentum=0.5, weight_decay=0.1, maximize=True)",
    "SGD(groups, lr=0.01, momentum=0.9)",
    "SGD(named, lr=0.01)",
    "Adam(params)",
    "Adam(params, lr=0.05)",
    "Adam(params, lr=0.05, betas=(0.8, 0.9))",
    "Adam(params, lr=0.05, betas=(0.3, 0.5))",
    "Adam(params, lr=0.05, betas=(0.0, 0.99))",
    "Adam(params, lr=0.05, eps=0.1)",
    "Adam(params, lr=0.05, weight_decay=0.1)",
    "Adam(params, lr=0.05, amsgrad=True)",
    "Adam(params, lr=0.05, weight_decay=0.1, amsgrad=True, maximize=True)",
    "Adam(params, lr=0.05, weight_decay=0.1, decoupled_weight_decay=True)",
    "Adam(groups, lr=0.05)",
    "AdamW(params)",
    "AdamW(params, lr=0.05, weight_decay=0.1)",
    "AdamW(params, lr=0.05, weight_decay=0)",
    "AdamW(params, lr=0.05, betas=(0.8, 0.95), eps=1e-4, amsgrad=True)",
    "AdamW(params, lr=0.05, maximize=True)",
    "AdamW(named, lr=0.05)",
    "RMSprop(params)",
    "RMSprop(params, lr=0.02, alpha=0.9)",
    "RMSprop(params, lr=0.02, eps=0.1)",
    "RMSprop(params, lr=0.02, weight_decay=0.1)",
    "RMSprop(params, lr=0.02, momentum=0.9)",
    "RMSprop(params, lr=0.02, centered=True)",
    "RMSprop(params, 0.02, 0.9, 1e-6, 0.1, 0.5, True)",
    "RMSprop(params, lr=0.02, momentum=0.5, maximize=True)",
    "RMSprop(groups, lr=0.02)",
    "Adagrad(params)",
    "Adagrad(params, lr=0.1, lr_decay=0.05)",
    "Adagrad(params, lr=0.1, weight_decay=0.1)",
    "Adagrad(params, lr=0.1, initial_accumulator_value=0.5)",
    "Adagrad(params, lr=0.1, eps=0.1, maximize=True)",
    "Adagrad(groups, lr=0.1)",
]

SCHEDULES = [
    "StepLR(optimizer, 10)",
    "StepLR(optimizer, step_size=7, gamma=0.5)",
    "MultiStepLR(optimizer, [5, 20, 20, 30], gamma=0.5)",
    "MultiStepLR(optimizer, milestones=[40])",
    "ExponentialLR(optimizer, 0.9)",
    "LambdaLR(optimizer, lambda epoch: 1 / (1 + epoch))",
    "LambdaLR(optimizer, [lambda epoch: 0.9**epoch, lambda epoch: epoch % 3])",
    "CosineAnnealingLR(optimizer, T_max=50)",
    "CosineAnnealingLR(optimizer, 8, eta_min=0.01)",
    "CosineAnnealingLR(optimizer, 7)",
    "LinearLR(optimizer)",
    "LinearLR(optimizer, start_factor=0.1, end_factor=0.5, total_iters=20)",
    "LinearLR(optimizer, 1.0, 0.0, 30)",
    "ReduceLROnPlateau(optimizer)",
    "ReduceLROnPlateau(optimizer, factor=0.5, patience=2)",
    "ReduceLROnPlateau(optimizer, 'max', factor=0.5, patience=1)",
    "ReduceLROnPlateau(optimizer, patience=1, threshold=0.2, threshold_mode='abs')",
    "ReduceLROnPlateau(optimizer, 'max', 0.5, 1, 0.1, threshold_mode='abs', cooldown=3)",
    "ReduceLROnPlateau(optimizer, 'max', 0.5, 1, 0.1, 'rel', 2, [0.01, 0.02])",
    "ReduceLROnPlateau(optimizer, patience=0, factor=0.3, min_lr=0.001, eps=0.01)",
]

# What `nn.utils` returns for `params` (the last of which has no gradient), and what it
# leaves in the gradients.
UTILITIES = [
    "clip_grad_norm_(params, 1.0)",
    "clip_grad_norm_(params, 100.0)",
    "clip_grad_norm_(iter(params), 2, norm_type=1)",
    "clip_grad_norm_(params, 2, norm_type=3.5)",
    "clip_grad_norm_(params, 2, norm_type='inf')",
    "clip_grad_norm_(params, 2, norm_type=-math.inf)",
    "clip_grad_norm_(params, 0.5, norm_type=0)",
    "clip_grad_norm_(params, 0)",
    "clip_grad_norm_(params[0], 1.0)",
    "clip_grad_norm_(params[3], 1.0)",
    "clip_grad_norm_([], 1.0)",
    "clip_grad_value_(params, 5)",
    "clip_grad_value_(params[0], 7.5)",
    "clip_grads_with_norm_(params, 1.0, torch.tensor(10.0))",
    "get_total_norm([each.grad for each in params[:3]])",
    "get_total_norm(params[0].grad, 1)",
    "get_total_norm([torch.ones(2), torch.ones(2, dtype=torch.float64)])",
    "get_total_norm([])",
    "parameters_to_vector(params)",
    "parameters_to_vector(params[1:3])",
    "vector_to_parameters(torch.arange(13.0), params)",
]


def recorded():
    """What PyTorch gave."""
    return json.loads((HERE / "optim.json").read_text(encoding="utf-8"))


def slopes(array, number, step):
    """The gradient of one parameter in one step: towards something that moves a little."""
    random = np.random.RandomState(1000 * number + step)
    noise = random.standard_normal(array.shape).astype(array.dtype)
    curvature = array.dtype.type(0.5 + number)
    return curvature * (array - array.dtype.type(2)) + noise


def start(torch, expression, dtype):
    """The parameters, one of them without a gradient, and the optimiser of a case."""
    random = np.random.RandomState(0)
    params = []
    for shape in (*SHAPES, (2,)):
        array = np.asarray(random.standard_normal(shape) + 3).astype(dtype)
        params.append(torch.tensor(array, requires_grad=True))
    scope = {
        "torch": torch,
        "params": params,
        "named": [(f"layer.{i}", each) for i, each in enumerate(params)],
        "groups": [{"params": params[:1], "lr": 0.02}, {"params": params[1:], "weight_decay": 0.2}],
    }
    return params, eval(f"torch.optim.{expression}", scope)


def advance(torch, params, optimizer, steps):
    """Take steps; only the last parameter never has a gradient."""
    for step in steps:
        for number, each in enumerate(params[:-1]):
            array = each.detach().numpy()
            each.grad = torch.tensor(np.asarray(slopes(array, number, step)))
        optimizer.step()


def numbers(tensor):
    """[dtype, shape, numbers] of a tensor; anything else as it is."""
    if not hasattr(tensor, "detach"):
        return tensor
    array = tensor.detach().numpy()
    digits = 9 if array.dtype == np.float32 else 17
    return [array.dtype.name, list(array.shape), [float(f"{x:.{digits}g}") for x in array.flat]]


def settings(group):
    """The settings of a group that mean something here."""
    return {name: value for name, value in group.items() if name not in KERNELS}


def run(torch, expression, dtype):
    """Everything about a case that is compared."""
    params, optimizer = start(torch, expression, dtype)
    printed = repr(optimizer).split("\n")
    seen = {"printed": [line for line in printed if line.split(":")[0].strip() not in KERNELS]}
    seen["defaults"] = settings(optimizer.defaults)
    seen["steps"], before = {}, 0
    for step in SEEN:
        advance(torch, params, optimizer, range(before, step))
        seen["steps"][str(step)] = [numbers(each) for each in params]
        before = step
    state = optimizer.state_dict()
    seen["versions"] = [each._version for each in params]
    seen["groups"] = [settings(group) for group in state["param_groups"]]
    seen["state"] = {
        str(number): {name: numbers(value) for name, value in kept.items()}
        for number, kept in state["state"].items()
    }
    return json.loads(json.dumps(seen))


def two_groups(torch):
    """An optimiser for schedules."""
    one, two = (torch.tensor([1.0], requires_grad=True) for _ in range(2))
    return torch.optim.SGD([{"params": [one]}, {"params": [two], "lr": 0.7}], lr=0.1)


def metric(epoch):
    """What a schedule sees that looks at results: better at first, then up and down."""
    return float(3 * np.exp(-epoch / 5) + np.sin(epoch) / 4 + 1)


def make_schedule(torch, expression, optimizer):
    return eval(f"torch.optim.lr_scheduler.{expression}", {"torch": torch, "optimizer": optimizer})


def step_schedule(optimizer, schedule, expression, epoch):
    """One epoch of the optimiser and of its schedule."""
    optimizer.step()
    schedule.step(*([metric(epoch)] if "Plateau" in expression else []))


def run_schedule(torch, expression):
    """The rates of both groups for every epoch, the state at the end, and some closed forms."""
    optimizer = two_groups(torch)
    schedule = make_schedule(torch, expression, optimizer)
    seen = {"rates": [schedule.get_last_lr()]}
    for epoch in range(STEPS):
        step_schedule(optimizer, schedule, expression, epoch)
        seen["rates"].append(list(schedule.get_last_lr()))
    seen["state"] = schedule.state_dict()
    seen["set"] = [list(settings(group)) for group in optimizer.param_groups]
    if "Plateau" not in expression:
        seen["closed"] = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for epoch in (0, 3, 7, 30):
                schedule.step(epoch)
                seen["closed"].append(schedule.get_last_lr())
    return json.loads(json.dumps(seen))


def run_utility(torch, expression, dtype):
    """What is returned; the gradients and the parameters afterwards; both versions."""
    params, _ = start(torch, "SGD(params)", dtype)
    for number, each in enumerate(params[:-1]):
        each.grad = each.detach() * (number + 1) ** 2 - 5
    found = eval(f"torch.nn.utils.{expression}", {"torch": torch, "params": params, "math": math})
    grads = [each.grad for each in params]
    return {
        "result": numbers(found),
        "node": None if getattr(found, "grad_fn", None) is None else found.grad_fn.name(),
        "grads": [numbers(each) for each in grads],
        "params": [numbers(each) for each in params],
    }
