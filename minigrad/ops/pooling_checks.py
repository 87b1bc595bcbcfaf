"""Floor 3. What pooling asks of its arguments. PyTorch's words come first, then what to do."""

import numpy as np

from . import checks
from .windows import Windows


def _is_whole(each):
    return isinstance(each, (int, np.integer)) and not isinstance(each, bool)


def _numbers(function, name, position, given, wanted):
    """One or two integers as a pair. `wanted` is how PyTorch says what may be given."""
    if _is_whole(given):
        return (int(given),) * 2
    if not isinstance(given, (tuple, list)) or not all(map(_is_whole, given)):
        raise TypeError(
            f"{function}(): argument '{name}' (position {position}) must be tuple of ints, not "
            f"{type(given).__name__}"
        )
    if len(given) not in (1, 2):
        raise RuntimeError(
            f"{function}: {name} must {wanted} a single int, or a tuple of two ints, not "
            f"{tuple(given)}"
        )
    return tuple(map(int, given)) * (2 if len(given) == 1 else 1)


def _single(words, given):
    """A number, or the only one of a list, for pooling along one length."""
    if isinstance(given, (tuple, list)):
        if len(given) != 1:
            raise RuntimeError(words.format(len(given)))
        given = given[0]
    if not _is_whole(given):
        raise TypeError(f"an integer is expected for pooling along one length, not {given!r}")
    return int(given)


def _missing(stride):
    return stride is None or (isinstance(stride, (tuple, list)) and not stride)


def results(lengths, how, ceil_mode):
    """How many windows there are along each length; a last one must begin inside."""
    out = []
    for length, size, stride, pad, dilation in zip(lengths, *how):
        room = length + 2 * pad - dilation * (size - 1) - 1 + (stride - 1 if ceil_mode else 0)
        number = room // stride + 1
        if ceil_mode and (number - 1) * stride >= length + pad:
            number -= 1
        out.append(number)
    return tuple(out)


def _check_kind(input, function):
    """Pooling of bools is not there."""
    if input._array.dtype.kind == "b":
        raise checks.not_implemented_for(function, input, "Convert first: x.float().")


def _check_shape(input):
    shape = list(input._array.shape)
    if len(shape) not in (3, 4) or 0 in shape[-3:]:
        raise RuntimeError(
            "Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but "
            f"got:{shape}. The dimensions are (batch, channels, height, width)."
        )


def _check_numbers(how):
    size, stride, pad, dilation = how
    if 0 in stride:
        raise RuntimeError("stride should not be zero")
    if min(stride) < 0:
        raise RuntimeError(f"stride should be greater than zero, but got {stride}")
    if min(size) <= 0:
        raise RuntimeError(f"kernel size should be greater than zero, but got {size}")
    if min(dilation) <= 0:
        raise RuntimeError(
            "dilation should be greater than zero, but got dilationH: "
            f"{dilation[0]} dilationW: {dilation[1]}"
        )
    for each, n, step in zip(pad, size, dilation):
        if each < 0:
            raise RuntimeError(f"pad must be non-negative, but got pad: {each}")
        if each > (step * (n - 1) + 1) // 2:
            raise RuntimeError(
                "pad should be at most half of effective kernel size, but got "
                f"pad={each}, kernel_size={n} and dilation={step}"
            )


def _check_results(input, how, ceil_mode):
    """The number of windows along each length; RuntimeError if there is none."""
    shape = input._array.shape
    out = results(shape[-2:], how, ceil_mode)
    if min(out) < 1:
        sizes, found = ("x".join(map(str, each)) for each in (shape[-3:], (shape[-3], *out)))
        raise RuntimeError(
            f"Given input size: ({sizes}). Calculated output size: ({found}). Output size is too "
            "small: the window is greater than the input. Use a smaller one, or padding."
        )
    return how, out


def check_max2d(input, kernel_size, stride, padding, dilation, ceil_mode):
    """(windows, how many of them along each length) for max pooling of images."""
    name, either = "max_pool2d", "either be"
    checks.check_tensor(input, name)
    size = _numbers(name, "kernel_size", 2, kernel_size, either)
    if _missing(stride):
        stride = size
    how = Windows(
        size,
        _numbers(name, "stride", 3, stride, "either be omitted,"),
        _numbers(name, "padding", 4, padding, either),
        _numbers(name, "dilation", 5, dilation, either),
    )
    if input._array.ndim not in (3, 4):
        raise RuntimeError(
            "non-empty 3D or 4D (batch mode) tensor expected for input, but its shape is "
            f"{list(input._array.shape)}. The dimensions are (batch, channels, height, width)."
        )
    _check_numbers(how)
    _check_shape(input)
    _check_kind(input, name)
    return _check_results(input, how, ceil_mode)


def check_max1d(input, kernel_size, stride, padding, dilation, ceil_mode):
    """(windows, how many of them along each length) for max pooling of sequences."""
    checks.check_tensor(input, "max_pool1d")
    shape = list(input._array.shape)
    if len(shape) not in (2, 3) or 0 in shape[-2:]:
        raise RuntimeError(
            "max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for "
            f"input, but got:{shape}. The dimensions are (batch, channels, length)."
        )
    stride = kernel_size if _missing(stride) else stride
    given = {}
    for name, each in (
        ("kernel_size", kernel_size),
        ("stride", stride),
        ("padding", padding),
        ("dilation", dilation),
    ):
        words = f"max_pool1d() {name} must be an int, list of ints or tuple of ints of size 1 but "
        given[name] = _single(words + "got size {}", each)
    size, pad = given["kernel_size"], given["padding"]
    for name in ("kernel_size", "stride", "dilation"):
        if given[name] <= 0:
            raise RuntimeError(
                f"max_pool1d() {name} must be greater than zero, but got {given[name]}"
            )
    if pad < 0:
        raise RuntimeError(f"max_pool1d() padding must be non-negative, but got {pad}")
    if pad > (given["dilation"] * (size - 1) + 1) // 2:
        raise RuntimeError(
            "max_pool1d() padding should be at most half of kernel size, but got "
            f"padding={pad} and kernel_size={size}"
        )
    _check_kind(input, "max_pool1d")
    how = Windows((1, size), (1, given["stride"]), (0, pad), (1, given["dilation"]))
    out = results((1, shape[-1]), how, ceil_mode)
    if out[1] < 1:
        raise RuntimeError(
            f"max_pool1d() Invalid computed output size: {out[1]}. The window is greater than the "
            "input: use a smaller one, or padding."
        )
    return how, out


def check_avg2d(input, kernel_size, stride, padding, ceil_mode, divisor):
    """(windows, how many of them along each length) for the means of windows of images."""
    name, either = "avg_pool2d", "either be"
    checks.check_tensor(input, name)
    size = _numbers(name, "kernel_size", 2, kernel_size, either)
    if _missing(stride):
        stride = size
    stride = _numbers(name, "stride", 3, stride, "either be omitted,")
    how = Windows(size, stride, _numbers(name, "padding", 4, padding, either), (1, 1))
    if input._array.ndim < 3:
        dims = input._array.ndim
        raise IndexError(
            f"Dimension out of range (expected to be in range of [-{dims}, {dims - 1}], but got "
            "-3): the dimensions are (batch, channels, height, width)."
        )
    if divisor is not None and (not _is_whole(divisor) or divisor == 0):
        raise RuntimeError(f"divisor must be not zero, and an integer: {divisor!r}")
    _check_numbers(how)
    _check_shape(input)
    _check_kind(input, name)
    return _check_results(input, how, ceil_mode)


def _check_sequences(input, function):
    """RuntimeError unless the dimensions are (batch, channels, length), or without batch."""
    checks.check_tensor(input, function)
    dims = input._array.ndim
    if dims not in (2, 3):
        raise RuntimeError(
            f"Expected 2 to 3 dimensions, but got {dims}-dimensional tensor for argument #1 'self' "
            f"(while checking arguments for {function}). They are (batch, channels, length)."
        )


def check_avg1d(input, kernel_size, stride, padding, ceil_mode):
    """(windows, how many of them along each length) for the means of windows of sequences."""
    _check_sequences(input, "avg_pool1d")
    stride = kernel_size if _missing(stride) else stride
    size, stride, pad = (
        _single(f"avg_pool1d() argument '{name}' should contain one int (got {{}})", each)
        for name, each in (("kernel_size", kernel_size), ("stride", stride), ("padding", padding))
    )
    how = Windows((1, size), (1, stride), (0, pad), (1, 1))
    _check_numbers(how)
    shape = input._array.shape
    if 0 not in shape[-2:]:
        out = results((1, shape[-1]), how, ceil_mode)
        if min(out) < 1:
            raise RuntimeError(
                f"Given input size: ({shape[-2]}x1x{shape[-1]}). Calculated output size: "
                f"({shape[-2]}x1x{out[1]}). Output size is too small: the window is greater than "
                "the input."
            )
    return how, None


def check_adaptive(dims, input, output_size):
    """How many windows along each length, as a tuple."""
    function = f"adaptive_avg_pool{dims}d"
    checks.check_tensor(input, function)
    shape = input._array.shape
    if dims == 1:
        _check_sequences(input, function)
        output_size = (
            _single(
                f"{function}() argument 'output_size' should contain one int (got {{}})",
                output_size,
            ),
        )
    elif len(shape) not in (3, 4):
        raise RuntimeError(
            f"{function}(): Expected 3D or 4D tensor, but got {list(shape)}. The dimensions are "
            "(batch, channels, height, width)."
        )
    if _is_whole(output_size) or output_size is None:
        output_size = (output_size,) * 2
    if not isinstance(output_size, (tuple, list)):
        raise TypeError(
            f"object of type '{type(output_size).__name__}' has no len(): output_size is a number "
            "or one for each length."
        )
    if len(output_size) != dims:
        raise RuntimeError(f"{function}: output_size must be {dims}: {tuple(output_size)}")
    size = tuple(n if each is None else each for n, each in zip(shape[-dims:], output_size))
    if not all(map(_is_whole, size)):
        raise TypeError(f"{function}(): output_size must be integers or None, not {size}")
    if min(size) < 0:
        both = ", ".join(map(str, (1, *size)[-2:]))
        raise RuntimeError(
            "adaptive_avg_pool2d: elements of output_size must be greater than or equal to 0 but "
            f"received {{{both}}}"
        )
    for dim, length in list(enumerate(shape))[len(shape) - dims - 1 :]:
        if not length:
            raise RuntimeError(
                f"{function}(): Expected input to have non-zero size for non-batch dimensions, but "
                f"input has sizes {list(shape)} with dimension {dim} being empty"
            )
    if input._array.dtype.kind != "f":
        raise checks.not_implemented_for("adaptive_avg_pool2d", input, "Convert first: x.float().")
    return size
