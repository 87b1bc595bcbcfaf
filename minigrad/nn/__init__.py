"""Floor 7. `torch.nn`: modules with weights, and losses."""

from . import functional, utils
from .activations import ReLU, Sigmoid, Tanh
from .containers import Flatten, Identity, ModuleDict, ModuleList, Sequential, Unflatten
from .dropout import (
    AlphaDropout,
    Dropout,
    Dropout1d,
    Dropout2d,
    Dropout3d,
    FeatureAlphaDropout,
)
from .embedding import Embedding
from .linear import Linear
from .losses import MSELoss
from .module_more import Module
from .parameter import Parameter

__all__ = [
    "AlphaDropout",
    "Dropout",
    "Dropout1d",
    "Dropout2d",
    "Dropout3d",
    "Embedding",
    "FeatureAlphaDropout",
    "Flatten",
    "Identity",
    "Linear",
    "MSELoss",
    "Module",
    "ModuleDict",
    "ModuleList",
    "Parameter",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Tanh",
    "Unflatten",
    "functional",
    "utils",
]
