"""The examples of the table on large inputs, for `operations.py`.

The names are those of `minigrad/classroom/examples.py`, with a million numbers in `x`. Operations
whose expressions there need other shapes have one of their own here; empty: it is not timed.
"""

from functools import cache

import numpy as np

from minigrad.classroom.examples import rows

N = 1000
SHAPES = {
    "x": (N, N),
    "y": (N, N),
    "p": (N, N),
    "row": (N,),
    "column": (N, 1),
    "s": (),
    "m": (N, N),
    "b": (16, 256, 256),
    "image": (16, 16, 64, 64),
    "kernel": (16, 16, 3, 3),
    "sequence": (16, 32, 512),
    "taps": (32, 32, 5),
    "channels": (16,),
    "small": (100, 100),
    "heads": (8, 4, 128, 32),
    "words": (1000, 64),
    "flat": (N * N,),
}

TABLE = """
cumsum: x.cumsum(1) | x.cumsum(0)
sum: x.sum() | x.sum(0) | x.sum(1)
mean: x.mean() | x.mean(0) | x.mean(1)
prod: p.prod() | p.prod(0) | p.prod(1)
var: x.var() | x.var(0) | x.var(1)
std: x.std() | x.std(0) | x.std(1)
max: x.max() | x.max(0) | x.max(1) | torch.max(x, y)
min: x.min() | x.min(0) | x.min(1)
amax: x.amax() | x.amax(0) | x.amax(1)
all: chosen.all() | chosen.all(1)
softmax: x.softmax(1) | x.softmax(0)
log_softmax: x.log_softmax(1)
logsumexp: x.logsumexp(1) | x.logsumexp(0)
sort: x.sort() | x.sort(0, descending=True) | x.sort(stable=True) | flat.sort()
topk: x.topk(10) | x.topk(10, 0, largest=False) | flat.topk(100)
kthvalue: x.kthvalue(20)
unique: j.unique() | j.unique(return_counts=True) | x.detach().unique()
unique_consecutive: j.unique_consecutive()
bincount: j.flatten().bincount()
histc: x.histc(100)
quantile: x.quantile(0.4) | x.quantile(0.4, 1)
searchsorted: torch.searchsorted(at.sort().values, j)
bucketize: torch.bucketize(x, row.sort().values)
gather: x.gather(0, j) | x.gather(1, j)
take: x.take(j) | x.take(j * 999)
take_along_dim: x.take_along_dim(j, 1)
index_select: x.index_select(0, at) | x.index_select(1, at)
index_add: x.index_add(0, at, y) | x.index_add(1, at, y)
index_copy: x.index_copy(0, at, y)
index_fill: x.index_fill(1, at, 2.)
index_put: x.index_put((at,), y) | x.index_put((at,), y, accumulate=True) |
  x.index_put((j, j), y, accumulate=True)
index_reduce: x.index_reduce(0, at, y, 'prod') | x.index_reduce(0, at, y, 'amax')
scatter: x.scatter(0, j, y) | x.scatter(1, j, 2.)
scatter_add: x.scatter_add(0, j, y) | x.scatter_add(1, j, y)
scatter_reduce: x.scatter_reduce(0, j, y, 'sum') | x.scatter_reduce(0, j, y, 'mean') |
  x.scatter_reduce(1, j, y, 'prod') | x.scatter_reduce(1, j, y, 'amax')
put: x.put(j, y) | x.put(j, y, accumulate=True)
__getitem__: x[0] | x[:, 1] | x[at] | x[:, at] | x[chosen] | x[at, at] | x[::2]
__setitem__: x.clone().__setitem__(0, row) | x.clone().__setitem__(at, y)
repeat_interleave: x.repeat_interleave(2) | x.repeat_interleave(at % 3, 0)
nn.functional.embedding: F.embedding(j[:100], words)
nn.functional.one_hot: F.one_hot(at, 1000)
tensordot: torch.tensordot(x, y) | torch.tensordot(x, m, 1)
kron: torch.kron(small, x[:10, :10])
cross: torch.cross(x[:, :3], y[:, :3])
linalg.cross: torch.linalg.cross(x[:, :3], y[:, :3])
chain_matmul: torch.chain_matmul(x, m, m)
matmul: x @ m | b @ b | x @ row | row @ row | row @ m
einsum: torch.einsum('ij,kj->ik', x, y) | torch.einsum('bij,bkj->bik', b, b) |
  torch.einsum('...i->...', b) | torch.einsum('ii', m) | torch.einsum('i,j->ji', row, x[0])
matrix_power: small.matrix_power(3)
linalg.matrix_power: torch.linalg.matrix_power(small, 5)
inverse: small.inverse()
linalg.inv: torch.linalg.inv(small)
det: small.det()
linalg.det: torch.linalg.det(small)
slogdet: small.slogdet()
linalg.slogdet: torch.linalg.slogdet(small)
logdet: (small @ small.mT).logdet()
linalg.solve: torch.linalg.solve(small, small.mT)
linalg.cholesky: torch.linalg.cholesky(small @ small.mT + torch.eye(100))
linalg.eigh: torch.linalg.eigh(small + small.mT)[0]
linalg.eigvalsh: torch.linalg.eigvalsh(small + small.mT)
linalg.svd: torch.linalg.svd(small)[1]
linalg.svdvals: torch.linalg.svdvals(small)
linalg.qr: torch.linalg.qr(small)[0]
linalg.matrix_norm: torch.linalg.matrix_norm(x) | torch.linalg.matrix_norm(x, 1)
linalg.multi_dot: torch.linalg.multi_dot([x, m, row])
addr: torch.addr(x, row, row)
addbmm: torch.addbmm(b[0], b, b)
baddbmm: torch.baddbmm(b, b, b)
addmv: torch.addmv(row, m, row)
bmm: torch.bmm(b, b)
cdist: torch.cdist(x, small[:, :1].expand(100, 1000)) | torch.cdist(small, small, 1)
cov: x.cov()
corrcoef: m.corrcoef()
dist: x.dist(y) | x.dist(y, 1)
norm: x.norm() | x.norm(1) | x.norm(2, 1) | x.norm(3, 1) | x.norm(float('inf'))
combinations: torch.combinations(row)
cartesian_prod: torch.cartesian_prod(row, row)
block_diag: torch.block_diag(small, small)
diag: m.diag() | row.diag(1)
diag_embed: x[:100].diag_embed()
diagflat: row.diagflat()
repeat: x.repeat(2, 1)
tile: x.tile(2)
column_stack: torch.column_stack([x, row])
tril_indices: torch.tril_indices(1000, 1000)
triu_indices: torch.triu_indices(1000, 1000)
expand: row.expand(1000, 1000)
broadcast_to: row.broadcast_to(1000, 1000)
unflatten: x.unflatten(1, (10, 100))
sum_to_size: x.sum_to_size(1, 1000)
reshape_as: x.reshape_as(x)
split: x.split(200, 1)
heaviside: torch.heaviside(x.detach(), y.detach())
floor_divide: x.detach() // 0.9
__rfloordiv__:
__rmod__: 7 % (i + 1)
slice_scatter: x.slice_scatter(x[:, :100], 1, 0, 100)
reshape: x.mT.reshape(N, N)
flatten: b.mT.flatten(1)
view: x.view(500, 2000)
unfold: row.unfold(0, 2, 1) | x.unfold(1, 10, 5)
nn.functional.unfold: F.unfold(image, 3)
nn.functional.fold: F.fold(image.reshape(16, 64, 1024), 32, 2, stride=2)
nn.functional.conv1d: F.conv1d(sequence, taps, padding=2)
nn.functional.conv2d: F.conv2d(image, kernel, padding=1) | F.conv2d(image, kernel, stride=2)
nn.functional.conv_transpose1d: F.conv_transpose1d(sequence, taps, stride=2)
nn.functional.conv_transpose2d: F.conv_transpose2d(image, kernel, stride=2)
nn.functional.batch_norm: F.batch_norm(x, None, None, row, row, training=True) |
  F.batch_norm(image, None, None, channels, channels, training=True)
nn.functional.layer_norm: F.layer_norm(x, (1000,), row, row)
nn.functional.rms_norm: F.rms_norm(x, (1000,), row)
nn.functional.group_norm: F.group_norm(image, 4, channels, channels)
nn.functional.instance_norm: F.instance_norm(image, weight=channels, bias=channels)
nn.functional.local_response_norm: F.local_response_norm(image, 2, alpha=0.5)
nn.functional.pad: F.pad(x, (1, 2)) | F.pad(x, (1, 2), 'reflect') | F.pad(x, (1, 2), 'circular')
nn.functional.glu: F.glu(x)
nn.functional.adaptive_avg_pool1d: F.adaptive_avg_pool1d(sequence, 16)
nn.functional.adaptive_avg_pool2d: F.adaptive_avg_pool2d(image, 8) | F.adaptive_avg_pool2d(image, 7)
nn.functional.avg_pool1d: F.avg_pool1d(sequence, 2)
nn.functional.avg_pool2d: F.avg_pool2d(image, 2)
nn.functional.max_pool1d: F.max_pool1d(sequence, 2)
nn.functional.max_pool2d: F.max_pool2d(image, 2) | F.max_pool2d(image, 3, 2, 1)
nn.functional.pixel_shuffle: F.pixel_shuffle(image, 2)
nn.functional.pixel_unshuffle: F.pixel_unshuffle(image, 2)
nn.functional.channel_shuffle: F.channel_shuffle(image, 4)
nn.functional.interpolate: F.interpolate(image, 128) | F.interpolate(image, 128, mode='bilinear') |
  F.interpolate(sequence, scale_factor=2, mode='linear')
nn.functional.upsample: F.upsample(sequence, 1024)
nn.functional.bilinear: F.bilinear(words, words, kernel.reshape(-1, 1, 1)[:8].expand(8, 64, 64))
nn.functional.scaled_dot_product_attention: F.scaled_dot_product_attention(heads, heads, heads)
nn.functional.multi_head_attention_forward:
nn.functional.cross_entropy: F.cross_entropy(x, at) | F.cross_entropy(x, p.softmax(1))
nn.functional.nll_loss: F.nll_loss(x, at) | F.nll_loss(x, at, weights)
nn.functional.binary_cross_entropy: F.binary_cross_entropy(p, shares)
nn.functional.kl_div: F.kl_div(x, shares, reduction='sum')
nn.functional.multi_margin_loss: F.multi_margin_loss(x, at)
nn.functional.multilabel_margin_loss: F.multilabel_margin_loss(x[:50], j[:50])
nn.functional.soft_margin_loss: F.soft_margin_loss(x, j % 2 * 2 - 1)
nn.functional.cosine_embedding_loss: F.cosine_embedding_loss(x, y, at % 2 * 2 - 1, 0.25)
nn.functional.dropout1d: F.dropout1d(b, 0.5)
nn.functional.dropout2d: F.dropout2d(image, 0.5)
nn.functional.dropout3d:
nn.functional.dropout: F.dropout(x, 0.5)
nn.functional.alpha_dropout: F.alpha_dropout(x, 0.5)
nn.functional.feature_alpha_dropout: F.feature_alpha_dropout(x, 0.5)
prelu: F.prelu(x, row)
arange: torch.arange(1000000) | torch.arange(0., 1000000., 1.)
linspace: torch.linspace(0, 1, 1000000)
logspace: torch.logspace(0, 2, 1000000)
eye: torch.eye(1000)
full: torch.full((1000, 1000), 1.5)
ones: torch.ones(1000, 1000)
zeros: torch.zeros(1000, 1000)
new_full: x.new_full((1000, 1000), 3.)
new_ones: x.new_ones(1000, 1000)
new_zeros: x.new_zeros(1000, 1000)
rand: torch.rand(1000, 1000)
randn: torch.randn(1000, 1000)
randint: torch.randint(5, (1000, 1000))
randperm: torch.randperm(1000000)
normal: torch.normal(0., 1., (1000, 1000))
"""
LARGE = rows(TABLE)


def examples_of(operation, large):
    """The expressions of an operation that are timed."""
    return LARGE.get(operation.name, operation.examples) if large else operation.examples


@cache
def numbers():
    """The numbers behind the names: {name: array}."""
    stream = np.random.RandomState(0)
    found = {}
    for name, shape in SHAPES.items():
        draw = stream.uniform if name == "p" else stream.normal
        found[name] = np.asarray(draw(*((0.05, 0.95) if name == "p" else ()), size=shape), "f4")
    found["weights"] = stream.uniform(0.5, 2, N).astype("f4")
    found["shares"] = stream.uniform(0.1, 0.9, (N, N)).astype("f4")
    found["i"], found["at"] = (stream.randint(0, N, N) for _ in range(2))
    found["j"] = stream.randint(0, N, (N, N))
    found["mask"], found["chosen"] = stream.rand(N) < 0.5, stream.rand(N, N) < 0.5
    return found


def large_scope(torch, requires_grad):
    """As `examples.scope`, with large inputs."""
    known = {"torch": torch, "F": torch.nn.functional, "N": N}
    for name, array in numbers().items():
        known[name] = torch.tensor(array)
        if requires_grad and name in SHAPES:
            known[name].requires_grad_()
    return known
