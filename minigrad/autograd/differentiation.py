"""Floor 6. `autograd.backward` and `autograd.grad`: the backward pass from several outputs."""

from .. import arrays, backward_errors
from ..carriers import as_tensor, home
from ..hooks import NOTHING
from ..passes import check_seeds, differentiate, send_back
from ..tensor import Tensor, new


def backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, inputs=None):
    """Add to the `grad` of every leaf the derivatives of some tensors, weighted by `grad_tensors`.

    As `Tensor.backward`, for one tensor or several: the contributions of all are added up.
    """
    tensors = backward_errors.check_several(tensors, Tensor)
    send_back(tensors, seeds_of(tensors, grad_tensors), retain_graph, create_graph, inputs)


def grad(
    outputs,
    inputs,
    grad_outputs=None,
    retain_graph=None,
    create_graph=False,
    allow_unused=None,
    is_grads_batched=False,
    materialize_grads=False,
):
    """The derivatives of `outputs` with respect to `inputs`, as a tuple of tensors.

    Several outputs are weighted by `grad_outputs` and added up: one vector-Jacobian product. No
    `.grad` is touched. An input that the outputs do not depend on is an error, unless
    `allow_unused` (then its gradient is None) or `materialize_grads` (then zeros).

    RuntimeError and TypeError as for `backward`; NotImplementedError for `is_grads_batched`.
    """
    backward_errors.check_allow_unused(allow_unused, materialize_grads)
    if is_grads_batched:
        raise backward_errors.no_vmap("is_grads_batched=True")
    outputs = backward_errors.check_several(outputs, Tensor)
    seeds = check_seeds(outputs, seeds_of(outputs, grad_outputs), create_graph)
    inputs = backward_errors.check_inputs(inputs, Tensor, "grad")

    def collect(arrived, plan):
        return [arrived_at(each, arrived, plan) for each in inputs]

    found = differentiate(outputs, seeds, collect, inputs, retain_graph, create_graph)
    for number, (each, grad) in enumerate(zip(inputs, found, strict=True)):
        if grad is None and materialize_grads:
            found[number] = new(Tensor)
            found[number]._array = arrays.zeros(each._array.shape, each._array.dtype, each._array)
        elif grad is None and not allow_unused:
            raise backward_errors.unused(number)
    return tuple(found)


def seeds_of(tensors, gradients):
    """The gradients of the outputs as a sequence, None for those that were left out."""
    if gradients is None:
        return (None,) * len(tensors)
    return backward_errors.check_gradients(gradients, Tensor)


def arrived_at(tensor, arrived, plan):
    """What has arrived at a tensor in a pass, after its hooks, as a tensor of its own; or None."""
    node = tensor._node
    grad = plan.found.get(node, NOTHING) if node is not None else arrived.get(tensor, NOTHING)
    if grad is NOTHING:
        return None
    if node is None and tensor._hooked is not None:
        grad = tensor._hooked.seen(grad)
        if grad is None:
            return None
    if plan.create_graph:
        return grad
    found = new(Tensor)
    found._array = home(as_tensor(grad)._array, tensor).astype(tensor._array.dtype)
    return found
