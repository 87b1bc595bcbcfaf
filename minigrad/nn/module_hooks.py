"""Floor 7. Hooks of modules: functions of the user that are called around `forward`.

They join `Module.__call__` at one seam: a module that has hooks has an attribute `hooks`.
"""

import warnings

from ..autograd.function import Function
from ..hooks import Hooks, RemovableHandle
from ..tensor import Tensor


class ModuleHooks:
    """The hooks of one module: around `forward`, and around its part of the backward pass."""

    def __init__(self):
        self.forward_pre, self.forward = Hooks(), Hooks()
        self.backward_pre, self.backward = Hooks(), Hooks()

    @classmethod
    def of(cls, module):
        """The one `ModuleHooks` of a module, made when it is first asked for."""
        if module.hooks is None:
            module.hooks = cls()
        return module.hooks


def register(hooks, hook, options, prepend):
    """Add a hook with its options, at the end or in front; returns the handle."""
    handle = RemovableHandle(hooks, (hook, options))
    if prepend:
        hooks.move_to_end(handle.id, last=False)
    return handle


def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
    """Call `hook(module, args)` before `forward`; what it returns, if not None, becomes the args.

    With `with_kwargs` it is `hook(module, args, kwargs)`, which returns None or both. The handle
    that is returned takes the hook away with `remove()`.
    """
    return register(ModuleHooks.of(self).forward_pre, hook, with_kwargs, prepend)


def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
    """Call `hook(module, args, output)` after `forward`; what it returns, if not None, becomes the
    output.

    With `with_kwargs` it is `hook(module, args, kwargs, output)`; with `always_call` it is called
    even if `forward` raises (then `output` is None). Returns a handle with `remove()`.
    """
    return register(ModuleHooks.of(self).forward, hook, (with_kwargs, always_call), prepend)


def register_full_backward_pre_hook(self, hook, prepend=False):
    """Call `hook(module, grad_output)` before gradients flow back through the module; what it
    returns, if not None, takes the place of `grad_output`. Returns a handle with `remove()`.
    """
    return register(ModuleHooks.of(self).backward_pre, hook, None, prepend)


def register_full_backward_hook(self, hook, prepend=False):
    """Call `hook(module, grad_input, grad_output)` once gradients have flowed back through the
    module; what it returns, if not None, takes the place of `grad_input`. `grad_input` has an entry
    for each tensor among the arguments (None: it requires no gradient).

    Returns a handle with `remove()`.
    """
    return register(ModuleHooks.of(self).backward, hook, None, prepend)


def call_with_hooks(module, args, kwargs):
    """`forward`, with what the hooks make of its arguments and its result."""
    hooks, result, called = module.hooks, None, set()
    try:
        for hook, with_kwargs in list(hooks.forward_pre.values()):
            args, kwargs = before(module, hook, with_kwargs, args, kwargs)
        passed = Backward(module, hooks) if hooks.backward or hooks.backward_pre else None
        if passed:
            args = passed.watch_inputs(args)
        result = module.forward(*args, **kwargs)
        for key, (hook, (with_kwargs, _)) in list(hooks.forward.items()):
            called.add(key)
            changed = hook(module, args, *([kwargs] * with_kwargs), result)
            result = result if changed is None else changed
        return passed.watch_outputs(result) if passed else result
    except Exception:
        for key, (hook, (with_kwargs, always)) in list(hooks.forward.items()):
            if always and key not in called:
                hook(module, args, *([kwargs] * with_kwargs), result)
        raise


def before(module, hook, with_kwargs, args, kwargs):
    """The arguments after a hook has seen them. RuntimeError if it returns something else."""
    changed = hook(module, args, kwargs) if with_kwargs else hook(module, args)
    if changed is None:
        return args, kwargs
    if not with_kwargs:
        return (changed if isinstance(changed, tuple) else (changed,)), kwargs
    if isinstance(changed, tuple) and len(changed) == 2:
        return changed
    raise RuntimeError(
        "forward pre-hook must return None or a tuple of (new_args, new_kwargs), but got "
        f"{changed}."
    )


class BackwardHookFunction(Function):
    """Tensors as they are; on the way back, `passing` sees the gradients and may change them."""

    @staticmethod
    def forward(ctx, passing, *tensors):
        """The same tensors, as views."""
        ctx.passing = passing
        ctx.set_materialize_grads(False)
        ctx.mark_non_differentiable(*[each for each in tensors if not each.requires_grad])
        results = tuple(each.view_as(each) for each in tensors)
        return results if len(results) > 1 else results[0]

    @staticmethod
    def backward(ctx, *grads):
        """The same gradients, or what the hooks make of them."""
        return (None, *ctx.passing(grads))


class Backward:
    """One call of a module whose backward pass has hooks: what flows out of it, then what flows in.

    Both are seen by identities that are put around the call.
    """

    def __init__(self, module, hooks):
        self.module, self.hooks = module, hooks
        self.grad_output, self.watching, self.places = (), False, ()

    def watch_inputs(self, args):
        """The arguments, each tensor behind an identity."""
        self.places = [number for number, each in enumerate(args) if isinstance(each, Tensor)]
        if not any(args[number].requires_grad for number in self.places):
            return args
        self.watching = True
        return self.through(args, self.places, self.flowed_in)

    def watch_outputs(self, result):
        """The result (a tensor or a tuple), each tensor behind an identity."""
        single = isinstance(result, Tensor)
        results = (result,) if single else result
        if not isinstance(results, tuple):
            warnings.warn(
                "For backward hooks to be called, module output should be a Tensor or a tuple of "
                f"Tensors but received {type(result)}",
                UserWarning,
                stacklevel=3,
            )
            return result
        places = [number for number, each in enumerate(results) if isinstance(each, Tensor)]
        results = self.through(results, places, self.flowed_out)
        return results[0] if single else results

    @staticmethod
    def through(values, places, passing):
        tensors = [values[number] for number in places]
        if not any(each.requires_grad for each in tensors):
            return values
        seen = BackwardHookFunction.apply(passing, *tensors)
        seen = (seen,) if isinstance(seen, Tensor) else seen
        values = list(values)
        for number, tensor in zip(places, seen, strict=True):
            values[number] = tensor
        return tuple(values)

    def flowed_out(self, grads):
        """The gradients of the outputs have arrived."""
        for hook, _ in list(self.hooks.backward_pre.values()):
            grads = replaced(hook(self.module, grads), grads)
        self.grad_output = grads
        if not self.watching and self.hooks.backward:
            warnings.warn(
                "Full backward hook is firing when gradients are computed with respect to module "
                "outputs since no inputs require gradients: its grad_input is None.",
                UserWarning,
                stacklevel=2,
            )
            nothing = (None,) * len(self.places)
            for hook, _ in list(self.hooks.backward.values()):
                hook(self.module, nothing, grads)
        return grads

    def flowed_in(self, grads):
        """The gradients of the inputs are there."""
        for hook, _ in list(self.hooks.backward.values()):
            grads = replaced(hook(self.module, grads, self.grad_output), grads)
        return grads


def replaced(changed, grads):
    """What a hook returned in place of the gradients; RuntimeError for another number of them."""
    if changed is None:
        return grads
    changed = (changed,) if isinstance(changed, Tensor) else tuple(changed)
    if len(changed) != len(grads):
        raise RuntimeError(
            f"Backward hook returned an invalid number of grad_input, got {len(changed)}, but "
            f"expected {len(grads)}"
        )
    return changed
