"""Embedding, dropout and attention. (Dropout's numbers are its own: tests/test_sequence.py.)"""

from layer_recording import case

WORDS = "random.randint(0, 5, (2, 3))"
REPEATED = "np.array([[0, 1, 1], [4, 1, 0]])"
Q4, K4 = (2, 2, 3, 4), (2, 2, 5, 4)
LOOK = "random.standard_normal((3, 5)) > -0.5"
DEAD_ROW = "np.arange(15).reshape(3, 5) >= 5"  # the first query may look nowhere
SDPA = "F.scaled_dot_product_attention"

EMBEDDING = [
    case("F.embedding", WORDS, (5, 4)),
    case("F.embedding", WORDS, (5, 3)),
    case("F.embedding", "np.array(3)", (5, 2)),
    case("F.embedding", "np.zeros((0,), int)", (5, 2)),
    case("lambda i, w: F.embedding(i, w, padding_idx=1)", REPEATED, (5, 4), second=False),
    case("lambda i, w: F.embedding(i, w, padding_idx=-1)", REPEATED, (5, 3), second=False),
    case("lambda i, w: F.embedding(i, w, scale_grad_by_freq=True)", REPEATED, (5, 3), second=False),
    case("lambda i, w: F.embedding(i, w * 2, max_norm=1.0)", REPEATED, (5, 3), second=False),
    case("lambda i, w: F.embedding(i, w * 2, None, 1.0, 1.0)", REPEATED, (5, 3), second=False),
    case("lambda i, w: F.embedding(i.int(), w)", REPEATED, (5, 3)),
    case("nn.Embedding(5, 3)", REPEATED),
    case("nn.Embedding(5, 4, padding_idx=1)", REPEATED, second=False),
    case("nn.Embedding(5, 4, max_norm=0.5)", REPEATED, second=False),
]

DROPOUT = [
    case("nn.Dropout(0.3)", (3, 4), train=False),
    case("lambda x: F.dropout(x, 1.0)", (3, 4)),
    case("lambda x: F.dropout(x, 0.0)", (3, 4)),
    case("lambda x: F.dropout(x, 0.4, False)", (3, 4)),
    case("lambda x: F.alpha_dropout(x, 1.0, True)", (3, 4)),
    case("lambda x: F.dropout(x * 1, 1.0, True, True)", (3, 4)),
]

ATTENTION = [
    case(SDPA, Q4, K4, K4),
    case(SDPA, Q4, K4, K4, keywords={"attn_mask": LOOK}),
    case(SDPA, Q4, K4, K4, keywords={"attn_mask": DEAD_ROW}),
    case(SDPA, Q4, K4, K4, keywords={"attn_mask": (2, 1, 3, 5)}),
    case(SDPA, Q4, K4, K4, keywords={"attn_mask": (3, 5)}),
    case(SDPA, Q4, K4, K4, keywords={"attn_mask": "random.standard_normal((1, 5)) > 0"}),
    case(f"lambda *a: {SDPA}(*a, is_causal=True)", Q4, K4, K4),
    case(f"lambda *a: {SDPA}(*a, scale=0.3)", Q4, K4, K4),
    case(f"lambda q, k, v, m: {SDPA}(q, k, v, m, is_causal=True)", Q4, K4, K4, LOOK),
    case(f"lambda q, k, v: {SDPA}(q, k.detach(), v)", Q4, K4, K4, second=False),
    case(f"lambda q, k, v: {SDPA}(q.detach(), k, v)", Q4, K4, K4, second=False),
    case(f"lambda x: {SDPA}(x, x, x)", Q4),
    case(SDPA, Q4, K4, (2, 2, 5, 3)),
    case(SDPA, (2, 3, 4), (2, 5, 4), (2, 5, 4)),
    case(SDPA, (2, 3, 4), (2, 5, 4), (2, 5, 4), keywords={"attn_mask": DEAD_ROW}),
    case(SDPA, (3, 4), (5, 4), (5, 2)),
    case(SDPA, Q4, (1, 2, 5, 4), (1, 2, 5, 4), named=False),
    case(f"lambda *a: {SDPA}(*a, enable_gqa=True)", (1, 4, 3, 2), (1, 2, 5, 2), (1, 2, 5, 2)),
    case(f"lambda *a: {SDPA}(*a, dropout_p=1.0)", Q4, K4, K4),
]

CASES = EMBEDDING + DROPOUT + ATTENTION

VALUES = [
    "nn.Embedding(5, 3)",
    "nn.Embedding(5, 3, padding_idx=-1)",
    "nn.Embedding(5, 3, -1).weight[4]",
    "nn.Embedding(5, 3, max_norm=1.0, norm_type=3.0, scale_grad_by_freq=True)",
    "nn.Embedding.from_pretrained(torch.ones(4, 2), padding_idx=1)",
    "nn.Embedding.from_pretrained(torch.ones(2, 2)).weight",
    "nn.Embedding.from_pretrained(torch.ones(2, 2), freeze=False).weight",
    "nn.Embedding(0, 2)",
    "F.embedding(torch.tensor([2, 0]), torch.arange(6).reshape(3, 2))",
    "nn.Embedding(3, 2)(torch.tensor([2, 0])).grad_fn._saved_indices",
    f"{SDPA}(torch.ones(1, 1, 2, 3), *[torch.ones(1, 1, 0, 3)] * 2)",
    f"{SDPA}(torch.ones(1, 0, 3), *[torch.ones(1, 2, 3)] * 2)",
    f"{SDPA}(torch.ones(0, 1, 2, 3), *[torch.ones(0, 1, 2, 3)] * 2).shape",
    "nn.Dropout()",
    "nn.Dropout1d(0.2)",
    "nn.Dropout2d(0.2, True)",
    "nn.Dropout3d()",
    "nn.AlphaDropout()",
    "nn.FeatureAlphaDropout(0.1)",
    "F.dropout(torch.tensor([float('inf'), 1.0]), 1.0)",
    "F.dropout(torch.zeros(0), 0.5)",
    "[F.dropout(x, p, t) is x for x in [torch.ones(2)] for p, t in ((0.0, True), (0.5, False))]",
    "F.dropout(torch.arange(3), 1.0)",
]

ERRORS = [
    "F.embedding(torch.ones(2), torch.ones(3, 2))",
    "F.embedding(torch.tensor([True]), torch.ones(3, 2))",
    "F.embedding(torch.tensor([1]).short(), torch.ones(3, 2))",
    "F.embedding(torch.tensor([3]), torch.ones(3, 2))",
    "F.embedding(torch.tensor([-1]), torch.ones(3, 2))",
    "F.embedding(torch.tensor([1]), torch.ones(3))",
    "F.embedding(torch.tensor([1]), torch.ones(3, 1, 1))",
    "F.embedding(torch.tensor([1]), torch.ones(3, 2), 3)",
    "F.embedding(torch.tensor([1]), torch.ones(3, 2), -4)",
    "F.embedding([0, 1], torch.ones(3, 2))",
    "F.embedding(torch.tensor([1]), [1.0])",
    "nn.Embedding(5, 3, padding_idx=7)",
    "nn.Embedding(5, 3, padding_idx=-6)",
    "nn.Embedding(5, 3, _weight=torch.zeros(2, 2))",
    "nn.Embedding.from_pretrained(torch.zeros(2))",
    "nn.Embedding(-1, 3)",
    "F.dropout(torch.ones(2), 1.5)",
    "F.dropout(torch.ones(2), -0.1)",
    "F.dropout([1.0])",
    "F.dropout(torch.arange(3), 0.5)",
    "F.dropout(torch.ones(2, requires_grad=True), 0.5, inplace=True)",
    "F.dropout1d(torch.ones(3))",
    "F.dropout2d(torch.ones(3))",
    "F.alpha_dropout(torch.ones(3), 2.0)",
    "nn.Dropout(2)",
    "nn.AlphaDropout(-1)",
    f"{SDPA}(torch.ones(2, 3), torch.ones(2, 3), torch.ones(2, 3).double())",
    f"{SDPA}(torch.ones(3), torch.ones(3), torch.ones(3))",
    f"{SDPA}(*[torch.ones(2, 3)] * 3, torch.ones(2, 2).long())",
    f"{SDPA}(*[torch.ones(2, 3)] * 3, torch.ones(2, 2).double())",
    f"{SDPA}(*[torch.ones(1, 1, 2, 3)] * 3, torch.ones(3, 2))",
    f"{SDPA}(*[torch.ones(1, 2, 3)] * 3, torch.ones(2, 2), is_causal=True)",
    f"{SDPA}(*[torch.ones(1, 1, 2, 3)] * 3, torch.ones(2) > 0)",
    f"{SDPA}(*[torch.ones(1, 1, 2, 3)] * 3, torch.ones(3, 1, 1, 2, 2))",
    f"{SDPA}(*[torch.ones(2, 3)] * 3, dropout_p=1.5)",
    f"{SDPA}(torch.ones(1, 4, 2, 3), *[torch.ones(1, 3, 2, 3)] * 2, enable_gqa=True)",
    f"{SDPA}(torch.ones(1, 4, 2, 3), *[torch.ones(1, 3, 2, 3)] * 2)",
    f"{SDPA}(torch.ones(1, 4, 2, 3), *[torch.ones(1, 4, 2, 2)] * 2)",
    f"{SDPA}(*[torch.ones(1, 2, 3).long()] * 3)",
    f"{SDPA}([1.0], torch.ones(2, 2), torch.ones(2, 2))",
]
