"""Floor 3. Reading and writing parts of a tensor: `x[0]`, `x[:, 1:]`, `x[x > 0]`, `x[[0, 2]]`.

An index is taken apart as PyTorch does: first the integers, slices, `None` and `...`, which give a
view; then the tensors, lists and arrays, which choose elements and give a copy.
"""

import numpy as np

from ..arrays import copied, on_host, zeros
from ..function import Function
from ..tensor import Tensor
from . import chosen_places, index_checks
from .shapes import OfShape


class Basic(OfShape):
    """A view by integers, slices, None and `...`; the gradient goes to the places it shows."""

    @staticmethod
    def forward(self, index, last):
        return self[index]

    @staticmethod
    def backward(ctx, grad):
        return (Place.of(grad, index=ctx.index, last=ctx.last, shape=ctx.input_shape),)

    def name(self):
        return f"{self.last}Backward0"


class Place(Function):
    """Zeros of a shape with numbers at the places of a basic index: the way back of `Basic`."""

    @staticmethod
    def forward(self, index, last, shape):
        scattered = zeros(shape, self.dtype, self)
        scattered[index] = self
        return scattered

    @staticmethod
    def backward(ctx, grad):
        return (Basic.of(grad, index=ctx.index, last=ctx.last),)

    def name(self):
        return f"{self.last}BackwardBackward0"


class Index(Function):
    """Elements chosen by arrays of integers; one chosen twice gets both gradients."""

    @staticmethod
    def forward(self, index, arrays):
        return copied(chosen_places.read(self[index], arrays), "C")

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape = inputs[0]._array.shape

    @staticmethod
    def backward(ctx, grad):
        where = {"index": ctx.index, "arrays": ctx.arrays}
        return (IndexAdd.of(grad, shape=ctx.input_shape, **where),)


class IndexAdd(Function):
    """Zeros with numbers added at chosen places: the way back of `Index`."""

    @staticmethod
    def forward(self, index, arrays, shape):
        scattered = zeros(shape, self.dtype, self)
        chosen_places.combine(np.add, scattered[index], arrays, self)
        return scattered

    @staticmethod
    def backward(ctx, grad):
        return (Index.of(grad, index=ctx.index, arrays=ctx.arrays),)

    def name(self):
        return "IndexPutBackward0"


def parse(index, shape):
    """Take an index apart: (the basic part, the arrays for the result of that or None, the name).

    The name is that of the last node that PyTorch makes for the basic part.
    """
    parts, alone = index if isinstance(index, tuple) else (index,), isinstance(index, slice)
    parts = spread_ellipsis([simplify(part) for part in parts], shape)
    basic, arrays, last, dim = [], [], "Alias", 0
    for part in parts:
        if part is None or isinstance(part, (bool, np.bool_)):
            basic.append(None)
            arrays.append(slice(None) if part is None else np.arange(int(part)))
            last = "Unsqueeze"
            continue
        if isinstance(part, int):
            basic.append(index_checks.check_index(part, dim, shape))
            last = "Select"
        elif isinstance(part, slice):
            start, stop, step = part.indices(shape[dim])
            basic.append(slice(start, max(start, stop), step))
            arrays.append(slice(None))
            if alone or part.start not in (None, 0) or (stop, step) != (shape[dim], 1):
                last = "Slice"
        else:
            whole = part.shape if part.dtype.kind == "b" else (1,)
            chosen = index_checks.check_array(part, dim, shape)
            basic.extend([slice(None)] * len(whole))
            arrays.extend(chosen)
            dim += len(whole) - 1
        dim += 1
    chosen = [part for part in arrays if isinstance(part, np.ndarray)]
    index_checks.check_arrays_fit(chosen)
    return (*basic, ...), tuple(arrays) if chosen else None, last


def simplify(part):
    """One part of an index as an int, a bool, a slice, None, `...` or an array."""
    if isinstance(part, Tensor):
        part = on_host(part._array)  # where it is checked: an index out of bounds is an error
    if part is None or part is ... or isinstance(part, (bool, np.bool_)):
        return part
    if isinstance(part, slice):
        index_checks.check_slice(part)
        return part
    if isinstance(part, (list, tuple, range)):
        part = index_checks.check_list(part, Tensor)
    if isinstance(part, (np.ndarray, np.generic)):
        index_checks.check_kind(part)
        if part.dtype == np.uint8 and part.ndim:
            part = part.astype(bool)
        if part.ndim:
            return np.array(part) if part.dtype.kind == "b" else part.astype(np.intp)
        return bool(part) if part.dtype.kind == "b" else int(part)
    return index_checks.check_integer(part)


def spread_ellipsis(parts, shape):
    """The parts with `...` (there is one at the end if nowhere else) written out as full slices."""
    taken = 0
    for part in parts:
        if isinstance(part, np.ndarray):
            taken += part.ndim if part.dtype.kind == "b" else 1
        elif isinstance(part, slice) or isinstance(part, int) and not isinstance(part, bool):
            taken += 1
    index_checks.check_number(taken, parts, shape)
    full, first = [], True
    for part in parts:
        if part is ...:
            full.extend([slice(None)] * ((len(shape) - taken) * first))
            first = False
        else:
            full.append(part)
    return full


def __getitem__(self, index):
    """A part of the tensor.

    Integers, slices, None and `...` give a view, which shares the memory. Tensors, lists and arrays
    of integers or bools choose elements and give a copy. IndexError for a place that is not there.

    Unlike PyTorch, which makes a node for each part of an index such as `x[0, 1:, None]`, integers
    and slices together are one node; it has the name of the last.
    """
    shape = self._array.shape
    if type(index) is int and shape:  # the commonest index, without the detours
        basic = (index_checks.check_index(index, 0, shape), ...)
        return Basic.apply(self, index=basic, last="Select")
    basic, arrays, last = parse(index, shape)
    if arrays is None:
        return Basic.apply(self, index=basic, last=last)
    return Index.apply(self, index=basic, arrays=arrays)


Tensor.__getitem__ = __getitem__
