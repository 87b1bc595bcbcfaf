"""Forward and backward of layers written out in NumPy, as one would without a package.

What the benchmark compares with, and what the tests check the package's layers with. Images are
(batch, channels, height, width); a backward function takes what it needs and the gradient.
"""

import numpy as np


def columns(x, size, pad):
    """The windows of padded images, written side by side: (batch, elements, windows)."""
    batch, channels, height, width = x.shape
    wide = np.zeros((batch, channels, height + 2 * pad, width + 2 * pad), x.dtype)
    wide[:, :, pad : pad + height, pad : pad + width] = x
    height, width = height + 2 * pad - size + 1, width + 2 * pad - size + 1
    found = np.empty((batch, channels, size, size, height, width), x.dtype)
    for i in range(size):
        for j in range(size):
            found[:, :, i, j] = wide[:, :, i : i + height, j : j + width]
    return found.reshape(batch, channels * size * size, height * width)


def convolution(x, weight, bias, pad):
    """The convolution with stride 1, and the columns that its backward pass uses again."""
    patterns, _, size, _ = weight.shape
    found = columns(x, size, pad)
    y = weight.reshape(patterns, -1) @ found
    y += bias[:, None]
    height, width = (n + 2 * pad - size + 1 for n in x.shape[2:])
    return y.reshape(len(x), patterns, height, width), found


def convolution_backward(grad, x_shape, weight, found, pad, wanted=True):
    """The gradients of input (None if not wanted), weight and bias."""
    patterns, channels, size, _ = weight.shape
    batch, _, height, width = grad.shape
    rows = grad.reshape(batch, patterns, -1)
    to_weight = (rows @ found.swapaxes(1, 2)).sum(0).reshape(weight.shape)
    to_bias = (rows @ np.ones(rows.shape[2], rows.dtype)).sum(0)
    if not wanted:
        return None, to_weight, to_bias
    parts = weight.reshape(patterns, -1).T @ rows
    parts = parts.reshape(batch, channels, size, size, height, width)
    wide = np.zeros((batch, channels, x_shape[2] + 2 * pad, x_shape[3] + 2 * pad), grad.dtype)
    for i in range(size):
        for j in range(size):
            wide[:, :, i : i + height, j : j + width] += parts[:, :, i, j]
    return wide[:, :, pad : pad + x_shape[2], pad : pad + x_shape[3]], to_weight, to_bias


def max_pool(x):
    """The largest of every 2×2."""
    rows = np.maximum(x[:, :, ::2], x[:, :, 1::2])
    return np.maximum(rows[..., ::2], rows[..., 1::2])


def max_pool_backward(grad, x, largest):
    """The gradient goes to the first place that holds the largest number."""
    found, free = np.empty_like(x), np.ones(largest.shape, bool)
    for i in range(2):
        for j in range(2):
            here = x[:, :, i::2, j::2] == largest
            here &= free
            free ^= here
            np.multiply(grad, here, out=found[:, :, i::2, j::2])
    return found


def avg_pool(x):
    """The mean of every 2×2."""
    rows = x[:, :, ::2] + x[:, :, 1::2]
    return (rows[..., ::2] + rows[..., 1::2]) * x.dtype.type(0.25)


def avg_pool_backward(grad):
    """A quarter of the gradient for each of the 2×2."""
    quarter = grad * grad.dtype.type(0.25)
    return quarter.repeat(2, axis=2).repeat(2, axis=3)


def batch_norm(x, weight, bias, eps=1e-5):
    """Every channel to mean 0 and variance 1; the normalised numbers and 1 / √(variance + ε)."""
    normal = x - x.mean((0, 2, 3), keepdims=True)
    inverse = 1 / np.sqrt((normal * normal).mean((0, 2, 3), keepdims=True) + x.dtype.type(eps))
    normal *= inverse
    return normal * weight[:, None, None] + bias[:, None, None], normal, inverse


def batch_norm_backward(grad, weight, normal, inverse):
    """The gradients of input, weight and bias."""
    n = grad.size // grad.shape[1]
    to_weight = (grad * normal).sum((0, 2, 3), keepdims=True)
    to_bias = grad.sum((0, 2, 3), keepdims=True)
    to_x = (grad - to_bias / n - normal * (to_weight / n)) * (inverse * weight[:, None, None])
    return to_x, to_weight.ravel(), to_bias.ravel()


def layer_norm(x, weight, bias, eps=1e-5):
    """Every row to mean 0 and variance 1; the normalised numbers and 1 / √(variance + ε)."""
    normal = x - x.mean(-1, keepdims=True)
    inverse = 1 / np.sqrt((normal * normal).mean(-1, keepdims=True) + x.dtype.type(eps))
    normal *= inverse
    return normal * weight + bias, normal, inverse


def layer_norm_backward(grad, weight, normal, inverse):
    """The gradients of input, weight and bias."""
    to_weight, to_bias, grad = (grad * normal).sum(0), grad.sum(0), grad * weight
    slope = (grad * normal).mean(-1, keepdims=True)
    to_x = (grad - grad.mean(-1, keepdims=True) - normal * slope) * inverse
    return to_x, to_weight, to_bias


def cross_entropy(scores, labels):
    """The mean of -log(share of the right class), and its gradient."""
    scores = scores - scores.max(1, keepdims=True)
    shares = np.exp(scores)
    shares /= shares.sum(1, keepdims=True)
    rows = np.arange(len(labels))
    loss = -np.log(shares[rows, labels]).mean()
    shares[rows, labels] -= 1
    shares /= len(labels)
    return loss, shares


def squared_error(scores, wanted):
    """The mean squared difference, and its gradient."""
    difference = scores - wanted
    return (difference * difference).mean(), difference * (2 / difference.size)


def dense(x, weights, wanted, loss=cross_entropy):
    """The gradients of all weights of a network of dense layers with relu between them."""
    kept = [x]
    for weight, bias in zip(weights[::2], weights[1::2]):
        x = x @ weight.T
        x += bias
        kept.append(x if len(kept) * 2 == len(weights) else np.maximum(x, 0, out=x))
        x = kept[-1]
    _, grad = loss(x, wanted)
    found = []
    for layer in range(len(weights) // 2 - 1, -1, -1):
        found[:0] = [grad.T @ kept[layer], grad.sum(0)]
        if layer:
            grad = grad @ weights[2 * layer]
            grad *= kept[layer] > 0
    return found


def convolutional(x, weights, wanted, loss=cross_entropy):
    """The gradients of all weights of: convolution, relu, pool, the same again, a dense layer."""
    w1, b1, w2, b2, w3, b3 = weights
    a1, columns1 = convolution(x, w1, b1, 1)
    np.maximum(a1, 0, out=a1)
    p1 = max_pool(a1)
    a2, columns2 = convolution(p1, w2, b2, 1)
    np.maximum(a2, 0, out=a2)
    p2 = max_pool(a2)
    flat = p2.reshape(len(x), -1)
    _, grad = loss(flat @ w3.T + b3, wanted)
    to_w3, to_b3 = grad.T @ flat, grad.sum(0)
    grad = max_pool_backward((grad @ w3).reshape(p2.shape), a2, p2)
    grad *= a2 > 0
    grad, to_w2, to_b2 = convolution_backward(grad, p1.shape, w2, columns2, 1)
    grad = max_pool_backward(grad, a1, p1)
    grad *= a1 > 0
    _, to_w1, to_b1 = convolution_backward(grad, x.shape, w1, columns1, 1, wanted=False)
    return [to_w1, to_b1, to_w2, to_b2, to_w3, to_b3]
