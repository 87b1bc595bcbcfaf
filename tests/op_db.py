"""PyTorch's own sample inputs, run through PyTorch and through minigrad side by side.

`complaints(operation)` says in sentences where the two differ; needs torch and expecttest. The
sentences begin with what differs: raises, dtype, shape, numbers, node, gradient, second, in place.
"""

import itertools
import re
import warnings
from functools import cache, partial

import numpy as np
import torch
from op_db_arguments import Untranslatable, shown, tensors, translate
from torch.testing._internal.common_methods_invocations import op_db

import minigrad

DTYPES = (torch.float64, torch.float32, torch.int64, torch.uint8, torch.bool, torch.float16)
# Their numbers are drawn, or left as the memory was: dtype, shape and node are compared.
DRAWN = re.compile(
    r"empty|new_empty|rand|normal|bernoulli|uniform|expon|nn\.functional\.\w*dropout"
    r"|.*dropout_p=0\.[1-9]|nn\.functional\.rrelu.*training=True|nn\.functional\.multi_head.*, 0\.5"
)
# Entries whose arguments come in an order of their own.
ADAPTED = {
    "where": lambda input, condition, other: minigrad.where(condition, input, other),
    "nn.functional.embedding": lambda weight, indices, **options: minigrad.nn.functional.embedding(
        indices, weight, **options
    ),
    "einsum": lambda operands, equation: minigrad.einsum(equation, *operands),
    **{
        f"polygamma.polygamma_n_{n}": lambda input, n: minigrad.polygamma(n, input)
        for n in range(5)
    },
    "normal.in_place": minigrad.Tensor.normal_,
    "normal.number_mean": lambda std, mean, *size, **options: minigrad.normal(
        mean, std, *size, **options
    ),
}
TOLERANCE = {torch.float64: 1e-7, torch.float32: 2e-4, torch.float16: 2e-2}


@cache
def by_name():
    """The entries of op_db by name: {name: [OpInfo of each variant]}."""
    found = {}
    for each in op_db:
        found.setdefault(each.name, []).append(each)
    return found


def names_of(operation):
    """The names of an operation of the table in op_db."""
    possible = [place.removeprefix("torch.").removeprefix("Tensor.") for place in operation.places]
    return [each for each in dict.fromkeys(possible) if each in by_name()]


# --- the two side by side -------------------------------------------------------------------------
def ours(info):
    """minigrad's operation for an entry of op_db, as a function."""
    if info.full_name in ADAPTED:
        return ADAPTED[info.full_name]
    owner = minigrad
    for part in info.name.split("."):
        owner = getattr(owner, part, None)
    if owner is not None and callable(owner):
        return owner
    method = getattr(minigrad.Tensor, info.name)
    return method.fget if isinstance(method, property) else method


def in_place_form(info):
    """minigrad's in-place form: a method, or a function called with `inplace=True`."""
    name = getattr(info.inplace_variant, "__name__", "<lambda>")
    if name in ("<lambda>", "wrapper"):
        return partial(ours(info), inplace=True)
    return getattr(minigrad.Tensor, name, None) or getattr(minigrad.nn.functional, name, None)


class Case:
    """One sample: the arguments for both, and what was said about the results."""

    def __init__(self, info, sample, dtype):
        self.info, self.dtype = info, dtype
        self.given = (sample.input, *sample.args), dict(sample.kwargs)
        given = [shown(each) for each in self.given[0]]
        given += [f"{name}={shown(each)}" for name, each in self.given[1].items()]
        self.text = f"{info.full_name}({', '.join(given)})"
        self.found = []

    def complain(self, what, detail=""):
        self.found.append(f"{what}: {self.text}: {detail}")

    def run(self):
        """Call both; what they raise is a result, too."""
        try:
            args, kwargs = translate(self.given[0]), translate(self.given[1])
        except Untranslatable:
            return
        theirs = self.info.op(*self.given[0], **self.given[1])
        try:
            mine = ours(self.info)(*args, **kwargs)
        except Exception as error:
            self.complain("raises", f"{type(error).__name__}: {error}")
            return
        self.compare(theirs, mine)
        if not self.found and not DRAWN.match(self.text):
            self.compare_gradients(theirs, mine, (args, kwargs))
        if not self.found:
            self.compare_in_place()

    def compare(self, theirs, mine, what=""):
        """Compare two results: dtype, shape, numbers, node."""
        if isinstance(theirs, (tuple, list)) and not isinstance(theirs, torch.Size):
            if not isinstance(mine, (tuple, list)) or len(theirs) != len(mine):
                self.complain(f"{what}number of results", f"{len(theirs)}, not {mine!r}")
                return
            for one, two in zip(theirs, mine):
                self.compare(one, two, what)
        elif not isinstance(theirs, torch.Tensor):
            if theirs != mine and not (theirs != theirs and mine != mine):
                self.complain(f"{what}value", f"{theirs!r}, not {mine!r}")
        elif not isinstance(mine, minigrad.Tensor):
            self.complain(f"{what}value", f"a tensor, not {mine!r}")
        elif str(theirs.dtype) != str(mine.dtype):
            self.complain(f"{what}dtype", f"{theirs.dtype}, not {mine.dtype}")
        elif theirs.shape != mine.shape:
            self.complain(f"{what}shape", f"{list(theirs.shape)}, not {list(mine.shape)}")
        else:
            self.compare_numbers(theirs, mine, f"{what}numbers")
            self.compare_nodes(theirs, mine, what)

    def compare_numbers(self, theirs, mine, what):
        if DRAWN.match(self.text):
            return
        one, two = theirs.detach().numpy(force=True), mine.detach().numpy()
        tolerance = TOLERANCE.get(theirs.dtype, 0) or TOLERANCE.get(self.dtype, 0)
        if not np.allclose(two, one, rtol=tolerance, atol=tolerance, equal_nan=True):
            self.complain(what, f"{one.tolist()}, not {two.tolist()}"[:300])

    def compare_nodes(self, theirs, mine, what=""):
        one, two = (each.grad_fn and each.grad_fn.name() for each in (theirs, mine))
        one = one and one.removeprefix("torch::autograd::")
        if one != two:
            self.complain(f"{what}node", f"{one}, not {two}")

    def compare_gradients(self, theirs, mine, given):
        """Compare the gradients, and in float64 the gradients of the gradients.

        (float16 rounds too much, and PyTorch and minigrad at different steps.)
        """
        inputs = [each for each in tensors(self.given, torch.Tensor) if each.requires_grad]
        leaves = [each for each in tensors(given, minigrad.Tensor) if each.requires_grad]
        one = tensors(theirs, torch.Tensor)
        two = [each for each in tensors(mine, minigrad.Tensor) if each.grad_fn is not None]
        one = [each for each in one if each.grad_fn is not None]
        if not one or "NotImplemented" in one[0].grad_fn.name():
            return
        orders = {torch.float64: ("gradient", "second"), torch.float32: ("gradient",)}
        for what in orders.get(self.dtype, ()):
            try:
                one = self.gradients(torch, one, inputs)
            except RuntimeError:
                return  # PyTorch has no derivative
            try:
                two = self.gradients(minigrad, two, leaves)
            except Exception as error:
                self.complain(f"{what} raises", f"{type(error).__name__}: {error}")
                return
            for first, second in zip(one, two):
                if first is not None and second is not None:
                    self.compare_numbers(first, second, what)
                elif any(each is not None and each.detach().any() for each in (first, second)):
                    self.complain(what, f"{first}, not {second}")
            pairs = [pair for pair in zip(one, two) if None not in pair]
            pairs = [pair for pair in pairs if all(each.requires_grad for each in pair)]
            if self.found or not pairs:
                return
            one, two = zip(*pairs)

    def gradients(self, package, outputs, inputs):
        """The gradients of outputs, weighted with numbers that no two have the same of."""
        weights = []
        for each in outputs:
            weight = np.cos(np.arange(each.numel()) * 1.7 + 0.3).reshape(tuple(each.shape))
            weights.append(package.tensor(weight.astype(str(each.dtype)[6:])))
        find = package.autograd.grad
        return find(outputs, inputs, weights, create_graph=True, allow_unused=True)

    def compare_in_place(self):
        """Compare the in-place forms, where the first argument may be written to."""
        change = self.info.inplace_variant
        if change is None or not isinstance(self.given[0][0], torch.Tensor):
            return
        args, kwargs = translate(self.given[0]), translate(self.given[1])
        method = in_place_form(self.info)
        if method is None:
            self.complain("in place is missing")
            return
        failed = [None, None]
        try:
            theirs = change(self.given[0][0].clone(), *self.given[0][1:], **self.given[1])
        except Exception as error:
            failed[0] = type(error).__name__
        try:
            mine = method(args[0].clone(), *args[1:], **kwargs)
        except Exception as error:
            failed[1] = type(error).__name__
        if failed[0] != failed[1]:
            self.complain("in place raises", f"{failed[0]}, not {failed[1]}")
            return
        if failed[0] is None:
            self.compare(theirs, mine, "in place ")


# --- samples --------------------------------------------------------------------------------------
def samples(info, dtype):
    """The sample inputs of an operation in a dtype, the same in every run."""
    torch.manual_seed(0)
    tracked = dtype.is_floating_point and info.supports_autograd
    return itertools.islice(info.sample_inputs_func(info, "cpu", dtype, tracked), 400)


def complaints(name):
    """Where minigrad and PyTorch differ on the samples of an entry of op_db."""
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for info in by_name()[name]:
            for dtype in DTYPES:
                if dtype in info.supported_dtypes("cpu"):
                    for sample in samples(info, dtype):
                        case = Case(info, sample, dtype)
                        case.run()
                        found += case.found
    return found


def wrong_errors(name):
    """Where minigrad does not complain about a mistake as PyTorch does."""
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for info in by_name()[name]:
            if info.error_inputs_func is None:
                continue
            for each in info.error_inputs_func(info, "cpu"):
                found += wrong_error(info, each.sample_input)
    return found


def wrong_error(info, sample):
    """What is wrong with the error for one mistake."""
    case = Case(info, sample, None)
    try:
        args, kwargs = translate(case.given[0]), translate(case.given[1])
    except Untranslatable:
        return []
    if "out" in kwargs:
        return []
    try:
        info.op(*case.given[0], **case.given[1])
    except Exception as error:
        theirs = error
    else:
        return []
    try:
        ours(info)(*args, **kwargs)
    except Exception as error:
        if type(error) is not type(theirs):
            text = f"{type(theirs).__name__}: {theirs}, not {type(error).__name__}: {error}"
            case.complain("error", text[:500])
        elif re.search("invalid combination|descriptor", str(theirs)):
            pass  # a list of all overloads
        elif str(theirs).split()[:3] != str(error).split()[:3]:
            case.complain("words", f"{theirs}, not {error}"[:500])
    else:
        case.complain("no error", f"{type(theirs).__name__}: {theirs}"[:300])
    return case.found
