"""minigrad: automatic differentiation that you can read, with PyTorch's names.

`import minigrad as torch` runs the PyTorch autograd tutorials. The modules are the floors of a
house, and each imports only from floors below: tensors (1), the graph (2), operations (3), the
backward pass (4). The chapters of the course build them in this order.
"""

import math
import warnings

from . import (
    allocation,
    autograd,
    cuda,
    engine,
    inplace_more,
    inplace_ops,
    left_out,
    linalg,
    nn,
    nodes,
    optim,
    passes,
    safetensors,
    serialization,
    utils,
)
from .autograd.anomaly_mode import is_anomaly_enabled
from .chance import (
    get_rng_state,
    initial_seed,
    manual_seed,
    rand,
    rand_like,
    randint,
    randint_like,
    randn,
    randn_like,
    randperm,
    seed,
    set_rng_state,
)
from .creation import (
    arange,
    as_tensor,
    empty,
    empty_like,
    eye,
    from_numpy,
    full,
    full_like,
    linspace,
    logspace,
    ones,
    ones_like,
    tensor,
    zeros,
    zeros_like,
)
from .device import device, get_default_device, set_default_device
from .dtypes import (
    Size,
    dtype,
    float16,
    float32,
    float64,
    get_default_dtype,
    int8,
    int16,
    int32,
    int64,
    set_default_dtype,
    uint8,
)
from .dtypes import bool_ as bool
from .generator import Generator, default_generator
from .grad_mode import enable_grad, is_grad_enabled, no_grad, set_grad_enabled
from .inference import inference_mode, is_inference_mode_enabled
from .inplace_more import normal
from .nn.activation_functions import celu_, selu_, threshold_
from .ops import indexing

# fmt: off
from .ops.activations import celu, selu
from .ops.added_products import addbmm, addmm, addmv, addr, baddbmm
from .ops.aliases import (
    absolute, arccos, arccosh, arcsin, arcsinh, arctan, arctan2, arctanh, clip, divide, fix,
    greater, greater_equal, less, less_equal, multiply, negative, not_equal, subtract, swapaxes,
    swapdims,
)
from .ops.arithmetic import add, mul, neg, sub
from .ops.calculus import cumulative_trapezoid, gradient, trapezoid, trapz
from .ops.choices import clamp, clamp_max, clamp_min, maximum, minimum, where
from .ops.comparison import (
    all, allclose, any, bitwise_and, bitwise_not, bitwise_or, bitwise_xor, eq, equal, ge, gt,
    isclose, isfinite, isinf, isnan, le, logical_and, logical_not, logical_or, logical_xor, lt, ne,
)
from .ops.contractions import chain_matmul, cross, ger, inner, kron, tensordot, vdot
from .ops.counting import bincount, count_nonzero, histc, unique, unique_consecutive
from .ops.cutting import dsplit, hsplit, split_with_sizes, tensor_split, vsplit
from .ops.diagonals import (
    diag, diag_embed, diagflat, diagonal, trace, tril, tril_indices, triu, triu_indices,
)
from .ops.distances import cdist
from .ops.divisions import div, fmod, true_divide
from .ops.einsum import einsum
from .ops.elementwise import abs, clone, cos, exp, log, relu, sigmoid, sin, sqrt, square, tanh
from .ops.error_function import erf, erfc, erfinv
from .ops.exponentials import (
    exp2, expm1, float_power, ldexp, log10, log1p, log2, logaddexp, logaddexp2, logit, rsqrt, xlogy,
)
from .ops.extremes import amax, amin, argmax, argmin, max, min
from .ops.gamma_function import digamma, lgamma, polygamma
from .ops.gathering import (
    argwhere, gather, index_select, isin, masked_select, take, take_along_dim, unravel_index,
)
from .ops.hard_activations import hardshrink, prelu, threshold
from .ops.hyperbolic import acosh, asinh, atanh, cosh, sinh
from .ops.inverses import det, inverse, logdet, matrix_power, slogdet
from .ops.joining import cat, stack
from .ops.matmul import bmm, dot, matmul, mm, mv, outer
from .ops.medians import median, mode, nanmedian, nanquantile, quantile
from .ops.mixing import addcdiv, addcmul, fmax, fmin, lerp
from .ops.more_statistics import (
    aminmax, corrcoef, cov, dist, nanmean, nansum, std_mean, var_mean,
)
from .ops.more_views import is_same_size, narrow, nonzero, select, unflatten
from .ops.norms import cosine_similarity, pairwise_distance
from .ops.placing import index_add, index_copy, index_fill, index_put, masked_fill
from .ops.rearranging import adjoint, fliplr, flipud, moveaxis, movedim, ravel, roll, rot90
from .ops.reductions import mean, sum
from .ops.reflected import floor_divide, pow, reciprocal, remainder, rsub
from .ops.repeating import (
    broadcast_shapes, broadcast_tensors, broadcast_to, cartesian_prod, combinations, meshgrid,
    repeat_interleave, tile,
)
from .ops.replacing import diagonal_scatter, select_scatter, slice_scatter
from .ops.running import cummax, cummin, cumprod, cumsum, diff, logcumsumexp
from .ops.scattering import index_reduce, masked_scatter, put, scatter, scatter_add, scatter_reduce
from .ops.several import chunk, split, unbind
from .ops.shapes import flatten, flip, permute, reshape, squeeze, t, transpose, unsqueeze
from .ops.shifts import bitwise_left_shift, bitwise_right_shift, gcd, lcm
from .ops.signs import (
    copysign, frac, heaviside, isneginf, isposinf, isreal, nan_to_num, positive, sgn, signbit,
)
from .ops.softmax import log_softmax, logsumexp, softmax
from .ops.sorting import argsort, bucketize, kthvalue, msort, searchsorted, sort, topk
from .ops.stacking import (
    atleast_1d, atleast_2d, atleast_3d, block_diag, column_stack, concat, concatenate, dstack,
    hstack, row_stack, vstack,
)
from .ops.staircases import ceil, floor, round, sign, trunc
from .ops.statistics import norm, prod, std, var
from .ops.trigonometry import acos, asin, atan, atan2, deg2rad, hypot, rad2deg, sinc, tan
from .ops.views import as_strided
# fmt: on
from .printing import get_printoptions, set_printoptions
from .python import is_floating_point, is_tensor, numel
from .serialization import load, save
from .tensor import Tensor

# 1 / 0 is inf and 0 / 0 nan, as in PyTorch, and nobody is warned. (np.errstate would cost more than
# the operation itself, and np.seterr would silence the user's own NumPy.)
warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"minigrad\.")

__version__ = "0.1.0"


def __getattr__(name):
    """Only asked for names that are not there: says why, where minigrad leaves it out."""
    raise left_out.explain(__name__, name)


# As in PyTorch, functions of one tensor have their in-place forms here as well: torch.exp_(x).
IN_PLACE = (
    "abs acos acosh addmv arccos arccosh arcsin arcsinh arctan arctanh as_strided asin "
    "asinh atan atanh ceil clamp clamp_max clamp_min clip cos cosh deg2rad detach erf erfc exp "
    "exp2 expm1 fill fix floor frac gcd index_put lcm ldexp log log10 log1p log2 logit "
    "nan_to_num neg negative rad2deg reciprocal relu round rsqrt sigmoid sin sinc sinh sqrt "
    "square tan tanh trunc xlogy zero"
)
for _name in IN_PLACE.split():
    if hasattr(Tensor, f"{_name}_"):  # it is not there yet in the first chapters
        globals()[f"{_name}_"] = getattr(Tensor, f"{_name}_")

float, double, half = float32, float64, float16
int, long, short = int32, int64, int16
inf, nan, pi, e = math.inf, math.nan, math.pi, math.e
