"""Floor 7. Modules that hold modules, and those that only change a shape."""

from collections.abc import Iterable, Mapping

from ..ops.more_views import unflatten
from ..ops.shapes import flatten
from . import container_checks as checks
from .module import Module


class Container(Module):
    """A module whose parts are numbered: what `Sequential` and `ModuleList` have in common."""

    def _renumber(self, modules):
        self._modules.clear()
        for number, module in enumerate(modules):
            self.add_module(str(number), module)

    def _key(self, number):
        """The name of the part with this number, counted from behind if negative."""
        return list(self._modules)[checks.check_index(number, len(self))]

    def __getitem__(self, number):
        if isinstance(number, slice):
            return self._part(number)
        return self._modules[self._key(number)]

    def __setitem__(self, number, module):
        setattr(self, self._key(number), module)

    def __delitem__(self, number):
        keys = list(self._modules)[number] if isinstance(number, slice) else [self._key(number)]
        for key in keys:
            del self._modules[key]
        self._renumber(list(self._modules.values()))

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules.values())

    def append(self, module):
        """Add a module at the end; returns the container."""
        self.add_module(str(len(self)), module)
        return self

    def extend(self, modules):
        """Add several modules at the end; returns the container."""
        for module in checks.check_iterable(modules, type(self).__name__, Iterable):
            self.append(module)
        return self

    def insert(self, index, module):
        """Put a module before the one with this number; returns the container."""
        checks.check_module(module, Module)
        modules = list(self)
        modules.insert(checks.check_place(index, len(modules)), module)
        self._renumber(modules)
        return self

    def pop(self, index):
        """Take the module with this number out, and return it."""
        module = self[index]
        del self[index]
        return module


class Sequential(Container):
    """Modules one after the other: the result of each is the input of the next.

    Takes modules, or one dictionary whose keys become their names. TypeError for what is no module.
    """

    def __init__(self, *modules):
        super().__init__()
        if len(modules) == 1 and isinstance(modules[0], Mapping):
            for name, module in modules[0].items():
                self.add_module(name, module)
        else:
            for number, module in enumerate(modules):
                self.add_module(str(number), module)

    def forward(self, input):
        """Whatever the first module takes; what the last one gives."""
        for module in self._modules.values():
            input = module(input)
        return input

    def _part(self, chosen):
        return type(self)(dict(list(self._modules.items())[chosen]))

    def __add__(self, other):
        if not isinstance(other, Sequential):
            raise checks.no_sequential(other)
        return Sequential(*self, *other)

    def __mul__(self, times):
        return Sequential(*[each for _ in range(checks.check_times(times, self)) for each in self])

    __rmul__ = __mul__


class ModuleList(Container):
    """Modules in a list, so that a module that has the list has them all. It computes nothing."""

    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def _part(self, chosen):
        return ModuleList(list(self)[chosen])

    def __add__(self, other):
        return ModuleList([*self, *other])

    def __iadd__(self, modules):
        return self.extend(modules)

    def __repr__(self):
        """As any module, with equal neighbours on one line: `(0-2): 3 x ReLU()`."""
        lines, first = [], 0
        parts = [repr(each) for each in self]
        for number, part in enumerate(parts):
            if number + 1 == len(parts) or parts[number + 1] != part:
                several = f"({first}-{number}): {number - first + 1} x " if number > first else None
                lines.append((several or f"({number}): ") + part.replace("\n", "\n  "))
                first = number + 1
        inside = "".join(f"\n  {line}" for line in lines)
        return f"ModuleList({inside}\n)" if lines else "ModuleList()"


class ModuleDict(Module):
    """Modules by name, so that a module that has the dictionary has them all."""

    def __init__(self, modules=None):
        super().__init__()
        if modules is not None:
            self.update(modules)

    def update(self, modules):
        """Add modules from a dictionary, or from pairs of a name and a module."""
        pairs = modules.items() if isinstance(modules, (Mapping, ModuleDict)) else modules
        for name, module in checks.check_pairs(pairs, Iterable):
            self[name] = module

    def __getitem__(self, name):
        return self._modules[name]

    def __setitem__(self, name, module):
        self.add_module(name, module) if name not in self else self.__setattr__(name, module)

    def __delitem__(self, name):
        del self._modules[name]

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules)

    def __contains__(self, name):
        return name in self._modules

    def keys(self):
        """The names."""
        return self._modules.keys()

    def values(self):
        """The modules."""
        return self._modules.values()

    def items(self):
        """Pairs of a name and a module."""
        return self._modules.items()

    def pop(self, name):
        """Take a module out, and return it. KeyError if there is none of this name."""
        return self._modules.pop(name)

    def clear(self):
        """Take all modules out."""
        self._modules.clear()


class Identity(Module):
    """The input as it is; takes any arguments, and ignores them."""

    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, input):
        """Anything gives itself."""
        return input


class Flatten(Module):
    """The dimensions from `start_dim` to `end_dim` as one: (n, c, h, w) gives (n, c·h·w)."""

    def __init__(self, start_dim=1, end_dim=-1):
        super().__init__()
        self.start_dim, self.end_dim = start_dim, end_dim

    def forward(self, input):
        """A tensor with more dimensions gives one with fewer."""
        return flatten(input, self.start_dim, self.end_dim)

    def extra_repr(self):
        """The first and the last of the dimensions."""
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"


class Unflatten(Module):
    """The dimension `dim` as several, of the sizes `unflattened_size`."""

    def __init__(self, dim, unflattened_size):
        super().__init__()
        self.dim, self.unflattened_size = dim, unflattened_size

    def forward(self, input):
        """A tensor with fewer dimensions gives one with more."""
        return unflatten(input, self.dim, self.unflattened_size)

    def extra_repr(self):
        """The dimension, and the sizes."""
        return f"dim={self.dim}, unflattened_size={self.unflattened_size}"
