"""The backward pass: each node once, newest first, adding up in the leaves, freeing as it goes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minigrad as torch
from minigrad import engine
from minigrad.engine import NewestFirst, run
from minigrad.function import Function, Observers


class Watch:
    """An observer that keeps the nodes of a backward pass in the order in which they run."""

    def __init__(self):
        self.nodes = []

    def recorded(self, node, inputs, output):
        pass

    def stepped(self, node, grad, grads):
        self.nodes.append(node)

    def __enter__(self):
        Observers.current = self
        return self.nodes

    def __exit__(self, *error):
        Observers.current = None


class OldestFirst(list):
    """A queue in a careless order."""

    push = list.append

    def pop(self):
        self.sort(key=lambda node: -node.number)
        return super().pop()


def diamond():
    """L = y * (y + x) with y = x * x, at x = 3: 4x³ + 3x² = 135."""
    x = torch.tensor(3.0, requires_grad=True)
    y = x * x
    return x, y * (y + x)


# --- order ----------------------------------------------------------------------------------------
def test_where_paths_meet_contributions_are_added():
    x, out = diamond()
    out.backward()
    assert x.grad.item() == 135


def test_each_node_runs_once_and_the_newest_first():
    _, out = diamond()
    with Watch() as nodes:
        out.backward()
    numbers = [node.number for node in nodes]
    assert len(numbers) == 3 and numbers == sorted(numbers, reverse=True)


def test_a_careless_order_does_not_go_unnoticed():
    """`y` runs before all of its gradient has arrived, and would have to run again."""
    _, out = diamond()
    with pytest.raises(RuntimeError, match="a second time"):
        run({out._node: np.float32(1)}, queue=OldestFirst())


def test_the_number_of_paths_does_not_matter():
    x = y = torch.ones(1, requires_grad=True)
    for _ in range(60):
        y = y + y
    with Watch() as nodes:
        y.backward()
    assert x.grad.item() == 2.0**60 and len(nodes) == 60


STEPS = {  # one more result from the results so far
    "add": lambda a, b: a + b,
    "multiply": lambda a, b: a * b,
    "reshape": lambda a, b: a.reshape(4).reshape(2, 2),
    "transpose": lambda a, b: a.t(),
    "index": lambda a, b: torch.stack([b[0], a[1]]),
    "unbind": lambda a, b: torch.stack([each * 2 for each in a.unbind(0)]),
    "split": lambda a, b: torch.cat(list(b.split(1)) + [a])[:2],
    "expand": lambda a, b: a.sum(0).expand(2, 2),
}
PROGRAMS = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0), st.integers(0)))


@given(PROGRAMS)
def test_a_node_has_a_greater_number_than_its_inputs(program):
    results = [torch.ones(2, 2, requires_grad=True)]
    for name, one, two in program[:30]:
        results.append(STEPS[name](results[one % len(results)], results[two % len(results)]))
    waiting = [each._node for each in results if each._node]
    while waiting:
        node = waiting.pop()
        below = [each for each in node.next if isinstance(each, Function)]
        assert all(each.number < node.number for each in below)
        waiting += below


@given(st.lists(st.integers(1, 10**6), unique=True))
def test_the_queue_gives_the_newest_first(numbers):
    queue = NewestFirst()
    for number in numbers:
        node = Function()
        node.number = number
        queue.push(node)
    assert [queue.pop().number for _ in numbers] == sorted(numbers, reverse=True)


# --- accumulation ---------------------------------------------------------------------------------
def test_gradients_accumulate_over_calls():
    x = torch.ones(2, requires_grad=True)
    for _ in range(3):
        (x * 2).sum().backward()
    assert x.grad.tolist() == [6, 6]


def test_two_leaves_never_share_a_gradient():
    a, b = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    (a + b).backward(torch.ones(2))
    a.grad.zero_()
    assert b.grad.tolist() == [1, 1]


def test_the_gradient_that_was_passed_in_is_not_written_to():
    x, v = torch.ones(2, requires_grad=True), torch.tensor([1.0, 2.0])
    (x * 1).backward(v)
    (x * 1).backward(v)
    assert v.tolist() == [1, 2] and x.grad.tolist() == [2, 4]


def test_grad_is_added_to_in_place_as_in_pytorch():
    """So that a part of a larger tensor can serve as `.grad`; the write is counted."""
    x, whole = torch.ones(2, requires_grad=True), torch.zeros(4)
    x.grad = whole[1:3]
    x.sum().backward()
    x.sum().backward()
    assert whole.tolist() == [0, 2, 2, 0] and whole._version == 2


def test_a_gradient_has_shape_and_dtype_of_its_leaf():
    x = torch.ones(3, dtype=torch.float16, requires_grad=True)
    y = torch.ones(2, 1, dtype=torch.float64, requires_grad=True)
    (x * y).sum().backward()
    assert (x.grad.shape, x.grad.dtype) == (x.shape, x.dtype)
    assert (y.grad.shape, y.grad.dtype) == (y.shape, y.dtype)


def test_backward_of_a_leaf_adds_its_own_start():
    x = torch.tensor(2.0, requires_grad=True)
    x.backward()
    x.backward(torch.tensor(3.0))
    assert x.grad.item() == 4


def test_retain_grad_keeps_the_gradient_of_a_tensor_in_the_middle():
    x = torch.ones(2, requires_grad=True)
    y = x * 2
    y.retain_grad()
    y.retain_grad()
    (y * y).sum().backward(retain_graph=True)
    (y * y).sum().backward()
    assert y.grad.tolist() == [8, 8] and x.grad.tolist() == [16, 16]


def test_a_tensor_that_nobody_holds_retains_nothing():
    x = torch.ones(2, requires_grad=True)
    y = x * 2
    y.retain_grad()
    z = y + 1
    del y
    z.sum().backward()
    assert x.grad.tolist() == [2, 2]


# --- mistakes -------------------------------------------------------------------------------------
class Wrong(Function):
    """An operation whose rule returns what `answer` says."""

    answer = None

    @staticmethod
    def forward(a, b):
        return a + b

    @staticmethod
    def backward(ctx, grad):
        return Wrong.answer(grad)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            lambda grad: (grad,),
            "WrongBackward0 returned an incorrect number of gradients (expected 2",
        ),
        (lambda grad: grad, "incorrect number of gradients (expected 2, got 1)"),
        (lambda grad: (grad, grad, grad), "incorrect number of gradients (expected 2, got 3)"),
        (lambda grad: (grad, grad[:1].repeat(5)), "invalid gradient"),
        (lambda grad: (grad[:1], None), "got [1] but expected shape compatible with [2]"),
    ],
)
def test_a_rule_with_wrong_gradients_is_told_so(monkeypatch, answer, words):
    monkeypatch.setattr(Wrong, "answer", answer)
    x = torch.ones(2, requires_grad=True)
    with pytest.raises(RuntimeError) as caught:
        Wrong.apply(x, x).backward(torch.ones(2))
    assert words in str(caught.value)


def test_a_rule_for_one_input_may_return_its_gradient_bare():
    class Twice(Function):
        forward = staticmethod(lambda a: a * 2)
        backward = staticmethod(lambda ctx, grad: grad * 2)

    x = torch.ones(1, requires_grad=True)
    Twice.apply(x).backward()
    assert x.grad.tolist() == [2]


@pytest.mark.parametrize(
    ("start", "kind", "words"),
    [
        (lambda x: torch.ones(2).backward(), RuntimeError, "element 0 of tensors does not require"),
        (lambda x: (x * 2).backward(), RuntimeError, "grad can be implicitly created only for"),
        (lambda x: (x * 2).backward(torch.ones(3)), RuntimeError, "Mismatch in shape: grad_output"),
        (lambda x: (x * 2).backward([1, 1]), TypeError, "gradients can be either Tensors or None"),
    ],
)
def test_a_bad_start_begins_with_pytorchs_words(start, kind, words):
    with pytest.raises(kind) as caught:
        start(torch.ones(2, requires_grad=True))
    assert str(caught.value).startswith(words)


def test_the_method_leaves_an_ordinary_pass_to_the_engine(monkeypatch):
    asked = []
    monkeypatch.setattr(engine, "backward", lambda *given: asked.append(given))
    out = torch.ones((), requires_grad=True) * 2
    out.backward(retain_graph=True)
    assert asked == [(out, None, True)]
