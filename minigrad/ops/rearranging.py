"""Floor 3. Dimensions and elements in another order: movedim, roll, rot90, H …"""

import numpy as np

from .. import arguments, arrays
from ..function import Function
from ..tensor import Tensor
from . import checks, shape_checks
from .shapes import flip, permute, reshape, transpose


class Roll(Function):
    """Elements moved on along dimensions; those pushed out at the end come in at the beginning."""

    @staticmethod
    def forward(self, shifts, dims):
        return np.roll(self, shifts, dims or None)

    @staticmethod
    def backward(ctx, grad):
        return (Roll.of(grad, shifts=tuple(-each for each in ctx.shifts), dims=ctx.dims),)


class Rot90(Function):
    """A plane turned by quarters: a copy."""

    @staticmethod
    def forward(self, k, dims):
        return arrays.copied(np.rot90(self, k, dims), "C")

    @staticmethod
    def backward(ctx, grad):
        return (Rot90.of(grad, k=-ctx.k, dims=ctx.dims),)


def movedim(input, source, destination):
    """A view with the dimensions `source` at the places `destination`; the others keep their order.

    Both are an int, or tuples of one length. RuntimeError for a dimension that is named twice.
    """
    checks.check_tensor(input, "movedim")
    if isinstance(source, int) and isinstance(destination, int):
        source, destination = (source,), (destination,)
    elif isinstance(source, int) or isinstance(destination, int):
        raise checks.invalid_arguments("movedim", input, source, destination)
    sources = shape_checks.different_dims("source", source, input._array.ndim)
    places = shape_checks.different_dims("destination", destination, input._array.ndim)
    if len(sources) != len(places):
        raise RuntimeError(
            "movedim: Invalid source or destination dims: source "
            f"({list(source)} dims) should contain the same number of dims as destination "
            f"({list(destination)} dims)"
        )
    if not input._array.ndim:
        return permute(input, ())
    order = [dim for dim in range(input._array.ndim) if dim not in sources]
    for place, dim in sorted(zip(places, sources, strict=True)):
        order.insert(place, dim)
    return permute(input, order)


def roll(input, shifts, dims=()):
    """A copy with the elements moved on by `shifts` along `dims`, round and round.

    Without `dims` they move in reading order. RuntimeError unless there is a shift for each
    dimension.
    """
    checks.check_tensor(input, "roll")
    shifts, dims = (each if isinstance(each, (tuple, list)) else (each,) for each in (shifts, dims))
    if not shifts:
        raise RuntimeError("`shifts` required")
    if len(shifts) != len(dims) and (dims or len(shifts) > 1):
        raise RuntimeError(
            f"shifts and dimensions must align. shifts: {len(shifts)}, dims:{len(dims)}"
        )
    if dims and not input._array.ndim:
        raise IndexError(f"Dimension specified as {dims[0]} but tensor has no dimensions")
    dims = tuple(arguments.check_dim(dim, input._array.ndim) for dim in dims)
    return Roll.apply(input, shifts=tuple(shifts), dims=dims)


def rot90(input, k=1, dims=(0, 1)):
    """A copy turned `k` times by 90 degrees, from the first towards the second of two `dims`."""
    checks.check_tensor(input, "rot90")
    if len(dims) != 2:
        raise RuntimeError(f"expected total rotation dims == 2, but got dims = {len(dims)}")
    if input._array.ndim < 2:
        raise RuntimeError(f"expected total dims >= 2, but got total dims = {input._array.ndim}")
    turned = tuple(arguments.check_dim(dim, input._array.ndim) for dim in dims)
    if turned[0] == turned[1]:
        raise RuntimeError(
            f"expected rotation dims to be different, but got dim0 = {dims[0]} and dim1 = {dims[1]}"
        )
    return Rot90.apply(input, k=k, dims=turned)


def fliplr(input):
    """A copy with the order of the columns (dimension 1) reversed."""
    checks.check_tensor(input, "fliplr")
    if input._array.ndim < 2:
        raise RuntimeError("Input must be >= 2-d.")
    return flip(input, 1)


def flipud(input):
    """A copy with the order of the rows (dimension 0) reversed."""
    checks.check_tensor(input, "flipud")
    if not input._array.ndim:
        raise RuntimeError("Input must be >= 1-d.")
    return flip(input, 0)


def ravel(input):
    """All numbers in one dimension, in reading order; a view where that is possible."""
    checks.check_tensor(input, "ravel")
    return reshape(input.contiguous(), -1)


def adjoint(input):
    """A view with the last two dimensions exchanged: for real numbers it is `mT`."""
    checks.check_tensor(input, "adjoint")
    return _adjoint(input, "adjoint()")


def mH(self):
    """A view with the last two dimensions exchanged: for real numbers it is `mT`."""
    return _adjoint(self, "mH")


def H(self):
    """A view of a matrix with rows and columns exchanged: for real numbers it is `T`."""
    ndim = self._array.ndim
    if ndim not in (0, 2):
        more = " For batches of matrices, consider using tensor.mH" if ndim > 2 else ""
        raise RuntimeError(
            f"tensor.H is only supported on matrices (2-D tensors). Got {ndim}-D tensor.{more}"
        )
    return self if ndim == 0 else transpose(self, 0, 1)


def _adjoint(input, name):
    if input._array.ndim == 1:
        raise RuntimeError(
            f"tensor.{name} is only supported on matrices or batches of matrices. Got 1-D tensor."
        )
    return transpose(input, -2, -1) if input._array.ndim else input


def reshape_as(self, other):
    """The same numbers in the shape of another tensor; a view where that is possible."""
    checks.check_tensor(other, "reshape_as", "other")
    return reshape(self, other._array.shape)


moveaxis = movedim

Tensor.movedim = Tensor.moveaxis = movedim
Tensor.roll = roll
Tensor.rot90 = rot90
Tensor.fliplr = fliplr
Tensor.flipud = flipud
Tensor.ravel = ravel
Tensor.adjoint = adjoint
Tensor.mH = property(mH)
Tensor.H = property(H)
Tensor.reshape_as = reshape_as
