"""Random programs of tensors, views and writes, run on minigrad and on PyTorch, step by step.

A program is a list of lines of Python. After every line the two worlds are compared: what was
raised, and of every variable the values, the version, the flags and the name of its grad_fn; in the
end the gradients of all leaves.
"""

import random
import re
import warnings

import numpy as np

SHAPES = [(2, 3), (3,), (2, 3), (3, 2), (2, 2)]

# Lines that make a new variable {n} from variables {a} and {b}.
NEW = """
{a} + {b} | {a} - {b} | {a} * {b} | {a} / ({b} * {b} + 1) | {a} * 2 | {a} + 1 | 3 - {a} | {a} ** 2
-{a} | {a}.exp() | {a}.sin() | {a}.tanh() | {a}.sigmoid() | {a}.relu() | {a}.abs() | {a}.clone()
{a}.detach() | {a}.data | {a}.sum() | {a}.sum(0) | {a}.mean(-1, keepdim=True) | {a}.amax(0)
{a}.reshape(-1) | {a}.view({a}.shape) | {a}.t() | {a}.transpose(0, -1) | {a}.unsqueeze(0)
{a}.squeeze() | {a}.flatten() | {a}.expand(2, *{a}.shape) | {a}[0] | {a}[-1] | {a}[:1] | {a}[1:]
{a}[..., 0] | {a}[..., 1:] | {a}[None] | {a}[...] | {a}[{a} > 0] | {a}[[0, 0]] | {a}[..., [1, 0]]
{a}.unbind(0)[0] | {a}.split(1)[0] | {a}.chunk(2, -1)[0] | list({a})[0] | torch.stack([{a}, {a}])
torch.cat([{a}, {a}]) | torch.where({a} > {b}, {a}, {b}) | torch.maximum({a}, {b})
{a}.clamp(-1, 1) | {a}.contiguous() | {a}.mul({b}).add(1) | {a}.masked_fill({a} > 0, 0.5)
{a}.flip(0) | ({a} @ {b}) * 1
{a}.flatten().clone().as_strided((2,), (1,)) | {a}.permute(*range({a}.dim())) | {a}.norm()
{a}.var() | {a}.prod() | {a}.to(torch.float32) * 2 | {a}[..., None] | {a}.view_as({a})
{a}.max(0).values | ({a} * {a}).sum() | {a}.to(torch.float64) | {a}.sqrt() | {a}.log() | {a}.min()
"""

# Lines that change a variable.
WRITES = """
{a}.add_({b}) | {a}.add_(1) | {a}.mul_({b}) | {a}.mul_(2) | {a}.sub_({b}) | {a}.div_(2) | {a}.neg_()
{a}.exp_() | {a}.sin_() | {a}.tanh_() | {a}.sigmoid_() | {a}.relu_() | {a}.pow_(2) | {a}.zero_()
{a}.fill_(2.0) | {a}.copy_({b}) | {a}.clamp_(-1, 1) | {a}.masked_fill_({a} > 0, 0.5) | {a}.abs_()
{a}[0] = {b} | {a}[0] = 1.5 | {a}[:1] = {b} | {a}[..., 0] = {b} | {a}[..., 0] = 0.5 | {a}[...] = {b}
{a}[{a} > 0] = 0.25 | {a}[[0]] = {b} | {a}[[0]] = 0.75 | {a} += {b} | {a} *= 2 | {a} -= 0.5
{a} /= 3 | {a}[0] += {b} | {a}.index_add_(0, torch.tensor([0, 0]), {b}[[0, 0]])
{a}[0].mul_(2) | {a}[:1].add_({b}) | {a}.view(-1).mul_(3) | {a}.t().add_(1) | {a}.detach().mul_(2)
{a}.data.mul_(2) | {a}.data.copy_({b}) | {a}[0][0].zero_() | {a}.fill_({b}) | {a}.sqrt_()
{a}[0] *= 2 | {a}.flatten().add_(1) | {a}.unsqueeze(0).mul_({b}) | {a}.expand(2, *{a}.shape).add_(1)
"""

# Lines about the graph itself.
GRAPH = """
{a}.detach_() | {a}.requires_grad_() | {a}.retain_grad() | {a}.register_hook(lambda g: g * 2)
{a}.sum().backward(retain_graph=True) | {a}.backward(torch.ones_like({a}), retain_graph=True)
g = torch.autograd.grad({a}.sum(), {b}, retain_graph=True, allow_unused=True)[0]
g = torch.autograd.grad(({a} * {a}).sum(), {b}, create_graph=True, allow_unused=True)[0]
{a}.requires_grad_(False) | {a}.sum().backward(inputs=[{b}], retain_graph=True)
"""


def lines_of(text):
    return [each.strip() for each in re.split(r"\||\n", text) if each.strip()]


KINDS = [(lines_of(NEW), 10), (lines_of(WRITES), 6), (lines_of(GRAPH), 1)]


def program(seed, length=8):
    """The lines of one random program."""
    pick = random.Random(seed)
    names, lines = [], []
    for number in range(3):
        shape = pick.choice(SHAPES[:3])
        values = [round(pick.uniform(-2, 2), 2) for _ in range(int(np.prod(shape)))]
        tracked = pick.random() < 0.65
        lines.append(
            f"x{number} = torch.tensor({values}, dtype=torch.float64).reshape({shape}).clone()"
            + ".requires_grad_()" * tracked
        )
        names.append(f"x{number}")
    for number in range(length):
        (templates,) = pick.choices([each for each, _ in KINDS], [weight for _, weight in KINDS])
        line = pick.choice(templates).format(a=pick.choice(names[-6:]), b=pick.choice(names[-6:]))
        if templates is KINDS[0][0]:
            line = f"v{number} = {line}"
            names.append(f"v{number}")
        if pick.random() < 0.12:
            line = "with torch.no_grad(): " + line
        lines.append(line)
    lines.append(f"{pick.choice(names[-3:])}.sum().backward()")
    return lines


# PyTorch lets some writes to memory through that elements share: masked_fill_ to expanded tensors
# (with a word of warning that it will stop to), a tensor copied onto itself.
EXPANDED = ("RuntimeError", "unsupported operation")


def is_known(line, raised):
    """Whether a line is one of the few that only one of the two lets through."""
    known = "retain_grad" in line or "requires_grad_(False)" in line
    return known or raised == EXPANDED or raised[1].startswith("Index put")


def same_error(line, raised, expected):
    """Whether the two raised the same, but for the order in which two errors are noticed.

    A view whose history is lost is noticed by PyTorch before the shapes are compared.
    """
    if raised == expected:
        return True
    if raised is not None and expected is not None and raised[0] == expected[0] == "IndexError":
        return True  # which words, depends on the way to the index in PyTorch
    if raised is None or expected is None:
        return False
    known = ("Output 0 of", "A view was created", "Index put", "Trying to use a", EXPANDED[1])
    return raised[1].startswith(known) or expected[1].startswith(known)


class World:
    """One of the two packages, running a program."""

    def __init__(self, torch):
        self.torch, self.names = torch, {"torch": torch}

    def step(self, line):
        """Run a line; what it raised, as (type, the first words of the message), or None."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(line, self.names)
        except Exception as error:
            return type(error).__name__, first_words(str(error))
        return None

    def tensors(self):
        """The variables that hold tensors."""
        held = self.names.items()
        return {name: each for name, each in held if isinstance(each, self.torch.Tensor)}


def first_words(message):
    """The beginning of a message, which the two have in common."""
    if re.search(
        "batch2|mat1 and mat2|size mismatch", message
    ):  # which, depends on strides in PyTorch
        return "wrong lengths"
    return " ".join(re.split(r"[.,:;(\n]", message)[0].split()[:8])


def facts(tensor):
    """What a variable looks like, without its numbers."""
    node = tensor.grad_fn
    name = None if node is None else node.name().split("::")[-1]
    shape = tuple(tensor.shape)
    return shape, tensor.requires_grad, tensor.is_leaf, tensor._version, name


def numbers(tensor):
    return np.array(tensor.detach().numpy())


def differences(lines, one, two):
    """The first difference between two worlds that run the same program, as a text; or None."""
    one, two = World(one), World(two)
    for line in lines:
        raised, expected = one.step(line), two.step(line)
        if (raised is None) != (expected is None) and is_known(line, raised or expected):
            return None
        if not same_error(line, raised, expected):
            return f"{line}\n  raised {raised}\n  PyTorch {expected}"
        if raised and "backward(" in line:  # PyTorch may have filled some of the leaves by then
            return None
        found, wanted = one.tensors(), two.tensors()
        if set(found) != set(wanted):
            return f"{line}: variables {set(found) ^ set(wanted)}"
        for name, tensor in found.items():
            if name != "g" and tensor._is_view() != wanted[name]._is_view():
                return f"{line}\n  {name} is a view: {tensor._is_view()}"
            if name != "g" and facts_or_error(tensor) != facts_or_error(wanted[name]):
                return (
                    f"{line}\n  {name}: {facts_or_error(tensor)}\n"
                    f"  PyTorch: {facts_or_error(wanted[name])}"
                )
            if not same(numbers(tensor), numbers(wanted[name])):
                return f"{line}\n  {name}: {numbers(tensor)}\n  PyTorch: {numbers(wanted[name])}"
            if not same_grad(tensor, wanted[name]):
                return f"{line}\n  {name}.grad: {tensor._grad}\n  PyTorch: {wanted[name].grad}"
    return None


def facts_or_error(tensor):
    try:
        return facts(tensor)
    except RuntimeError as error:
        return first_words(str(error))


def same_grad(tensor, other):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            mine, theirs = tensor.grad, other.grad
        except RuntimeError:
            return True
    if mine is None or theirs is None:
        return mine is None and theirs is None
    return same(numbers(mine), numbers(theirs))


def same(one, two):
    return one.shape == two.shape and np.allclose(one, two, 1e-6, 1e-6, equal_nan=True)
