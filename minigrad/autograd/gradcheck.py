"""Floor 6. `gradcheck` and `gradgradcheck`: do derivatives agree with finite differences?"""

import numpy as np

from ..arrays import beside
from ..creation import tensor
from ..grad_mode import enable_grad, no_grad
from . import gradcheck_report as report
from .differentiation import grad
from .gradcheck_report import GradcheckError
from .numerical import analytical, check_jacobian, numerical, output_of, tracked


def gradcheck(
    func, inputs, eps=1e-6, atol=1e-5, rtol=1e-3, raise_exception=True, fast_mode=False, **options
):
    """True if the derivatives of `func` at `inputs` agree with finite differences.

    Every input that requires grad is nudged, element by element, by `eps`; with `fast_mode` all
    elements at once in a random direction, for large inputs. Numbers agree if they differ by at
    most `atol + rtol * |numerical|`. Inputs should be float64, `func` deterministic.

    GradcheckError with a report if not (False if not `raise_exception`); ValueError if no input
    requires grad. The `options` are PyTorch's; those for forward mode and vmap are refused.
    """
    report.check_options(options)
    inputs = inputs if isinstance(inputs, (tuple, list)) else (inputs,)
    report.check_inputs(inputs, tracked(inputs))
    try:
        outputs = tracked(func(*inputs))
        for number in range(len(outputs)):
            check = check_projection if fast_mode else check_jacobian
            check(func, inputs, number, eps, atol, rtol)
        if not outputs:
            check_no_outputs(func, inputs, eps)
        if options.get("nondet_tol", 0.0) == 0.0:
            check_repeatable(func, inputs, outputs)
    except GradcheckError:
        if raise_exception:
            raise
        return False
    return True


def gradgradcheck(
    func, inputs, grad_outputs=None, eps=1e-6, atol=1e-5, rtol=1e-3, raise_exception=True, **options
):
    """True if the second derivatives of `func` agree with finite differences.

    The first derivatives, as a function of the inputs and of `grad_outputs` (random if they are not
    given), go through `gradcheck`; all else is as there.
    """
    inputs = tuple(inputs) if isinstance(inputs, (tuple, list)) else (inputs,)
    outputs = tracked(func(*inputs))
    if grad_outputs is None:
        random = np.random.RandomState(0)  # not the user's stream
        seeds = [random_like(each, random) for each in outputs]
    else:
        seeds = list(grad_outputs) if isinstance(grad_outputs, (tuple, list)) else [grad_outputs]
    options.pop("gen_non_contig_grad_outputs", None)

    def first_derivatives(*args):
        inputs, seeds = args[: -len(outputs)], args[-len(outputs) :]
        with enable_grad():
            results = tracked(func(*inputs))
            found = grad(results, tracked(inputs), seeds, create_graph=True, allow_unused=True)
        return tuple(each for each in found if each is not None)

    both = (*inputs, *seeds)
    return gradcheck(first_derivatives, both, eps, atol, rtol, raise_exception, **options)


def random_like(output, random):
    """A random gradient for an output, tracked."""
    numbers = np.asarray(random.standard_normal(output.shape), output.array.dtype)
    return tensor(beside(numbers, output.array), requires_grad=True)


def check_projection(func, inputs, number, eps, atol, rtol):
    """Compare one number for each input, vᵀJu for random directions v and u of length 1.

    Where it differs, the whole Jacobian is compared, for the sake of the report.
    """
    random = np.random.RandomState(0)
    output = output_of(func, inputs, number)
    v = direction_like(output, random)
    computed = analytical(func, inputs, number, v)
    for position, x in enumerate(tracked(inputs)):
        u = direction_like(x, random)
        measured = (numerical(func, inputs, number, x, u, eps) * v).sum()
        projected = (computed[position] * u).sum()
        if not abs(measured - projected) <= atol + rtol * abs(measured):
            check_jacobian(func, inputs, number, eps, atol, rtol)
            raise report.mismatch_in_fast_mode(measured, projected, output, number, x, inputs)


def direction_like(x, random):
    """A random direction: an array in the shape of a tensor, of length 1."""
    direction = beside(np.asarray(random.standard_normal(x.shape), x.array.dtype), x.array)
    return direction / np.sqrt((direction * direction).sum()) if direction.size else direction


def check_no_outputs(func, inputs, eps):
    """If no output depends on the inputs as recorded, nudging them must change nothing."""
    for position, output in enumerate(report.check_tensors(func(*inputs))):
        for x in tracked(inputs) if output.is_floating_point() else ():
            moved = nudged(func, inputs, position, x, eps)
            if not np.allclose(moved, output.array, rtol=0, atol=eps * 1e-3):
                raise report.expected_zero()


def nudged(func, inputs, position, x, eps):
    """An output of the function, as an array, with every element of `x` increased by eps."""
    before = x.array.copy()
    with no_grad():
        x.array[...] = before + eps
        output = report.check_tensors(func(*inputs))[position].array.copy()
        x.array[...] = before
    return output


def check_repeatable(func, inputs, outputs):
    """Two backward passes must give the same numbers."""
    for number, output in enumerate(outputs):
        v = beside(np.ones(output.shape, output.array.dtype), output.array)
        first, second = (analytical(func, inputs, number, v) for _ in range(2))
        for one, two in zip(first, second, strict=True):
            if not np.array_equal(one, two, equal_nan=True):
                raise report.not_repeatable()
