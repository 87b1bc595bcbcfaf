"""Floor 6. The public face of the floors below, under PyTorch's names: `torch.autograd`."""

from .. import left_out
from ..grad_mode import enable_grad, no_grad, set_grad_enabled
from ..inference import inference_mode
from . import function, functional, graph
from .anomaly_mode import detect_anomaly, set_detect_anomaly
from .differentiation import backward, grad
from .function import Function
from .gradcheck import gradcheck, gradgradcheck
from .variable import Variable

__all__ = [
    "Function",
    "Variable",
    "backward",
    "detect_anomaly",
    "enable_grad",
    "function",
    "functional",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "graph",
    "inference_mode",
    "no_grad",
    "set_detect_anomaly",
    "set_grad_enabled",
]


def __getattr__(name):
    """Only asked for names that are not there: says why, where minigrad leaves it out."""
    raise left_out.explain(__name__, name)
