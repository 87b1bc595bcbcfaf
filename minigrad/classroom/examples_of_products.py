"""Examples, as in `examples.py`, of products, matrices and norms."""

PRODUCTS = """
addmm: torch.addmm(row, x, m) | m.addmm(m, m, beta=0.5, alpha=2)
addmv: torch.addmv(row, m, row) | row.addmv(m, x[0], beta=0)
addr: torch.addr(x, x[:, 0], row, alpha=3)
addbmm: torch.addbmm(m, b.mT, b)
baddbmm: torch.baddbmm(s, b, b.mT, beta=2)
vdot: torch.vdot(row, x[0])
inner: torch.inner(x, y) | torch.inner(row, x[0]) | torch.inner(x, s)
ger: torch.ger(row, x[0])
tensordot: torch.tensordot(x, y) | torch.tensordot(x, m, 1) |
  torch.tensordot(b, x, ([0, 2], [0, 1]))
kron: torch.kron(x, m) | row.kron(m)
cross: torch.cross(x, y, dim=1) | torch.cross(row, x[0])
linalg.cross: torch.linalg.cross(x, y)
chain_matmul: torch.chain_matmul(x, m, m)
linalg.vecdot: torch.linalg.vecdot(x, y) | torch.linalg.vecdot(row, x[0])
linalg.diagonal: torch.linalg.diagonal(b)
linalg.multi_dot: torch.linalg.multi_dot([x, m, m, row])
linalg.matmul: torch.linalg.matmul(x, m)
einsum: torch.einsum('ij,kj->ik', x, y) | torch.einsum('bij,bkj->bik', b, b) |
  torch.einsum('...i->...', b) | torch.einsum('ii', m) | torch.einsum('ii->i', m) |
  torch.einsum('i,j->ji', row, x[0]) | torch.einsum('ij,jk,kl->il', x, m, m) |
  torch.einsum(b, [..., 0], row, [0]) | torch.einsum('ijk,j->', b, column[:, 0])
matrix_power: m.matrix_power(3) | m.matrix_power(0) | m.matrix_power(-1)
linalg.matrix_power: torch.linalg.matrix_power(m / 2, 5)
inverse: m.inverse()
linalg.inv: torch.linalg.inv(m)
det: m.det()
linalg.det: torch.linalg.det(m) | torch.linalg.det(m * torch.tensor([1, 1, 0])[:, None])
slogdet: m.slogdet() | m.slogdet()[1]
linalg.slogdet: torch.linalg.slogdet(m)[1]
logdet: (m @ m.mT).logdet()
linalg.solve: torch.linalg.solve(m, row) | torch.linalg.solve(m, x.mT) |
  torch.linalg.solve(m, x, left=False)
linalg.cholesky: torch.linalg.cholesky(m @ m.mT) | torch.linalg.cholesky(m @ m.mT, upper=True)
linalg.eigh: torch.linalg.eigh(m + m.mT)[0] | torch.linalg.eigh(m + m.mT)[1].abs()
linalg.eigvalsh: torch.linalg.eigvalsh(m + m.mT)
linalg.svd: torch.linalg.svd(x)[1] | torch.linalg.svd(x, full_matrices=False)[2].abs() |
  torch.linalg.svd(x.mT, full_matrices=False)[0].abs()
linalg.svdvals: torch.linalg.svdvals(x)
linalg.qr: torch.linalg.qr(m)[0] | torch.linalg.qr(y)[1] | torch.linalg.qr(x.mT)[1]
linalg.norm: torch.linalg.norm(x) | torch.linalg.norm(row, 3) | torch.linalg.norm(b, 1, (1, 2))
linalg.vector_norm: torch.linalg.vector_norm(x, 3, 1) | torch.linalg.vector_norm(x)
linalg.matrix_norm: torch.linalg.matrix_norm(x) | torch.linalg.matrix_norm(b, 1) |
  torch.linalg.matrix_norm(x, 'nuc') | torch.linalg.matrix_norm(b, -2, keepdim=True)
cosine_similarity: torch.cosine_similarity(x, y) | F.cosine_similarity(x, row, 0)
pairwise_distance: torch.pairwise_distance(x, y) | F.pairwise_distance(x, y, 3., keepdim=True)
nn.functional.normalize: F.normalize(x) | F.normalize(x, 1., 0)
"""
