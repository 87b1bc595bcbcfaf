"""The table of operations: what there is, read off the package itself.

Nothing is listed by hand. An operation is what a module of operations binds to `Tensor`, or what
`minigrad`, `nn.functional` or `linalg` offer from it; its signature, its first line and what it
says about itself are its docstring's, its nodes those of its examples (`examples.py`). The checks
of derivatives, the comparison with PyTorch and the page `course/operations.md` run over this table.
"""

import importlib
import inspect
from dataclasses import dataclass, field
from functools import cache

import minigrad

from .curriculum import APPENDIX, CORE
from .examples import EXAMPLES, default_example
from .floors import FLOORS

# Modules of the package, other than those in ops/, that hold operations.
OTHER_HOMES = {"creation", "chance", "inplace_ops", "inplace_more", "nn/activation_functions"}
NOT_OPERATIONS = {"manual_seed", "seed", "initial_seed", "get_rng_state", "set_rng_state"}
DIFFERENT = {"unfold"}  # of `nn.functional` and of Tensor: two operations of one name
UNLIKE = "Unlike PyTorch"


@dataclass
class Operation:
    """One operation under all its names."""

    name: str
    places: dict = field(default_factory=dict)  # "torch.exp" -> the function bound there

    @property
    def function(self):
        """The function: where there are several, that of `torch`, else that of `Tensor`."""
        return behind(next(iter(self.places.values())))

    @property
    def home(self):
        """The module that it stands in, as in `ops/arithmetic`."""
        return home_of(self.function)

    @property
    def signature(self):
        """How it is called, as in `sum(input, dim=None, keepdim=False)`."""
        place, bound = next(iter(self.places.items()))
        if isinstance(bound, property):
            return f"x.{self.name}"
        called = inspect.signature(self.function)
        if place.startswith("Tensor."):
            parameters = list(called.parameters.values())[1:]
            return f"x.{self.name}{called.replace(parameters=parameters)}"
        return f"{self.name.rpartition('functional.')[2]}{called}"

    @property
    def operators(self):
        """The special methods that it is bound to, as in `__add__`."""
        return [each[7:] for each in self.places if each.startswith("Tensor.__")]

    @property
    def aliases(self):
        """Its other names, as `arcsin` for `asin`."""
        names = {each.rpartition(".")[2] for each in self.places}
        own = self.name.rpartition(".")[2]
        return sorted(each for each in names if each != own and not each.endswith("__"))

    @property
    def in_place(self):
        """Where its in-place form is, or None."""
        bare = self.name.rpartition(".")[2]
        for place in dict.fromkeys(each.rpartition(".")[0] for each in self.places):
            if not bare.endswith("_") and hasattr(PLACES[place], bare + "_"):
                return f"{place}.{bare}_"
        return None

    @property
    def examples(self):
        """Expressions that call it, in terms of `torch`, `F` and the inputs of `examples.py`."""
        return EXAMPLES[self.name] if self.name in EXAMPLES else [default_example(self)]

    @property
    def says(self):
        """The paragraphs of its docstring, each on one line."""
        text = inspect.getdoc(self.function) or ""
        return [" ".join(each.split()) for each in text.split("\n\n")]

    @property
    def deviations(self):
        """How it differs from PyTorch's: paragraphs that begin with "Unlike PyTorch"."""
        return [each for each in self.says if each.startswith(UNLIKE)]


PLACES = {"torch": minigrad, "Tensor": minigrad.Tensor}
if hasattr(minigrad, "nn"):  # from chapter 09 on
    PLACES["nn.functional"] = minigrad.nn.functional
if hasattr(minigrad, "linalg"):
    PLACES["linalg"] = minigrad.linalg


def behind(bound):
    """The function that is bound, or that computes the property."""
    return bound.fget if isinstance(bound, property) else bound


def home_of(function):
    """The module in which a function stands, as in `ops/arithmetic`."""
    return function.__module__.removeprefix("minigrad.").replace(".", "/")


def is_operation(name, bound):
    """Whether something bound to a name is an operation."""
    if isinstance(bound, property):
        return name in ("T", "mT")
    if not inspect.isfunction(bound) or name in NOT_OPERATIONS:
        return False
    if name.startswith("_") and not name.endswith("__"):
        return False
    home = home_of(bound)
    return (home.startswith("ops/") or home in OTHER_HOMES) and name != "__init__"


def name_of(place, name, bound, known):
    """The name under which the table lists what is bound somewhere."""
    if place == "linalg" or isinstance(bound, property):
        return name if isinstance(bound, property) else f"linalg.{name}"
    if name.endswith("__"):
        return operator_name(name, bound, known)
    for operation in known.values():  # a second name of the same function
        if bound.__name__ != name and bound in operation.places.values():
            return operation.name
    if place == "nn.functional" and (name not in known or name in DIFFERENT):
        return f"nn.functional.{name}"
    return name


def operator_name(name, bound, known):
    """The operation behind a special method: `__radd__` and `__iadd__` are both `add`."""
    bare = name.strip("_")
    for each in (bound.__name__, bound.__name__.rstrip("_"), bare, bare[1:], f"__{bare[1:]}__"):
        if each in known:
            return each
        for operation in known.values():
            if f"Tensor.__{each}__" in operation.places:
                return operation.name
    return name


@cache
def table():
    """All operations: {name: Operation}, in the order of the floors."""

    def by_rank(name):  # names before operators, a function's own name before a second one
        special, own = name.endswith("__"), behind(bound[name]).__name__ == name
        return special, not own, name.startswith("__r")

    known = {}
    for place, owner in PLACES.items():
        bound = {name: each for name, each in vars(owner).items() if is_operation(name, each)}
        for name in sorted(bound, key=by_rank):
            listed = name_of(place, name, bound[name], known)
            if name.endswith("_") and not name.endswith("__") and name[:-1] in bound:
                continue  # the in-place form of an operation stands in its row
            operation = known.setdefault(listed, Operation(listed))
            operation.places[f"{place}.{name}"] = bound[name]
    order = [module for floor in FLOORS for module in floor]
    return dict(sorted(known.items(), key=lambda pair: (order.index(pair[1].home), pair[0])))


def groups():
    """The operations by the module in which they stand: {module: [Operation, ...]}."""
    found = {}
    for operation in table().values():
        found.setdefault(operation.home, []).append(operation)
    return found


def family(home):
    """What a module of operations says it holds, and the chapter from which it is there."""
    module = importlib.import_module("minigrad." + home.replace("/", "."))
    says = " ".join(module.__doc__.split("\n\n")[0].split())
    title = says.partition(". ")[2].partition(". ")[0].rstrip(".")
    return title, None if home in CORE else APPENDIX[home]
