"""Dropout draws its own random numbers: so its properties are tested, not its numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minigrad as torch
from minigrad import nn
from minigrad.autograd import gradcheck, gradgradcheck
from minigrad.nn import functional as F

CHANNELS = (
    (F.dropout1d, (40, 30, 5), 2),
    (F.dropout1d, (40, 5), 1),
    (F.dropout2d, (40, 30, 2, 3), 2),
    (F.dropout3d, (40, 30, 2, 1, 3), 2),
    (F.dropout3d, (40, 2, 1, 3), 1),
)


@settings(max_examples=25, deadline=None)
@given(p=st.floats(0.02, 0.98), seed=st.integers(0, 2**32 - 1))
def test_a_share_p_becomes_zero_and_the_rest_is_scaled(p, seed):
    torch.manual_seed(seed)
    dropped = F.dropout(torch.ones(200, 200), p).numpy()
    kept = dropped[dropped != 0]
    np.testing.assert_allclose(kept, 1 / (1 - p), rtol=1e-6)
    assert abs(kept.size / 40_000 - (1 - p)) < 6 * (p * (1 - p) / 40_000) ** 0.5


def test_the_same_seed_drops_the_same_numbers():
    def once():
        torch.manual_seed(5)
        return F.dropout(torch.ones(100)).tolist()

    assert once() == once() != F.dropout(torch.ones(100)).tolist()


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_dtype_stays(dtype):
    x = torch.ones(10, dtype=getattr(torch, dtype))
    for drop in (F.dropout, lambda x: F.alpha_dropout(x, 0.5, True)):
        assert drop(x).dtype is x.dtype


def test_the_gradient_is_dropped_where_the_number_was():
    x = torch.ones(50, 50, requires_grad=True)
    y = F.dropout(x, 0.3)
    y.sum().backward()
    assert y.grad_fn.name() == "MulBackward0" and x.grad.equal(y.detach())


@pytest.mark.parametrize(
    "drop",
    [F.dropout, lambda x: F.dropout1d(x, 0.4), lambda x: F.alpha_dropout(x, 0.2, True)],
)
def test_gradients_are_slopes_and_so_are_theirs(drop):
    def with_the_same_mask(x):
        torch.manual_seed(3)
        return drop(x * x)

    x = torch.randn(3, 4, dtype=torch.float64, requires_grad=True)
    assert gradcheck(with_the_same_mask, (x,)) and gradgradcheck(with_the_same_mask, (x,))


@pytest.mark.parametrize(("drop", "shape", "dims"), CHANNELS)
def test_channels_are_dropped_whole(drop, shape, dims):
    dropped = drop(torch.ones(*shape), 0.5).numpy()
    rest = tuple(range(dims, len(shape)))
    assert (dropped.min(rest) == dropped.max(rest)).all()
    assert set(np.unique(dropped)) == {0, 2}


def test_in_evaluation_nothing_happens():
    x = torch.ones(2, 3, 4, 5)
    for layer in (nn.Dropout(), nn.Dropout2d(), nn.AlphaDropout()):
        assert layer.eval()(x) is x
    batch = x.unsqueeze(0)  # five dimensions; a single sample gets one more for the way
    assert nn.Dropout3d().eval()(batch) is batch
    assert torch.equal(nn.Dropout3d().eval()(x), x)


def test_in_place_overwrites_the_input():
    x = torch.ones(1000)
    assert nn.Dropout(0.5, inplace=True)(x) is x and set(x.tolist()) == {0.0, 2.0}
    leaf = torch.ones(1000, requires_grad=True)
    doubled = leaf * 2
    F.dropout(doubled, inplace=True).sum().backward()
    assert leaf.grad.equal(doubled.detach())


@pytest.mark.parametrize("kind", ["alpha_dropout", "feature_alpha_dropout"])
def test_alpha_dropout_keeps_mean_and_variance(kind):
    torch.manual_seed(0)
    dropped = getattr(F, kind)(torch.randn(2000, 100), 0.3, True)
    assert abs(dropped.mean().item()) < 0.02 and abs(dropped.std().item() - 1) < 0.02


def test_dropout_of_other_shapes_warns():
    for drop, shape in ((F.dropout2d, (2, 3, 4)), (F.dropout3d, (2, 3, 4))):
        with pytest.warns(UserWarning, match="Received a 3D input"):
            drop(torch.ones(*shape))
