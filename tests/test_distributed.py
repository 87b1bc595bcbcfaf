"""Shards of a batch, on the workers of a cluster, give the gradients of the whole batch."""

import pytest

import minigrad as torch
from minigrad import nn, optim
from minigrad.distributed import DataParallel

distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")


@pytest.fixture(scope="module")
def client():
    """Two workers, each a process of its own, on this machine."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        client.wait_for_workers(2)
        yield client


def network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3)).double()


def batch(count):
    torch.manual_seed(1)
    return torch.randn(count, 4, dtype=torch.float64), torch.randn(count, 3, dtype=torch.float64)


@pytest.mark.parametrize("count", [1, 2, 7, 64])
def test_shards_have_the_gradients_of_the_whole_batch(client, count):
    """Also where the shards are not equally long, and where a worker has nothing to do."""
    whole, parts, (x, y) = network(), network(), batch(count)
    loss = nn.MSELoss()(whole(x), y)
    loss.backward()
    found = DataParallel(client, parts, nn.MSELoss()).backward(x, y)
    assert found.item() == pytest.approx(loss.item(), rel=1e-12) and not found.requires_grad
    for one, other in zip(whole.parameters(), parts.parameters(), strict=True):
        assert torch.allclose(one.grad, other.grad, rtol=1e-11, atol=1e-14)


def test_training_takes_the_same_steps(client):
    whole, parts, (x, y) = network(), network(), batch(32)
    parallel = DataParallel(client, parts, nn.MSELoss())
    one, other = (optim.SGD(m.parameters(), lr=0.1, momentum=0.9) for m in (whole, parts))
    for _ in range(5):
        one.zero_grad()
        other.zero_grad()
        nn.MSELoss()(whole(x), y).backward()
        parallel.backward(x, y)
        one.step()
        other.step()
    for mine, theirs in zip(whole.parameters(), parts.parameters(), strict=True):
        assert torch.allclose(mine, theirs, rtol=1e-10, atol=1e-13)


def test_gradients_are_added_and_frozen_parameters_have_none(client):
    model, (x, y) = network(), batch(6)
    model[0].requires_grad_(False)
    parallel = DataParallel(client, model, nn.MSELoss())
    parallel.backward(x, y)
    once = model[2].weight.grad.clone()
    parallel.backward(x, y)
    assert torch.allclose(model[2].weight.grad, 2 * once) and model[0].weight.grad is None


def test_buffers_are_those_of_the_first_shard(client):
    model, (x, y) = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3)).double(), batch(8)
    alone = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3)).double()
    alone.load_state_dict(model.state_dict())
    alone(x[:4])
    DataParallel(client, model, nn.MSELoss()).backward(x, y)
    assert torch.allclose(model[1].running_mean, alone[1].running_mean)
    assert model[1].num_batches_tracked.item() == 1


def test_an_error_in_a_worker_is_raised_here(client):
    bad = torch.ones(4, 5, dtype=torch.float64), torch.ones(4, 3, dtype=torch.float64)
    with pytest.raises(RuntimeError, match="mat1 and mat2 shapes cannot be multiplied"):
        DataParallel(client, network(), nn.MSELoss()).backward(*bad)


def test_misuse_is_told(client):
    model, (x, y) = network(), batch(4)
    with pytest.raises(TypeError, match="client must be a dask.distributed.Client, not int"):
        DataParallel(3, model, nn.MSELoss())
    with pytest.raises(TypeError, match="module must be an nn.Module, not int"):
        DataParallel(client, 3, nn.MSELoss())
    with pytest.raises(ValueError, match="whose shards cannot be averaged"):
        DataParallel(client, model, nn.MSELoss(reduction="sum"))
    parallel = DataParallel(client, model, nn.MSELoss())
    with pytest.raises(ValueError, match="4 inputs and 3 targets"):
        parallel.backward(x, y[:3])
    with pytest.raises(TypeError, match="input must be a tensor with a sample in each row"):
        parallel.backward(3, y)
