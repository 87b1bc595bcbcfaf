"""Floor 3. Products of matrices and vectors."""

from ..function import Function
from ..tensor import Tensor
from . import checks, product_checks
from .arithmetic import mul
from .broadcasting import sum_to
from .shapes import unsqueeze


class Product(Function):
    """A product of two tensors; each is kept for the sake of the other one's gradient."""

    saved_names = "self", "other"

    @staticmethod
    def forward(self, other):
        return self @ other

    @staticmethod
    def setup_context(ctx, inputs, output):
        self, other = inputs
        ctx.save_for_backward(
            self if other._requires_grad else None, other if self._requires_grad else None
        )


class Dot(Product):
    """vector . vector: the sum of the products of their elements."""

    saved_names = "self", "tensor"

    @staticmethod
    def backward(ctx, grad):
        self, tensor = ctx.saved
        return (
            None if tensor is None else grad * tensor,
            None if self is None else grad * self,
        )


class Mv(Product):
    """matrix @ vector: the dot product of every row with the vector."""

    saved_names = "self", "vec"

    @staticmethod
    def backward(ctx, grad):
        self, vec = ctx.saved
        return (
            None if vec is None else grad[:, None] * vec,
            None if self is None else self.T @ grad,
        )


def product(first, second):
    """first @ second of two matrices, as arrays or tensors.

    For arrays by `dot`, which does the same as `@` in 0.4 to 0.6 µs less.
    """
    return first @ second if isinstance(first, Tensor) else first.dot(second)


class Mm(Product):
    """matrix @ matrix: the dot product of every row of one with every column of the other."""

    saved_names = "self", "mat2"

    @staticmethod
    def forward(self, mat2):
        return self.dot(mat2)

    @staticmethod
    def setup_context(ctx, inputs, output):
        steps = inputs[1]._array.strides
        ctx.by_columns = steps[0] < steps[1]
        Product.setup_context(ctx, inputs, output)

    @staticmethod
    def backward(ctx, grad):
        self, mat2 = ctx.saved
        second = None
        if self is not None:  # laid out as mat2 is, which may be a transposed view
            second = product(grad.T, self).T if ctx.by_columns else product(self.T, grad)
        return None if mat2 is None else product(grad, mat2.T), second


class Bmm(Product):
    """Many matrices times as many others."""

    saved_names = "self", "mat2"

    @staticmethod
    def backward(ctx, grad):
        self, mat2 = ctx.saved
        return (
            None if mat2 is None else grad @ mat2.swapaxes(-1, -2),
            None if self is None else self.swapaxes(-1, -2) @ grad,
        )


class MatMul(Product):
    """Vectors, matrices and batches of matrices that broadcast, in one node.

    PyTorch makes several nodes; this one carries the name of the last.
    """

    @staticmethod
    def setup_context(ctx, inputs, output):
        self, other = inputs
        ctx.shapes = self._array.shape, other._array.shape
        ctx.last = last_node(self._array, other._array, self._requires_grad)
        Product.setup_context(ctx, inputs, output)

    @staticmethod
    def backward(ctx, grad):
        (first, second), (self, other) = ctx.shapes, ctx.saved
        if len(first) == 1:  # a vector on the left is a matrix of one row
            grad = grad[..., None, :]
        if len(second) == 1:  # and on the right, of one column
            grad = grad[..., None]
        grads = [None, None]
        if other is not None:
            column = other[:, None] if len(second) == 1 else other
            grads[0] = fit(grad @ column.swapaxes(-1, -2), first, -2)
        if self is not None:
            row = self[None] if len(first) == 1 else self
            grads[1] = fit(row.swapaxes(-1, -2) @ grad, second, -1)
        return tuple(grads)

    def name(self):
        return self.last


def fit(grad, shape, extra):
    """The gradient of a matrix or vector: without the extra dimension, summed over the batches."""
    if len(shape) == 1:
        grad = grad[..., 0, :] if extra == -2 else grad[..., 0]
    return sum_to(grad, shape)


def last_node(self, other, first_tracked):
    """The name of the last of the nodes that PyTorch makes for this product."""
    if self.ndim == 1 and other.ndim == 2:
        return "SqueezeBackward4"
    one_matrix = self.ndim > 1 and self.size == self.shape[-2] * self.shape[-1]
    if one_matrix and other.ndim > 2 and first_tracked:
        return "CloneBackward0"
    return "UnsafeViewBackward0"


def matmul(input, other):
    """The product of vectors and matrices, `input @ other`; batches of matrices broadcast.

    (n) @ (n) is a number, (m, n) @ (n) a vector, (m, n) @ (n, p) a matrix (m, p). RuntimeError for
    lengths that do not fit, dtypes that differ, or a 0-d tensor.

    Unlike PyTorch, which makes several nodes for batches, this is one; it has the name of the last.
    """
    checks.check_tensor(input, "matmul")
    checks.check_tensor(other, "matmul", "other", 2)
    self, dims = input._array, (input._array.ndim, other._array.ndim)
    product_checks.check_matmul(self, other._array)
    if dims == (1, 1):
        return Dot.apply(input, other)
    if dims == (2, 1):
        return Mv.apply(input, other)
    if dims == (2, 2):
        return Mm.apply(input, other)
    return MatMul.apply(input, other)


def mm(input, mat2):
    """The product of two matrices, (m, n) and (n, p). RuntimeError for anything else."""
    checks.check_tensor(input, "mm")
    checks.check_tensor(mat2, "mm", "mat2", 2)
    for name, each in (("self", input), ("mat2", mat2)):
        if each._array.ndim != 2:
            raise RuntimeError(
                f"{name} must be a matrix: its shape is {checks.listed(each.shape)}."
            )
    return matmul(input, mat2)


def mv(input, vec):
    """The product of a matrix (m, n) and a vector (n). RuntimeError for anything else."""
    checks.check_tensor(input, "mv")
    checks.check_tensor(vec, "mv", "vec", 2)
    if (input._array.ndim, vec._array.ndim) != (2, 1):
        dims = f"1, {input._array.ndim}, {vec._array.ndim}"
        raise RuntimeError(f"vector + matrix @ vector expected, got {dims}")
    return matmul(input, vec)


def dot(input, tensor):
    """The sum of the products of the elements of two vectors. RuntimeError for anything else."""
    checks.check_tensor(input, "dot")
    checks.check_tensor(tensor, "dot", "tensor")
    dims = input._array.ndim, tensor._array.ndim
    if dims != (1, 1):
        raise RuntimeError(f"1D tensors expected, but got {dims[0]}D and {dims[1]}D tensors")
    return matmul(input, tensor)


def bmm(input, mat2):
    """The products of b pairs of matrices, (b, m, n) and (b, n, p)."""
    for position, each in ((1, input), (2, mat2)):
        checks.check_tensor(each, "bmm", ("input", "mat2")[position - 1], position)
        if each._array.ndim != 3:
            raise RuntimeError(f"batch{position} must be a 3D tensor")
    product_checks.check_batches(input._array, mat2._array)
    return Bmm.apply(input, mat2)


def outer(input, vec2):
    """The products of every element of one vector with every element of another."""
    checks.check_tensor(input, "outer")
    checks.check_tensor(vec2, "outer", "vec2", 2)
    for name, each in (("self", input), ("vec2", vec2)):
        if each._array.ndim != 1:
            raise RuntimeError(f"outer: Expected 1-D argument {name}, but got {each._array.ndim}-D")
    return mul(unsqueeze(input, 1), vec2)


def __matmul__(self, other):
    """self @ other, the product of vectors and matrices."""
    return matmul(self, other) if isinstance(other, Tensor) else NotImplemented


Tensor.__matmul__ = __matmul__
Tensor.matmul = matmul
Tensor.mm = mm
Tensor.mv = mv
Tensor.dot = dot
Tensor.bmm = bmm
Tensor.outer = outer
