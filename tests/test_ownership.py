"""Who holds which array: gradients that nobody else holds are kept, all others are copied.

And what a step of training needs in memory at most, beside what PyTorch's allocator reported for
the same step (`recorded/record_memory.py`).
"""

import json
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

import minigrad as torch
from minigrad import arrays, draw
from minigrad.function import Function

sys.path.insert(0, str(Path(__file__).parent / "bench"))
from memory import AIM, peak_of_minigrad
from steps import STEPS

MEMORY = Path(__file__).with_name("recorded") / "memory.json"
RECORDED = json.loads(MEMORY.read_text(encoding="utf-8"))["peaks"]
COUNTS = sys.version_info < (3, 14)  # from then on an array may be copied once more than needed
elsewhere = np.arange(6, dtype=np.float32).reshape(2, 3)


class Sends(Function):
    """The identity. Its rule sends what `Sends.made()` gives, and notes where that is in memory."""

    made = address = None

    @staticmethod
    def forward(self):
        return self.copy()

    @staticmethod
    def backward(ctx, grad):
        array = Sends.made()
        Sends.address = arrays.address(array)
        return (array,)


def arrived(made, leaf=None):
    """(the gradient at a leaf, whether it is the very memory that the rule sent)."""
    leaf = torch.zeros(2, 3) if leaf is None else leaf
    leaf.requires_grad_()
    Sends.made = made
    output = Sends.apply(leaf)
    output.backward(torch.ones(output.shape, dtype=output.dtype))
    return leaf.grad, arrays.address(leaf.grad.array) == Sends.address


FRESH = {
    "an array of its own": lambda: np.ones((2, 3), np.float32),
    "a view of one": lambda: np.ones(6, np.float32).reshape(2, 3),
    "a view of a view of one": lambda: np.ones((3, 2), np.float32).T.T.reshape(2, 3),
}
HELD = {
    "an array that somebody holds": lambda: elsewhere,
    "a view of one": lambda: elsewhere.reshape(2, 3),
    "a part of a larger one": lambda: np.ones((4, 3), np.float32)[:2],
    "one number seen in all places": lambda: np.broadcast_to(np.float32(1), (2, 3)),
    "another dtype": lambda: np.ones((2, 3), np.float64),
    "another order in memory": lambda: np.ones((3, 2), np.float32).T,
    "memory of Python's": lambda: np.frombuffer(bytearray(24), np.float32).reshape(2, 3),
    "one that cannot be written to": lambda: read_only(np.ones((2, 3), np.float32)),
}


def read_only(array):
    array.flags.writeable = False
    return array


@pytest.mark.skipif(not COUNTS, reason="references are counted otherwise")
@pytest.mark.parametrize("made", FRESH.values(), ids=FRESH)
def test_a_gradient_that_nobody_else_holds_is_not_copied(made):
    grad, same = arrived(made)
    assert same
    assert grad.tolist() == [[1.0] * 3] * 2


@pytest.mark.parametrize("made", HELD.values(), ids=HELD)
def test_a_gradient_that_could_be_seen_elsewhere_is_copied(made):
    expected = made().tolist()
    grad, same = arrived(made)
    assert not same
    assert (grad.tolist(), grad.dtype) == (expected, torch.float32)
    grad.add_(1)
    assert elsewhere.tolist() == [[0, 1, 2], [3, 4, 5]]
    grad.array[...] = 7  # NumPy may write to it as well


def test_two_leaves_never_share_a_gradient():
    a, b = (torch.zeros(2, requires_grad=True) for _ in range(2))
    for number in (1, 2):
        (a + b).sum().backward()
        assert a.grad.tolist() == b.grad.tolist() == [number] * 2


def test_a_gradient_does_not_share_memory_with_the_vector_given():
    x, v = torch.zeros(3, requires_grad=True), torch.ones(3)
    (x + 0).backward(v)
    x.grad.add_(5)
    assert v.tolist() == [1, 1, 1]


@pytest.mark.parametrize("hook", ["tensor", "node", "accumulated"])
def test_what_a_hook_keeps_stays_as_it_was(hook):
    kept, x = [], torch.zeros(3, requires_grad=True)
    y = x * 2
    if hook == "tensor":
        x.register_hook(lambda grad: kept.append(grad))
    elif hook == "node":
        y.grad_fn.register_hook(lambda inputs, outputs: kept.append(inputs[0]))
    else:
        x.register_post_accumulate_grad_hook(lambda each: kept.append(each.grad.clone()))
    y.sum().backward()
    x.grad.add_(5)
    assert kept[0].tolist() == [2, 2, 2]


def test_what_is_recorded_for_a_picture_stays_as_it_was():
    with draw.record():
        x = torch.zeros(2, requires_grad=True)
        y = x * 3
        y.sum().backward()
    x.grad.add_(5)
    assert "sends back to x: [3 3]" in str(draw.graph(y))
    assert x.grad.tolist() == [8, 8]


# PyTorch 2.13: a gradient lies in memory as its leaf does, if that leaves no gaps.
LAYOUTS = {
    "x.t() * w": (lambda x: (x.t() * torch.ones(3, 2)).sum(), lambda: torch.ones(2, 3), (3, 1)),
    "a transposed leaf": (lambda x: (x * 2).sum(), lambda: torch.ones(2, 3).t(), (1, 3)),
    "a leaf with gaps": (lambda x: (x * 2).sum(), lambda: torch.ones(2, 6)[:, ::2], (3, 1)),
    "an expanded leaf": (lambda x: (x * 2).sum(), lambda: torch.ones(1, 6).expand(5, 6), (6, 1)),
    "a weight": (
        lambda x: torch.nn.functional.linear(torch.ones(5, 3), x).sum(),
        lambda: torch.ones(4, 3),
        (3, 1),
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_gradient_lies_in_memory_as_its_leaf(name):
    function, leaf, stride = LAYOUTS[name]
    x = leaf().requires_grad_()
    function(x).backward()
    assert x.grad.stride() == stride


# --- one number, seen in many places --------------------------------------------------------------
LARGE = 200_000


def test_the_gradient_of_a_large_mean_can_be_written_to_wherever_it_is_seen():
    seen = []
    x = torch.zeros(LARGE, requires_grad=True)
    y = x + 0
    y.register_hook(lambda grad: seen.append(grad))
    y.retain_grad()
    y.sum().backward()
    (direct,) = torch.autograd.grad((x + 0).sum(), x)
    for each in (x.grad, y.grad, seen[0], direct):
        each.mul_(2)
        assert each[:3].tolist() == [2, 2, 2] and each.is_contiguous()


@pytest.mark.parametrize("dims", [None, 0, (0, 1), 1])
@pytest.mark.parametrize("keepdim", [False, True])
def test_large_and_small_reductions_have_the_same_gradients(dims, keepdim):
    for shape in ((2, 3), (400, 500)):
        x = torch.zeros(*shape, dtype=torch.float64, requires_grad=True)
        options = {} if dims is None else {"dim": dims, "keepdim": keepdim}
        result = x.mean(**options)
        weight = torch.arange(1.0, result.numel() + 1, dtype=torch.float64).reshape(result.shape)
        (result * weight).sum().backward()
        share = x.numel() / result.numel()
        expected = np.broadcast_to(
            np.expand_dims(weight.numpy(), dims) if dims is not None and not keepdim else weight,
            shape,
        )
        np.testing.assert_allclose(x.grad.numpy() * share, expected)


def test_a_large_sum_sends_back_no_array_of_that_size():
    x = torch.zeros(1_000_000, requires_grad=True)
    y = (x * 2).sum()
    tracemalloc.start()
    y.backward()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 1.2 * x.array.nbytes  # the gradient itself


# --- memory of a step of training -----------------------------------------------------------------
@pytest.mark.parametrize("name", STEPS)
def test_a_step_of_training_needs_little_more_memory_than_in_pytorch(name):
    assert peak_of_minigrad(name) <= AIM * RECORDED[name]
