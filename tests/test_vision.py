"""Residual networks are torchvision's, by name, shape and number; and the digits are real."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

import minigrad as torch
import minigrad.vision as torchvision
from minigrad import nn, optim
from minigrad.vision import models

sys.path.insert(0, str(Path(__file__).parent / "recorded"))
from record_resnet import FOLDER, NETWORKS, examine

RECORDED = json.loads((FOLDER / "resnet.json").read_text(encoding="utf-8"))["networks"]


@pytest.fixture(scope="module", params=NETWORKS)
def pair(request):
    """What our network is and says, and what torchvision's does."""
    return examine(torch, getattr(models, request.param)), RECORDED[request.param]


def test_a_network_has_torchvisions_parts(pair):
    ours, theirs = pair
    assert ours["shapes"] == theirs["shapes"] and list(ours["shapes"]) == list(theirs["shapes"])
    assert ours["printed"] == theirs["printed"]


def test_the_same_weights_give_the_same_logits_and_gradients(pair):
    ours, theirs = pair
    for name in ("logits", "logits in training", "running mean"):
        np.testing.assert_allclose(
            ours[name], theirs[name], rtol=1e-3, atol=1e-3 * size(theirs[name])
        )
    for name, norm in theirs["gradients"].items():
        assert ours["gradients"][name] == pytest.approx(norm, rel=1e-2), name


def size(values):
    return float(np.abs(values).max())


def test_the_tutorials_fine_tuning_moves_the_last_layer_alone():
    torch.manual_seed(0)
    model = torchvision.models.resnet18(pretrained=False)
    for param in model.parameters():
        param.requires_grad = False
    model.fc = nn.Linear(512, 100)
    optimizer = optim.SGD(model.fc.parameters(), lr=1e-2, momentum=0.9)
    before = {name: each.detach().clone() for name, each in model.named_parameters()}
    model(torch.randn(2, 3, 32, 32)).sum().backward()
    optimizer.step()
    moved = [name for name, each in model.named_parameters() if bool((each != before[name]).any())]
    assert moved == ["fc.weight", "fc.bias"]
    assert [n for n, p in model.named_parameters() if p.grad is not None] == moved


# --- trained weights ------------------------------------------------------------------------------
@pytest.fixture
def trained(tmp_path):
    """A file with weights, without the counts of batches, as older files are."""
    safetensors = pytest.importorskip("safetensors", reason="safetensors is not installed")
    assert safetensors
    torch.manual_seed(1)
    model = models.resnet18()
    state = {n: e for n, e in model.state_dict().items() if not n.endswith("batches_tracked")}
    torch.safetensors.save_file(state, tmp_path / "weights.safetensors")
    return model, tmp_path / "weights.safetensors"


def same(one, other):
    pairs = zip(one.parameters(), other.parameters(), strict=True)
    return all(bool((a == b).all()) for a, b in pairs)


def test_weights_come_from_a_file(trained):
    model, path = trained
    assert same(models.resnet18(pretrained=path), model)
    assert same(models.resnet18(pretrained=str(path)), model)


def test_weights_come_from_the_local_cache_of_hugging_face(trained, tmp_path, monkeypatch):
    model, path = trained
    folder = tmp_path / "hub" / "models--timm--resnet18.tv_in1k"
    (folder / "refs").mkdir(parents=True)
    (folder / "refs" / "main").write_text("0123abc")
    (folder / "snapshots" / "0123abc").mkdir(parents=True)
    path.rename(folder / "snapshots" / "0123abc" / "model.safetensors")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    assert same(models.resnet18(pretrained=True), model)
    monkeypatch.delenv("HF_HUB_CACHE")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    assert same(models.resnet18(pretrained=True), model)


def test_missing_weights_say_how_to_get_them(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="hf download timm/resnet18.tv_in1k") as caught:
        models.resnet18(pretrained=True)
    assert str(tmp_path) in str(caught.value)


def test_weights_of_another_network_are_refused(trained):
    _, path = trained
    with pytest.raises(RuntimeError, match=r"Missing key\(s\) in state_dict"):
        models.resnet34(pretrained=path)
    with pytest.raises(RuntimeError, match="size mismatch for fc.weight"):
        models.resnet18(pretrained=path, num_classes=5)


# --- the digits -----------------------------------------------------------------------------------
def test_the_digits_are_the_known_1797():
    """Sums and counts as in the description of the data set at UCI."""
    images, labels = torchvision.datasets.digits()
    assert images.shape == (1797, 1, 8, 8) and images.dtype is torch.float32
    assert labels.shape == (1797,) and labels.dtype is torch.int64
    assert images.min().item() == 0 and images.max().item() == 1
    counts = [int((labels == digit).sum()) for digit in range(10)]
    assert counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (images * 16).double().sum().item() == 561718
