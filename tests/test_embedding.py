"""Rows of a table beyond the recorded cases: every size, what is shared, what is saved."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minigrad as torch
from minigrad import nn
from minigrad.autograd import gradcheck
from minigrad.nn import functional as F
from minigrad.ops.embedding import EmbeddingDenseBackward


@given(
    count=st.integers(1, 40),
    width=st.integers(1, 5),
    number=st.integers(0, 60),
    dtype=st.sampled_from(("float16", "float32", "float64")),
    seed=st.integers(0, 1000),
)
def test_a_row_gets_the_sum_of_what_was_looked_up(count, width, number, dtype, seed):
    random = np.random.RandomState(seed)
    indices = random.randint(0, count, number)
    weight = torch.zeros(count, width, dtype=getattr(torch, dtype), requires_grad=True)
    grad = random.randint(-3, 4, (number, width)).astype(dtype)  # whose sums are exact
    F.embedding(torch.tensor(indices), weight).backward(torch.tensor(grad))
    wanted = np.zeros((count, width), dtype)
    for index, row in zip(indices, grad):
        wanted[index] += row
    np.testing.assert_array_equal(weight.grad.numpy(), wanted)


def test_a_gradient_that_lies_otherwise_in_memory():
    weight = torch.zeros(4, 2, requires_grad=True)
    rows = F.embedding(torch.tensor([[1, 1, 2]]), weight)
    rows.transpose(1, 2).backward(torch.tensor([[[1.0, 2, 4], [8, 16, 32]]]))
    assert weight.grad.tolist() == [[0, 0], [3, 24], [4, 32], [0, 0]]


@pytest.mark.parametrize("options", [{"padding_idx": 1}, {"scale_grad_by_freq": True}])
def test_the_way_back_is_a_function_with_a_derivative(options):
    indices = torch.tensor([[0, 1, 1], [4, 1, 0]]).array
    how = {"padding_idx": None, "scale_grad_by_freq": False, **options}
    how |= {"indices": indices, "count": 5}
    rows = torch.randn(2, 3, 4, dtype=torch.float64, requires_grad=True)
    assert gradcheck(lambda rows: EmbeddingDenseBackward.apply(rows, **how), (rows,))


def test_infinite_gradients_do_not_reach_the_padding():
    weight = torch.ones(3, 2, requires_grad=True)
    rows = F.embedding(torch.tensor([1, 2]), weight, padding_idx=1)
    rows.backward(torch.full((2, 2), float("inf")))
    assert weight.grad.tolist() == [[0, 0], [0, 0], [float("inf")] * 2]


def test_indices_overwritten_before_the_backward_pass_are_noticed():
    indices, weight = torch.tensor([0, 1]), torch.ones(3, 2, requires_grad=True)
    rows = F.embedding(indices, weight)
    indices[0] = 2
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        rows.sum().backward()


def test_max_norm_shortens_the_rows_in_place_and_counts_the_write():
    weight = torch.tensor([[3.0, 4.0], [0.3, 0.4], [6.0, 8.0]], requires_grad=True)
    before = weight._version
    F.embedding(torch.tensor([0, 1]), weight, max_norm=1.0)
    np.testing.assert_allclose(weight.tolist(), [[0.6, 0.8], [0.3, 0.4], [6, 8]], rtol=1e-6)
    assert weight._version > before and weight.grad_fn is None


def test_pretrained_rows_are_shared_and_frozen():
    rows = torch.ones(3, 2)
    frozen, learnt = nn.Embedding.from_pretrained(rows), nn.Embedding.from_pretrained(rows, False)
    assert not frozen.weight.requires_grad and learnt.weight.requires_grad
    rows[0, 0] = 5
    assert frozen.weight[0, 0].item() == learnt.weight[0, 0].item() == 5


def test_begin_again_fills_the_padding_with_zeros():
    torch.manual_seed(0)
    layer = nn.Embedding(200, 50, padding_idx=3)
    with torch.no_grad():
        layer.weight.fill_(7)
    layer.reset_parameters()
    rows = layer.weight.detach()
    assert (rows[3] == 0).all() and abs(rows.mean().item()) < 0.03
    assert abs(rows.std().item() - 1) < 0.03


def test_sparse_gradients_are_refused_in_words():
    for embed in (
        lambda i: F.embedding(i, torch.ones(3, 2), sparse=True),
        nn.Embedding(3, 2, sparse=True),
    ):
        with pytest.raises(NotImplementedError, match="sparse=False the gradient has the same"):
            embed(torch.tensor([1]))
