"""What the tables of recorded results do not say of softmax, activations and losses.

Properties that hold for any scores, large numbers, warnings, and what the fused node is.
"""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minigrad as torch
from minigrad import nn
from minigrad.autograd import gradcheck, gradgradcheck
from minigrad.nn import functional as F
from minigrad.ops.gelu import NormalCdf

numbers = st.floats(-50, 50, width=32)


@st.composite
def matrices(draw):
    """Scores of a few examples for a few classes, in float64."""
    shape = draw(st.tuples(st.integers(1, 5), st.integers(1, 6)))
    rows = [draw(st.lists(numbers, min_size=shape[1], max_size=shape[1])) for _ in range(shape[0])]
    return np.array(rows)


@st.composite
def problems(draw):
    """Scores, and a right class for each example."""
    scores = draw(matrices())
    classes = st.integers(0, scores.shape[1] - 1)
    return scores, draw(st.lists(classes, min_size=len(scores), max_size=len(scores)))


def leaf(array, dtype=np.float64):
    return torch.tensor(np.asarray(array, dtype), requires_grad=True)


def close(one, other, tolerance=1e-12):
    np.testing.assert_allclose(one.detach().numpy(), other, rtol=tolerance, atol=tolerance)


def loss_and_gradient(loss, scores):
    x = leaf(scores)
    result = loss(x)
    result.backward()
    return result.item(), x.grad.numpy()


def assert_alike(one, other, scores, tolerance=1e-11):
    """Two losses have the same value and the same gradient."""
    for a, b in zip(loss_and_gradient(one, scores), loss_and_gradient(other, scores), strict=True):
        np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance)


# --- softmax --------------------------------------------------------------------------------------
@given(matrices(), st.sampled_from([0, 1]))
def test_softmax_is_positive_and_sums_to_one(scores, dim):
    chances = torch.softmax(leaf(scores), dim)
    assert bool((chances >= 0).all())
    close(chances.sum(dim), 1)


@given(matrices(), st.floats(-1000, 1000))
def test_softmax_depends_on_differences_alone(scores, shift):
    unshifted = torch.softmax(torch.tensor(scores), 1).numpy()
    close(torch.softmax(leaf(scores + shift), 1), unshifted, 1e-9)


@given(matrices())
def test_log_softmax_is_the_log_of_softmax_and_the_score_less_logsumexp(scores):
    x = leaf(scores)
    close(torch.log_softmax(x, 1).exp(), torch.softmax(x, 1).detach().numpy())
    close(torch.log_softmax(x, 1), (x - torch.logsumexp(x, 1, True)).detach().numpy(), 1e-10)


@pytest.mark.parametrize("shape", [(3000, 4), (4, 3000), (50, 60)], ids=str)
@pytest.mark.parametrize("scale", [1, 20, 100])
@pytest.mark.parametrize("dim", [0, 1])
def test_large_and_small_scores_of_large_tensors(shape, scale, dim):
    """Small scores go without the search for the largest, sums along rows by a product."""
    scores = np.random.RandomState(0).standard_normal(shape) * scale
    for dtype, tolerance in ((np.float32, 1e-5), (np.float64, 1e-12)):
        given = scores.astype(dtype).astype(np.float64)
        powers = np.exp(given - given.max(dim, keepdims=True))
        wanted = powers / powers.sum(dim, keepdims=True)
        found = torch.softmax(leaf(given, dtype), dim)
        np.testing.assert_allclose(found.detach().numpy(), wanted, tolerance, 1e-30)


# --- cross entropy --------------------------------------------------------------------------------
@given(problems())
def test_cross_entropy_is_nll_of_log_softmax(problem):
    scores, classes = problem
    target = torch.tensor(classes)
    two_nodes = lambda x: F.nll_loss(F.log_softmax(x, 1), target)  # noqa: E731
    assert_alike(lambda x: F.cross_entropy(x, target), two_nodes, scores)


@given(problems())
def test_its_gradient_is_what_was_said_minus_what_is_true(problem):
    scores, classes = problem
    _, slope = loss_and_gradient(lambda x: F.cross_entropy(x, torch.tensor(classes)), scores)
    said = torch.softmax(torch.tensor(scores), 1)
    true = F.one_hot(torch.tensor(classes), scores.shape[1])
    np.testing.assert_allclose(slope, ((said - true) / len(scores)).numpy(), atol=1e-12)


@given(problems(), st.floats(0, 1), st.sampled_from(["mean", "sum"]))
def test_classes_are_probabilities_of_one(problem, smoothing, reduction):
    scores, classes = problem
    options = {"label_smoothing": smoothing, "reduction": reduction}
    rows = F.one_hot(torch.tensor(classes), scores.shape[1]).double()
    assert_alike(
        lambda x: F.cross_entropy(x, torch.tensor(classes), **options),
        lambda x: F.cross_entropy(x, rows, **options),
        scores,
    )


def test_scores_and_classes_are_one_node():
    x = leaf(np.zeros((2, 3)))
    loss = F.cross_entropy(x, torch.tensor([0, 2]))
    assert loss.grad_fn.name() == "NllLossBackward0"
    assert [node.name() for node, _ in loss.grad_fn.next_functions] == ["AccumulateGrad"]
    assert round(loss.item(), 6) == round(math.log(3), 6)


def test_scores_that_are_written_over_are_noticed():
    x = leaf(np.zeros((2, 3))) * 1
    loss = F.cross_entropy(x, torch.tensor([0, 2]))
    x += 1
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        loss.backward()


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_a_target_may_be_used_again_before_the_backward_pass(reduction):
    x, target = leaf(np.zeros((2, 2))), torch.tensor([0, 1])
    loss = F.cross_entropy(x, target, reduction=reduction)
    target.zero_()
    loss.backward()
    assert (x.grad < 0).tolist() == [[True, False], [False, True]]


@pytest.mark.parametrize("right", [0, 1])
def test_scores_of_any_size_give_a_finite_loss(right):
    loss, slope = loss_and_gradient(
        lambda x: F.cross_entropy(x, torch.tensor([right])), [[1e4, -1e4, -math.inf]]
    )
    assert loss == right * 2e4
    assert slope.tolist() == [[1.0 - (right == 0), -float(right == 1), 0.0]]


# --- yes or no ------------------------------------------------------------------------------------
@given(st.lists(st.tuples(st.floats(-20, 20), st.floats(0, 1)), min_size=1, max_size=5))
@settings(deadline=None)
def test_logits_are_the_probabilities_before_the_sigmoid(pairs):
    scores, target = np.array(pairs).T
    wanted = torch.tensor(target)
    assert_alike(
        lambda x: F.binary_cross_entropy_with_logits(x, wanted),
        lambda x: F.binary_cross_entropy(torch.sigmoid(x), wanted),
        scores,
        tolerance=1e-2,  # of a probability near 1 little is left of 1 - p
    )


def test_a_certain_mistake_costs_a_hundred_and_a_certain_truth_nothing():
    said, true = torch.tensor([0.0, 1.0, 0.0, 1.0]), torch.tensor([1.0, 0.0, 0.0, 1.0])
    losses = F.binary_cross_entropy(said, true, reduction="none")
    assert losses.tolist() == [100, 100, 0, 0]


def test_logits_of_any_size_give_a_finite_loss():
    scores, true = leaf([1e4, -1e4, 1e4, -1e4]), torch.tensor([1.0, 1.0, 0.0, 0.0]).double()
    losses = F.binary_cross_entropy_with_logits(scores, true, reduction="none")
    losses.sum().backward()
    assert losses.tolist() == [0, 1e4, 1e4, 0] and scores.grad.tolist() == [0, -1, 1, 0]


def test_a_divergence_is_zero_from_itself_and_positive_from_others():
    one, other = torch.softmax(torch.tensor([[1.0, 2.0, 3.0], [0.0, 0.0, 1.0]]), 1), 1 / 3
    close(F.kl_div(one.log(), one, reduction="batchmean"), 0, 1e-6)
    assert F.kl_div((one * 0 + other).log(), one, reduction="batchmean").item() > 0.1


# --- activations ----------------------------------------------------------------------------------
@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 2e-15), ("float32", 2e-7)])
def test_the_normal_curve_is_that_of_math(dtype, tolerance):
    x = np.concatenate([np.linspace(-12, 12, 5001), [-math.inf, math.inf]]).astype(dtype)
    wanted = [math.erfc(-each / math.sqrt(2)) / 2 for each in x.astype(float)]
    np.testing.assert_allclose(NormalCdf.forward(x), wanted, rtol=0, atol=tolerance)


def test_hardsigmoid_has_a_slope_of_a_sixth():
    """(PyTorch's is a sixth in float32, in float64 too, so no table has it.)"""
    x = leaf([-3.5, -1.0, 0.5, 2.9, 3.1])
    assert gradcheck(F.hardsigmoid, x) and gradgradcheck(F.hardsigmoid, x)


@pytest.mark.parametrize("loss", [F.mse_loss, F.smooth_l1_loss, F.huber_loss])
def test_a_mean_of_half_precision_does_not_overflow_on_the_way(loss):
    x = torch.full((1000,), 100.0, dtype=torch.float16)
    assert math.isfinite(loss(x, x * 0).item())


def test_a_weight_moves_with_its_loss_and_is_in_its_state():
    loss = nn.CrossEntropyLoss(torch.tensor([1.0, 2.0])).double()
    assert loss.weight.dtype is torch.float64 and list(loss.state_dict()) == ["weight"]


# --- warnings -------------------------------------------------------------------------------------
X, Y = torch.ones(2, 3), torch.ones(1, 3)
WARNED = [
    (lambda: F.mse_loss(X, Y), r"Using a target size \(torch.Size\(\[1, 3\]\)\) that is different"),
    (lambda: nn.L1Loss()(X, Y), "This will likely lead to incorrect results due to broadcasting"),
    (lambda: F.huber_loss(X, Y), "Please ensure they have the same size"),
    (lambda: F.kl_div(X, X), "'batchmean' divides only by the batch size"),
    (lambda: F.softmax(X), "Implicit dimension choice for softmax has been deprecated"),
    (lambda: F.mse_loss(X, X, False), "please use reduction='sum' instead"),
    (lambda: nn.NLLLoss(reduce=False), "please use reduction='none' instead"),
]


@pytest.mark.parametrize(("call", "words"), WARNED)
def test_what_is_rarely_meant_is_warned_of(call, words):
    with pytest.warns(UserWarning, match=words):
        call()


def test_what_is_meant_is_not_warned_of():
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        F.mse_loss(X, X), F.softmax(X, 1), F.kl_div(X, X, reduction="sum")
        F.cross_entropy(X, torch.tensor([0, 1])), nn.BCELoss()(X, X)
