"""Floor 1. Errors that teach: PyTorch's words first, then what to do.

Functions named after a mistake return the exception to raise; those named `check_…` raise it.
The texts that PyTorch has are its own words (2.13), so that what a search engine knows about them
helps here too.
"""

import warnings

import numpy as np

KINDS = "float16, float32, float64, int8, int16, int32, int64, uint8 and bool"


def listed(shape):
    """A shape as PyTorch's messages write it: [2, 3]."""
    return str(list(shape))


def unsupported_dtype(numpy_dtype):
    return TypeError(
        f"can't convert np.ndarray of type {numpy_dtype}. The only supported types are: {KINDS}."
    )


# --- flags, grad and data -------------------------------------------------------------------------
def flag_of_non_leaf():
    return RuntimeError(
        "you can only change requires_grad flags of leaf variables. If you want to use a computed "
        "variable in a subgraph that doesn't require differentiation use "
        "var_no_grad = var.detach()."
    )


def needs_floating_point(tensor):
    return RuntimeError(
        "only Tensors of floating point dtype can require gradients: this one is "
        f"{tensor.dtype}. Derivatives need numbers that can change a little; "
        "make it with dtype=torch.float32, or convert it with .float()."
    )


def warn_grad_of_non_leaf(tensor):
    warnings.warn(
        "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad "
        "attribute won't be populated during autograd.backward(). If you indeed want the .grad "
        "field to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. "
        "If you access the non-leaf Tensor by mistake, make sure you access the leaf Tensor "
        "instead. See github.com/pytorch/pytorch/pull/30531 for more information.",
        UserWarning,
        stacklevel=3,
    )


def check_assigned_grad(tensor, gradient):
    if not isinstance(gradient, tensor_class(tensor)):
        raise TypeError(
            f"assigned grad expected to be a Tensor or None but got grad of type "
            f"{type(gradient).__name__}. Wrap it: torch.tensor(...)."
        )
    if gradient is tensor:
        raise RuntimeError("can't assign Variable as its own grad. Assign a copy: x.clone().")
    if gradient.shape != tensor.shape:
        raise RuntimeError(
            f"attempting to assign a gradient of size '{listed(gradient.shape)}' to a tensor of "
            f"size '{listed(tensor.shape)}'. Please ensure that the gradient and the tensor are "
            "the same size: a gradient has one number for each number of its tensor."
        )
    if gradient.dtype is not tensor.dtype:
        raise RuntimeError(
            f"attempting to assign a gradient with dtype '{gradient.dtype}' to a tensor with "
            f"dtype '{tensor.dtype}'. Convert it first: gradient.to({tensor.dtype})."
        )


def check_assigned_data(tensor, value):
    if not isinstance(value, tensor_class(tensor)):
        raise TypeError(
            f"Variable data has to be a tensor, but got {type(value).__name__}. "
            "Wrap it: torch.tensor(...)."
        )
    if tensor.requires_grad and not value.dtype.is_floating_point:
        raise RuntimeError(
            "data set to a tensor that requires gradients must be floating point or complex "
            f"dtype: got {value.dtype}."
        )
    return value


def tensor_class(tensor):
    """The class `Tensor`, from a tensor: this floor cannot import it."""
    return next(each for each in type(tensor).__mro__ if each.__name__ == "Tensor")


# --- writing in place -----------------------------------------------------------------------------
def write_to_tracked(tensor, view=False):
    if tensor._node is None:
        return RuntimeError(
            f"a {'view of a ' * view}leaf Variable that requires grad is being used in an in-place "
            "operation. Its value would change without the graph knowing. Write inside `with "
            "torch.no_grad():`, or to x.data, or make a new tensor: x = x + 1 instead of x += 1."
        )
    return write_in_graph()


def write_in_graph():
    return NotImplementedError(
        "an in-place write that the graph would have to record is not built yet. Make a new "
        "tensor: y = y + 1 instead of y += 1 or y.add_(1). To write without recording, do it "
        "inside `with torch.no_grad():`."
    )


def modified_in_place(node, position, tensor, seen):
    name = f"`{node.saved_names[position]}`" if node.saved_names else f"number {position}"
    return RuntimeError(
        "one of the variables needed for gradient computation has been modified by an inplace "
        f"operation: [torch.{tensor.dtype.tensor_type}Tensor {listed(tensor.shape)}] is at version "
        f"{tensor._version}; expected version {seen} instead. {node.name()} had saved it as {name} "
        "for the backward pass, and its numbers are no longer those it saw. Make a new tensor "
        "instead of changing this one, or change a copy: x.clone()."
    )


def check_result_fits(tensor, result):
    """An in-place operation can change neither the shape of a tensor nor its dtype's kind."""
    kinds = {"b": 0, "u": 1, "i": 1, "f": 2}
    array, values = tensor.array, result._array
    if kinds[values.dtype.kind] > kinds[array.dtype.kind]:
        raise RuntimeError(
            f"result type {result.dtype.tensor_type} can't be cast to the desired output type "
            f"{tensor.dtype.tensor_type}. Make a new tensor: y = x + 1.5 instead of x += 1.5."
        )
    if values.shape != array.shape:
        raise RuntimeError(
            f"output with shape {listed(array.shape)} doesn't match the broadcast shape "
            f"{listed(values.shape)}. Written in place, the result must have its shape."
        )
    if 0 in array.strides and repeats(array):
        raise RuntimeError(
            "unsupported operation: more than one element of the written-to tensor refers to a "
            "single memory location. Please clone() the tensor before performing the operation."
        )


def repeats(array):
    """Whether several elements of an (expanded) array share one place in memory."""
    return any(not step and n > 1 for n, step in zip(array.shape, array.strides, strict=True))


def check_copied(tensor, source):
    """The array that `copy_` writes; RuntimeError if it does not broadcast to that shape."""
    shape, values = tensor._array.shape, source._array
    try:
        broadcast = np.broadcast_shapes(shape, values.shape)
    except ValueError:
        raise cannot_broadcast(shape, values.shape) from None
    if broadcast != shape:
        raise RuntimeError(
            f"output with shape {listed(shape)} doesn't match the broadcast shape "
            f"{listed(broadcast)}"
        )
    return values


def cannot_broadcast(first, second):
    """Two shapes that do not fit: names the last dimension at which they differ."""
    for back in range(1, min(len(first), len(second)) + 1):
        one, two = first[-back], second[-back]
        if one != two and 1 not in (one, two):
            where = max(len(first), len(second)) - back
            return RuntimeError(
                f"The size of tensor a ({one}) must match the size of tensor b ({two}) at "
                f"non-singleton dimension {where}: the shapes are {listed(first)} and "
                f"{listed(second)}. Counted from the right, each pair of lengths must be equal "
                "or one of them 1; reshape or unsqueeze one of the tensors."
            )
    raise AssertionError(f"{first} and {second} broadcast")


# --- the backward pass ----------------------------------------------------------------------------
def freed():
    return RuntimeError(
        "Trying to backward through the graph a second time (or directly access saved tensors "
        "after they have already been freed). Saved intermediate values of the graph are freed "
        "when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to "
        "backward through the graph a second time or if you need to access saved tensors after "
        "calling backward."
    )


def check_backward(tensor, gradient):
    """The array to start the backward pass with; RuntimeError or TypeError for a bad start."""
    if not tensor._requires_grad:
        raise RuntimeError(
            "element 0 of tensors does not require grad and does not have a grad_fn. No operation "
            "was recorded: give at least one input requires_grad=True before you compute, and "
            "compute outside torch.no_grad()."
        )
    if gradient is None:
        if tensor._array.size != 1:
            raise RuntimeError(
                "grad can be implicitly created only for scalar outputs: this one has shape "
                f"{listed(tensor.shape)}. Reduce it first (.sum(), .mean()), or say how much each "
                "element counts: backward(gradient) with a tensor of the same shape."
            )
        return np.ones(tensor._array.shape, tensor._array.dtype)
    if not isinstance(gradient, tensor_class(tensor)):
        raise TypeError(
            "gradients can be either Tensors or None, but got "
            f"{type(gradient).__name__}. Wrap it: torch.tensor(...)."
        )
    if gradient.shape != tensor.shape:
        raise RuntimeError(
            f"Mismatch in shape: grad_output[0] has a shape of {gradient.shape} and output[0] has "
            f"a shape of {tensor.shape}. The gradient says how much each element of the output "
            "counts, so it needs the output's shape."
        )
    return gradient._array.astype(tensor._array.dtype, copy=False)


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


# --- what a tensor is to Python -------------------------------------------------------------------
def not_one_element(tensor):
    return RuntimeError(
        f"a Tensor with {tensor._array.size} elements cannot be converted to Scalar. Choose one, "
        "x[0].item(), reduce, x.sum().item(), or take them all: x.tolist()."
    )


def ambiguous(tensor):
    return RuntimeError(
        "Boolean value of Tensor with "
        f"{'more than one value' if tensor._array.size else 'no values'} is ambiguous. "
        "Say which you mean: x.all() or x.any()."
    )


def check_one_number(tensor):
    """The one number of a tensor; ValueError if it has more, or none."""
    if tensor._array.size != 1:
        raise ValueError("only one element tensors can be converted to Python scalars")
    return tensor._array.item()


def numpy_of_tracked():
    return RuntimeError(
        "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead. "
        "NumPy would compute without recording anything."
    )


def deepcopy_of_result():
    return RuntimeError(
        "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol "
        "at the moment.  If you were attempting to deepcopy a module, this may be because of a "
        "torch.nn.utils.weight_norm usage, see https://github.com/pytorch/pytorch/pull/103001. "
        "Copy the numbers alone: x.detach().clone()."
    )
