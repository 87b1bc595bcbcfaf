"""Floor 7. What is said about modules, layers and losses. PyTorch's words first."""

import warnings


def before_init(kind):
    return AttributeError(
        f"cannot assign {kind} before Module.__init__() call: begin your __init__ with "
        "super().__init__()."
    )


def check_none(value, name, kind, wanted):
    """A name of a parameter or a module may be given another one, or None."""
    if value is not None:
        raise TypeError(
            f"cannot assign '{type(value).__name__}' as {kind} '{name}' ({wanted} or None expected)"
        )


def no_forward(module):
    return NotImplementedError(
        f'Module [{type(module).__name__}] is missing the required "forward" function'
    )


def check_state(module, own, state, strict, tensor_type):
    """RuntimeError that lists everything about a state that does not fit a module."""
    problems = []
    missing = [f'"{name}"' for name in own if name not in state]
    unexpected = [f'"{name}"' for name in state if name not in own]
    if strict and unexpected:
        problems.append(f"Unexpected key(s) in state_dict: {', '.join(unexpected)}. ")
    if strict and missing:
        problems.append(f"Missing key(s) in state_dict: {', '.join(missing)}. ")
    for name, parameter in own.items():
        given = state.get(name)
        if given is not None and not isinstance(given, tensor_type):
            problems.append(f"{name} should be a tensor, but is {type(given).__name__}.")
        elif given is not None and given.shape != parameter.shape:
            problems.append(
                f"size mismatch for {name}: copying a param with shape {given.shape} from "
                f"checkpoint, the shape in current model is {parameter.shape}."
            )
    if problems:
        lines = "\n\t".join(problems)
        name = type(module).__name__
        raise RuntimeError(f"Error(s) in loading state_dict for {name}:\n\t{lines}")


def warn_of_shapes(input, target):
    """A loss of two shapes that broadcast is rarely what was meant."""
    if input.shape != target.shape:
        warnings.warn(
            f"Using a target size ({target.shape}) that is different to the input size "
            f"({input.shape}). This will likely lead to incorrect results due to broadcasting. "
            "Please ensure they have the same size.",
            UserWarning,
            stacklevel=4,
        )
