"""Floor 6. `torch.autograd.graph`: nodes, hooks on what is saved, hooks on several gradients."""

import threading

from .. import backward_errors
from ..function import AccumulateGrad, Function
from ..saving import disable_saved_tensors_hooks, save_on_cpu, saved_tensors_hooks
from ..tensor import Tensor, share_versions
from .function import FunctionCtx

__all__ = [
    "Node",
    "disable_saved_tensors_hooks",
    "increment_version",
    "register_multi_grad_hook",
    "save_on_cpu",
    "saved_tensors_hooks",
]


class _NodeType(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, (Function, AccumulateGrad, FunctionCtx))


class Node(metaclass=_NodeType):
    """What `grad_fn` shows: `isinstance(y.grad_fn, Node)`. Never made by hand."""


def increment_version(tensor):
    """Count a write to a tensor (or several) that happened behind the back of this package."""
    for each in (tensor,) if isinstance(tensor, Tensor) else tensor:
        share_versions(each, each)._counter.add()


class _Handles:
    """The handles of several hooks, removed together."""

    def __init__(self, handles):
        self.handles = handles

    def remove(self):
        """Take all the hooks away."""
        for each in self.handles:
            each.remove()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.remove()


def register_multi_grad_hook(tensors, fn, *, mode="all"):
    """Have `fn(grads)` called once the gradients of all tensors are there, None for one that got
    none; or, with mode="any", `fn(grad)` for the first of them. Returns a handle.

    ValueError for another mode; RuntimeError for a tensor that does not require grad.
    """
    if mode not in ("all", "any"):
        raise ValueError(f"Expects mode to be one of ('all', 'any') but got {mode}")
    lock, seen = threading.Lock(), {}

    def first(grad):
        with lock:
            if seen:
                return
            seen[0] = grad
        fn(grad)

    def collected(index):
        def hook(grad):
            with lock:
                seen[index] = grad
                complete = len(seen) == len(tensors)
                grads = [seen.get(number) for number in range(len(tensors))] if complete else None
                if complete:
                    seen.clear()
            if complete:
                fn(grads)

        return hook

    for each in tensors:
        backward_errors.check_hookable(each, fn)
    hooks = [first if mode == "any" else collected(n) for n in range(len(tensors))]
    return _Handles([each.register_hook(hook) for each, hook in zip(tensors, hooks, strict=True)])
