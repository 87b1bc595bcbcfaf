"""Floor 7. Networks by name, with weights that others have trained: `torchvision.models`."""

import os
from pathlib import Path

from ..safetensors import load_file
from .resnet import ResNet

HUB = {"resnet18": "timm/resnet18.tv_in1k", "resnet34": "timm/resnet34.tv_in1k"}


def resnet18(*, pretrained=False, num_classes=1000):
    """The residual network with 18 layers: images (n, 3, h, w) give votes (n, num_classes).

    `pretrained` is the path of a safetensors file; or True, for the weights that torchvision
    trained on ImageNet, if they lie in the local cache of Hugging Face. FileNotFoundError, which
    says how to get them, if not; RuntimeError for weights of another network.

    Source: https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.resnet18.html
    """
    return _resnet("resnet18", [2, 2, 2, 2], pretrained, num_classes)


def resnet34(*, pretrained=False, num_classes=1000):
    """As `resnet18`, with 34 layers."""
    return _resnet("resnet34", [3, 4, 6, 3], pretrained, num_classes)


def _resnet(name, layers, pretrained, num_classes):
    path = weights_of(name) if pretrained is True else pretrained
    weights = load_file(path) if path else None
    model = ResNet(layers, num_classes)
    if weights is not None:
        # A count of batches, for which older files have no entry, changes no result.
        for key, value in model.state_dict().items():
            if key.endswith("num_batches_tracked"):
                weights.setdefault(key, value)
        model.load_state_dict(weights)
    return model


def weights_of(name):
    """The file with the weights of a network in the cache of Hugging Face.

    FileNotFoundError, which says how to get it, if it is not there.
    """
    repository = HUB[name]
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE") or home / "hub")
    folder = cache / f"models--{repository.replace('/', '--')}"
    main = folder / "refs" / "main"
    if main.exists():
        commit = main.read_text(encoding="utf-8").strip()
        path = folder / "snapshots" / commit / "model.safetensors"
        if path.exists():
            return path
    raise FileNotFoundError(
        f"The trained weights of {name} are not on this machine: there is no model.safetensors of "
        f"{repository} in {cache}. Get them once, with a network:\n\n"
        "    pip install safetensors huggingface_hub\n"
        f"    hf download {repository} model.safetensors\n\n"
        f"Or give the path of a safetensors file: {name}(pretrained='{name}.safetensors')."
    )
