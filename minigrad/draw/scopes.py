"""Which module was running when an operation was recorded: boxes in the picture.

While `draw.record()` is active, calls of modules are noted: `Module.__call__` is replaced for that
long. Where there are no modules yet, in the first chapters, there is nothing to note.
"""

import sys
from weakref import ref


class Scope:
    """One call of a module, inside the call of another one or at the top."""

    def __init__(self, module, parent):
        self.parent, self.kind = parent, type(module).__name__
        self.module, self.depth = ref(module), 1 if parent is None else parent.depth + 1
        self.name = None if parent is None else parent.name_of(module)
        self.parts, self.tensors = None, {}
        for own in ("_parameters", "_buffers"):
            for name, tensor in getattr(module, own, {}).items():
                if tensor is not None:
                    self.tensors[id(tensor)] = name, ref(tensor)

    def name_of(self, module):
        """The name of a module that was called inside this one: `0`, `layers.0.conv`."""
        if self.parts is None:
            inside = self.module()
            self.parts = {id(each): name for name, each in inside.named_modules()}
        return self.parts.get(id(module)) or type(module).__name__

    def path(self, depth=None):
        """The scopes from the outermost one to this one; of them the first `depth`."""
        scopes, scope = [], self
        while scope is not None:
            scopes.append(scope)
            scope = scope.parent
        return scopes[::-1][:depth]

    def owns(self, tensor):
        """Whether a tensor is a parameter or buffer of this very module."""
        known = self.tensors.get(id(tensor))
        return known is not None and known[1]() is tensor

    def parameters(self):
        """The ids of all parameters of the module, those of its parts included."""
        module = self.module()
        return set() if module is None else {id(each) for each in module.parameters()}

    def root_name(self, modules):
        """What the outermost module is called: by the caller's variable, or by its class."""
        root = self.path()[0]
        return modules.get(id(root.module()), root.kind)


class Calls:
    """The calls of modules that are running; `current` is the innermost scope, None outside."""

    current = None
    _before = None

    @classmethod
    def watch(cls):
        """Begin to note calls; returns the function that ends it."""
        kind = module_class()
        call = vars(kind).get("__call__") if kind is not None else None
        if call is None or hasattr(call, "notes_calls"):  # an outer block notes them already
            return lambda: None

        def noted(self, *args, **kwargs):
            before, cls.current = cls.current, Scope(self, cls.current)
            try:
                return call(self, *args, **kwargs)
            finally:
                cls.current = before

        noted.notes_calls = True
        kind.__call__ = noted
        return lambda: setattr(kind, "__call__", call)


def module_class():
    """The class `Module`, if this package has one by now."""
    package = __package__.rsplit(".", 1)[0]
    return getattr(sys.modules.get(f"{package}.nn.module"), "Module", None)
