"""Floor 1. What is said about the backward pass: its arguments, its rules and its hooks.

In the style of `errors.py`: PyTorch's words first, then what to do. A function named after a
mistake returns the exception to raise; one named `check_…` raises it.
"""

import warnings

from . import arrays
from .errors import listed, tensor_class


# --- the graph ------------------------------------------------------------------------------------
def freed():
    return RuntimeError(
        "Trying to backward through the graph a second time (or directly access saved tensors "
        "after they have already been freed). Saved intermediate values of the graph are freed "
        "when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to "
        "backward through the graph a second time or if you need to access saved tensors after "
        "calling backward."
    )


# --- where the pass begins ------------------------------------------------------------------------
def check_seeds(tensors, gradients):
    """What the pass begins with: for each output an array of its shape and dtype.

    RuntimeError for an output without a graph, for a gradient of another shape, or for one left out
    although the output has several elements; TypeError for what is no tensor.
    """
    if len(tensors) != len(gradients):
        raise RuntimeError(
            f"got {len(tensors)} tensors and {len(gradients)} gradients. Each output needs one, "
            "or None if it has a single element."
        )
    seeds = []
    for number, (tensor, gradient) in enumerate(zip(tensors, gradients, strict=True)):
        seeds.append(check_seed(number, tensor, gradient))
    return seeds


def check_seed(number, tensor, gradient):
    """The array that stands for one `gradient`."""
    array = tensor._array
    if not tensor._requires_grad or getattr(tensor._hooked, "no_way", False):
        raise RuntimeError(
            f"element {number} of tensors does not require grad and does not have a grad_fn. No "
            "operation was recorded: give at least one input requires_grad=True before you "
            "compute, and compute outside torch.no_grad()."
        )
    if gradient is None:
        if array.size != 1:
            raise RuntimeError(
                "grad can be implicitly created only for scalar outputs: this one has shape "
                f"{listed(tensor.shape)}. Reduce it first (.sum(), .mean()), or say how much each "
                "element counts: backward(gradient) with a tensor of the same shape."
            )
        return arrays.ones(array.shape, array.dtype, array)
    if not isinstance(gradient, tensor_class(tensor)):
        raise TypeError(
            "gradients can be either Tensors or None, but got "
            f"{type(gradient).__name__}. Wrap it: torch.tensor(...)."
        )
    if gradient.shape != tensor.shape:
        raise RuntimeError(
            f"Mismatch in shape: grad_output[{number}] has a shape of {gradient.shape} and "
            f"output[{number}] has a shape of {tensor.shape}. The gradient says how much each "
            "element of the output counts, so it needs the output's shape."
        )
    return gradient._array.astype(array.dtype, copy=False)


def check_inputs(inputs, tensor_type, function):
    """`inputs` as a tuple; RuntimeError if there is none, or one that is no tracked tensor."""
    if isinstance(inputs, tensor_type):
        inputs = (inputs,)
    try:
        inputs = tuple(inputs)
    except TypeError:
        raise TypeError(
            f"'{type(inputs).__name__}' object is not iterable: `inputs` is a tensor, or several."
        ) from None
    if not inputs:
        raise RuntimeError(f"`inputs` argument to `{function}()` cannot be empty.")
    for each in inputs:
        if not isinstance(each, tensor_type):
            raise RuntimeError(f"all inputs have to be Tensors, but got {type(each).__name__}")
        if not each._requires_grad and function == "grad":
            raise RuntimeError(
                "One of the differentiated Tensors does not require grad. Give it "
                "requires_grad=True before you compute with it."
            )
    return inputs


def check_several(tensors, tensor_type):
    """One tensor or several as a tuple; TypeError for anything else."""
    if isinstance(tensors, tensor_type):
        return (tensors,)
    try:
        tensors = tuple(tensors)
    except TypeError:
        raise TypeError(
            f"'{type(tensors).__name__}' object is not iterable: give a tensor, or several."
        ) from None
    for each in tensors:
        if not isinstance(each, tensor_type):
            raise TypeError(f"expected tensors, but got {type(each).__name__}. Compute with them.")
    return tensors


def check_gradients(gradients, tensor_type):
    """`grad_tensors` as a tuple; TypeError for a bare number."""
    if isinstance(gradients, tensor_type):
        return (gradients,)
    try:
        return tuple(gradients)
    except TypeError:
        raise TypeError(
            f"'{type(gradients).__name__}' object is not iterable: the gradients of the outputs "
            "are a tensor, or a list with one for each output."
        ) from None


def no_vmap(what):
    return NotImplementedError(
        f"{what} needs vmap, which minigrad does not have. Call grad once for each gradient."
    )


def unused(number):
    return RuntimeError(
        f"The differentiated Tensor at index {number} appears to not have been used in the graph. "
        "Set allow_unused=True if this is the desired behavior."
    )


def check_allow_unused(allow_unused, materialize_grads):
    if materialize_grads and allow_unused is False:
        raise ValueError(
            "Expected allow_unused to be True or not passed when materialize_grads=True, but got: "
            "allow_unused=False."
        )


def warn_of_cycle():
    warnings.warn(
        "Using backward() with create_graph=True will create a reference cycle between the "
        "parameter and its gradient which can cause a memory leak. We recommend using "
        "autograd.grad when creating the graph to avoid this. If you have to use this function, "
        "make sure to reset the .grad fields of your parameters to None after use to break the "
        "cycle and avoid the leak.",
        UserWarning,
        stacklevel=4,
    )


# --- rules ----------------------------------------------------------------------------------------
def wrong_gradients(node, grads):
    """A rule gave too many or too few gradients, or two that cannot be added."""
    if len(grads) != len(node.next):
        return RuntimeError(
            f"function {node.name()} returned an incorrect number of gradients (expected "
            f"{len(node.next)}, got {len(grads)}). A rule returns one for each input, None for an "
            "input that needs none."
        )
    shapes = ", ".join("None" if grad is None else listed(grad.shape) for grad in grads)
    return RuntimeError(
        f"Function {node.name()} returned an invalid gradient: its gradients have the shapes "
        f"{shapes}, and one of them cannot be added to what arrived before. A gradient has the "
        "shape of its input."
    )


def check_gradient_shape(tensor, grad):
    if grad.shape != tensor._array.shape:
        raise RuntimeError(
            f"a rule returned an invalid gradient - got {listed(grad.shape)} but expected shape "
            f"compatible with {listed(tensor.shape)}. A gradient has the shape of its input."
        )


# --- hooks ----------------------------------------------------------------------------------------
def check_hookable(tensor, hook):
    if not tensor._requires_grad:
        raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
    if not callable(hook):
        raise TypeError(f"a hook is a function of the gradient, not {type(hook).__name__}.")


def post_accumulate_hook_of_non_leaf():
    return RuntimeError(
        "post accumulate grad hooks cannot be registered on non-leaf tensors: only a leaf "
        "accumulates. Use register_hook, which sees the gradient as it passes."
    )


def retain_grad_of_untracked():
    return RuntimeError("can't retain_grad on Tensor that has requires_grad=False")


def check_hooked(hook, before, returned, tensor_type, single=False):
    """The gradients after a hook: what it returned, or `before` if that is None.

    TypeError for what is no tensor, RuntimeError for other shapes, dtypes or numbers of tensors.
    """
    if returned is None:
        return before
    name = getattr(hook, "__name__", type(hook).__name__)
    if single:
        returned = (returned,)
    if not isinstance(returned, tuple):
        raise TypeError(f"expected tuple, but hook returned '{type(returned).__name__}'")
    if len(returned) != len(before):
        raise RuntimeError(
            f"hook '{name}' has returned an incorrect number of values (got {len(returned)}, but "
            f"expected {len(before)})"
        )
    for old, grad in zip(before, returned, strict=True):
        if grad is None:
            continue
        if not isinstance(grad, tensor_type):
            raise TypeError(f"expected Variable, but hook returned '{type(grad).__name__}'")
        if old is not None and grad.shape != old.shape:
            raise RuntimeError(
                f"hook '{name}' has changed the size of value: it was {listed(old.shape)} and is "
                f"{listed(grad.shape)}."
            )
        if old is not None and grad.dtype is not old.dtype:
            raise RuntimeError(
                f"hook '{name}' has changed the type of value (was "
                f"torch.{old.dtype.tensor_type}Tensor got torch.{grad.dtype.tensor_type}Tensor)"
            )
    return returned


def check_returns_nothing(hook, returned):
    if returned is not None:
        raise TypeError(
            f"expected None, but hook returned '{type(returned).__name__}': a hook that runs after "
            "the gradient has been added up cannot replace it."
        )


def node_takes_one(expected, got):
    return TypeError(
        f"expected {expected} arguments, got {got} instead: one gradient for each output."
    )


# --- packed saved tensors -------------------------------------------------------------------------
def pack_hook_wrote():
    return RuntimeError(
        "A saved tensor pack hook is modifying its input in place. Tensors provided as input to "
        "pack hook cannot be modified by in-place operations as this can lead to unexpected "
        "side-effects. Pack a copy: tensor.clone()."
    )


def check_unpacked(unpacked, shape, tensor_type):
    if not isinstance(unpacked, tensor_type):
        raise TypeError(
            "Output of saved tensor unpack_hook expected to be a Tensor but got result of type "
            f"{type(unpacked).__name__}"
        )
    if unpacked._array.shape != shape:
        raise RuntimeError(
            "Output of saved tensor unpack_hook expected to have the shape that was packed, "
            f"{listed(shape)}, but got {listed(unpacked.shape)}"
        )
    return unpacked


def packed_already():
    return RuntimeError(
        "Calling register_hooks on a saved tensor whose hooks have already been set. Hint: only "
        "one pair of hooks is allowed at a time."
    )


def packed_after_freeing():
    return RuntimeError(
        "Calling register_hooks on a saved tensor after it has been freed. Saved intermediate "
        "values of the graph are freed when you call .backward() or autograd.grad(). Specify "
        "retain_graph=True if you need to backward through the graph a second time or if you need "
        "to access saved variables after calling backward."
    )
