"""Examples, as in `examples.py`, of layers and losses as functions."""

LAYERS = """
nn.functional.unfold: F.unfold(image, 2) | F.unfold(image, (2, 3), padding=1, stride=2)
nn.functional.fold: F.fold(image.reshape(1, 4, 4), 3, 2)
nn.functional.conv_transpose1d: F.conv_transpose1d(b, b, row[:2], stride=2)
nn.functional.conv_transpose2d: F.conv_transpose2d(image, image[:, :, :2, :3], stride=2)
nn.functional.instance_norm: F.instance_norm(b, weight=row[:2], bias=row[:2])
nn.functional.rms_norm: F.rms_norm(x, (3,), row, 0.1)
nn.functional.local_response_norm: F.local_response_norm(b, 2, alpha=0.5)
nn.functional.pixel_shuffle: F.pixel_shuffle(image.reshape(4, 2, 2), 2)
nn.functional.pixel_unshuffle: F.pixel_unshuffle(image, 2)
nn.functional.channel_shuffle: F.channel_shuffle(b, 2)
nn.functional.interpolate: F.interpolate(image, 3) | F.interpolate(image, 6, mode='bilinear') |
  F.interpolate(b, scale_factor=2, mode='linear', align_corners=True)
nn.functional.upsample: F.upsample(b, 5)
nn.functional.rrelu: F.rrelu(x)
nn.functional.gumbel_softmax: F.gumbel_softmax(x).shape
nn.functional.bilinear: F.bilinear(x, y, torch.stack([m, m.mT]), row[:2])
nn.functional.soft_margin_loss: F.soft_margin_loss(x, at[:2, None] * 2 - 1)
nn.functional.multi_margin_loss: F.multi_margin_loss(x, at[:2], p=2)
nn.functional.multilabel_margin_loss: F.multilabel_margin_loss(x, j % 3)
nn.functional.multilabel_soft_margin_loss: F.multilabel_soft_margin_loss(x, p)
nn.functional.hinge_embedding_loss: F.hinge_embedding_loss(x, j % 2 * 2 - 1)
nn.functional.margin_ranking_loss: F.margin_ranking_loss(x, y, j % 2 * 2 - 1, 0.25)
nn.functional.cosine_embedding_loss: F.cosine_embedding_loss(x, y, at[:2] * 2 - 1, 0.25)
nn.functional.triplet_margin_loss: F.triplet_margin_loss(x, y, x + p, swap=True)
nn.functional.triplet_margin_with_distance_loss: F.triplet_margin_with_distance_loss(x, y, p)
nn.functional.poisson_nll_loss: F.poisson_nll_loss(x, j) | F.poisson_nll_loss(p, j, False)
nn.functional.gaussian_nll_loss: F.gaussian_nll_loss(x, y, p)
"""
