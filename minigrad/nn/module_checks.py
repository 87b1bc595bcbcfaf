"""Floor 7. What is said about modules. PyTorch's words first."""

from collections import namedtuple
from collections.abc import Mapping

from ..dtypes import dtype
from ..tensor import Tensor
from .parameter import Parameter

KINDS = {
    "_parameters": ("parameter", "torch.nn.Parameter"),
    "_buffers": ("buffer", "torch.nn.Buffer, torch.Tensor"),
    "_modules": ("child module", "torch.nn.Module"),
}
EARLY = {"_parameters": "parameters", "_buffers": "buffer", "_modules": "module"}


# --- names ----------------------------------------------------------------------------------------
def kind_name(value):
    """The kind of a value, as in 'int' or 'torch.FloatTensor'."""
    if type(value) is Tensor:
        return f"torch.{value.dtype.tensor_type}Tensor"
    return type(value).__name__


def check_begun(module, home):
    """AttributeError if `Module.__init__` has not run yet."""
    if home not in module.__dict__:
        raise AttributeError(
            f"cannot assign {EARLY[home]} before Module.__init__() call: begin the __init__ of "
            f"{type(module).__name__} with super().__init__()."
        )


def check_assigned(module, home, name, value, is_module):
    """TypeError if the name of a parameter, buffer or module is given to something else."""
    check_begun(module, home)
    fits = {"_parameters": isinstance(value, Parameter), "_buffers": isinstance(value, Tensor)}
    if value is not None and not fits.get(home, is_module):
        kind, wanted = KINDS[home]
        raise TypeError(
            f"cannot assign '{kind_name(value)}' as {kind} '{name}' ({wanted} or None expected). "
            f"To use the name for something else, del the {kind} first."
        )


def check_name(module, kind, name):
    """TypeError or KeyError for a name under which nothing can be registered."""
    if not isinstance(name, str):
        raise TypeError(f"{kind} name should be a string. Got {type(name).__name__}")
    if "." in name:
        got = f", got: {name}" if kind == "module" else ""
        raise KeyError(f'{kind} name can\'t contain "."{got}')
    if not name:
        raise KeyError(f'{kind} name can\'t be empty string ""')
    if hasattr(module, name):
        raise KeyError(f"attribute '{name}' already exists")


def check_buffer(name, tensor):
    if tensor is not None and not isinstance(tensor, Tensor):
        raise TypeError(
            f"cannot assign '{kind_name(tensor)}' object to buffer '{name}' (torch Tensor or None "
            "required)"
        )


def check_parameter(name, parameter):
    """TypeError for what is no parameter."""
    if parameter is not None and not isinstance(parameter, Parameter):
        raise TypeError(
            f"cannot assign '{kind_name(parameter)}' object to parameter '{name}' "
            "(torch.nn.Parameter or None required). Wrap it: nn.Parameter(tensor)."
        )


def no_attribute(module, name):
    """The error for a name that a module does not have."""
    hint = ""
    if "_parameters" not in module.__dict__:
        hint = ". Its __init__ has to begin with super().__init__()."
    return AttributeError(f"'{type(module).__name__}' object has no attribute '{name}'{hint}")


def no_forward(module):
    return NotImplementedError(
        f'Module [{type(module).__name__}] is missing the required "forward" function'
    )


def check_mode(mode):
    if not isinstance(mode, bool):
        raise ValueError("training mode is expected to be boolean")


def check_floats(wanted):
    """TypeError for a dtype to which no module can be converted."""
    if isinstance(wanted, dtype) and not wanted.is_floating_point:
        raise TypeError(
            "nn.Module.to only accepts floating point or complex dtypes, but got desired "
            f"dtype={wanted}"
        )


# --- states ---------------------------------------------------------------------------------------
class IncompatibleKeys(namedtuple("IncompatibleKeys", ["missing_keys", "unexpected_keys"])):
    """The names that a state lacks, and those that it has and the module has not."""

    __slots__ = ()

    def __repr__(self):
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return (
            f"_IncompatibleKeys(missing_keys={self.missing_keys}, "
            f"unexpected_keys={self.unexpected_keys})"
        )

    __str__ = __repr__


def check_state(module, own, state, strict):
    """Which names are missing and unexpected; RuntimeError, with all of it, if it does not fit."""
    if not isinstance(state, Mapping):
        raise TypeError(f"Expected state_dict to be dict-like, got {type(state)}.")
    keys = IncompatibleKeys([n for n in own if n not in state], [n for n in state if n not in own])
    problems = []
    for words, names in (("Missing", keys.missing_keys), ("Unexpected", keys.unexpected_keys)):
        if strict and names:
            listed = ", ".join(f'"{name}"' for name in names)
            problems.append(f"{words} key(s) in state_dict: {listed}. ")
    for name, tensor in own.items():
        problems += misfit(name, tensor, state[name]) if name in state else []
    if problems:
        lines = "\n\t".join(problems)
        raise RuntimeError(
            f"Error(s) in loading state_dict for {type(module).__name__}:\n\t{lines}\n"
            "Nothing was loaded: the module is as it was."
        )
    return keys


def misfit(name, own, given):
    """What is wrong with one entry of a state: a list of no or one sentence."""
    if not isinstance(given, Tensor):
        return [
            f'While copying the parameter named "{name}", expected torch.Tensor or Tensor-like '
            f"object from checkpoint but received {type(given)}"
        ]
    if given.shape != own.shape:
        return [
            f"size mismatch for {name}: copying a param with shape {given.shape} from checkpoint, "
            f"the shape in current model is {own.shape}."
        ]
    return []


def put(module, name, own, given):
    """Make a given tensor the parameter or buffer `name`, in place of its own."""
    path, _, last = name.rpartition(".")
    for part in path.split(".") if path else ():
        module = module._modules[part]
    if isinstance(own, Parameter):
        if not isinstance(given, Parameter):
            given = Parameter(given, requires_grad=own.requires_grad)
        given.requires_grad_(own.requires_grad)
    setattr(module, last, given)
