"""Floor 7. How weights begin: `torch.nn.init`.

Each function fills a tensor in place, unseen by any graph, and returns it. The random numbers are
minigrad's own (`torch.manual_seed`), and so not those that PyTorch draws; their distributions are
the same. Source: https://docs.pytorch.org/docs/stable/nn.init.html
"""

import math

import numpy as np

from ..creation import wrap
from ..generator import stream
from ..grad_mode import no_grad
from ..ops.gelu import NormalCdf
from . import init_checks


def calculate_gain(nonlinearity, param=None):
    """By how much weights must be larger before this function to keep the variance.

    `param` is the negative slope of a leaky relu (0.01). ValueError for an unknown name.
    """
    if nonlinearity == "leaky_relu":
        return math.sqrt(2 / (1 + init_checks.check_slope(param) ** 2))
    gains = {"sigmoid": 1, "tanh": 5 / 3, "relu": math.sqrt(2), "selu": 3 / 4}
    gains.update(dict.fromkeys(init_checks.LAYERS, 1))
    if nonlinearity not in gains:
        raise init_checks.unsupported(nonlinearity)
    return gains[nonlinearity]


def uniform_(tensor, a=0.0, b=1.0, generator=None):
    """Fill with numbers from `a` to `b`, all equally likely."""
    with no_grad():
        return tensor.uniform_(a, b, generator=generator)


def normal_(tensor, mean=0.0, std=1.0, generator=None):
    """Fill with numbers from the normal distribution."""
    with no_grad():
        return tensor.normal_(mean, std, generator=generator)


def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None):
    """Fill with normally distributed numbers, of which only those from `a` to `b` are taken.

    A number between 0 and 1 is drawn and looked up in the table of the cumulative distribution.
    """
    init_checks.check_cut(mean, std, a, b)
    random = stream(generator, "trunc_normal_")
    ends = np.clip([(a - mean) / std, (b - mean) / std], -8, 8)
    places = np.linspace(*ends, 2**14)
    draws = random.random_sample(tuple(tensor.shape))
    below = NormalCdf.forward(places)
    chosen = np.interp(below[0] + draws * (below[-1] - below[0]), below, places) * std + mean
    return fill(tensor, np.clip(chosen, a, b))


def fill(tensor, array):
    """Give the tensor the numbers of an array."""
    with no_grad():
        return tensor.copy_(wrap(np.asarray(array)))


def constant_(tensor, val):
    """Fill with one number."""
    with no_grad():
        return tensor.fill_(val)


def ones_(tensor):
    """Fill with ones."""
    return constant_(tensor, 1.0)


def zeros_(tensor):
    """Fill with zeros."""
    return constant_(tensor, 0.0)


def eye_(tensor):
    """Fill a matrix with ones on the diagonal and zeros elsewhere. ValueError for no matrix."""
    init_checks.check_matrix(tensor)
    return fill(tensor, np.eye(*tensor.shape))


def dirac_(tensor, groups=1):
    """Fill the kernel of a convolution (out, in, …) so that it hands on its input unchanged.

    As far as there are channels, in each of the `groups`. ValueError for another shape.
    """
    init_checks.check_dirac(tensor, groups)
    shape = tuple(tensor.shape)
    kernel, each = np.zeros(shape), shape[0] // groups
    middle = tuple(length // 2 for length in shape[2:])
    for group in range(groups):
        for channel in range(min(each, shape[1])):
            kernel[(group * each + channel, channel, *middle)] = 1
    return fill(tensor, kernel)


def xavier_uniform_(tensor, gain=1.0, generator=None):
    """Fill with numbers within ± gain * √(6 / (fan in + fan out)).

    Keeps the variance of results and of gradients alike. ValueError for fewer than 2 dimensions.
    Source: Glorot and Bengio (2010), https://proceedings.mlr.press/v9/glorot10a.html
    """
    bound = gain * math.sqrt(6 / sum(init_checks.fans(tensor)))
    return uniform_(tensor, -bound, bound, generator)


def xavier_normal_(tensor, gain=1.0, generator=None):
    """As `xavier_uniform_`, with numbers from the normal distribution of the same variance."""
    std = gain * math.sqrt(2 / sum(init_checks.fans(tensor)))
    return normal_(tensor, 0.0, std, generator)


def kaiming_std(tensor, a, mode, nonlinearity):
    """The deviation that keeps the variance of results ("fan_in") or of gradients ("fan_out")."""
    fan = init_checks.check_fan(tensor, mode)
    return calculate_gain(nonlinearity, a) / math.sqrt(fan)


def kaiming_uniform_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    """Fill with numbers within ± gain * √(3 / fan); `a` is the negative slope of a leaky relu.

    ValueError for fewer than 2 dimensions, another mode than "fan_in" and "fan_out", or an unknown
    function. Source: He et al., Delving Deep into Rectifiers, https://arxiv.org/abs/1502.01852
    """
    if init_checks.is_nothing(tensor):
        return tensor
    bound = math.sqrt(3) * kaiming_std(tensor, a, mode, nonlinearity)
    return uniform_(tensor, -bound, bound, generator)


def kaiming_normal_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None):
    """As `kaiming_uniform_`, with numbers from the normal distribution of the same variance."""
    if init_checks.is_nothing(tensor):
        return tensor
    return normal_(tensor, 0.0, kaiming_std(tensor, a, mode, nonlinearity), generator)


def orthogonal_(tensor, gain=1, generator=None):
    """Fill with a matrix whose rows (or columns, if they are fewer) are orthogonal, of length gain.

    Dimensions after the first count as one. ValueError for fewer than 2 dimensions.
    Source: Saxe et al., https://arxiv.org/abs/1312.6120
    """
    init_checks.check_at_least_matrix(tensor)
    if not tensor.numel():
        return tensor
    rows = tensor.shape[0]
    columns = tensor.numel() // rows
    random = stream(generator, "orthogonal_").standard_normal((rows, columns))
    q, r = np.linalg.qr(random.T if rows < columns else random)
    q = q * np.sign(np.diag(r))  # so that every such matrix is equally likely
    matrix = q.T if rows < columns else q
    return fill(tensor, gain * matrix.reshape(tuple(tensor.shape)))


def sparse_(tensor, sparsity, std=0.01, generator=None):
    """Fill a matrix with normal numbers, and that fraction of every column with zeros.

    ValueError for no matrix.
    """
    init_checks.check_matrix(tensor)
    rows, columns = tensor.shape
    random = stream(generator, "sparse_")
    numbers = random.normal(0, std, (rows, columns))
    for column in range(columns):
        numbers[random.permutation(rows)[: math.ceil(sparsity * rows)], column] = 0
    return fill(tensor, numbers)
