"""Record what torchvision's residual networks give, for `tests/test_vision.py`.

    python tests/recorded/record_resnet.py      (needs torch and torchvision; writes resnet.json)

The weights are random numbers that both sides make alike, in the order of the state.
"""

import json
import sys
from pathlib import Path

import numpy as np

NETWORKS = "resnet18", "resnet34"
FOLDER = Path(__file__).parent


def weights(shapes):
    """Arrays for the entries {name: shape} of a state: of a size that keeps numbers readable."""
    random = np.random.RandomState(0)
    made = {}
    for name, shape in shapes.items():
        if name.endswith("num_batches_tracked"):
            made[name] = np.array(3)
        elif len(shape) > 1:
            fan = np.prod(shape[1:])
            made[name] = (random.standard_normal(shape) / np.sqrt(fan)).astype(np.float32)
        else:
            made[name] = random.uniform(0.5, 1.5, shape).astype(np.float32)
    return made


def images():
    """Two images in colour."""
    return np.random.RandomState(1).standard_normal((2, 3, 64, 64)).astype(np.float32)


def examine(torch, make):
    """What a network is and says: in `eval` mode, and gradients of its last layer in `train`."""
    model = make(num_classes=7)
    shapes = {name: tuple(each.shape) for name, each in model.state_dict().items()}
    model.load_state_dict({name: torch.tensor(each) for name, each in weights(shapes).items()})
    logits = model.eval()(torch.tensor(images()))
    learning = model.train()(torch.tensor(images()))
    (learning**2).sum().backward()
    return {
        "shapes": {name: list(shape) for name, shape in shapes.items()},
        "printed": repr(model),
        "logits": logits.tolist(),
        "logits in training": learning.tolist(),
        "gradients": {
            name: float(each.grad.double().norm()) for name, each in model.named_parameters()
        },
        "running mean": model.bn1.running_mean.tolist(),
    }


if __name__ == "__main__":
    import torch
    import torchvision

    recorded = {name: examine(torch, getattr(torchvision.models, name)) for name in NETWORKS}
    versions = {"torch": torch.__version__, "torchvision": torchvision.__version__}
    text = json.dumps({**versions, "networks": recorded}, indent=1)
    (FOLDER / "resnet.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(recorded)} networks, {versions}\n")
