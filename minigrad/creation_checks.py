"""Floor 1. What making a tensor asks of data, shapes and numbers, as `errors.py`."""

import math

import numpy as np

from .errors import listed


def check_nested(data, tensor):
    """Numbers and nested lists as an array; ValueError if ragged, TypeError if not numbers."""
    if isinstance(data, (list, tuple)) and contains(data, (tensor, np.ndarray)):
        data = with_numbers(data, tensor)
    try:
        array = np.array(data)
    except (ValueError, OverflowError):
        raise ragged(data) from None
    if array.dtype.kind not in "biuf":
        raise no_number(data)
    if array.dtype.kind == "u" and array.dtype.itemsize == 8:
        raise ValueError(
            "Overflow when unpacking long long: int64 holds integers up to 2 ** 63 - 1."
        )
    return array


def contains(data, kinds):
    """Whether nested lists hold something of one of these kinds (looking at the first of each)."""
    for each in data:
        if isinstance(each, float):
            continue
        if isinstance(each, kinds):
            return True
        if isinstance(each, (list, tuple)) and contains(each[:1], kinds):
            return True
    return False


def with_numbers(data, tensor):
    """Nested lists with each tensor of one element replaced by its number."""
    if isinstance(data, (list, tuple)):
        return [with_numbers(each, tensor) for each in data]
    if isinstance(data, tensor):
        if data._array.size != 1:
            raise ValueError(
                "only one element tensors can be converted to Python scalars: to join tensors, use "
                "torch.stack or torch.cat."
            )
        return data._array.item()
    return data


def ragged(data):
    """The words for lists that are no rectangular block: where, and which lengths were met."""
    level, dim = [data], 0
    while level and all(isinstance(each, (list, tuple)) for each in level):
        for each in level:
            if len(each) != len(level[0]):
                return ValueError(
                    f"expected sequence of length {len(level[0])} at dim {dim} (got {len(each)}): "
                    "the lists are ragged, and a tensor is a rectangular block of numbers."
                )
        level, dim = [each for inner in level for each in inner], dim + 1
    advice = "a tensor is a rectangular block: lists and numbers cannot stand side by side."
    if level and isinstance(level[0], (list, tuple)):
        return TypeError(f"not a sequence: {advice}")
    for each in level:
        if isinstance(each, (list, tuple)):
            kind = type(each).__name__
            return TypeError(f"'{kind}' object cannot be interpreted as an integer: {advice}")
    return ValueError("Overflow when unpacking long long: int64 holds integers up to 2 ** 63 - 1.")


def no_number(data):
    """The words for data that hold something other than numbers."""
    if isinstance(data, str):
        return TypeError(f"new(): invalid data type '{type(data).__name__}': expected numbers.")
    while isinstance(data, (list, tuple)) and data:
        others = [each for each in data if not isinstance(each, (int, float, np.number))]
        if not others:
            break
        if len(others) == len(data) and isinstance(others[0], str):
            return ValueError("too many dimensions 'str': expected numbers.")
        data = others[0]
    if isinstance(data, str):
        return TypeError("new(): invalid data type 'str': expected numbers.")
    if isinstance(data, (list, tuple, int)):
        return ValueError(
            "Overflow when unpacking long long: int64 holds integers up to 2 ** 63 - 1."
        )
    return RuntimeError(f"Could not infer dtype of {type(data).__name__}: expected numbers.")


def check_size(size, name):
    """The lengths of a shape as a tuple of ints; TypeError or RuntimeError if they are none."""
    for each in size:
        if type(each) is not int or not 0 <= each < 2**15:
            return check_lengths(size, name)
    return size if len(size) < 5 else check_lengths(size, name)


def check_lengths(size, name):
    """As `check_size`, for lengths that may not be what they should."""
    for position, each in enumerate(size, 1):
        if isinstance(each, bool) or not hasattr(each, "__index__"):
            kind = type(each).__name__
            if position == 1:
                raise TypeError(
                    f"{name}(): argument 'size' (position 1) must be tuple of ints, not {kind}"
                )
            raise TypeError(
                f"{name}(): argument 'size' failed to unpack the object at pos {position} with "
                f'error "type must be tuple of ints,but got {kind}"'
            )
    for each in size:
        if each < 0:
            if name == "zeros":
                raise RuntimeError(
                    f"zeros: Dimension size must be non-negative. Got {listed(size)}."
                )
            raise RuntimeError(
                f"Trying to create tensor with negative dimension {each}: {listed(size)}"
            )
    lengths = tuple(each.__index__() for each in size)
    if math.prod(lengths) >= 2**60 or max(lengths, default=0) >= 2**60:
        raise RuntimeError(f"Storage size calculation overflowed with sizes={listed(lengths)}")
    return lengths


def no_size(name):
    return TypeError(
        f'{name}() missing 1 required positional arguments: "size". For one number, {name}(()).'
    )


def not_a_sequence(data):
    if isinstance(data, str):
        return TypeError("new(): invalid data type 'str': expected numbers.")
    return TypeError(
        f"new(): data must be a sequence (got {type(data).__name__}). Use torch.tensor({data})."
    )


def no_tensor(name, input):
    return TypeError(
        f"{name}(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}"
    )


def check_full(size, value, tensor):
    """A shape must be a tuple, and what fills it a single number."""
    if not isinstance(size, (tuple, list)):
        raise TypeError(
            f"full(): argument 'size' (position 1) must be tuple of ints, not {type(size).__name__}"
        )
    if isinstance(value, tensor) and value._array.ndim:
        raise TypeError("full(): argument 'fill_value' (position 2) must be Number, not Tensor")
    if not isinstance(value, (int, float, np.number, tensor)):
        kind = type(value).__name__
        raise TypeError(f"full(): argument 'fill_value' (position 2) must be Number, not {kind}")


def check_length(name, argument, length):
    if isinstance(length, bool) or not isinstance(length, (int, np.integer)):
        kind = type(length).__name__
        raise TypeError(f"{name}(): argument '{argument}' (position 1) must be int, not {kind}")
    if length >= 2**60:
        raise RuntimeError(f"Storage size calculation overflowed with sizes=[{length}]")
    if length < 0:
        raise RuntimeError(f"{argument} must be greater or equal to 0, got {length}")


def check_number(name, number):
    """A number as a Python number; TypeError for anything else."""
    if hasattr(number, "item"):
        number = number.item()
    if not isinstance(number, (int, float)):
        kind = type(number).__name__
        raise TypeError(f"{name}(): argument 'end' (position 1) must be Number, not {kind}")
    if isinstance(number, int) and not -(2**63) <= number < 2**63:
        raise OverflowError("int too big to convert: int64 holds integers up to 2 ** 63 - 1.")
    return number


def check_steps(steps):
    if isinstance(steps, bool) or not isinstance(steps, (int, np.integer)):
        raise TypeError(f"linspace(): argument 'steps' must be int, not {type(steps).__name__}")
    if steps < 0:
        raise RuntimeError("number of steps must be non-negative")
    check_size((steps,), "linspace")


def check_range(start, end, step):
    if step == 0:
        raise RuntimeError("step must be nonzero")
    if not (math.isfinite(start) and math.isfinite(end) and abs((end - start) / step) < 2**60):
        raise RuntimeError(f"unsupported range: {start} -> {end}")
    if (end - start) * step < 0:
        raise RuntimeError(
            f"upper bound and lower bound inconsistent with step sign: from {start} to {end} in "
            f"steps of {step}."
        )


def check_randint(low, high, size):
    for argument, each in (("low", low), ("high", high)):
        if not isinstance(each, (int, np.integer)):
            raise TypeError(
                f"randint(): argument '{argument}' (position 1) must be int, not "
                f"{type(each).__name__}"
            )
    if not isinstance(size, (tuple, list)):
        raise TypeError(
            "randint(): argument 'size' (position 2) must be tuple of ints, not "
            f"{type(size).__name__}"
        )
    if not -(2**63) <= low < 2**63 or not -(2**63) <= high < 2**63:
        raise RuntimeError("value cannot be converted to type int64_t without overflow")
    if low >= high:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )


def no_random_numbers(kernel, dtype):
    kind = {"b": "Bool", "u": "Byte"}.get(dtype.kind)
    kind = kind or {1: "Char", 2: "Short", 4: "Int", 8: "Long"}[dtype.itemsize]
    return NotImplementedError(f"\"{kernel}\" not implemented for '{kind}'. Use randint.")


# --- generators -----------------------------------------------------------------------------------
def check_seed(seed):
    """A seed as an integer of 64 bits; a negative one counts from the end."""
    if isinstance(seed, (bool, float)) or not hasattr(seed, "__index__"):
        raise RuntimeError(f"manual_seed expected a long, but got {type(seed).__name__}")
    if not -(2**63) <= seed.__index__() < 2**64:
        raise ValueError(
            "Overflow when unpacking long long: a seed lies between -2 ** 63 and 2 ** 64 - 1."
        )
    return seed.__index__() % 2**64


def check_state(state, tensor, size):
    """The state of a generator as an array of bytes."""
    if not isinstance(state, tensor):
        raise TypeError(f"expected a torch.ByteTensor, but got {type(state).__name__}")
    if state._array.dtype != np.uint8:
        raise TypeError("RNG state must be a torch.ByteTensor, from get_state()")
    if state._array.shape != (size,):
        raise RuntimeError(
            f"Expected a CPUGeneratorImplState of size {size} but found the input RNG state size "
            f"to be {state._array.size}. Give what get_state() of minigrad returned."
        )
    return np.ascontiguousarray(state._array)


def check_position(position):
    if not 0 <= position <= 624:
        raise RuntimeError("The state of the generator is damaged.")


def no_generator(function, generator):
    return TypeError(
        f"{function}() received an invalid combination of arguments - got generator="
        f"{type(generator).__name__}. Give a torch.Generator(), or None for the default one."
    )
