"""Floor 3. Several tensors made one: cat and stack."""

import numpy as np

from .. import arguments, arrays
from ..dtypes import promote
from ..function import Function
from . import shape_checks
from .conversions import convert


class Cat(Function):
    """Tensors one after the other along a dimension. Each gets back its part of the gradient."""

    @staticmethod
    def forward(*arrays, dim):
        return np.concatenate(arrays, dim)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.ends, end = [], 0
        for tensor in inputs:
            ctx.ends.append((end, end := end + tensor._array.shape[ctx.dim]))

    @staticmethod
    def backward(ctx, grad):
        before = (slice(None),) * ctx.dim
        return tuple(grad[(*before, slice(start, end))] for start, end in ctx.ends)


class Stack(Function):
    """Tensors of one shape side by side along a new dimension."""

    @staticmethod
    def forward(*arrays, dim):
        shape = arrays[0].shape
        shape = (*shape[:dim], 1, *shape[dim:])
        return np.concatenate([array.reshape(shape) for array in arrays], dim)

    @staticmethod
    def backward(ctx, grad):
        before = (slice(None),) * ctx.dim
        return tuple(grad[(*before, index)] for index in range(len(ctx.next)))


class Join(Function):
    """Zeros of a shape with each piece in its place: the way back of `unbind` and `split`."""

    @staticmethod
    def forward(*pieces, places, shape):
        joined = arrays.zeros(shape, pieces[0].dtype, pieces[0])
        for place, piece in zip(places, pieces, strict=True):
            joined[place] = piece
        return joined

    @staticmethod
    def backward(ctx, grad):
        return tuple(grad[place] for place in ctx.places)

    def name(self):
        return "StackBackward0"


def join(pieces, places, shape):
    """One gradient, of zeros with each piece in its place. `pieces` is {number: gradient}."""
    return Join.of(*pieces.values(), places=[places[n] for n in pieces], shape=shape)


def cat(tensors, dim=0):
    """Tensors one after the other along dimension `dim`; their other lengths must agree.

    ValueError for an empty list, RuntimeError for shapes that do not fit.
    """
    tensors, dim = shape_checks.check_cat(shape_checks.check_tensors(tensors, "cat"), dim)
    return Cat.apply(*alike(tensors), dim=dim)


def stack(tensors, dim=0):
    """Tensors of one shape side by side along a new dimension `dim`.

    RuntimeError for an empty list or for shapes that differ.
    """
    tensors = shape_checks.check_tensors(tensors, "stack")
    shape_checks.check_stack(tensors)
    return Stack.apply(*alike(tensors), dim=arguments.check_dim(dim, tensors[0]._array.ndim + 1))


def alike(tensors):
    """The tensors, converted to the dtype that an operation on all of them has."""
    dtypes = {each._array.dtype for each in tensors}
    if len(dtypes) == 1:
        return tensors
    common = tensors[0]._array
    for each in tensors[1:]:
        common = np.empty((0,) * max(common.ndim, each._array.ndim), promote(common, each._array))
    return [convert(each, common.dtype) for each in tensors]
