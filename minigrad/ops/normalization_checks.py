"""Floor 3. What normalisation asks of its arguments. PyTorch's words first, then what to do."""

import numpy as np

from ..tensor import Tensor
from . import checks


def _check_tensors(function, input, **others):
    """TypeError for what is no tensor, RuntimeError for a dtype that is not the input's."""
    checks.check_tensor(input, function)
    for position, (name, each) in enumerate(others.items(), 2):
        if each is not None and not isinstance(each, Tensor):
            checks.check_tensor(each, function, name, position)
    for name, each in others.items():
        if each is not None and each._array.dtype != input._array.dtype:
            raise RuntimeError(
                "mixed dtype (CPU): all inputs must share same datatype. The input is "
                f"{input.dtype}, {name} {each.dtype}. Convert one of them: x.float()."
            )


def _check_floats(function, input):
    if input._array.dtype.kind != "f":
        raise checks.not_implemented_for(function, input, "Convert first: x.float().")


def check_more_than_one(number, shape):
    """ValueError in training if there is a single number for each mean: it would become 0."""
    if number == 1:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {shape}. A "
            "single number normalised is always 0: take larger batches, or call .eval() first."
        )


def check_batch(input, running_mean, running_var, weight, bias, training):
    """Batch norm: a batch of channels, and one number for each channel in all the others."""
    checks.check_tensor(input, "batch_norm")
    _check_floats("batch_norm", input)
    shape = input._array.shape
    if len(shape) < 2:
        raise RuntimeError(
            f"running_mean should contain 0 elements not {shape[0] if shape else 1}: the input has "
            f"the shape {list(shape)}; its dimensions are to be (batch, channels, …)."
        )
    if training and shape[1]:
        check_more_than_one(input._array.size // shape[1], input.shape)
    others = {
        "running_mean": running_mean,
        "running_var": running_var,
        "weight": weight,
        "bias": bias,
    }
    for name in ("running_mean", "running_var"):
        if others[name] is None and not training:
            raise RuntimeError(f"{name} must be defined in evaluation mode")
    for name, each in others.items():
        if isinstance(each, Tensor) and each._array.size != shape[1]:
            raise RuntimeError(
                f"{name} should contain {shape[1]} elements not {each._array.size}: one for each "
                "channel, the second dimension of the input."
            )
    _check_tensors("batch_norm", input, **others)


def check_layer(input, normalized_shape, weight, bias):
    """Layer norm: the shape it normalises, as a tuple, if the input ends with it."""
    checks.check_tensor(input, "layer_norm")
    if not isinstance(normalized_shape, (tuple, list)) or not all(
        isinstance(each, (int, np.integer)) for each in normalized_shape
    ):
        raise TypeError(
            "layer_norm(): argument 'normalized_shape' (position 2) must be tuple of ints, not "
            f"{type(normalized_shape).__name__}"
        )
    shape, given = tuple(normalized_shape), list(input._array.shape)
    if not shape:
        raise RuntimeError(
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one "
            "element, but got normalized_shape = []"
        )
    for name, each in (("weight", weight), ("bias", bias)):
        if isinstance(each, Tensor) and each._array.shape != shape:
            raise RuntimeError(
                f"Expected {name} to be of same shape as normalized_shape, but got {name} of shape "
                f"{list(each._array.shape)} and normalized_shape = {list(shape)}"
            )
    if given[-len(shape) :] != list(shape):
        wanted = ", ".join(["*", *map(str, shape)])
        raise RuntimeError(
            f"Given normalized_shape={list(shape)}, expected input with shape [{wanted}], but got "
            f"input of size{given}: the last dimensions are normalised."
        )
    _check_tensors("layer_norm", input, weight=weight, bias=bias)
    _check_floats("LayerNormKernelImpl", input)
    return shape


def check_group(input, num_groups, weight, bias):
    """Group norm: groups of equal size, and one number for each channel in weight and bias."""
    checks.check_tensor(input, "group_norm")
    shape = list(input._array.shape)
    if len(shape) < 2:
        raise RuntimeError(
            f"Expected at least 2 dimensions for input tensor but received {len(shape)}: they are "
            "(batch, channels, …)."
        )
    if not isinstance(num_groups, (int, np.integer)) or isinstance(num_groups, bool):
        raise TypeError(
            "group_norm(): argument 'num_groups' (position 2) must be int, not "
            f"{type(num_groups).__name__}"
        )
    if num_groups == 0:
        raise ZeroDivisionError("integer division or modulo by zero: num_groups is 0")
    if num_groups < 0:
        raise RuntimeError(f"Expected num groups to be greater than 0, got {num_groups}")
    each = shape[0] * shape[1] // num_groups
    number = each * int(np.prod(shape[2:], dtype=int))
    check_more_than_one(number, [each, num_groups, *shape[2:]])
    if shape[1] % num_groups:
        raise RuntimeError(
            "Expected number of channels in input to be divisible by num_groups, but got input of "
            f"shape {shape} and num_groups={num_groups}"
        )
    for name, tensor in (("weight", weight), ("bias", bias)):
        if isinstance(tensor, Tensor) and tensor._array.shape != (shape[1],):
            raise RuntimeError(
                f"Expected {name} to be a vector of size equal to the number of channels in input, "
                f"but got {name} of shape {list(tensor._array.shape)} and input of shape {shape}"
            )
    _check_tensors("group_norm", input, weight=weight, bias=bias)
    _check_floats("GroupNormKernelImpl", input)


def check_instance(input, use_input_stats, **others):
    """Instance norm: lengths of more than one element, a number for each channel in the others."""
    checks.check_tensor(input, "instance_norm")
    shape = input._array.shape
    if use_input_stats and int(np.prod(shape[2:])) == 1:
        raise ValueError(
            f"Expected more than 1 spatial element when training, got input size {input.shape}. A "
            "single number normalised is always 0."
        )
    _check_floats("batch_norm", input)
    if not use_input_stats and (others["running_mean"] is None or others["running_var"] is None):
        raise RuntimeError(
            "Expected running_mean and running_var to be defined when use_input_stats is false"
        )
    for name, each in others.items():
        if isinstance(each, Tensor) and each._array.size != shape[1]:
            number, batch = each._array.size, shape[0]
            raise RuntimeError(
                f"{name} should contain {shape[1] * batch} elements not {number * batch}: one for "
                "each channel, in every element of the batch."
            )
    _check_tensors("instance_norm", input, **others)


def check_rms(input, normalized_shape, weight):
    """RMS norm: the shape it normalises, as a tuple, if the input ends with it."""
    checks.check_tensor(input, "rms_norm")
    single = isinstance(normalized_shape, int)
    shape = (normalized_shape,) if single else tuple(normalized_shape)
    if not shape:
        raise RuntimeError(
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one "
            "element, but got normalized_shape = []"
        )
    if weight is not None and weight._array.shape != shape:
        raise RuntimeError(
            "Expected weight to be of same shape as normalized_shape, but got weight of shape "
            f"{list(weight._array.shape)} and normalized_shape = {list(shape)}"
        )
    if input._array.shape[-len(shape) :] != shape:
        wanted = ", ".join(map(str, shape))
        raise RuntimeError(
            f"Given normalized_shape={list(shape)}, expected input with shape [*{wanted}], but got "
            f"input of size{list(input._array.shape)}"
        )
    return shape


def check_local(input, size):
    if input._array.ndim < 3:
        raise ValueError(
            "Expected 3D or higher dimensionality                          input (got "
            f"{input._array.ndim} dimensions)"
        )
    if size < 1:
        raise RuntimeError(f"kernel size should be greater than zero, but got kH: {size} kW: 1")
