"""Record what PyTorch makes of the examples in the table of operations, and which names it has.

    python tests/recorded/record_table.py        needs torch; writes table.json

Of every example in both float dtypes: the result, the name of its `grad_fn`, and the gradients of
the inputs for a weight of 1, 2, 3, ... on the elements of the result. Of every place (`torch`,
`Tensor`, `nn.functional`, `linalg`): the names that the table has somewhere.
"""

import json
import sys
import warnings
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from minigrad.classroom.examples import scope
from minigrad.classroom.operations import table

PLACES = {
    "torch": torch,
    "Tensor": torch.Tensor,
    "nn.functional": torch.nn.functional,
    "linalg": torch.linalg,
}


def flat(tensor):
    numbers = tensor.detach().numpy(force=True).astype(float).flatten().tolist()
    return [str(tensor.dtype), list(tensor.shape), numbers]


def recorded(result):
    """A result in JSON: a tensor as [dtype, shape, numbers]."""
    if isinstance(result, torch.Tensor):
        return flat(result)
    if isinstance(result, (tuple, list)) and not isinstance(result, torch.Size):
        return {"several": [recorded(each) for each in result]}
    return {"plain": repr(result)}


def first_tensor(result):
    results = result if isinstance(result, (tuple, list)) else [result]
    return next((each for each in results if isinstance(each, torch.Tensor)), None)


def record(example, dtype):
    """What PyTorch makes of an example."""
    known = scope(torch, dtype, requires_grad=True)
    result = eval(example, known)
    case = {"example": example, "dtype": dtype, "result": recorded(result)}
    first = first_tensor(result)
    node = None if first is None else first.grad_fn
    if node is not None:
        case["node"] = node.name().removeprefix("torch::autograd::")
    if node is not None and case["node"] != "NotImplemented":
        weight = torch.arange(1, first.numel() + 1, dtype=first.dtype).reshape(first.shape)
        try:
            (first * weight).sum().backward()
        except NotImplementedError:
            return case
        leaves = {k: v for k, v in known.items() if isinstance(v, torch.Tensor) and v.requires_grad}
        case["grads"] = {k: flat(v.grad) for k, v in leaves.items() if v.grad is not None}
    return case


def names():
    """Which of the table's names PyTorch has where, with and without the `_` of the in-place form."""
    bare = {each.rpartition(".")[2] for each in table()}
    bare |= {alias for operation in table().values() for alias in operation.aliases}
    wanted = bare | {each + "_" for each in bare if not each.endswith("_")}
    return {place: sorted(wanted & set(dir(owner))) for place, owner in PLACES.items()}


def parameters():
    """The names of the parameters of every operation that has a schema, of all its variants."""
    found = {}
    for name, operation in table().items():
        schemas = torch._C._jit_get_schemas_for_operator(
            "aten::" + name.replace("linalg.", "linalg_")
        )
        variants = [each for each in schemas if not any(a.is_out for a in each.arguments)]
        variants = [v for v in variants if any(str(a.type) == "Tensor" for a in v.arguments)]
        own = next(iter(operation.places)).split(".")[0] != "nn"
        if variants and own and not name.startswith("_"):
            found[name] = sorted({a.name for each in variants for a in each.arguments})
    return found


def main():
    warnings.simplefilter("ignore")
    examples = [each for operation in table().values() for each in operation.examples]
    cases = [record(each, dtype) for each in examples for dtype in ("float64", "float32")]
    found = {
        "torch": torch.__version__.split("+")[0],
        "names": names(),
        "parameters": parameters(),
        "cases": cases,
    }
    lines = ",\n".join(json.dumps(each) for each in found.pop("cases"))
    head = ",\n ".join(f'"{name}": {json.dumps(each)}' for name, each in found.items())
    path = Path(__file__).with_name("table.json")
    path.write_text(f'{{{head},\n "cases": [\n{lines}\n]}}\n', encoding="utf-8")
    print(len(cases), "cases")


if __name__ == "__main__":
    main()
