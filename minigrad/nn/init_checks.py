"""Floor 7. What the initialisations ask of a tensor. PyTorch's words come first."""

import warnings

LAYERS = (
    "linear",
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
)


def fans(tensor):
    """(how many inputs go into each result, how many results each input goes into).

    ValueError for a tensor of fewer than 2 dimensions. Dimensions after the second are places of a
    convolution's kernel.
    """
    shape = tensor.shape
    if len(shape) < 2:
        raise ValueError(
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions: the "
            f"shape is {list(shape)}."
        )
    places = 1
    for length in shape[2:]:
        places *= length
    return shape[1] * places, shape[0] * places


def check_fan(tensor, mode):
    """The fan that `mode` names; ValueError for another mode."""
    mode = mode.lower()
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    return fans(tensor)[mode == "fan_out"]


def is_nothing(tensor):
    """Whether the tensor has no elements, with PyTorch's warning."""
    if 0 in tensor.shape:
        warnings.warn("Initializing zero-element tensors is a no-op", UserWarning, stacklevel=3)
        return True
    return False


def check_matrix(tensor):
    if tensor.dim() != 2:
        raise ValueError(
            f"Only tensors with 2 dimensions are supported: the shape is {list(tensor.shape)}."
        )


def check_at_least_matrix(tensor):
    if tensor.dim() < 2:
        raise ValueError(
            "Only tensors with 2 or more dimensions are supported: the shape is "
            f"{list(tensor.shape)}."
        )


def check_dirac(tensor, groups):
    if tensor.dim() not in (3, 4, 5):
        raise ValueError(
            "Only tensors with 3, 4, or 5 dimensions are supported: the shape is "
            f"{list(tensor.shape)}."
        )
    if tensor.shape[0] % groups:
        raise ValueError(f"dim 0 must be divisible by groups: {tensor.shape[0]} by {groups}.")


def unsupported(nonlinearity):
    return ValueError(f"Unsupported nonlinearity {nonlinearity}: a name such as 'relu'.")


def check_slope(param):
    """The negative slope of a leaky relu: 0.01 if none is given."""
    if param is None:
        return 0.01
    if isinstance(param, bool) or not isinstance(param, (int, float)):
        raise ValueError(f"negative_slope {param} not a valid number")
    return param


def check_cut(mean, std, a, b):
    """RuntimeError for ends the wrong way round; a warning if hardly a number lies between."""
    if a > b:
        raise RuntimeError(
            f"uniform_ expects to return a [from, to) range, but found from={a} > to={b}"
        )
    if mean < a - 2 * std or mean > b + 2 * std:
        warnings.warn(
            "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution of "
            "values may be incorrect.",
            UserWarning,
            stacklevel=3,
        )
