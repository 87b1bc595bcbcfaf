"""Floor 4. The backward pass: from the outputs to the leaves, each node once, the newest first."""

import heapq

import numpy as np

from . import backward_errors
from .function import Observers, saved_tensors
from .grad_mode import mode
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
    """Add a gradient to `tensor.grad`: an array, in place, or a tensor (of a recorded pass)."""
    backward_errors.check_gradient_shape(tensor, grad)
    before = tensor._grad
    if isinstance(grad, Tensor):
        tensor._grad = grad.clone() if before is None else before + grad
    elif before is None:
        tensor._grad = new(Tensor)
        tensor._grad._array = np.array(grad, tensor._array.dtype)
    else:
        before.array[...] += grad
        if before._counter is not None:
            before._counter.add()


def deliver(leaf, grad):
    """Hand what has arrived at a leaf to its hooks, if it has any, and add it to `.grad`."""
    if leaf._hooked is not None:
        leaf._hooked.deliver(leaf, None if grad is NOTHING else grad, accumulate)
    elif grad is not NOTHING:
        accumulate(leaf, grad)


class Nothing:
    """What arrives where a rule gave None: any gradient that arrives later takes its place."""

    def __add__(self, grad):
        return grad


NOTHING = Nothing()


def of_nothing(node):
    """What a node sends on if nothing has arrived: nothing, unless hooks or its rule say more."""
    hooked = vars(node).get("backward")
    return node.of_nothing() if hooked is None else hooked(node, None)


def run(roots, retain_graph=False, plan=None, queue=None):
    """Send gradients back from the nodes `roots`; return {leaf: the gradient that arrived there}.

    `roots` is {node: gradient}. There is no recursion: a loop takes one node after the other from
    the queue. Every node runs once, after all that arrives at it has been added up. Its saved
    values are dropped at once unless `retain_graph`. A `plan` decides which nodes run, and on what.
    A lesson may pass another queue to run the nodes in a wrong order.
    """
    queue = NewestFirst() if queue is None else queue
    observer, arrived = Observers.current, dict(roots)
    for root in roots:
        if not isinstance(root, Tensor):
            queue.push(root)
    node = queue.pop() if queue else None
    while node is not None:
        grad = arrived.pop(node)
        if plan is not None:
            grads, edges = plan.visit(node, grad)
        elif grad is NOTHING:
            grads, edges = of_nothing(node), node.next
        else:
            grads, edges = node.backward(node, grad), node.next
        if type(grads) is not tuple:
            grads = (grads,)
        if len(grads) != len(edges):
            raise backward_errors.wrong_gradients(node, grads)
        if node.fit is not None and edges:
            grads = node.fit_inputs(grads)
        if observer is not None:
            observer.stepped(node, grad, grads)
        following = None
        try:
            for edge, grad in zip(edges, grads):
                if grad is None:
                    if edge is None or edge in arrived:
                        continue
                    grad = NOTHING
                elif edge is None:
                    continue
                before = arrived.get(edge)
                arrived[edge] = grad if before is None else before + grad
                if before is None and not isinstance(edge, Tensor):
                    if following is None:
                        following = edge
                    else:
                        queue.push(edge)
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


class Recorded:
    """A node as its rule sees it in a pass that is itself recorded: saved values are tensors."""

    recorded = True

    def __init__(self, node):
        self.node = node

    def __getattr__(self, name):
        return getattr(self.node, name)

    @property
    def saved(self):
        return saved_tensors(self.node)


class Plan:
    """What `inputs=` and `create_graph=True` change about a backward pass.

    With `inputs`, only nodes on the way to one of them run, and `found` gets what arrives at those
    that are no leaves. With `create_graph` the rules work on tensors, and are recorded.
    """

    def __init__(self, roots, inputs=None, create_graph=False):
        self.create_graph, self.found, self.wanted, self.needed = create_graph, {}, (), None
        if inputs is not None:
            self.wanted = {each._node or each for each in inputs}
            self.needed = set()
            for node in reachable(roots):
                if any(each in self.wanted or each in self.needed for each in node.next):
                    self.needed.add(node)

    def visit(self, node, grad):
        """(gradients, edges that they go along) of one node; none if it need not run."""
        needed = self.needed is None or node in self.needed
        if node in self.wanted:
            self.found[node] = grad if needed else self.after_hooks(node, grad)
        if not needed:
            return (), ()
        if grad is NOTHING:
            grads = of_nothing(node)
        else:
            grads = node.backward(Recorded(node) if self.create_graph else node, grad)
        if self.needed is None:
            return grads, node.next
        return grads, [each if self.leads_on(each) else None for each in node.next]

    def leads_on(self, edge):
        """Whether a node or a leaf is wanted, or lies on the way to one that is."""
        return self.needed is None or edge in self.wanted or edge in self.needed

    def after_hooks(self, node, grad):
        """What arrives at a node that does not run, after the hooks of its tensor."""
        hooks = vars(node.operation).get("backward")
        if hooks is None or grad is NOTHING:
            return grad
        return hooks.see(node.output_nr, grad, not self.create_graph)


def reachable(roots):
    """All nodes that can be reached from some nodes, the oldest first."""
    found = {each for each in roots if not isinstance(each, Tensor)}
    waiting = list(found)
    while waiting:
        for each in waiting.pop().next:
            if each is not None and not isinstance(each, Tensor) and each not in found:
                found.add(each)
                waiting.append(each)
    return sorted(found, key=lambda node: node.number)


def differentiate(tensors, seeds, finish, inputs=None, retain_graph=None, create_graph=False):
    """Run the backward pass from some tensors, and return `finish(what arrived, plan)`.

    `seeds` are their gradients: arrays, or tensors if the pass is recorded (`create_graph`).
    What arrived is {leaf: gradient}; the plan is None for a pass with neither of the options.
    """
    roots = {}
    for tensor, seed in zip(tensors, seeds, strict=True):
        root = tensor._node or tensor
        roots[root] = roots[root] + seed if root in roots else seed
    plan = None
    if create_graph or inputs is not None:
        plan = Plan(roots, inputs, create_graph)
        roots = {root: seed for root, seed in roots.items() if plan.leads_on(root)}
    retain = create_graph if retain_graph is None else retain_graph
    before, mode.enabled = mode.enabled, create_graph
    try:
        return finish(run(roots, retain, plan), plan)
    finally:
        mode.enabled = before


def deliver_all(arrived, plan):
    """Hand each leaf what has arrived there."""
    for leaf, grad in arrived.items():
        deliver(leaf, grad)


def backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None):
    """Add to the `grad` of every leaf the derivative of this tensor with respect to it.

    `gradient` is the vector v of the vector-Jacobian product, a tensor of this tensor's shape; a
    tensor with one element does without (v = 1). Saved values are freed unless `retain_graph`.
    With `create_graph` the pass is itself recorded, so that its results can be differentiated.
    With `inputs` (tensors) only their `grad` is computed.

    RuntimeError if the tensor has no graph, has several elements and no `gradient`, if the shapes
    differ, if the graph has been freed, or if a saved tensor has been changed in place since.
    """
    seeds = backward_errors.check_seeds([self], [gradient], create_graph)
    if inputs is not None:
        inputs = backward_errors.check_inputs(inputs, Tensor, "backward")
        for each in inputs:
            if each._node is not None or not each._requires_grad:
                each.retain_grad()
    differentiate([self], seeds, deliver_all, inputs, retain_graph, create_graph)


Tensor.backward = backward
