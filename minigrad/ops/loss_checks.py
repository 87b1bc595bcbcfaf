"""Floor 3. What the losses ask of their inputs. PyTorch's words come first."""

import warnings

import numpy as np

from .. import errors
from . import checks

REDUCTIONS = "mean", "sum", "none"


def check_reduction(reduction, size_average=None, reduce=None):
    """How a loss is reduced; ValueError for an unknown way.

    `size_average` and `reduce` are the names of old; whoever gives one of them is warned.
    """
    if size_average is not None or reduce is not None:
        mean = size_average is None or size_average
        reduction = "none" if reduce is not None and not reduce else "mean" if mean else "sum"
        warnings.warn(
            "size_average and reduce args will be deprecated, please use "
            f"reduction='{reduction}' instead.",
            UserWarning,
            stacklevel=3,
        )
    if reduction not in REDUCTIONS:
        raise ValueError(
            f"{reduction} is not a valid value for reduction: write 'mean', 'sum' or 'none'."
        )
    return reduction


def check_pair(function, input, target):
    """TypeError unless a loss has got two tensors."""
    checks.check_tensor(input, function)
    checks.check_tensor(target, function, "target", 2)


def broadcast_shape(input, target):
    """The shape of a loss, with a warning if input and target differ: rarely what was meant."""
    shapes = input._array.shape, target._array.shape
    if shapes[0] == shapes[1]:
        return shapes[0]
    warnings.warn(
        f"Using a target size ({target.shape}) that is different to the input size "
        f"({input.shape}). This will likely lead to incorrect results due to broadcasting. "
        "Please ensure they have the same size.",
        UserWarning,
        stacklevel=4,
    )
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError:
        raise errors.cannot_broadcast(*shapes) from None


def check_weight_fits(input, weight):
    if weight._array.shape != input._array.shape:
        raise ValueError(
            f"Weights and input must have the same size. They are {weight.shape} and {input.shape}."
        )


def check_not_negative(function, argument, value, zero=True):
    """RuntimeError for a negative width of a loss; or, unless `zero`, for none."""
    if value < 0 or (value == 0 and not zero):
        kind = "negative" if zero else "non-positive"
        raise RuntimeError(f"{function} does not support {kind} values for {argument}.")


def check_constant(function, argument, weight):
    """RuntimeError for a weight that wants a gradient: it has none."""
    if weight is not None and weight._requires_grad:
        raise RuntimeError(
            f"The function '{function}' is not differentiable with respect to argument "
            f"'{argument}'. This input cannot have requires_grad True."
        )


# --- classes --------------------------------------------------------------------------------------
def check_batches(input, target):
    """ValueError unless every example of `input`, (C) or (N, C, …), has a target."""
    scores, classes = input._array.shape, target._array.shape
    if not scores:
        raise ValueError("Expected 1 or more dimensions (got 0): scores of shape (N, C) or (C).")
    if len(scores) == 1 and len(classes) == 1 and classes[0] != 1:
        raise ValueError(
            f"For 1D input, 1D target must have size 1, but got target size: {classes[0]}"
        )
    if len(scores) > 1 and scores[0] != (classes[0] if classes else 0):
        raise ValueError(
            f"Expected input batch_size ({scores[0]}) to match target batch_size "
            f"({classes[0] if classes else 0})."
        )


def check_places(input, target):
    """For input (N, C, …) a target (N, …): the same places, without the classes."""
    wanted, given = (input.shape[0], *input.shape[2:]), tuple(target.shape)
    if wanted == given:
        return
    if len(wanted) == 3 and len(given) != 3:
        raise RuntimeError(
            "only batches of spatial targets supported (3D tensors) but got targets of dimension: "
            f"{len(given)}"
        )
    if len(wanted) == 3:
        raise RuntimeError(
            f"size mismatch (got input: {list(input.shape)} , target: {list(given)}: expected a "
            f"target of shape {list(wanted)}."
        )
    if len(wanted) == 1:
        raise RuntimeError(f"0D or 1D target tensor expected, multi-target not supported: {given}")
    raise RuntimeError(f"Expected target size {list(wanted)}, got {list(given)}")


def check_classes(input, target, ignore_index):
    """A copy of the target as int64, and where it is ignored (None: nowhere)."""
    classes = target._array
    if classes.dtype not in (np.int64, np.uint8):
        raise RuntimeError(
            "expected target dtype to be Long or Byte, but got "
            f"{target.dtype.tensor_type}. Convert it: target.long()."
        )
    if input._array.dtype.kind != "f":
        raise checks.not_implemented_for("nll_loss_out_frame", input, "Use x.float().")
    classes = classes.astype(np.int64)
    ignored = classes == ignore_index
    ignored = ignored if ignored.any() else None
    if ignored is not None:
        classes = np.where(ignored, 0, classes)
    check_bounds(classes, input._array.shape[1], ignored)
    return classes, ignored


def check_bounds(classes, number, ignored=None):
    """IndexError unless every class is one of 0 … number - 1."""
    if classes.size and (classes.min() < 0 or classes.max() >= number):
        outside = (classes < 0) | (classes >= number)
        if ignored is not None:
            outside &= ~ignored
        if outside.any():
            raise IndexError(
                f"Target {classes[outside].flat[0]} is out of bounds. There are {number} classes, "
                f"so a target is one of 0 … {number - 1}."
            )


def check_class_weight(weight, input, prefix=""):
    """A weight for each class, in the dtype of the input."""
    number = input._array.shape[1 if input._array.ndim > 1 else 0]
    if weight._array.shape != (number,):
        raise RuntimeError(
            f"{prefix}weight tensor should be defined either for all {number} classes or no "
            f"classes but got weight tensor of shape: {list(weight._array.shape)}"
        )
    if weight._array.dtype != input._array.dtype:
        raise RuntimeError(
            f"expected scalar type {input.dtype.tensor_type} but found {weight.dtype.tensor_type}. "
            "Convert the weight."
        )


def check_probabilities(input, target, ignore_index, label_smoothing):
    """What a target of probabilities must be."""
    if target._array.dtype.kind != "f":
        raise RuntimeError(
            "Expected floating point type for target with class probabilities, got "
            f"{target.dtype.tensor_type}. A target of the input's shape holds probabilities; "
            "class numbers have one dimension less."
        )
    if ignore_index >= 0:
        raise RuntimeError("ignore_index is not supported for floating point target")
    check_smoothing(label_smoothing)


def check_smoothing(label_smoothing):
    if label_smoothing > 1:
        raise RuntimeError(f"label_smoothing must be between 0.0 and 1.0. Got: {label_smoothing}")


# --- yes or no ------------------------------------------------------------------------------------
def check_same_size(input, target, logits):
    if input._array.shape == target._array.shape:
        return
    if logits:
        raise ValueError(
            f"Target size ({target.shape}) must be the same as input size ({input.shape})"
        )
    raise ValueError(
        f"Using a target size ({target.shape}) that is different to the input size ({input.shape}) "
        "is deprecated. Please ensure they have the same size."
    )


def check_unit_interval(input, target):
    """RuntimeError unless two tensors of one dtype hold probabilities."""
    if input._array.dtype.kind != "f":
        raise checks.not_implemented_for("binary_cross_entropy", input, "Use x.float().")
    if target._array.dtype != input._array.dtype:
        raise RuntimeError(
            f"Found dtype {target.dtype.tensor_type} but expected {input.dtype.tensor_type}. "
            "Convert the target."
        )
    for name, each in (("input", input), ("target", target)):
        array = each._array
        if array.size and not (array.min() >= 0 and array.max() <= 1):
            advice = "" if name == "target" else " Scores go into binary_cross_entropy_with_logits."
            raise RuntimeError(f"all elements of {name} should be between 0 and 1.{advice}")


def expanded_weight(weight, like):
    """A weight (or None) as an array of its own in the shape and dtype of a tensor."""
    if weight is None:
        return None
    array, shape = weight._array.astype(like._array.dtype), like._array.shape
    if array.shape == shape:
        return array
    try:
        return np.broadcast_to(array, shape)
    except ValueError:
        raise errors.cannot_broadcast(array.shape, shape) from None


def check_logits(input, target):
    """Scores and a target of floats; NotImplementedError or RuntimeError for others."""
    if input._array.dtype.kind != "f":
        raise checks.not_implemented_for("log_sigmoid_cpu", input, "Use x.float().")
    if target._array.dtype.kind == "b":
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Convert the "
            "target: target.float()."
        )
    if target._array.dtype.kind != "f":
        raise RuntimeError(
            f"result type {input.dtype.tensor_type} can't be cast to the desired output type "
            f"{target.dtype.tensor_type}: convert the target, target.float()."
        )


def warn_of_mean(reduction):
    """The mean over all elements is not what mathematics calls the divergence."""
    if reduction == "mean":
        warnings.warn(
            "reduction: 'mean' divides the total loss by both the batch size and the support size."
            "'batchmean' divides only by the batch size, and aligns with the KL div math "
            "definition.'mean' will be changed to behave the same as 'batchmean' in the next major "
            "release.",
            UserWarning,
            stacklevel=3,
        )


# --- variances ------------------------------------------------------------------------------------
def check_variance(input, var):
    """A variance as a tensor that broadcasts with the input; ValueError where it does not."""
    if not hasattr(var, "_array"):
        if var < 0:
            raise ValueError("var has negative entry/entries")
        return input.new_full(input._array.shape, var)
    shape, given = input._array.shape, var._array.shape
    if shape != given:
        if shape[:-1] == given:
            var = var.unsqueeze(-1)
        elif len(shape) != len(given) or any(n not in (1, m) for n, m in zip(given, shape)):
            raise ValueError(
                f"var is of incorrect size: {list(given)} for an input of {list(shape)}"
            )
    if (var._array < 0).any():
        raise ValueError("var has negative entry/entries")
    return var


def check_one_of_three(reduction):
    if reduction not in REDUCTIONS:
        raise ValueError(f"{reduction} is not valid: write 'mean', 'sum' or 'none'.")
