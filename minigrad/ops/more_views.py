"""Floor 3. More names for parts and shapes of a tensor, and tensors made like another."""

import math

import numpy as np

from .. import arguments, arrays, creation, dtypes
from ..tensor import Tensor, detach
from . import checks, shape_checks, shapes
from .indexing import Basic
from .shapes import expand


def view(self, *shape, dtype=None):
    """As `reshape`, but always a view: RuntimeError where only a copy is possible.

    With a dtype in place of a shape: the same bytes of memory, read as numbers of that dtype,
    outside any graph. Where these are of another size, the last dimension is longer or shorter.
    """
    if dtype is None and (len(shape) != 1 or not isinstance(shape[0], (dtypes.dtype, type))):
        return shapes.view(self, *shape)
    wanted = shape_checks.check_dtype_alone(shape, dtype)
    kind = arguments.numpy_dtype(wanted, "view")
    shape_checks.check_bytes(self, kind, storage_offset(self))
    alias = detach(self)
    alias._array = alias._array.view(kind)
    return alias


def select(input, dim, index):
    """The slice number `index` along `dim`, which disappears: a view."""
    checks.check_tensor(input, "select")
    if not input._array.ndim:
        raise IndexError("select() cannot be applied to a 0-dim tensor.")
    dim = arguments.check_dim(dim, input._array.ndim)
    length = input._array.shape[dim]
    if not -length <= index < length:
        raise IndexError(
            f"select(): index {index} out of range for tensor of size "
            f"{list(input._array.shape)} at dimension {dim}"
        )
    return Basic.apply(input, index=(*(slice(None),) * dim, int(index), ...), last="Select")


def narrow(input, dim, start, length):
    """`length` slices along `dim`, beginning with number `start`: a view."""
    checks.check_tensor(input, "narrow")
    if not input._array.ndim:
        raise RuntimeError("narrow() cannot be applied to a 0-dim tensor.")
    dim = arguments.check_dim(dim, input._array.ndim)
    there = input._array.shape[dim]
    start = shape_checks.start_of(start, length, there)
    place = (*(slice(None),) * dim, slice(int(start), int(start + length), 1), ...)
    return Basic.apply(input, index=place, last="Slice")


def expand_as(self, other):
    """A view in the shape of another tensor, with dimensions of length 1 repeated."""
    return expand(self, other._array.shape)


def type_as(self, other):
    """The tensor in the dtype and on the device of another."""
    return self.to(other)


def _like(self, dtype, device):
    """The dtype and the device for a new tensor: this one's, unless others are given."""
    return {"dtype": dtype or self.dtype, "device": self.device if device is None else device}


def new_tensor(self, data, *, dtype=None, device=None, requires_grad=False):
    """A tensor of `data`, with this tensor's dtype and device unless others are given."""
    return creation.tensor(data, **_like(self, dtype, device), requires_grad=requires_grad)


def new_zeros(self, *size, dtype=None, device=None, requires_grad=False):
    """Zeros of a shape, with this tensor's dtype and device unless others are given."""
    return creation.zeros(*size, **_like(self, dtype, device), requires_grad=requires_grad)


def new_ones(self, *size, dtype=None, device=None, requires_grad=False):
    """Ones of a shape, with this tensor's dtype and device unless others are given."""
    return creation.ones(*size, **_like(self, dtype, device), requires_grad=requires_grad)


def new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False):
    """One value in a shape, with this tensor's dtype and device unless others are given."""
    return creation.full(
        size, fill_value, **_like(self, dtype, device), requires_grad=requires_grad
    )


def new_empty(self, *size, dtype=None, device=None, requires_grad=False):
    """A tensor of a shape whose numbers are not set."""
    return creation.empty(*size, **_like(self, dtype, device), requires_grad=requires_grad)


def data_ptr(self):
    """The address of the first element in the computer's memory."""
    return arrays.address(self.array)


def storage_offset(self):
    """How many elements lie in memory before the first one of this view."""
    base = self if self._base is None else self._base
    return (data_ptr(self) - data_ptr(base)) // self._array.itemsize


def is_same_size(self, other):
    """Whether another tensor has the same shape."""
    return self._array.shape == other._array.shape


def nonzero(input, *, as_tuple=False):
    """Where the elements that are not 0 are: a row of indices for each, or a tuple of columns."""
    checks.check_tensor(input, "nonzero")
    array = np.atleast_1d(input._array) if as_tuple else input._array
    if array.ndim:
        places = np.argwhere(array).astype(np.int64)
    else:
        places = arrays.zeros((int(bool(array)), 0), np.int64, array)
    if as_tuple:
        return tuple(creation.wrap(arrays.copied(places[:, dim])) for dim in range(array.ndim))
    return creation.wrap(places)


def unflatten(input, dim, sizes):
    """The dimension `dim` as several, of the given sizes (one of them may be -1): a view.

    RuntimeError if they do not multiply up to its length.
    """
    checks.check_tensor(input, "unflatten")
    shape = input._array.shape
    dim, sizes = arguments.check_dim(dim, len(shape)), tuple(sizes)
    if not sizes:
        raise RuntimeError("unflatten: sizes must be non-empty")
    known = math.prod(size for size in sizes if size != -1)
    gaps, length = sizes.count(-1), shape[dim]
    if gaps > 1:
        raise RuntimeError("unflatten got an unexpected error: only one dimension can be inferred")
    if known != length if not gaps else not known or length % known:
        raise RuntimeError(
            f"unflatten: Provided sizes {list(sizes)} don't multiply up to the size of dim {dim} "
            f"({length}) in the input tensor"
        )
    return shapes.view(input, *shape[:dim], *sizes, *shape[dim + 1 :])


Tensor.view = view
Tensor.select = select
Tensor.unflatten = unflatten
Tensor.narrow = narrow
Tensor.expand_as = expand_as
Tensor.type_as = type_as
Tensor.new_tensor = new_tensor
Tensor.new_zeros = new_zeros
Tensor.new_ones = new_ones
Tensor.new_full = new_full
Tensor.new_empty = new_empty
Tensor.data_ptr = data_ptr
Tensor.storage_offset = storage_offset
Tensor.is_same_size = is_same_size
Tensor.nonzero = nonzero
Tensor.is_sparse = Tensor.is_quantized = False
