"""Record what PyTorch answers to the questions of `tests/edges.py`.

python tests/recorded/record_edges.py        needs torch; writes edges.json
"""

import json
import sys
from pathlib import Path

import torch

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[2])]


def main():
    from edges import answers, functions

    found = {
        str(count): {
            name: answers(torch, name, each, count) for name, each in functions(count).items()
        }
        for count in (1, 2)
    }
    lines = [
        f'"{count}": {{\n'
        + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in each.items())
        for count, each in found.items()
    ]
    HERE.with_name("edges.json").write_text("{" + "\n},\n".join(lines) + "\n}}\n", encoding="utf-8")
    print({count: len(each) for count, each in found.items()})


if __name__ == "__main__":
    main()
