"""Floor 7. Layers and losses as functions: `torch.nn.functional`."""

from ..ops.activations import glu, logsigmoid, softplus, softsign, tanhshrink
from ..ops.attention import scaled_dot_product_attention
from ..ops.averaging import adaptive_avg_pool1d, adaptive_avg_pool2d, avg_pool1d, avg_pool2d
from ..ops.class_losses import cross_entropy, nll_loss
from ..ops.convolution import conv1d, conv2d
from ..ops.dropout import (
    alpha_dropout,
    dropout,
    dropout1d,
    dropout2d,
    dropout3d,
    feature_alpha_dropout,
)
from ..ops.elementwise import sigmoid, tanh
from ..ops.embedding import embedding
from ..ops.folding import fold, unfold
from ..ops.gelu import gelu
from ..ops.hard_activations import hardshrink, prelu, softshrink
from ..ops.linear import linear
from ..ops.losses import huber_loss, l1_loss, mse_loss, smooth_l1_loss
from ..ops.multihead import multi_head_attention_forward
from ..ops.normalization import batch_norm, group_norm, layer_norm
from ..ops.norms import cosine_similarity, normalize, pairwise_distance
from ..ops.one_hot import one_hot
from ..ops.padding import pad
from ..ops.pooling import max_pool1d, max_pool2d
from ..ops.probability_losses import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    kl_div,
)
from .activation_functions import (
    celu,
    celu_,
    elu,
    elu_,
    hardsigmoid,
    hardswish,
    hardtanh,
    hardtanh_,
    leaky_relu,
    leaky_relu_,
    log_softmax,
    mish,
    relu,
    relu6,
    relu_,
    selu,
    selu_,
    silu,
    softmax,
    softmin,
    threshold,
    threshold_,
)

__all__ = [
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "alpha_dropout",
    "avg_pool1d",
    "avg_pool2d",
    "batch_norm",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "celu",
    "celu_",
    "conv1d",
    "conv2d",
    "cosine_similarity",
    "cross_entropy",
    "dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "elu",
    "elu_",
    "embedding",
    "feature_alpha_dropout",
    "fold",
    "gelu",
    "glu",
    "group_norm",
    "hardshrink",
    "hardsigmoid",
    "hardswish",
    "hardtanh",
    "hardtanh_",
    "huber_loss",
    "kl_div",
    "l1_loss",
    "layer_norm",
    "leaky_relu",
    "leaky_relu_",
    "linear",
    "log_softmax",
    "logsigmoid",
    "max_pool1d",
    "max_pool2d",
    "mish",
    "mse_loss",
    "multi_head_attention_forward",
    "nll_loss",
    "normalize",
    "one_hot",
    "pad",
    "pairwise_distance",
    "prelu",
    "relu",
    "relu6",
    "relu_",
    "scaled_dot_product_attention",
    "selu",
    "selu_",
    "sigmoid",
    "silu",
    "smooth_l1_loss",
    "softmax",
    "softmin",
    "softplus",
    "softshrink",
    "softsign",
    "tanh",
    "tanhshrink",
    "threshold",
    "threshold_",
    "unfold",
]
