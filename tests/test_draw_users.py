"""What users bring along: hooks, checkpoints, retained gradients, odd blocks, odd names."""

# ruff: noqa: RUF059 - pictures take their names from variables

import threading
import xml.etree.ElementTree as ET

import pytest
from graphs import fresh_diamond

import minigrad as torch
from minigrad import draw
from minigrad.function import Observers
from minigrad.nn.module import Module
from minigrad.utils.checkpoint import checkpoint


class Stops(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 1

    @staticmethod
    def backward(ctx, grad):
        return None


@pytest.mark.parametrize("reentrant", [True, False])
def test_checkpoints_can_be_drawn(reentrant):
    x = torch.tensor(3.0, requires_grad=True)
    y = checkpoint(lambda x: x * x, x, use_reentrant=reentrant)
    assert "y = " in str(draw.graph(y)) and draw.backward_graph(y).svg


def test_what_hooks_have_packed_is_not_unpacked():
    with torch.autograd.graph.saved_tensors_hooks(lambda t: ("box", t), lambda box: box[1]):
        x = torch.tensor(3.0, requires_grad=True)
        y = x * x
    assert "saved self = packed by a hook" in str(draw.backward_graph(y))
    assert "x.grad += 6" in str(draw.backward(y))


def test_where_a_rule_gives_nothing_nothing_arrives():
    x = torch.tensor(3.0, requires_grad=True)
    words = str(draw.backward(Stops.apply(x) * 2))
    assert "x.grad" not in words and "stops(x) runs" in words


def test_hooks_are_told_of_and_no_formula_is_claimed():
    x = torch.tensor(2.0, requires_grad=True)
    h = x * x
    h.register_hook(lambda grad: grad * 10)
    x.register_hook(lambda grad: grad + 1)
    words = str(draw.backward(h * 3))
    assert "To x: 60" in words and "g × x" not in words
    assert "Hooks see what arrives first, and may change it" in words.replace("The rule: h", "H")
    assert "Hooks of this leaf see it first; they are not called here." in words


def test_retained_gradients_are_put_back():
    x = torch.tensor(2.0, requires_grad=True)
    h = x * x
    h.retain_grad()
    out = h * h
    draw.backward(out, order="oldest first")
    draw.jacobian(out, x)
    assert h.grad is None and x.grad is None


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda s, v: s * v, "To s: the sum of (g × v) = the sum of ([1 1 1] × [1 2 3]) = 6."),
        (lambda s, v: v + s, "To s: the sum of (g) = 3."),
        (lambda s, v: v - s, "To s: the sum of (−g) = -3."),
    ],
)
def test_broadcasting_is_reversed_in_words_too(make, line):
    with draw.record():
        s = torch.tensor(2.0, requires_grad=True)
        v = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
        out = make(s, v)
    assert line in str(draw.backward(out, torch.ones(3)))


def test_an_error_of_whoever_chooses_is_theirs():
    x, y, z, L = fresh_diamond()
    with pytest.raises(ZeroDivisionError):
        draw.backward(L, order=lambda ready: 1 / 0)
    with pytest.raises(ValueError, match="has to pick one of the nodes that are ready"):
        draw.backward(L, order=lambda ready: None)
    other = torch.ones(1, requires_grad=True) * 2
    with pytest.raises(ValueError, match="which is not in this graph"):
        draw.backward(L, order=[other])


# --- blocks ---------------------------------------------------------------------------------------
def test_blocks_leave_nothing_behind_in_whatever_order_they_end():
    call, run = Module.__call__, torch.engine.run
    a, b = draw.record(), draw.record()
    with a, a:
        assert Observers.current is a
    a.__enter__()
    b.__enter__()
    a.__exit__(None, None, None)
    x = torch.ones(1, requires_grad=True)
    y = x * 5
    b.__exit__(None, None, None)
    assert Observers.current is None
    assert Module.__call__ is call and torch.engine.run is run
    assert "y = x × 5" in str(draw.graph(y))


def test_blocks_in_threads_leave_nothing_behind():
    def work():
        for _ in range(50):
            with draw.record():
                torch.ones(1, requires_grad=True) * 2

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert Observers.current is None


# --- names ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["a\x07b", "\x1b", "\x00b", "\ufffe", "\ud800", "]]>", "\\N", "a\\", "👩\u200d💻"]
)
def test_letters_that_cannot_be_drawn_are_replaced(name):
    x = torch.ones(2, requires_grad=True).named(name)
    y = x * 2
    for picture in (draw.graph(y), draw.backward_graph(y), draw.backward(y.sum())):
        ET.fromstring(picture.svg)
        picture.html().encode()
    assert ">n0" not in draw.graph(y).svg
