"""What a graph keeps alive, when it lets go, and how large it may be."""

import gc
import threading
import weakref

import pytest

import minigrad as torch


def diamond():
    """L = y * (y + x) with y = x * x, at x = 3: 4x³ + 3x² = 135."""
    x = torch.tensor(3.0, requires_grad=True)
    y = x * x
    return x, y * (y + x)


def chain(length):
    x = y = torch.ones(1, requires_grad=True)
    for _ in range(length):
        y = y + 1
    return x, y


# --- freeing --------------------------------------------------------------------------------------
def test_saved_values_are_freed_unless_retained():
    x, out = diamond()
    out.backward(retain_graph=True)
    out.backward()
    assert x.grad.item() == 270
    with pytest.raises(RuntimeError, match="Trying to backward through the graph a second time"):
        out.backward()
    assert x.grad.item() == 270


def test_saved_values_are_freed_as_the_pass_goes():
    x = torch.rand(10).requires_grad_()
    values, alive, y = [], [], x
    for _ in range(4):
        y = y.exp()
        values.append(weakref.ref(y.array))
        y.grad_fn.register_prehook(lambda grads: alive.append(sum(v() is not None for v in values)))
    out = y.sum()
    del y
    out.backward()
    assert alive == [4, 3, 2, 1]
    assert not any(each() is not None for each in values)


def test_what_a_node_saves_is_not_a_copy():
    x, w = torch.rand(10).requires_grad_(), torch.rand(10)
    product, power = x * w, x.exp()
    assert product.grad_fn._saved[1] is w
    assert power.grad_fn._saved[0].array is power.array


def test_a_graph_that_saved_nothing_can_be_used_again():
    x = torch.ones(2, requires_grad=True)
    out = (x + 1).sum()
    out.backward()
    out.backward()
    assert x.grad.tolist() == [2, 2]


PROGRAMS_WITHOUT_CYCLES = {
    "arithmetic": lambda x: ((x + 1) * x / (x + 2) - x) ** 2,
    "saved results": lambda x: (x.exp() + x.tanh() + x.sigmoid() + x.sqrt()).sum(),
    "views": lambda x: x.t().reshape(4)[1:3].unsqueeze(0),
    "pieces": lambda x: torch.stack(list(x.unbind(0))) + torch.cat(x.split(1)),
    "matmul": lambda x: x @ x,
    "reductions": lambda x: x.std() + x.norm() + x.prod() + x.max() + x.mean(0).sum(),
    "choices": lambda x: torch.where(x > 0, x, -x).clamp(0, 2) + x.relu(),
}


@pytest.mark.parametrize("name", PROGRAMS_WITHOUT_CYCLES)
def test_nothing_is_kept_alive_by_a_circle(name):
    """Freed at once, with Python's search for circles switched off."""
    gc.collect()
    gc.disable()
    try:
        x = torch.rand(2, 2).add_(0.5).requires_grad_()
        middle = x * 1
        middle.retain_grad()
        out = PROGRAMS_WITHOUT_CYCLES[name](middle)
        _ = out.grad_fn.next_functions, x.grad_fn
        out.backward(torch.ones_like(out), retain_graph=True)
        alive = [weakref.ref(each) for each in (x, middle, out, out._node, middle._node)]
        alive.append(weakref.ref(x.array))
        del x, middle, out, _
        assert [each() for each in alive] == [None] * len(alive)
    finally:
        gc.enable()


def test_an_error_on_the_way_back_leaves_grad_as_it_was():
    x = torch.ones(2, requires_grad=True)
    y = x * x
    out = (y * y).sum() + x.sum()
    x.detach().zero_()
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        out.backward()
    assert x.grad is None


# --- size -----------------------------------------------------------------------------------------
def test_a_chain_of_a_million_nodes_goes_forward_and_backward_and_is_freed():
    x, y = chain(1_000_000)
    y.backward()
    assert x.grad.item() == 1
    end = weakref.ref(y._node)
    del y
    assert end() is None


def test_a_long_chain_works_in_a_thread():
    done = []

    def work():
        x, y = chain(100_000)
        y.backward()
        del y
        done.append(x.grad.item())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]
