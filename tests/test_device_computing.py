"""What is computed on a GPU is what is computed on the CPU; see test_device.py.

`pytest --device cuda` runs other tests on a GPU, `pytest --device stand-in` on what stands in for
one. The most telling of them are run here.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import stand_in_cupy

import minigrad as torch
from minigrad import nn

TESTS = Path(__file__).parent

SAMPLE = [
    ("test_operations.py", ""),
    ("test_autograd.py", ""),
    ("test_gradients.py", ""),
    ("test_layers.py", "gives_what_pytorch_gives and float32"),
]


# --- two devices ----------------------------------------------------------------------------------
MIXED = {
    "x + y": lambda x, y: x + y,
    "y - x": lambda x, y: y - x,
    "x @ y": lambda x, y: x @ y,
    "x > y": lambda x, y: x > y,
    "cat": lambda x, y: torch.cat([x, y]),
    "where": lambda x, y: torch.where(x > 0, x, y),
    "maximum": lambda x, y: torch.maximum(y, x),
    "x += y": lambda x, y: x.add_(y),
    "mse_loss": lambda x, y: nn.functional.mse_loss(x, y),
}


@pytest.mark.parametrize("name", MIXED)
def test_tensors_of_two_devices_are_refused(gpu, name):
    words = (
        "^Expected all tensors to be on the same device, but found at least two devices, "
        "cuda:0 and cpu!"
    )
    with pytest.raises(RuntimeError, match=words):
        MIXED[name](torch.ones(2, device="cuda"), torch.ones(2))


def test_a_single_number_of_the_cpu_may_be_mixed_in(gpu):
    x = torch.tensor([1.0, 2.0], device="cuda", requires_grad=True)
    s = torch.tensor(3.0, requires_grad=True)
    y = (x * s).sum() * s
    assert y.is_cuda and y.item() == 27.0
    y.backward()
    assert x.grad.is_cuda and x.grad.tolist() == [9.0, 9.0]
    assert not s.grad.is_cuda and s.grad.item() == 18.0


def test_copying_between_devices_is_for_copy_and_item_assignment(gpu):
    x, y = torch.zeros(2, 2), torch.tensor([1.0, 2.0], device="cuda", requires_grad=True)
    z = x.clone()
    z.copy_(y)
    z[0] = y * 2
    z.sum().backward()
    assert z.tolist() == [[2.0, 4.0], [1.0, 2.0]] and not z.is_cuda
    assert y.grad.tolist() == [3.0, 3.0] and y.grad.is_cuda


def test_a_gradient_of_another_device_cannot_be_assigned(gpu):
    x = torch.ones(2, requires_grad=True)
    with pytest.raises(RuntimeError, match="attempting to assign a gradient with device type 'cud"):
        x.grad = torch.ones(2, device="cuda")


def test_two_gpus():
    with stand_in_cupy.installed():
        x = torch.ones(2, device="cuda:1", requires_grad=True)
        y = (x * 2 + torch.arange(2, device="cuda:1")).exp()
        assert str(y.device) == "cuda:1" and y.get_device() == 1
        y.sum().backward()
        assert str(x.grad.device) == "cuda:1"
        with pytest.raises(RuntimeError, match="cuda:0 and cuda:1|cuda:1 and cuda:0"):
            x + torch.ones(2, device="cuda:0")
        z = x.to("cuda:0")
        z.sum().backward()
        assert str(z.device) == "cuda:0" and str(x.grad.device) == "cuda:1"


# --- computing ------------------------------------------------------------------------------------
def test_an_index_may_be_on_either_device(gpu):
    x = torch.arange(6.0, device="cuda").reshape(2, 3)
    for where in ("cpu", "cuda"):
        index = torch.tensor([1, 0, 1], device=where)
        assert x[index].tolist() == [[3.0, 4.0, 5.0], [0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
    assert x[x > 3].tolist() == [4.0, 5.0] and x[-1, 1:].tolist() == [4.0, 5.0]
    with pytest.raises(IndexError, match="index 2 is out of bounds for dimension 0 with size 2"):
        x[torch.tensor([2], device="cuda")]  # CuPy itself would wrap around


@pytest.mark.parametrize("dtype", ["float16", "float64", "int64", "int32", "int16", "uint8"])
def test_numbers_are_added_at_an_index_in_every_dtype(gpu, dtype):
    def added(where):
        x = torch.arange(4, device=where).to(getattr(torch, dtype))
        index = torch.tensor([1, 1, 3], device=where)
        x.index_put_((index,), torch.tensor([-1, -2, 5], device=where).to(x.dtype), True)
        return x.index_add(0, index, x[:3])

    assert added("cuda").tolist() == added("cpu").tolist()


def trained(where):
    torch.manual_seed(0)
    x, y = torch.randn(8, 3, device=where), torch.randn(8, 1, device=where)
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1)).to(where)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for _ in range(5):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
    assert all(each.device == x.device for each in model.parameters())
    return [loss.item(), *(each.tolist() for each in model.parameters())]


def test_a_network_learns_the_same_on_a_gpu(gpu):
    for one, two in zip(trained("cpu"), trained("cuda"), strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-4, atol=1e-6)


def test_a_state_of_the_cpu_is_loaded_into_a_model_on_a_gpu(gpu):
    model, other = nn.Linear(2, 2), nn.Linear(2, 2).to("cuda")
    other.load_state_dict(model.state_dict())
    assert other.weight.is_cuda and other.weight.tolist() == model.weight.tolist()


@pytest.mark.parametrize("device", ["stand-in", *["cuda"] * torch.cuda.is_available()])
@pytest.mark.parametrize("tests, chosen", SAMPLE)
def test_other_tests_pass_on_a_gpu(device, tests, chosen):
    """All recorded operations, programs of autograd and gradient checks; all layers forwards."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    command += ["--device", device, "-k", chosen, str(TESTS / tests)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=TESTS.parent)
    assert done.returncode == 0, done.stdout[-3000:]
