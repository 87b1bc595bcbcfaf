"""Record what PyTorch's datasets, samplers and loaders give, for `tests/test_data.py`.

python tests/recorded/record_data.py        needs torch; writes data.json
"""

import json
from pathlib import Path

import torch
from data_cases import EXPRESSIONS, evaluate

if __name__ == "__main__":
    cases = {each: evaluate(torch, each) for each in EXPRESSIONS}
    lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in cases.items())
    path = Path(__file__).with_name("data.json")
    path.write_text(f'{{"torch": "{torch.__version__}", "cases": {{\n{lines}\n}}}}\n', "utf-8")
    print(f"{len(cases)} cases, {sum('error' in each for each in cases.values())} errors")
