"""Floor 3. What `folding.py` asks of its arguments. PyTorch's words come first."""

from math import prod

import numpy as np

from . import checks
from .windows import results


def check_kind(function, input):
    checks.check_tensor(input, function)
    if input._array.dtype.kind not in ("fb" if function == "im2col" else "f"):
        raise checks.not_implemented_for(f"{function}_out_cpu", input, "Convert first: x.float().")


def pair(function, name, given):
    """One number for each of two lengths, as a tuple: of a single one, or of a list."""
    given = given if isinstance(given, (tuple, list)) else (given,)
    for place, each in enumerate(given):
        if isinstance(each, bool) or not isinstance(each, (int, np.integer)):
            raise TypeError(
                f"{function}(): argument '{name}' (position 2) must be tuple of ints, but found "
                f"element of type {type(each).__name__} at pos {place}"
            )
    if len(given) not in (1, 2):
        raise RuntimeError(f"It is expected {name} equals to 2, but got size {len(given)}")
    return tuple(int(each) for each in given) * (3 - len(given))


def check_numbers(how):
    for name, short, pair, least in (
        ("kernel size", "kernel", how.kernel, 1),
        ("stride", "stride", how.stride, 1),
        ("dilation", "dilation", how.dilation, 1),
        ("padding", "pad", how.padding, 0),
    ):
        if min(pair) < least:
            bound = "greater than zero" if least else "non-negative"
            raise RuntimeError(
                f"{name} should be {bound}, but got {short}_height: {pair[0]} {short}_width: "
                f"{pair[1]}"
            )


def check_images(input, how):
    """RuntimeError unless there is a window, in (N, C, H, W) or (C, H, W)."""
    shape = input._array.shape
    if len(shape) < 3:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-len(shape)}, "
            f"{len(shape) - 1}], but got 2): images are (N, C, H, W) or (C, H, W)."
        )
    if len(shape) > 4 or 0 in shape[-3:]:
        raise RuntimeError(
            "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero "
            f"dimensions for input, but got: {list(shape)}"
        )
    out = results(shape[-2:], how)
    if min(out) < 1:
        raise RuntimeError(
            f"Given input with spatial size {shape[-2:]}, kernel_size={how.kernel}, "
            f"dilation={how.dilation}, padding={how.padding}, calculated shape of the array of "
            f"sliding blocks as {out}, but its components must be at least one."
        )


def check_columns(input, lengths, how):
    """RuntimeError unless the columns are those of windows in an image of these lengths."""
    shape = input._array.shape
    if len(shape) not in (2, 3) or 0 in shape[-2:]:
        raise RuntimeError(
            "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and "
            f"non-zero dimensions for input, but got: {list(shape)}"
        )
    rows, columns = shape[-2:]
    dim = len(shape) - 2
    if rows % prod(how.kernel):
        raise RuntimeError(
            f"Expected size of input's dimension {dim} to be divisible by the product of "
            f"kernel_size, but got input.size({dim})={rows} and kernel_size={how.kernel}."
        )
    out = results(lengths, how)
    if prod(out) != columns or min(out) < 1:
        raise RuntimeError(
            f"Given output_size={lengths}, kernel_size={how.kernel}, dilation={how.dilation}, "
            f"padding={how.padding}, stride={how.stride}, expected size of input's dimension "
            f"{dim + 1} to match the calculated number of sliding blocks {out[0]} * {out[1]} = "
            f"{prod(out)}, but got input.size({dim + 1})={columns}."
        )
