"""Floor 7. Layers and losses as functions: `torch.nn.functional`."""

from ..ops.attention import scaled_dot_product_attention
from ..ops.dropout import (
    alpha_dropout,
    dropout,
    dropout1d,
    dropout2d,
    dropout3d,
    feature_alpha_dropout,
)
from ..ops.elementwise import relu, sigmoid, tanh
from ..ops.embedding import embedding
from ..ops.linear import linear
from ..ops.losses import mse_loss

__all__ = [
    "alpha_dropout",
    "dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "embedding",
    "feature_alpha_dropout",
    "linear",
    "mse_loss",
    "relu",
    "scaled_dot_product_attention",
    "sigmoid",
    "tanh",
]
