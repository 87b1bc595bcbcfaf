"""Floor 7. Layers and losses as functions: `torch.nn.functional`."""

from ..ops.attention import scaled_dot_product_attention
from ..ops.averaging import adaptive_avg_pool1d, adaptive_avg_pool2d, avg_pool1d, avg_pool2d
from ..ops.convolution import conv1d, conv2d
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
from ..ops.normalization import batch_norm, group_norm, layer_norm
from ..ops.padding import pad
from ..ops.pooling import max_pool1d, max_pool2d

__all__ = [
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "alpha_dropout",
    "avg_pool1d",
    "avg_pool2d",
    "batch_norm",
    "conv1d",
    "conv2d",
    "dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "embedding",
    "feature_alpha_dropout",
    "group_norm",
    "layer_norm",
    "linear",
    "max_pool1d",
    "max_pool2d",
    "mse_loss",
    "pad",
    "relu",
    "scaled_dot_product_attention",
    "sigmoid",
    "tanh",
]
