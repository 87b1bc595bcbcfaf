"""Floor 4. The backward pass: from the output to the leaves, each node once, the newest first."""

import heapq
import weakref

import numpy as np

from . import errors
from .function import Observers
from .tensor import Tensor, new


class NewestFirst(list):
    """The queue of nodes that are ready to run: the one with the highest number comes first.

    A node's number is greater than those of its inputs, so when a node comes up, everything that
    uses its output has already run, and its gradient is complete.
    """

    def push(self, node):
        heapq.heappush(self, (-node.number, node))

    def pop(self):
        return heapq.heappop(self)[1]


def accumulate(tensor, grad):
    """Add a gradient (an array) to `tensor.grad`, without writing to memory that others hold."""
    errors.check_gradient_shape(tensor, grad)
    if tensor._grad is None:
        tensor._grad = new(Tensor)
        tensor._grad._array = np.array(grad, tensor._array.dtype)
    else:
        tensor._grad._array = tensor._grad.array + grad


def run(root, gradient, retain_graph=False, queue=None):
    """Send `gradient` back from the node `root`; return {leaf: the gradient that arrived there}.

    There is no recursion: a loop takes one node after the other from the queue. Every node runs
    once, after all that arrives at it has been added up. Its saved values are dropped at once
    unless `retain_graph`. A lesson may pass another queue to run the nodes in a wrong order.
    """
    queue = NewestFirst() if queue is None else queue
    observer = Observers.current
    arrived, node = {root: gradient}, root
    while node is not None:
        grad = arrived.pop(node)
        grads = node.backward(node, grad)
        if type(grads) is not tuple:
            grads = (grads,)
        if len(grads) != len(node.next):
            raise errors.wrong_gradients(node, grads)
        if node.fit is not None:
            grads = node.fit_inputs(grads)
        if observer is not None:
            observer.stepped(node, grad, grads)
        following = None
        try:
            for edge, grad in zip(node.next, grads):
                if edge is None or grad is None:
                    continue
                before = arrived.get(edge)
                arrived[edge] = grad if before is None else before + grad
                if before is None and not isinstance(edge, Tensor):
                    if following is None:
                        following = edge
                    else:
                        queue.push(edge)
        except ValueError:
            raise errors.wrong_gradients(node, grads) from None
        if node._saved and not retain_graph:
            node._saved = None
        if queue:  # with nothing else waiting, the one node that follows needs no queue
            if following is not None:
                queue.push(following)
            following = queue.pop()
        node = following
    return arrived


def backward(self, gradient=None, retain_graph=False):
    """Add to the `grad` of every leaf the derivative of this tensor with respect to it.

    `gradient` is the vector v of the vector-Jacobian product, a tensor of this tensor's shape; a
    tensor with one element does without (v = 1). Saved values are freed unless `retain_graph`.

    RuntimeError if the tensor has no graph, has several elements and no `gradient`, if the shapes
    differ, if the graph has been freed, or if a saved tensor has been changed in place since.
    """
    seed = errors.check_backward(self, gradient)
    leaves = {self: seed} if self._node is None else run(self._node, seed, retain_graph)
    for leaf, grad in leaves.items():
        accumulate(leaf, grad)


def retain_grad(self):
    """Ask a tensor that is not a leaf to keep its gradient in `.grad` all the same."""
    kept = weakref.ref(self)

    def keep_and_go_on(ctx, grad):
        if kept() is not None:
            accumulate(kept(), grad)
        return type(ctx).backward(ctx, grad)

    if self._node is not None:
        self._node.backward = keep_and_go_on


Tensor.backward = backward
Tensor.retain_grad = retain_grad
