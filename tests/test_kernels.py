"""Kernels for large arrays give what NumPy's plain way gives."""

import numpy as np
import pytest

from minigrad.ops.chosen_places import InOrder, combine, read, write
from minigrad.ops.selection import chosen, limited

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
