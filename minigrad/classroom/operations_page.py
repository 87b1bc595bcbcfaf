"""The page of operations, `course/operations.md`, written from the table."""

import inspect
import warnings

import minigrad
from minigrad import Tensor

from .chapters import COURSE
from .examples import scope
from .operations import UNLIKE, family, groups, table
from .referee import OUT

PATH = COURSE / "operations.md"

PREFACE = """# The operations

<!-- Written by `python -m minigrad.classroom operations`; do not edit. -->

Every operation of minigrad, {count} in all, a module of the package to a section. Each has
PyTorch's name, signature, result and derivatives; `tests/test_op_db.py` holds them against
PyTorch's own sample inputs, and [the last section](#not-there-and-different) says what is left out.

- **Called** as `torch.name(...)` with `import minigrad as torch`. Where a row begins with `x.`
  there is only the method; `F.` stands for `torch.nn.functional`. A method `x.name(...)` exists
  wherever PyTorch has one.
- **Node** is what `grad_fn` of the result is called: the nodes that the checks of the table saw.
  A dash means that the result has no gradient: integers, bools, and copies outside any graph.
- **In place**: the method that writes its result into the tensor itself.
"""

AFTERWORD = """## Not there, and different

What holds for all operations, so that no row repeats it:

- There is no `out=`: it is refused (TypeError), since a result that is written into a tensor given
  is an in-place write without a history. Write `y.copy_(...)`, or use the in-place form.
- Numbers are real, dense and on one device; `torch.complex64` and its like say so when asked for.
- Nodes that PyTorch prints as `CopySlices`, `CopyBackwards` and `NotImplemented` are called that by
  `grad_fn.name()` as well; PyTorch puts `torch::autograd::` before them there.
- Sums of many numbers may differ from PyTorch's in the last digit: the order of addition is
  NumPy's.

Where one operation differs, its row says so after "Unlike PyTorch". All of them:

{deviations}

Of the operations that PyTorch lists for its own tests, `op_db`, these are not here:

{out}
"""


def page():
    """The text of the page."""
    parts = [PREFACE.format(count=len(table()))]
    for home, operations in groups().items():
        title, chapter = family(home)
        since = "part of the core" if chapter is None else f"from chapter {chapter:02}"
        parts += [
            f"## {title}",
            f"[`{home}.py`](../minigrad/{home}.py), {since}.",
            "| operation | what it does | node | in place |\n|---|---|---|---|\n"
            + "\n".join(row(each) for each in operations),
        ]
    told = [f"- `{each.name}`: {text}" for each in table().values() for text in each.deviations]
    out = [f"- {why}: {codes(names)}" for why, names in OUT.items()]
    parts.append(AFTERWORD.format(deviations="\n".join(told), out="\n".join(out)))
    return "\n\n".join(each.strip("\n") for each in parts) + "\n"


def row(operation):
    """An operation as a row of its section."""
    nodes = nodes_of(operation)
    cells = (
        code(call(operation)) + operators(operation) + also(operation),
        " ".join([operation.says[0], *conventions(nodes.values()), *operation.deviations]),
        ", ".join(map(code, nodes)) or "–",
        code(operation.in_place.rpartition(".")[2]) if operation.in_place else "",
    )
    return "| " + " | ".join(each.replace("|", r"\|") for each in cells) + " |"


def call(operation):
    """How it is called; `F.` before what only `nn.functional` has."""
    prefix = {"nn.functional": "F.", "linalg": "linalg."}.get(operation.name.rpartition(".")[0], "")
    return prefix + operation.signature.removeprefix("linalg.")


def also(operation):
    """Its other names, as in `; also arcsin`."""
    names = ", ".join(map(code, operation.aliases))
    return f"; also {names}" if names else ""


def codes(names):
    """Names in code, one after the other."""
    return ", ".join(map(code, names.split()))


def code(text):
    return f"`{text}`"


SIGNS = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "pow": "**",
    "matmul": "@",
    "and": "&",
    "or": "|",
    "xor": "^",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "eq": "==",
    "ne": "!=",
}
ALONE = {"neg": "-x", "abs": "abs(x)", "invert": "~x", "getitem": "x[i]", "setitem": "x[i] = y"}


def operators(operation):
    """The signs that stand for it, as in `, x + y`."""
    bare = [each.strip("_") for each in operation.operators]
    signs = [f"x {SIGNS[each]} y" for each in bare if each in SIGNS]
    return "".join(
        f", {code(each)}" for each in signs + [ALONE[each] for each in bare if each in ALONE]
    )


def nodes_of(operation):
    """The nodes of the results of its examples: {name: class}."""
    nodes = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for example in operation.examples:
            for each in tensors(eval(example, scope(minigrad, requires_grad=True))):
                if each.grad_fn is not None:
                    nodes[each.grad_fn.name()] = type(each.grad_fn)
    return nodes


def tensors(result):
    """The tensors in a result."""
    if isinstance(result, Tensor):
        return [result]
    several = result if isinstance(result, tuple) else ()
    return [each for each in several if isinstance(each, Tensor)]


def conventions(classes):
    """What the nodes say about themselves after their first sentence: slopes at kinks and ties."""
    told = []
    for each in classes:
        lines = inspect.cleandoc(each.__doc__ or "").split("\n\n")
        for text in [sentence(lines[0]), *lines[1:]]:
            text = " ".join(text.split())
            if text and text not in told and not text.startswith(UNLIKE):
                told.append(text)
    return told


def sentence(text):
    """What follows the first sentence."""
    return text.partition(". ")[2]


def write():
    """Write the page, and return its path."""
    PATH.write_text(page(), encoding="utf-8")
    return PATH
