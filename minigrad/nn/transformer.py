"""Floor 7. The encoder of a transformer: attention and dense layers in turn, with shortcuts.

"Attention Is All You Need", https://arxiv.org/abs/1706.03762, section 3.1.
"""

import copy

from . import functional
from .attention import MultiheadAttention
from .containers import ModuleList
from .dropout import Dropout
from .linear import Linear
from .module import Module
from .normalizations import LayerNorm

ACTIVATIONS = {"relu": functional.relu, "gelu": functional.gelu}


class TransformerEncoderLayer(Module):
    """Attention to itself, then two dense layers; each added to what came in, and normalised.

    `norm_first` normalises what goes in instead of what comes out. `activation` is "relu", "gelu"
    or a function. `batch_first`: (batch, length, width) in place of (length, batch, width). `dtype`
    and `device` as for `torch.rand`. RuntimeError for another name of an activation.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.TransformerEncoderLayer.html
    """

    def __init__(
        self,
        d_model,
        nhead,
        dim_feedforward=2048,
        dropout=0.1,
        activation=functional.relu,
        layer_norm_eps=1e-5,
        batch_first=False,
        norm_first=False,
        bias=True,
        **kind,
    ):
        super().__init__()
        self.self_attn = MultiheadAttention(
            d_model, nhead, dropout=dropout, bias=bias, batch_first=batch_first, **kind
        )
        self.linear1 = Linear(d_model, dim_feedforward, bias=bias, **kind)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, bias=bias, **kind)
        self.norm_first = norm_first
        self.norm1 = LayerNorm(d_model, eps=layer_norm_eps, bias=bias, **kind)
        self.norm2 = LayerNorm(d_model, eps=layer_norm_eps, bias=bias, **kind)
        self.dropout1, self.dropout2 = Dropout(dropout), Dropout(dropout)
        if isinstance(activation, str):
            if activation not in ACTIVATIONS:
                raise RuntimeError(f"activation should be relu/gelu, not {activation}")
            activation = ACTIVATIONS[activation]
        self.activation = activation

    def forward(self, src, src_mask=None, src_key_padding_mask=None, is_causal=False):
        """(length, batch, d_model) gives the same shape; the batch may be left out.

        The masks and `is_causal` are those of `MultiheadAttention`.
        """
        masks = src_mask, src_key_padding_mask, is_causal
        if self.norm_first:
            src = src + self._attention(self.norm1(src), *masks)
            return src + self._dense(self.norm2(src))
        src = self.norm1(src + self._attention(src, *masks))
        return self.norm2(src + self._dense(src))

    def _attention(self, x, attn_mask, key_padding_mask, is_causal):
        result, _ = self.self_attn(x, x, x, key_padding_mask, False, attn_mask, is_causal=is_causal)
        return self.dropout1(result)

    def _dense(self, x):
        inside = self.dropout(self.activation(self.linear1(x)))
        return self.dropout2(self.linear2(inside))


class TransformerEncoder(Module):
    """`num_layers` copies of an encoder layer, one after the other, and perhaps a `norm` behind.

    `enable_nested_tensor` and `mask_check` belong to a short cut that PyTorch takes and minigrad
    does not. Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.TransformerEncoder.html
    """

    def __init__(
        self, encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True
    ):
        super().__init__()
        self.layers = ModuleList(copy.deepcopy(encoder_layer) for _ in range(num_layers))
        self.num_layers, self.norm = num_layers, norm
        self.enable_nested_tensor, self.mask_check = enable_nested_tensor, mask_check

    def forward(self, src, mask=None, src_key_padding_mask=None, is_causal=None):
        """As each of its layers: the shape stays. (`is_causal` None: nothing is assumed.)"""
        for layer in self.layers:
            src = layer(src, mask, src_key_padding_mask, bool(is_causal))
        return src if self.norm is None else self.norm(src)
