"""Floor 3. Mixtures of three tensors: lerp, addcmul, addcdiv; and extremes that pass over nan."""

import numpy as np

from .. import arguments, errors
from ..carriers import numbers
from ..dtypes import promote
from ..function import Function
from ..tensor import Tensor
from . import checks, product_checks
from .broadcasting import Binary, constant, signature
from .choices import masked
from .pairs import OfBoth
from .reflected import numbered
from .selection import chosen


class Mixture(Binary):
    """An operation on three tensors that broadcasts, and mixes dtypes as PyTorch does."""

    @classmethod
    def apply(cls, *inputs, **options):
        return Function.apply.__func__(cls, *inputs, **options)

    @classmethod
    def mixed(cls, *arrays):
        """The arrays in their common dtype; RuntimeError if their shapes do not broadcast."""
        shape, dtype = arrays[0].shape, arrays[0].dtype
        if all(each.shape == shape and each.dtype is dtype for each in arrays):
            return arrays
        common = arrays[0]
        for each in arrays[1:]:
            dtype = promote(common, each)
            wider = common if common.ndim or not each.ndim else each
            common = wider.astype(dtype, copy=False)
        try:
            np.broadcast_shapes(*(each.shape for each in arrays))
        except ValueError:
            raise checks.first_misfit(*(each.shape for each in arrays)) from None
        return [each.astype(common.dtype, copy=False) for each in arrays]

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.fit = [signature(each) for each in inputs]
        ctx.save_for_backward(*inputs)


class Addcmul(Mixture):
    """self + value * tensor1 * tensor2."""

    saved_names = "self", "tensor1", "tensor2"

    @staticmethod
    def forward(self, tensor1, tensor2, value):
        self, tensor1, tensor2 = Mixture.mixed(self, tensor1, tensor2)
        return self + self.dtype.type(value) * tensor1 * tensor2

    @staticmethod
    def backward(ctx, grad):
        _, tensor1, tensor2 = ctx.saved
        scaled = grad * ctx.value
        return (
            grad,
            None if ctx.next[1] is None else scaled * tensor2,
            None if ctx.next[2] is None else scaled * tensor1,
        )


class Addcdiv(Mixture):
    """self + value * tensor1 / tensor2."""

    saved_names = "self", "tensor1", "tensor2"

    @staticmethod
    def forward(self, tensor1, tensor2, value):
        self, tensor1, tensor2 = Mixture.mixed(self, tensor1, tensor2)
        return self + self.dtype.type(value) * (tensor1 / tensor2)

    @staticmethod
    def backward(ctx, grad):
        _, tensor1, tensor2 = ctx.saved
        scaled = grad * ctx.value
        return (
            grad,
            None if ctx.next[1] is None else scaled / tensor2,
            None if ctx.next[2] is None else -scaled * (tensor1 / (tensor2 * tensor2)),
        )


class Lerp(Mixture):
    """self + weight * (end - self): the way from self to end, of which weight is the part gone."""

    saved_names = "self", "end", "weight"

    @staticmethod
    def forward(self, end, weight):
        way = end - self
        low = np.abs(weight) < 0.5  # the nearer end is where it is exact
        if not weight.ndim:
            return self + weight * way if low else end - way * (1 - weight)
        near, far = weight * way, way * (1 - weight)
        near += self
        return chosen(low, near, end - far)

    @staticmethod
    def backward(ctx, grad):
        self, end, weight = ctx.saved
        return (
            None if ctx.next[0] is None else grad * (1 - weight),
            None if ctx.next[1] is None else grad * weight,
            None if ctx.next[2] is None else grad * (end - self),
        )


class Fmax(OfBoth):
    """The larger of two numbers; a number rather than nan. Between equals, self gets it all."""

    @staticmethod
    def forward(self, other):
        return np.fmax(self, other)

    @staticmethod
    def first(self, other):
        """Where the result is self."""
        return (self >= other) | np.isnan(other)

    @classmethod
    def shares(cls, ctx, grad):
        first = cls.first(*map(numbers, ctx.saved))
        return masked(grad, first), masked(grad, ~first)

    @staticmethod
    def backward(ctx, grad):
        return Fmax.shares(ctx, grad)


class Fmin(Fmax):
    """The smaller of two numbers; a number rather than nan. Between equals, self gets it all."""

    @staticmethod
    def forward(self, other):
        return np.fmin(self, other)

    @staticmethod
    def first(self, other):
        return (self <= other) | np.isnan(other)

    @staticmethod
    def backward(ctx, grad):
        return Fmin.shares(ctx, grad)


def addcmul(input, tensor1, tensor2, *, value=1):
    """input + value * tensor1 * tensor2, elementwise with broadcasting."""
    check_three("addcmul", input, tensor1, tensor2)
    return Addcmul.apply(input, tensor1, tensor2, value=value)


def addcdiv(input, tensor1, tensor2, *, value=1):
    """input + value * tensor1 / tensor2, elementwise with broadcasting.

    RuntimeError if tensor1 and tensor2 are both integers.
    """
    check_three("addcdiv", input, tensor1, tensor2)
    if tensor1._array.dtype.kind != "f" and tensor2._array.dtype.kind != "f":
        raise RuntimeError(
            "Integer division with addcdiv is no longer supported, and in a future  release "
            "addcdiv will perform a true division of tensor1 and tensor2. Write "
            "input + value * torch.div(tensor1, tensor2, rounding_mode='trunc'), or .float()."
        )
    return Addcdiv.apply(input, tensor1, tensor2, value=value)


def check_three(function, input, tensor1, tensor2):
    """TypeError for what is no tensor."""
    given = {"input": input, "tensor1": tensor1, "tensor2": tensor2}
    for position, (name, each) in enumerate(given.items(), 1):
        checks.check_tensor(each, function, name, position)


def lerp(input, end, weight):
    """input + weight * (end - input), elementwise with broadcasting; weight: a number or a tensor.

    RuntimeError for different dtypes, NotImplementedError for integers.
    """
    checks.check_tensor(input, "lerp")
    checks.check_tensor(end, "lerp", "end", 2)
    number = not isinstance(weight, Tensor)
    weight = constant(weight, input) if number else weight
    kind = input._array.dtype
    if kind.kind != "f":
        kernel = "lerp_kernel_scalar" if number else "lerp_kernel_tensor"
        raise checks.not_implemented_for(kernel, input, "Convert first: x.float().")
    for name, each in (("end", end), ("weight", weight)):
        if each._array.dtype != kind and not (name == "weight" and not each._array.ndim):
            raise RuntimeError(
                f"expected dtype {product_checks.C_NAMES[kind.name]} for `{name}` but got dtype "
                f"{product_checks.C_NAMES[each._array.dtype.name]}: {name}.to(input)."
            )
    try:
        result = Lerp.apply(input, end, weight)
    except ValueError:
        raise errors.cannot_broadcast(input._array.shape, end._array.shape) from None
    return numbered(result, 0 if number else 1)


def fmax(input, other):
    """The larger of two tensors, elementwise with broadcasting; a number rather than nan."""
    arguments.array_of(input, "fmax")
    checks.check_tensor(other, "fmax", "other", 2)
    return Fmax.apply(input, other)


def fmin(input, other):
    """The smaller of two tensors, elementwise with broadcasting; a number rather than nan."""
    arguments.array_of(input, "fmin")
    checks.check_tensor(other, "fmin", "other", 2)
    return Fmin.apply(input, other)


Tensor.addcmul = addcmul
Tensor.addcdiv = addcdiv
Tensor.lerp = lerp
Tensor.fmax = fmax
Tensor.fmin = fmin
