"""Floor 3. What `interpolate` asks of its arguments. PyTorch's words come first."""

import math

from . import checks

MODES = {
    "nearest": (3, 4, 5),
    "linear": (3,),
    "bilinear": (4,),
    "bicubic": (4,),
    "trilinear": (5,),
    "area": (3, 4),
    "nearest-exact": (3, 4, 5),
}
MIXING = "linear", "bilinear", "bicubic", "trilinear"


def check(input, size, scale_factor, mode, align_corners, antialias):
    """The lengths of the input, if the mode fits them."""
    checks.check_tensor(input, "interpolate")
    lengths = list(input._array.shape[2:])
    if mode not in MIXING and align_corners is not None:
        raise ValueError(
            "align_corners option can only be set with the interpolating modes: linear | bilinear "
            "| bicubic | trilinear"
        )
    if size is not None and scale_factor is not None:
        raise ValueError("only one of size or scale_factor should be defined")
    if size is None and scale_factor is None:
        raise ValueError("either size or scale_factor should be defined")
    check_number("output size", "output size of", "o", lengths, size)
    check_number("scale_factor", "scale_factor of shape", "s", lengths, scale_factor)
    if antialias:
        raise NotImplementedError("minigrad leaves out antialias: average before, by avg_pool2d.")
    ndim = input._array.ndim
    if mode not in MODES or ndim not in (3, 4, 5):
        raise NotImplementedError(
            f"Input Error: Only 3D, 4D and 5D input Tensors supported (got {ndim}D) for the modes: "
            "nearest | linear | bilinear | bicubic | trilinear | lanczos | area | nearest-exact "
            f"(got {mode})"
        )
    if ndim not in MODES[mode]:
        wanted = MODES[mode][0]
        raise NotImplementedError(f"Got {ndim}D input, but {mode} mode needs {wanted}D input")
    return lengths


def check_number(what, words, letter, lengths, given):
    """ValueError unless there is a number for each length."""
    if not isinstance(given, (tuple, list)) or len(given) == len(lengths):
        return
    plural = "output size" if what == "output size" else "scale_factor"
    form = f"{letter}1, {letter}2, ...,{letter}K"
    raise ValueError(
        f"Input and {'output' if letter == 'o' else plural} must have the same number of spatial "
        f"dimensions, but got input with spatial dimensions of {lengths} and {words} {given}. "
        f"Please provide input tensor in (N, C, d1, d2, ...,dK) format and {plural} in ({form}) "
        "format."
    )


def sizes(lengths, size, scale_factor):
    """The lengths of the result, and the scales that were given (or None)."""
    number = len(lengths)
    if size is not None:
        return list(size) if isinstance(size, (tuple, list)) else [size] * number, [None] * number
    scales = scale_factor if isinstance(scale_factor, (tuple, list)) else [scale_factor] * number
    return [math.floor(n * scale) for n, scale in zip(lengths, scales)], list(scales)


def check_sizes(input, lengths, wanted, mode):
    if min(*lengths, *wanted) <= 0:
        names = ("D", "H", "W")[-len(lengths) :]
        before, after = (
            ", ".join(f"{name}: {n}" for name, n in zip(names, each)) for each in (lengths, wanted)
        )
        raise RuntimeError(
            f"Input and output sizes should be greater than 0, but got input ({before}) output "
            f"({after})"
        )
    dtype = input._array.dtype
    if dtype.kind != "f" and (dtype.name != "uint8" or mode not in ("nearest", "nearest-exact")):
        kernel = f"upsample_{mode.replace('-', '_')}{len(lengths) if 'near' in mode else ''}"
        kernel += "d_channels_last" if "near" in mode else "2d_channels_last"
        raise checks.not_implemented_for(kernel, input, "Convert first: x.float().")
