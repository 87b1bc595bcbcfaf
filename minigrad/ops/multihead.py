"""Floor 3. Attention with several heads: each looks at the sequence in its own way.

"Attention Is All You Need", https://arxiv.org/abs/1706.03762, section 3.2.2.
"""

import math

from .. import arrays
from ..creation import wrap
from . import attention_checks as checks
from .attention import forbidden, scaled_dot_product_attention
from .dropout import dropout
from .joining import cat
from .linear import linear
from .matmul import matmul
from .softmax import softmax


def project(query, key, value, weight, bias, separate):
    """Queries, keys and values, each (length, batch, width), from what comes in.

    `weight` (3 width, width) holds the three weights; or `separate` does, one by one.
    """
    width = query._array.shape[-1]
    if separate is None and query is key is value:
        return linear(query, weight, bias).chunk(3, -1)
    weights = weight.split(width) if separate is None else separate
    biases = (None, None, None) if bias is None else bias.split(width)
    inputs = query, key, value
    return [linear(*each) for each in zip(inputs, weights, biases, strict=True)]


def split_heads(tensor, heads):
    """(length, batch, width) as (batch, heads, length, width / heads)."""
    length, batch, width = tensor._array.shape
    return tensor.view(length, batch, heads, width // heads).permute(1, 2, 0, 3)


def added_to_scores(mask, like):
    """A mask as floats: -inf where a bool mask is True, which here means: not allowed."""
    if mask is None or mask._array.dtype.kind != "b":
        return mask
    return wrap(forbidden(mask._array, like._array.dtype))


def one_more(mask):
    """A mask for one key more, which everybody may look at."""
    if mask is None:
        return None
    column = arrays.zeros((*mask.shape[:-1], 1), mask._array.dtype, mask._array)
    return cat([mask, wrap(column)], -1)


def lengthen(pair, masks, biases, with_zeros, static, batch, heads):
    """Keys and values of all heads, and the masks: with what a layer adds behind the last one."""
    if biases[0] is not None:
        pair = [cat([each, bias.expand(1, batch, -1)]) for each, bias in zip(pair, biases)]
        masks = [one_more(mask) for mask in masks]
    pair = [
        split_heads(each, heads) if given is None else given.view(batch, heads, *given.shape[1:])
        for each, given in zip(pair, static, strict=True)
    ]
    if with_zeros:
        shape, array = (*pair[0].shape[:2], 1, pair[0].shape[-1]), pair[0]._array
        pair = [cat([each, wrap(arrays.zeros(shape, array.dtype, array))], 2) for each in pair]
        masks = [one_more(mask) for mask in masks]
    return *pair, masks


def merged(attn_mask, padding, batch, heads):
    """One mask that broadcasts to (batch, heads, queries, keys), or None."""
    if attn_mask is not None and attn_mask.ndim == 3:
        attn_mask = attn_mask.view(batch, heads, *attn_mask.shape[1:])
    if padding is None:
        return attn_mask
    padding = padding.view(batch, 1, 1, -1)
    return padding if attn_mask is None else attn_mask + padding


def attend(query, key, value, mask, dropout_p):
    """(outputs, weights) of all heads, where the weights are wanted, too."""
    scores = matmul(query * math.sqrt(1 / query._array.shape[-1]), key.transpose(-2, -1))
    weights = dropout(softmax(scores if mask is None else scores + mask, -1), dropout_p)
    return matmul(weights, value), weights.view(weights.shape)


def assemble(outputs, weight, bias):
    """The outputs of all heads side by side, and the last projection."""
    batch, heads, length, width = outputs._array.shape
    joined = outputs.permute(2, 0, 1, 3).reshape(length * batch, heads * width)
    return linear(joined, weight, bias).view(length, batch, weight._array.shape[0])


def as_batch(query, key, value, padding, attn_mask, heads):
    """What comes in, with a single sequence as a batch of one; and whether there was a batch."""
    if checks.check_heads(query, key, value, padding, attn_mask, heads):
        return query, key, value, padding, True
    if query is key is value:
        query = key = value = query.unsqueeze(1)
    else:
        query, key, value = (each.unsqueeze(1) for each in (query, key, value))
    return query, key, value, None if padding is None else padding.unsqueeze(0), False


def multi_head_attention_forward(
    query,
    key,
    value,
    embed_dim_to_check,
    num_heads,
    in_proj_weight,
    in_proj_bias,
    bias_k,
    bias_v,
    add_zero_attn,
    dropout_p,
    out_proj_weight,
    out_proj_bias,
    training=True,
    key_padding_mask=None,
    need_weights=True,
    attn_mask=None,
    use_separate_proj_weight=False,
    q_proj_weight=None,
    k_proj_weight=None,
    v_proj_weight=None,
    static_k=None,
    static_v=None,
    average_attn_weights=True,
    is_causal=False,
):
    """What `nn.MultiheadAttention` computes, and says more of: (outputs, weights or None)."""
    given = query, key, value, key_padding_mask, attn_mask, num_heads
    query, key, value, padding, batched = as_batch(*given)
    separate = (q_proj_weight, k_proj_weight, v_proj_weight) if use_separate_proj_weight else None
    checks.check_widths(query, key, value, embed_dim_to_check, num_heads, separate)
    checks.check_masks(query, key, attn_mask, padding, is_causal, num_heads)
    batch = query._array.shape[1]
    masks = [added_to_scores(mask, query) for mask in (attn_mask, padding)]
    query, *pair = project(query, key, value, in_proj_weight, in_proj_bias, separate)
    more = (bias_k, bias_v), add_zero_attn, (static_k, static_v)
    key, value, masks = lengthen(pair, masks, *more, batch, num_heads)
    query, dropped = split_heads(query, num_heads), dropout_p if training else 0.0
    if need_weights:
        outputs, weights = attend(query, key, value, merged(*masks, batch, num_heads), dropped)
        weights = weights.mean(1) if average_attn_weights else weights
    else:
        weights, causal = None, is_causal and padding is None  # a hint about `attn_mask`
        mask = None if causal else merged(*masks, batch, num_heads)
        outputs = scaled_dot_product_attention(query, key, value, mask, dropped, causal)
    outputs = assemble(outputs, out_proj_weight, out_proj_bias)
    if not batched:
        return outputs.squeeze(1), weights.squeeze(0) if need_weights else None
    return outputs, weights
