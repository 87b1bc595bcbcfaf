"""Tensors on a GPU, and what is said where there is none. A strict stand-in plays CuPy.

Where CuPy finds a GPU, all this runs on the real one as well.
"""

import copy
import pickle
import sys

import numpy as np
import pytest
import stand_in_cupy

import minigrad as torch
from minigrad import nn


@pytest.fixture
def no_cupy(monkeypatch):
    """CuPy cannot be imported."""
    monkeypatch.setitem(sys.modules, "cupy", None)


# --- naming a device ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "given, printed",
    [
        (("cpu",), "device(type='cpu')"),
        (("cpu:0",), "device(type='cpu', index=0)"),
        (("cuda",), "device(type='cuda')"),
        (("cuda:1",), "device(type='cuda', index=1)"),
        (("cuda", 1), "device(type='cuda', index=1)"),
        ((torch.device("cuda:1"),), "device(type='cuda', index=1)"),
    ],
)
def test_a_device_is_named_as_in_pytorch(given, printed):
    assert repr(torch.device(*given)) == printed


def test_devices_are_equal_if_type_and_index_are():
    assert torch.device("cuda", 1) == torch.device("cuda:1") != torch.device("cuda")
    assert torch.device("cpu") != "cpu" and len({torch.device("cpu"), torch.device("cpu")}) == 1
    assert pickle.loads(pickle.dumps(torch.device("cuda:1"))) == torch.device("cuda:1")
    assert str(torch.device("cuda:1")) == "cuda:1"


@pytest.mark.parametrize(
    "given, kind, words",
    [
        (("gpu",), RuntimeError, "Expected one of cpu, cuda"),
        (("cuda:x",), RuntimeError, "Invalid device string: 'cuda:x'"),
        (("cuda:01",), RuntimeError, "Invalid device string: 'cuda:01'"),
        (("cuda:-1",), RuntimeError, "Invalid device string: 'cuda:-1'"),
        (("cuda", -1), RuntimeError, "Device index must not be negative"),
        (("cuda:1", 1), RuntimeError, r"type \(string\) must not include an index because"),
        ((1.5,), TypeError, r"device\(\): argument 'device' must be torch.device, not float"),
    ],
)
def test_a_device_that_does_not_exist_is_an_error(given, kind, words):
    with pytest.raises(kind, match=words):
        torch.device(*given)


# --- where there is no CuPy, or no GPU ------------------------------------------------------------
PUTTING = [
    lambda: torch.ones(2, device="cuda"),
    lambda: torch.ones(2).cuda(),
    lambda: torch.ones(2).to("cuda:0"),
    lambda: nn.Linear(2, 2).to("cuda"),
    lambda: torch.device(0),
]


@pytest.mark.parametrize("put", PUTTING)
def test_without_cupy_the_error_says_what_to_install(no_cupy, put):
    with pytest.raises(AssertionError, match=r"^Torch not compiled with CUDA enabled.*minigrad\[c"):
        put()
    assert not torch.cuda.is_available() and torch.cuda.device_count() == 0


@pytest.mark.parametrize("put", PUTTING)
def test_with_cupy_but_without_a_gpu_the_error_says_so(put):
    with stand_in_cupy.installed(count=0):
        with pytest.raises(RuntimeError, match="^Found no NVIDIA driver on your system"):
            put()
        assert not torch.cuda.is_available()


def test_a_gpu_that_is_not_there(gpu):
    with pytest.raises(RuntimeError, match="^CUDA error: invalid device ordinal.*no cuda:64"):
        torch.ones(2, device="cuda:64")


def test_the_cpu_needs_nothing(no_cupy):
    x = torch.ones(2, device="cpu")
    assert x.cpu() is x.to("cpu") is x.to(torch.device("cpu")) is x
    assert not x.is_cuda and x.get_device() == -1 and x.device == torch.device("cpu")
    assert x.to("cpu", torch.float64).dtype is torch.float64
    with pytest.raises(RuntimeError, match="Invalid device, must be cuda device"):
        x.cuda("cpu")


# --- to a GPU and back ----------------------------------------------------------------------------
def test_what_is_there(gpu):
    assert torch.cuda.is_available() and torch.cuda.device_count() > 0
    assert torch.cuda.current_device() == 0 and isinstance(torch.cuda.get_device_name(), str)
    torch.cuda.synchronize()


def test_to_and_back(gpu):
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    y = x.to("cuda", torch.float64)
    assert y.is_cuda and y.get_device() == 0 and y.device == torch.device("cuda:0")
    assert y.dtype is torch.float64 and y.grad_fn.name() == "ToCopyBackward0"
    assert y.to("cuda") is y.cuda() is y.to(y) is y and y.cpu().device == x.device
    (y * y).sum().backward()
    assert x.grad.tolist() == [[2.0, 4.0], [6.0, 8.0]] and x.grad.device == torch.device("cpu")
    assert x.grad.dtype is torch.float32


CREATION = {
    "tensor": lambda **where: torch.tensor([1.0, 2.0], **where),
    "as_tensor": lambda **where: torch.as_tensor([1, 2], **where),
    "zeros": lambda **where: torch.zeros(2, 3, **where),
    "ones": lambda **where: torch.ones(2, 3, **where),
    "empty": lambda **where: torch.empty(2, 3, **where) * 0,
    "full": lambda **where: torch.full((2,), 7.0, **where),
    "eye": lambda **where: torch.eye(3, **where),
    "arange": lambda **where: torch.arange(5, **where),
    "linspace": lambda **where: torch.linspace(0, 1, 5, **where),
    "rand": lambda **where: torch.rand(3, **where),
    "randn": lambda **where: torch.randn(3, **where),
    "randint": lambda **where: torch.randint(9, (3,), **where),
    "randperm": lambda **where: torch.randperm(5, **where),
    "normal": lambda **where: torch.normal(0.0, 1.0, (3,), **where),
    "zeros_like": lambda **where: torch.zeros_like(torch.ones(2), **where),
    "ones_like": lambda **where: torch.ones_like(torch.ones(2), **where),
    "full_like": lambda **where: torch.full_like(torch.ones(2), 3, **where),
    "rand_like": lambda **where: torch.rand_like(torch.ones(2), **where),
    "randn_like": lambda **where: torch.randn_like(torch.ones(2), **where),
    "randint_like": lambda **where: torch.randint_like(torch.ones(2), 9, **where),
    "new_tensor": lambda **where: torch.ones(2).new_tensor([1, 2], **where),
    "new_zeros": lambda **where: torch.ones(2).new_zeros(2, **where),
    "new_full": lambda **where: torch.ones(2).new_full((2,), 3, **where),
}


@pytest.mark.parametrize("name", CREATION)
def test_a_tensor_made_on_a_gpu_has_the_same_numbers(gpu, name):
    results = []
    for where in ("cpu", "cuda", torch.device("cuda:0")):
        torch.manual_seed(3)
        results.append(CREATION[name](device=where))
    assert [each.is_cuda for each in results] == [False, True, True]
    assert results[0].tolist() == results[1].tolist() == results[2].tolist()
    assert len({each.dtype for each in results}) == 1


def test_what_is_made_like_a_tensor_is_beside_it(gpu):
    x = torch.ones(2, device="cuda")
    made = [torch.zeros_like(x), torch.randn_like(x), x.new_zeros(3), x.new_tensor([1]), x.clone()]
    assert all(each.is_cuda for each in [*made, torch.tensor(x), x.type_as(x), x.detach()])


def test_the_default_device(gpu):
    assert torch.get_default_device() == torch.device("cpu")
    torch.set_default_device("cuda")
    try:
        assert torch.ones(2).is_cuda and torch.get_default_device() == torch.device("cuda")
        assert not torch.ones(2, device="cpu").is_cuda
        assert not torch.zeros_like(torch.ones(2, device="cpu")).is_cuda
    finally:
        torch.set_default_device(None)
    with torch.device("cuda"):
        assert torch.ones(2).is_cuda
    assert not torch.ones(2).is_cuda


# --- what a tensor on a GPU is to Python ----------------------------------------------------------
@pytest.mark.parametrize(
    "source, printed",
    [
        ("torch.ones(2)", "tensor([1., 1.], device='cuda:0')"),
        (
            "torch.ones(2, requires_grad=True)",
            "tensor([1., 1.], device='cuda:0', requires_grad=True)",
        ),
        ("torch.ones(2).double()", "tensor([1., 1.], device='cuda:0', dtype=torch.float64)"),
        (
            "torch.ones(2, requires_grad=True).double() * 2",
            "tensor([2., 2.], device='cuda:0', dtype=torch.float64, grad_fn=<MulBackward0>)",
        ),
        ("torch.zeros(0, 2)", "tensor([], device='cuda:0', size=(0, 2))"),
    ],
)
def test_it_prints_its_device(gpu, source, printed):
    with torch.device("cuda"):
        assert repr(eval(source)) == printed


def test_single_numbers_lists_and_truth(gpu):
    x = torch.tensor([[1.5, 2.0]], device="cuda")
    assert x[0, 0].item() == float(x[0, 0]) == 1.5 and int(x[0, 1]) == 2
    assert x.tolist() == [[1.5, 2.0]] and bool(x.sum() > 3) and 2.0 in x
    assert [each.tolist() for each in x] == [[1.5, 2.0]] and len(x) == 1
    assert f"{x.sum():.2f}" == "3.50" and [0, 1, 2][torch.tensor(1, device="cuda")] == 1


@pytest.mark.parametrize("grad", [False, True])
def test_numpy_cannot_have_it(gpu, grad):
    x = torch.ones(2, device="cuda", requires_grad=grad)
    words = "^can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu()"
    for ask in (x.numpy, lambda: np.asarray(x), lambda: np.asarray(x.detach().array)):
        with pytest.raises(TypeError, match=words):
            ask()
    assert x.numpy(force=True).tolist() == [1.0, 1.0]


def test_copies_and_pickles_stay_on_the_gpu(gpu):
    x = torch.tensor([1.0, 2.0], device="cuda", requires_grad=True)
    for other in (copy.deepcopy(x), pickle.loads(pickle.dumps(x))):
        assert other.is_cuda and other.requires_grad and other.tolist() == [1.0, 2.0]
        other.data[0] = 5
    shared = copy.copy(x)
    shared.data[0] = 7
    assert x.tolist() == [7.0, 2.0]


def test_other_libraries_share_the_memory(gpu):
    x = torch.ones(2, device="cuda")
    y = torch.as_tensor(x.array.held)
    y[0] = 5
    assert x.tolist() == [5.0, 1.0] and hasattr(x, "__cuda_array_interface__")
    assert not hasattr(torch.ones(2), "__cuda_array_interface__")
