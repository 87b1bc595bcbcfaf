"""Floor 4. Backward passes with a plan: to chosen inputs only, or recorded themselves."""

from . import backward_errors, engine
from .carriers import as_tensor
from .engine import accumulate, run
from .grad_mode import mode
from .hooks import NOTHING, deliver, from_nothing, keep_gradients
from .tensor import Tensor
from .walking import nodes_below


class Plan:
    """What `inputs=` and `create_graph=True` change about a backward pass.

    With `inputs`, only nodes on the way to one of them run (and, if `run_wanted`, their own nodes),
    and `found` gets what arrives at those that are no leaves. With `create_graph` the rules work on
    tensors, and are recorded.
    """

    def __init__(self, roots, inputs=None, create_graph=False, run_wanted=False):
        self.create_graph, self.found, self.wanted, self.needed = create_graph, {}, (), None
        if inputs is not None:
            self.wanted = {each._node or each for each in inputs}
            self.needed = set()
            for node in nodes_below(roots):
                wanted = run_wanted and node in self.wanted
                if wanted or any(e in self.wanted or e in self.needed for e in node.next):
                    self.needed.add(node)

    def visit(self, node, grad):
        """(gradients, edges that they go along) of one node; none if it need not run."""
        needed = self.needed is None or node in self.needed
        if node in self.wanted:
            self.found[node] = grad if needed else self.after_hooks(node, grad)
        if not needed:
            return (), ()
        if grad is NOTHING:
            grads = from_nothing(node)
        else:
            grads = node.backward(node.as_recorded() if self.create_graph else node, grad)
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
        plan = Plan(roots, inputs, create_graph, run_wanted=finish is deliver_all)
        roots = {root: seed for root, seed in roots.items() if plan.leads_on(root)}
    retain = create_graph if retain_graph is None else retain_graph
    before, mode.enabled = mode.enabled, create_graph
    try:
        return finish(run(roots, retain, plan), plan)
    finally:
        mode.enabled = before


def check_seeds(tensors, gradients, create_graph):
    """What the pass begins with: arrays, or tensors (with their history) if it is recorded."""
    seeds = backward_errors.check_seeds(tensors, gradients)
    if not create_graph:
        return seeds
    return [
        as_tensor(seed) if gradient is None else gradient.to(tensor.dtype)
        for seed, gradient, tensor in zip(seeds, gradients, tensors, strict=True)
    ]


def deliver_all(arrived, plan):
    """Hand each leaf what has arrived there."""
    for leaf, grad in arrived.items():
        deliver(leaf, grad, accumulate)


def send_back(tensors, gradients, retain_graph, create_graph, inputs):
    """Add to `grad` what a pass from some tensors brings: of all leaves, or only of `inputs`."""
    seeds = check_seeds(tensors, gradients, create_graph)
    if create_graph:
        backward_errors.warn_of_cycle()
    if inputs is not None:
        inputs = backward_errors.check_inputs(inputs, Tensor, "backward")
        keep_gradients(inputs)
    differentiate(tensors, seeds, deliver_all, inputs, retain_graph, create_graph)


def backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None):
    """Add to the `grad` of every leaf the derivative of this tensor with respect to it.

    `gradient` is the vector v of the vector-Jacobian product, a tensor of this tensor's shape; a
    tensor with one element does without (v = 1). Saved values are freed unless `retain_graph`.
    With `create_graph` the pass is itself recorded, so that its results can be differentiated.
    With `inputs` (tensors) only their `grad` is computed.

    RuntimeError if the tensor has no graph, has several elements and no `gradient`, if the shapes
    differ, if the graph has been freed, or if a saved tensor has been changed in place since.
    """
    if not create_graph and inputs is None:
        engine.backward(self, gradient, retain_graph)
        return
    send_back([self], [gradient], retain_graph, create_graph, inputs)


Tensor.backward = backward
