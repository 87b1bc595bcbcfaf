"""Floor 7. More of `Module`: buffers, parts by name, hooks, conversions."""

from ..dtypes import dtype, float16, float32, float64
from ..tensor import Tensor
from . import module_checks, module_hooks
from .module import Module, named_own


# --- to belong to it ------------------------------------------------------------------------------
def register_buffer(self, name, tensor, persistent=True):
    """Keep a tensor that is no parameter, such as a running mean: it moves and is saved with the
    module. With `persistent=False` it is not in the `state_dict`.
    """
    module_checks.check_begun(self, "_buffers")
    module_checks.check_name(self, "buffer", name)
    module_checks.check_buffer(name, tensor)
    self._buffers[name] = tensor
    self.unsaved = tuple({*self.unsaved} - {name}) if persistent else (*self.unsaved, name)


def register_parameter(self, name, param):
    """As `self.name = param`, for a name that is not taken; None keeps the place free."""
    module_checks.check_begun(self, "_parameters")
    module_checks.check_name(self, "parameter", name)
    module_checks.check_parameter(name, param)
    self._parameters[name] = param


def add_module(self, name, module):
    """As `self.name = module`, for a name that is not taken."""
    if module is not None and not isinstance(module, Module):
        raise TypeError(f"{type(module).__name__} is not a Module subclass")
    module_checks.check_begun(self, "_modules")
    module_checks.check_name(self, "module", name)
    self._modules[name] = module


def __delattr__(self, name):
    """Take a parameter, a buffer, a part or any other attribute away."""
    for own in (self._parameters, self._buffers, self._modules, self.__dict__):
        if name in own:
            del own[name]
            return
    raise module_checks.no_attribute(self, name)


def __dir__(self):
    """The names that Tab completes: those of parameters, buffers and parts, too."""
    own = (*self._parameters, *self._buffers, *self._modules)
    return sorted({*object.__dir__(self), *(name for name in own if name.isidentifier())})


# --- what belongs to it ---------------------------------------------------------------------------
def modules(self, remove_duplicate=True):
    """This module and all its parts, each once."""
    return (module for _, module in self.named_modules(remove_duplicate=remove_duplicate))


def named_children(self):
    """Pairs (name, module) of its direct parts, each once."""
    seen = set()
    for name, part in self._modules.items():
        if part is not None and part not in seen:
            seen.add(part)
            yield name, part


def children(self):
    """Its direct parts, each once."""
    return (part for _, part in self.named_children())


def named_buffers(self, prefix="", recurse=True, remove_duplicate=True):
    """Pairs (name, buffer), each buffer once."""
    return named_own(self, "_buffers", prefix, recurse, remove_duplicate)


def buffers(self, recurse=True):
    """All buffers, each once."""
    return (buffer for _, buffer in self.named_buffers(recurse=recurse))


def get_submodule(self, target):
    """The part with a name such as "net.0"; "" is the module itself. AttributeError if missing."""
    module = self
    for name in target.split(".") if target else ():
        if not hasattr(module, name):
            raise AttributeError(f"{type(module).__name__} has no attribute `{name}`")
        module = getattr(module, name)
        if not isinstance(module, Module):
            raise AttributeError(f"`{name}` is not an nn.Module")
    return module


def get_parameter(self, target):
    """The parameter with a name such as "net.0.weight". AttributeError if there is none."""
    return _get(self, target, "_parameters", "is not an nn.Parameter")


def get_buffer(self, target):
    """The buffer with a name such as "net.1.running_mean". AttributeError if there is none."""
    return _get(self, target, "_buffers", "is not a buffer")


def _get(module, target, own, problem):
    path, _, name = target.rpartition(".")
    part = module.get_submodule(path)
    if not hasattr(part, name):
        raise AttributeError(f"{type(part).__name__} has no attribute `{name}`")
    if part.__dict__[own].get(name) is None:
        raise AttributeError(f"`{name}` {problem}")
    return part.__dict__[own][name]


# --- what is done to all of it --------------------------------------------------------------------
def apply(self, fn):
    """Call `fn(module)` for all parts, then for this module; returns the module."""
    for child in self.children():
        child.apply(fn)
    fn(self)
    return self


def _apply(self, fn):
    """Replace the numbers of all parameters, their gradients and the buffers by `fn` of them."""
    for part in self.modules():
        for parameter in part.parameters(recurse=False):
            grad = parameter.grad
            parameter.grad = None
            parameter.data = fn(parameter.detach())
            parameter.grad = None if grad is None else fn(grad.detach())
        for name, buffer in part._buffers.items():
            part._buffers[name] = None if buffer is None else fn(buffer)
    return self


def to(self, *args, **kwargs):
    """Convert all parameters and buffers as `Tensor.to` does; returns the module.

    A dtype changes floats alone; TypeError if it is none of floats.
    """
    for each in (*args, kwargs.get("dtype")):
        module_checks.check_floats(each)
    places = [each.device if isinstance(each, Tensor) else each for each in args]
    places = [each for each in places if not isinstance(each, dtype)]
    others = {name: value for name, value in kwargs.items() if name != "dtype"}

    def move(tensor):
        return (
            tensor.to(*args, **kwargs)
            if tensor.is_floating_point()
            else tensor.to(*places, **others)
        )

    return self._apply(move)


def _conversion(kind):
    def convert(self):
        return self.to(kind)

    convert.__name__ = convert.__qualname__ = kind.tensor_type.lower()
    convert.__doc__ = f"Convert all parameters and buffers that are floats to {kind.name}."
    return convert


def cpu(self):
    """Bring all parameters and buffers to the computer's main memory; returns the module."""
    return self.to("cpu")


def cuda(self, device=None):
    """Bring all parameters and buffers to a GPU; returns the module. An error if there is none."""
    return self.to("cuda" if device is None else device)


Module.register_buffer = register_buffer
Module.register_parameter = register_parameter
Module.add_module = Module.register_module = add_module
Module.__delattr__ = __delattr__
Module.__dir__ = __dir__
Module.modules = modules
Module.named_children = named_children
Module.children = children
Module.named_buffers = named_buffers
Module.buffers = buffers
Module.get_submodule = get_submodule
Module.get_parameter = get_parameter
Module.get_buffer = get_buffer
Module.apply = apply
Module._apply = _apply
Module.to = to
Module.float = _conversion(float32)
Module.double = _conversion(float64)
Module.half = _conversion(float16)
Module.cpu = cpu
Module.cuda = cuda
Module.register_forward_pre_hook = module_hooks.register_forward_pre_hook
Module.register_forward_hook = module_hooks.register_forward_hook
Module.register_full_backward_pre_hook = module_hooks.register_full_backward_pre_hook
Module.register_full_backward_hook = module_hooks.register_full_backward_hook
