"""Floor 3. `torch.linalg`: norms, inverses, systems of equations, decompositions."""

from .ops.contractions import linalg_cross as cross
from .ops.contractions import multi_dot, vecdot
from .ops.decompositions import eigh, eigvalsh, qr, svd, svdvals
from .ops.diagonals import linalg_diagonal as diagonal
from .ops.inverse_checks import LinAlgError
from .ops.inverses import cholesky, det, inv, matrix_power, solve
from .ops.inverses import linalg_slogdet as slogdet
from .ops.matmul import matmul
from .ops.norms import matrix_norm, norm, vector_norm

__all__ = [
    "LinAlgError",
    "cholesky",
    "cross",
    "det",
    "diagonal",
    "eigh",
    "eigvalsh",
    "inv",
    "matmul",
    "matrix_norm",
    "matrix_power",
    "multi_dot",
    "norm",
    "qr",
    "slogdet",
    "solve",
    "svd",
    "svdvals",
    "vecdot",
    "vector_norm",
]
