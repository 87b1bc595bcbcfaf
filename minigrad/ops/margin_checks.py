"""Floor 3. What the losses of `margin_losses.py` ask of their inputs, as `checks.py`."""

import numpy as np

from .. import errors
from ..arrays import beside, on_host
from ..errors import listed
from . import checks, loss_checks


def check_soft(input, target):
    loss_checks.check_pair("soft_margin_loss", input, target)
    loss_checks.check_constant("soft_margin_loss", "target", target)
    one, two = input._array, target._array
    if one.dtype.kind != "f":
        raise RuntimeError(
            f"result type Float can't be cast to the desired output type "
            f"{input.dtype.tensor_type}. Convert first: x.float()."
        )
    if one.shape != two.shape:
        try:
            np.broadcast_shapes(one.shape, two.shape)
        except ValueError:
            raise errors.cannot_broadcast(one.shape, two.shape) from None


def check_classes(input, target, p, weight):
    """Rows of scores, and an array with the number of the right class of each."""
    loss_checks.check_pair("multi_margin_loss", input, target)
    if p not in (1, 2):
        raise ValueError("only p == 1 and p == 2 supported")
    rows = scores(input)
    number, classes = rows._array.shape
    if target._array.size != number or target._array.ndim > 1:
        raise RuntimeError(
            "multi_margin_loss: target tensor should be 1-D with size equal to the number of input "
            f"samples (batch size). Expected target size [{number}], but got "
            f"{listed(target.shape)}. Input has shape {listed(input.shape)}."
        )
    if weight is not None and weight._array.ndim != 1:
        raise ValueError("weight must be one-dimensional: a number for each class.")
    if weight is not None and weight._array.shape != (classes,):
        raise RuntimeError(
            f"inconsistent weight size, expected {classes} but got {listed(weight.shape)}"
        )
    right = long_numbers(target).reshape(-1)
    if right.size and not 0 <= right.min() <= right.max() < classes:
        raise RuntimeError(f"target out of range: classes are numbered from 0 to {classes - 1}.")
    return rows, right


def check_labels(input, target):
    """Rows of scores, and how often each class is named as a right one of its row."""
    loss_checks.check_pair("multilabel_margin_loss", input, target)
    rows = scores(input)
    if target._array.shape != input._array.shape:
        raise RuntimeError(
            f"inconsistent target size: {listed(target.shape)} for input of size: "
            f"{listed(input.shape)}"
        )
    classes = rows._array.shape[1]
    named = long_numbers(target).reshape(rows._array.shape)
    if named.size and not -1 <= named.min() <= named.max() < classes:
        raise RuntimeError(
            f"argument #2 'target' is out of range: classes are numbered from 0 to {classes - 1}."
        )
    counts = np.cumprod(named >= 0, 1).astype(bool)  # up to the first -1
    right = np.zeros(named.shape, rows._array.dtype)
    places = np.nonzero(counts)
    np.add.at(right, (places[0], named[places]), 1)
    return rows, beside(right, rows._array)


def scores(input):
    """Scores as rows: (N, C) as they are, and (C) or () as one row."""
    if input._array.ndim > 2 or 0 in input._array.shape[-1:]:
        raise RuntimeError(
            "Expected non-empty vector or matrix with optional 0-dim batch size, but got: "
            f"{listed(input.shape)}"
        )
    return input if input._array.ndim == 2 else input.reshape(1, -1)


def long_numbers(target):
    if target._array.dtype != np.int64:
        raise RuntimeError(
            f"expected scalar type Long but found {target.dtype.tensor_type}. Convert it: "
            "target.long()."
        )
    return on_host(target._array)


def check_ranking(input1, input2, target):
    for name, each in (("input1", input1), ("input2", input2), ("target", target)):
        checks.check_tensor(each, "margin_ranking_loss", name)
    if not input1._array.ndim == input2._array.ndim == target._array.ndim:
        raise RuntimeError(
            "margin_ranking_loss : All input tensors should have same dimension but got sizes: "
            f"input1: {input1.shape}, input2: {input2.shape}, target: {target.shape} "
        )


def check_cosine(input1, input2, target):
    """The dimension of the vectors; RuntimeError unless there is a target for each pair."""
    for name, each in (("input1", input1), ("input2", input2), ("target", target)):
        checks.check_tensor(each, "cosine_embedding_loss", name)
    ndim = target._array.ndim
    if ndim > 1:
        raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
    if not input1._array.ndim == input2._array.ndim == ndim + 1:
        raise RuntimeError(
            f"{ndim}D target tensor expects {ndim + 1}D input tensors, but found inputs with sizes "
            f"{listed(input1.shape)} and {listed(input2.shape)}."
        )
    return ndim


def check_margin(margin, layer=None):
    if margin > 0:
        return
    if layer:
        raise ValueError(f"{layer}: expected margin to be greater than 0, got {margin} instead")
    raise ValueError(f"margin must be greater than 0, got {margin}")


def check_triplet(anchor, positive, negative):
    for name, each in (("anchor", anchor), ("positive", positive), ("negative", negative)):
        checks.check_tensor(each, "triplet_margin_loss", name)
    one, two, three = (each._array.ndim for each in (anchor, positive, negative))
    if not one == two == three:
        raise RuntimeError(
            "The anchor, positive, and negative tensors are expected to have the same number of "
            f"dimensions, but got: anchor {one}D, positive {two}D, and negative {three}D inputs"
        )
