"""Floor 3. Comparisons, logic, and tests of a whole tensor. Their results have no gradients."""

import operator

import numpy as np

from .. import arguments, errors
from ..dtypes import promote
from ..tensor import Tensor, new
from . import checks
from .broadcasting import _constants, constant


def combine(kernel, input, other):
    """A NumPy function of two tensors (or a tensor and a number), outside any graph."""
    a = input._array
    if isinstance(other, Tensor):
        b = other._array
    else:
        known = _constants.get((other, type(other), a.dtype))
        b = (constant(other, input) if known is None else known)._array
    if a.dtype is not b.dtype:
        common = promote(a, b)
        a, b = a.astype(common), b.astype(common)
    if not isinstance(a, np.ndarray):
        b = b[()]  # two NumPy scalars are combined ten times as fast as a scalar and an array
    output = new(Tensor)
    try:
        output._array = kernel(a, b)
    except ValueError:
        raise errors.cannot_broadcast(a.shape, b.shape) from None
    return output


def compare(kernel, name, input, other):
    """As `combine`, for comparisons; TypeError for what is neither tensor nor number."""
    checks.check_tensor(input, name)
    if not isinstance(other, (Tensor, int, float, np.number)):
        raise checks.invalid_arguments(name, input, other)
    return combine(kernel, input, other)


def eq(input, other):
    """Whether the elements are equal, as a bool tensor; `==`."""
    return compare(operator.eq, "eq", input, other)


def ne(input, other):
    """Whether the elements differ, as a bool tensor; `!=`."""
    return compare(operator.ne, "ne", input, other)


def lt(input, other):
    """Whether input is less than other, elementwise, as a bool tensor; `<`."""
    return compare(operator.lt, "lt", input, other)


def le(input, other):
    """Whether input is less than or equal to other, elementwise, as a bool tensor; `<=`."""
    return compare(operator.le, "le", input, other)


def gt(input, other):
    """Whether input is greater than other, elementwise, as a bool tensor; `>`."""
    return compare(operator.gt, "gt", input, other)


def ge(input, other):
    """Whether input is greater than or equal to other, elementwise, as a bool tensor; `>=`."""
    return compare(operator.ge, "ge", input, other)


def as_operator(kernel, function):
    """A comparison as the operator: other types are asked in turn (`x == None` is False)."""

    def compared(self, other):
        if isinstance(other, (Tensor, int, float, np.number)):
            return combine(kernel, self, other)
        return NotImplemented

    compared.__name__ = f"__{function.__name__}__"
    compared.__doc__ = function.__doc__
    return compared


def logical_and(input, other):
    """Whether both elements are true (not 0), as a bool tensor."""
    checks.check_tensor(input, "logical_and")
    checks.check_tensor(other, "logical_and", "other", 2)
    return combine(np.logical_and, input, other)


def logical_or(input, other):
    """Whether at least one of the elements is true (not 0), as a bool tensor."""
    checks.check_tensor(input, "logical_or")
    checks.check_tensor(other, "logical_or", "other", 2)
    return combine(np.logical_or, input, other)


def logical_xor(input, other):
    """Whether exactly one of the elements is true (not 0), as a bool tensor."""
    checks.check_tensor(input, "logical_xor")
    checks.check_tensor(other, "logical_xor", "other", 2)
    return combine(np.logical_xor, input, other)


def logical_not(input):
    """Whether the elements are false (0), as a bool tensor."""
    return _test(np.logical_not, input, "logical_not")


def bitwise(kernel, input, other):
    """Integers or bools combined bit by bit; one of them may be a number."""
    name = kernel.__name__
    if not isinstance(input, Tensor):
        if not isinstance(other, Tensor) or not isinstance(input, (int, float, np.number)):
            raise checks.invalid_arguments(name, input, other)
        input, other = other, input
    checks.check_integers(f"{name}_cpu", input, other)
    return combine(kernel, input, other)


def bitwise_and(input, other):
    """True where both are (for integers: bit by bit); `&`. NotImplementedError for floats."""
    return bitwise(np.bitwise_and, input, other)


def bitwise_or(input, other):
    """True where one is, or both (integers: bit by bit); `|`. NotImplementedError for floats."""
    return bitwise(np.bitwise_or, input, other)


def bitwise_xor(input, other):
    """True where exactly one is (for integers: bit by bit); `^`. NotImplementedError for floats."""
    return bitwise(np.bitwise_xor, input, other)


def bitwise_not(input):
    """The opposite (for integers: bit by bit); `~`. NotImplementedError for floats."""
    checks.check_integers("bitwise_not_cpu", input)
    return _test(np.bitwise_not, input, "bitwise_not")


def __invert__(self):
    """The opposite (for integers: bit by bit), `~x`. TypeError for floats."""
    if self._array.dtype.kind == "f":
        raise checks.no_bits()
    return bitwise_not(self)


def _test(kernel, input, name):
    checks.check_tensor(input, name)
    output = new(Tensor)
    output._array = kernel(input._array)
    return output


def isnan(input):
    """Where the elements are nan ("not a number", such as 0/0), as a bool tensor."""
    return _test(np.isnan, input, "isnan")


def isinf(input):
    """Where the elements are infinite, as a bool tensor."""
    return _test(np.isinf, input, "isinf")


def isfinite(input):
    """Where the elements are neither infinite nor nan, as a bool tensor."""
    return _test(np.isfinite, input, "isfinite")


def all(input, dim=None, keepdim=False):
    """Whether all elements are true (not 0), of the whole tensor or over `dim`."""
    return _over(np.logical_and, "all", input, dim, keepdim)


def any(input, dim=None, keepdim=False):
    """Whether any element is true (not 0), of the whole tensor or over `dim`."""
    return _over(np.logical_or, "any", input, dim, keepdim)


def _over(kernel, name, input, dim, keepdim):
    checks.check_tensor(input, name)
    dim = arguments.check_dims(dim, input._array.ndim)
    output = new(Tensor)
    output._array = kernel.reduce(input._array, axis=dim, keepdims=bool(keepdim))
    if input._array.dtype == np.uint8:  # PyTorch's bytes were once its bools
        output._array = output._array.astype(np.uint8)
    return output


def equal(input, other):
    """True if two tensors have the same shape and the same elements; a Python bool."""
    checks.check_tensor(input, "equal")
    checks.check_tensor(other, "equal", "other", 2)
    a, b = input._array, other._array
    if a.shape != b.shape:
        return False
    if a.size > 1000 and a.dtype is b.dtype and not (a[:1] == b[:1]).all():
        return False  # most that differ do so from the start
    return bool(eq(input, other)._array.all())


def isclose(input, other, rtol=1e-5, atol=1e-8, equal_nan=False):
    """Where |input - other| <= atol + rtol * |other|, as a bool tensor.

    RuntimeError if the dtypes differ or the shapes do not broadcast.
    """
    checks.check_tensor(input, "isclose")
    checks.check_tensor(other, "isclose", "other", 2)
    checks.check_same_dtype(input, other)
    rtol, atol = float(rtol), float(atol)
    for name, each in (("rtol", rtol), ("atol", atol)):
        if each < 0:
            raise RuntimeError(f"{name} must be greater than or equal to zero, but got {each:g}")

    def close(a, b):
        if a.dtype.kind != "f":
            a, b = a.astype(np.float64), b.astype(np.float64)
        distance = np.abs(a - b)
        near = np.isfinite(distance) & (distance <= atol + np.abs(rtol * b))
        same = a == b
        return near | same | (np.isnan(a) & np.isnan(b)) if equal_nan else near | same

    return combine(close, input, other)


def allclose(input, other, rtol=1e-5, atol=1e-8, equal_nan=False):
    """Whether all elements are close, as `isclose` says; a Python bool."""
    checks.check_tensor(input, "allclose")
    checks.check_tensor(other, "allclose", "other", 2)
    return bool(isclose(input, other, rtol, atol, equal_nan)._array.all())


# Assigned to the finished class, __eq__ leaves Tensor.__hash__ as it is: by identity.
Tensor.eq, Tensor.__eq__ = eq, as_operator(operator.eq, eq)
Tensor.ne, Tensor.__ne__ = ne, as_operator(operator.ne, ne)
Tensor.lt, Tensor.__lt__ = lt, as_operator(operator.lt, lt)
Tensor.le, Tensor.__le__ = le, as_operator(operator.le, le)
Tensor.gt, Tensor.__gt__ = gt, as_operator(operator.gt, gt)
Tensor.ge, Tensor.__ge__ = ge, as_operator(operator.ge, ge)
Tensor.logical_and = logical_and
Tensor.logical_or = logical_or
Tensor.logical_xor = logical_xor
Tensor.logical_not = logical_not
Tensor.__and__ = Tensor.__rand__ = Tensor.bitwise_and = bitwise_and
Tensor.__or__ = Tensor.__ror__ = Tensor.bitwise_or = bitwise_or
Tensor.__xor__ = Tensor.__rxor__ = Tensor.bitwise_xor = bitwise_xor
Tensor.__invert__ = __invert__
Tensor.bitwise_not = bitwise_not
Tensor.isnan = isnan
Tensor.isinf = isinf
Tensor.isfinite = isfinite
Tensor.all = all
Tensor.any = any
Tensor.equal = equal
Tensor.isclose = isclose
Tensor.allclose = allclose
