"""Floor 3. What padding asks of its arguments. PyTorch's words come first, then what to do."""

import numpy as np

from . import checks

MODES = "constant", "reflect", "replicate", "circular"


def check(input, pad, mode, value):
    """The padding as a list of integers, if it fits the input and the mode."""
    checks.check_tensor(input, "pad")
    if not isinstance(pad, (tuple, list)) or not all(
        isinstance(each, (int, np.integer)) and not isinstance(each, bool) for each in pad
    ):
        raise TypeError(
            "pad(): argument 'pad' (position 2) must be tuple of ints, not "
            f"{type(pad).__name__}: (before, after) of the last dimension, then of the one before."
        )
    if len(pad) % 2:
        raise RuntimeError(f"Padding length must be divisible by 2: {len(pad)} numbers are given.")
    shape = input._array.shape
    if len(pad) > 2 * len(shape):
        raise RuntimeError(
            "Padding length should be less than or equal to two times the input dimension but got "
            f"padding length {len(pad)} and input of dimension {len(shape)}"
        )
    if mode not in MODES:
        raise NotImplementedError(f"Unrecognised padding mode {mode}. There is {', '.join(MODES)}.")
    if mode == "constant":
        _check_cuts(shape, pad)
        return pad
    if value is not None:
        raise RuntimeError(f'Padding mode "{mode}" doesn\'t take in value argument')
    if len(pad) not in (2, 4, 6) or len(shape) - len(pad) // 2 not in (1, 2):
        raise NotImplementedError(
            f"Padding size {len(pad)} is not supported for {len(shape)}D input tensor. Only the "
            "lengths of (batch, channels, *lengths) are padded this way, with or without batch."
        )
    _check_reach(shape, pad, mode)
    return pad


def _pairs(shape, pad):
    """(dimension, its length, what is added before and after), the last dimension first."""
    for number in range(len(pad) // 2):
        dim = len(shape) - 1 - number
        yield dim, shape[dim], pad[2 * number], pad[2 * number + 1]


def _check_cuts(shape, pad):
    for dim, length, before, after in _pairs(shape, pad):
        if length + before + after < 0 or min(before, 0) + min(after, 0) < -length:
            raise RuntimeError(
                f"narrow(): length must be non-negative. Dimension {dim} has {length} elements, "
                f"and the padding ({before}, {after}) would cut off more."
            )


def _check_reach(shape, pad, mode):
    for dim, length, before, after in _pairs(shape, pad):
        if mode == "reflect" and max(before, after) >= length:
            argument = 8 if len(pad) == 6 else 4
            raise RuntimeError(
                f"Argument #{argument}: Padding size should be "
                f"less than the corresponding input dimension, but got: padding ({before}, "
                f"{after}) at dimension {dim} of input {list(shape)}"
            )
        if mode == "circular" and max(before, after) > length:
            raise RuntimeError("Padding value causes wrapping around more than once.")
        if length + before + after <= 0 or not length:
            raise RuntimeError(
                f"Nothing is left of dimension {dim} of input {list(shape)} with the padding "
                f"({before}, {after})."
            )
