"""Floor 3. Calculus with numbers at some distance: areas under them, and their slopes."""

from ..tensor import Tensor
from . import run_checks
from .joining import cat
from .reflected import numbered


def trapezoid(y, x=None, *, dx=None, dim=-1):
    """The area under the numbers `y` along `dim`, joined by straight lines.

    They are `dx` apart (1), or stand at the places `x`.
    """
    parts = trapezia("trapezoid", y, x, dx, dim)
    return numbered(parts.sum(dim) / 2.0 if x is not None else parts.sum(dim) * 0.5, 1)


def cumulative_trapezoid(y, x=None, *, dx=None, dim=-1):
    """The area under the numbers `y` along `dim` up to each of them but the first."""
    parts = trapezia("cumulative_trapezoid", y, x, dx, dim)
    if x is not None:
        return numbered(parts.cumsum(dim) / 2.0, 1)
    return (parts * 0.5).cumsum(dim)


def trapezia(name, y, x, dx, dim):
    """Twice the area between neighbours along a dimension."""
    dim = run_checks.check_area(name, y, x, dx, dim)
    before, behind = (y[(*(slice(None),) * dim, part)] for part in (slice(-1), slice(1, None)))
    width = 1 if dx is None else dx
    if x is not None:
        width = x.diff(dim=dim if x._array.ndim > 1 else 0)
        if x._array.ndim == 1:
            width = width.reshape(-1, *(1,) * (y._array.ndim - 1 - dim))
    return (before + behind) * width


def gradient(input, *, spacing=None, dim=None, edge_order=1):
    """The slopes of numbers along each dimension (or those of `dim`), as a tuple of tensors.

    Each is the difference of its two neighbours, divided by their distance; at the edges that of
    the number itself and its neighbour (`edge_order` 2: a parabola's). `spacing`: the
    distance (1), one for each dimension, or tensors of places. RuntimeError for too few numbers.
    """
    dims, spacing = run_checks.check_gradient(input, spacing, dim, edge_order)
    return tuple(slopes(input, *each, edge_order) for each in zip(dims, spacing))


def slopes(input, dim, spacing, edge_order):
    """The slopes along one dimension."""
    length = input._array.shape[dim]
    before = (slice(None),) * dim

    def part(start, stop):
        return input[(*before, slice(start, stop))]

    if isinstance(spacing, Tensor):
        steps = spacing.diff().reshape(-1, *(1,) * (input._array.ndim - 1 - dim))
        left, right = steps[:-1], steps[1:]
        first, last = steps[:1], steps[-1:]
    else:
        left = right = first = last = spacing
    middle = (
        part(1, -1) * ((right - left) / (left * right))
        + part(2, None) * (left / (right * (left + right)))
        - part(0, -2) * (right / (left * (left + right)))
    )
    if edge_order == 1:
        start = (part(1, 2) - part(0, 1)) / first
        end = (part(length - 1, None) - part(length - 2, -1)) / last
    else:
        one, two = (left[:1], right[:1]) if isinstance(left, Tensor) else (left, right)
        start = parabola(part(0, 1), part(1, 2), part(2, 3), one, two)
        one, two = (right[-1:], left[-1:]) if isinstance(left, Tensor) else (right, left)
        numbers = part(length - 1, None), part(length - 2, -1), part(length - 3, -2)
        end = -parabola(*numbers, one, two)
    return cat([start, middle, end], dim)


def parabola(first, second, third, one, two):
    """The slope at the first of three numbers that lie `one` and `two` apart."""
    return (
        second * ((one + two) / (one * two))
        - first * ((2 * one + two) / (one * (one + two)))
        - third * (one / (two * (one + two)))
    )


trapz = trapezoid  # its older name
