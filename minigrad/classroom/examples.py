"""One small call, or several, of every operation: what the checks of the table run.

An operation whose parameters have usual names needs no row here: see `default_example`. Floating
inputs stay away from kinks and ties, so that finite differences agree with derivatives.
"""

import inspect

from .examples_of_layers import LAYERS
from .examples_of_products import PRODUCTS
from .examples_of_shapes import SHAPES

# What the expressions are written in. Floats are made in the dtype that a check wants.
FLOATS = {
    "x": [[0.4, -1.3, 2.2], [-0.7, 1.6, 0.25]],
    "y": [[1.2, 0.55, -0.9], [2.1, -1.45, 0.65]],
    "p": [[0.35, 0.8, 0.15], [0.6, 0.45, 0.9]],  # between 0 and 1
    "row": [0.7, -1.1, 1.9],
    "column": [[1.5], [-0.8]],
    "s": 1.3,
    "m": [[0.3, -1.0, 0.5], [2.0, 0.7, -0.4], [-0.6, 1.1, 0.9]],
    "b": [
        [[0.1, -0.9, 1.4], [2.3, 0.6, -1.7]],
        [[-0.2, 1.9, 0.8], [0.45, -1.15, 2.6]],
    ],
    "image": [[[[0.1 * ((7 * i + 5 * j) % 16) - 0.73 for j in range(4)] for i in range(4)]]],
}
FIXED = {"weights": [0.5, 2.0, 1.5], "shares": [[0.2, 0.7, 0.1], [0.5, 0.3, 0.9]]}  # no gradient
INTEGERS = {"i": [4, -7, 2], "j": [[1, 2, 3], [4, 5, 6]], "at": [1, 0, 1]}
BOOLS = {"mask": [True, False, True], "chosen": [[True, False, True], [False, False, True]]}

# The values that parameters of these names get in an example that nobody wrote down.
USUAL = {
    "self": "x",
    "input": "x",
    "tensor": "x",
    "other": "y",
    "dim": "0",
    "dim0": "0",
    "dim1": "1",
    "target": "y",
}

TABLE = """
add: x + y | x + row | torch.add(x, y, alpha=2) | x + 2
sub: x - column | torch.sub(x, y, alpha=0.5) | 1 - x
mul: x * row | x * 3
div: x / y | x / 4 | torch.div(x, y, rounding_mode='trunc') | x.div(0.9, rounding_mode='floor')
fmod: torch.fmod(x, y) | torch.fmod(x, 0.9)
pow: x ** 2 | p ** x | 2 ** x | x ** 3
remainder: x % 0.9 | x % y
floor_divide: x // 0.9
__rtruediv__: 2 / x
__rmod__: 7 % i
clamp: x.clamp(-1, 1.5) | torch.clamp(x, min=0.1) | torch.clamp(x, row, column)
clamp_max: x.clamp_max(1)
clamp_min: x.clamp_min(0)
where: torch.where(chosen, x, y) | x.where(mask, row)
log: torch.log(p)
erfinv: torch.erfinv(p)
lgamma: torch.lgamma(p)
digamma: torch.digamma(p)
polygamma: torch.polygamma(1, p) | p.polygamma(2)
cumsum: x.cumsum(1)
cumprod: x.cumprod(1)
cummax: x.cummax(1)
cummin: x.cummin(1)
logcumsumexp: x.logcumsumexp(1)
diff: x.diff() | x.diff(2, 1, column, column)
median: x.median() | x.median(1)
nanmedian: x.nanmedian() | x.nanmedian(1)
mode: x.mode()
quantile: x.quantile(0.4) | x.quantile(weights / 4, 1)
nanquantile: x.nanquantile(0.4)
count_nonzero: x.count_nonzero(1)
unique: i.unique(return_counts=True) | x.unique()
unique_consecutive: i.unique_consecutive()
bincount: at.bincount()
histc: x.histc(4)
nansum: x.nansum(1)
nanmean: x.nanmean(1)
var_mean: torch.var_mean(x, 1)
std_mean: torch.std_mean(x, 1)
aminmax: x.aminmax(dim=1)
dist: x.dist(y) | x.dist(y, 1) | x.dist(y, 3)
cdist: torch.cdist(x, m) | torch.cdist(x, m, 1) | torch.cdist(x, m, 3)
cov: x.cov() | x.cov(aweights=weights)
corrcoef: m.corrcoef()
trapezoid: torch.trapezoid(x) | torch.trapezoid(x, row)
cumulative_trapezoid: torch.cumulative_trapezoid(x)
log2: torch.log2(p)
log10: torch.log10(p)
log1p: torch.log1p(p)
rsqrt: torch.rsqrt(p)
logit: torch.logit(p) | torch.logit(p, 0.25)
xlogy: torch.xlogy(x, p) | torch.xlogy(x, 2) | torch.xlogy(2, p)
float_power: torch.float_power(p, x) | torch.float_power(x, 2) | torch.float_power(2, x)
asin: torch.asin(p)
acos: torch.acos(p)
acosh: torch.acosh(p + 1)
atanh: torch.atanh(p)
copysign: torch.copysign(x, y) | torch.copysign(x, -1)
heaviside: torch.heaviside(x, y)
lerp: torch.lerp(x, y, p) | torch.lerp(x, row, 0.3)
addcmul: torch.addcmul(x, y, p) | torch.addcmul(x, row, column, value=2)
addcdiv: torch.addcdiv(x, y, p) | torch.addcdiv(x, row, column, value=2)
round: torch.round(x) | torch.round(m, decimals=1)
bitwise_left_shift: i << 2 | torch.bitwise_left_shift(i, at)
bitwise_right_shift: i >> 1 | torch.bitwise_right_shift(i, at)
__rlshift__: 3 << at
__rrshift__: 30 >> at
gcd: torch.gcd(i, at)
lcm: torch.lcm(i, at)
sqrt: torch.sqrt(p)
bitwise_and: i & 6
bitwise_not: torch.bitwise_not(i)
__invert__: ~i
bitwise_or: i.bitwise_or(at)
bitwise_xor: i ^ 3
to: x.to(torch.float64)
cpu: x.cpu()
cuda:
arange: torch.arange(3) | torch.arange(0, 1, 0.25)
as_tensor: torch.as_tensor([1., 2.])
empty: torch.empty(2, 3).shape
empty_like: torch.empty_like(x).shape
eye: torch.eye(2, 3)
from_numpy: torch.from_numpy(x.detach().numpy())
full: torch.full((2,), 1.5)
full_like: torch.full_like(x, 2)
logspace: torch.logspace(0, 2, 3)
gradient: torch.gradient(x, dim=1) | torch.gradient(m, spacing=(weights, weights), edge_order=2)
sum_to_size: x.sum_to_size(1, 3)
broadcast_shapes: torch.broadcast_shapes((2, 1), (3,))
linspace: torch.linspace(0, 1, 5)
ones: torch.ones(2, 3)
tensor: torch.tensor([1, 2.5])
zeros: torch.zeros(2, 3)
normal: torch.normal(0., 1., (2, 3)).shape | torch.normal(x, p).shape
rand: torch.rand(2, 3).shape
rand_like: torch.rand_like(x).shape
randint: torch.randint(5, (2, 3)).shape
randint_like: torch.randint_like(j, 5).shape
randn: torch.randn(2, 3).shape
randn_like: torch.randn_like(x).shape
randperm: torch.randperm(5).shape
bernoulli_: x.clone().bernoulli_().shape
exponential_: x.clone().exponential_().shape
normal_: x.clone().normal_().shape
uniform_: x.clone().uniform_().shape
detach_: x.clone().detach_()
copy_: x.clone().copy_(y) | x.clone().copy_(row)
fill_: x.clone().fill_(2) | x.clone().fill_(s)
zero_: x.clone().zero_()
__getitem__: x[0] | x[:, 1] | x[at] | x[chosen]
__setitem__: x.clone().__setitem__(0, row)
index_add: x.index_add(0, at[:2], y)
index_copy: x.index_copy(0, at[:2], y)
index_fill: x.index_fill(1, at[:2], 2.)
index_put: x.index_put((at[:2],), y) | x.index_put((at,), row, accumulate=True)
masked_fill: x.masked_fill(mask, 2.)
as_strided: x.as_strided((2, 2), (1, 2))
chunk: x.chunk(2)
split: x.split(2, 1) | x.split([1, 2], 1)
cat: torch.cat([x, y], 1)
stack: torch.stack([x, y], 1)
expand: row.expand(2, 3)
expand_as: row.expand_as(x)
flatten: b.flatten(1)
flip: x.flip(0) | b.flip((0, 2))
narrow: x.narrow(1, 1, 2)
permute: b.permute(2, 0, 1)
reshape: x.reshape(3, 2)
select: x.select(1, 2)
unflatten: x.unflatten(1, (3, 1))
view: x.view(3, 2)
new_empty: x.new_empty(2).shape
new_full: x.new_full((2,), 3.)
new_ones: x.new_ones(2)
new_tensor: x.new_tensor([1, 2])
new_zeros: x.new_zeros(2)
data_ptr:
bmm: torch.bmm(b, b.mT)
dot: row.dot(x[0])
matmul: x @ m | b @ m | b @ b.mT | x @ row | row @ row | row @ m
mm: x.mm(m)
mv: x.mv(row)
outer: torch.outer(row, x[0])
norm: x.norm() | x.norm(1) | x.norm(3, 1) | x.norm(float('inf'))
var: x.var() | x.var(1, keepdim=True)
std: x.std() | x.std(0, unbiased=False)
sum: x.sum() | x.sum(1) | b.sum((0, 2), keepdim=True)
mean: x.mean() | x.mean(1)
prod: x.prod() | x.prod(1)
max: x.max() | x.max(1) | torch.max(x, y)
min: x.min() | x.min(1)
amax: x.amax() | x.amax((0, 1), True)
amin: x.amin(1)
all: chosen.all() | chosen.all(1)
any: chosen.any(0)
threshold: torch.threshold(x, 0.1, 20) | F.threshold(x, 0.1, 20)
prelu: F.prelu(x, row) | F.prelu(x, row[:1])
nn.functional.glu: F.glu(b.permute(0, 2, 1))
nn.functional.one_hot: F.one_hot(at, 3)
nn.functional.adaptive_avg_pool1d: F.adaptive_avg_pool1d(b, 2)
nn.functional.adaptive_avg_pool2d: F.adaptive_avg_pool2d(image, 3)
nn.functional.avg_pool1d: F.avg_pool1d(b, 2)
nn.functional.avg_pool2d: F.avg_pool2d(image, 2, padding=1)
nn.functional.max_pool1d: F.max_pool1d(b, 2)
nn.functional.max_pool2d: F.max_pool2d(image, 2)
nn.functional.conv1d: F.conv1d(b, b, row[:2], padding=1)
nn.functional.conv2d: F.conv2d(image, image[:, :, :2, :3], stride=2)
nn.functional.pad: F.pad(x, (1, 2)) | F.pad(x, (1, 2), 'reflect') | F.pad(x, (1, 2), 'circular')
nn.functional.batch_norm: F.batch_norm(x, None, None, row, row, training=True)
nn.functional.layer_norm: F.layer_norm(x, (3,), row, row)
nn.functional.group_norm: F.group_norm(b, 1, row[:2], row[:2])
nn.functional.embedding: F.embedding(at, x)
nn.functional.linear: F.linear(x, m, row) | F.linear(x, m)
nn.functional.dropout: F.dropout(x, 0.) | F.dropout(x, 1.)
nn.functional.dropout1d: F.dropout1d(b, 0.)
nn.functional.dropout2d: F.dropout2d(image, 0.)
nn.functional.dropout3d: F.dropout3d(image[None], 0.)
nn.functional.alpha_dropout: F.alpha_dropout(x, 0.)
nn.functional.feature_alpha_dropout: F.feature_alpha_dropout(x, 0.)
nn.functional.scaled_dot_product_attention: F.scaled_dot_product_attention(b, b, b)
nn.functional.multi_head_attention_forward:
  F.multi_head_attention_forward(b, b, b, 3, 1, torch.cat([m, m, m]), None, None, None, False, 0.,
  m, row)
nn.functional.binary_cross_entropy: F.binary_cross_entropy(p, shares)
nn.functional.binary_cross_entropy_with_logits: F.binary_cross_entropy_with_logits(x, p)
nn.functional.cross_entropy: F.cross_entropy(x, at[:2]) | F.cross_entropy(x, p.softmax(1))
nn.functional.nll_loss: F.nll_loss(x, at[:2]) | F.nll_loss(x, at[:2], weights)
nn.functional.kl_div: F.kl_div(x, p, reduction='sum')
"""


def rows(text):
    """The rows of a table of examples: {name: [expression, ...]}. Indented lines continue one."""
    text = text.replace("\n  ", " ")
    pairs = (line.partition(": ")[::2] for line in text.strip().splitlines())
    return {
        name.rstrip(":"): [each for each in right.split(" | ") if each] for name, right in pairs
    }


EXAMPLES = rows(TABLE) | rows(SHAPES) | rows(PRODUCTS) | rows(LAYERS)


def default_example(operation):
    """The call of an operation with the usual values: `torch.eq(x, y)`, `x.t()`."""
    place, function = next(iter(operation.places.items()))
    if isinstance(function, property):
        return f"x.{operation.name}"
    given = []
    for name, parameter in inspect.signature(function).parameters.items():
        if (
            parameter.default is parameter.empty
            and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        ):
            given.append(USUAL.get(name, name))
    if place.startswith("Tensor."):
        return f"{given[0]}.{place[7:]}({', '.join(given[1:])})"
    return f"{place.replace('nn.functional', 'F')}({', '.join(given)})"


def scope(torch, dtype="float64", requires_grad=False):
    """The names that the expressions know, for minigrad or for PyTorch itself."""
    floats = getattr(torch, dtype)
    known = {"torch": torch, "F": torch.nn.functional}
    for name, numbers in FLOATS.items():
        known[name] = torch.tensor(numbers, dtype=floats, requires_grad=requires_grad)
    known |= {name: torch.tensor(numbers, dtype=floats) for name, numbers in FIXED.items()}
    for name, numbers in {**INTEGERS, **BOOLS}.items():
        known[name] = torch.tensor(numbers)
    return known
