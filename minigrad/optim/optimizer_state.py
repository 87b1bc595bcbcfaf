"""Floor 7. The state of an optimiser: to be saved, and to go on from. Attached to `Optimizer`."""

from collections import defaultdict
from copy import deepcopy

from ..creation import tensor
from ..tensor import Tensor
from . import optimizer_checks
from .optimizer import Optimizer


def state_dict(self):
    """{"state": {number of a parameter: what is remembered of it}, "param_groups": [settings]}.

    In the groups, numbers stand for the parameters. The tensors are the optimiser's own, not
    copies: they go on changing.
    """
    numbers = {}
    for group in self.param_groups:
        for parameter in group["params"]:
            numbers.setdefault(id(parameter), len(numbers))
    groups = []
    for group in self.param_groups:
        packed = {name: value for name, value in group.items() if name != "params"}
        groups.append({**packed, "params": [numbers[id(each)] for each in group["params"]]})
    state = {numbers.get(id(each), each): kept for each, kept in self.state.items()}
    return {"state": state, "param_groups": groups}


def load_state_dict(self, state_dict):
    """Go on from a state: settings, and what is remembered, are copied.

    Parameters are matched by their order; what is remembered gets their dtype and device.
    ValueError (KeyError, TypeError) for a state that does not fit; the optimiser is then as it was.
    """
    optimizer_checks.check_state(self, state_dict)
    parameters, groups = {}, []
    for own, saved in zip(self.param_groups, state_dict["param_groups"], strict=True):
        parameters.update(zip(saved["params"], own["params"], strict=True))
        settings = {name: deepcopy(optimizer_checks.number(saved[name])) for name in saved}
        if isinstance(settings.get("betas"), list):
            settings["betas"] = tuple(settings["betas"])
        groups.append({**own, **settings, "params": own["params"]})
    state = defaultdict(dict)
    for key, kept in state_dict["state"].items():
        if key in parameters:
            optimizer_checks.check_shapes(key, parameters[key], kept)
        state[parameters.get(key, key)] = restored(kept, parameters.get(key))
    self.__setstate__({"state": state, "param_groups": groups})


def restored(value, parameter, name=None):
    """A copy of what is remembered of a parameter, in its dtype (but for the step)."""
    if name == "step" and not isinstance(value, Tensor):
        return tensor(float(value))
    if isinstance(value, Tensor):
        like = value if parameter is None or name == "step" else parameter
        return value.detach().to(like, copy=True)
    if isinstance(value, dict):
        return {key: restored(each, parameter, key) for key, each in value.items()}
    if type(value) in (list, tuple):
        return type(value)(restored(each, parameter) for each in value)
    return deepcopy(value)


def __getstate__(self):
    """What a copy and a pickle have: parameters, settings and state."""
    return {name: vars(self)[name] for name in ("defaults", "state", "param_groups")}


def __setstate__(self, state):
    """What a copy, a pickle and a loaded state set."""
    vars(self).update(state)


Optimizer.state_dict = state_dict
Optimizer.load_state_dict = load_state_dict
Optimizer.__getstate__ = __getstate__
Optimizer.__setstate__ = __setstate__
