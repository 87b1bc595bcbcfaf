"""Floor 7. `Module`: a function with weights, made of other modules."""

from collections import OrderedDict

from ..grad_mode import no_grad
from . import module_checks
from .module_hooks import call_with_hooks
from .parameter import Parameter, forget_grad

OWN = "_parameters", "_buffers", "_modules"  # where a module keeps what belongs to it


def home_of(module, name, value):
    """Which of OWN an attribute belongs to; None if it is like any other attribute."""
    if isinstance(value, Parameter) or name in module.__dict__.get("_parameters", ()):
        return "_parameters"
    if isinstance(value, Module):
        return "_modules"
    for own in OWN:
        if name in module.__dict__.get(own, ()):
            return own
    return None


class Module:
    """A part of a network. Parameters and modules that are assigned to attributes are its own.

    A subclass calls `super().__init__()`, assigns what it needs, and has a method `forward`.
    """

    training, hooks, unsaved = True, None, ()

    def __init__(self):
        for own in OWN:
            self.__dict__[own] = {}

    def __setattr__(self, name, value):
        home = home_of(self, name, value)
        if home is None:
            object.__setattr__(self, name, value)
        else:
            module_checks.check_assigned(self, home, name, value, isinstance(value, Module))
            for own in OWN:
                if own != home:
                    self.__dict__[own].pop(name, None)
            self.__dict__.pop(name, None)
            self.__dict__[home][name] = value

    def __getattr__(self, name):
        for own in OWN:
            if name in self.__dict__.get(own, ()):
                return self.__dict__[own][name]
        raise module_checks.no_attribute(self, name)


def __call__(self, *args, **kwargs):
    """What `forward` computes, seen (and perhaps changed) by the module's hooks."""
    if self.hooks is None:
        return self.forward(*args, **kwargs)
    return call_with_hooks(self, args, kwargs)


def forward(self, *args):
    """Compute the result: a subclass says how. NotImplementedError where it does not."""
    raise module_checks.no_forward(self)


Module.__call__ = __call__
Module.forward = forward


# --- what belongs to it ---------------------------------------------------------------------------
def named_modules(self, memo=None, prefix="", remove_duplicate=True):
    """Pairs (name, module): this one with the name "", then its parts, as in "0" or "net.0".

    A module that has several names is given once, unless `remove_duplicate` is False.
    """
    seen = set() if memo is None else memo
    if self in seen:
        return
    if remove_duplicate:
        seen.add(self)
    yield prefix, self
    for name, part in self._modules.items():
        if part is not None:
            inside = f"{prefix}.{name}" if prefix else name
            yield from part.named_modules(seen, inside, remove_duplicate)


def named_own(module, own, prefix, recurse, remove_duplicate):
    """Pairs (name, tensor) of what a module and its parts keep in one of OWN, each tensor once."""
    seen = set()
    parts = module.named_modules(None, prefix, remove_duplicate) if recurse else [(prefix, module)]
    for path, part in parts:
        for name, tensor in getattr(part, own).items():
            if tensor is not None and id(tensor) not in seen:
                if remove_duplicate:
                    seen.add(id(tensor))
                yield (f"{path}.{name}" if path else name), tensor


def named_parameters(self, prefix="", recurse=True, remove_duplicate=True):
    """Pairs (name, parameter), each parameter once: "fc.weight" for one of a part."""
    return named_own(self, "_parameters", prefix, recurse, remove_duplicate)


def parameters(self, recurse=True):
    """All parameters, each once; with `recurse=False` only those of the module itself."""
    return (parameter for _, parameter in self.named_parameters(recurse=recurse))


Module.named_modules = named_modules
Module.named_parameters = named_parameters
Module.parameters = parameters


# --- what is done to all of it --------------------------------------------------------------------
def zero_grad(self, set_to_none=True):
    """Forget the gradients of all parameters (or, with False, fill them with zeros)."""
    for parameter in self.parameters():
        forget_grad(parameter, set_to_none)


def requires_grad_(self, requires_grad=True):
    """Freeze (False) or unfreeze all parameters; returns the module."""
    for parameter in self.parameters():
        parameter.requires_grad_(requires_grad)
    return self


def train(self, mode=True):
    """Set `training` for this module and all its parts; returns the module.

    ValueError if `mode` is not a bool.
    """
    module_checks.check_mode(mode)
    for _, module in self.named_modules():
        module.training = mode
    return self


def eval(self):
    """As `train(False)`: how the module works once it has learnt."""
    return self.train(False)


Module.zero_grad = zero_grad
Module.requires_grad_ = requires_grad_
Module.train = train
Module.eval = eval


# --- keeping it -----------------------------------------------------------------------------------
def state_dict(self, *, destination=None, prefix="", keep_vars=False):
    """All parameters and buffers by name, as tensors without a history that share their memory.

    `keep_vars=True` gives the parameters themselves. A tensor that has two names is there twice.
    """
    state = OrderedDict() if destination is None else destination
    for path, part in self.named_modules(remove_duplicate=False):
        for name, tensor in [*part._parameters.items(), *part._buffers.items()]:
            if tensor is not None and name not in part.unsaved:
                key = f"{path}.{name}" if path else name
                state[prefix + key] = tensor if keep_vars else tensor.detach()
    return state


def load_state_dict(self, state_dict, strict=True, assign=False):
    """Copy numbers into the parameters and buffers, by name; nothing changes if one does not fit.

    RuntimeError, which lists all of it, for a missing or unexpected name (unless `strict` is
    False), for another shape, and for what is no tensor; TypeError for what is no dictionary.
    `assign=True` puts the given tensors in place instead of copying. Returns both lists of names.
    """
    own = self.state_dict(keep_vars=True)
    keys = module_checks.check_state(self, own, state_dict, strict)
    with no_grad():
        for name, tensor in own.items():
            if name in state_dict and assign:
                module_checks.put(self, name, tensor, state_dict[name])
            elif name in state_dict:
                tensor.copy_(state_dict[name])
    return keys


Module.state_dict = state_dict
Module.load_state_dict = load_state_dict


# --- how it prints --------------------------------------------------------------------------------
def extra_repr(self):
    """What stands between the parentheses when the module is printed."""
    return ""


def __repr__(self):
    """The class, what `extra_repr` says, and the parts, one below the other."""
    said = self.extra_repr()
    parts = [f"({name}): {part!r}" for name, part in self._modules.items()]
    if not parts and "\n" not in said:
        return f"{type(self).__name__}({said})"
    inside = "\n".join([said, *parts] if said else parts).replace("\n", "\n  ")
    return f"{type(self).__name__}(\n  {inside}\n)"


Module.extra_repr = extra_repr
Module.__repr__ = __repr__
