"""Floor 3. What the operations on matrices ask of their inputs, as `checks.py`."""

import numpy as np

from .. import arrays
from . import checks


class _LinAlgError(RuntimeError):
    """A matrix that has no inverse, or no factorization of the kind that was asked for."""


LinAlgError = _LinAlgError  # the name in its message is PyTorch's


def check_matrices(function, tensor):
    """RuntimeError unless the tensor is of floats, and has at least two dimensions."""
    check_dimensions(function, tensor)
    check_floats(function, tensor)


def check_dimensions(function, tensor):
    checks.check_tensor(tensor, function.replace(".", "_"), "A")
    if tensor._array.ndim < 2:
        raise RuntimeError(f"{function}: The input tensor A must have at least 2 dimensions.")


def check_floats(function, tensor):
    kind = tensor.dtype.tensor_type
    if tensor._array.dtype.kind != "f":
        raise RuntimeError(
            f"{function}: Expected a floating point or complex tensor as input. Got {kind}. "
            "Convert first: x.float()."
        )
    if tensor._array.dtype.itemsize == 2:
        raise RuntimeError(f"{function}: Low precision dtypes not supported. Got {kind}")


def check_square(function, tensor):
    """RuntimeError unless the tensor is of square matrices of floats."""
    check_dimensions(function, tensor)
    check_sides(function, tensor)
    check_floats(function, tensor)


def check_sides(function, tensor):
    rows, columns = tensor._array.shape[-2:]
    if rows != columns:
        raise RuntimeError(
            f"{function}: A must be batches of square matrices, but they are {rows} by {columns} "
            "matrices"
        )


def check_power(tensor, n):
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)):
        raise TypeError(
            f"matrix_power(): argument 'n' (position 2) must be int, not {type(n).__name__}"
        )
    check_dimensions("linalg.matrix_power", tensor)
    check_sides("linalg.matrix_power", tensor)


def singular(function, array):
    """The error for matrices one of which has no inverse: names the first."""
    which, pivot = first_of(zero_pivot, array)
    if function == "torch.linalg.solve":
        why = "The solver failed because the input matrix is singular."
    else:
        why = (
            f"The diagonal element {pivot} is zero, the inversion could not be completed because "
            "the input matrix is singular."
        )
    return LinAlgError(f"{function}: {which}{why}")


def not_positive(array):
    """The error for matrices one of which has no root: names the first."""
    which, order = first_of(bad_minor, array)
    return LinAlgError(
        f"linalg.cholesky: {which}The factorization could not be completed because the input is "
        f"not positive-definite (the leading minor of order {order} is not positive-definite)."
    )


def first_of(flaw, array):
    """What to say of a batch, and the flaw of its first matrix that has one."""
    matrices = arrays.on_host(array).reshape(-1, *array.shape[-2:])
    for number, matrix in enumerate(matrices):
        found = flaw(matrix.astype(np.float64))
        if found:
            return "" if array.ndim == 2 else f"(Batch element {number}): ", found
    return "", array.shape[-1]


def zero_pivot(matrix):
    """The number (from 1) of the first pivot that is 0, in elimination with row exchanges."""
    for place in range(len(matrix)):
        best = place + np.argmax(np.abs(matrix[place:, place]))
        if matrix[best, place] == 0:
            return place + 1
        matrix[[place, best]] = matrix[[best, place]]
        factors = matrix[place + 1 :, place] / matrix[place, place]
        matrix[place + 1 :] -= np.outer(factors, matrix[place])
    return None


def bad_minor(matrix):
    """The order of the first leading minor of a symmetric matrix that is not positive."""
    whole = np.tril(matrix) + np.tril(matrix, -1).T
    orders = range(1, len(matrix) + 1)
    return next((n for n in orders if not np.linalg.det(whole[:n, :n]) > 0), None)


def check_solve(A, B, left):
    """Whether B is a vector, or a batch of them; RuntimeError for what does not fit."""
    checks.check_tensor(A, "linalg_solve", "A")
    check_floats("linalg.solve", A)
    check_square("linalg.solve", A)
    checks.check_tensor(B, "linalg_solve", "B", 2)
    one, two = A._array, B._array
    if one.dtype != two.dtype:
        raise RuntimeError(
            "linalg.solve: Expected A and B to have the same dtype, but found A of type "
            f"{A.dtype.tensor_type} and B of type {B.dtype.tensor_type} instead"
        )
    vector = two.ndim == 1 or one.ndim - 1 == two.ndim and two.shape == one.shape[:-1]
    shape = (*two.shape, 1) if vector else two.shape
    if shape[-2 if left else -1] != one.shape[-1] or vector and not left:
        equation = "AX = B" if left else "XA = B"
        sides = [f"{each[-2]}x{each[-1]}" for each in (one.shape, shape)]
        raise RuntimeError(
            "linalg.solve: Incompatible shapes of A and B for the equation "
            f"{equation} ({sides[0]} and {sides[1]})"
        )
    try:
        np.broadcast_shapes(one.shape[:-2], shape[:-2])
    except ValueError:
        raise checks.first_misfit(one.shape[:-2], shape[:-2]) from None
    return vector


def check_mode(mode, A):
    """RuntimeError for another way of decomposing than those two that give Q and R."""
    if mode not in ("reduced", "complete"):
        raise RuntimeError(
            f"qr received unrecognized mode '{mode}' but expected one of 'reduced' (default), 'r', "
            "or 'complete'. minigrad leaves out 'r': take qr(A).R."
        )
