"""Floor 7. What is said about optimisers: their parameters, settings and states.

PyTorch's words first. A function named after a mistake returns the exception to raise; one named
`check_…` raises it, and returns the argument in the form that is worked with.
"""

import warnings

import numpy as np

from ..tensor import Tensor
from ..write_errors import check_no_repeats


# --- parameters -----------------------------------------------------------------------------------
def check_params(params):
    """The parameters, or groups of them, as a list."""
    if isinstance(params, Tensor):
        raise TypeError(
            "params argument given to the optimizer should be an iterable of Tensors or dicts, "
            f"but got torch.{params.dtype.tensor_type}Tensor. Put it into a list: [tensor]."
        )
    if not hasattr(params, "__iter__") and not hasattr(params, "__getitem__"):
        raise TypeError(
            f"'{type(params).__name__}' object is not iterable: the optimizer needs tensors, such "
            "as model.parameters()."
        )
    params = list(params)
    if not params:
        raise ValueError(
            "optimizer got an empty parameter list. (An iterator such as model.parameters() gives "
            "its parameters only once: make it again.)"
        )
    return params


def check_group(optimizer, group):
    """Bring a group into its form: a list of leaf tensors under "params", numbers as settings."""
    if not isinstance(group, dict):
        raise TypeError(f"param_group must be a dict, but got {type(group)}")
    if "params" not in group:
        raise KeyError('params: a group is a dict such as {"params": [...], "lr": 0.1}')
    if isinstance(group["params"], set):
        raise TypeError(
            "optimizer parameters need to be organized in ordered collections, but the ordering of "
            "tensors in sets will change between runs. Please use a list instead."
        )
    given = [group["params"]] if isinstance(group["params"], Tensor) else list(group["params"])
    names = [each[0] for each in given if isinstance(each, tuple)]
    params = [each[1] if isinstance(each, tuple) else each for each in given]
    if names and len(names) < len(params):
        raise ValueError(
            "all optimizer params should be with/without names. Some param names are missing"
        )
    for each in params:
        check_parameter(each)
    if len(set(map(id, params))) < len(params):
        warnings.warn(
            "optimizer contains a parameter group with duplicate parameters; in future, this will "
            "cause an error; see github.com/pytorch/pytorch/issues/40967 for more information",
            UserWarning,
            stacklevel=5,
        )
    check_against_others(optimizer.param_groups, params, "with" if names else "without")
    group.update({name: number(value) for name, value in group.items()}, params=params)
    if names:
        group["param_names"] = names


def check_parameter(parameter):
    """Only a leaf tensor can be changed, and only one that has a place for each of its numbers."""
    if not isinstance(parameter, Tensor):
        raise TypeError(
            "optimizer can only optimize Tensors, but one of the params is "
            f"{type(parameter).__name__}. Of a module, give module.parameters()."
        )
    if parameter._node is not None and not getattr(parameter, "retains_grad", False):
        raise ValueError(
            "can't optimize a non-leaf Tensor: it is a result of "
            f"{parameter.grad_fn.name()}. Give the tensors that it was computed from."
        )
    check_no_repeats(parameter.array)


def check_against_others(groups, params, names):
    """No parameter is in two groups, and all groups have names or none has."""
    for other in groups:
        if (names == "with") != ("param_names" in other):
            raise ValueError(
                "all optimizer param groups should be with/without names. cannot add param group "
                f"{names} names to the optimizer"
            )
        if {id(each) for each in params} & {id(each) for each in other["params"]}:
            raise ValueError("some parameters appear in more than one parameter group")


def no_update(optimizer):
    return NotImplementedError(
        f"{type(optimizer).__name__} has no method update(self, parameter, group): it says how one "
        "parameter changes in a step."
    )


# --- settings -------------------------------------------------------------------------------------
NAMES = {"lr": "learning rate", "eps": "epsilon value"}
NOT_NEGATIVE = (
    "lr",
    "eps",
    "momentum",
    "alpha",
    "weight_decay",
    "lr_decay",
    "initial_accumulator_value",
)


def number(setting):
    """A setting without its wrapping: a tensor of one element and a NumPy number as a number."""
    single = isinstance(setting, Tensor) and setting._array.size == 1
    return setting.item() if single or isinstance(setting, np.generic) else setting


def check_settings(settings):
    """The settings as numbers; ValueError for those out of range, TypeError for no number."""
    if isinstance(settings["lr"], Tensor) and settings["lr"]._array.size != 1:
        raise ValueError("Tensor lr must be 1-element")
    settings = {name: number(value) for name, value in settings.items()}
    for name in set(NOT_NEGATIVE) & set(settings):
        kind = NAMES.get(name, f"{name} value")
        if not isinstance(settings[name], (int, float)):
            given = type(settings[name]).__name__
            raise TypeError(f"Invalid {kind}: it must be a number, not {given}.")
        if not settings[name] >= 0:
            raise ValueError(f"Invalid {kind}: {settings[name]}. It must be 0 or greater.")
    if "betas" in settings:
        settings["betas"] = tuple(map(number, settings["betas"]))
        for index, beta in enumerate(settings["betas"]):
            if not 0 <= beta < 1:
                raise ValueError(
                    f"Invalid beta parameter at index {index}: {beta}. It must be at least 0 and "
                    "less than 1."
                )
    if settings.get("nesterov") and (settings["momentum"] <= 0 or settings["dampening"] != 0):
        raise ValueError("Nesterov momentum requires a momentum and zero dampening")
    return settings


# --- states ---------------------------------------------------------------------------------------
LIKE_PARAMETER = (
    "momentum_buffer",
    "exp_avg",
    "exp_avg_sq",
    "max_exp_avg_sq",
    "square_avg",
    "grad_avg",
    "sum",
)


def check_state(optimizer, state_dict):
    """TypeError, KeyError or ValueError for a state that does not fit; nothing is changed."""
    if not isinstance(state_dict, dict):
        raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
    for name in ("param_groups", "state"):
        if name not in state_dict:
            raise KeyError(f"{name}: this is no state_dict of an optimizer.")
    own, saved = optimizer.param_groups, state_dict["param_groups"]
    if len(own) != len(saved):
        raise ValueError(
            "loaded state dict has a different number of parameter groups: "
            f"{len(saved)}, the optimizer has {len(own)}."
        )
    for place, (group, other) in enumerate(zip(own, saved, strict=True)):
        if len(group["params"]) != len(other["params"]):
            raise ValueError(
                "loaded state dict contains a parameter group that doesn't match the size of "
                f"optimizer's group: group {place} has {len(other['params'])} parameters, that of "
                f"the optimizer {len(group['params'])}."
            )
        missing = [
            name
            for name, value in optimizer.defaults.items()
            if name not in other and not isinstance(value, bool)
        ]
        if missing:
            raise ValueError(
                f"loaded state dict contains a parameter group without {', '.join(missing)}: it is "
                f"that of another kind of optimizer, not {type(optimizer).__name__}."
            )


def check_shapes(number, parameter, state):
    """What is kept for each number of a parameter must have its shape."""
    for name in LIKE_PARAMETER:
        kept = state.get(name) if isinstance(state, dict) else None
        if isinstance(kept, Tensor) and kept.shape != parameter.shape:
            raise ValueError(
                f"loaded state dict contains a {name} of shape {list(kept.shape)} for parameter "
                f"{number} of shape {list(parameter.shape)}. Were the parameters given in another "
                "order?"
            )
