"""Every rule agrees with finite differences, and no graph outlives its tensors.

An input is nudged by a small step in both directions; the change of a weighted sum of the result is
compared with what `backward` says. In float64, away from kinks and ties.
"""

import gc
import weakref

import numpy as np
import pytest

import minigrad as torch

STEP = 1e-6
SHAPES = [(), (3,), (2, 3), (2, 1, 3), (0, 2)]
PAIRS = [
    ((), ()),
    ((2, 3), ()),
    ((), (2, 3)),
    ((2, 3), (2, 3)),
    ((2, 3), (3,)),
    ((2, 1), (1, 3)),
    ((3, 1, 2), (2, 1)),
    ((0, 3), (3,)),
]


def spaced(shape, start=0.3):
    """Numbers for a test: positive, no two alike, none near a kink of the functions below."""
    count = int(np.prod(shape))
    order = np.random.RandomState(count).permutation(count)
    return (start + 0.37 * order).reshape(shape)


def check(function, *arrays):
    """Compare the gradients of all inputs with central differences."""
    inputs = [torch.tensor(np.array(each), requires_grad=True) for each in arrays]
    result = function(*inputs)
    weight = np.cos(np.arange(result.numel())).reshape(result.shape)
    result.backward(torch.tensor(weight))
    for position, array in enumerate(arrays):
        slope = np.zeros_like(array)
        for place in np.ndindex(array.shape):
            outcomes = []
            for step in (STEP, -STEP):
                nudged = [np.array(each) for each in arrays]
                nudged[position][place] += step
                moved = function(*(torch.tensor(each) for each in nudged))
                outcomes.append((moved.numpy() * weight).sum())
            slope[place] = (outcomes[0] - outcomes[1]) / (2 * STEP)
        found = inputs[position].grad
        assert found.shape == array.shape and found.dtype is torch.float64
        np.testing.assert_allclose(found.numpy(), slope, rtol=1e-5, atol=1e-7)


UNARY = {
    "neg": lambda x: -x,
    "square": lambda x: x.square(),
    "cube": lambda x: x**3,
    "root": lambda x: x**0.5,
    "inverse square": lambda x: x**-2,
    "power 0": lambda x: x**0 + x,
    "2 ** x": lambda x: 2**x,
    "1 - x": lambda x: 1 - x,
    "1 / x": lambda x: 1 / x,
    "remainder": lambda x: x % 1.0,
    "exp": torch.exp,
    "log": torch.log,
    "sqrt": torch.sqrt,
    "sin": torch.sin,
    "cos": torch.cos,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": lambda x: (x - 0.5).relu(),
    "abs": lambda x: (x - 0.5).abs(),
    "clamp": lambda x: x.clamp(0.5, 1.2),
    "clone": torch.clone,
    "double": lambda x: x.to(torch.float64, copy=True),
    "where": lambda x: torch.where(x > 0.5, x * 2, x),
    "sum": torch.sum,
    "mean": lambda x: torch.mean(x) if x.numel() else x.sum(),
    "norm": lambda x: x.norm() if x.numel() else x.sum(),
    "norm 1": lambda x: (x - 0.5).norm(1),
    "norm 3": lambda x: (x - 0.5).norm(3) if x.numel() else x.sum(),
    "norm inf": lambda x: x.norm(float("inf")) if x.numel() else x.sum(),
    "prod": torch.prod,
    "var": lambda x: x.var(unbiased=False) if x.numel() else x.sum(),
    "std": lambda x: x.std() if x.numel() > 1 else x.sum(),
    "max": lambda x: x.max() if x.numel() else x.sum(),
    "min": lambda x: x.min() if x.numel() else x.sum(),
    "amax": lambda x: x.amax() if x.numel() else x.sum(),
    "reshape": lambda x: x.reshape(-1),
    "flatten": torch.flatten,
    "squeeze": torch.squeeze,
    "unsqueeze": lambda x: x.unsqueeze(0),
    "t": lambda x: x.t() if x.ndim < 3 else x.mT,
    "expand": lambda x: x.expand(2, *x.shape),
    "alias": lambda x: x[...],
    "None": lambda x: x[None] * 2,
    "mask": lambda x: x[x > 0.5],
    "stack": lambda x: torch.stack([x, x * 2, x]),
    "diamond": lambda x: x * 2 + x * x,
}


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("name", UNARY)
def test_gradient_of_one_input(name, shape):
    check(UNARY[name], spaced(shape))


BINARY = {
    "add": torch.add,
    "add with alpha": lambda a, b: torch.add(a, b, alpha=0.5),
    "sub": torch.sub,
    "rsub": torch.rsub,
    "mul": torch.mul,
    "div": torch.div,
    "pow": torch.pow,
    "remainder": lambda a, b: a % (b + 0.05),
    "maximum": lambda a, b: torch.maximum(a, b + 0.1),
    "minimum": lambda a, b: torch.minimum(a, b + 0.1),
    "where": lambda a, b: torch.where(a > b, a, b * 2),
}


@pytest.mark.parametrize("shapes", PAIRS, ids=str)
@pytest.mark.parametrize("name", BINARY)
def test_gradients_of_two_inputs_that_broadcast(name, shapes):
    first, second = shapes
    check(BINARY[name], spaced(first), spaced(second, 0.45))


REDUCTIONS = {
    "sum": torch.sum,
    "mean": torch.mean,
    "amax": torch.amax,
    "amin": torch.amin,
    "var": torch.var,
    "std": torch.std,
    "norm": lambda x, dim, keepdim: x.norm(2, dim, keepdim),
    "norm 1": lambda x, dim, keepdim: x.norm(1, dim, keepdim),
    "norm 3": lambda x, dim, keepdim: x.norm(3, dim, keepdim),
    "norm inf": lambda x, dim, keepdim: x.norm(float("inf"), dim, keepdim),
    "prod": torch.prod,
    "max": lambda x, dim, keepdim: x.max(dim, keepdim).values,
    "min": lambda x, dim, keepdim: x.min(dim, keepdim).values,
}


SINGLE = "prod", "max", "min"  # these reduce over one dimension at a time
DIMS = 0, 1, -1
OVER = [(name, dim) for name in REDUCTIONS for dim in DIMS]
OVER += [(name, (0, 2)) for name in REDUCTIONS if name not in SINGLE]


@pytest.mark.parametrize("keepdim", [False, True])
@pytest.mark.parametrize("name, dim", OVER)
def test_gradient_of_a_reduction_over_a_dimension(name, dim, keepdim):
    check(lambda x: REDUCTIONS[name](x, dim, keepdim), spaced((2, 3, 2)))


@pytest.mark.parametrize("zeros", [1, 2, 3])
def test_gradient_of_a_product_with_zeros(zeros):
    array = spaced((2, 3))
    array.flat[:zeros] = 0
    check(torch.prod, array)
    check(lambda x: x.prod(0), array)
    check(lambda x: x.prod(1, keepdim=True), array)


MOVES = {
    "reshape": lambda x: x.reshape(3, 4),
    "reshape of a transpose": lambda x: x.transpose(0, 2).reshape(4, 3),
    "view": lambda x: x.view(12),
    "transpose": lambda x: x.transpose(0, 2),
    "mT": lambda x: x.mT,
    "permute": lambda x: x.permute(2, 0, 1),
    "flip": lambda x: x.flip(0, 2),
    "flatten": lambda x: x.flatten(1),
    "expand": lambda x: x[:, :1].expand(-1, 4, -1),
    "contiguous": lambda x: x.mT.contiguous(),
    "cat": lambda x: torch.cat([x, x * 2], 1),
    "cat of parts": lambda x: torch.cat([x[:1], x], 0),
    "stack": lambda x: torch.stack([x, x * x], -1),
    "unbind": lambda x: x.unbind(1)[0] * x.unbind(1)[2],
    "iteration": lambda x: torch.stack([part * k for k, part in enumerate(x)]),
    "some of the outputs": lambda x: x.unbind(1)[1],
    "split": lambda x: torch.cat(x.split(2, 1)[::-1], 1),
    "split with sizes": lambda x: x.split([1, 2], 1)[1] * 2,
    "chunk": lambda x: x.chunk(2)[0] * x.chunk(2)[1],
    "select": lambda x: x[1],
    "slice": lambda x: x[:, ::2],
    "mixed": lambda x: x[0, 1:, None],
    "rows twice": lambda x: x[[0, 1, 1, 0]],
    "pairs": lambda x: x[[0, 1, 0], [2, 0, 2]],
    "int and array": lambda x: x[1, :, [0, 1, 1]],
    "mask": lambda x: x[x > 1],
    "nothing": lambda x: x[x > 100],
}


@pytest.mark.parametrize("name", MOVES)
def test_gradient_of_numbers_that_move(name):
    check(MOVES[name], spaced((2, 3, 2)))


PRODUCTS = [
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (3, 2)),
    ((2, 3), (3, 4)),
    ((4, 2, 3), (4, 3, 2)),
    ((4, 2, 3), (3, 2)),
    ((2, 3), (4, 3, 2)),
    ((4, 2, 3), (3,)),
    ((3,), (4, 3, 2)),
    ((5, 1, 2, 3), (4, 3, 2)),
    ((0, 3), (3, 2)),
    ((2, 0), (0, 2)),
]


@pytest.mark.parametrize("shapes", PRODUCTS, ids=str)
def test_gradients_of_a_matrix_product(shapes):
    first, second = shapes
    check(torch.matmul, spaced(first), spaced(second))


def test_the_gradient_of_a_converted_tensor_has_the_dtype_of_the_original():
    x = torch.ones(3, requires_grad=True)
    (x.double() * torch.arange(3.0).double()).sum().backward()
    assert x.grad.dtype is torch.float32 and x.grad.tolist() == [0, 1, 2]


@pytest.mark.parametrize("name", [*UNARY, *MOVES])
def test_a_graph_is_freed_without_the_garbage_collector(name):
    function = UNARY.get(name) or MOVES[name]
    x = torch.tensor(spaced((2, 3, 2)), requires_grad=True)
    gc.disable()
    try:
        result = function(x)
        dead = weakref.ref(result.grad_fn), weakref.ref(result)
        del result
        assert [each() for each in dead] == [None, None]
        result = function(x)
        result.sum().backward()
        dead = weakref.ref(result.grad_fn), weakref.ref(result)
        del result
        assert [each() for each in dead] == [None, None]
    finally:
        gc.enable()


def test_the_pieces_of_a_tensor_take_linear_time():
    x = torch.arange(20000.0, requires_grad=True)
    total = 0
    for each in x:
        total = total + each
    total.backward()
    assert bool((x.grad == 1).all())


def test_a_saved_result_that_was_overwritten_is_noticed():
    for function in (torch.exp, torch.sqrt, torch.tanh, torch.sigmoid, torch.relu):
        x = torch.ones(2, requires_grad=True)
        y = function(x)
        y.detach().add_(1)
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            y.sum().backward()


def test_a_write_through_a_view_is_noticed():
    weight = torch.ones(2, 3)
    x = torch.ones(2, 3, requires_grad=True)
    y = x * weight
    weight.t()[0].view(-1).zero_()
    with pytest.raises(RuntimeError, match="is at version 1; expected version 0"):
        y.sum().backward()


def test_floor_division_has_no_derivative():
    x = torch.ones(2, requires_grad=True)
    assert "grad_fn=<NotImplemented>" in repr(x // 2)
    with pytest.raises(RuntimeError, match="derivative for aten::floor_divide is not implemented"):
        (x // 2).sum().backward()
