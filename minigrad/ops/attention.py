"""Floor 3. Attention: for every query a weighted mean of values, by how well their keys match it.

"Attention Is All You Need", https://arxiv.org/abs/1706.03762, section 3.2.1.
"""

import math

import numpy as np

from .. import arrays
from ..carriers import numbers
from ..creation import wrap
from ..function import Function
from ..tensor import Tensor
from . import attention_checks as checks
from .dropout import dropout
from .matmul import matmul
from .softmax import are_small
from .sums import total, total_of_product


def weights_of(scores):
    """The softmax of scores along the last dimension, in their own memory.

    A row that is masked out altogether (all -inf) gets zeros, not nan.
    """
    if not scores.shape[-1]:
        return scores  # without keys there are no weights
    if not are_small(scores):
        peak = np.maximum.reduce(scores, axis=-1, keepdims=True)
        scores -= np.maximum(peak, np.finfo(scores.dtype).min)  # -inf - -inf would be nan
    np.exp(scores, out=scores)
    sums = total(scores, (scores.ndim - 1,))
    scores /= sums + (sums == 0)
    return scores


def slope_of_softmax(grad, weights):
    """What the gradient of a softmax is to the scores it was made from."""
    return (grad - total_of_product(grad, weights, (weights.ndim - 1,))) * weights


class SafeSoftmax(Function):
    """Softmax along the last dimension, with zeros for rows of -inf alone."""

    saved_names = ("result",)

    @staticmethod
    def forward(self):
        return weights_of(arrays.copied(self, "C"))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output)

    @staticmethod
    def backward(ctx, grad):
        return (slope_of_softmax(grad, ctx.saved[0]),)


class ScaledDotProductFlashAttentionForCpu(Function):
    """weights @ value in one node; the weights have been computed from query and key."""

    saved_names = "query", "key", "value", "attn_mask", "weights"

    @staticmethod
    def forward(query, key, value, weights, scale, bias):
        return weights @ value

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs, ctx.bias, wrap(ctx.weights))
        del ctx.bias, ctx.weights  # so that they go with the other saved values

    @staticmethod
    def backward(ctx, grad):
        query, key, value, bias, weights = ctx.saved
        scaled = query * ctx.scale
        if isinstance(grad, Tensor):
            weights = weights_as_tensors(scaled, key, bias)
        to_query, to_key, to_value = (edge is not None for edge in ctx.next)
        grads = [None, None, None]
        if to_value:
            grads[2] = weights.swapaxes(-1, -2) @ grad
        if to_query or to_key:
            to_scores = slope_of_softmax(grad @ value.swapaxes(-1, -2), weights)
        if to_query:
            grads[0] = (to_scores @ key) * ctx.scale
        if to_key:
            grads[1] = to_scores.swapaxes(-1, -2) @ scaled
        return tuple(grads)


def weights_as_tensors(scaled, key, bias):
    """The weights as operations of their own, for gradients of gradients."""
    scores = matmul(scaled, key.swapaxes(-1, -2))
    return SafeSoftmax.apply(scores if bias is None else scores + bias)


def bias_of(attn_mask, is_causal, lengths, like):
    """A mask as what is added to scores like an array, 0 or -inf; None without a mask."""
    bias, dtype = None, like.dtype
    if attn_mask is not None:
        bias = attn_mask
        if attn_mask._array.dtype.kind == "b":
            bias = wrap(forbidden(~attn_mask._array, dtype))
    if is_causal:
        later = arrays.beside(~np.tri(*lengths, dtype=bool), like)
        causal = wrap(forbidden(later, dtype))
        bias = causal if bias is None else bias + causal
    return bias


def forbidden(places, dtype):
    """-inf at these places, 0 elsewhere."""
    return np.where(places, np.asarray(-math.inf, dtype), np.zeros((), dtype))


def repeat_heads(tensor, heads):
    """Each head of keys or values for a group of heads of queries, one after the other."""
    *batch, own, length, width = tensor._array.shape
    grouped = tensor.unsqueeze(-3).expand(*batch, own, heads // own, length, width)
    return grouped.reshape(*batch, heads, length, width)


def is_plain(query, key, value, bias, dropout_p):
    """Whether PyTorch (and minigrad) has one node for it: 4-D, and nothing is broadcast."""
    shapes = [each._array.shape for each in (query, key, value)]
    return (
        len(shapes[0]) == 4
        and shapes[0][-1] == shapes[1][-1] == shapes[2][-1]
        and shapes[0][:-2] == shapes[1][:-2]
        and shapes[1] == shapes[2]
        and not (bias is not None and bias._requires_grad)
        and dropout_p == 0
    )


def scaled_dot_product_attention(
    query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False
):
    """softmax(query @ keyᵀ * scale + mask) @ value: (…, L, E), (…, S, E), (…, S, V) give (…, L, V).

    `attn_mask` broadcasts to (…, L, S): True where a query may look, or a float that is added to
    the scores. `is_causal`: query i sees the keys up to i. `scale` is 1 / √E if not given.
    `dropout_p` drops weights, always (pass 0 for evaluation). `enable_gqa`: fewer heads of keys and
    values than of queries, each for a group. RuntimeError for shapes or dtypes that do not fit. See
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html
    """
    checks.check_attention(query, key, value, attn_mask, dropout_p)
    if enable_gqa:
        heads = checks.check_groups(query, key, value)
        key, value = repeat_heads(key, heads), repeat_heads(value, heads)
    array, lengths = query._array, (query._array.shape[-2], key._array.shape[-2])
    scale = 1 / math.sqrt(array.shape[-1] or 1) if scale is None else scale
    bias = bias_of(attn_mask, is_causal, lengths, array)
    if not is_plain(query, key, value, bias, dropout_p):
        checks.check_one_mask(attn_mask, is_causal)
        weights = weights_as_tensors(query * scale, key, bias)
        return matmul(dropout(weights, dropout_p), value)
    checks.check_mask_fits(bias, (*array.shape[:-1], lengths[1]))
    scores = (array * scale) @ key._array.swapaxes(-1, -2)
    if bias is not None:
        scores += numbers(bias)
    return ScaledDotProductFlashAttentionForCpu.apply(
        query, key, value, weights=weights_of(scores), scale=scale, bias=bias
    )
