"""Kernels for large arrays give what NumPy's plain way gives."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops import blocks
from minigrad.ops.chosen_places import InOrder, combine, read, write
from minigrad.ops.reflected import rest_of
from minigrad.ops.selection import chosen, limited
from minigrad.ops.sorting import place_of_rank
from minigrad.ops.statistics import product_of_rows

STREAM = np.random.RandomState(0)
ARRAY = STREAM.normal(size=(40, 5, 80)).astype(np.float32)
FULL = slice(None)
ROWS = STREAM.randint(-40, 40, 60)
INDICES = {
    "rows": (ROWS,),
    "rows, each once": (np.arange(39, 10, -1),),
    "rows, by a table": (ROWS.reshape(6, 10),),
    "middle": (FULL, STREAM.randint(-5, 5, 7)),
    "columns": (FULL, FULL, STREAM.randint(-80, 80, 90)),
    "columns, each once": (FULL, FULL, STREAM.permutation(80)[:50]),
    "elements": tuple(STREAM.randint(-n, n, 3000) for n in ARRAY.shape),
    "elements, broadcast": (ROWS[:, None], np.arange(5), np.array([3])),
    "int32": (ROWS.astype(np.int32),),
    "two of three": (ROWS, STREAM.randint(0, 5, 60)),
    "apart": (ROWS, FULL, STREAM.randint(0, 80, 60)),
    "mask": (ARRAY > 0.5,),
    "mask of rows": (ARRAY[:, 0, 0] > 0,),
    "nothing": (np.zeros(0, np.intp),),
    "whole": (...,),
    "part": (3, slice(1, 4)),
}
EVERY_INDEX = pytest.mark.parametrize("index", INDICES.values(), ids=INDICES)


@EVERY_INDEX
@pytest.mark.parametrize("order", ["C", "F"])
def test_reading_gives_a_copy_of_what_numpy_chooses(index, order):
    array = ARRAY.copy(order)
    found = read(array, index)
    np.testing.assert_array_equal(found, array[index])
    assert not np.shares_memory(found, array)


@EVERY_INDEX
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("kernel", [np.add, np.multiply, np.maximum])
def test_combining_is_the_ufuncs_at(index, order, kernel):
    ours, numpys = ARRAY.copy(order), ARRAY.copy(order)
    values = STREAM.normal(size=ARRAY[index].shape).astype(np.float32)
    for each in (values, np.float32(1.5)):
        combine(kernel, ours, index, each)
        kernel.at(numpys, index, each)
        np.testing.assert_array_equal(ours, numpys)


def test_places_in_reading_order():
    places, array = STREAM.randint(0, ARRAY.size, (50, 60)), ARRAY.copy()
    flat = array.reshape(-1)
    np.testing.assert_array_equal(read(array, InOrder(places)), flat[places])
    wanted = flat.copy()
    np.add.at(wanted, places, 2)
    combine(np.add, array, InOrder(places), np.float32(2))
    np.testing.assert_array_equal(flat, wanted)
    write(array, InOrder(places), 7)
    assert (flat[places] == 7).all()


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "float16", "float32", "float64"])
def test_chosen_is_where(dtype):
    first, second = ARRAY.astype(dtype), (ARRAY * 3).astype(dtype)
    for one in (first, first[0, 0, 0]):
        for mask in (ARRAY > 0, np.broadcast_to(ARRAY[:1] > 0, ARRAY.shape)):
            found = chosen(mask, one, second)
            assert found.dtype == dtype
            np.testing.assert_array_equal(found, np.where(mask, one, second))
    strange = np.array([np.nan, np.inf, -np.inf, -0.0] * 300, np.float32)
    np.testing.assert_array_equal(
        chosen(strange == 0, strange, strange[::-1]), np.where(strange == 0, strange, strange[::-1])
    )


@pytest.mark.parametrize("dtype", ["int64", "float16", "float32", "float64"])
def test_limited_is_the_larger_and_the_smaller(dtype):
    array = (ARRAY * 5).astype(dtype)
    array[0, 0, 0] = 0 if dtype == "int64" else np.nan
    for low, high in ((-1, 2), (None, 1), (0, None), (2, -1)):
        wanted = array if low is None else np.maximum(array, low)
        wanted = wanted if high is None else np.minimum(wanted, high)
        found = limited(array, low, high)
        assert found.dtype == dtype
        np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("view", ["whole", "transposed", "every second", "repeated"])
def test_a_kernel_in_blocks_sees_every_element_once(view, monkeypatch):
    monkeypatch.setattr(blocks, "LENGTH", 7)
    array = {
        "whole": ARRAY,
        "transposed": ARRAY.transpose(2, 0, 1),
        "every second": ARRAY[::2, :, 1::2],
        "repeated": np.broadcast_to(ARRAY[:1], ARRAY.shape),
    }[view]
    for dtype in ("float16", "float32", "float64"):
        given = array.astype(dtype) if view != "repeated" else array
        found = blocks.in_blocks(lambda x: x * 2, given)
        assert found.dtype == given.dtype and found.shape == given.shape
        np.testing.assert_array_equal(found, given * given.dtype.type(2))


@pytest.mark.parametrize(("dtype", "digits"), [("float32", 4e-7), ("float64", 1e-14)])
@pytest.mark.parametrize("name", ["erf", "erfc"])
def test_error_functions_of_many_numbers_are_exact_to_the_last_digits(name, dtype, digits):
    x = np.concatenate([np.linspace(-7, 9, 4001), np.logspace(-30, 0, 301)]).astype(dtype)
    wanted = np.array([getattr(math, name)(each) for each in x.tolist()])
    found = getattr(torch, name)(torch.tensor(x)).numpy()
    np.testing.assert_allclose(found, wanted, digits)


def test_erfinv_is_the_inverse_of_erf():
    y = np.concatenate([np.linspace(-0.999, 0.999, 2001), 1 - np.logspace(-12, -1, 40)])
    back = torch.erf(torch.erfinv(torch.tensor(y))).numpy()
    np.testing.assert_allclose(back, y, 1e-15, 1e-16)
    edges = torch.erfinv(torch.tensor([-1.0, 1, 1.5, float("nan"), -0.0] * 20)).tolist()[:5]
    assert str(edges) == "[-inf, inf, nan, nan, -0.0]"


def test_lgamma_of_many_numbers_is_that_of_few():
    x = np.concatenate([np.linspace(-5.5, 30, 2001), [-np.inf, np.inf, 0, -1, -2, 1e300]])
    many = torch.lgamma(torch.tensor(x)).numpy()
    few = [torch.lgamma(torch.tensor(each, dtype=torch.float64)).item() for each in x.tolist()]
    np.testing.assert_allclose(many, few, 1e-10, 1e-12)


def test_the_rest_of_a_division_is_exact():
    for scale in (1e-3, 1, 1e6):
        one, two = (STREAM.normal(size=5000).astype(np.float32) for _ in range(2))
        one *= np.float32(scale)
        one[::5] = two[::5] * STREAM.randint(-(2**20), 2**20, 1000).astype(np.float32)
        found, wanted = rest_of(one, two), np.fmod(one, two)
        np.testing.assert_array_equal(found, wanted)
        np.testing.assert_array_equal(np.signbit(found), np.signbit(wanted))


def test_products_of_rows_side_by_side():
    rows = STREAM.uniform(0.9, 1.1, (30, 517))
    np.testing.assert_allclose(product_of_rows(rows), rows.prod(1), 1e-12)
    np.testing.assert_allclose(product_of_rows(rows.ravel()), rows.prod(), 1e-10)


@pytest.mark.parametrize("ties", [False, True])
def test_the_place_of_a_rank_is_that_of_a_stable_order(ties):
    array = STREAM.permutation(2400).reshape(40, 60) // (100 if ties else 1)
    for dim in (0, 1):
        for rank in (0, 17, 39):
            wanted = np.argsort(array, dim, kind="stable").take([rank], dim)
            np.testing.assert_array_equal(place_of_rank(array, rank, dim), wanted)


@pytest.mark.parametrize("number", [3, 2000])
def test_the_rest_of_a_division_by_infinity_is_the_number_itself(number):
    five = torch.ones(number) * 5
    assert torch.fmod(five, float("inf"))[-1].item() == 5
    assert (-five % float("inf"))[-1].item() == float("inf")


@pytest.mark.parametrize("number", [3, 5000, 70_000])
def test_halves_are_added_up_with_more_digits(number):
    ones = torch.ones(number, 2, dtype=torch.float16)
    assert ones.mean(0).tolist() == [1, 1]
    assert ones.sum(0).tolist() == [float(np.float16(number))] * 2
    bias = torch.zeros(2, dtype=torch.float16, requires_grad=True)
    (ones + bias).backward(ones)
    weight = torch.ones(2, 2, dtype=torch.float16)
    torch.nn.functional.linear(ones, weight, bias).backward(ones)
    assert bias.grad.tolist() == [2 * float(np.float16(number))] * 2


def test_a_small_number_of_large_logarithms_is_as_exact_as_many():
    few, many = (torch.full((n,), 2e305, dtype=torch.float64) for n in (3, 300))
    assert torch.lgamma(few)[0].item() == pytest.approx(torch.lgamma(many)[0].item(), rel=1e-14)
    assert torch.lgamma(torch.tensor([1e306], dtype=torch.float64)).item() == float("inf")


CHOOSING = {
    "x[i]": lambda x, i, mask: x[i],
    "x[mask]": lambda x, i, mask: x[mask],
    "take": lambda x, i, mask: x.take(i),
    "gather": lambda x, i, mask: x.gather(0, i),
    "index_select": lambda x, i, mask: x.index_select(0, i),
    "take_along_dim": lambda x, i, mask: torch.take_along_dim(x, i, 0),
    "masked_select": lambda x, i, mask: x.masked_select(mask),
    "masked_fill": lambda x, i, mask: x.masked_fill(mask, 2.0),
    "masked_scatter": lambda x, i, mask: x.masked_scatter(mask, x * 2),
    "where": lambda x, i, mask: torch.where(mask, x, -x),
    "scatter": lambda x, i, mask: x.scatter(0, i, x[:2] * 2),
    "scatter_add": lambda x, i, mask: x.scatter_add(0, i, x[:2] * 2),
    "scatter_reduce": lambda x, i, mask: x.scatter_reduce(0, i, x[:2] * 2, "amax"),
    "index_add": lambda x, i, mask: x.index_add(0, i, x[:2] * 2),
    "index_copy": lambda x, i, mask: x.index_copy(0, i, x[:2] * 2),
    "index_fill": lambda x, i, mask: x.index_fill(0, i, 3.0),
    "index_put": lambda x, i, mask: x.index_put((i,), x[:2] * 3),
    "index_reduce": lambda x, i, mask: x.index_reduce(0, i, x[:2] * 2, "amax"),
    "put": lambda x, i, mask: x.put(i, x[:2] * 2),
}


@pytest.mark.parametrize("name", CHOOSING)
def test_places_that_change_after_they_were_used_do_not_change_the_gradient(name):
    """PyTorch refuses the backward pass; here it goes by the places as they were."""
    found = []
    for change in (False, True):
        x = torch.arange(4.0).requires_grad_()
        places, mask = torch.tensor([0, 1]), torch.tensor([True, False, False, True])
        result = CHOOSING[name](x, places, mask)
        if change:
            places.fill_(2)
            mask.logical_not_()
        (result * result).sum().backward()
        found.append(x.grad.tolist())
    assert found[0] == found[1]


@pytest.mark.parametrize("number", [3, 5, 2000])
def test_a_cube_is_a_product(number):
    x = torch.linspace(-2, 2, number, dtype=torch.float64).requires_grad_()
    (x**3).sum().backward()
    np.testing.assert_array_equal(x.grad.numpy(), 3 * x.detach().numpy() ** 2)
    assert torch.allclose(x**3, x * x * x, rtol=0, atol=0)


@pytest.mark.parametrize("function", ["add", "sub", "mul", "div"])
def test_a_number_may_come_first(function):
    x = torch.tensor([1.0, 4.0], requires_grad=True)
    result = getattr(torch, function)(2, x)
    operator = {"add": "+", "sub": "-", "mul": "*", "div": "/"}[function]
    assert torch.equal(result, eval(f"2 {operator} x"))
    result.sum().backward()
    assert x.grad is not None


@pytest.mark.parametrize("number", [3, 2000])
def test_the_rule_of_relu_goes_by_its_result_also_where_that_was_overwritten(number):
    """PyTorch: the gradient passes where the result is not 0 or less, and so where it is nan."""
    x = torch.ones(number, requires_grad=True)
    y = x.relu()
    y.data[0], y.data[1] = -1.0, float("nan")
    y.sum().backward()
    assert x.grad[:3].tolist() == [0, 1, 1]
