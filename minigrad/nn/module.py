"""Floor 7. `Module`: a function with weights, made of other modules."""

from collections import OrderedDict

from ..grad_mode import no_grad
from ..tensor import Tensor
from . import module_checks
from .parameter import Parameter


class Module:
    """A part of a network. Parameters and modules that are assigned to attributes are its own.

    A subclass calls `super().__init__()`, assigns what it needs, and has a method `forward`.
    """

    training = True

    def __init__(self):
        self.__dict__.update(_parameters=OrderedDict(), _modules=OrderedDict())

    def __setattr__(self, name, value):
        own, modules = self.__dict__.get("_parameters"), self.__dict__.get("_modules")
        if isinstance(value, (Parameter, Module)) and own is None:
            raise module_checks.before_init("module" if isinstance(value, Module) else "parameter")
        if isinstance(value, Parameter):
            self.__dict__.pop(name, None)
            own[name] = value
        elif own is not None and name in own:
            module_checks.check_none(value, name, "parameter", "torch.nn.Parameter")
            own[name] = None
        elif isinstance(value, Module):
            self.__dict__.pop(name, None)
            modules[name] = value
        elif modules is not None and name in modules:
            module_checks.check_none(value, name, "child module", "torch.nn.Module")
            modules[name] = None
        else:
            self.__dict__[name] = value

    def __getattr__(self, name):
        for own in ("_parameters", "_modules"):
            if name in self.__dict__.get(own, ()):
                return self.__dict__[own][name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __delattr__(self, name):
        for own in (self._parameters, self._modules, self.__dict__):
            if name in own:
                del own[name]
                return
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __call__(self, *args, **kwargs):
        """What `forward` computes."""
        return self.forward(*args, **kwargs)

    def forward(self, *args):
        """Compute the result. A subclass says how."""
        raise module_checks.no_forward(self)

    # --- what belongs to it -----------------------------------------------------------------------
    def named_modules(self, prefix=""):
        """Pairs (name, module): this one with the name "", then its parts, as in "0" or "net.0"."""
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(f"{prefix}.{name}" if prefix else name)

    def modules(self):
        """This module and all its parts."""
        return (module for _, module in self.named_modules())

    def named_children(self):
        """Pairs (name, module) of its direct parts."""
        return ((name, each) for name, each in self._modules.items() if each is not None)

    def children(self):
        """Its direct parts."""
        return (module for _, module in self.named_children())

    def named_parameters(self):
        """Pairs (name, parameter), each parameter once: "fc.weight" for one of a part."""
        seen = set()
        for path, module in self.named_modules():
            for name, parameter in module._parameters.items():
                if parameter is not None and id(parameter) not in seen:
                    seen.add(id(parameter))
                    yield (f"{path}.{name}" if path else name), parameter

    def parameters(self):
        """All parameters, each once."""
        return (parameter for _, parameter in self.named_parameters())

    # --- what is done to all of it ----------------------------------------------------------------
    def requires_grad_(self, requires_grad=True):
        """Freeze (False) or unfreeze all parameters; returns the module."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=True):
        """Forget the gradients of all parameters (or fill them with zeros)."""
        for parameter in self.parameters():
            if set_to_none or parameter._grad is None:
                parameter.grad = None
            else:
                parameter.grad.detach().zero_()

    def train(self, mode=True):
        """Set `training` for this module and all its parts; returns the module."""
        for module in self.modules():
            module.training = mode
        return self

    def eval(self):
        """As `train(False)`."""
        return self.train(False)

    def apply(self, fn):
        """Call `fn(module)` for all parts, then for this module; returns the module."""
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def to(self, *args, **kwargs):
        """Convert all parameters, as `Tensor.to` does; returns the module."""
        for parameter in self.parameters():
            parameter.data = parameter.detach().to(*args, **kwargs)
        return self

    # --- keeping it -------------------------------------------------------------------------------
    def state_dict(self):
        """The numbers of all parameters by name, sharing their memory."""
        return OrderedDict((name, each.detach()) for name, each in self.named_parameters())

    def load_state_dict(self, state_dict, strict=True):
        """Copy numbers into the parameters, by name. Nothing is changed if one does not fit.

        RuntimeError for a missing or (if `strict`) unexpected name, and for another shape.
        """
        own = dict(self.named_parameters())
        module_checks.check_state(self, own, state_dict, strict, Tensor)
        with no_grad():
            for name, parameter in own.items():
                if name in state_dict:
                    parameter.copy_(state_dict[name])

    # --- how it prints ----------------------------------------------------------------------------
    def extra_repr(self):
        """What stands between the parentheses when the module is printed."""
        return ""

    def __repr__(self):
        parts = [f"({name}): {module!r}" for name, module in self._modules.items()]
        if not parts:
            return f"{type(self).__name__}({self.extra_repr()})"
        inside = "\n".join(parts).replace("\n", "\n  ")
        return f"{type(self).__name__}(\n  {inside}\n)"
