"""Floor 3. What attention asks of its inputs, in PyTorch's words first."""

from .. import errors
from . import checks, product_checks

_NAMES = "query", "key", "value"


def check_attention(query, key, value, attn_mask, dropout_p):
    """What PyTorch checks before it computes: kinds, dtypes and numbers of dimensions."""
    for position, (name, each) in enumerate(zip(_NAMES, (query, key, value), strict=True), 1):
        checks.check_tensor(each, "scaled_dot_product_attention", name, position)
    if not query._array.dtype == key._array.dtype == value._array.dtype:
        one, two, three = (kind(each) for each in (query, key, value))
        raise RuntimeError(
            "Expected query, key, and value to have the same dtype, but got query.dtype: "
            f"{one} key.dtype: {two} and value.dtype: {three} instead. Convert them, for instance "
            "with .float()."
        )
    if query._array.dtype.kind != "f":
        raise RuntimeError(
            f"expected scalar type Float but found {query.dtype.tensor_type}. Convert first: "
            "x.float()."
        )
    dims = [each._array.ndim for each in (query, key, value)]
    if min(dims) < 2:
        raise RuntimeError(
            "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: "
            f"{dims[0]} key.dim: {dims[1]} and value.dim: {dims[2]} instead: (…, length, width)."
        )
    if attn_mask is not None:
        check_mask(attn_mask, query)
    if not 0 <= dropout_p <= 1:
        raise RuntimeError(f"dropout probability has to be between 0 and 1, but got {dropout_p}")


def kind(tensor):
    """A dtype as PyTorch's C++ names it, such as `double`."""
    return product_checks.C_NAMES[tensor._array.dtype.name]


def check_mask(attn_mask, query):
    checks.check_tensor(attn_mask, "scaled_dot_product_attention", "attn_mask", 4)
    dtype = attn_mask._array.dtype
    if dtype.kind != "b" and dtype != query._array.dtype:
        raise RuntimeError(
            "Expected attn_mask dtype to be bool or float or to match query dtype, but got "
            f"attn_mask.dtype: {kind(attn_mask)} and  query.dtype: {kind(query)} instead. True is "
            "where a query may look."
        )
    if attn_mask._array.ndim < 2:
        dims = attn_mask._array.ndim
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-max(dims, 1)}, "
            f"{max(dims, 1) - 1}], but got -2): a mask has the shape (…, queries, keys), and this "
            f"one has {dims} dimensions."
        )


def check_one_mask(attn_mask, is_causal):
    if attn_mask is not None and is_causal:
        raise RuntimeError(
            "_scaled_dot_product_attention: Explicit attn_mask should not be set when "
            "is_causal=True. Put both into one mask: mask & torch.ones(L, S).tril()."
        )


def check_mask_fits(bias, shape):
    """RuntimeError if a mask cannot be broadcast to the scores."""
    own = () if bias is None else bias._array.shape
    pairs = zip(own[::-1], shape[::-1], strict=False)
    if len(own) > len(shape):
        raise RuntimeError(
            f"output with shape {list(shape)} doesn't match the broadcast shape {list(own)}: the "
            "mask has more dimensions than the scores that it is added to."
        )
    if any(one not in (1, two) for one, two in pairs):
        raise errors.cannot_broadcast(shape, own)


def check_groups(query, key, value):
    """The number of heads of queries; RuntimeError if those of keys and values do not divide it."""
    heads = [each._array.shape[-3] if each._array.ndim > 2 else 1 for each in (query, key, value)]
    if 0 in heads or heads[0] % heads[1] or heads[0] % heads[2]:
        raise RuntimeError(
            "Number of heads in key and value must divide the number of heads in query: there are "
            f"{heads[1]}, {heads[2]} and {heads[0]}."
        )
    return heads[0]


# --- several heads --------------------------------------------------------------------------------
def check_heads(query, key, value, padding, mask, num_heads):
    """Whether there is a batch; AssertionError for numbers of dimensions that do not fit."""
    for position, (name, each) in enumerate(zip(_NAMES, (query, key, value), strict=True), 1):
        checks.check_tensor(each, "multi_head_attention_forward", name, position)
    for name, each in (("key_padding_mask", padding), ("attn_mask", mask)):
        if each is not None:
            checks.check_tensor(each, "multi_head_attention_forward", name, position)
    dims = query._array.ndim
    assert dims in (2, 3), (
        f"query should be unbatched 2D or batched 3D tensor but received {dims}-D query tensor"
    )
    kind = "batched (3-D)" if dims == 3 else "unbatched (2-D)"
    found = key._array.ndim, value._array.ndim
    assert found == (dims, dims), (
        f"For {kind} `query`, expected `key` and `value` to be {dims}-D but found {found[0]}-D and "
        f"{found[1]}-D tensors respectively"
    )
    if padding is not None:
        assert padding._array.ndim == dims - 1, (
            f"For {kind} `query`, expected `key_padding_mask` to be `None` or {dims - 1}-D but "
            f"found {padding._array.ndim}-D tensor instead"
        )
    if mask is not None:
        assert mask._array.ndim in (2, 3), (
            f"For {kind} `query`, expected `attn_mask` to be `None`, 2-D or 3-D but found "
            f"{mask._array.ndim}-D tensor instead"
        )
        expected = num_heads, query._array.shape[0], key._array.shape[0]
        assert dims == 3 or mask._array.ndim == 2 or mask._array.shape == expected, (
            f"Expected `attn_mask` shape to be {expected} but got {mask.shape}"
        )
    return dims == 3


def check_widths(query, key, value, embed_dim, num_heads, separate):
    """AssertionError for lengths that the weights were not made for."""
    width = query._array.shape[-1]
    assert width == embed_dim, f"was expecting embedding dimension of {embed_dim}, but got {width}"
    assert width % num_heads == 0, f"embed_dim {width} not divisible by num_heads {num_heads}"
    if separate is None:
        assert key.shape == value.shape, (
            f"key shape {key.shape} does not match value shape {value.shape}"
        )
        assert key._array.shape[-1] == width, (
            f"key shape {key.shape} does not match the embedding dimension {width}: give kdim and "
            "vdim."
        )
    else:
        assert key.shape[:2] == value.shape[:2], (
            f"key's sequence and batch dims {key.shape[:2]} do not match value's {value.shape[:2]}"
        )
        for name, each, weight in zip(_NAMES, (query, key, value), separate, strict=True):
            expected = embed_dim, each._array.shape[-1]
            assert weight.shape == expected, (
                f"expecting {name} weights shape of {expected}, but got {weight.shape}"
            )
    if key._array.shape[1] != query._array.shape[1]:
        length, batch = key._array.shape[:2]
        raise RuntimeError(
            f"shape '{[length, query._array.shape[1] * num_heads, width // num_heads]}' is invalid "
            f"for input of size {length * batch * width}: queries and keys are batches of "
            f"{query._array.shape[1]} and {batch}."
        )


def check_masks(query, key, attn_mask, padding, is_causal, heads):
    """Errors for masks that are neither bool nor float, or do not fit."""
    if is_causal and attn_mask is None:
        raise RuntimeError(
            "Need attn_mask if specifying the is_causal hint. You may use the Transformer module "
            "method `generate_square_subsequent_mask` to create this mask."
        )
    for name, mask in (("key_padding_mask", padding), ("attn_mask", attn_mask)):
        if mask is not None:
            assert mask._array.dtype.kind in "bf", (
                f"only bool and floating types of {name} are supported, not {mask.dtype}"
            )
    (queries, batch), keys = query._array.shape[:2], key._array.shape[0]
    if attn_mask is not None:
        dims, found = attn_mask._array.ndim, attn_mask.shape
        expected = (queries, keys) if dims == 2 else (batch * heads, queries, keys)
        if found != expected:
            raise RuntimeError(
                f"The shape of the {dims}D attn_mask is {found}, but should be {expected}."
            )
    for dim, length in enumerate((batch, keys) if padding is not None else ()):
        found = padding._array.shape[dim]
        assert found == length, (
            f"Expected key_padded_mask.shape[{dim}] to be {length}, but got {found}"
        )
