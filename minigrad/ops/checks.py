"""Floor 3. What the operations ask of their inputs; an appendix to `errors.py` in the same style.

PyTorch's words come first, then what to do. A function named after a mistake returns the exception
to raise; one named `check_…` raises it.
"""

import numpy as np

from .. import errors
from ..errors import listed
from ..tensor import Tensor


def check_tensor(input, function, argument="input", position=1):
    """TypeError unless `input` is a tensor."""
    if not isinstance(input, Tensor):
        raise TypeError(
            f"{function}(): argument '{argument}' (position {position}) must be Tensor, not "
            f"{type(input).__name__}. Wrap it: torch.tensor(...)."
        )


def invalid_arguments(function, *given):
    kinds = ", ".join(
        type(each).__name__ if not isinstance(each, Tensor) else "Tensor" for each in given
    )
    return TypeError(
        f"{function}() received an invalid combination of arguments - got ({kinds}). "
        f"Call help(torch.{function}) to see what it expects."
    )


def not_implemented_for(kernel, tensor, advice):
    return NotImplementedError(
        f"\"{kernel}\" not implemented for '{tensor.dtype.tensor_type}'. {advice}"
    )


# --- elementwise ----------------------------------------------------------------------------------
def check_integers(kernel, *tensors):
    """Bit by bit, only integers and bools can be combined."""
    check_tensor(tensors[0], kernel.removesuffix("_cpu"))
    for tensor in tensors:
        if isinstance(tensor, float):
            raise NotImplementedError(f"\"{kernel}\" not implemented for 'Float': {tensor}.")
        if isinstance(tensor, Tensor) and tensor._array.dtype.kind == "f":
            raise not_implemented_for(
                kernel, tensor, "Compare first, to get True and False: (x > 0) & (y > 0)."
            )


def check_not_all_bool(kernel, input, other):
    """Two bools have neither quotient nor power."""
    for each in (input, other):
        if not isinstance(each, bool):
            if not isinstance(each, Tensor) or each._array.dtype.kind != "b":
                return
    tensor = input if isinstance(input, Tensor) else other
    raise not_implemented_for(kernel, tensor, "Convert first: x.int().")


def check_exponent(input, exponent):
    """TypeError for what is no number, RuntimeError for one that the dtype cannot hold."""
    if not isinstance(exponent, (int, float, np.number)):
        kind = type(exponent).__name__
        raise TypeError(f"unsupported operand type(s) for ** or pow(): 'Tensor' and '{kind}'")
    if isinstance(exponent, int) and not -(2**63) <= exponent < 2**63:
        raise OverflowError("int too big to convert: write 2.0**70 for a power of that size.")
    if isinstance(exponent, int) and input._array.dtype.kind in "iu":
        limits = np.iinfo(input._array.dtype)
        if not limits.min <= exponent <= limits.max and exponent > 0:
            raise RuntimeError(
                f"value cannot be converted to type {input._array.dtype}_t without overflow"
            )


def no_bits():
    return TypeError(
        "~ (operator.invert) is only implemented on integer and Boolean-type tensors. "
        "Compare first: ~(x > 0)."
    )


def check_same_dtype(input, other):
    one, two = input.dtype.tensor_type, other.dtype.tensor_type
    if one != two:
        raise RuntimeError(f"{one} did not match {two}: convert one of them, as in x.to(y).")


def check_divisor(input, other):
    """Integers have no infinity to stand for x // 0."""
    zero = other == 0 if not isinstance(other, Tensor) else not other._array.all()
    kinds = [each._array.dtype.kind for each in (input, other) if isinstance(each, Tensor)]
    if zero and "f" not in kinds and not isinstance(other, float):
        raise RuntimeError(
            "ZeroDivisionError: integers cannot be divided by 0; convert to .float()."
        )


def check_bounds(function, input, min, max):
    """Bounds are two numbers or two tensors, and there is at least one."""
    given = [each for each in (min, max) if each is not None]
    if not given:
        raise RuntimeError(f"torch.{function}: At least one of 'min' or 'max' must not be None")
    tensors = [isinstance(each, Tensor) for each in given]
    numbers = [isinstance(each, (int, float, np.number)) for each in given]
    if not all(tensors) and not all(numbers):
        raise invalid_arguments(function, input, *given)


def first_misfit(*shapes):
    """The error for the first shape that does not broadcast with those before it."""
    before = shapes[0]
    for shape in shapes[1:]:
        try:
            before = np.broadcast_shapes(before, shape)
        except ValueError:
            return errors.cannot_broadcast(before, shape)
    raise AssertionError(f"{shapes} broadcast")


def check_condition(condition):
    """The condition of `where` as an array of bools: bytes may stand for them."""
    if condition._array.dtype.name not in ("bool", "uint8"):
        raise RuntimeError(
            "where expected condition to be a boolean tensor, but got a tensor with dtype "
            f"{condition.dtype.tensor_type}. Compare first: torch.where(x > 0, ...)."
        )
    return condition.array.astype(bool, copy=False)


def subtracted_bool():
    return RuntimeError(
        "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to "
        "invert a mask, use the `~` or `logical_not()` operator instead."
    )


def no_derivative(function):
    return RuntimeError(
        f"derivative for aten::{function} is not implemented: it is a staircase, flat nearly "
        "everywhere. Compute it from x.detach()."
    )


def not_differentiable(function):
    return NotImplementedError(
        f"the derivative for '{function}' is not implemented. Compute it from x.detach()."
    )


# --- reductions -----------------------------------------------------------------------------------
def check_not_empty(function, input, dim, error=RuntimeError):
    """The largest of no numbers does not exist; the sum of none does (0)."""
    array = input._array
    if array.size:
        return
    if dim is None:
        raise error(
            f"{function}(): Expected reduction dim to be specified for input.numel() == 0. Specify "
            "the reduction dim with the 'dim' argument."
        )
    for each in dim if isinstance(dim, tuple) else (dim,):
        if array.ndim and array.shape[each] == 0:
            raise IndexError(
                f"{function}(): Expected reduction dim {each} to have non-zero size. There is no "
                f"number to choose: the shape is {listed(array.shape)}."
            )


def check_floats(input, what):
    if input._array.dtype.kind != "f":
        raise RuntimeError(f"{what}. Convert first: x.float().")


def no_norm(input):
    return RuntimeError(
        "linalg.vector_norm: Expected a floating point or complex tensor as input. Got "
        f"{input.dtype.tensor_type}. Convert first: x.float()."
    )


def order_of_norm(p):
    """The p of a norm as a number: 2 for None and "fro"."""
    if p is None or p == "fro":
        return 2
    if isinstance(p, str) or not isinstance(p, (int, float)):
        raise RuntimeError(
            f"linalg.matrix_norm: Order {p} not supported. Give a number, inf or 'fro'."
        )
    return p


def check_norm_of_nothing(input, p):
    if p == float("inf") or p < 0:
        raise RuntimeError(
            f"linalg.vector_norm cannot compute the {p} norm on an empty tensor because the "
            "operation does not have an identity"
        )
