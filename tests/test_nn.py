"""The beginnings of nn and utils.data behave like PyTorch's, in its words (2.13)."""

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn
from minigrad.autograd import gradcheck, gradgradcheck
from minigrad.utils.data import DataLoader, Dataset, TensorDataset

NETWORK = """Sequential(
  (0): Linear(in_features=8, out_features=16, bias=True)
  (1): ReLU()
  (fc): Linear(in_features=16, out_features=4, bias=True)
)"""


def network():
    model = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
    model.fc = nn.Linear(16, 4)
    return model


def test_a_module_prints_and_names_its_parts_as_in_pytorch():
    model = network()
    assert repr(model) == NETWORK
    assert list(model.state_dict()) == ["0.weight", "0.bias", "fc.weight", "fc.bias"]
    assert [name for name, _ in model.named_modules()] == ["", "0", "1", "fc"]
    assert repr(nn.Parameter(torch.ones(2))) == (
        "Parameter containing:\ntensor([1., 1.], requires_grad=True)"
    )


def test_a_linear_layer_has_pytorchs_graph():
    y = nn.Linear(8, 3)(torch.ones(2, 8, requires_grad=True))
    assert y.grad_fn.name() == "AddmmBackward0"
    assert [node.name() for node, _ in y.grad_fn.next_functions] == [
        "AccumulateGrad",
        "AccumulateGrad",
        "TBackward0",
    ]
    assert nn.Linear(8, 3)(torch.ones(2, 2, 8)).grad_fn.name() == "ViewBackward0"
    assert nn.Linear(8, 3, bias=False)(torch.ones(2, 8)).grad_fn.name() == "MmBackward0"


def test_layers_and_losses_differentiate_twice():
    random = np.random.RandomState(0)
    x, w, b, y = (
        torch.tensor(random.standard_normal(shape), requires_grad=True)
        for shape in ((3, 4), (2, 4), (2,), (3, 2))
    )
    functional = nn.functional
    for check in (gradcheck, gradgradcheck):
        assert check(functional.linear, (x, w, b))
        assert check(
            lambda x, w, b, y: functional.mse_loss(functional.linear(x, w, b), y), (x, w, b, y)
        )


def test_a_state_that_does_not_fit_is_refused_and_changes_nothing():
    layer = nn.Linear(2, 3)
    before = {name: each.clone() for name, each in layer.state_dict().items()}
    with pytest.raises(RuntimeError, match=r'Missing key\(s\) in state_dict: "bias"'):
        layer.load_state_dict({"weight": torch.ones(3, 2)})
    with pytest.raises(RuntimeError, match="size mismatch for weight"):
        layer.load_state_dict({"weight": torch.ones(3, 3), "bias": torch.ones(3)})
    assert all(bool((before[name] == each).all()) for name, each in layer.state_dict().items())
    layer.load_state_dict({"weight": torch.ones(3, 2), "bias": torch.zeros(3)})
    assert layer(torch.ones(1, 2)).tolist() == [[2, 2, 2]]


BAD = [
    (lambda: nn.Module()(3), NotImplementedError, r"Module \[Module\] is missing the required"),
    (lambda: nn.Linear(2, 3)(torch.ones(3)), RuntimeError, r"mat1 and mat2 shapes .*\(1x3 and 2x3"),
    (lambda: setattr(nn.Linear(2, 3), "weight", 3), TypeError, "cannot assign 'int' as parameter"),
    (lambda: DataLoader([1], batch_size=0), ValueError, "batch_size should be a positive integer"),
    (lambda: Dataset()[0], NotImplementedError, "Subclasses of Dataset should implement"),
    (lambda: torch.device("foo"), RuntimeError, "Expected one of cpu, cuda"),
]


@pytest.mark.parametrize(("mistake", "kind", "words"), BAD)
def test_a_mistake_is_told_in_pytorchs_words(mistake, kind, words):
    with pytest.raises(kind, match=words):
        mistake()


def test_a_loader_gives_batches():
    pairs = TensorDataset(torch.arange(5), torch.ones(5, 2))
    batches = list(DataLoader(pairs, batch_size=2))
    assert [batch[0].tolist() for batch in batches] == [[0, 1], [2, 3], [4]]
    assert len(DataLoader(pairs, batch_size=2, drop_last=True)) == 2
    torch.manual_seed(0)
    shuffled = [each for batch in DataLoader(pairs, 2, shuffle=True) for each in batch[0].tolist()]
    assert sorted(shuffled) == [0, 1, 2, 3, 4]
