"""Floor 1. The kinds of number a tensor can hold, the rules for mixing them, and `Size`.

Source of the rules: PyTorch's documented type promotion
(https://docs.pytorch.org/docs/stable/tensor_attributes.html#torch.dtype).
"""

import numpy as np

from . import errors


class dtype:
    """One kind of number, such as `float32`. Prints as PyTorch's: `torch.float32`.

    `numpy` is the NumPy dtype behind it, `itemsize` its size in bytes, `is_floating_point` tells
    whether it can carry gradients, and `tensor_type` is the name PyTorch's errors use.
    """

    def __init__(self, name, tensor_type):
        self.name = name
        self.numpy = np.dtype(name)
        self.itemsize = self.numpy.itemsize
        self.is_floating_point = self.numpy.kind == "f"
        self.is_complex = False
        self.tensor_type = tensor_type  # "Float" as in torch.FloatTensor

    def __repr__(self):
        return f"torch.{self.name}"

    def __reduce__(self):  # copies and pickles stay the one object that `is` compares
        return dtype_of, (self.name,)


float16, float32, float64 = (
    dtype("float16", "Half"),
    dtype("float32", "Float"),
    dtype("float64", "Double"),
)
int8, int16, int32, int64 = (
    dtype("int8", "Char"),
    dtype("int16", "Short"),
    dtype("int32", "Int"),
    dtype("int64", "Long"),
)
uint8, bool_ = dtype("uint8", "Byte"), dtype("bool", "Bool")

DTYPES = (bool_, uint8, int8, int16, int32, int64, float16, float32, float64)
_BY_NUMPY = {each.numpy: each for each in DTYPES}
_CATEGORY = {"b": 0, "u": 1, "i": 1, "f": 2}  # NumPy's kinds: bool < integer < float


class _Default:
    dtype = float32


default = _Default()


def get_default_dtype():
    """The dtype of `torch.tensor(1.5)` and `torch.zeros(2)`: float32, unless it was set."""
    return default.dtype


def set_default_dtype(d):
    """Choose the dtype of tensors for which none is given. TypeError unless it is a float."""
    if not getattr(d, "is_floating_point", False):
        raise TypeError("only floating-point types are supported as the default type")
    default.dtype = d


def dtype_of(numpy_dtype):
    """The minigrad dtype for a NumPy dtype, array type or name; TypeError if there is none."""
    found = _BY_NUMPY.get(np.dtype(numpy_dtype))
    if found is None:
        raise errors.unsupported_dtype(numpy_dtype)
    return found


def promote(first, second):
    """The NumPy dtype of an operation on two arrays (or NumPy scalars).

    The higher category wins (bool < integer < float). Within a category an array with dimensions
    outranks a 0-d one; between equals NumPy's own table decides, except that PyTorch gives
    int64 with float16 float16: it never widens a float for the sake of an integer.
    """
    one, two = first.dtype, second.dtype
    low, high = sorted((first, second), key=lambda each: _CATEGORY[each.dtype.kind])
    if _CATEGORY[low.dtype.kind] != _CATEGORY[high.dtype.kind]:
        return high.dtype
    if (first.ndim == 0) != (second.ndim == 0):
        return two if first.ndim == 0 else one
    return np.promote_types(one, two)


class Size(tuple):
    """The shape of a tensor: a tuple that prints as PyTorch's `torch.Size([2, 2])`."""

    __slots__ = ()

    def __repr__(self):
        return f"torch.Size({list(self)})"

    __str__ = __repr__

    def numel(self):
        """The number of elements of a tensor of this size."""
        count = 1
        for length in self:
            count *= length
        return count

    def __getitem__(self, index):
        found = tuple.__getitem__(self, index)
        return Size(found) if isinstance(index, slice) else found

    def __add__(self, other):
        return Size(tuple.__add__(self, tuple(other)))
