"""Properties of einsum, gather and scatter, sort and linalg, for inputs drawn at random."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minigrad as torch

LENGTHS = {"a": 2, "b": 3, "c": 1, "d": 4, "e": 2}
terms = st.lists(
    st.text("".join(LENGTHS), min_size=0, max_size=3).map(lambda text: text[:3]),
    min_size=1,
    max_size=3,
)


def drawn(shape, seed=0):
    return np.random.RandomState(seed).standard_normal(shape)


# --- einsum ---------------------------------------------------------------------------------------
@given(terms, st.data())
@settings(deadline=None, max_examples=150)
def test_einsum_is_numpys(operands, data):
    letters = sorted({letter for term in operands for letter in term})
    output = data.draw(st.permutations(letters).map("".join))
    output = output[: data.draw(st.integers(0, len(letters)))]
    equation = ",".join(operands) + "->" + output
    arrays = [
        drawn([LENGTHS[letter] for letter in term], seed) for seed, term in enumerate(operands)
    ]
    found = torch.einsum(equation, *map(torch.tensor, arrays))
    np.testing.assert_allclose(found.numpy(), np.einsum(equation, *arrays), atol=1e-12)


@pytest.mark.parametrize(
    "equation",
    [
        "...ij,...jk->...ik",
        "i...,i...->...",
        "...,...",
        "b...i->i...b",
        "...ii->...i",
    ],
)
def test_an_ellipsis_stands_for_any_dimensions(equation):
    shapes = [(2, 3, 3)] if "," not in equation else [(2, 3, 3), (2, 3, 3)]
    arrays = [drawn(shape, seed) for seed, shape in enumerate(shapes)]
    found = torch.einsum(equation, *map(torch.tensor, arrays))
    np.testing.assert_allclose(found.numpy(), np.einsum(equation, *arrays), atol=1e-12)


def test_lists_of_numbers_stand_for_letters():
    x, y = torch.tensor(drawn((2, 3))), torch.tensor(drawn((3, 4), 1))
    assert torch.equal(torch.einsum(x, [0, 1], y, [1, 2], [0, 2]), torch.einsum("ij,jk->ik", x, y))
    assert torch.equal(torch.einsum(x, [0, 1], y, [1, 2]), torch.einsum("ij,jk", x, y))


# --- places ---------------------------------------------------------------------------------------
places = st.lists(st.integers(0, 3), min_size=1, max_size=6)


@given(places, st.integers(0, 1))
@settings(deadline=None)
def test_gather_and_scatter_add_are_transposes_of_each_other(numbers, dim):
    index = torch.tensor([numbers, numbers[::-1]])
    index = index.t() if dim == 0 else index
    x = torch.tensor(drawn((4, 2) if dim == 0 else (2, 4)))
    y = torch.tensor(drawn(index.shape, 1))
    there = (x.gather(dim, index) * y).sum()
    back = (torch.zeros_like(x).scatter_add(dim, index, y) * x).sum()
    assert torch.allclose(there, back)


@given(places, st.sampled_from(["sum", "prod", "mean", "amax", "amin"]), st.booleans())
@settings(deadline=None)
def test_scatter_reduce_combines_what_meets_at_a_place(numbers, reduce, include_self):
    x, y = drawn(4), drawn(len(numbers), 1)
    found = torch.tensor(x).scatter_reduce(
        0, torch.tensor(numbers), torch.tensor(y), reduce, include_self=include_self
    )
    combine = {"amax": np.max, "amin": np.min}.get(reduce) or getattr(np, reduce)
    for place in range(4):
        met = [y[n] for n, number in enumerate(numbers) if number == place]
        wanted = combine([x[place]] * include_self + met) if met else x[place]
        assert found[place].item() == pytest.approx(wanted)


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0, float("nan")]), min_size=1), st.booleans())
@settings(deadline=None)
def test_sorting_keeps_the_order_of_equals_and_puts_nan_above_all(numbers, descending):
    values, indices = torch.tensor(numbers).sort(descending=descending)
    keys = [float("inf") if n != n else n for n in numbers]
    order = sorted(range(len(keys)), key=lambda n: -keys[n] if descending else keys[n])
    assert indices.tolist() == order
    np.testing.assert_array_equal(values.numpy(), np.array(numbers, "float32")[order])


@given(st.integers(1, 60), st.integers(1, 60), st.booleans())
@settings(deadline=None)
def test_topk_is_the_head_of_a_sorted_tensor(length, k, largest):
    x, k = torch.tensor(drawn((2, length))), min(k, length)
    values, indices = x.topk(k, largest=largest)
    assert torch.equal(values, x.sort(descending=largest).values[:, :k])
    assert torch.equal(values, x.gather(1, indices))


# --- matrices -------------------------------------------------------------------------------------
@pytest.mark.parametrize("shape", [(3, 3), (2, 4, 4), (0, 2, 2), (1, 1)])
def test_factors_multiply_to_what_they_are_of(shape):
    A = torch.tensor(drawn(shape))
    eye = torch.eye(shape[-1], dtype=torch.float64)
    assert torch.allclose(A @ torch.linalg.inv(A), eye.expand(shape))
    assert torch.allclose(A @ torch.linalg.solve(A, eye), eye.expand(shape))
    U, S, Vh = torch.linalg.svd(A)
    assert torch.allclose(U * S[..., None, :] @ Vh, A)
    Q, R = torch.linalg.qr(A)
    assert torch.allclose(Q @ R, A) and torch.equal(R, R.triu())
    whole = A @ A.mT + eye
    L = torch.linalg.cholesky(whole)
    assert torch.allclose(L @ L.mT, whole) and torch.equal(L, L.tril())
    values, vectors = torch.linalg.eigh(whole)
    assert torch.allclose(vectors * values[..., None, :] @ vectors.mT, whole)
    sign, size = torch.linalg.slogdet(A)
    assert torch.allclose(sign * size.exp(), torch.linalg.det(A))


def test_a_singular_matrix_is_told_by_its_number_in_the_batch():
    batch = torch.stack([torch.eye(2), torch.ones(2, 2)])
    with pytest.raises(torch.linalg.LinAlgError, match=r"\(Batch element 1\): The diagonal elem"):
        torch.linalg.inv(batch)
    with pytest.raises(torch.linalg.LinAlgError, match="leading minor of order 2 is not positive"):
        torch.linalg.cholesky(torch.tensor([[1.0, 2.0], [2.0, 1.0]]))


def test_the_determinant_of_a_singular_matrix_has_its_cofactors_as_slopes():
    x = torch.tensor([[1.0, 2.0], [2.0, 4.0]], requires_grad=True)
    torch.linalg.det(x).backward()
    assert torch.allclose(x.grad, torch.tensor([[4.0, -2.0], [-2.0, 1.0]]), atol=1e-5)


def test_a_chain_of_matrices_is_multiplied_in_the_cheapest_order():
    from minigrad.ops.contractions import cheapest

    assert cheapest([10, 100, 5, 50]) == ((0, 1), 2)
    assert cheapest([50, 5, 100, 10]) == (0, (1, 2))
