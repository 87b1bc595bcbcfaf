"""Floor 3. The work of a linear layer in one node."""

import numpy as np

from ..dtypes import dtype_of
from ..function import Function
from . import checks, product_checks
from .broadcasting import sum_to
from .matmul import matmul, product
from .shapes import t
from .sums import total_of_rows


class Addmm(Function):
    """bias + input @ weight, as one node."""

    saved_names = "mat1", "mat2"

    @staticmethod
    def forward(bias, mat1, mat2):
        if mat1.shape[1] == 1 and mat1.dtype == np.float32:  # round once, as PyTorch's kernel does
            return (bias.astype(np.float64) + mat1 * mat2.astype(np.float64)).astype(np.float32)
        if 1 < len(mat1) <= 64 and mat2.size > 30_000 and type(mat1) is np.ndarray:
            # The same product, turned round: OpenBLAS takes 0.5 (16 rows) to 0.9 (64) of the time.
            return np.add(mat2.T.dot(mat1.T).T, bias, order="C")
        result = mat1.dot(mat2)
        result += bias
        return result

    @staticmethod
    def setup_context(ctx, inputs, output):
        bias, mat1, mat2 = inputs
        ctx.bias_shape = bias._array.shape
        ctx.save_for_backward(
            mat1 if mat2._requires_grad else None, mat2 if mat1._requires_grad else None
        )

    @staticmethod
    def backward(ctx, grad):
        mat1, mat2 = ctx.saved
        one_row = ctx.bias_shape == grad.shape[1:]
        return (
            total_of_rows(grad) if one_row else sum_to(grad, ctx.bias_shape),
            None if mat2 is None else product(grad, mat2.T),
            # mat2 is a transposed view: its base gets a gradient that lies in memory as it does.
            None if mat1 is None else product(grad.T, mat1).T,
        )


def linear(input, weight, bias=None):
    """input @ weightᵀ + bias: (…, in) with weight (out, in) and bias (out) gives (…, out).

    RuntimeError for lengths or dtypes that do not fit, TypeError for what is no tensor.
    """
    for position, (name, each) in enumerate((("input", input), ("weight", weight)), 1):
        checks.check_tensor(each, "linear", name, position)
    columns, dims = t(weight), (input._array.ndim, weight._array.ndim)
    if 0 in dims:
        raise RuntimeError(
            f"both arguments to linear need to be at least 1D, but they are {dims[0]}D and "
            f"{dims[1]}D"
        )
    if bias is None:
        return matmul(input, columns)
    checks.check_tensor(bias, "linear", "bias", 3)
    rows = input if dims[0] == 2 else input.reshape(-1, input._array.shape[-1])
    check_bias(rows._array, columns._array, bias._array)
    result = Addmm.apply(bias, rows, columns)
    return (
        result if dims[0] == 2 else result.view(*input._array.shape[:-1], columns._array.shape[1])
    )


def check_bias(rows, columns, bias):
    """RuntimeError if the three arrays of a linear layer do not fit together."""
    if rows.shape[1:] == columns.shape[:1] and columns.shape[1:] == bias.shape:
        if rows.dtype is columns.dtype is bias.dtype and bias.dtype.kind == "f":
            return
    if columns.ndim != 2:
        raise RuntimeError(f"mat2 must be a matrix, got {columns.ndim}-D tensor")
    if rows.dtype != columns.dtype:
        one, two = (dtype_of(each.dtype).tensor_type for each in (rows, columns))
        raise RuntimeError(f"mat1 and mat2 must have the same dtype, but got {one} and {two}")
    product_checks.check_matmul(rows, columns)
    if bias.dtype != rows.dtype:
        one, two = dtype_of(bias.dtype).tensor_type, dtype_of(rows.dtype).tensor_type
        raise RuntimeError(f"self and mat2 must have the same dtype, but got {one} and {two}")
    sizes, last = [rows.shape[0], columns.shape[1]], bias.shape[-1:] or (1,)
    if (
        bias.ndim > 2
        or last[0] not in (1, sizes[1])
        or bias.shape[-2:-1] not in ((), (1,), (sizes[0],))
    ):
        raise RuntimeError(
            f"The expanded size of the tensor ({sizes[1]}) must match the existing size "
            f"({last[0]}) at non-singleton dimension 1.  Target sizes: {sizes}.  Tensor sizes: "
            f"{list(bias.shape)}. The bias of a linear layer has as many elements as the weight "
            "has rows."
        )
