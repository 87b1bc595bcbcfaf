"""Forward and backward of layers for sequences written out in NumPy, as `by_hand.py`."""

import by_hand
import numpy as np


def embedding(indices, weight):
    """The rows of a table."""
    return weight[indices]


def embedding_backward(grad, indices, weight):
    """The gradient of the table: rows added up where they came from, number by number."""
    width = weight.shape[1]
    found = np.zeros(weight.size, weight.dtype)
    places = indices.reshape(-1, 1) * width + np.arange(width)
    np.add.at(found, places.ravel(), grad.ravel())
    return found.reshape(weight.shape)


def attention(query, key, value):
    """softmax(query @ keyᵀ / √width) @ value, and the weights."""
    weights = (query / query.dtype.type(query.shape[-1] ** 0.5)) @ key.swapaxes(-1, -2)
    weights -= weights.max(-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(-1, keepdims=True)
    return weights @ value, weights


def attention_backward(grad, query, key, value, weights):
    """The gradients of queries, keys and values."""
    slope = grad @ value.swapaxes(-1, -2)
    slope -= np.einsum("...i,...i->...", slope, weights)[..., None]
    slope *= weights
    slope *= query.dtype.type(query.shape[-1] ** -0.5)
    return slope @ key, slope.swapaxes(-1, -2) @ query, weights.swapaxes(-1, -2) @ grad


def heads_of(rows, batch, number):
    """Rows (batch · length, 3 width) as queries, keys and values (batch, heads, length, …)."""
    parts = rows.reshape(batch, -1, 3, number, rows.shape[1] // (3 * number))
    return np.ascontiguousarray(parts.transpose(2, 0, 3, 1, 4))


def transformer(x, grad, heads, weights):
    """The gradients of a layer: x + attention(norm(x)), then x + dense(relu(dense(norm(x))))."""
    w_in, b_in, w_out, b_out, w1, b1, w2, b2, g1, s1, g2, s2 = weights
    batch, length, width = x.shape
    rows, grad = x.reshape(-1, width), grad.reshape(-1, width)
    a, *norm1 = by_hand.layer_norm(rows, g1, s1)
    query, key, value = heads_of(a @ w_in.T + b_in, batch, heads)
    outputs, shares = attention(query, key, value)
    joined = outputs.transpose(0, 2, 1, 3).reshape(rows.shape)
    middle = joined @ w_out.T
    middle += b_out
    middle += rows
    c, *norm2 = by_hand.layer_norm(middle, g2, s2)
    inside = c @ w1.T
    inside += b1
    np.maximum(inside, 0, out=inside)
    result = inside @ w2.T
    result += b2
    result += middle

    to_inside = grad @ w2
    to_inside *= inside > 0
    to_c, to_g2, to_s2 = by_hand.layer_norm_backward(to_inside @ w1, g2, *norm2)
    to_middle = to_c + grad
    to_outputs = (to_middle @ w_out).reshape(batch, length, heads, -1).transpose(0, 2, 1, 3)
    found = attention_backward(to_outputs, query, key, value, shares)
    to_rows = np.empty((batch, length, 3, heads, width // heads), x.dtype)
    for place, each in enumerate(found):
        to_rows[:, :, place] = each.transpose(0, 2, 1, 3)
    to_rows = to_rows.reshape(-1, 3 * width)
    to_x, to_g1, to_s1 = by_hand.layer_norm_backward(to_rows @ w_in, g1, *norm1)
    to_x += to_middle
    dense = [to_inside.T @ c, to_inside.sum(0), grad.T @ inside, grad.sum(0)]
    within = [to_rows.T @ a, to_rows.sum(0), to_middle.T @ joined, to_middle.sum(0)]
    return [to_x.reshape(x.shape), *within, *dense, to_g1, to_s1, to_g2, to_s2]


def lstm(x, grad, w_in, w_state, b_in, b_state):
    """The gradients of a layer of an LSTM that begins with zeros."""
    steps, batch, _ = x.shape
    hidden = w_state.shape[1]
    rows = (x.reshape(steps * batch, -1) @ w_in.T + (b_in + b_state)).reshape(steps, batch, -1)
    opened = np.empty((steps, batch, 4, hidden), x.dtype)
    cells, states = (np.zeros((steps + 1, batch, hidden), x.dtype) for _ in range(2))
    bounded, columns = np.empty((steps, batch, hidden), x.dtype), w_state.T.copy()
    for t in range(steps):
        gates = (rows[t] + states[t] @ columns).reshape(batch, 4, hidden)
        opened[t] = 1 / (1 + np.exp(-gates))
        opened[t, :, 2] = np.tanh(gates[:, 2])
        cells[t + 1] = opened[t, :, 1] * cells[t] + opened[t, :, 0] * opened[t, :, 2]
        np.tanh(cells[t + 1], out=bounded[t])
        states[t + 1] = opened[t, :, 3] * bounded[t]
    i, f, g, o = (opened[:, :, place] for place in range(4))
    slopes = np.empty_like(opened)
    for place, each in enumerate((g * i * (1 - i), cells[:-1] * f * (1 - f), i * (1 - g * g))):
        slopes[:, :, place] = each
    slopes[:, :, 3], through = bounded * o * (1 - o), o * (1 - bounded * bounded)
    to_state, to_cell = np.zeros((2, batch, hidden), x.dtype)
    for t in range(steps - 1, -1, -1):
        to_state += grad[t]
        to_cell += to_state * through[t]
        slopes[t, :, :3] *= to_cell[:, None]
        slopes[t, :, 3] *= to_state
        to_state = slopes[t].reshape(batch, -1) @ w_state
        to_cell *= f[t]
    flat = slopes.reshape(steps * batch, -1)
    bias = flat.sum(0)
    within = flat.T @ states[:-1].reshape(steps * batch, -1)
    return [(flat @ w_in).reshape(x.shape), flat.T @ x.reshape(len(flat), -1), within, bias, bias]


def gru(x, grad, w_in, w_state, b_in, b_state):
    """The gradients of a layer of a GRU that begins with zeros."""
    steps, batch, _ = x.shape
    n = w_state.shape[1]
    rows = (x.reshape(steps * batch, -1) @ w_in.T + b_in).reshape(steps, batch, -1)
    opened = np.empty((steps, batch, 2, n), x.dtype)
    states = np.zeros((steps + 1, batch, n), x.dtype)
    new, recalled = (np.empty((steps, batch, n), x.dtype) for _ in range(2))
    columns = w_state.T.copy()
    for t in range(steps):
        products = states[t] @ columns + b_state
        gates = (rows[t, :, : 2 * n] + products[:, : 2 * n]).reshape(batch, 2, n)
        opened[t] = 1 / (1 + np.exp(-gates))
        recalled[t] = products[:, 2 * n :]
        new[t] = np.tanh(rows[t, :, 2 * n :] + opened[t, :, 0] * recalled[t])
        states[t + 1] = new[t] + opened[t, :, 1] * (states[t] - new[t])
    r, z = opened[:, :, 0], opened[:, :, 1]
    slopes = np.empty((steps, batch, 3, n), x.dtype)
    slopes[:, :, 2] = (1 - z) * (1 - new * new)
    slopes[:, :, 0] = slopes[:, :, 2] * recalled * r * (1 - r)
    slopes[:, :, 1] = (states[:-1] - new) * z * (1 - z)
    inside = slopes.copy()
    inside[:, :, 2] *= r
    to_state = np.zeros((batch, n), x.dtype)
    for t in range(steps - 1, -1, -1):
        to_state += grad[t]
        slopes[t] *= to_state[:, None]
        inside[t] *= to_state[:, None]
        to_state = to_state * z[t] + inside[t].reshape(batch, -1) @ w_state
    outer, inner = slopes.reshape(steps * batch, -1), inside.reshape(steps * batch, -1)
    within = inner.T @ states[:-1].reshape(steps * batch, -1)
    to_x, to_in = (outer @ w_in).reshape(x.shape), outer.T @ x.reshape(len(outer), -1)
    return [to_x, to_in, within, outer.sum(0), inner.sum(0)]
