"""Floor 2. Hooks: functions of the user that the backward pass calls on its way.

They join the engine at one seam: a node with hooks has an attribute `backward`, an object of class
`Hooked`, that is found before the rule of its class and calls it. A leaf has `_hooked`.
Hooks always see tensors, whether the pass itself runs on arrays or on tensors.
"""

import weakref
from collections import OrderedDict
from itertools import count

from . import backward_errors
from .arrays import ALONE, can_be_kept
from .carriers import as_tensor, as_tensors, home, numbers
from .function import Function
from .grad_mode import mode
from .tensor import Tensor

_ids = count().__next__


class Nothing:
    """What arrives where a rule gave None: any gradient that arrives later takes its place."""

    def __add__(self, grad):
        return grad


NOTHING = Nothing()


def from_nothing(node):
    """What a node sends on if nothing has arrived: nothing, unless hooks or its rule say more."""
    hooked = vars(node).get("backward")
    return node.of_nothing() if hooked is None else hooked(node, None)


def of_nothing(self):
    """What the rule gives where no gradient has arrived."""
    return (None,) * len(self.next)


class RemovableHandle:
    """What registering a hook returns: `remove()` takes the hook away. Also a context manager."""

    def __init__(self, hooks, hook):
        self.id, self.hooks = _ids(), weakref.ref(hooks)
        hooks[self.id] = hook

    def remove(self):
        """Take the hook away; a second time does nothing."""
        hooks = self.hooks()
        if hooks is not None:
            hooks.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.remove()


class Hooks(OrderedDict):
    """Hooks in the order in which they were registered (a plain dict has no weak references)."""


class Hooked:
    """The hooks of one node, around its rule.

    `tensor` and `kept` belong to its outputs, by number: hooks of the tensor, and a weak reference
    to a tensor that retains its gradient. `before` and `after` are hooks of the node itself.
    """

    def __init__(self, node):
        self.rule, self.outputs = type(node).backward, node.outputs
        self.tensor, self.kept, self.before, self.after = {}, {}, Hooks(), Hooks()

    @classmethod
    def of(cls, node):
        """The one `Hooked` of a node, made when it is first asked for."""
        if "backward" not in node.__dict__:
            node.backward = cls(node)
        return node.backward

    def __call__(self, ctx, grad):
        plain, before = not ctx.recorded, mode.enabled
        mode.enabled = not plain
        try:
            grads = self.arrived(grad, plain)
            if self.before:
                given = as_tensors(grads)
                for hook in list(self.before.values()):
                    given = backward_errors.check_hooked(hook, given, hook(given), Tensor)
                grads = [numbers(each) if plain else each for each in given]
            results = self.run_rule(ctx, grads, grad)
            if self.after:
                seen, results = as_tensors(grads), as_tensors(results)
                for hook in list(self.after.values()):
                    results = backward_errors.check_hooked(
                        hook, results, hook(results, seen), Tensor
                    )
                results = tuple(numbers(each) if plain else each for each in results)
            return results
        finally:
            mode.enabled = before

    def run_rule(self, ctx, grads, grad):
        """The rule's own result, a tuple; without a gradient there is nothing to compute."""
        if all(each is None for each in grads):
            return ctx.of_nothing()
        if self.outputs == 1:
            results = self.rule(ctx, grads[0])
        else:
            results = self.rule(
                ctx, type(grad)({n: g for n, g in enumerate(grads) if g is not None})
            )
        return results if type(results) is tuple else (results,)

    def arrived(self, grad, plain):
        """What has arrived for each output, after the hooks of the outputs have seen it."""
        grads = [grad] if self.outputs == 1 else [(grad or {}).get(n) for n in range(self.outputs)]
        for number in {**self.tensor, **self.kept}:
            grads[number] = self.see(number, grads[number], plain)
        return grads

    def see(self, number, grad, plain):
        """What has arrived for one output, after its hooks, and retained if its tensor wants it."""
        seen = run_hooks(self.tensor.get(number, {}), as_tensor(grad))
        tensor = self.kept.get(number, lambda: None)()
        if tensor is not None and seen is not None:
            retain(tensor, seen)
        return numbers(seen) if plain else seen


def run_hooks(hooks, grad):
    """A gradient (a tensor, or None) after the hooks of its tensor have seen it."""
    for hook in list(hooks.values()):
        (grad,) = backward_errors.check_hooked(hook, (grad,), hook(grad), Tensor, single=True)
    return grad


def retain(tensor, grad):
    """Add a gradient to the `.grad` of a tensor that retains it."""
    tensor._grad = grad.clone() if tensor._grad is None else tensor._grad + grad


def place_of(tensor):
    """(node, output number): where hooks of a tensor that is no leaf belong."""
    node = tensor._node or tensor
    return node.operation, node.output_nr


def move_retained(tensor, old, node):
    """A tensor that retains its gradient has a new history: from now on, `node` brings it."""
    hooked = None if old is None else vars(old.operation).get("backward")
    if hooked is not None and hooked.kept.get(old.output_nr, lambda: None)() is tensor:
        del hooked.kept[old.output_nr]
        Hooked.of(node.operation).kept[node.output_nr] = weakref.ref(tensor)


class LeafHooks:
    """The hooks of a leaf: on the gradient that arrives, and after it has been added to `.grad`.

    `before` and `after` are hooks of its `AccumulateGrad`.
    """

    def __init__(self):
        self.tensor, self.before, self.accumulated, self.after = Hooks(), Hooks(), Hooks(), Hooks()

    @classmethod
    def of(cls, leaf):
        """The one `LeafHooks` of a leaf, made when it is first asked for."""
        if not isinstance(leaf._hooked, cls):
            leaf._hooked = cls()
        return leaf._hooked

    def deliver(self, leaf, grad, accumulate):
        """Let the hooks see what arrives at the leaf, and let `accumulate` add it up."""
        plain = not isinstance(grad, Tensor)
        given = (run_hooks(self.tensor, as_tensor(grad)),)
        for hook in list(self.before.values()):
            given = backward_errors.check_hooked(hook, given, hook(given), Tensor)
        if given[0] is not None:
            accumulate(leaf, numbers(given[0]) if plain else given[0])
        for hook in list(self.accumulated.values()):
            backward_errors.check_returns_nothing(hook, hook(leaf))
        for hook in list(self.after.values()):
            hook((), given)

    def seen(self, grad):
        """What `autograd.grad` hands out: the gradient after the hooks of the tensor."""
        return run_hooks(self.tensor, as_tensor(grad))


class NoGradient(LeafHooks):
    """In place of the hooks of a view made under `no_grad`: what arrives there goes nowhere.

    PyTorch's rule: such a view says that it requires grad, as its base does, but gradients have no
    way to it, until it is told so with `requires_grad_()`. Its hooks are never called.
    """

    no_way = True

    def deliver(self, leaf, grad, accumulate):
        """Nothing happens."""

    def seen(self, grad):
        """Nothing is handed out."""


NO_GRADIENT = NoGradient()


def register_hook(self, hook):
    """Have `hook(grad)` called when the gradient of this tensor has been computed.

    `hook` may return a tensor of the same shape and dtype, which is used instead. Returns a handle
    with `remove()`. RuntimeError if the tensor does not require grad.
    """
    backward_errors.check_hookable(self, hook)
    if self._node is None:
        return RemovableHandle(LeafHooks.of(self).tensor, hook)
    node, number = place_of(self)
    return RemovableHandle(Hooked.of(node).tensor.setdefault(number, Hooks()), hook)


def register_post_accumulate_grad_hook(self, hook):
    """Have `hook(tensor)` called each time after this leaf's `.grad` has been added to.

    Returns a handle with `remove()`. RuntimeError for a tensor that is no leaf.
    """
    backward_errors.check_hookable(self, hook)
    if self._node is not None:
        raise backward_errors.post_accumulate_hook_of_non_leaf()
    return RemovableHandle(LeafHooks.of(self).accumulated, hook)


def retain_grad(self):
    """Ask a tensor that is not a leaf to keep its gradient in `.grad` all the same.

    RuntimeError if it does not require grad; for a leaf, which keeps it anyway, nothing happens.
    """
    if not self._requires_grad:
        raise backward_errors.retain_grad_of_untracked()
    if self._node is not None:
        node, number = place_of(self)
        Hooked.of(node).kept[number] = weakref.ref(self)


def keep_gradients(inputs):
    """What `backward(inputs=…)` asks of its inputs: that they keep their gradients."""
    for each in inputs:
        if each._node is not None or not each._requires_grad:
            each.retain_grad()


def retains_grad(self):
    """Whether this tensor is no leaf and keeps its gradient, since `retain_grad()` was called."""
    if self._node is None:
        return False
    node, number = place_of(self)
    hooked = vars(node).get("backward")
    return hooked is not None and hooked.kept.get(number, lambda: None)() is self


def deliver(leaf, grad, accumulate, holders=None):
    """Hand what has arrived at a leaf to its hooks, if it has any, and to `accumulate`.

    Nothing happens if the leaf has been told since that it requires no gradient. `holders` is how
    many references to the array the caller has counted: with none but its own, it need not be
    copied.
    """
    if not leaf._requires_grad:
        return
    if leaf._hooked is not None:
        leaf._hooked.deliver(leaf, None if grad is NOTHING else home(grad, leaf), accumulate)
    elif grad is not NOTHING:
        if holders == ALONE and can_be_kept(grad, leaf._array):
            accumulate(leaf, grad, True)
        else:
            accumulate(leaf, home(grad, leaf))


Function.of_nothing = of_nothing
Tensor.register_hook = register_hook
Tensor.register_post_accumulate_grad_hook = register_post_accumulate_grad_hook
Tensor.retain_grad = retain_grad
Tensor.retains_grad = property(retains_grad)
