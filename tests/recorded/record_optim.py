"""Record 50 steps of PyTorch's optimisers and schedules.

python tests/recorded/record_optim.py        needs torch; writes optim.json
"""

import json

import torch
from optim_cases import (
    DTYPES,
    HERE,
    OPTIMIZERS,
    SCHEDULES,
    UTILITIES,
    run,
    run_schedule,
    run_utility,
)


def lines(items):
    """A JSON object, an item a line."""
    return "{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in items) + "\n}"


if __name__ == "__main__":
    steps = [(each, {dtype: run(torch, each, dtype) for dtype in DTYPES}) for each in OPTIMIZERS]
    rates = [(each, run_schedule(torch, each)) for each in SCHEDULES]
    utils = [(each, {d: run_utility(torch, each, d) for d in DTYPES}) for each in UTILITIES]
    tables = {"optimizers": steps, "schedules": rates, "utilities": utils}
    parts = ",\n".join(f'"{name}": {lines(table)}' for name, table in tables.items())
    text = f"{{\n{parts}\n}}\n"
    (HERE / "optim.json").write_text(text, encoding="utf-8")
