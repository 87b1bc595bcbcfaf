"""What `record_operations.py` asks PyTorch: tables of expressions, one a line."""

ARITHMETIC = """
x + y | x + row | x + column | row + column | x + s | s + x | x + 2 | 2 + x | x + 1.5 | x + True
x + d | d + x | h + row | d + s | i + x | x + i | x + x | x.add(y, alpha=2) | torch.add(x, y)
x - y | x - row | column - x | x - 2 | 2 - x | 1.5 - row | s - 1 | 1 - s | torch.sub(x, y)
x.sub(y, alpha=0.5) | torch.rsub(x, 3) | 3 - i | 2.5 - i | i - 1 | i - 1.5 | d - 1 | 1 - h | x * y
x * row | column * row | x * s | x * 3 | 3 * x | x * -0.5 | i * x | x * i | d * x | x * x
torch.mul(x, 2) | i * 2 | i * 2.5 | mask * x | mask * 2 | mask + mask | u + 1 | u + i
mask * mask | x / y | x / row | column / x | x / 4 | 1 / x | 3 / p | 1 / s | s / x | i / 2 | 1 / i
i / i | x / x | torch.div(x, y) | x / i | mask / 2 | u / u | p.reciprocal() | i.reciprocal()
2.5 / d | -x | x.neg() | torch.neg(i) | -d | +x | x.neg().neg() | x ** 2 | x ** 3 | p ** 0.5
p ** -1 | x ** 0 | x ** 1 | p ** 2.5 | i ** 2 | j ** 0.5 | mask ** 2 | x.pow(2) | torch.pow(x, 3)
torch.square(x) | x.square() | p ** -2 | z ** 2 | z ** 1 | z ** 0 | p ** p | p ** y | s ** x
p ** s | p ** row | z ** p | z ** 2. | 2 ** x | 0.5 ** x | 2 ** i.abs() | j ** j
j ** torch.tensor(2) | torch.pow(2, y) | 2 ** i | i ** torch.tensor([-1, 2, 0]) | 1 ** i
torch.tensor([1, -1, 0]) ** torch.tensor([-1, -1, 0]) | 0 ** p | z ** z | x // 2 | 7 // i | i // 2
i // 3 | i // torch.tensor([2, 2, -3]) | x % 2 | x % -2 | i % 3 | 7 % i | torch.remainder(p, 0.5)
x % y | row % s | torch.floor_divide(i, 2) | odd // 1 | odd % 2 | odd // 0 | i // 2.5 | 7.5 % i
"""

ELEMENTWISE = """
x.exp() | torch.exp(s) | i.exp() | mask.exp() | d.exp() | h.exp() | odd.exp() | p.log()
torch.log(p) | j.log() | odd.log() | p.sqrt() | torch.sqrt(s) | j.sqrt() | odd.sqrt() | x.sin()
torch.sin(s) | i.sin() | x.cos() | torch.cos(s) | x.tanh() | torch.tanh(s) | odd.tanh()
x.sigmoid() | torch.sigmoid(row) | i.sigmoid() | odd.sigmoid() | torch.sigmoid(x * 100) | x.relu()
torch.relu(z) | i.relu() | odd[:4].relu() | zeros.relu() | s.relu() | h.relu() | x.abs()
torch.abs(x) | abs(x) | i.abs() | odd.abs() | z.abs() | zeros.abs() | x.clamp(-1, 2)
x.clamp(min=0) | x.clamp(max=0.5) | torch.clamp(x, 0, 1) | i.clamp(0, 3) | i.clamp(0.5)
odd.clamp(-1, 1) | x.clamp(2, 1) | x.clamp(-2, 4) | x.clamp(min=-0.25) | mask.clamp(0, 1)
x.clone() | s.clone() | i.clone() | torch.clone(x) | x.t().clone().is_contiguous()
x.contiguous() is x | x.t().contiguous() | x.t().contiguous().is_contiguous()
torch.maximum(x, y) | torch.minimum(x, y) | torch.maximum(x, row) | torch.maximum(x, x)
torch.maximum(x, i) | torch.minimum(column, row) | x.max(y) | x.min(row) | x.maximum(y)
torch.where(x > 0, x, y) | torch.where(mask, x, row) | torch.where(x > 0, x, 0.)
x.where(x > 1, y) | torch.where(x > 0, 1., x) | torch.where(mask, 1, 0)
torch.where(mask, 1., 0.) | torch.where(mask, i, 0.5) | torch.where(mask, x, d)
torch.where(x > 0, s, x) | torch.where(mask, 1, 0.5) | torch.where(mask, s, s) | x.double()
x.float() is x | x.half() | x.to(torch.float64) | x.to(d) | x.long() | x.int() | x.bool()
i.float() | i.double() | d.float() | x.to("cpu") is x | x.to(dtype=torch.float16) | mask.float()
torch.tensor([1.9, -1.9]).long() | torch.tensor([300, -1]).to(torch.uint8)
d.to(torch.float32) * x | (x.double() * 2).float()
"""

REDUCTIONS = """
x.sum() | x.sum(0) | x.sum(1) | x.sum(-1) | x.sum((0, 1)) | x.sum(1, keepdim=True) | x.sum(dim=0)
torch.sum(x) | b.sum((0, 2)) | b.sum((0, 2), keepdim=True) | i.sum() | mask.sum() | u.sum()
i.sum(dtype=torch.float32) | s.sum() | s.sum(0) | empty.sum() | flat.sum(0) | flat.sum(1)
j.sum(0) | x.mean() | x.mean(0) | x.mean(1, keepdim=True) | torch.mean(x, 1) | b.mean((1, 2))
d.mean() | s.mean() | empty.mean() | i.mean(dtype=torch.float32) | h.mean() | h.sum()
flat.mean(1) | x.prod() | x.prod(0) | x.prod(1) | x.prod(1, keepdim=True) | z.prod() | z.prod(0)
z.prod(1) | i.prod() | mask.prod() | s.prod()
torch.tensor([0., 2., 3.], requires_grad=True).prod() | empty.prod()
torch.tensor([[0., 2.], [0., 0.]]).prod(1) | torch.prod(p, 0) | u.prod() | row.prod(0) | s.prod(0)
x.max() | x.min() | ties.max() | ties.min() | i.max() | mask.max() | torch.max(x) | s.max()
d.min() | x.max(0) | x.max(1) | x.max(dim=1, keepdim=True) | ties.max(0) | ties.max(1)
ties.min(1) | x.min(0) | torch.max(x, 1) | torch.min(x, 1) | x.max(0).values | x.max(0).indices
ties.max(0)[0] | ties.max(1)[0] | i.max(0) | s.max(0) | x.min(1)[0] | ties.min(0)[0] | odd.max()
odd.min(0) | s.max(0)[0] | mask.max(0) | x.max(1, True)[0] | x.min(-1, True) | x.amax()
x.amax(0) | x.amax((0, 1)) | x.amax(1, True) | ties.amax() | ties.amax(0) | ties.amax(1)
x.amin() | ties.amin(1) | b.amax((0, 2)) | b.amin(0) | flat.amax(1) | i.amax(0) | s.amax()
ties.amin() | x.argmax() | x.argmax(0) | x.argmin(1) | x.argmax(1, keepdim=True) | ties.argmax(1)
i.argmin() | s.argmax() | odd.argmax() | torch.argmax(x, 0) | torch.argmin(x) | ties.argmin(0)
x.norm() | torch.norm(x) | x.norm(1) | x.norm(2) | x.norm(float('inf')) | x.norm(3) | x.norm(0)
x.norm(-float('inf')) | x.norm(0.5) | x.norm(dim=0) | x.norm(2, dim=1) | x.norm(1, 0, True)
s.norm() | x.norm(p=2, dim=(0, 1)) | zeros.norm() | zeros.norm(1) | zeros.norm(dim=0)
z.norm(dim=1) | z.norm(3) | z.norm(1) | ties.norm(float('inf')) | ties.norm(float('inf'), dim=1)
empty.norm() | h.norm() | d.norm() | odd.norm() | x.norm('fro') | z.norm(float('inf'), 0)
x.norm(-1) | zeros.norm(3) | x.norm(1.5, 1) | x.var() | x.var(0) | x.var(1, keepdim=True)
x.var(unbiased=False) | x.var(0, False) | x.var(correction=0) | torch.var(x, 1) | x.var(False)
x.var((0, 1)) | d.var() | h.var() | b.var((0, 2)) | zeros.var() | x.std() | x.std(0)
x.std(1, keepdim=True) | x.std(unbiased=False) | torch.std(x) | d.std() | b.std(0) | zeros.std()
ties.std(1, False) | x.std(1, correction=2) | x.var(1, correction=1.5) | torch.std(x, 0)
"""

SHAPES = """
x.reshape(3, 2) | x.reshape(-1) | x.reshape((3, -1)) | x.reshape(1, 6, 1) | torch.reshape(x, (6,))
x.t().reshape(-1) | x.t().reshape(2, 3) | s.reshape(1, 1) | x.reshape(2, 3) | i.reshape(3, 1)
empty.reshape(0, 4) | x[:, :1].reshape(2) | x.expand(2, 2, 3).reshape(4, 3) | s.reshape(())
x.view(3, 2) | x.view(-1) | x.view((6, 1)) | x[0].view(3, 1) | x.view_as(m) | s.view(1)
x.transpose(0, 1) | b.transpose(0, 2) | b.transpose(-1, -2) | torch.transpose(x, 0, 1)
s.transpose(0, 0) | x.t() | row.t() | s.t() | torch.t(x) | x.T | x.mT | b.mT | x.T.T
b.permute(2, 0, 1) | b.permute((1, 2, 0)) | torch.permute(b, (0, 2, 1)) | x.permute(1, 0)
b.permute(-1, 0, 1) | x.squeeze() | column.squeeze() | column.squeeze(1) | column.squeeze(0)
column.squeeze((0, 1)) | s.squeeze() | torch.squeeze(column) | column.squeeze(-1) | s.squeeze(0)
b[:1].squeeze() | x.unsqueeze(0) | x.unsqueeze(1) | x.unsqueeze(-1) | s.unsqueeze(0)
torch.unsqueeze(row, 0) | x.flatten() | b.flatten(1) | b.flatten(0, 1) | s.flatten()
row.flatten() is row | torch.flatten(x) | x.t().flatten() | b.flatten(-2) | row.expand(2, 3)
column.expand(2, 4) | column.expand(-1, 2) | s.expand(2, 2) | x.expand(2, 3)
column.expand((2, 2)) | s.expand(()) | row.expand(0, 3) | torch.cat([x, y]) | torch.cat([x, y], 1)
torch.cat((x, x), dim=-1) | torch.cat([x, row.reshape(1, 3)]) | torch.cat([row, d])
torch.cat([i, row]) | torch.cat([x, empty]) | torch.cat([row]) | torch.cat([i, i])
torch.cat([x, flat]) | torch.cat([i, u]) | torch.cat([empty, empty]) | torch.stack([row, row * 2])
torch.stack([x, y], 1) | torch.stack([x, y], -1) | torch.stack([s, s]) | torch.stack((row, d))
torch.stack([s, s * 2, s + 1]) | torch.stack([i, i], 1) | x.unbind() | x.unbind(1)
torch.unbind(row) | x.unbind()[1] | x.unbind(1)[0] * x.unbind(1)[2] | list(x)
[r.sum() for r in x] | torch.stack([r * k for k, r in enumerate(x)]) | list(row) | x.split(1)
x.split(2, 1) | x.split([1, 2], 1) | x.split(2, 1)[1] | torch.split(row, 2)[0] | x.chunk(2)
x.chunk(2, 1)[1] | row.chunk(5) | x.split(1)[1] * x.split(1)[0] | torch.cat(x.unbind())
x.stride() | x.t().stride() | b.size() | b.size(1) | x.shape | len(x) | x.numel() | x.dim()
x.ndim | x.element_size() | x.is_contiguous() | x.t().is_contiguous() | i.is_floating_point()
x.nelement() | torch.numel(x) | torch.is_floating_point(x) | torch.is_tensor(x)
"""

MATMUL = """
row @ row | row.dot(row) | torch.dot(row, row * 2) | m.t() @ m | x @ m | m @ x | torch.mm(x, m)
x.mm(m) | x @ row | m @ torch.ones(2) | x.mv(row) | torch.mv(x, row) | row @ m | torch.ones(2) @ x
torch.matmul(x, m) | b @ b | b @ m.t() | b @ torch.ones(2) | torch.ones(2) @ b
x @ torch.ones(4, 3, 2) | row @ torch.ones(4, 3, 2) | b.matmul(b) | torch.bmm(b, b) | b[None] @ b
b[:1] @ b | b @ b[:1] | b[:, None] @ b | torch.outer(row, row) | j @ j.t() | i @ i | i.dot(i)
h @ h | d @ d | empty @ empty | torch.ones(2, 0) @ flat | flat @ m | torch.ones(3, 2, 2) @ b[0]
m.t() @ (x @ m).mm(m.t()).t()
"""

INDEXING = """
x[0] | x[-1] | x[0, 1] | x[1][2] | x[0:1] | x[:] | x[:, 1] | x[1, :] | x[:, 0:2] | x[0:1, 1]
x[1, 0:1] | x[0, ...] | x[..., 0] | x[...] | x[None] | x[None, 0] | x[0, None] | x[:, None]
x[:, None, 1:] | x[()] | x[at] | x[at[:2], at[1:]] | x[:, mask] | x[x > 0] | x[0, at] | x[at, 0]
x[at, 0:1] | x[[0, 1]] | x[[1, 1, 0]] | x[[True, False]] | x[True] | x[False] | x[torch.tensor(1)]
x[torch.tensor(True)] | x[None, at] | x[::2] | x[:, ::2] | x[:, :] | x[0:2] | x[0:2, :]
x[:, 0:3] | x[0:5, :] | x[1:1] | x[5:] | x[1:, :] | x[None, :] | x[..., None] | x[..., :] | x[[]]
row[at] | row[mask] | row[at > 0] | row[[0, -1]] | row[-1] | row[1:] | s[None] | s[...] | s[()]
b[0, 1, 0] | b[:, 0] | b[..., 1] | b[at, :, at] | b[0, :, at] | b[:, at, at] | b[at, None, at]
b[None, at, 0] | b[at, ..., 0] | b[..., at] | b[b > 1] | b[at[None], at[:, None]] | b[[0], [1]]
b[at, 1:] | b[:, [True, False]] | b[torch.tensor([[0, 1], [1, 1]])] | b[1, at, at] | b[:, 1, at]
b[at, :, 0] | b[0, None, at] | x[range(2)] | x[[0, 1], [1, 2]] | x[x.argmax(0), [0, 1, 2]]
x[1:][0] | x[0][1:] | row[at[0]] | i[1] | i[at] | j[:, 1] | j[j > 2] | mask[at] | flat[:, 1]
x[torch.tensor([], dtype=torch.int64)] | x[x > 100] | x[:, at][:, mask] | x[1] * x[0]
x[0] + x[0] | row[at] * row[at] | x[..., at, None].shape | list(range(5))[at[0]:]
[5, 6, 7][at[0]]
"""

COMPARISON = """
x > y | x >= row | x < 0 | x <= 1.5 | x == x | x != y | x.eq(y) | torch.eq(x, 1.5) | x.ne(1.5)
x.gt(0) | x.ge(0) | x.lt(y) | x.le(column) | i == 4 | i == 4.0 | i < 2.5 | u == 300 | u > -1
mask == True | mask < 0.5 | d == d.float() | torch.tensor(0.1) == 0.1
torch.tensor([0.1]) == torch.tensor(0.1, dtype=torch.float64) | odd == odd | odd > 0 | x == None
x != None | x == "a" | None == x | 1 < x | 0 == i | x.eq(y).all() | s > 2 | bool(s > 2)
bool(x.eq(x).all()) | x.all() | z.all() | z.any() | z.all(1) | z.any(0) | mask.all() | mask.any()
z.all(1, keepdim=True) | z.any((0, 1)) | empty.all() | empty.any() | u.all() | i.all()
torch.all(mask) | torch.any(z, 1) | odd.any() | mask & mask | mask.__or__(~mask) | mask ^ True
~mask | mask & True | True & mask | i & 6 | i.__or__(~i) | 1 & i | i ^ 3 | u & 1
(x > 0) & (y > 0) | torch.logical_and(x > 0, y > 0) | torch.logical_or(mask, ~mask)
torch.logical_not(i) | torch.logical_xor(mask, mask) | mask.logical_or(mask) | i.logical_not()
torch.logical_and(i, row) | mask.bitwise_and(mask) | torch.bitwise_or(mask, mask)
torch.bitwise_not(u) | odd.isnan() | torch.isnan(odd) | odd.isinf() | torch.isfinite(odd)
i.isnan() | i.isinf() | torch.isnan(s) | torch.equal(x, x) | torch.equal(x, y)
x.equal(x.clone()) | torch.equal(row, row[None]) | torch.equal(i, i) | torch.equal(empty, empty)
torch.equal(odd, odd) | torch.equal(row, d) | torch.equal(row, row.double())
torch.allclose(x, x + 1e-9) | torch.allclose(x, y) | x.allclose(x) | torch.allclose(odd, odd)
torch.allclose(odd, odd, equal_nan=True) | torch.allclose(i, i)
torch.allclose(x, x * 1.01, rtol=0.1) | torch.isclose(odd, odd)
torch.isclose(odd, odd, equal_nan=True) | torch.isclose(x, x + 1e-3, atol=1e-2) | 2 in i | 3 in i
2.5 in s | row in x
"""

CREATION = """
torch.tensor(3) | torch.tensor(2.5) | torch.tensor(True) | torch.tensor([1, 2])
torch.tensor([1, 2.5]) | torch.tensor([True, 2]) | torch.tensor([]) | torch.tensor([[], []])
torch.tensor([1., 2.], requires_grad=True) | torch.tensor([1, 2], dtype=torch.float64)
torch.tensor(1.7, dtype=torch.int32) | torch.tensor((1, (2))) | torch.tensor(range(3))
torch.tensor([[1, 2], [s.item(), 3]]) | torch.tensor([torch.tensor(1.), torch.tensor(2.)])
torch.tensor([1e40]) | torch.tensor([[1, 2], [torch.tensor(3), 4]]) | torch.tensor(i)
torch.as_tensor([1, 2]) | torch.as_tensor(i) is i | torch.as_tensor([1, 2], dtype=torch.float32)
torch.Tensor([1, 2]) | torch.Tensor([[1, 2], [3, 4]]) | torch.Tensor(2, 3).shape | torch.Tensor()
torch.Tensor(3).shape | torch.Tensor((1, 2)) | torch.Tensor(torch.Size([2, 2])).shape
torch.Tensor(i) | torch.Tensor([2]) | torch.Tensor([1, 2]).dtype | torch.Tensor([True])
torch.zeros(2, 3) | torch.zeros((2, 3)) | torch.zeros([2]) | torch.zeros(())
torch.zeros(2, dtype=torch.int64) | torch.zeros(0) | torch.zeros(2, dtype=torch.bool)
torch.zeros(2, requires_grad=True) | torch.ones(2, 2) | torch.ones(2, dtype=torch.float64)
torch.ones(2, dtype=torch.bool) | torch.ones(2, 0) | torch.ones(torch.Size([2]))
torch.empty(2, 3).shape | torch.empty(0) | torch.full((2,), 1) | torch.full((2,), 1.)
torch.full((2, 2), True) | torch.full((), 3.) | torch.full((2,), s.detach())
torch.full((2,), 2.5, dtype=torch.int64) | torch.full((2,), 1, dtype=torch.float64)
torch.full([2], float('inf')) | torch.eye(2) | torch.eye(2, 3) | torch.eye(2, dtype=torch.int64)
torch.eye(0) | torch.eye(2, requires_grad=True) | torch.arange(3) | torch.arange(3.)
torch.arange(1, 4) | torch.arange(1, 2, 0.5) | torch.arange(3, 0, -1) | torch.arange(0)
torch.arange(3, dtype=torch.float32) | torch.arange(0.1, 0.35, 0.1)
torch.arange(1, 6, 2, dtype=torch.float16) | torch.arange(5, 0, -2.5) | torch.arange(0, 1, 0.25)
torch.arange(2, 2) | torch.arange(3., requires_grad=True) | torch.arange(0, 1, 0.1)
torch.arange(-3, 3) | torch.arange(10, 20, 3) | torch.linspace(0, 1, 5)
torch.linspace(0, 10, steps=4) | torch.linspace(-1, 1, 3) | torch.linspace(0, 1, 0)
torch.linspace(0, 1, 1) | torch.linspace(1, 10, 4, dtype=torch.int64)
torch.linspace(1, 0, 3, requires_grad=True) | torch.linspace(0, 1, 3, dtype=torch.float64)
torch.linspace(0, 1, 11) | torch.linspace(0, 10, 5, dtype=torch.int64) | torch.zeros_like(x)
torch.zeros_like(i) | torch.ones_like(x) | torch.ones_like(x, requires_grad=True)
torch.ones_like(i, dtype=torch.float32) | torch.full_like(x, 2) | torch.full_like(i, 2.5)
torch.empty_like(x).shape | torch.rand(2, 3).shape | torch.randn(2, 3).dtype
torch.rand(2, dtype=torch.float64).dtype | torch.randint(5, (2, 3)).shape
torch.randint(1, 7, (100,)).min() >= 1 | torch.randint(5, (2,)).dtype | torch.rand_like(x).shape
torch.randn_like(x).requires_grad | torch.rand(1000).max() < 1 | torch.rand(1000).min() >= 0
torch.randint(3, (2,), dtype=torch.float32).dtype | torch.randint_like(j, 5).shape
torch.randn(2, requires_grad=True).requires_grad | torch.randperm(5).sum() | torch.float
torch.double | torch.long | torch.int | torch.half | torch.bool | torch.inf | torch.nan | torch.pi
torch.get_default_dtype() | torch.float32.is_floating_point | torch.int64.itemsize
torch.zeros(2, dtype=float) | torch.zeros(2, dtype=int) | torch.zeros(2, dtype=bool) | x.dtype
i.dtype | mask.dtype | s.shape | x.shape[0] | x.shape[1:] | x.tolist() | s.tolist()
mask.tolist() | i.tolist() | s.item() | i[0].item() | mask[0].item() | x[:1, :1].item()
empty.tolist() | float(s.detach()) | int(torch.tensor(2.5)) | int(torch.tensor(-2.5))
bool(torch.tensor([0.])) | bool(torch.tensor(2)) | f"{s}" | f"{s:.2f}" | f"{row.detach()}"
f"{i[0]:5d}" | "%.3f" % s.item() | format(x.sum(), "") | str(i) | x.detach() | x.data | x.is_leaf
(x * 2).is_leaf | (x * 2).requires_grad | x.detach().requires_grad | x.grad | x.requires_grad
i.numpy() | x.detach().numpy() | s.detach().numpy() | reversed(row) | reversed(i) | sum(i)
max(i) | sorted(i) | i.tolist() == list(i)
"""

INPLACE = """
i.add_(1) | i.sub_(1) | i.mul_(2) | i.neg_() | odd.mul_(2) | x.detach().add_(1) | x.data.mul_(100)
x.data.div_(2) | x.data.add_(y.data, alpha=2) | x.data.pow_(2) | x.data.sub_(row.data)
x.data.clamp_(0, 1) | x.data.copy_(y.data) | x.data.copy_(row.data) | x.data.copy_(i)
i.copy_(row.data) | x.data.exp_() | x.data.relu_() | x.data.abs_() | p.data.log_()
p.data.sqrt_() | x.data.tanh_() | x.data.sigmoid_() | x.data.zero_() | x.data.fill_(3)
x.data.add_(s.data) | i.fill_(2.5) | x.data.add_(d.data) | h.data.add_(d.data) | u.add_(1)
mask.mul_(True) | x.data.neg_() | x.data.square_() | p.data.reciprocal_() | i.floor_divide_(2)
i.remainder_(3) | i.pow_(2) | x.data.sin_() | x.data.cos_() | i.clamp_(0, 3) | x.data._version
x.detach()[0].fill_(7) | x.data.t().add_(1) | x.data[0].mul_(0) | x.data.view(-1)[1:].zero_()
row.data.expand(2, 3).zero_()
"""

# Here `np`, `copy` and `pickle` are known too, and what counts is `result`.

ERRORS = """
x + torch.ones(2) | x * torch.ones(4, 3) | x == torch.ones(2) | x - torch.ones(3, 3)
x / torch.ones(2) | x ** torch.ones(2) | torch.maximum(x, torch.ones(2))
torch.where(mask, x, torch.ones(2)) | torch.where(torch.tensor([True, False]), x, x) | mask - mask
1 - mask | -mask | i ** -1 | i // 0 | i % 0 | ~x | x & x | x | i.clamp() | mask.relu()
mask.abs() | torch.where(x, x, x) | torch.exp(1) | torch.exp([1.]) | torch.sqrt("a")
torch.maximum(x, 1) | torch.relu(2) | torch.abs(None) | torch.clamp(x, "a")
torch.reshape(1, (1,)) | torch.stack(1) | torch.max(1) | (x // 2).sum().backward() | i.mean()
i.var() | i.norm() | mask.argmax() | x.sum(2) | x.sum((0, 0)) | x.mean(-3) | x.prod(2) | x.max(5)
x.argmax(5) | x.amax((0, 0)) | x.norm(2, 5) | x.var(3) | x.all(2) | x.norm('a')
empty.norm(float('inf')) | empty.max() | empty.min() | flat.max(0) | flat.min(0) | flat.amax()
flat.amax(0) | flat.amin(0) | empty.argmax() | flat.argmin(0) | x.max("a") | x.max((0, 1))
x.reshape(4) | x.reshape(-1, -1) | x.reshape(-1, 4) | x.reshape(7, -1) | x.reshape(2, -2)
x.reshape("a") | x.reshape(1.5) | x.reshape() | x.reshape(()) | empty.reshape(-1, 0)
empty.reshape(2, -1, 0) | x.view(4) | x.t().view(6) | x.t().view(-1) | x.transpose(0, 2) | b.t()
x.permute(0) | x.permute(0, 0) | x.permute(0, 2) | x.squeeze(2) | x.squeeze((0, 0))
x.unsqueeze(3) | x.unsqueeze(-4) | x.flatten(1, 0) | x.flatten(0, 5) | x.expand(4, 3)
x.expand(3) | x.expand(-1, 2, 3) | x.expand(-2, 3) | x.expand(2, 3, -1) | x.expand("a") | row.mT
torch.cat([]) | torch.cat(x) | torch.cat([x, row]) | torch.cat([x, torch.ones(2, 2)])
torch.cat([s, s]) | torch.cat([x, x], dim=2) | torch.cat([x, 1]) | torch.cat(1) | torch.stack([])
torch.stack([x, row]) | torch.stack([x, x], dim=3) | torch.stack([x, 1]) | x.unbind(2)
s.unbind() | x.split(0) | x.split([1, 1], 1) | x.split(-1) | x.chunk(0) | list(s) | len(s)
iter(s) | x @ x | row @ m.t() | x @ torch.ones(2) | row @ torch.ones(2) | s @ row | row @ s
x @ d | row @ d | x @ i | b @ torch.ones(2, 3, 2) | torch.ones(2, 3, 4) @ torch.ones(3, 4, 5)
b @ torch.ones(3) | b @ torch.ones(3, 2) | torch.ones(2) @ torch.ones(4, 3, 2) | mask @ mask
x.mm(row) | x.mm(x) | row.mm(x) | x.mv(x) | x.mv(torch.ones(2)) | row.mv(row) | x.dot(x)
row.dot(torch.ones(2)) | row.dot(d) | row.dot(1) | torch.bmm(x, x)
torch.bmm(b, torch.ones(2, 3, 2)) | torch.outer(x, row) | x @ 1 | x.double() @ m
x.double() @ row | j @ m | x[5] | x[-3] | x[0, 5] | x[0, 0, 0] | x[0, 0, ..., 0] | s[0] | s[:]
x[1.0] | x[::-1] | x[::0] | x[1.0:] | x[torch.tensor([5])]
x[torch.tensor([0, 1]), torch.tensor([0, 1, 2])] | x[torch.tensor([1.])]
x[torch.tensor([True, False, True])] | x[torch.ones(2, 2, dtype=torch.bool)]
x[torch.ones(2, 3, 4, dtype=torch.bool)] | x[[5]] | x[torch.tensor(5)] | s[at] | row[x > 0]
x[{}] | x[0, 1.5] | b[0, 0, 0, 0] | s.detach()[0].fill_(1) | i.__setitem__(0, [1])
i.__setitem__(0, "a") | i.__setitem__(5, 1) | i.__setitem__(0, None)
x.data.__setitem__(0, torch.ones(2)) | x.data.__setitem__(0, torch.ones(2, 3))
x.data.__setitem__((0, 0), torch.ones(2)) | x.data.__setitem__([0, 1], torch.ones(2))
x.data.__setitem__(x > 0, torch.ones(2)) | i.__setitem__([0], torch.tensor([1.5])) | i.add_(1.5)
i.add_(row.data) | mask.add_(1) | i.div_(2) | i.pow_(-1) | row.data.add_(torch.ones(3, 3))
x.data.add_(torch.ones(2)) | x.add_(1) | x.zero_() | x.__setitem__(0, 1)
row.data.copy_(torch.ones(2)) | row.data.copy_(torch.ones(1, 1, 3)) | i.exp_() | mask.neg_()
row.data.expand(2, 3).add_(1) | mask.sub_(mask) | x.fill_(1) | x.mul_(2) | x.copy_(x.data)
x.numpy() | (x * 2).numpy() | x.item() | empty.item() | float(x) | int(x) | bool(x) | bool(empty)
[1, 2][s] | [1, 2][x] | f"{row:.2f}" | complex(x) | range(s) | x < "a" | x < None
torch.eq(x, None) | torch.eq(x, "a") | x.eq("a") | "a" in x | x.size(5) | x.allclose(d)
torch.allclose(x, torch.ones(2)) | torch.equal(x, 1) | torch.allclose(x, 1.) | torch.isclose(x, d)
torch.logical_and(x, 1) | x.float().bitwise_and(x) | x.to("cuda") | torch.tensor([[1, 2], [3]])
torch.tensor([1, [2]]) | torch.tensor("a") | torch.tensor(["a"]) | torch.tensor(None)
torch.tensor([None]) | torch.tensor({}) | torch.tensor([1, 2], requires_grad=True)
torch.tensor([x, x]) | torch.tensor(2**63) | torch.tensor([[1, 2], 3])
torch.tensor([[[1], [2]], [[3]]]) | torch.tensor([1, None]) | torch.tensor([1, 'a'])
torch.tensor([{}]) | torch.tensor((1, (2,))) | torch.tensor([[1], []]) | torch.tensor(object())
torch.tensor([2**63]) | torch.tensor(1, dtype='a') | torch.zeros(2, dtype="float32")
torch.Tensor(1.5) | torch.Tensor("a") | torch.Tensor(None) | torch.Tensor([[1, 2], [3]])
torch.Tensor(2, -1) | torch.Tensor(2, 1.5) | torch.from_numpy([1]) | torch.zeros(-1)
torch.ones(2, -1) | torch.zeros(1.5) | torch.zeros("a") | torch.zeros() | torch.zeros(2, 'a')
torch.zeros(2, None) | torch.zeros(True) | torch.full(2, 1.) | torch.full((2,), 'a')
torch.full((2,), x) | torch.randint(3, 3, (2,)) | torch.randint(3, 2) | torch.randint('a', (2,))
torch.arange(3, 1) | torch.arange(3, 1, 0) | torch.arange('a') | torch.arange(float('inf'))
torch.linspace(0, 1, -1) | torch.eye(-1) | torch.eye('a') | torch.ones_like([1])
torch.zeros_like(1) | torch.rand(2, dtype=torch.int64) | torch.randn(2, dtype=torch.int64)
torch.rand_like(i) | torch.randn('a') | torch.arange(5, requires_grad=True) | i.requires_grad_()
torch.ones(2, dtype=torch.int64, requires_grad=True) | (x * 2).requires_grad_(False)
__import__("copy").deepcopy(x * 2) | torch.manual_seed("a") | torch.as_tensor("a")
torch.full((-1,), 1.)
"""
