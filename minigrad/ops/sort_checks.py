"""Floor 3. What `sorting.py` asks of its inputs, as `checks.py`."""

import numpy as np

from .. import arguments
from ..errors import listed
from ..tensor import Tensor
from . import checks


def check_sort(function, input, dim, descending):
    checks.check_tensor(input, function)
    if isinstance(dim, bool) or not isinstance(descending, (bool, np.bool_)):
        raise checks.invalid_arguments(function, input, dim)


def check_topk(input, k):
    checks.check_tensor(input, "topk")
    if isinstance(k, bool) or not isinstance(k, (int, np.integer)):
        raise TypeError(f"topk(): argument 'k' (position 2) must be int, not {type(k).__name__}")
    if input._array.dtype.kind == "b":
        raise RuntimeError("topk does not support bool dtypes on CPU. Convert first: x.int().")


def check_kthvalue(input, k, dim):
    """The dimension counted from the left; RuntimeError if there is no k-th element."""
    checks.check_tensor(input, "kthvalue")
    dim = arguments.check_dim(dim, input._array.ndim)
    checks.check_not_empty("kthvalue", input, dim)
    if input._array.dtype.kind == "b":
        raise checks.not_implemented_for("kthvalue_cpu", input, "Convert first: x.int().")
    length = input._array.shape[dim] if input._array.ndim else 1
    if not 1 <= k <= length:
        raise RuntimeError(
            f"kthvalue(): selected number k out of range for dimension {dim}: {k} of {length}."
        )
    return dim


def check_side(right, side):
    """Whether `right` is meant; RuntimeError for a `side` that says something else."""
    if side not in (None, "left", "right"):
        raise RuntimeError(
            f"torch.searchsorted(): side can only be 'left' or 'right' but got {side}"
        )
    if side == "left" and right:
        raise RuntimeError(
            "torch.searchsorted(): side and right can't be set to opposites, got side of left "
            "while right was True"
        )
    return right or side == "right"


def check_search(boundaries, values, sorter):
    """RuntimeError unless the boundaries have one dimension, or rows as the values have."""
    checks.check_tensor(boundaries, "searchsorted", "sorted_sequence")
    one, two = boundaries._array.shape, values._array.shape
    if not one:
        raise RuntimeError(
            "torch.searchsorted(): boundaries tensor should have positive dimension, but got 0 "
            "dimension"
        )
    if len(one) > 1 and one[:-1] != two[:-1] or len(one) > 1 and len(one) != len(two):
        raise RuntimeError(
            "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 "
            "dimensions of boundaries tensor and input value tensor must match, but we got "
            f"boundaries tensor {listed(one)} and input value tensor {listed(two)}"
        )
    if isinstance(sorter, Tensor) and sorter._array.shape != one:
        raise RuntimeError(
            "torch.searchsorted(): boundary and sorter must have the same size, but got boundary "
            f"tensor {listed(one)}and got sorter tensor {listed(sorter._array.shape)}"
        )
