"""Floor 7. What layers ask of the numbers they are made with. PyTorch's words come first."""

import warnings

MODES = "circular", "reflect", "zeros", "replicate"


def kind(device, dtype):
    """What of the two was given, as keywords for `zeros` and `ones`."""
    given = {"device": device, "dtype": dtype}
    return {name: each for name, each in given.items() if each is not None}


def check_convolution(in_channels, out_channels, groups, padding, stride, padding_mode):
    """ValueError for channels, padding or groups that make no convolution."""
    if groups <= 0:
        raise ValueError("groups must be a positive integer")
    if in_channels % groups:
        raise ValueError(f"in_channels must be divisible by groups: {in_channels}, {groups}")
    if out_channels % groups:
        raise ValueError(f"out_channels must be divisible by groups: {out_channels}, {groups}")
    if isinstance(padding, str):
        if padding not in ("same", "valid"):
            raise ValueError(
                f"Invalid padding string '{padding}', should be one of {{'same', 'valid'}}"
            )
        if padding == "same" and any(each != 1 for each in stride):
            raise ValueError("padding='same' is not supported for strided convolutions")
    if padding_mode not in MODES:
        raise ValueError(
            f"padding_mode must be one of {{{', '.join(map(repr, MODES))}}}, but got "
            f"padding_mode='{padding_mode}'"
        )


def check_weight_shape(shape):
    """TypeError if a size is no integer."""
    for position, each in enumerate(shape, 1):
        if not isinstance(each, int):
            raise TypeError(
                f"empty(): argument 'size' failed to unpack the object at pos {position} with "
                f'error "type must be tuple of ints,but got {type(each).__name__}"'
            )


def check_groups(num_channels, num_groups):
    """ValueError for channels that cannot be split into groups."""
    if num_groups == 0:
        raise ZeroDivisionError("integer modulo by zero: num_groups is 0")
    if num_channels % num_groups:
        raise ValueError(
            f"num_channels ({num_channels}) must be divisible by num_groups ({num_groups})"
        )


def check_dims(input, *wanted):
    """ValueError for an input of another number of dimensions."""
    dims = input._array.ndim
    if dims not in wanted:
        words = " or ".join(f"{each}D" for each in wanted)
        raise ValueError(f"expected {words} input (got {dims}D input)")


def check_features(input, dim, num_features, matters):
    """ValueError for another number of channels; where it does not matter, a warning."""
    found = input._array.shape[dim]
    if found == num_features:
        return
    if matters:
        raise ValueError(
            f"expected input's size at dim={dim} to match num_features ({num_features}), but got: "
            f"{found}."
        )
    warnings.warn(
        f"input's size at dim={dim} does not match num_features. You can silence this warning by "
        "not passing in num_features, which is not used because affine=False",
        UserWarning,
        stacklevel=4,
    )


def output_padding(layer, input, output_size):
    """What a transposed convolution has to add, so that its result has this size; or ValueError."""
    dims, shape = layer.dims, input._array.shape
    wanted = list(output_size)
    if len(wanted) == dims + 2:
        wanted = wanted[2:]
    if len(wanted) != dims:
        raise ValueError(
            f"ConvTranspose{dims}D: for {len(shape)}D input, output_size must have {dims} or "
            f"{dims + 2} elements (got {len(wanted)})"
        )
    numbers = layer.stride, layer.padding, layer.dilation, layer.kernel_size
    least = [
        (n - 1) * step - 2 * pad + d * (size - 1) + 1
        for n, step, pad, d, size in zip(shape[-dims:], *numbers)
    ]
    most = [n + step - 1 for n, step in zip(least, layer.stride)]
    if any(not low <= n <= high for n, low, high in zip(wanted, least, most)):
        raise ValueError(
            f"requested an output size of {tuple(wanted)}, but valid sizes range from {least} to "
            f"{most} (for an input of {input.shape[-dims:]})"
        )
    return tuple(n - low for n, low in zip(wanted, least))
