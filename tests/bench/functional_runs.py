"""How JAX and autograd run a form of `functional.py`: functions that return gradients."""

import numpy


def run_jax(form):
    """Compiled on the first call; waits for the results. Output and gradients are computed."""
    import jax
    import jax.numpy as jnp

    def gradients(leaves, given, grad):
        output, back = jax.vjp(lambda *each: form.function(jnp, *each, *given), *leaves)
        return output, back(jnp.ones_like(output) if grad is None else grad)

    def step(leaves, momenta, given):
        output, found = gradients(leaves, given, None)
        momenta = [0.9 * each + grad for each, grad in zip(momenta, found)]
        leaves = [each - form.lr * momentum for each, momentum in zip(leaves, momenta)]
        return output, found, leaves, momenta

    leaves, given, grad = jax.tree.map(jnp.asarray, (list(form.leaves), form.given, form.grad))
    state = [leaves, jax.tree.map(jnp.zeros_like, leaves)]
    compiled, compiled_step = jax.jit(gradients), jax.jit(step)

    def run():
        if not form.lr:
            return jax.block_until_ready(compiled(leaves, given, grad))[1]
        _, found, *state[:] = jax.block_until_ready(compiled_step(*state, given))
        return found

    return run


def run_autograd(form):
    import autograd.numpy
    from autograd import make_vjp

    leaves = [each.copy() for each in form.leaves]
    momenta = [numpy.zeros_like(each) for each in leaves]
    argnum = tuple(range(len(leaves))) if len(leaves) > 1 else 0
    gradients = make_vjp(lambda *each: form.function(autograd.numpy, *each), argnum)

    def run():
        back, output = gradients(*leaves, *form.given)
        found = back(numpy.ones_like(output) if form.grad is None else form.grad)
        found = found if len(leaves) > 1 else [found]
        if form.lr:
            for each, momentum, grad in zip(leaves, momenta, found):
                momentum *= 0.9
                momentum += grad
                each -= form.lr * momentum
        return found

    return run
