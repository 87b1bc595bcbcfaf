"""Floor 3. What convolution asks of its arguments. PyTorch's words come first, then what to do."""

import numpy as np

from ..dtypes import dtype_of
from ..tensor import Tensor
from . import checks, product_checks
from .windows import results


def check_tensors(dims, input, weight, bias, function="conv"):
    """TypeError for what is no tensor, RuntimeError for a wrong number of dimensions."""
    for each in (input, weight, input if bias is None else bias):
        if not isinstance(each, Tensor):
            raise checks.invalid_arguments(f"{function}{dims}d", input, weight, bias)
    if input._array.ndim not in (dims + 1, dims + 2):
        raise RuntimeError(
            f"Expected {dims + 1}D (unbatched) or {dims + 2}D (batched) input to "
            f"{function}{dims}d, but got input of size: {list(input._array.shape)}. The dimensions "
            f"are (batch, channels, {'length' if dims == 1 else 'height, width'}): reshape first."
        )
    if weight._array.ndim != dims + 2:
        raise RuntimeError(
            "expected stride to be a single integer value or a list of "
            f"{weight._array.ndim - 2} values to match the convolution dimensions: they come from "
            f"the weight, whose shape {list(weight._array.shape)} should be (patterns, channels / "
            f"groups, {'length' if dims == 1 else 'height, width'})."
        )


def numbers(dims, name, given):
    """One integer for each length, as a tuple: of a single one, or of a list."""
    if type(given) is int:
        return (given,) * dims
    if isinstance(given, (int, np.integer)) and not isinstance(given, bool):
        return (int(given),) * dims
    whole = isinstance(given, (tuple, list)) and all(
        isinstance(each, (int, np.integer)) and not isinstance(each, bool) for each in given
    )
    if not whole:
        raise TypeError(
            f"conv{dims}d() received an invalid combination of arguments: {name} must be an "
            f"integer or {dims} of them, not {given!r}."
        )
    if len(given) not in (1, dims):
        raise RuntimeError(
            f"expected {name} to be a single integer value or a list of {dims} values to match the "
            f"convolution dimensions, but got {name}={list(given)}"
        )
    return tuple(int(each) for each in given) * (dims if len(given) == 1 else 1)


def named_padding(padding, kernel, stride, dilation):
    """(zeros on both sides, more of them for `pad`) for the padding "same" or "valid"."""
    if padding == "valid":
        return (0,) * len(kernel), ()
    if padding != "same":
        raise RuntimeError(f"Invalid padding string: '{padding}'. There are 'same' and 'valid'.")
    if any(each != 1 for each in stride):
        raise RuntimeError("padding='same' is not supported for strided convolutions")
    both = [each * (size - 1) for each, size in zip(dilation, kernel)]
    more = [number for each in reversed(both) for number in (0, each % 2)]
    return tuple(each // 2 for each in both), more if any(more) else ()


def _check_numbers(how, groups):
    if min(how.padding) < 0:
        raise RuntimeError(f"negative padding is not supported: {how.padding}")
    if min(how.stride) <= 0:
        raise RuntimeError(f"non-positive stride is not supported: {how.stride}")
    if min(how.dilation) <= 0:
        raise RuntimeError(f"dilation should be greater than zero, but got {list(how.dilation)}")
    if type(groups) is not int or groups <= 0:
        raise RuntimeError(f"non-positive groups is not supported: {groups!r}")


def check_fit(how, groups, input, weight, bias=None):
    """RuntimeError unless input, weight and bias (arrays) and the numbers fit together."""
    _check_numbers(how, groups)
    _check_channels(groups, input, weight, bias)
    if min(how.kernel) <= 0:
        names = zip(("height", "width") if len(how.kernel) == 2 else ("length",), how.kernel)
        sizes = " ".join(f"kernel_{name}: {each}" for name, each in names)
        raise RuntimeError(f"kernel size should be greater than zero, but got {sizes}")
    if min(results(input.shape[2:], how)) <= 0:
        lengths = [n + 2 * each for n, each in zip(input.shape[2:], how.padding)]
        spans = [each * (size - 1) + 1 for each, size in zip(how.dilation, how.kernel)]
        raise RuntimeError(
            f"Calculated padded input size per channel: ({_by(lengths)}). Kernel size: "
            f"({_by(spans)}). Kernel size can't be greater than actual input size. Use a smaller "
            "kernel, or padding."
        )
    if 0 in input.shape[2:]:
        raise RuntimeError(
            "Only zero batch or zero channel inputs are supported, but got input shape: "
            f"{list(input.shape)}"
        )
    for name, each in (("bias", input if bias is None else bias), ("weight", weight)):
        if each.dtype != input.dtype:
            one, two = (product_checks.C_NAMES[array.dtype.name] for array in (input, each))
            raise RuntimeError(
                f"Input type ({one}) and {name} type ({two}) should be the same. Convert one of "
                "them: x.float()."
            )


def check_transposed(how, groups, more, input, weight, bias=None):
    """RuntimeError unless input, weight and bias (arrays) fit in a transposed convolution."""
    _check_numbers(how, groups)
    shape = list(weight.shape)
    if shape[0] % groups:
        raise RuntimeError(
            f"Given groups={groups}, expected weight to be divisible by {groups} at dimension 0, "
            f"but got weight of size [{shape}] instead"
        )
    if input.shape[1] != shape[0]:
        raise RuntimeError(
            f"Given transposed=1, weight of size {shape}, expected input{list(input.shape)} to "
            f"have {shape[0]} channels, but got {input.shape[1]} channels instead"
        )
    if bias is not None and bias.shape != (shape[1] * groups,):
        raise RuntimeError(
            f"Given transposed=1, weight of size {shape}, expected bias to be 1-dimensional with "
            f"{shape[1] * groups} elements, but got bias of size {list(bias.shape)} instead"
        )
    if weight.dtype != input.dtype:
        one, two = (dtype_of(each.dtype).tensor_type for each in (input, weight))
        raise RuntimeError(f"expected scalar type {one} but found {two}. Convert one of them.")
    wide = [max(pair) for pair in zip(how.stride, how.dilation)]
    if any(extra >= each for extra, each in zip(more, wide)):
        raise RuntimeError(
            "output padding must be smaller than either stride or dilation, but got "
            f"output_padding: {more} stride: {how.stride} dilation: {how.dilation}"
        )


def check_result(lengths, found):
    if min(found) <= 0:
        raise RuntimeError(
            f"Given input size per channel: ({_by(lengths)}). Calculated output size per channel: "
            f"({_by(found)}). Output size is too small"
        )


def _check_channels(groups, input, weight, bias):
    shape = list(weight.shape)
    if shape[0] < groups:
        raise RuntimeError(
            f"Given groups={groups}, expected weight to be at least {groups} at dimension 0, but "
            f"got weight of size {shape} instead"
        )
    if shape[0] % groups:
        raise RuntimeError(
            f"Given groups={groups}, expected weight to be divisible by {groups} at dimension 0, "
            f"but got weight of size [{shape}] instead"
        )
    if input.shape[1] != shape[1] * groups:
        raise RuntimeError(
            f"Given groups={groups}, weight of size {shape}, expected input{list(input.shape)} to "
            f"have {shape[1] * groups} channels, but got {input.shape[1]} channels instead. "
            "Channels are the second dimension of a batch."
        )
    if bias is not None and bias.shape != (shape[0],):
        raise RuntimeError(
            f"Given weight of size {shape}, expected bias to be 1-dimensional with {shape[0]} "
            f"elements, but got bias of size {list(bias.shape)} instead"
        )


def _by(lengths):
    return " x ".join(map(str, lengths))
