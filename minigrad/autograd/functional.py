"""Floor 6. Derivatives of functions of tensors: vjp, jvp, jacobian, hessian, vhp and hvp.

Everything here is made of backward passes. One pass gives vᵀJ, a vector times the Jacobian.
"""

from ..creation import eye, zeros_like
from ..ops.joining import stack
from . import functional_checks as checks
from .differentiation import grad


# --- the steps they share -------------------------------------------------------------------------
def prepare(inputs, create_graph, function):
    """(the inputs as a tuple of tracked tensors of our own, whether there is a single one)."""
    inputs, one = checks.tensors(inputs, "inputs", function)
    if create_graph:
        own = [e.view_as(e) if e.requires_grad else e.detach().requires_grad_() for e in inputs]
    else:
        own = [each.detach().requires_grad_() for each in inputs]
    return tuple(own), one


def pull_back(outputs, inputs, v, create_graph, strict, number=0, like=None):
    """vᵀJ for each input; zeros where no output depends on it (RuntimeError if `strict`)."""
    kept = [(y, each) for y, each in zip(outputs, v, strict=True) if y.requires_grad]
    if kept:
        found = grad(
            [output for output, _ in kept],
            inputs,
            [each for _, each in kept],
            retain_graph=True,
            create_graph=create_graph,
            allow_unused=True,
        )
    else:
        found = (None,) * len(inputs)
    checks.complete(found, strict, number)
    shapes = like or inputs
    return tuple(
        zeros_like(shape) if each is None else each
        for each, shape in zip(found, shapes, strict=True)
    )


def one_hots(output):
    """For each element of the output, a vector that is 1 there and 0 elsewhere."""
    for row in eye(output.numel(), dtype=output.dtype, device=output.device):
        yield row.reshape(output.shape)


def stacked(rows, output, inputs):
    """For each input its rows, one for each element of the output, as one tensor."""
    if not rows:
        return tuple(e.new_zeros((*output.shape, *e.shape)) for e in inputs)
    columns = zip(*rows, strict=True)
    return tuple(
        stack(column).reshape((*output.shape, *each.shape))
        for column, each in zip(columns, inputs, strict=True)
    )


def finish(results, one, create_graph):
    """What the caller gets: without a history unless it was asked for; one tensor, or a tuple."""
    results = tuple(each if create_graph else each.detach() for each in results)
    return results[0] if one else results


# --- the functions --------------------------------------------------------------------------------
def vjp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(*inputs), vᵀJ): the vector-Jacobian product, one backward pass.

    `v` has the shape of the output; a scalar output does without. The product has the shape of the
    inputs. With `create_graph` it can be differentiated. With `strict`, an output that does not
    depend on an input is a RuntimeError; otherwise its derivative is 0.
    """
    with checks.recording():
        inputs, one_input = prepare(inputs, create_graph, "vjp")
        outputs, one_output = checks.outputs_of(func, inputs, "vjp", strict)
        v = checks.vector(v, outputs, "vjp", one_output)
        product = pull_back(outputs, inputs, v, create_graph, strict)
    return finish(outputs, one_output, create_graph), finish(product, one_input, create_graph)


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(*inputs), J v): the Jacobian-vector product, by two backward passes.

    uᵀJ is linear in u, and its derivative with respect to u, in the direction v, is J v. So the
    first pass is recorded with some u, and the second one differentiates its result.
    """
    with checks.recording():
        inputs, one_input = prepare(inputs, create_graph, "jvp")
        v = checks.vector(v, inputs, "jvp", one_input)
        outputs, one_output = checks.outputs_of(func, inputs, "jvp", strict)
        us = tuple(zeros_like(each, requires_grad=True) for each in outputs)
        products = pull_back(outputs, inputs, us, True, strict)
        product = pull_back(products, us, v, create_graph, strict, like=outputs)
    return finish(outputs, one_output, create_graph), finish(product, one_output, create_graph)


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False):
    """The Jacobian: the derivative of every element of the output with respect to each input.

    Row by row: element i of the output is picked with a vector v that is 1 there and 0 elsewhere.
    Shape: that of the output followed by that of the input; a tuple (for each output a tuple) if
    there are several. `vectorize` is PyTorch's, and makes no difference here.
    """
    with checks.recording():
        inputs, one_input = prepare(inputs, create_graph, "jacobian")
        outputs, one_output = checks.outputs_of(func, inputs, "jacobian", strict)
        blocks = []
        for number, output in enumerate(outputs):
            rows = [
                pull_back((output,), inputs, (v,), create_graph, strict, number)
                for v in one_hots(output)
            ]
            blocks.append(finish(stacked(rows, output, inputs), one_input, create_graph))
    return blocks[0] if one_output else tuple(blocks)


def hessian(func, inputs, create_graph=False, strict=False, vectorize=False):
    """The Hessian of a function with one number as its output: the Jacobian of its gradient.

    Shape: that of the input twice; a tuple of tuples if there are several inputs.
    """

    def slope(*inputs):
        jac = jacobian(checks.single_output(func), inputs, create_graph=True, strict=strict)
        checks.depends(jac, strict)
        return jac if len(inputs) > 1 else jac[0]

    inputs, one_input = prepare(inputs, create_graph, "hessian")
    found = jacobian(slope, inputs, create_graph=create_graph, strict=strict)
    return found[0] if one_input else found


def vhp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(*inputs), vᵀH): a vector times the Hessian, by differentiating gradient · v."""
    with checks.recording():
        inputs, one_input = prepare(inputs, create_graph, "vhp")
        v = checks.vector(v, inputs, "vhp", one_input)
        outputs, one_output = checks.outputs_of(func, inputs, "vhp", strict)
        checks.only_one_number(outputs, one_output, "vhp")
        slope = pull_back(outputs, inputs, (None,), True, strict)
        product = pull_back(slope, inputs, v, create_graph, strict)
    return finish(outputs, one_output, create_graph), finish(product, one_input, create_graph)


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(*inputs), H v): the Hessian times a vector. H is symmetric, so this is `vhp`."""
    with checks.recording():
        checks.vector(v, *prepare(inputs, create_graph, "hvp")[:1], "hvp", checks.is_one(inputs))
    return vhp(func, inputs, v, create_graph, strict)
