"""Record files that PyTorch writes, for `test_safetensors.py` and `test_serialization.py`.

    python tests/recorded/record_weights.py        needs torch and safetensors

Writes weights.safetensors (a tied network, and a tensor of every dtype, with metadata),
pytorch.pt (what `torch.save` writes), and weights.json: names, dtypes, numbers, an output.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file, save_model

HERE = Path(__file__).parent
DTYPES = [
    "float64",
    "float32",
    "float16",
    "bfloat16",
    "int64",
    "int32",
    "int16",
    "int8",
    "uint8",
    "bool",
]


def network():
    """A small network; its second and third layer share their weights."""
    torch.manual_seed(0)
    layers = [torch.nn.Linear(4, 3), torch.nn.Linear(3, 3), torch.nn.Linear(3, 3)]
    layers[2].weight = layers[1].weight
    return torch.nn.Sequential(layers[0], torch.nn.ReLU(), layers[1], layers[2])


if __name__ == "__main__":
    model = network()
    save_model(model, HERE / "weights.safetensors", metadata={"by": "PyTorch"})
    kinds = {
        name: torch.tensor([[0.0, 1.0, -1.5], [3.25, 100.0, 7.0]]).abs().to(getattr(torch, name))
        for name in DTYPES
    }
    kinds["scalar"], kinds["nothing"] = torch.tensor(2.5), torch.zeros(0, 3)
    save_file(kinds, HERE / "dtypes.safetensors")
    torch.save({"weight": torch.ones(2)}, HERE / "pytorch.pt")
    for path in HERE.glob("*.safetensors"):
        path.chmod(0o644)
    x = torch.tensor([[1.0, -2.0, 0.5, 3.0], [0.0, 1.0, -1.0, 2.0]])
    found = {
        "state": {name: each.tolist() for name, each in model.state_dict().items()},
        "x": x.tolist(),
        "y": model(x).tolist(),
        "dtypes": {name: [str(each.dtype), each.tolist()] for name, each in kinds.items()},
    }
    (HERE / "weights.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
