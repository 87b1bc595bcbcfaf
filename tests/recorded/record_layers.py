"""Record what PyTorch's layers compute, for `tests/test_layers.py` to compare with.

    python tests/recorded/record_layers.py [layers_basic …]       needs torch; all without a name

Writes a file of JSON beside each table `layers_….py`, a case a line.
"""

import importlib
import json
import sys
import warnings

import torch
from layer_recording import DTYPES, HERE, failure, run, tables, title, value


def lines(items):
    """A JSON object, an item a line."""
    return "{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in items) + "\n}"


def record_case(case):
    try:
        return {dtype: run(torch, case, dtype) for dtype in case.get("dtypes", DTYPES)}
    except Exception as error:
        raise SystemExit(f"{title(case)}: {type(error).__name__}: {error}") from None


def record_error(expression):
    found = failure(torch, expression)
    if found is None:
        raise SystemExit(f"{expression} does not fail")
    return found


def record(table):
    module = importlib.import_module(table)
    cases = [(title(case), record_case(case)) for case in module.CASES]
    values = [(each, value(torch, each)) for each in getattr(module, "VALUES", ())]
    errors = [(each, record_error(each)) for each in getattr(module, "ERRORS", ())]
    if len(dict(cases)) < len(cases):
        raise SystemExit(f"{table}: two cases are the same")
    text = "{\n" + ",\n".join(
        f'"{name}": {lines(items)}'
        for name, items in (("cases", cases), ("values", values), ("errors", errors))
    )
    (HERE / f"{table}.json").write_text(text + "\n}\n", encoding="utf-8")
    print(f"{table}: {len(cases)} cases, {len(values)} values, {len(errors)} errors")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for name in sys.argv[1:] or tables():
        record(name)
