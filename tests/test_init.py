"""How weights begin: bounds, deviations and shapes of `nn.init`, and that no graph sees it."""

import math

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn
from minigrad.nn import init, init_checks

SHAPES = [(300, 200), (40, 30, 5, 5), (400, 100, 2)]


def filled(function, shape, *args, **options):
    """The numbers of a large tensor, and the tensor."""
    torch.manual_seed(0)
    tensor = torch.empty(*shape)
    assert function(tensor, *args, **options) is tensor
    return tensor.numpy()


def assert_even(numbers, bound):
    """All numbers between -bound and bound are equally likely."""
    assert np.abs(numbers).max() <= bound * (1 + 1e-6)
    counts, _ = np.histogram(numbers, 10, (-bound, bound))
    assert np.abs(counts / numbers.size - 0.1).max() < 0.01


def assert_normal(numbers, std, mean=0.0):
    assert abs(numbers.mean() - mean) < 0.03 * std and abs(numbers.std() / std - 1) < 0.03
    within = [(np.abs(numbers - mean) < each * std).mean() for each in (1, 2, 3)]
    np.testing.assert_allclose(within, [0.6827, 0.9545, 0.9973], atol=0.01)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_fans_count_what_goes_in_and_out(shape):
    places = math.prod(shape[2:])
    assert init_checks.fans(torch.empty(*shape)) == (shape[1] * places, shape[0] * places)


@pytest.mark.parametrize("gain", [1.0, 5 / 3])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_xavier(shape, gain):
    fans = sum(init_checks.fans(torch.empty(*shape)))
    assert_even(filled(init.xavier_uniform_, shape, gain), gain * math.sqrt(6 / fans))
    assert_normal(filled(init.xavier_normal_, shape, gain), gain * math.sqrt(2 / fans))


@pytest.mark.parametrize("options", [{"a": math.sqrt(5)}, {"nonlinearity": "relu"}], ids=str)
@pytest.mark.parametrize("mode", ["fan_in", "fan_out"])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_kaiming(shape, mode, options):
    gain = math.sqrt(2) if "a" not in options else math.sqrt(2 / 6)
    std = gain / math.sqrt(init_checks.fans(torch.empty(*shape))[mode == "fan_out"])
    assert_even(filled(init.kaiming_uniform_, shape, mode=mode, **options), std * math.sqrt(3))
    assert_normal(filled(init.kaiming_normal_, shape, mode=mode, **options), std)


def test_uniform_and_normal():
    assert_even(filled(init.uniform_, (300, 200), 2.0, 6.0) - 4, 2)
    assert_normal(filled(init.normal_, (300, 200), 3.0, 0.5), 0.5, mean=3.0)


@pytest.mark.parametrize(("mean", "std", "a", "b"), [(0, 1, -2, 2), (1, 2, 0, 1), (0, 1, 1, 9)])
def test_a_truncated_normal_is_a_normal_without_its_ends(mean, std, a, b):
    numbers = filled(init.trunc_normal_, (300, 200), mean, std, a, b)
    assert a <= numbers.min() and numbers.max() <= b
    wanted = np.random.RandomState(1).normal(mean, std, 2_000_000)
    wanted = wanted[(a <= wanted) & (wanted <= b)]
    assert abs(numbers.mean() - wanted.mean()) < 0.01 and abs(numbers.std() - wanted.std()) < 0.01
    middle = [np.quantile(each, [0.1, 0.5, 0.9]) for each in (numbers, wanted)]
    np.testing.assert_allclose(*middle, atol=0.02)


def test_a_mean_far_from_what_is_left_is_warned_of():
    with pytest.warns(UserWarning, match=r"mean is more than 2 std from \[a, b\]"):
        numbers = init.trunc_normal_(torch.empty(50), 0, 1, 20, 30)
    assert numbers.min() >= 20 and numbers.max() <= 30


@pytest.mark.parametrize("shape", [(5, 8), (8, 5), (6, 6), (4, 3, 2)], ids=str)
def test_an_orthogonal_matrix_has_orthogonal_rows_or_columns(shape):
    matrix = filled(init.orthogonal_, shape, gain=3).reshape(shape[0], -1)
    small = matrix @ matrix.T if matrix.shape[0] <= matrix.shape[1] else matrix.T @ matrix
    np.testing.assert_allclose(small, 9 * np.eye(len(small)), atol=1e-5)


def test_a_dirac_kernel_hands_on_its_input():
    kernel, image = init.dirac_(torch.empty(3, 3, 3, 3)), torch.randn(1, 3, 5, 5)
    assert bool((nn.functional.conv2d(image, kernel, padding=1) == image).all())


def test_a_sparse_matrix_has_as_many_zeros_in_every_column():
    matrix = filled(init.sparse_, (50, 20), 0.3, std=0.1)
    assert ((matrix == 0).sum(0) == 15).all()
    assert 0.08 < matrix[matrix != 0].std() < 0.12


def test_a_tensor_without_elements_is_left_alone_with_a_warning():
    with pytest.warns(UserWarning, match="Initializing zero-element tensors is a no-op"):
        init.kaiming_normal_(torch.empty(0, 3))


CHANCE = [init.uniform_, init.normal_, init.trunc_normal_, init.xavier_uniform_]
CHANCE += [init.xavier_normal_, init.kaiming_uniform_, init.kaiming_normal_, init.orthogonal_]


@pytest.mark.parametrize("function", CHANCE, ids=lambda each: each.__name__)
def test_a_generator_gives_the_same_weights_again(function):
    twice = [
        function(torch.empty(3, 4), generator=torch.Generator().manual_seed(7)) for _ in range(2)
    ]
    assert twice[0].tolist() == twice[1].tolist()
    assert function(torch.empty(3, 4)).tolist() != twice[0].tolist()


@pytest.mark.parametrize("function", [*CHANCE, init.ones_, init.eye_], ids=lambda f: f.__name__)
def test_no_graph_sees_it(function):
    weight = nn.Parameter(torch.empty(3, 4, dtype=torch.float64))
    version = weight._version
    assert function(weight) is weight
    assert weight.is_leaf and weight.requires_grad and weight.dtype is torch.float64
    assert weight._version > version
