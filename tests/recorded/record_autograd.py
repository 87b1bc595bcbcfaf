"""Runs the cases of autograd_cases.txt and module_cases.txt: what does PyTorch make of them?

    python tests/recorded/record_autograd.py      (needs PyTorch; writes autograd.json, module.json)

A case is the body of a function. What it returns is kept as text without addresses, or the type and
the message of what it raised; and what it prints, and the warnings.
"""

import contextlib
import copy
import io
import json
import re
import sys
import textwrap
import threading
import warnings
from pathlib import Path

FOLDER = Path(__file__).parent


def read(group):
    """The cases of one file by name."""
    text = (FOLDER / f"{group}_cases.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^### (.+)\n((?:(?!### ).*\n?)*)", text, re.M))


CASES = {group: read(group) for group in ("autograd", "module")}


# What the cases give as `forward`.
def write(ctx, x):
    ctx.mark_dirty(x)
    return x.mul_(2)


def write_in_secret(ctx, x):
    x.mul_(2)
    return x


def lose(ctx, x):
    ctx.mark_dirty(x)
    x.mul_(2)
    return x.clone()


def mark_number(ctx, x):
    ctx.mark_dirty(3)
    return x.clone()


def mask(ctx, x):
    positive = x > 0
    ctx.mark_non_differentiable(positive)
    return x * 2, positive


def no_zeros(ctx, x):
    ctx.set_materialize_grads(False)
    return x * 2, x * 3


def save_number(ctx, x):
    ctx.save_for_backward(3)
    return x * 2


def save_none(ctx, x):
    ctx.save_for_backward(x, None)
    return x * 2


def functions(autograd):
    """Three functions of a user: a wrong rule, one for a single pass, one of the old style."""

    class Bad(autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        def backward(ctx, grad):
            (x,) = ctx.saved_tensors
            return grad * x

    class Once(autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        @autograd.function.once_differentiable
        def backward(ctx, grad):
            return grad * 2

    class L(autograd.Function):
        def forward(self, x):
            return x

    return {"Bad": Bad, "Once": Once, "L": L}


def names(torch):
    """The names that the cases use."""
    autograd = torch.autograd

    def leaf(*shape):
        return torch.ones(*shape, requires_grad=True)

    def mk(fwd=None, bwd=None, setup=None):
        methods = {"forward": fwd, "backward": bwd, "setup_context": setup}
        given = {name: staticmethod(each) for name, each in methods.items() if each}
        return type("My", (autograd.Function,), given)

    x = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64, requires_grad=True)
    return {
        "torch": torch,
        "leaf": leaf,
        "mk": mk,
        **functions(autograd),
        "dirty": write,
        "dirty2": write_in_secret,
        "dirty3": lose,
        "dirty4": mark_number,
        "nd": mask,
        "nm": no_zeros,
        "sv": save_number,
        "sv2": save_none,
        "x": x,
        "kw": lambda ctx, x, k=1: x * k,
        "f": lambda x: x**3,
        "T": torch.tensor,
        "A": autograd,
        "F": autograd.functional,
        "D": torch.float64,
        "H": autograd.graph.saved_tensors_hooks,
        "E_": torch.is_grad_enabled,
        "gradcheck": autograd.gradcheck,
        "gradgradcheck": autograd.gradgradcheck,
        "checkpoint": torch.utils.checkpoint.checkpoint,
        "threading": threading,
        "nn": torch.nn,
        "copy": copy,
    }


def run(torch, case):
    """What one case does: {"returned" or "raised", "printed", "warnings"}."""
    scope = names(torch)
    exec("def case():\n" + textwrap.indent(case, "    "), scope)
    found, printed = {}, io.StringIO()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
        warnings.simplefilter("always")
        try:
            found["returned"] = plain(repr(scope["case"]()))
        except Exception as error:
            found["raised"] = [type(error).__name__, plain(str(error))]
    found["printed"] = plain(printed.getvalue())
    found["warnings"] = [[each.category.__name__, str(each.message)] for each in caught]
    return found


def plain(text):
    """Without addresses, and without what differs between the two packages' names."""
    return re.sub(r" at 0x[0-9a-f]+", "", text).replace("torch::autograd::", "")


if __name__ == "__main__":
    import torch
    import torch.utils.checkpoint

    for group, cases in CASES.items():
        recorded = {name: run(torch, case) for name, case in cases.items()}
        text = json.dumps({"torch": torch.__version__, "cases": recorded}, indent=1)
        (FOLDER / f"{group}.json").write_text(text + "\n", encoding="utf-8")
        sys.stdout.write(f"{len(recorded)} {group} cases, PyTorch {torch.__version__}\n")
