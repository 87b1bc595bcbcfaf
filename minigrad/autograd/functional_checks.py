"""Floor 6. What `functional` asks of its arguments. PyTorch's words first, then what to do."""

from contextlib import contextmanager

from ..grad_mode import mode
from ..tensor import Tensor


@contextmanager
def recording():
    """Inside the block operations are recorded, also within `no_grad`."""
    before, mode.enabled = mode.enabled, True
    try:
        yield
    finally:
        mode.enabled = before


def is_one(inputs):
    """Whether the inputs are a single tensor."""
    return isinstance(inputs, Tensor)


def tensors(given, what, function):
    """(`given` as a tuple of tensors, whether it was a single one); TypeError for anything else."""
    what = f"{what} given to {function}"
    if isinstance(given, Tensor):
        return (given,), True
    if not isinstance(given, tuple):
        raise TypeError(
            f"The {what} must be either a Tensor or a tuple of Tensors but the given "
            f"{what.split(' given')[0]} has type {type(given)}."
        )
    for number, each in enumerate(given):
        if not isinstance(each, Tensor):
            raise TypeError(
                f"The {what} must be either a Tensor or a tuple of Tensors but the value at index "
                f"{number} has type {type(each)}."
            )
    return given, False


def outputs_of(func, inputs, function, strict):
    """The outputs of the user's function, checked as `tensors` does."""
    outputs, one = tensors(func(*inputs), "outputs of the user-provided function", function)
    for number, each in enumerate(outputs):
        if strict and not each.requires_grad:
            raise RuntimeError(
                f"Output {number} of the user-provided function does not require gradients. The "
                "outputs must be computed in a differentiable manner from the input when running "
                "in strict mode."
            )
    return outputs, one


def vector(v, like, function, one):
    """The vector as a tuple of tensors shaped as `like`, or of None for a single number."""
    if v is None:
        if not one or like[0].numel() != 1:
            what = (
                "the user-provided function returns"
                if function == "vjp"
                else "the input to the user-provided function is"
            )
            raise RuntimeError(
                f"The vector v can only be None if {what} a single Tensor with a single element."
            )
        return (None,)
    v, _ = tensors(v, "v", function)
    if len(v) != len(like):
        raise RuntimeError(
            f"v is a tuple of invalid length: should be {len(like)} but got {len(v)}."
        )
    for number, (each, other) in enumerate(zip(v, like, strict=True)):
        if each.shape != other.shape:
            which = f"Entry {number} in " if len(like) > 1 else ""
            raise RuntimeError(
                f"{which}v has invalid size: should be {other.shape} but got {each.shape}."
            )
    return v


def complete(found, strict, number):
    """RuntimeError if, in strict mode, an output does not depend on an input."""
    for position, each in enumerate(found):
        if strict and each is None:
            raise RuntimeError(
                f"Output {number} of the user-provided function is independent of input "
                f"{position}. This is not allowed in strict mode."
            )


def depends(jac, strict):
    """RuntimeError if, in strict mode, a gradient does not depend on the inputs."""
    for position, each in enumerate(jac):
        if strict and not each.requires_grad:
            raise RuntimeError(
                "The jacobian of the user-provided function with respect to input "
                f"{position} is independent of the input. This is not allowed in strict mode."
            )


def single_output(func):
    """The function, which must return one tensor with one element, as a 0-d tensor."""

    def checked(*inputs):
        outputs, one = tensors(func(*inputs), "outputs of the user-provided function", "hessian")
        only_one_number(outputs, one, "hessian")
        return outputs[0].squeeze()

    return checked


def only_one_number(outputs, one, function):
    """RuntimeError unless the function returned one tensor with one element."""
    if not one:
        raise RuntimeError(f"The function given to {function} should return a single Tensor")
    if outputs[0].numel() != 1:
        raise RuntimeError(
            f"The Tensor returned by the function given to {function} should contain a single "
            "element"
        )
