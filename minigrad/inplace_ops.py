"""Floor 5. The in-place operations: `x += 1`, `x.mul_(2)`, `x[0] = 5`, `x.normal_()`.

Each one is an operation whose result is written into its first operand (`inplace.overwrite`).
"""

import inspect

import numpy as np

from . import arguments, arrays, tensor, write_errors
from .function import Function
from .grad_mode import mode
from .inplace import overwrite
from .ops import (
    added_products,
    arithmetic,
    choices,
    diagonals,
    divisions,
    elementwise,
    error_function,
    exponentials,
    gamma_function,
    hyperbolic,
    index_checks,
    mixing,
    placing,
    reflected,
    running,
    scattering,
    shifts,
    signs,
    staircases,
    trigonometry,
)
from .ops.broadcasting import Binary, constant, signature
from .ops.indexing import Basic, parse
from .ops.views import zeros_of
from .tensor import Tensor, new, write


# --- from operations to in-place operations -------------------------------------------------------
def in_place(module, name, overload=None):
    """The in-place form of an operation: `add_` of `arithmetic.add`.

    `overload` is the number PyTorch gives the node then, where that differs.
    """
    operation = getattr(module, name)

    def numbered(*args, **kwargs):
        result = getattr(module, name)(*args, **kwargs)  # it may have been installed meanwhile
        return result if overload is None else reflected.numbered(result, overload)

    def operation_(self, *args, **kwargs):
        operands = [each for each in args if isinstance(each, Tensor)]
        if mode.enabled:
            check_tracked_write(self, *operands)
        write_errors.check_no_repeats(self.array)
        if operands:
            write_errors.check_overlap(self, operands)
        return overwrite(self, numbered, *args, **kwargs)

    parameters = list(inspect.signature(operation).parameters.values())
    parameters[0] = parameters[0].replace(name="self")
    operation_.__signature__ = inspect.Signature(parameters)
    operation_.__name__ = operation_.__qualname__ = name + "_"
    operation_.__doc__ = operation.__doc__.split("\n")[0].rstrip(".") + "; in place."
    return operation_


for _module, _names in (
    (arithmetic, "add sub mul neg"),
    (divisions, "div true_divide fmod"),
    (reflected, "pow floor_divide remainder reciprocal"),
    (elementwise, "exp log sqrt sin cos tanh sigmoid relu abs square"),
    (staircases, "sign floor ceil trunc round"),
    (choices, "clamp clamp_min clamp_max"),
    (exponentials, "exp2 expm1 log2 log10 log1p rsqrt logit xlogy ldexp"),
    (trigonometry, "tan asin acos atan sinc deg2rad rad2deg atan2 hypot"),
    (hyperbolic, "sinh cosh"),
    (signs, "sgn frac nan_to_num copysign heaviside"),
    (mixing, "addcmul addcdiv lerp"),
    (error_function, "erf erfc erfinv"),
    (gamma_function, "lgamma digamma"),
    (running, "cumsum cumprod"),
    (shifts, "bitwise_left_shift bitwise_right_shift gcd lcm"),
    (placing, "masked_fill index_add index_fill index_copy index_put"),
    (scattering, "index_reduce scatter scatter_add scatter_reduce masked_scatter put"),
    (diagonals, "tril triu"),
    (added_products, "addmm addmv addr addbmm baddbmm"),
):
    for _name in _names.split():
        setattr(Tensor, _name + "_", in_place(_module, _name))

for _name in ("asinh", "acosh", "atanh"):
    setattr(Tensor, _name + "_", in_place(hyperbolic, _name, overload=1))


def float_power_(self, exponent):
    """self ** exponent, computed in float64; in place. RuntimeError for any other dtype."""
    if self._array.dtype != np.float64:
        raise RuntimeError(
            f"the base given to float_power_ has dtype {self.dtype.tensor_type} but the result "
            "is a Double. Write x.pow_(exponent)."
        )
    return overwrite(self, exponentials.float_power, exponent)


def polygamma_(self, n):
    """The n-th derivative of `digamma`, elementwise; in place."""
    return overwrite(self, lambda before: reflected.numbered(before.polygamma(n), int(n > 0)))


Tensor.float_power_ = float_power_
Tensor.polygamma_ = polygamma_
Tensor.__iadd__ = Tensor.add_
Tensor.__isub__ = Tensor.sub_
Tensor.__imul__ = Tensor.mul_
Tensor.__itruediv__ = Tensor.div_
Tensor.__ipow__ = Tensor.pow_
Tensor.__ifloordiv__ = Tensor.floor_divide_
Tensor.__imod__ = Tensor.remainder_
Tensor.__ilshift__ = Tensor.bitwise_left_shift_
Tensor.__irshift__ = Tensor.bitwise_right_shift_


# --- new numbers that owe nothing to the old ones -------------------------------------------------
class Zero(Function):
    """Zeros, whatever was there before."""

    @staticmethod
    def forward(self):
        return arrays.zeros(self.shape, self.dtype, self)

    @staticmethod
    def backward(ctx, grad):
        return (zeros_of(grad, grad.shape),)


class Refill(Zero):
    """Given numbers, whatever was there before; `kind` is PyTorch's name, such as Normal."""

    @staticmethod
    def forward(self, values, kind):
        return values

    def name(self):
        return f"{self.kind}Backward{2 if self.kind in ('Fill', 'Bernoulli', 'Random') else 0}"


class Copy(Binary):
    """The numbers of another tensor, converted and broadcast."""

    @classmethod
    def apply(cls, self, src, **options):
        return Function.apply.__func__(cls, self, src, **options)

    @staticmethod
    def forward(self, src, kind):
        src = src if src.shape == self.shape else np.broadcast_to(src, self.shape)
        return arrays.beside(src.astype(self.dtype, copy=False), self)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.fit = [signature(each) for each in inputs]

    @staticmethod
    def backward(ctx, grad):
        return zeros_of(grad, grad.shape), grad

    def name(self):
        return "CopyBackwards" if self.kind == "Copy" else "FillBackward3"


def check_tracked_write(self, *values):
    """RuntimeError for a write that would be recorded, but not here: to a leaf, or a view of one.

    (Before anything is said about shapes, as in PyTorch.)
    """
    given = (self, *values)
    tracked = any(isinstance(each, Tensor) and each._requires_grad for each in given)
    if tracked and mode.enabled:
        write_errors.check_writable(self)


def zero_(self):
    """Fill with zeros in place."""
    if self._requires_grad and mode.enabled:
        return overwrite(self, Zero.apply)
    return tensor.zero_(self)


def fill_(self, value):
    """Fill with one value in place: a number, or a tensor of one element without dimensions."""
    if isinstance(value, Tensor):
        check_tracked_write(self, value)
        write_errors.check_filling(value)
        return overwrite(self, Copy.apply, value, kind="Fill")
    check_tracked_write(self, value)
    if self._requires_grad and mode.enabled and not write_errors.repeats(self.array):
        filled = np.broadcast_to(arguments.check_fill(self, value), self._array.shape)
        filled = arrays.beside(filled, self._array)
        return overwrite(self, Refill.apply, values=filled, kind="Fill")
    return tensor.fill_(self, value)


def copy_(self, src, non_blocking=False):
    """The numbers of another tensor (or a number), converted and broadcast, in place."""
    if not isinstance(src, Tensor):
        src = constant(src, self)
    check_tracked_write(self, src)
    write_errors.check_overlap(self, [src])
    write_errors.check_copied(self, src)
    if self._array.dtype.kind != "f":  # integers leave the graph
        src = src.detach()
    return overwrite(self, Copy.apply, src, kind="Copy")


# --- x[...] = value -------------------------------------------------------------------------------
def __setitem__(self, index, value):
    """Write a number or a tensor that fits into a part of the tensor, in place.

    Integers, slices, None and `...` name a part; tensors, lists and arrays of integers or bools
    choose elements. IndexError for a place that is not there, RuntimeError for a value that does
    not fit.
    """
    basic, arrays, last = parse(index, self._array.shape)
    if arrays is not None:
        check_tracked_write(self, value)
        index_checks.check_no_overlap(self, value)
    array = index_checks.check_value(self, value, arrays is not None)
    shape = self.array[basic].shape if arrays is None else self.array[basic][arrays].shape
    array = index_checks.check_fits(self, array, shape, arrays is not None)
    if isinstance(value, Tensor) and value._requires_grad and self._array.dtype.kind == "f":
        value = value if value._array.shape == array.shape else value.reshape(array.shape)
    else:
        value = new(Tensor)
        value._array = array
    if not (mode.enabled and (self._requires_grad or value._requires_grad)):
        write_part(self, basic, arrays, array)
        return
    whole = all(each is ... or is_whole(each, n) for each, n in zip(basic, [*self.shape, 0]))
    part = self if whole else Basic.apply(self, index=basic, last=last)
    if arrays is None and value._array.ndim and value._array.shape != shape:
        value = value.expand(shape)
    if arrays is not None:
        overwrite(part, placing.PutAt.apply, value, index=arrays)
    else:
        filled = value._array.ndim == 0 and len(shape) > 0
        overwrite(part, Copy.apply, value, kind="Fill" if filled else "Copy")


def is_whole(part, length):
    """Whether one part of an index leaves its dimension as it is."""
    return isinstance(part, slice) and part in (slice(None), slice(0, length, 1))


def write_part(self, basic, arrays, values):
    """Write where no graph is watching."""
    part = new(Tensor)
    part._array = self.array[basic]
    part._counter = tensor.share_versions(self, part)._counter
    if part._counter.refuses:
        raise write_errors.write_to_inference_tensor()
    if arrays is None:
        write_errors.check_no_repeats(part._array)
        write(part, values)
    else:
        part._array[arrays] = values
        part._counter.add()


Tensor.zero_ = zero_
Tensor.fill_ = fill_
Tensor.copy_ = copy_
Tensor.__setitem__ = __setitem__
