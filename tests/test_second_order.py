"""Every rule can be differentiated: gradcheck and gradgradcheck over all operations.

The inputs are those of test_gradients.py: float64, away from kinks and ties.
"""

import numpy as np
import pytest
from test_gradients import BINARY, MOVES, OVER, PAIRS, PRODUCTS, REDUCTIONS, SHAPES, UNARY, spaced

import minigrad as torch
from minigrad.autograd import gradcheck, gradgradcheck


def both_orders(function, *arrays):
    inputs = [torch.tensor(np.array(each), requires_grad=True) for each in arrays]
    assert gradcheck(function, inputs) and gradcheck(function, inputs, fast_mode=True)
    assert gradgradcheck(function, inputs)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("name", UNARY)
def test_one_input(name, shape):
    both_orders(UNARY[name], spaced(shape))


@pytest.mark.parametrize("shapes", PAIRS, ids=str)
@pytest.mark.parametrize("name", BINARY)
def test_two_inputs_that_broadcast(name, shapes):
    both_orders(BINARY[name], spaced(shapes[0]), spaced(shapes[1], 0.5))


@pytest.mark.parametrize("keepdim", [False, True])
@pytest.mark.parametrize(("name", "dim"), OVER)
def test_a_reduction_over_a_dimension(name, dim, keepdim):
    both_orders(lambda x: REDUCTIONS[name](x, dim, keepdim), spaced((2, 3, 2)))


@pytest.mark.parametrize("zeros", [1, 2, 3])
@pytest.mark.parametrize("dim", [None, 0, 1])
def test_a_product_with_zeros(zeros, dim):
    array = spaced((2, 3))
    array.flat[:zeros] = 0
    both_orders(lambda x: x.prod() if dim is None else x.prod(dim), array)


@pytest.mark.parametrize("name", MOVES)
def test_numbers_that_move(name):
    both_orders(MOVES[name], spaced((2, 3, 2)))


@pytest.mark.parametrize("shapes", PRODUCTS, ids=str)
def test_a_matrix_product(shapes):
    both_orders(torch.matmul, spaced(shapes[0]), spaced(shapes[1]))


MASK = torch.tensor([[True, False, True], [False, False, True]])
COLUMNS = torch.tensor([0, 1, 0])

# What is done to `y`, a tensor with a history, equal to the 2×3 input `x`.
WRITES = {
    "add_": lambda x, y: y.add_(x * x),
    "mul_": lambda x, y: y.mul_(x),
    "div_": lambda x, y: y.div_(x + 1),
    "pow_": lambda x, y: y.pow_(3),
    "exp_": lambda x, y: y.exp_(),
    "sin_": lambda x, y: y.sin_(),
    "sqrt_": lambda x, y: y.sqrt_(),
    "tanh_": lambda x, y: y.tanh_(),
    "sigmoid_": lambda x, y: y.sigmoid_(),
    "relu_": lambda x, y: y.relu_(),
    "clamp_": lambda x, y: y.clamp_(0.5, 1),
    "t_": lambda x, y: y.t_().t_(),
    "a row times another": lambda x, y: y[0].mul_(x[1]),
    "a column of exp": lambda x, y: y[:, 1].exp_(),
    "a row of the transpose": lambda x, y: y.t()[1].mul_(x[:, 0]),
    "a row of zeros": lambda x, y: y[0].zero_(),
    "a row filled": lambda x, y: y[0].fill_(x[0, 0] * x[1, 1]),
    "a row copied": lambda x, y: y[0].copy_(x[1] ** 2),
    "a row assigned": lambda x, y: y.__setitem__(0, x[1] * x[0]),
    "a mask assigned": lambda x, y: y.__setitem__(MASK, (x[0] * x[1])),
    "columns assigned": lambda x, y: y.__setitem__((slice(None), [0, 2]), x[:, :2] ** 2),
    "masked_fill_": lambda x, y: y.masked_fill_(MASK, x[0, 0] * x[1, 0]),
    "masked_fill_ with a number": lambda x, y: y.masked_fill_(MASK, 2.0),
    "index_add_": lambda x, y: y.index_add_(1, COLUMNS, x**2),
    "index_copy_": lambda x, y: y.index_copy_(1, COLUMNS[:2], x[:, :2] ** 2),
    "index_fill_": lambda x, y: y.index_fill_(1, COLUMNS[:2], 3.0),
    "index_put_": lambda x, y: y.index_put_((COLUMNS[:2], COLUMNS[:2]), x[:, 0], accumulate=True),
    "a write to the base of a view": lambda x, y: (y[0], y.mul_(x)),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_write_in_place(name):
    def function(x):
        y = x * 1
        WRITES[name](x, y)
        return y * x

    both_orders(function, spaced((2, 3)))


def test_a_write_to_the_base_reaches_a_view():
    def function(x):
        y = x * 1
        row = y[0]
        y.mul_(x)
        return row * row

    both_orders(function, spaced((2, 3)))


def test_places_of_memory_that_are_seen_twice():
    both_orders(lambda x: (x * x).as_strided((2, 2), (0, 1), 1) * x[:, :2], spaced((2, 3)))
