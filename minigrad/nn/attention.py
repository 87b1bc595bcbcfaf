"""Floor 7. `MultiheadAttention`: several attentions side by side, on learnt projections."""

from ..chance import rand, randn
from ..creation import zeros
from . import functional, init
from .linear import Linear
from .module import Module
from .parameter import Parameter


class NonDynamicallyQuantizableLinear(Linear):
    """A `Linear` under the name that PyTorch prints for the last layer of an attention."""


class MultiheadAttention(Module):
    """Attention with `num_heads` heads of embed_dim / num_heads numbers each.

    `dropout` is for the weights. `kdim`, `vdim`: widths of keys and values, if others than
    embed_dim. `add_bias_kv` adds a learnt key and value to the sequence, `add_zero_attn` zeros.
    `batch_first`: (batch, length, width) in place of (length, batch, width). AssertionError if the
    heads do not divide `embed_dim`. `dtype` and `device` as for `torch.rand`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html
    """

    def __init__(
        self,
        embed_dim,
        num_heads,
        dropout=0.0,
        bias=True,
        add_bias_kv=False,
        add_zero_attn=False,
        kdim=None,
        vdim=None,
        batch_first=False,
        **kind,
    ):
        super().__init__()
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(
                "embed_dim and num_heads must be greater than 0, got "
                f"embed_dim={embed_dim} and num_heads={num_heads} instead"
            )
        assert embed_dim % num_heads == 0, "embed_dim must be divisible by num_heads"
        self.embed_dim, self.num_heads, self.dropout = embed_dim, num_heads, dropout
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self.head_dim, self.batch_first = embed_dim // num_heads, batch_first
        self.add_zero_attn = add_zero_attn
        self._qkv_same_embed_dim = self.kdim == self.vdim == embed_dim
        self._make_projections(kind)
        self.in_proj_bias = Parameter(zeros(3 * embed_dim, **kind)) if bias else None
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, **kind)
        self.bias_k = Parameter(randn(1, 1, embed_dim, **kind)) if add_bias_kv else None
        self.bias_v = Parameter(randn(1, 1, embed_dim, **kind)) if add_bias_kv else None
        self._reset_parameters()

    def _make_projections(self, kind):
        """The weights for queries, keys and values: in one if they are of one width."""
        width = self.embed_dim
        whole = rand(3 * width, width, **kind) if self._qkv_same_embed_dim else None
        self.register_parameter("in_proj_weight", None if whole is None else Parameter(whole))
        for name, columns in (("q", width), ("k", self.kdim), ("v", self.vdim)):
            separate = None if self._qkv_same_embed_dim else Parameter(rand(width, columns, **kind))
            self.register_parameter(f"{name}_proj_weight", separate)

    def _reset_parameters(self):
        """The weights as Xavier Glorot would begin, the biases 0."""
        names = "in_proj_weight", "q_proj_weight", "k_proj_weight", "v_proj_weight"
        for weight in (getattr(self, name) for name in names):
            if weight is not None:
                init.xavier_uniform_(weight)
        for each in (self.bias_k, self.bias_v):
            if each is not None:
                init.xavier_normal_(each)
        if self.in_proj_bias is not None:
            init.zeros_(self.in_proj_bias)
            init.zeros_(self.out_proj.bias)

    def forward(
        self,
        query,
        key,
        value,
        key_padding_mask=None,
        need_weights=True,
        attn_mask=None,
        average_attn_weights=True,
        is_causal=False,
    ):
        """(outputs, weights): queries (L, N, embed_dim), keys and values (S, N, …) give outputs
        (L, N, embed_dim) and weights (N, L, S), or (N, num_heads, L, S) for each head without
        `average_attn_weights`; all may be without the batch N.

        Without the weights (`need_weights=False`) it is faster, and they are None. In the masks
        (`attn_mask` (L, S) or (N · num_heads, L, S), `key_padding_mask` (N, S)) True means: not
        allowed (in `scaled_dot_product_attention` it means: allowed), and floats are added to the
        scores. `is_causal` says that `attn_mask` is the causal one. AssertionError or RuntimeError
        for shapes that do not fit.
        """
        turned = self.batch_first and query.dim() == 3
        if turned:
            same = query is key is value
            query = query.transpose(1, 0)
            key, value = (query, query) if same else (key.transpose(1, 0), value.transpose(1, 0))
        own = {
            name: getattr(self, name)
            for name in ("q_proj_weight", "k_proj_weight", "v_proj_weight", "training")
        }
        outputs, weights = functional.multi_head_attention_forward(
            *(query, key, value, self.embed_dim, self.num_heads),
            *(self.in_proj_weight, self.in_proj_bias, self.bias_k, self.bias_v),
            *(self.add_zero_attn, self.dropout, self.out_proj.weight, self.out_proj.bias),
            key_padding_mask=key_padding_mask,
            need_weights=need_weights,
            attn_mask=attn_mask,
            use_separate_proj_weight=not self._qkv_same_embed_dim,
            average_attn_weights=average_attn_weights,
            is_causal=is_causal,
            **own,
        )
        return (outputs.transpose(1, 0) if turned else outputs), weights
