"""cdist of many points, for which the differences are computed a few points at a time."""

import numpy as np
import pytest

import minigrad as torch


@pytest.mark.parametrize("coordinates", [0, 3, 40])
def test_many_points_have_the_distances_and_gradients_of_the_formula(coordinates):
    stream = np.random.RandomState(0)
    given = [stream.normal(size=(2, 150, coordinates)), stream.normal(size=(90, coordinates))]
    given[0][0, :90] = given[1]  # distances of 0
    found, wanted = ([torch.tensor(each, requires_grad=True) for each in given] for _ in range(2))
    distances = torch.cdist(*found)
    differences = wanted[0].unsqueeze(-2) - wanted[1]
    formula = torch.linalg.vector_norm(differences, 2, -1) if coordinates else distances.detach()
    weight = torch.tensor(stream.normal(size=(2, 150, 90)))
    np.testing.assert_allclose(distances.detach(), formula.detach(), 1e-12)
    assert not distances[0].diagonal().any()
    if coordinates:
        (distances * weight).sum().backward()
        (formula * weight).sum().backward()
        for one, two in zip(found, wanted):
            np.testing.assert_allclose(one.grad, two.grad, 1e-9, 1e-10)


def test_a_distance_has_one_node():
    x = torch.ones(2, 3, requires_grad=True)
    node = torch.cdist(x, torch.zeros(4, 3)).grad_fn
    assert node.name() == "CdistBackward0"
    assert node.next_functions[0][0].variable is x


def test_slopes_are_exact_for_points_close_together_and_far_from_zero():
    """Products of large matrices would leave nothing of a small difference."""
    random = np.random.RandomState(0)
    x, y = (1000 + 1e-3 * random.standard_normal((n, 3)).astype(np.float32) for n in (5, 4))
    found = [torch.from_numpy(each).requires_grad_() for each in (x, y)]
    torch.cdist(*found).sum().backward()
    differences = x[:, None].astype(float) - y[None].astype(float)
    units = differences / np.sqrt((differences**2).sum(-1, keepdims=True))
    np.testing.assert_allclose(found[0].grad.numpy(), units.sum(1), 1e-4, 1e-4)
    np.testing.assert_allclose(found[1].grad.numpy(), -units.sum(0), 1e-4, 1e-4)
