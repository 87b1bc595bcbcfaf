"""Floor 6. What gradcheck reports: operation, input, element, both values and their ratio."""

import warnings

import numpy as np

from ..arrays import on_host
from ..errors import listed
from ..printing import tensor_str
from ..tensor import Tensor

OPTIONS = {
    "check_sparse_nnz",
    "nondet_tol",
    "check_undefined_grad",
    "check_grad_dtypes",
    "check_batched_grad",
    "check_batched_forward_grad",
    "check_forward_ad",
    "check_backward_ad",
    "masked",
    "check_fwd_over_rev",
    "check_rev_over_rev",
}


class GradcheckError(RuntimeError):
    """The derivatives of a function do not agree with finite differences."""


def check_options(options):
    """TypeError for an option that PyTorch does not have; forward mode and vmap are not there."""
    for name, value in options.items():
        if name not in OPTIONS:
            raise TypeError(f"gradcheck() got an unexpected keyword argument '{name}'")
        if value and (name.startswith("check_batched") or "forward" in name or "fwd" in name):
            raise NotImplementedError(
                f"{name}=True needs forward-mode derivatives or vmap, which minigrad does not have."
            )


def check_inputs(inputs, tracked):
    """ValueError if no input requires grad; a warning for float32; no overlapping memory."""
    if not tracked:
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, but none of them "
            "have requires_grad=True."
        )
    for number, each in enumerate(tracked):
        if each.array.dtype != np.float64:
            warnings.warn(
                f"Input #{number} requires gradient and is not a double precision floating point. "
                "This check will likely fail if all the inputs are not of double precision "
                "floating point: the nudge of 1e-6 drowns in rounding.",
                UserWarning,
                stacklevel=3,
            )
        if each.numel() and 0 in each.stride() and each.numel() > 1:
            raise RuntimeError(
                f"The {number}th input has a dimension with stride 0. gradcheck only supports "
                "inputs that are non-overlapping to be able to compute the numerical gradients "
                "correctly. You should call .contiguous on the input before passing it to "
                "gradcheck."
            )


def check_tensors(outputs):
    """The outputs of a function as a tuple; ValueError for what is no tensor."""
    outputs = outputs if isinstance(outputs, (tuple, list)) else (outputs,)
    for each in outputs:
        if not isinstance(each, Tensor):
            raise ValueError(
                "Expected at least one of the outputs to be a tensor, but the function returned "
                f"{type(each).__name__}."
            )
    return outputs


def expected_zero():
    return GradcheckError(
        "Numerical gradient for function expected to be zero: the result was not recorded "
        "(detached, or computed by NumPy?), and yet it changes with the input."
    )


def not_repeatable():
    return GradcheckError(
        "Backward is not reentrant, i.e., running backward with same input and grad_output "
        "multiple times gives different values, although analytical gradient matches numerical "
        "gradient."
    )


def compare(numerical, analytical, atol, rtol, output, number, x, inputs):
    """GradcheckError unless two Jacobians agree; rows are elements of `x`, columns of `output`."""
    numerical, analytical = on_host(numerical), on_host(analytical)
    near = np.abs(numerical - analytical) <= atol + rtol * np.abs(numerical)
    if not near.all():
        raise mismatch(numerical, analytical, near, output, number, x, inputs)


def position_of(x, inputs):
    return next(position for position, each in enumerate(inputs) if each is x)


def mismatch(numerical, analytical, near, output, number, x, inputs):
    """The report for two Jacobians: both of them, and the element where they differ most."""
    distance = np.where(near, -1, np.abs(numerical - analytical))
    distance[np.isnan(distance)] = np.inf
    row, column = np.unravel_index(distance.argmax(), distance.shape)
    element = listed(int(i) for i in np.unravel_index(row, x.shape))
    result = listed(int(i) for i in np.unravel_index(column, output.shape))
    one, two = numerical[row, column], analytical[row, column]
    ratio = f"{two / one:.4g}" if one else "no number, since the numerical value is 0"
    return GradcheckError(
        f"Jacobian mismatch for output {number} with respect to input {position_of(x, inputs)},\n"
        f"numerical:{tensor_str(numerical)}\nanalytical:{tensor_str(analytical)}\n"
        f"{(~near).sum()} of {near.size} elements differ. The furthest: element {result} of the "
        f"output, made by {output.grad_fn.name()}, with respect to element {element} of input "
        f"{position_of(x, inputs)} of shape {listed(x.shape)}: numerical {one:.6g}, analytical "
        f"{two:.6g}; analytical / numerical is {ratio}.{hint(two / one if one else None)}\n"
    )


def hint(ratio):
    """What a simple ratio suggests."""
    if ratio is None or not np.isfinite(ratio):
        return ""
    if abs(ratio) < 1e-9:
        return " Was a gradient forgotten?"
    if abs(ratio + 1) < 1e-3:
        return " Is a minus sign missing, or one too many?"
    whole = round(1 / ratio)
    if whole > 1 and abs(1 / ratio - whole) < 1e-3:
        return f" It is 1/{whole}: was one contribution used instead of {whole}?"
    if round(ratio) > 1 and abs(ratio - round(ratio)) < 1e-3:
        return f" It is {round(ratio)} times too large: was something counted twice?"
    return ""


def mismatch_in_fast_mode(measured, computed, output, number, x, inputs):
    """The report of the fast mode, if the slow mode (which says more) finds nothing."""
    return GradcheckError(
        f"Jacobian mismatch for output {number} with respect to input {position_of(x, inputs)},\n"
        f"numerical:{measured}\nanalytical:{computed}\n\nThe above quantities relating the "
        "numerical and analytical jacobians are computed in fast mode, along one random direction. "
        f"In slow mode no single element of {output.grad_fn.name()} differs by more than the "
        "tolerance.\n"
    )
