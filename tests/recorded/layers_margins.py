"""Losses with a margin, and of likelihoods: every option and reduction."""

from layer_recording import case

SIGNS = "random.randint(0, 2, (3, 4)) * 2 - 1"
FEW_SIGNS = "random.randint(0, 2, (3,)) * 2 - 1"
CLASSES = "random.randint(0, 4, (3,))"
LABELS = "np.array([[2, 0, -1, 1], [-1, 3, 1, 0], [1, 3, 0, 2]])"
CHANCES, VARIANCE = "random.random_sample((3, 4))", "random.random_sample((3, 4)) + .1"
COUNTS = "random.randint(0, 5, (3, 4))"
WEIGHT = "torch.tensor([.1, .2, .3, .4])"


def losses(reduction):
    """All of them."""
    given = f"reduction='{reduction}'"
    for option in ("", "margin=0.5, "):
        yield case(f"nn.MarginRankingLoss({option}{given})", (3, 4), (3, 4), SIGNS)
        yield case(f"nn.HingeEmbeddingLoss({option}{given})", (3, 4), SIGNS)
        yield case(f"nn.CosineEmbeddingLoss({option}{given})", (3, 4), (3, 4), FEW_SIGNS)
    yield case(f"nn.CosineEmbeddingLoss({given})", (4,), (4,), "np.array(-1)")
    yield case(f"nn.SoftMarginLoss({given})", (3, 4), SIGNS)
    for option in ("", "p=2, ", "margin=0.3, ", f"p=2, weight={WEIGHT}, "):
        yield case(f"nn.MultiMarginLoss({option}{given})", (3, 4), CLASSES)
    yield case(f"nn.MultiMarginLoss({given})", (4,), "np.array([2])")
    yield case(f"nn.MultiLabelMarginLoss({given})", (3, 4), LABELS)
    yield case(f"nn.MultiLabelMarginLoss({given})", (4,), "np.array([2, 0, -1, 1])")
    for option in ("", f"{WEIGHT}, "):
        yield case(f"nn.MultiLabelSoftMarginLoss({option}{given})", (3, 4), CHANCES)
    for option in ("", "margin=0.3, p=1, ", "swap=True, ", "p=3, eps=0.1, "):
        yield case(f"nn.TripletMarginLoss({option}{given})", (3, 4), (3, 4), (3, 4))
    for option in ("", "distance_function=F.cosine_similarity, swap=True, "):
        yield case(f"nn.TripletMarginWithDistanceLoss({option}{given})", (3, 4), (3, 4), (3, 4))
    for option in ("", "full=True, "):
        yield case(f"nn.PoissonNLLLoss({option}{given})", (3, 4), COUNTS)
        yield case(f"nn.PoissonNLLLoss(False, {option}{given})", CHANCES, COUNTS)
        yield case(f"nn.GaussianNLLLoss({option}{given})", (3, 4), (3, 4), VARIANCE)
    yield case(f"nn.GaussianNLLLoss({given})", (3, 4), (3, 4), "random.random_sample(3) + .1")
    yield case(f"lambda x, y: F.gaussian_nll_loss(x, y, 1.5, {given})", (3, 4), (3, 4))


CASES = [each for reduction in ("mean", "sum", "none") for each in losses(reduction)]

VALUES = [
    "nn.MarginRankingLoss(0.5).margin",
    "nn.HingeEmbeddingLoss()",
    "nn.TripletMarginLoss(p=1)",
    "nn.MultiMarginLoss(weight=torch.ones(3)).state_dict()",
    "nn.GaussianNLLLoss(full=True)",
]

X, V = "torch.ones(3, 4)", "torch.ones(3)"
ERRORS = [
    f"F.cosine_embedding_loss({X}, {X}, torch.ones(2))",
    f"F.cosine_embedding_loss({X}, {V}, {V})",
    f"F.cosine_embedding_loss({V}, {V}, {V})",
    f"F.cosine_embedding_loss({X}, {X}, {V}, reduction='a')",
    f"F.margin_ranking_loss({V}, {X}, {V})",
    f"F.margin_ranking_loss({V}, {V}, torch.ones(2))",
    f"F.hinge_embedding_loss({V}, torch.ones(2))",
    f"F.soft_margin_loss({V}, torch.ones(2))",
    f"F.soft_margin_loss({V}.long(), {V})",
    f"F.soft_margin_loss({V}, {V}.requires_grad_())",
    f"F.multi_margin_loss({X}, torch.tensor([0, 1]))",
    f"F.multi_margin_loss({X}, torch.tensor([0, 1, 9]))",
    f"F.multi_margin_loss({X}, {V})",
    f"F.multi_margin_loss({X}, torch.tensor([0, 1, 2]), p=3)",
    f"F.multi_margin_loss({X}, torch.tensor([0, 1, 2]), weight={V})",
    "F.multi_margin_loss(torch.ones(2, 3, 4), torch.tensor([0, 1]))",
    f"F.multilabel_margin_loss({X}, torch.tensor([0, 1, 2]))",
    f"F.multilabel_margin_loss({V}, torch.tensor([0, 1, 9]))",
    f"F.multilabel_margin_loss({V}, {V})",
    f"F.multilabel_soft_margin_loss({X}, torch.ones(3, 3))",
    f"F.poisson_nll_loss({V}, {V}, reduction='a')",
    f"F.gaussian_nll_loss({V}, {V}, {V}, reduction='a')",
    f"F.gaussian_nll_loss({V}, {V}, -{V})",
    f"F.gaussian_nll_loss({V}, {V}, torch.ones(2))",
    f"F.gaussian_nll_loss({V}, {V}, -1.5)",
    f"F.triplet_margin_loss({X}, {X}, {V})",
    f"F.triplet_margin_loss({X}, {X}, {X}, margin=-1)",
    "nn.TripletMarginLoss(margin=0)",
    "nn.TripletMarginWithDistanceLoss(margin=0)",
]
