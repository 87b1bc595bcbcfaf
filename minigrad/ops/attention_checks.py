"""Floor 3. What attention asks of its inputs, in PyTorch's words first."""

from .. import errors
from . import checks

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
    return checks.C_NAMES[tensor._array.dtype.name]


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
    if len(own) > len(shape) or any(one not in (1, two) for one, two in pairs):
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
