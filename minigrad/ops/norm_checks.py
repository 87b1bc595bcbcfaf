"""Floor 3. What `norms.py` asks of its inputs, as `checks.py`."""

import numpy as np

from .. import arguments
from ..dtypes import dtype_of, promote
from . import checks, inverse_checks
from .conversions import convert
from .repeating import broadcast_tensors

ORDERS = "fro", "nuc", 1, -1, 2, -2, float("inf"), -float("inf")


def check_vector_norm(x, ord, dtype):
    checks.check_tensor(x, "linalg_vector_norm", "x")
    if isinstance(ord, bool) or not isinstance(ord, (int, float, np.number)):
        raise TypeError(
            f"linalg_vector_norm(): argument 'ord' (position 2) must be Number, not "
            f"{type(ord).__name__}"
        )
    if x._array.dtype.kind != "f":
        raise checks.no_norm(x)
    if dtype is not None and arguments.numpy_dtype(dtype).kind != "f":
        raise RuntimeError(
            "linalg.vector_norm: dtype should be floating point or complex, but got "
            f"{dtype.tensor_type}"
        )


def check_matrix_norm(A, ord, dim):
    """The two dimensions counted from the left."""
    checks.check_tensor(A, "linalg_matrix_norm", "A")
    if isinstance(dim, int) or len(dim) != 2:
        raise checks.invalid_arguments("linalg_matrix_norm", A, dim)
    if A._array.ndim < 2:
        raise RuntimeError(
            "linalg.matrix_norm: The input tensor A must have at least 2 dimensions."
        )
    if ord not in ORDERS:
        raise RuntimeError(f"linalg.matrix_norm: Order {ord} not supported.")
    if A._array.dtype.kind != "f":
        inverse_checks.check_floats("linalg.matrix_norm", A)
    dims = tuple(arguments.check_dim(each, A._array.ndim) for each in dim)
    if dims[0] == dims[1]:
        raise RuntimeError(f"linalg.matrix_norm: dims must be different. Got {tuple(dim)}")
    return dims


def check_norm(A, ord, dim):
    """The dimensions as a tuple, or None."""
    checks.check_tensor(A, "linalg_norm", "A")
    if dim is not None:
        dims = (dim,) if isinstance(dim, int) else tuple(dim)
        if ord is not None and len(dims) not in (1, 2):
            raise RuntimeError(
                f"linalg.norm: If dim is specified, it must be of length 1 or 2. Got {list(dims)}"
            )
        return dims
    if ord is not None and A._array.ndim not in (1, 2):
        raise RuntimeError(
            "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got "
            f"{A._array.ndim}D."
        )
    return None


def alike(function, one, two):
    """Two tensors of floats in one dtype and shape."""
    checks.check_tensor(one, function, "x1")
    checks.check_tensor(two, function, "x2", 2)
    common = promote(one._array, two._array)
    if common.kind != "f":
        raise RuntimeError(
            f"expected common dtype to be floating point, yet common dtype is "
            f"{dtype_of(common).tensor_type}"
        )
    one, two = broadcast_tensors(one, two)
    return convert(one, common), convert(two, common)
