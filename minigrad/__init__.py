"""minigrad: automatic differentiation that you can read, with PyTorch's names.

`import minigrad as torch` runs the PyTorch autograd tutorials. The modules are the floors of a
house, and each imports only from floors below: tensors (1), the graph (2), operations (3), the
backward pass (4). The chapters of the course build them in this order.
"""

from .creation import as_tensor, empty, from_numpy, full, ones, tensor, zeros
from .dtypes import (
    Size,
    dtype,
    float16,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    uint8,
)
from .dtypes import bool_ as bool
from .engine import backward
from .grad_mode import is_grad_enabled, no_grad
from .ops.arithmetic import add, div, mul, neg, pow, sub
from .ops.reductions import mean, sum
from .tensor import Tensor

__version__ = "0.1.0"
