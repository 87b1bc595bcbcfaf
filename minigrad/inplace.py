"""Floor 5. In-place operations on tensors that no graph tracks: `x += 1`, `x.mul_(2)`.

A write is counted in the tensor's version, which it shares with its views. A write that a graph
would have to record is refused.
"""

from . import errors
from .grad_mode import mode
from .ops import arithmetic, choices, elementwise, index_checks, reflected
from .ops.broadcasting import constant
from .tensor import Tensor, write


def overwrite(self, operation, *operands, **options):
    """Write the result of `operation(self, *operands)` into `self`, and return it.

    RuntimeError or NotImplementedError if the graph would have to record it, RuntimeError if the
    result has another shape or a dtype that `self` cannot hold.
    """
    if mode.enabled:
        if self._requires_grad:
            raise errors.write_to_tracked(self)
        for each in operands:
            if isinstance(each, Tensor) and each._requires_grad:
                raise errors.write_in_graph()
    result = operation(self, *operands, **options)
    errors.check_result_fits(self, result)
    return write(self, result._array)


def add_(self, other, *, alpha=1):
    """self += alpha * other, in place."""
    return overwrite(self, arithmetic.add, other, alpha=alpha)


def sub_(self, other, *, alpha=1):
    """self -= alpha * other, in place."""
    return overwrite(self, arithmetic.sub, other, alpha=alpha)


def mul_(self, other):
    """self *= other, in place."""
    return overwrite(self, arithmetic.mul, other)


def div_(self, other):
    """self /= other, in place."""
    return overwrite(self, arithmetic.div, other)


def pow_(self, exponent):
    """self **= exponent, in place."""
    return overwrite(self, reflected.pow, exponent)


def floor_divide_(self, other):
    """self //= other, in place."""
    return overwrite(self, reflected.floor_divide, other)


def remainder_(self, other):
    """self %= other, in place."""
    return overwrite(self, reflected.remainder, other)


def neg_(self):
    """self = -self, in place."""
    return overwrite(self, arithmetic.neg)


def exp_(self):
    """self = exp(self), in place."""
    return overwrite(self, elementwise.exp)


def log_(self):
    """self = log(self), in place."""
    return overwrite(self, elementwise.log)


def sqrt_(self):
    """self = sqrt(self), in place."""
    return overwrite(self, elementwise.sqrt)


def sin_(self):
    """self = sin(self), in place."""
    return overwrite(self, elementwise.sin)


def cos_(self):
    """self = cos(self), in place."""
    return overwrite(self, elementwise.cos)


def tanh_(self):
    """self = tanh(self), in place."""
    return overwrite(self, elementwise.tanh)


def sigmoid_(self):
    """self = sigmoid(self), in place."""
    return overwrite(self, elementwise.sigmoid)


def relu_(self):
    """Negative numbers become 0, in place."""
    return overwrite(self, elementwise.relu)


def abs_(self):
    """Negative numbers lose their sign, in place."""
    return overwrite(self, elementwise.abs)


def square_(self):
    """self = self ** 2, in place."""
    return overwrite(self, elementwise.square)


def reciprocal_(self):
    """self = 1 / self, in place."""
    return overwrite(self, reflected.reciprocal)


def clamp_(self, min=None, max=None):
    """Numbers below `min` become `min`, those above `max` become `max`, in place."""
    return overwrite(self, choices.clamp, min, max)


def copy_(self, src):
    """The numbers of another tensor (or a number), converted and broadcast, in place."""
    if not isinstance(src, Tensor):
        src = constant(src, self)
    index_checks.check_untracked(self, src)
    return write(self, errors.check_copied(self, src))


Tensor.__iadd__ = Tensor.add_ = add_
Tensor.__isub__ = Tensor.sub_ = sub_
Tensor.__imul__ = Tensor.mul_ = mul_
Tensor.__itruediv__ = Tensor.div_ = div_
Tensor.__ipow__ = Tensor.pow_ = pow_
Tensor.__ifloordiv__ = Tensor.floor_divide_ = floor_divide_
Tensor.__imod__ = Tensor.remainder_ = remainder_
Tensor.neg_ = neg_
Tensor.exp_ = exp_
Tensor.log_ = log_
Tensor.sqrt_ = sqrt_
Tensor.sin_ = sin_
Tensor.cos_ = cos_
Tensor.tanh_ = tanh_
Tensor.sigmoid_ = sigmoid_
Tensor.relu_ = relu_
Tensor.abs_ = abs_
Tensor.square_ = square_
Tensor.reciprocal_ = reciprocal_
Tensor.clamp_ = clamp_
Tensor.copy_ = copy_
