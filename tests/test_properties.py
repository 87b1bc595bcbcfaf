"""What holds for all shapes, dtypes and indices: tried out on many by hypothesis."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import minigrad as torch
from minigrad.dtypes import DTYPES, promote

SHAPES = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
PAIRS = hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, min_side=0, max_side=3)
FLOATS = st.sampled_from([torch.float32, torch.float64])


def counting(shape, dtype=torch.float64):
    """A tensor of the numbers 1, 2, 3, ..."""
    return torch.arange(1, np.prod(shape, dtype=int) + 1).to(dtype).reshape(shape)


@given(PAIRS, FLOATS, FLOATS, st.sampled_from([torch.add, torch.sub, torch.mul, torch.div]))
def test_a_gradient_has_the_shape_and_the_dtype_of_its_input(pair, one, two, operation):
    first, second = pair.input_shapes
    a = counting(first, one).requires_grad_()
    b = counting(second, two).requires_grad_()
    result = operation(a, b)
    assert result.shape == pair.result_shape
    result.sum().backward()
    assert (a.grad.shape, a.grad.dtype) == (a.shape, a.dtype)
    assert (b.grad.shape, b.grad.dtype) == (b.shape, b.dtype)


@given(PAIRS)
def test_the_gradient_of_a_broadcast_sum_counts_the_copies(pair):
    first, second = pair.input_shapes
    a, b = (counting(shape).requires_grad_() for shape in (first, second))
    (a + b).sum().backward()
    for each in (a, b):
        copies = np.prod(pair.result_shape) / max(each.numel(), 1)
        assert bool((each.grad == copies).all())


@given(st.sampled_from(DTYPES), st.sampled_from(DTYPES), st.integers(0, 1), st.integers(0, 1))
def test_promotion_does_not_depend_on_the_order(one, two, m, n):
    a, b = np.ones((2,) * m, one.numpy), np.ones((2,) * n, two.numpy)
    assert promote(a, b) == promote(b, a)


@given(SHAPES, st.data())
def test_reshape_there_and_back_is_the_identity_for_values_and_gradients(shape, data):
    x = counting(shape).requires_grad_()
    sides = [n for n in range(1, 5) if x.numel() % n == 0 and x.numel()]
    other = (data.draw(st.sampled_from(sides)), -1) if sides else shape
    y = x.reshape(other).reshape(shape)
    assert torch.equal(x, y)
    (y * counting(shape)).sum().backward()
    assert torch.equal(x.grad, counting(shape))


@given(SHAPES, st.randoms(use_true_random=False))
def test_permute_and_its_inverse_is_the_identity_for_values_and_gradients(shape, random):
    dims = list(range(len(shape)))
    random.shuffle(dims)
    x = counting(shape).requires_grad_()
    moved = x.permute(dims)
    assert np.array_equal(moved.detach().numpy(), x.detach().numpy().transpose(dims))
    y = moved.permute([dims.index(dim) for dim in range(len(shape))])
    assert torch.equal(x, y)
    (y * counting(shape)).sum().backward()
    assert torch.equal(x.grad, counting(shape))


def tracked_and_places(shape):
    """A tensor, and the numbers of its elements, which tell where an element came from."""
    places = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    return torch.tensor(places.astype(float), requires_grad=True), places


def check_index(x, places, index, chosen):
    """`x[index]` is `chosen`, and its gradient goes back to where the elements came from."""
    part = x[index]
    assert np.array_equal(part.detach().numpy(), chosen)
    weight = counting(part.shape)
    part.backward(weight)
    expected = np.zeros(places.size)
    np.add.at(expected, chosen.astype(int).ravel(), weight.numpy().ravel())
    assert np.array_equal(x.grad.numpy(), expected.reshape(places.shape))


@given(hnp.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=4), st.data())
def test_a_basic_index_is_numpys_a_view_and_scatters_its_gradient_back(shape, data):
    x, places = tracked_and_places(shape)
    index = data.draw(hnp.basic_indices(shape, allow_newaxis=True))
    parts = index if isinstance(index, tuple) else (index,)
    if any(isinstance(part, slice) and (part.step or 1) < 0 for part in parts):
        with pytest.raises(ValueError, match="step must be greater than zero"):
            x[index]
        return
    check_index(x, places, index, np.asarray(places[index]))
    assert np.shares_memory(x[index].detach().numpy(), x.detach().numpy()) or not places[index].size


@given(hnp.array_shapes(min_dims=2, max_dims=4, min_side=1, max_side=4), st.data())
def test_an_index_of_arrays_is_numpys_and_adds_up_the_gradients(shape, data):
    x, places = tracked_and_places(shape)
    index = data.draw(hnp.integer_array_indices(shape[:-1]))
    tensors = tuple(torch.tensor(each) for each in index)
    check_index(x, places, tensors, places[index])
    x.grad = None
    check_index(x, places, (*tensors, 0), places[..., 0][index])


@given(hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4), st.data())
def test_a_mask_is_numpys(shape, data):
    x, places = tracked_and_places(shape)
    mask = data.draw(hnp.arrays(bool, shape[: data.draw(st.integers(1, len(shape)))]))
    check_index(x, places, torch.tensor(mask), places[mask])


@given(hnp.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=4), st.data())
def test_writing_to_an_index_is_numpys(shape, data):
    x, array = counting(shape), counting(shape).numpy().copy()
    index = data.draw(st.one_of(hnp.basic_indices(shape), hnp.integer_array_indices(shape)))
    parts = index if isinstance(index, tuple) else (index,)
    if any(isinstance(part, slice) and (part.step or 1) < 0 for part in parts):
        return
    x[index] = -7
    array[index] = -7
    assert np.array_equal(x.numpy(), array) and x._version == 1


VIEWS = {
    "reshape": lambda x: x.reshape(-1),
    "view": lambda x: x.view(3, 2, 2),
    "transpose": lambda x: x.transpose(0, 1),
    "permute": lambda x: x.permute(2, 1, 0),
    "squeeze": lambda x: x[:, :1].squeeze(1),
    "unsqueeze": lambda x: x.unsqueeze(1),
    "flatten": lambda x: x.flatten(1),
    "expand": lambda x: x.expand(2, 2, 3, 2),
    "select": lambda x: x[0],
    "slice": lambda x: x[:, 1:],
    "element": lambda x: x[0, 0, 0],
    "mixed": lambda x: x[0, None, ..., ::2],
    "alias": lambda x: x[...],
    "T of a part": lambda x: x[0].T,
    "mT": lambda x: x.mT,
    "unbind": lambda x: x.unbind()[0],
    "iteration": lambda x: next(iter(x)),
    "split": lambda x: x.split(1)[0],
    "detach": lambda x: x.detach(),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_shares_memory_and_version(name):
    x = torch.zeros(2, 3, 2)
    y = VIEWS[name](x)
    x.fill_(3)
    assert bool((y == 3).all()) and y._version == x._version == 1
    y.fill_(5)
    assert bool((x == 5).any()) and y._version == x._version == 2


COPIES = {
    "clone": lambda x: x.clone(),
    "add": lambda x: x + 0,
    "reshape of a transpose": lambda x: x.transpose(0, 2).reshape(-1),
    "list": lambda x: x[[0, 1]],
    "mask": lambda x: x[x == 0],
    "to": lambda x: x.to(torch.float32, copy=True),
    "cat": lambda x: torch.cat([x]),
    "clamp": lambda x: x.clamp(min=-1),
    "flip": lambda x: x.flip(0),
    "max": lambda x: x.max(0).values,
    "contiguous": lambda x: x.mT.contiguous(),
    "tensor": lambda x: torch.tensor(x),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_shares_nothing(name):
    x = torch.zeros(2, 3, 2)
    y = COPIES[name](x)
    y.fill_(5)
    assert bool((x == 0).all()) and x._version == 0 and y._version == 1
    assert y.numpy().flags.writeable


@pytest.mark.parametrize(
    "make",
    [
        lambda x: x.sum(),
        lambda x: x[0, 0] * 2,
        lambda x: x.norm(),
        lambda x: x.max(),
        lambda x: x.mean().exp(),
        lambda x: x.max(0).values[0],
        lambda x: x[0] @ x[0],
    ],
)
def test_a_single_number_can_be_written_to_and_viewed(make):
    out = make(torch.ones(2, 2))
    view = out.view(1)
    out.data *= 2
    assert view.item() == out.item()
    out.numpy()[...] = 7
    assert view[0].item() == out.item() == 7


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=20), st.integers(0, 3))
def test_statistics_agree_with_numpy(values, correction):
    x, array = torch.tensor(values, dtype=torch.float64), np.array(values)
    assert x.sum().item() == pytest.approx(array.sum(), rel=1e-9, abs=1e-6)
    assert x.norm().item() == pytest.approx(np.linalg.norm(array), rel=1e-9)
    assert (x.max().item(), x.argmin().item()) == (array.max(), array.argmin())
    if len(values) > correction:
        spread = x.var(correction=correction).item()
        assert spread == pytest.approx(array.var(ddof=correction), rel=1e-6, abs=1e-6)


@given(st.integers(0, 2**32 - 1))
def test_the_same_seed_gives_the_same_numbers(seed):
    def draw():
        torch.manual_seed(seed)
        numbers = [torch.rand(3), torch.randn(2, 2), torch.randint(10, (4,)), torch.randperm(5)]
        return [each.tolist() for each in numbers]

    first = draw()
    assert first == draw()
    assert all(0 <= each < 1 for each in first[0]) and sorted(first[3]) == list(range(5))


def test_random_numbers_are_the_frozen_streams():
    torch.manual_seed(0)
    assert torch.randn(3).tolist() == pytest.approx([1.7640524, 0.4001572, 0.9787380])
    assert torch.randint(10, (5,)).tolist() == [9, 3, 5, 2, 4]


@pytest.mark.parametrize(
    ("expression", "gradients"),
    [  # recorded from PyTorch 2.13
        ("torch.maximum(a, b)", (1, 1)),
        ("torch.minimum(b, a)", (1, 1)),
        ("b ** a", (math.nan, math.nan)),
        ("(b * 0) ** a", (math.nan, math.nan)),
    ],
)
def test_nan_is_not_hidden_by_a_gradient_of_zero(expression, gradients):
    a = torch.tensor(math.nan, requires_grad=True)
    b = torch.tensor(2.0, requires_grad=True)
    eval(expression, {"torch": torch, "a": a, "b": b}).backward()
    np.testing.assert_equal([a.grad.item(), b.grad.item()], gradients)
