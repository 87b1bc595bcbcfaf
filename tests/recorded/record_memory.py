"""Record what PyTorch's allocator reports for steps of training, for `test_ownership.py`.

    python tests/recorded/record_memory.py         needs torch

Writes memory.json: {step: bytes at most in use above what there is before it}.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "bench"))

import torch  # noqa: E402
from memory import peak_of_torch  # noqa: E402
from steps import STEPS  # noqa: E402

if __name__ == "__main__":
    found = {"torch": torch.__version__.split("+")[0], "peaks": {}}
    for name in STEPS:
        found["peaks"][name] = peak_of_torch(name)
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    (HERE / "memory.json").write_text(text, encoding="utf-8")
