"""Floor 3. Copies of a tensor in which a view of it shows other numbers: select_scatter …

What a view shows is known from its geometry, so that one rule serves for all kinds of views.
"""

from .. import arguments
from ..errors import listed
from ..function import Function
from ..tensor import Tensor
from . import checks
from .conversions import convert
from .diagonals import diagonal
from .indexing import Basic
from .more_views import select
from .views import Replace, geometry


class SelectScatter(Replace):
    """self with another slice along a dimension."""

    name = Function.name


class SliceScatter(Replace):
    """self with other slices along a dimension."""

    name = Function.name


class DiagonalScatter(Replace):
    """self with other numbers on its diagonals."""

    name = Function.name


def select_scatter(input, src, dim, index):
    """A copy of the input with `src` as its slice number `index` along `dim`."""
    checks.check_tensor(input, "select_scatter")
    return _replaced(SelectScatter, input, src, lambda x: select(x, dim, index))


def slice_scatter(input, src, dim=0, start=None, end=None, step=1):
    """A copy of the input with `src` as its slices from `start` to `end` along `dim`."""
    checks.check_tensor(input, "slice_scatter")
    if step <= 0:
        raise RuntimeError("slice step must be positive")
    dim = arguments.check_dim(dim, input._array.ndim)
    place = (slice(None),) * dim + (slice(start, end, step), ...)
    return _replaced(SliceScatter, input, src, lambda x: Basic.apply(x, index=place, last="Slice"))


def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1):
    """A copy of the input with `src` on its diagonals."""
    checks.check_tensor(input, "diagonal_scatter")
    return _replaced(DiagonalScatter, input, src, lambda x: diagonal(x, offset, dim1, dim2))


def _replaced(function, input, src, view):
    """The copy, if `src` has the shape of the view."""
    checks.check_tensor(src, function.__name__, "src", 2)
    input = input.contiguous()
    shown = view(input.detach()).array
    if src._array.shape != shown.shape:
        raise RuntimeError(
            "expected src to have a size equal to the slice of self. src size = "
            f"{listed(src.shape)}, slice size = {listed(shown.shape)}"
        )
    source = geometry(input.array)
    src = convert(src, input._array.dtype)
    return function.apply(input, src, places=geometry(shown, input.array), into=source)


Tensor.select_scatter = select_scatter
Tensor.slice_scatter = slice_scatter
Tensor.diagonal_scatter = diagonal_scatter
