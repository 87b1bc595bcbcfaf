"""Floor 3. Tensors side by side: hstack, vstack, dstack, column_stack, block_diag, atleast_2d …"""

from ..creation import zeros
from ..function import Function
from . import checks, shape_checks
from .joining import Join, alike, cat
from .shapes import reshape, unsqueeze


def concat(tensors, dim=0, *, axis=None):
    """Tensors one after the other along dimension `dim`: another name for `cat`."""
    return cat(tensors, dim if axis is None else axis)


concatenate = concat


def hstack(tensors):
    """Tensors one after the other along dimension 1: from left to right (vectors along 0)."""
    tensors = atleast_1d(shape_checks.some_tensors(tensors, "hstack"))
    return cat(tensors, 0 if tensors[0]._array.ndim == 1 else 1)


def vstack(tensors):
    """Tensors one below the other, along dimension 0; a vector is a row."""
    return cat(atleast_2d(shape_checks.some_tensors(tensors, "vstack")), 0)


def dstack(tensors):
    """Tensors one behind the other, along dimension 2; a vector is a row, a matrix a plane."""
    return cat(atleast_3d(shape_checks.some_tensors(tensors, "dstack")), 2)


def column_stack(tensors):
    """Tensors from left to right, along dimension 1; a vector is a column."""
    tensors = shape_checks.some_tensors(tensors, "column_stack")
    return hstack([x if x._array.ndim > 1 else reshape(x, x._array.size, 1) for x in tensors])


row_stack = vstack


class BlockDiag(Join):
    """Matrices along the diagonal of one large matrix, zeros elsewhere."""

    name = Function.name


def block_diag(*tensors):
    """The matrix that has the given ones along its diagonal, and zeros elsewhere.

    A vector is a row. RuntimeError for more than two dimensions.
    """
    for index, each in enumerate(shape_checks.check_elements(tensors)):
        if each._array.ndim > 2:
            raise RuntimeError(
                "torch.block_diag: Input tensors must have 2 or fewer dimensions. Input "
                f"{index} has {each._array.ndim} dimensions"
            )
    if not tensors:
        return zeros(1, 0)
    blocks, places, rows, columns = alike([_to_2d(each) for each in tensors]), [], 0, 0
    for each in blocks:
        high, wide = each._array.shape
        places.append((slice(rows, rows + high), slice(columns, columns + wide)))
        rows, columns = rows + high, columns + wide
    return BlockDiag.apply(*blocks, places=places, shape=(rows, columns))


def atleast_1d(*tensors):
    """Tensors with at least one dimension: a number becomes a vector. A tuple for several."""
    return _at_least(_to_1d, "atleast_1d", tensors)


def atleast_2d(*tensors):
    """Tensors with at least two dimensions: a vector becomes a row. A tuple for several."""
    return _at_least(_to_2d, "atleast_2d", tensors)


def atleast_3d(*tensors):
    """Tensors with at least three dimensions: a matrix (m, n) becomes (m, n, 1)."""
    return _at_least(_to_3d, "atleast_3d", tensors)


def _to_1d(x):
    return x if x._array.ndim else reshape(x, 1)


def _to_2d(x):
    return unsqueeze(x, 0) if x._array.ndim == 1 else x if x._array.ndim else reshape(x, 1, 1)


def _to_3d(x):
    if x._array.ndim == 1:
        return unsqueeze(unsqueeze(x, 0), -1)
    if x._array.ndim == 2:
        return unsqueeze(x, -1)
    return x if x._array.ndim else reshape(x, 1, 1, 1)


def _at_least(change, name, tensors):
    if len(tensors) == 1:
        if not isinstance(tensors[0], (list, tuple)):
            if not hasattr(tensors[0], "_array"):
                raise checks.invalid_arguments(name, tensors[0])
            return change(tensors[0])
        tensors = tensors[0]
    return tuple(change(each) for each in shape_checks.check_elements(tensors))
