"""The workloads as JAX and autograd want them: a function of arrays, whose gradient is asked for.

`function(np, *leaves, *given)` computes with the `numpy` of either package; the form tells what
arrays it gets. JAX's is compiled as a whole, gradient and all, and loops become its `fori_loop`,
which the compiler may shorten; the leaf is made before, not in the pass. autograd runs as it is.
"""

from typing import Any, NamedTuple

import numpy
from layer_workloads import CNN, DIGITS, LR, MLP, MOONS, arrays, examples, numbers_like, start
from sequence_workloads import TABLE, WORDS, block_inputs, gradient_of_rows
from workloads import evenly


class Form(NamedTuple):
    """A function, the arrays it is differentiated by, and others; of one number without `grad`."""

    function: Any
    leaves: list
    given: tuple = ()
    grad: Any = None  # what the output sends back
    lr: float = 0  # of a step of SGD with momentum, if there is one


def repeat(np, times, step, y):
    """step(…(step(y))), as the package writes it."""
    if np.__name__ == "jax.numpy":
        import jax

        return jax.lax.fori_loop(0, times, lambda _, each: step(each), y)
    for _ in range(times):
        y = step(y)
    return y


def tutorial(np, x):
    y = x + 2
    return np.mean(y * y * 3)


def jacobian_loop(np, x):
    """autograd alone: how often the loop runs depends on its numbers, so JAX cannot compile it."""
    from autograd.tracer import getval

    y = x * 2
    while numpy.linalg.norm(getval(y)) < 1000:
        y = y * 2
    return y


def chain(np, x):
    return repeat(np, 1000, lambda y: y + 1, x)


def doubling(np, x):
    return repeat(np, 60, lambda y: y + y, x)


def uses(np, x):
    return repeat(np, 10_000, lambda y: y + x, np.zeros(1, "float32"))


def elementwise(np, x):
    return np.mean(np.tanh(np.exp(x * 2 + 1)))


def matmul(np, a, b):
    return a @ b


def dense(np, weights, x):
    """Dense layers with relu between them."""
    for place in range(0, len(weights), 2):
        weight, bias = weights[place : place + 2]
        x = (np.maximum(x, 0) if place else x) @ weight.T + bias
    return x


def squared_error(np, *each):
    *weights, x, wanted = each
    difference = dense(np, weights, x) - wanted
    return np.mean(difference * difference)


def cross_entropy(np, scores, wanted):
    """`wanted` has a 1 in each row, at the right class."""
    scores = scores - np.max(scores, axis=1, keepdims=True)
    shares = scores - np.log(np.sum(np.exp(scores), axis=1, keepdims=True))
    return -np.sum(shares * wanted) / len(wanted)


def classified(np, *each):
    *weights, x, wanted = each
    return cross_entropy(np, dense(np, weights, x), wanted)


def convolution(np, x, weight, bias):
    """JAX's own; for autograd, which has a slow one alone, a product with shifted copies."""
    if np.__name__ == "jax.numpy":
        import jax

        return jax.lax.conv(x, weight, (1, 1), "SAME") + bias[:, None, None]
    batch, _, height, width = x.shape
    wide = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)), "constant")
    shifts = [wide[:, :, i : i + height, j : j + width] for i in range(3) for j in range(3)]
    columns = np.concatenate(shifts, axis=1).reshape(batch, -1, height * width)
    rows = np.transpose(weight, (0, 2, 3, 1)).reshape(len(weight), -1)
    y = np.matmul(rows, columns).reshape(batch, -1, height, width)
    return y + bias[:, None, None]


def max_pool(np, x):
    """The largest of every 2×2, in the form that is the faster one in each package."""
    if np.__name__ == "jax.numpy":
        rows = np.maximum(x[:, :, ::2], x[:, :, 1::2])
        return np.maximum(rows[..., ::2], rows[..., 1::2])
    batch, channels, height, width = x.shape
    blocks = x.reshape(batch, channels, height // 2, 2, width // 2, 2)
    return np.max(blocks, axis=(3, 5))


def convolutional(np, w1, b1, w2, b2, w3, b3, x, wanted):
    x = max_pool(np, np.maximum(convolution(np, x, w1, b1), 0))
    x = max_pool(np, np.maximum(convolution(np, x, w2, b2), 0))
    return cross_entropy(np, x.reshape(len(x), -1) @ w3.T + b3, wanted)


def embedding(np, table, words):
    return table[words]


def layer_norm(np, x, weight, bias):
    x = x - np.mean(x, axis=-1, keepdims=True)
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + 1e-5) * weight + bias


def attention(np, rows, heads):
    """Rows (batch, length, 3 width) as queries, keys and values; what they give, as rows."""
    batch, length, width = rows.shape
    parts = rows.reshape(batch, length, 3, heads, width // (3 * heads))
    query, key, value = np.transpose(parts, (2, 0, 3, 1, 4))
    scores = np.matmul(query * query.shape[-1] ** -0.5, np.swapaxes(key, -1, -2))
    weights = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = weights / np.sum(weights, axis=-1, keepdims=True)
    found = np.transpose(np.matmul(weights, value), (0, 2, 1, 3))
    return found.reshape(batch, length, width // 3)


def transformer(np, x, w_in, b_in, w_out, b_out, w1, b1, w2, b2, g1, s1, g2, s2):
    rows = layer_norm(np, x, g1, s1) @ w_in.T + b_in
    x = x + attention(np, rows, 4) @ w_out.T + b_out
    return x + np.maximum(layer_norm(np, x, g2, s2) @ w1.T + b1, 0) @ w2.T + b2


def network(function, shape, shapes, lr=0):
    x, wanted = examples(shape, shapes[-1][0])
    if wanted.ndim == 1:
        wanted = (wanted[:, None] == range(shapes[-1][0])).astype(x.dtype)
    return Form(function, start(shapes), (x, wanted), lr=lr)


def square(size=1024):
    leaves = arrays((size, size), (size, size))
    return Form(matmul, leaves, grad=numbers_like((size, size)))


def block():
    x, grad, weights = block_inputs()
    return Form(transformer, [x, *weights], grad=grad)


def leaf(function, *values, grad=None):
    """A form of a leaf with these numbers; with `grad`, this goes back."""
    grad = grad and numpy.array(grad, numpy.float32)
    return Form(function, [numpy.array(values, numpy.float32)], grad=grad)


# name -> a function that makes the form, some for a size
FORMS = {
    "tutorial on 2×2": lambda: leaf(tutorial, [1, 1], [1, 1]),
    "Jacobian-vector loop": lambda: leaf(
        jacobian_loop, -0.4337, 0.7451, -1.6505, grad=[0.1, 1.0, 0.0001]
    ),
    "chain of 1,000 additions": lambda: leaf(chain, 1, grad=[1]),
    "y = y + y, 60 times": lambda: leaf(doubling, 1, grad=[1]),
    "10,000 uses of one leaf": lambda: leaf(uses, 1, grad=[1]),
    "10⁷ × (x·2 + 1, exp, tanh), mean": lambda size=10_000_000: Form(elementwise, [evenly(size)]),
    "matmul 1024×1024": square,
    "moons 2-16-16-1": lambda: network(squared_error, *MOONS),
    "digits 64-128-10, step of SGD": lambda: network(classified, *DIGITS, lr=LR),
    "784-256-10": lambda: network(classified, *MLP),
    "CNN on 32×1×28×28": lambda: network(convolutional, *CNN),
    "embedding 64×64 of 10,000×64": lambda: Form(
        embedding, arrays(TABLE), (WORDS,), gradient_of_rows()
    ),
    "transformer 16×64×128, 4 heads": block,
}
NOT_COMPILED = {"Jacobian-vector loop"}
