"""Floor 1. What is said about writing in place, and about saved tensors that were written to.

In the style of `errors.py`: PyTorch's words first, then what to do. A function named after a
mistake returns the exception to raise; one named `check_…` raises it.
"""

import numpy as np

from .arrays import address
from .errors import cannot_broadcast, listed
from .places import quoted

INSTEAD = (
    "Its value would change without the graph knowing. Write inside `with torch.no_grad():`, or to "
    "x.data, or make a new tensor: x = x + 1 instead of x += 1."
)


# --- which tensors may be written to --------------------------------------------------------------
def write_to_tracked(tensor):
    """For writes that no operation records: `tensor` is tracked, and the mode is on."""
    if tensor._node is None:
        return leaf(False)
    return RuntimeError(
        "this write is not an operation that the graph records. Use an in-place operation, such "
        "as x.copy_(values), or write inside `with torch.no_grad():`."
    )


def leaf(view):
    return RuntimeError(
        f"a {'view of a ' * view}leaf Variable that requires grad is being used in an in-place "
        f"operation. {INSTEAD}"
    )


def check_writable(tensor):
    """RuntimeError unless a recorded write to this tensor makes sense."""
    if tensor._base is not None:
        if tensor._made_by is not None:
            raise view_of_several(tensor, tensor._node, "is being")
        if tensor._requires_grad and tensor._base._node is None:
            raise leaf(True)
    if tensor._requires_grad and tensor._node is None:
        raise leaf(False)


def check_history(view, was):
    """RuntimeError for a view whose history cannot be written anew after a write to its base."""
    if view._made_by is not None:
        raise view_of_several(view, was, "its base or another view of its base has been")


def view_of_several(view, node, what):
    """The error for a view whose history cannot change; `what` happened to it, modified inplace."""
    node = getattr(node, "was", node)  # of a history that is out of date, what it was
    mode_name = "inference" if view._made_by == "inference" else "no_grad"
    how = " in normal mode" if mode_name == "inference" else " with grad mode enabled"
    subject = f"A view was created in {mode_name} mode and"
    if node is not None:
        name = node.operation.name().split("Backward")[0]
        subject = f"Output {node.output_nr} of {name} is a view"
        if view._made_by in ("several", "function"):
            subject, how = subject + " and", ""
        else:
            subject += f" of a view which was created in {mode_name} mode and"
            how = " with grad mode enabled"
    reason = REASONS[view._made_by].format(block=mode_name)
    return RuntimeError(f"{subject} {what} modified inplace{how}. {reason}")


_AMBIGUOUS = (
    "Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your "
    "code by moving both the view and the inplace either both inside the {block} block (if you "
    "don't want the inplace to be tracked) or both outside (if you want the inplace to be tracked)."
)
REASONS = {
    "no_grad": _AMBIGUOUS,
    "inference": _AMBIGUOUS.replace("{block}", "inference_mode"),
    "several": "This view is the output of a function that returns multiple views. Such functions "
    "do not allow the output views to be modified inplace. You should replace the inplace "
    "operation by an out-of-place one.",
    "function": "This view was created inside a custom Function (or because an input was returned "
    "as-is) and the autograd logic to handle view+inplace would override the custom backward "
    "associated with the custom Function, leading to incorrect gradients. This behavior is "
    "forbidden. You can fix this by cloning the output of the custom Function.",
}


def lost_its_base():
    return RuntimeError(
        "this view no longer lies in the memory of its base: the base was given other data "
        "(`base.data = …`) after the view was made. Make the view again."
    )


def reshaped_view(operation):
    return NotImplementedError(
        f"{operation} of a view is not built: the base would have to learn of the new shape. Use "
        f"the result instead: y = x.{operation[:-1]}(...)."
    )


def check_detachable(tensor):
    if tensor._base is not None:
        raise RuntimeError(
            "Can't detach views in-place. Use detach() instead: y = x[0].detach(). A view's "
            "history is that of its base."
        )


# --- what may be written --------------------------------------------------------------------------
KINDS = {"b": 0, "u": 1, "i": 1, "f": 2}


def check_result_fits(tensor, result):
    """An in-place operation can change neither the shape of a tensor nor its dtype's kind."""
    array, values = tensor.array, result._array
    if values.dtype is not array.dtype and KINDS[values.dtype.kind] > KINDS[array.dtype.kind]:
        raise RuntimeError(
            f"result type {result.dtype.tensor_type} can't be cast to the desired output type "
            f"{tensor.dtype.tensor_type}. Make a new tensor: y = x + 1.5 instead of x += 1.5."
        )
    if values.shape != array.shape:
        raise RuntimeError(
            f"output with shape {listed(array.shape)} doesn't match the broadcast shape "
            f"{listed(values.shape)}. Written in place, the result must have its shape."
        )
    check_no_repeats(array)


def check_no_repeats(array):
    """RuntimeError for (expanded) memory in which several elements share one place."""
    if 0 in array.strides and repeats(array):
        raise RuntimeError(
            "unsupported operation: more than one element of the written-to tensor refers to a "
            "single memory location. Please clone() the tensor before performing the operation."
        )


def repeats(array):
    """Whether several elements of an (expanded) array share one place in memory."""
    if not array.size:
        return False
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


def check_overlap(tensor, operands):
    """RuntimeError for an operand that shares some of the memory to be written to, but not all."""
    array = tensor.array
    for each in operands:
        other = each.array
        if overlap(array, other):
            same = address(array) == address(other)
            if not same or (array.shape, array.strides) != (other.shape, other.strides):
                raise RuntimeError(
                    "unsupported operation: some elements of the input tensor and the written-to "
                    "tensor refer to a single memory location. Please clone() the tensor before "
                    "performing the operation."
                )


def overlap(array, other):
    """Whether two arrays share memory, where that is easy to see: both without gaps and repeats."""
    if type(array) is not type(other):  # on two devices
        return False
    return np.may_share_memory(array, other) and is_dense(array) and is_dense(other)


def is_dense(array):
    """Whether an array fills its memory without gaps or repeats, in whatever order."""
    step = array.itemsize
    pairs = zip(array.shape, array.strides, strict=True)
    for length, stride in sorted(pairs, key=lambda pair: pair[::-1]):
        if length > 1:
            if stride != step:
                return False
            step *= length
    return True


def check_filling(value):
    if value._array.ndim:
        raise RuntimeError(
            "fill_ only supports 0-dimension value tensor but got tensor with "
            f"{value._array.ndim} dimensions."
        )


def check_geometry(size, stride, storage_offset):
    if len(size) != len(stride):
        raise RuntimeError(
            f"mismatch in length of strides and shape: {len(stride)} steps for {len(size)} lengths."
        )
    if any(step < 0 for step in stride):
        raise RuntimeError(
            "as_strided: Negative strides are not supported at the moment, got strides: "
            f"{listed(stride)}"
        )
    if storage_offset < 0:
        raise RuntimeError(f"Tensor: invalid storage offset {storage_offset}")


def out_of_bounds(size, stride, offset, array, reached, there):
    width = array.itemsize
    return RuntimeError(
        f"setStorage: sizes {listed(size)}, strides {listed(stride)}, storage offset {offset}, and "
        f"itemsize {width} requiring a storage size of {reached * width} are out of bounds for "
        f"storage of size {there * width}"
    )


# --- saved tensors --------------------------------------------------------------------------------
def check_can_be_saved(tensor):
    """The version of a tensor that is being saved; RuntimeError for one of inference mode."""
    if tensor is None or tensor._counter is None:
        return 0
    if tensor._counter.refuses:
        raise RuntimeError(
            "Inference tensors cannot be saved for backward. Please do not use Tensors created in "
            "inference mode in computation tracked by autograd. To work around this, you can make "
            "a clone to get a normal tensor and use it in autograd, or use `torch.no_grad()` "
            "instead of `torch.inference_mode()`."
        )
    return tensor._counter.count


def check_unchanged(node, position, tensor, seen):
    """RuntimeError for a saved tensor that was cut out of the graph, or written to, since."""
    cut = tensor._detached_from
    if cut is not None:
        for each in node.next:
            if each is not None and getattr(each, "number", None) == cut:
                raise RuntimeError(
                    "Trying to use a saved tensor that has been detached in-place, i.e. with "
                    ".detach_().This is not supported, please use out-of-place `.detach()` instead"
                )
    if tensor._version != seen:
        raise modified_in_place(node, position, tensor, seen)


def modified_in_place(node, position, tensor, seen):
    name = f"`{node.saved_names[position]}`" if node.saved_names else f"number {position}"
    made = node if position < len(node._own) and node._own[position] else tensor._node
    made = getattr(made, "was", made)  # of a history that is out of date, what it was
    which = ""
    if made is not None:
        maker = made.operation.name().split("Backward")[0]
        which = f", which is output {made.output_nr} of {maker},"
    written = tensor._counter.written
    changed = f" The line that changed it: {quoted(written)}." if written else ""
    return RuntimeError(
        "one of the variables needed for gradient computation has been modified by an inplace "
        f"operation: [torch.{tensor.dtype.tensor_type}Tensor {listed(tensor.shape)}]{which} is at "
        f"version {tensor._version}; expected version {seen} instead. {node.name()} had saved it "
        f"as {name} for the backward pass, and its numbers are no longer those it saw.{changed} "
        "Make a new tensor instead of changing this one, or change a copy: x.clone()."
    )


# --- inference mode -------------------------------------------------------------------------------
def no_version():
    return RuntimeError("Inference tensors do not track version counter.")


def write_to_inference_tensor():
    return RuntimeError(
        "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a "
        "clone to get a normal tensor before doing inplace update."
        "See https://github.com/pytorch/rfcs/pull/17 for more details."
    )
