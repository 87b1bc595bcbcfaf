"""Where a name of a notebook lives in the package, and what is said when it lives nowhere."""

import inspect
import linecache
import re
import sys
from types import CodeType

from .source import statements

installed = {}  # package class -> the attributes that its body defined when it was installed last
_seen = set()  # (module, name) of everything that a notebook has installed


def package_modules():
    """The modules of minigrad that have been imported so far."""
    return [each for name, each in list(sys.modules.items()) if re.match(r"minigrad(\.|$)", name)]


def home_of(definition, caller):
    """The module of the package that defines the name of `definition`, called from frame `caller`.

    The first line of a build cell says it (`# minigrad/ops/arithmetic.py`); without such a line the
    name must be defined once in the package.
    """
    name = getattr(definition, "__name__", None)
    if name is None:
        raise TypeError(f"install takes classes and functions, not {type(definition).__name__}.")
    named = re.match(r"# (minigrad/[\w/]+)\.py", linecache.getline(caller.f_code.co_filename, 1))
    homes = [each for each in package_modules() if _defines(each, name)]
    if named:
        homes = [each for each in homes if each.__name__ == named[1].replace("/", ".")]
    if len(homes) != 1:
        raise LookupError(_not_one_home(name, homes, named))
    if definition.__module__ != caller.f_globals["__name__"] and (homes[0], name) not in _seen:
        raise TypeError(
            f"install({name}): this is the {name} of {definition.__module__}, not one that this "
            f"notebook defines. Run the cell that defines it; install({name}) is its last line."
        )
    _seen.add((homes[0], name))
    keep_out_of_messages(definition)
    return homes[0]


def _defines(module, name):
    if re.match(r"minigrad\.(draw|classroom)\b", module.__name__):
        return False
    found = vars(module).get(name)
    return callable(found) and getattr(found, "__module__", None) == module.__name__


def _not_one_home(name, homes, named):
    if named:
        return f"install({name}): {named[1]}.py, named in the cell's first line, has no {name}."
    if not homes:
        return f"install({name}): nothing in minigrad is called {name}. Is it spelt as in the text?"
    places = " and ".join(each.__name__.replace(".", "/") + ".py" for each in homes)
    return (
        f"install({name}): there is a {name} in {places}. "
        "Say which one you mean in the first line of the cell, as in `# minigrad/engine.py`."
    )


def contents(cls):
    """The attributes of a class, without those that belong to it as an object."""
    own = re.compile(r"__(dict|weakref|module|firstlineno|static_attributes|annotat\w+)__$")
    return {name: value for name, value in vars(cls).items() if not own.match(name)}


def body_of(cls):
    """The attributes that the class body defines, without those that other modules attached."""
    if cls in installed:
        return installed[cls]
    source = inspect.getsource(sys.modules[cls.__module__])
    codes = compile(source, cls.__module__, "exec").co_consts
    bodies = [each for each in codes if isinstance(each, CodeType) and each.co_name == cls.__name__]
    return {name for body in bodies for name in body.co_names if name in contents(cls)}


def share_data(home, notebook):
    """Let a notebook use what the module keeps in plain variables, such as `mode = _Mode()`.

    A cell that shows this line makes a second object, while the package goes on with the first.
    """
    for each in statements(inspect.getsource(home)):
        if each.kind == "data":
            shared = {name: vars(home)[name] for name in each.names if name in notebook}
            notebook.update(shared)


def keep_out_of_messages(definition):
    """Errors quote the user's line: not one of a definition that is now the package's."""
    places = sys.modules.get("minigrad.places")
    found = list(vars(definition).values()) if isinstance(definition, type) else [definition]
    codes = [getattr(getattr(each, "__func__", each), "__code__", None) for each in found]
    while codes and places:
        code = codes.pop()
        if isinstance(code, CodeType):
            places.inside.add(code)
            codes += code.co_consts


def with_new(value, old, new):
    """`value`, a bare function, a wrapped one or a property, with `new` in place of `old`."""
    if value is old:
        return new
    if isinstance(value, (staticmethod, classmethod)) and value.__func__ is old:
        return type(value)(new)
    if isinstance(value, property) and old in (value.fget, value.fset, value.fdel):
        return property(
            *(with_new(each, old, new) for each in (value.fget, value.fset, value.fdel))
        )
    return value
