"""Floor 4. How a tensor looks to Python: printing, `len`, iteration, numbers, NumPy, copies."""

import copy
import warnings

import numpy as np

from . import arguments, errors
from .arrays import on_host
from .creation import wrap
from .dtypes import Size
from .ops import checks
from .ops.several import unbind
from .ops.shapes import flip, permute, transpose
from .printing import tensor_str
from .tensor import Tensor, new
from .tensor_device import is_cuda


def __repr__(self):
    """The tensor as PyTorch prints it."""
    try:
        grad_fn = self.grad_fn
        name = None if grad_fn is None else grad_fn.name()
    except RuntimeError:  # a view whose history was lost in a write to its base
        name = "Invalid"
    return tensor_str(self.array, requires_grad=self.requires_grad, grad_fn=name)


def __format__(self, spec):
    """In an f-string a 0-d tensor is its number, `f"{loss:.3f}"`; others print as they are."""
    return format(self.item(), spec) if self._array.ndim == 0 else object.__format__(self, spec)


def __len__(self):
    """The length of the first dimension. TypeError for a 0-d tensor."""
    if self._array.ndim == 0:
        raise TypeError("len() of a 0-d tensor")
    return len(self._array)


def __iter__(self):
    """The slices along the first dimension, one after the other. TypeError for a 0-d tensor."""
    if self._array.ndim == 0:
        raise TypeError("iteration over a 0-d tensor")
    return iter(unbind(self, 0))


def __reversed__(self):
    """The tensor with its first dimension in reverse order, as PyTorch defines `reversed`."""
    if self._array.ndim == 0:
        return self
    return flip(self, 0)


def __contains__(self, element):
    """Whether some element is equal to a number or a tensor."""
    if not isinstance(element, (Tensor, int, float, np.number)):
        raise RuntimeError(
            "Tensor.__contains__ only supports Tensor or scalar, but you passed in a "
            f"{type(element)}."
        )
    return bool((self == element)._array.any())


def item(self):
    """The one number of a tensor as a Python number. RuntimeError if it has more, or none."""
    if self._array.size != 1:
        raise errors.not_one_element(self)
    return self._array.item()


def tolist(self):
    """The numbers as nested Python lists; of a 0-d tensor the number."""
    return self._array.tolist()


def __pos__(self):
    """`+x` is x itself."""
    return self


def __bool__(self):
    """Whether the one number of a tensor is not 0. RuntimeError if it has more, or none."""
    if self._array.size != 1:
        raise errors.ambiguous(self)
    return bool(self._array)


def __float__(self):
    """The one number of a tensor as a float. ValueError if it has more, or none."""
    return float(errors.check_one_number(self))


def __int__(self):
    """The one number of a tensor as an int, cut off. ValueError if it has more, or none."""
    return int(errors.check_one_number(self))


def __complex__(self):
    """The one number of a tensor as a complex number. ValueError if it has more, or none."""
    return complex(errors.check_one_number(self))


def __index__(self):
    """The one integer of a tensor, for `list[tensor]` and `range(tensor)`; TypeError otherwise."""
    if self._array.size != 1 or self._array.dtype.kind == "f":
        raise TypeError("only integer tensors of a single element can be converted to an index")
    return int(self._array.item())


def numpy(self, *, force=False):
    """The NumPy array that holds the numbers; it shares its memory with the tensor.

    RuntimeError if the tensor requires grad: NumPy's operations would not be recorded. TypeError
    for a tensor on a GPU. With `force`, it is detached and copied where that is needed.
    """
    if force:
        return wrap(on_host(self.array)).array
    if is_cuda(self):
        raise errors.not_on_host(self.device)
    if self._requires_grad:
        raise errors.numpy_of_tracked()
    return self.array


def __array__(self, dtype=None, copy=None):
    """For NumPy: the numbers as an array. RuntimeError if the tensor requires grad."""
    array = numpy(self)
    if dtype is not None and array.dtype != dtype:
        return array.astype(dtype)
    return array.copy() if copy else array


@property
def __cuda_array_interface__(self):
    """For other libraries on the GPU: where the numbers are. AttributeError on the CPU."""
    if not is_cuda(self):
        raise AttributeError("Can't get __cuda_array_interface__ on non-CUDA tensor: x.cuda().")
    return self.array.__cuda_array_interface__


def __reduce__(self):
    """For pickle and copy: the numbers and whether they require grad, without the graph."""
    return wrap, (self.array, self._requires_grad)


def __deepcopy__(self, memo):
    """A leaf with numbers and a grad of its own. RuntimeError for a tensor with a history."""
    if self._node is not None:
        raise errors.deepcopy_of_result()
    copied = memo[id(self)] = new(type(self))
    copied._array = self.array.copy()
    copied._requires_grad = self._requires_grad
    copied._grad = copy.deepcopy(self._grad, memo)
    return copied


def dim(self):
    """The number of dimensions."""
    return self._array.ndim


def size(self, dim=None):
    """The shape, or the length of one dimension."""
    if dim is None:
        return Size(self._array.shape)
    dim = arguments.check_dim(dim, self._array.ndim)
    if not self._array.ndim:
        raise IndexError("Dimension specified as 0 but tensor has no dimensions")
    return self._array.shape[dim]


def stride(self):
    """For each dimension, how many elements lie between neighbours in memory."""
    array = self.array
    return tuple(step // array.itemsize for step in array.strides)


def numel(input):
    """The number of elements."""
    checks.check_tensor(input, "numel")
    return int(input._array.size)


def element_size(self):
    """The size of an element in bytes."""
    return self._array.itemsize


def is_floating_point(input):
    """Whether the elements are floats, and so could have gradients."""
    checks.check_tensor(input, "is_floating_point")
    return input._array.dtype.kind == "f"


def is_contiguous(self):
    """Whether the numbers lie in memory in reading order."""
    return self.array.flags.c_contiguous


def is_tensor(obj):
    """Whether an object is a tensor."""
    return isinstance(obj, Tensor)


@property
def T(self):
    """A view with the dimensions in reverse order; meant for matrices."""
    if self._array.ndim != 2:
        warnings.warn(
            "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is "
            "deprecated and it will throw an error in a future release. Consider `x.mT` to "
            "transpose batches of matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to "
            "reverse the dimensions of a tensor.",
            UserWarning,
            stacklevel=2,
        )
    return permute(self, *range(self._array.ndim)[::-1]) if self._array.ndim else permute(self, ())


@property
def mT(self):
    """A view of a matrix, or a batch of them, with rows and columns exchanged."""
    if self._array.ndim < 2:
        raise RuntimeError(
            "tensor.mT is only supported on matrices or batches of matrices. Got "
            f"{self._array.ndim}-D tensor."
        )
    return transpose(self, -2, -1)


Tensor.__repr__ = Tensor.__str__ = __repr__
Tensor.__format__ = __format__
Tensor.__len__ = __len__
Tensor.__iter__ = __iter__
Tensor.__reversed__ = __reversed__
Tensor.__contains__ = __contains__
Tensor.__bool__ = __bool__
Tensor.__float__ = __float__
Tensor.__int__ = __int__
Tensor.__complex__ = __complex__
Tensor.__index__ = __index__
Tensor.__array__ = __array__
Tensor.__cuda_array_interface__ = __cuda_array_interface__
Tensor.__array_priority__ = 1000  # so that NumPy leaves `array * tensor` to the tensor
Tensor.__reduce__ = __reduce__
Tensor.__deepcopy__ = __deepcopy__
Tensor.__pos__ = __pos__
Tensor.item = item
Tensor.tolist = tolist
Tensor.numpy = numpy
Tensor.dim = dim
Tensor.ndim = property(dim)
Tensor.size = size
Tensor.stride = stride
Tensor.numel = Tensor.nelement = numel
Tensor.element_size = element_size
Tensor.is_floating_point = is_floating_point
Tensor.is_contiguous = is_contiguous
Tensor.T = T
Tensor.mT = mT
