"""Floor 4. The backward pass: from the outputs to the leaves, each node once, the newest first."""

import heapq
from sys import getrefcount

from . import arrays, backward_errors
from .function import Observers
from .grad_mode import mode
from .hooks import NOTHING, deliver, from_nothing
from .tensor import Tensor, new, share_versions


class NewestFirst(list):
    """The queue of nodes that are ready to run: the one with the highest number comes first.

    A node's number is greater than those of its inputs, so when a node comes up, everything that
    uses its output has already run, and its gradient is complete.
    """

    def push(self, node):
        heapq.heappush(self, (-node.number, node))

    def pop(self):
        return heapq.heappop(self)[1]


def accumulate(tensor, grad, ours=False):
    """Add a gradient to `tensor.grad`: an array, in place, or a tensor (of a recorded pass).

    The first to arrive is copied, unless it is `ours`: an array that nobody else holds.
    """
    backward_errors.check_gradient_shape(tensor, grad)
    before = tensor._grad
    if isinstance(grad, Tensor):
        tensor._grad = grad.clone() if before is None else before + grad
    elif before is None:
        tensor._grad = new(Tensor)
        tensor._grad._array = grad if ours else arrays.copied_as(grad, tensor._array)
    else:
        before.array[...] += grad
        share_versions(before, before)._counter.add(None)


def first(roots, queue):
    """Put the nodes to begin with into the queue, and take the first one out; None without any."""
    if len(roots) == 1:  # no need for a queue
        (root,) = roots
        return None if isinstance(root, Tensor) else root
    for root in roots:
        if not isinstance(root, Tensor):
            queue.push(root)
    return queue.pop() if queue else None


def run(roots, retain_graph=False, plan=None, queue=None):
    """Send gradients back from the nodes `roots`; return {leaf: the gradient that arrived there}.

    `roots` is {node: gradient}. Without recursion a loop takes one node after the other from the
    queue. Each runs once, after all that arrives at it has been added up. Its saved values are
    dropped at once unless `retain_graph`. A `plan` decides which nodes run, and on what. A lesson
    may pass another queue to run the nodes in a wrong order.
    """
    queue = NewestFirst() if queue is None else queue
    observer, arrived, nothing = Observers.current, dict(roots), NOTHING
    node = first(roots, queue)
    while node is not None:
        grad = arrived.pop(node)
        if plan is not None:
            grads, edges = plan.visit(node, grad)
        elif grad is nothing:
            grads, edges = from_nothing(node), node.next
        else:
            grads, edges = node.backward(node, grad), node.next
        grads = grads if type(grads) is tuple else (grads,)
        if len(grads) != len(edges):
            raise backward_errors.wrong_gradients(node, grads)
        if node.fit is not None and edges:
            grads = node.fit_inputs(grads)
        if observer is not None:
            observer.stepped(node, grad, grads)
        following = None
        try:
            for edge, grad in zip(edges, grads):
                if edge is None:
                    continue
                if (before := arrived.get(edge)) is None:
                    arrived[edge] = nothing if grad is None else grad
                    if not isinstance(edge, Tensor):
                        if following is None:
                            following = edge
                        else:
                            queue.push(edge)
                elif grad is not None:
                    arrived[edge] = before + grad
        except ValueError:
            raise backward_errors.wrong_gradients(node, grads) from None
        if node._saved and not retain_graph and edges:
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
    seed = backward_errors.check_seed(0, self, gradient)
    before, mode.enabled = mode.enabled, False
    try:
        arrived = run({self._node or self: seed}, retain_graph)
        for leaf in list(arrived):
            grad = arrived.pop(leaf)
            holders = getrefcount(grad)
            deliver(leaf, grad, accumulate, holders)
    finally:
        mode.enabled = before


Tensor.backward = backward
