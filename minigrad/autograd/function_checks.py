"""Floor 6. What is said about a user's `Function`: its methods, and what they return.

PyTorch's words first, then what to do.
"""

import warnings

import numpy as np

from ..errors import listed
from ..ops.broadcasting import sum_to
from ..ops.conversions import convert


def no_forward():
    return NotImplementedError(
        "You must implement the forward function for custom autograd.Function. It computes the "
        "result: `@staticmethod def forward(ctx, x): return x * 2`."
    )


def no_backward():
    return NotImplementedError(
        "You must implement either the backward or vjp method for your custom autograd.Function to "
        "use it with backward mode AD. It returns a gradient for each argument of forward."
    )


def legacy():
    return RuntimeError(
        "Legacy autograd function with non-static forward method is deprecated. Please use "
        "new-style autograd function with static forward method, and call MyFunction.apply(x)."
    )


def warn_of_instance(cls):
    warnings.warn(
        f"{cls} should not be instantiated. Methods on autograd functions are all static, so you "
        "should invoke them on the class itself. Instantiating an autograd function will raise an "
        "error in a future version of PyTorch.",
        DeprecationWarning,
        stacklevel=3,
    )


def only_once():
    return RuntimeError(
        "trying to differentiate twice a function that was marked with @once_differentiable"
    )


def only_tensors(method, given, tensor_type):
    """What a method of ctx was given; TypeError or RuntimeError for what is no tensor."""
    for number, each in enumerate(given):
        if isinstance(each, tensor_type) or (each is None and method == "save_for_backward"):
            continue
        kind = type(each).__name__
        if method == "save_for_backward":
            raise TypeError(
                f"save_for_backward can only save variables, but argument {number} is of type "
                f"{kind}. Numbers can be kept as attributes: ctx.n = n."
            )
        raise RuntimeError(
            f"{method} can only accept variables, but argument {number} is of type {kind}"
        )
    return given


def check_dirty(node, tensors, results, tracked):
    """What is marked as dirty must be an output, and no leaf that requires grad."""
    for each in node.dirty:
        if not any(each is result for result in results):
            raise RuntimeError(
                "Some elements marked as dirty during the forward method were not returned as "
                "output. The inputs that are modified inplace must all be outputs of the Function."
            )
        if tracked and each._requires_grad and each._node is None and each._base is None:
            raise RuntimeError(
                "a leaf Variable that requires grad has been used in an in-place operation."
            )


def rule(function):
    """The user's rule: `backward`, or `vjp` where that is what the class gives."""
    base = function.__mro__[-2]
    if function.backward is base.backward and function.vjp is not base.vjp:
        return function.vjp
    return function.backward


def gradients(node, returned, tensor_type):
    """For each tensor argument, the gradient that the user's rule returned for it, or None.

    RuntimeError for a wrong number of gradients, for one where there is no tensor, for what is no
    tensor, and for a shape that is not the input's.
    """
    if not isinstance(returned, tuple):
        returned = (returned,)
    wanted = node.needs_input_grad
    extra = returned[len(wanted) :]
    if len(returned) < len(wanted) or any(each is not None for each in extra):
        raise RuntimeError(
            f"function {node.name()} returned an incorrect number of gradients (expected "
            f"{len(wanted)}, got {len(returned)}). A rule returns one for each argument of "
            "forward, None for an argument that needs none."
        )
    found, edges, tensors = [], iter(zip(node.next, node.inputs, strict=True)), node.is_tensor
    for position, (each, tensor) in enumerate(zip(returned, tensors, strict=False)):
        if each is not None and not isinstance(each, tensor_type):
            raise RuntimeError(f"expected Variable or None (got {type(each).__name__})")
        if tensor:
            edge, (shape, dtype) = next(edges)
            found.append(None if edge is None else fitted(node, position, each, shape, dtype))
        elif each is not None:
            raise RuntimeError(
                f"function {node.name()} returned a gradient different than None at position "
                f"{position + 1}, but the corresponding forward input was not a Variable"
            )
    return found


def fitted(node, position, grad, shape, dtype):
    """A gradient summed to the shape of its input, where broadcasting explains the difference."""
    if grad is None:
        return None
    if grad._array.shape != shape:
        try:
            summable = np.broadcast_shapes(grad._array.shape, shape) == grad._array.shape
        except ValueError:
            summable = False
        if not summable:
            raise RuntimeError(
                f"Function {node.name()} returned an invalid gradient at index {position} - got "
                f"{listed(grad.shape)} but expected shape compatible with {listed(shape)}"
            )
        grad = sum_to(grad, shape)
    return convert(grad, dtype)
