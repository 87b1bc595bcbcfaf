"""What shares memory and what is a copy, as in PyTorch; and writes through the views that do."""

import re

import numpy as np
import pytest
from test_gradients import spaced
from test_second_order import both_orders

import minigrad as torch

VIEWS = {
    "movedim": lambda x: x.movedim(0, -1),
    "H": lambda x: x.H,
    "mH": lambda x: x.mH,
    "adjoint": lambda x: x.adjoint(),
    "swapaxes": lambda x: torch.swapaxes(x, 0, 1),
    "ravel": lambda x: x.ravel(),
    "reshape_as": lambda x: x.reshape_as(torch.ones(3, 2)),
    "broadcast_to": lambda x: torch.broadcast_to(x, (2, 2, 3)),
    "broadcast_tensors": lambda x: torch.broadcast_tensors(x, torch.ones(2, 1, 1))[0],
    "meshgrid": lambda x: torch.meshgrid(x[0], x[1], indexing="ij")[0],
    "diagonal": lambda x: x.diagonal(),
    "diagonal above": lambda x: x.diagonal(1),
    "diagonal below": lambda x: x.diagonal(-1),
    "unfold": lambda x: x.unfold(1, 2, 1),
    "narrow": lambda x: x.narrow(1, 1, 2),
    "select": lambda x: x.select(1, 1),
    "tensor_split": lambda x: x.tensor_split(2, 1)[1],
    "hsplit": lambda x: x.hsplit(3)[2],
    "vsplit": lambda x: x.vsplit(2)[1],
    "split_with_sizes": lambda x: x.split_with_sizes([1, 2], 1)[1],
    "atleast_3d": lambda x: torch.atleast_3d(x),
    "unflatten": lambda x: x.unflatten(1, (3, 1)),
    "view_as": lambda x: x.view_as(torch.ones(6)),
    "einsum of one operand": lambda x: torch.einsum("ij->ji", x),
}
COPIES = {
    "roll": lambda x: x.roll(1),
    "rot90": lambda x: x.rot90(),
    "fliplr": lambda x: x.fliplr(),
    "repeat": lambda x: x.repeat(1, 1),
    "tile": lambda x: x.tile(1),
    "tril": lambda x: x.tril(),
    "diag": lambda x: x.diag(),
    "gather": lambda x: x.gather(1, torch.zeros(2, 1, dtype=torch.int64)),
    "index_select": lambda x: x.index_select(0, torch.tensor([0, 1])),
    "take": lambda x: x.take(torch.tensor([0])),
    "masked_select": lambda x: x.masked_select(x > -100),
    "sort": lambda x: x.sort().values,
    "hstack": lambda x: torch.hstack([x]),
    "scatter": lambda x: x.scatter(0, torch.zeros(1, 3, dtype=torch.int64), 1.0),
    "unfold of a tensor taken apart": lambda x: x.unfold(1, 2, 1).contiguous(),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_shows_what_is_written_to_its_base(name):
    x = torch.arange(6.0).reshape(2, 3).clone()
    view = VIEWS[name](x)
    assert view._is_view() and np.shares_memory(view.numpy(), x.numpy())
    x.mul_(10)
    assert view._version == x._version == 1
    assert view.tolist() == VIEWS[name](x).tolist()


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_has_memory_of_its_own(name):
    x = torch.arange(6.0).reshape(2, 3).clone()
    copy = COPIES[name](x)
    assert not copy._is_view() and not np.shares_memory(copy.numpy(), x.numpy())
    copy.add_(1)
    assert x._version == 0 and x.tolist() == [[0, 1, 2], [3, 4, 5]]


PLACES = torch.tensor([[0, 1, 1]])
MASK = torch.tensor([[True, False, True], [False, False, True]])

# What is done to `y`, a tensor with a history, equal to the 2×3 input `x`.
WRITES = {
    "a diagonal times another": lambda x, y: y.diagonal().mul_(x.diagonal(1)),
    "a diagonal filled": lambda x, y: y.diagonal(1).fill_(x[0, 0] * x[1, 1]),
    "a diagonal of zeros": lambda x, y: y.diagonal().zero_(),
    "windows side by side": lambda x, y: y.unfold(1, 1, 2).exp_(),
    "moved dimensions": lambda x, y: y.movedim(0, 1)[1].mul_(x[:, 0]),
    "one of two parts": lambda x, y: y.tensor_split(2, 1)[0].mul_(x[:, :2]),
    "columns of the transpose": lambda x, y: y.H[1:].narrow(1, 0, 1).sin_(),
    "ravel": lambda x, y: y.ravel()[::2].mul_(x.ravel()[1::2]),
    "tril_": lambda x, y: y.tril_(),
    "triu_ of a view": lambda x, y: y[:, 1:].triu_(),
    "scatter_": lambda x, y: y.scatter_(0, PLACES, x[1:] ** 2),
    "scatter_ a number": lambda x, y: y.scatter_(0, PLACES, 3.0),
    "scatter_add_": lambda x, y: y.scatter_add_(0, PLACES, x[1:] ** 2),
    "scatter_reduce_": lambda x, y: y.scatter_reduce_(0, PLACES, x[1:] ** 2, "mean"),
    "scatter_ into a view": lambda x, y: y.t().scatter_(1, PLACES.t(), x[:1].t() ** 2),
    "masked_scatter_": lambda x, y: y.masked_scatter_(MASK, x**2),
    "put_": lambda x, y: y.put_(torch.tensor([1, -1]), x[:, 0] ** 2),
    "put_ accumulating": lambda x, y: y.put_(torch.tensor([1, 1]), x[:, 0] ** 2, True),
    "addmm_": lambda x, y: y.addmm_(x[:, :2], x, beta=0.5, alpha=2),
    "addr_": lambda x, y: y.addr_(x[:, 0], x[1]),
    "addmv_ to a column": lambda x, y: y[:, 0].addmv_(x, x[0]),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_write_has_first_and_second_derivatives(name):
    def function(x):
        y = x * 1
        WRITES[name](x, y)
        return y * x

    both_orders(function, spaced((2, 3)))


@pytest.mark.parametrize(
    "view", [lambda y: y.diagonal(), lambda y: y.unfold(1, 1, 2), lambda y: y.movedim(0, 1)]
)
def test_a_write_to_a_view_gives_its_base_a_history(view):
    y = torch.ones(2, 3, requires_grad=True) * 1
    part = view(y)
    part.mul_(2)
    assert y.grad_fn.name() == "CopySlices"
    assert part.grad_fn.name() == "AsStridedBackward0"


@pytest.mark.parametrize("name", ["diagonal", "movedim", "narrow"])
def test_a_view_of_a_leaf_cannot_be_written_to(name):
    x = torch.ones(2, 3, requires_grad=True)
    with pytest.raises(RuntimeError, match="a view of a leaf Variable that requires grad"):
        VIEWS[name](x).mul_(2)


def test_a_saved_tensor_written_to_through_a_diagonal_is_noticed():
    weight = torch.ones(2, 2)
    x = torch.ones(2, 2, requires_grad=True)
    y = (x * weight).sum()
    weight.diagonal().zero_()
    with pytest.raises(RuntimeError, match="is at version 1; expected version 0"):
        y.backward()


def test_the_second_index_named_twice_gets_both_gradients():
    x = torch.ones(3, requires_grad=True)
    x.gather(0, torch.tensor([0, 0, 2, 0])).sum().backward()
    assert x.grad.tolist() == [3, 0, 1]


# --- the same bytes as another dtype --------------------------------------------------------------
NUMBERS = [[1.0, 2.0], [3.0, -4.0]]


@pytest.mark.parametrize(
    ("dtype", "numbers"),
    [
        (torch.int32, [[1065353216, 1073741824], [1077936128, -1065353216]]),
        (torch.int64, [[4611686019492741120], [-4575657220330487808]]),
        (int, [[4611686019492741120], [-4575657220330487808]]),
        (torch.int16, [[0, 16256, 0, 16384], [0, 16448, 0, -16256]]),
        (torch.float32, NUMBERS),
    ],
)
def test_a_view_with_a_dtype_reads_the_bytes_anew(dtype, numbers):
    x = torch.tensor(NUMBERS, requires_grad=True)
    for seen in ((x * 1).view(dtype), x.view(dtype=dtype)):
        assert seen.tolist() == numbers
        assert not seen.requires_grad and seen.grad_fn is None and not seen._is_view()


def test_a_view_with_a_dtype_shares_memory_and_version():
    x = torch.ones(2)
    x.view(torch.int32)[0] = 0
    assert x.tolist() == [0, 1] and x._version == 1


@pytest.mark.parametrize(
    ("make", "dtype", "words"),
    [
        (lambda: torch.tensor(1.0), torch.int64, "self.dim() cannot be 0 to view Float as Long"),
        (lambda: torch.ones(2, 2).t(), torch.int16, "self.stride(-1) must be 1 to view Float as"),
        (lambda: torch.ones(3), torch.int64, "self.size(-1) must be divisible by 2 to view Float"),
        (lambda: torch.ones(7)[1:3], torch.int64, "self.storage_offset() must be divisible by 2"),
        (lambda: torch.ones(3, 3)[:, :2], torch.int64, "self.stride(0) must be divisible by 2 to"),
    ],
)
def test_bytes_that_do_not_fit_another_dtype_are_refused(make, dtype, words):
    with pytest.raises(RuntimeError, match=re.escape(words)):
        make().view(dtype)


def test_a_view_takes_a_shape_or_a_dtype():
    with pytest.raises(TypeError, match=r"view\(\) received an invalid combination of arguments"):
        torch.ones(2).view(2, dtype=torch.int32)
    with pytest.raises(TypeError, match="view"):
        torch.ones(2).view("a")
