"""Record what PyTorch prints for the examples of its tutorials, for `tests/test_tutorials.py`.

    python tests/recorded/record_tutorials.py        needs torch; writes tutorials.json

The examples themselves are in `tutorials.txt`, each below a line `=== name`. They are those of five
pages on PyTorch's autograd; random tensors are written out or only their flags printed. Addresses
are recorded as 0x....
"""

import contextlib
import io
import json
import re
import warnings
from pathlib import Path

FOLDER = Path(__file__).parent


def examples():
    """{name: source} of all examples."""
    text = (FOLDER / "tutorials.txt").read_text(encoding="utf-8")
    parts = re.split(r"^=== (.*)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], (each.strip("\n") for each in parts[1::2]), strict=True))


def run(torch, source):
    """What an example prints; its error and its warnings as [type, message]."""
    printed, error = io.StringIO(), None
    with contextlib.redirect_stdout(printed), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            if torch.__name__ != "torch":  # `from torch import nn` means the other package
                source = re.sub(r"(from|import) torch\b", rf"\1 {torch.__name__}", source)
            exec(compile(source, "example", "exec"), {"torch": torch})
        except Exception as problem:
            error = [type(problem).__name__, str(problem)]
    texts = [[type(each.message).__name__, str(each.message)] for each in caught]
    text = re.sub(r"0x[0-9a-f]+", "0x...", printed.getvalue())
    return {"printed": text, "error": error, "warnings": texts}


def main():
    import torch

    found = {name: run(torch, source) for name, source in examples().items()}
    text = json.dumps({"torch": torch.__version__, "examples": found}, indent=1)
    (FOLDER / "tutorials.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
