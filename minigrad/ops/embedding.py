"""Floor 3. Embedding: rows of a table, looked up by number."""

import numpy as np

from .. import arrays
from ..carriers import carried, numbers
from ..function import Function
from ..tensor import Tensor, share_versions
from . import checks
from .choices import masked

_PAIRS = {4: np.complex64, 8: np.complex128}  # two floats of so many bytes as one number


def scatter_rows(rows, indices, count):
    """Zeros of `count` rows, with each of `rows` added at its index.

    Where most come once, all are written (of those with one index, one stays), and only the others
    are added: half the time.
    """
    width = rows.shape[-1]
    scattered = arrays.zeros((count, width), rows.dtype, rows)
    if not isinstance(rows, np.ndarray):  # on a GPU
        np.add.at(scattered, indices, rows)
        return scattered
    indices, rows = indices.reshape(-1), np.ascontiguousarray(rows).reshape(-1, width)
    if indices.size < count:
        order, written = np.arange(indices.size), np.empty(count, np.intp)
        scattered[indices] = rows
        written[indices] = order
        others = (written[indices] != order).nonzero()[0]
        indices, rows = indices[others], rows[others]
    add_rows(scattered, indices, rows)
    return scattered


def add_rows(table, indices, rows):
    """Add each of some rows to the row of a table at its index.

    Number by number, since `np.add.at` has a fast path for flat indices alone (row by row takes 5
    times as long); and, where they can, two neighbours together, as if they were complex.
    """
    width, kind = rows.shape[1], rows.dtype
    if width % 2 == 0 and kind.itemsize in _PAIRS:
        kind, width = np.dtype(_PAIRS[kind.itemsize]), width // 2
    places = indices[:, None].astype(np.intp, copy=False) * width + np.arange(width)
    np.add.at(table.reshape(-1).view(kind), places.reshape(-1), rows.reshape(-1).view(kind))


class Embedding(Function):
    """The rows of `weight` at `indices`. A row that was looked up twice gets both gradients."""

    saved_names = ("indices",)

    @staticmethod
    def forward(weight, indices, padding_idx=None, scale_grad_by_freq=False):
        return np.take(weight, numbers(indices), axis=0)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.count = inputs[0]._array.shape[0]
        ctx.save_for_backward(ctx.indices)

    @staticmethod
    def backward(ctx, grad):
        how = {
            "indices": numbers(ctx.saved[0]),
            "count": ctx.count,
            "padding_idx": ctx.padding_idx,
            "scale_grad_by_freq": ctx.scale_grad_by_freq,
        }
        return (EmbeddingDenseBackward.of(grad, **how),)


class EmbeddingDenseBackward(Function):
    """Rows added up where they were looked up: the way back of `Embedding`."""

    @staticmethod
    def forward(rows, indices, count, padding_idx, scale_grad_by_freq):
        scattered = scatter_rows(rows, indices, count)
        if padding_idx is not None:
            scattered[padding_idx] = 0
        if scale_grad_by_freq:
            scattered /= frequencies(indices, count, rows.dtype)
        return scattered

    @staticmethod
    def backward(ctx, grad):
        if ctx.scale_grad_by_freq:
            grad = grad / carried(frequencies(ctx.indices, ctx.count, numbers(grad).dtype), grad)
        if ctx.padding_idx is not None:
            kept = arrays.zeros(grad.shape, bool, numbers(grad)) == 0
            kept[ctx.padding_idx] = False
            grad = masked(grad, kept)
        return (Embedding.of(grad, indices=carried(ctx.indices, grad)),)


def frequencies(indices, count, dtype):
    """How often each row was looked up, in a column (1 for those that were not)."""
    times = np.bincount(indices.reshape(-1), minlength=count)
    return np.maximum(times, 1).astype(dtype)[:, None]


def check_embedding(input, weight):
    """PyTorch's errors for a table that is none, and for indices that are no integers."""
    checks.check_tensor(input, "embedding", "indices", 2)
    checks.check_tensor(weight, "embedding", "weight")
    if weight._array.ndim != 2:
        raise RuntimeError(
            "'weight' must be 2-D, a row for each number: its shape is "
            f"{checks.listed(weight.shape)}."
        )
    if input._array.dtype not in (np.int64, np.int32):
        raise RuntimeError(
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: "
            f"Long, Int; but got torch.{input.dtype.tensor_type}Tensor instead (while checking "
            "arguments for embedding). Convert it: indices.long()."
        )


def check_padding(padding_idx, count):
    """The number of the row that stands for nothing, counted from 0; or None."""
    if padding_idx is None:
        return None
    assert -count <= padding_idx < count, (
        f"Padding_idx must be within num_embeddings: {padding_idx} is not a row of {count}"
    )
    return padding_idx % count


def check_indices(indices, count):
    """IndexError for a row that is not there (a negative number is one of those, as in PyTorch)."""
    unsigned = indices.view(f"u{indices.itemsize}")  # negative numbers become huge: one pass
    if indices.size and np.maximum.reduce(unsigned, axis=None) >= count:
        outside = int(indices[unsigned >= count][0])
        raise IndexError(
            f"index out of range in self: the table has the rows 0 to {count - 1}, and {outside} "
            "was asked for"
        )


def shorten_rows(weight, indices, max_norm, norm_type):
    """Scale the rows that are looked up to the length `max_norm`, if they are longer; in place."""
    rows = np.unique(indices)
    chosen = weight.array[rows]
    lengths = np.add.reduce(np.abs(chosen) ** norm_type, axis=1, keepdims=True) ** (1 / norm_type)
    long = lengths[:, 0] > max_norm
    weight.array[rows[long]] = (chosen * (max_norm / (lengths + 1e-7)))[long]
    share_versions(weight, weight)._counter.add()


def embedding(
    input,
    weight,
    padding_idx=None,
    max_norm=None,
    norm_type=2.0,
    scale_grad_by_freq=False,
    sparse=False,
):
    """The rows of the table `weight` (count, width) at the integers `input`: (…) gives (…, width).

    The row `padding_idx` gets no gradient. `max_norm` shortens the rows that are looked up, in
    place; `scale_grad_by_freq` divides a row's gradient by how often it was looked up. IndexError
    for a row that is not there; RuntimeError for indices that are no integers; `sparse` gradients
    are left out. See https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html
    """
    if isinstance(weight, Tensor) and weight._array.ndim:
        padding_idx = check_padding(padding_idx, weight._array.shape[0])
    check_embedding(input, weight)
    if sparse:
        raise sparse_gradients()
    indices = input.array
    check_indices(indices, weight._array.shape[0])
    if max_norm is not None:
        shorten_rows(weight, indices, max_norm, norm_type)
    return Embedding.apply(
        weight, indices=input, padding_idx=padding_idx, scale_grad_by_freq=scale_grad_by_freq
    )


def sparse_gradients():
    return NotImplementedError(
        "embedding with sparse=True: minigrad leaves out sparse tensors. With sparse=False the "
        "gradient has the same numbers, with the zeros written down."
    )
