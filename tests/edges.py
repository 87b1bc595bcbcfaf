"""What is asked of every function of one tensor or two in the table: at the edges of its domain,
in every dtype, of what is no tensor. The same questions for minigrad and for PyTorch.
"""

import inspect
import warnings

from minigrad.classroom.operations import OTHER_HOMES, table

DTYPES = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"]
EDGES = [float("-inf"), -2, -1, -0.5, -0.0, 0, 0.5, 1, 2, float("inf"), float("nan")]
LEFT_OUT = OTHER_HOMES - {"nn/activation_functions"} | {"ops/dropout", "ops/conversions"}
# Their results depend on more than each number: what makes a difference is asked elsewhere.
WHOLE = {"equal", "allclose", "multi_dot", "inverse", "det", "logdet", "slogdet", "matrix_norm"}
NUMBERS = (True, 2, 2.5)


def required(function):
    """The names of the parameters that must be given."""
    parameters = inspect.signature(function).parameters.values()
    return [each.name for each in parameters if each.default is each.empty and each.kind == 1]


def functions(count):
    """The operations of `count` tensors: {name: expression of the function}."""
    found = {}
    for name, operation in table().items():
        place = next(iter(operation.places))
        names = required(operation.function)
        fits = len(names) == count and names[0] in ("input", "x") and names[-1] != "dim"
        fits = fits and (count == 1 or names[1] in ("other", "exponent", "values"))
        inside = operation.home not in LEFT_OUT and name not in WHOLE
        if fits and inside and place.split(".")[0] in ("torch", "nn") and "linalg" not in name:
            found[name] = place if place.startswith("torch.") else f"torch.{place}"
    return found


def outcome(call):
    """The result of a call, or the type of its error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return call()
        except Exception as error:
            return type(error).__name__


def flat(tensor):
    if tensor is None:
        return None
    if getattr(tensor, "_is_zerotensor", bool)():  # PyTorch's zeros without memory
        return [0.0] * tensor.numel()
    numbers = tensor.detach().double().flatten().tolist()
    return [float(f"{each:.9g}") for each in numbers]


def at_the_edges(torch, function, count):
    """Results and gradients in float64 for all edge values, or for all pairs of them."""
    given = [torch.tensor(EDGES, dtype=torch.float64).requires_grad_()]
    if count == 2:
        given = [given[0].detach().reshape(-1, 1).requires_grad_(), *given]
    result = outcome(lambda: function(*given))
    if not isinstance(result, torch.Tensor):
        return str(result)
    answer = {"result": flat(result)}
    if result.grad_fn is not None and "NotImplemented" not in result.grad_fn.name():
        weight = torch.arange(1, result.numel() + 1, dtype=torch.float64).reshape(result.shape)
        done = outcome(lambda: (result * weight).sum().backward())
        answer["grads"] = done or [flat(each.grad) for each in given]
    return answer


def dtypes_of(torch, function, count):
    """The dtypes of the results for all dtypes, or pairs of them: words with spaces between."""

    def made(dtype, dims):
        return torch.ones((2,) * dims, dtype=getattr(torch, dtype))

    def told(*given):
        result = outcome(lambda: function(*given))
        result = result[0] if isinstance(result, tuple) else result
        return str(getattr(result, "dtype", result)).removeprefix("torch.")

    if count == 1:
        return " ".join(told(made(each, 1)) for each in DTYPES)
    words = []
    for one in DTYPES:
        for two in DTYPES:
            words += [told(made(one, m), made(two, n)) for m, n in ((1, 1), (1, 0), (0, 1))]
        words += [told(made(one, 1), number) for number in NUMBERS]
        words += [told(number, made(one, 1)) for number in NUMBERS]
    return " ".join(words)


def complaint(torch, function, count):
    """The error for what is no tensor: its type, and the beginning of its message."""
    given = [torch.ones(2)] * (count - 1)
    try:
        function("a", *given)
    except Exception as error:
        return [type(error).__name__, " ".join(str(error).split()[:4])]
    return None


def answers(torch, name, expression, count):
    """All that is asked of one function."""
    function = eval(expression, {"torch": torch})
    return {
        "edges": at_the_edges(torch, function, count),
        "dtypes": dtypes_of(torch, function, count),
        "no tensor": complaint(torch, function, count),
    }
