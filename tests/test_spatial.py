"""Convolution and pooling of any geometry, against loops that say in plain Python what they are."""

import itertools
import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import minigrad as torch
from minigrad.nn import functional as F

lengths = st.integers(1, 7)


@st.composite
def geometries(draw, largest=3):
    """(kernel, stride, padding, dilation) for two lengths."""
    each = [st.integers(1, largest), st.integers(1, 3), st.integers(0, 2), st.integers(1, 3)]
    return tuple((draw(kind), draw(kind)) for kind in each)


def array(*shape):
    return np.random.RandomState(len(shape)).standard_normal(shape)


def number_of_windows(length, size, stride, padding, dilation):
    return (length + 2 * padding - dilation * (size - 1) - 1) // stride + 1


def elements(window, geometry, shape):
    """(place in the kernel, place in the image or None for padding) of everything in a window."""
    kernel, stride, padding, dilation = geometry
    for place in itertools.product(*map(range, kernel)):
        where = tuple(
            w * s - p + d * k for w, s, p, d, k in zip(window, stride, padding, dilation, place)
        )
        yield place, where if all(0 <= i < n for i, n in zip(where, shape)) else None


def naive_convolution(x, weight, bias, geometry, groups):
    """One product after the other."""
    shape = x.shape[2:]
    out = [number_of_windows(n, *each) for n, *each in zip(shape, *geometry)]
    y = np.zeros((len(x), len(weight), *out))
    per_group = weight.shape[1]
    for b, pattern, *window in np.ndindex(y.shape):
        first = pattern // (len(weight) // groups) * per_group
        y[(b, pattern, *window)] = bias[pattern] + sum(
            x[(b, first + c, *where)] * weight[(pattern, c, *place)]
            for c in range(per_group)
            for place, where in elements(window, geometry, shape)
            if where is not None
        )
    return y


@given(
    geometries(), lengths, lengths, st.integers(1, 2), st.sampled_from([1, 2, 4]), st.integers(0, 2)
)
def test_a_convolution_is_a_sum_over_every_window(geometry, height, width, more, groups, batch):
    assume(min(number_of_windows(n, *e) for n, *e in zip((height, width), *geometry)) > 0)
    x = array(batch, 4, height, width)
    weight, bias = array(4 * more, 4 // groups, *geometry[0]), array(4 * more)
    found = F.conv2d(*map(torch.tensor, (x, weight, bias)), *geometry[1:], groups)
    np.testing.assert_allclose(
        found.numpy(), naive_convolution(x, weight, bias, geometry, groups), 1e-9, 1e-9
    )


@given(geometries(), lengths, lengths, st.sampled_from([1, 2]), st.integers(1, 40))
def test_the_gradients_of_a_convolution_turn_its_products_round(
    geometry, height, width, groups, batch
):
    """⟨g, conv(x, w)⟩ is linear in x and in w: it is ⟨dx, x⟩ and ⟨dw, w⟩. Whatever is computed in
    which order: `batch` and lengths choose between several ways.
    """
    assume(min(number_of_windows(n, *e) for n, *e in zip((height, width), *geometry)) > 0)
    x = torch.tensor(array(batch, 2, height, width), requires_grad=True)
    weight = torch.tensor(array(4, 2 // groups, *geometry[0]), requires_grad=True)
    y = F.conv2d(x, weight, None, *geometry[1:], groups)
    g = torch.tensor(array(*y.shape))
    for dx, dw in (
        torch.autograd.grad(y, (x, weight), g, retain_graph=True),
        torch.autograd.grad(y, (x, weight), g, create_graph=True),
    ):
        one, two, three = ((a * b).sum().item() for a, b in ((y, g), (dx, x), (dw, weight)))
        assert one == pytest.approx(two, 1e-9, 1e-9) and one == pytest.approx(three, 1e-9, 1e-9)


def pooled(x, geometry, ceil_mode, choose):
    """`choose(values, places)` of every window of images, and how many windows there are."""
    shape = x.shape[2:]
    out = []
    for n, size, stride, padding, dilation in zip(shape, *geometry):
        room = n + 2 * padding - dilation * (size - 1) - 1
        number = (-(-room // stride) if ceil_mode else room // stride) + 1
        out.append(number - (ceil_mode and (number - 1) * stride >= n + padding))
    y = np.zeros((*x.shape[:2], *out))
    for b, c, *window in np.ndindex(y.shape):
        inside = [where for _, where in elements(window, geometry, shape) if where is not None]
        y[(b, c, *window)] = choose([x[(b, c, *where)] for where in inside], inside)
    return y


@st.composite
def pools(draw):
    """A geometry that pooling allows: a padding of at most half a window."""
    kernel, stride, padding, dilation = draw(geometries())
    padding = tuple(min(p, (d * (k - 1) + 1) // 2) for p, k, d in zip(padding, kernel, dilation))
    return kernel, stride, padding, dilation


def fits(geometry, *shape):
    return all(number_of_windows(n, *each) > 0 for n, *each in zip(shape, *geometry))


@given(pools(), lengths, lengths, st.booleans(), st.integers(2, 9))
def test_max_pooling_chooses_the_first_of_the_largest(geometry, height, width, ceil_mode, kinds):
    assume(fits(geometry, height, width))
    x = np.random.RandomState(1).randint(0, kinds, (2, 2, height, width)) * 1.0  # with ties
    input = torch.tensor(x, requires_grad=True)
    largest, indices = F.max_pool2d(input, *geometry, ceil_mode, return_indices=True)
    try:
        wanted = pooled(x, geometry, ceil_mode, lambda values, _: max(values))
    except ValueError:  # a window without any element, which only dilation makes
        assume(False)
    places = pooled(
        x, geometry, ceil_mode, lambda v, at: np.ravel_multi_index(at[np.argmax(v)], x.shape[2:])
    )
    assert (largest.detach().numpy() == wanted).all() and (indices.numpy() == places).all()
    g = np.arange(1.0, largest.numel() + 1).reshape(largest.shape)
    largest.backward(torch.tensor(g))
    grad = np.zeros((4, height * width))
    for row, at, value in zip(grad, indices.numpy().reshape(4, -1), g.reshape(4, -1)):
        np.add.at(row, at, value)
    assert (input.grad.numpy().reshape(4, -1) == grad).all()


@given(pools(), lengths, lengths, st.booleans())
def test_mean_pooling_without_padding_is_the_mean_of_what_is_there(
    geometry, height, width, ceil_mode
):
    geometry = (
        *geometry[:2],
        tuple(min(p, k // 2) for p, k in zip(geometry[2], geometry[0])),
        (1, 1),
    )
    assume(fits(geometry, height, width))
    x = array(2, 2, height, width)
    found = F.avg_pool2d(torch.tensor(x), *geometry[:3], ceil_mode, count_include_pad=False)
    np.testing.assert_allclose(
        found.numpy(), pooled(x, geometry, ceil_mode, lambda v, _: np.mean(v)), 1e-9
    )


@given(lengths, lengths, st.integers(1, 9), st.integers(1, 9))
def test_adaptive_pooling_covers_the_input(height, width, rows, columns):
    x = array(1, 2, height, width)
    found = F.adaptive_avg_pool2d(torch.tensor(x), (rows, columns)).numpy()
    for i, j in np.ndindex(rows, columns):
        top, bottom = i * height // rows, -(-(i + 1) * height // rows)
        left, right = j * width // columns, -(-(j + 1) * width // columns)
        np.testing.assert_allclose(found[0, :, i, j], x[0, :, top:bottom, left:right].mean((1, 2)))


def test_a_layer_begins_within_one_over_the_root_of_a_window():
    torch.manual_seed(0)
    for layer, window in (
        (torch.nn.Conv2d(8, 32, 3), 72),
        (torch.nn.Conv1d(8, 64, 5, groups=2), 20),
    ):
        bound = window**-0.5
        for each in layer.parameters():
            largest = each.abs().max().item()
            assert 0.8 * bound < largest <= bound
        assert layer.weight.std().item() == pytest.approx(bound / 3**0.5, rel=0.1)


def test_no_windows_are_kept_for_the_backward_pass():
    """All of them together would have nine times the memory of the input."""
    x = torch.ones(4, 8, 32, 32)
    weight = torch.ones(8, 8, 3, 3, requires_grad=True)
    F.conv2d(x, weight, padding=1)
    tracemalloc.start()
    y = F.conv2d(x, weight, padding=1)
    kept, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 1.1 * y.array.nbytes
    assert most < 5 * y.array.nbytes


def test_an_input_changed_after_a_convolution_is_noticed():
    x, weight = torch.ones(1, 1, 4, 4), torch.ones(1, 1, 2, 2, requires_grad=True)
    y = F.conv2d(x, weight)
    x.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


@pytest.mark.parametrize("kernel", [3, 7])
def test_a_batch_of_nothing_gives_gradients_of_zeros(kernel):
    x = torch.ones(0, 2, 8, 8, requires_grad=True)
    weight = torch.ones(4, 2, kernel, kernel, requires_grad=True)
    F.conv2d(x, weight, padding=1).sum().backward()
    assert weight.grad.tolist() == torch.zeros(4, 2, kernel, kernel).tolist()
    assert x.grad.shape == x.shape
