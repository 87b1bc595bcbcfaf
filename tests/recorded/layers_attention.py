"""MultiheadAttention, with all its options."""

from layer_recording import case

QUERY, KEYS = (3, 2, 4), (5, 2, 4)
SELF = "lambda self, x, **options: nn.MultiheadAttention.forward(self, x, x, x, **options)"
ONE = f'type("Own", (nn.MultiheadAttention,), {{{{"forward": {SELF}}}}})({{0}})'
CAUSAL = "np.triu(np.ones((3, 3)), 1) > 0"
LOOK = "random.standard_normal((3, 5)) > 0.7"
PADDING = "np.array([[0, 0, 0, 0, 1], [0, 0, 1, 1, 1]]) > 0"


def fast(inside):
    """A layer without the weights."""
    forward = (
        "lambda self, *a, **o: nn.MultiheadAttention.forward(self, *a, need_weights=False, **o)"
    )
    return f'type("Fast", (nn.MultiheadAttention,), {{"forward": {forward}}})({inside})'


def each_head(inside):
    """A layer with the weights of each head."""
    return fast(inside).replace("need_weights", "average_attn_weights").replace("Fast", "Heads")


def masked(**masks):
    return {"keywords": masks}


OPTIONS = [
    case("nn.MultiheadAttention(4, 2)", QUERY, KEYS, KEYS),
    case("nn.MultiheadAttention(4, 1, bias=False)", QUERY, KEYS, KEYS),
    case("nn.MultiheadAttention(4, 4, batch_first=True)", (2, 3, 4), (2, 5, 4), (2, 5, 4)),
    case("nn.MultiheadAttention(4, 2)", (3, 4), (5, 4), (5, 4)),
    case("nn.MultiheadAttention(4, 2, batch_first=True)", (3, 4), (5, 4), (5, 4)),
    case("nn.MultiheadAttention(4, 2, kdim=3, vdim=5)", QUERY, (5, 2, 3), (5, 2, 5)),
    case("nn.MultiheadAttention(4, 2, kdim=3, vdim=5, bias=False)", (3, 4), (5, 3), (5, 5)),
    case("nn.MultiheadAttention(4, 2, add_bias_kv=True)", QUERY, KEYS, KEYS),
    case("nn.MultiheadAttention(4, 2, add_zero_attn=True)", QUERY, KEYS, KEYS),
    case("nn.MultiheadAttention(4, 2, dropout=0.5)", QUERY, KEYS, KEYS, train=False),
    case("nn.MultiheadAttention(4, 2, dropout=1.0)", QUERY, KEYS, KEYS),
    case(fast("4, 2"), QUERY, KEYS, KEYS),
    case(fast("4, 2, batch_first=True"), (2, 3, 4), (2, 5, 4), (2, 5, 4)),
    case(fast("4, 2"), (3, 4), (5, 4), (5, 4)),
    case(fast("4, 2, add_bias_kv=True, add_zero_attn=True"), QUERY, KEYS, KEYS),
    case(fast("4, 2, dropout=1.0"), QUERY, KEYS, KEYS),
    case(each_head("4, 2"), QUERY, KEYS, KEYS),
    case(each_head("4, 2"), (3, 4), (5, 4), (5, 4)),
    case(ONE.format("4, 2"), QUERY),
    case(ONE.format("4, 2, batch_first=True"), QUERY),
    case(ONE.format("4, 2"), (3, 4)),
]

MASKS = [
    case(layer, QUERY, KEYS, KEYS, keywords=masks, second=False)
    for layer in (
        "nn.MultiheadAttention(4, 2)",
        fast("4, 2"),
        "nn.MultiheadAttention(4, 2, add_bias_kv=True, add_zero_attn=True)",
    )
    for masks in (
        {"attn_mask": LOOK},
        {"attn_mask": (3, 5)},
        {"attn_mask": "random.standard_normal((4, 3, 5)) > 0.7"},
        {"key_padding_mask": PADDING},
        {"key_padding_mask": (2, 5)},
        {"key_padding_mask": PADDING, "attn_mask": LOOK},
        {"key_padding_mask": (2, 5), "attn_mask": (4, 3, 5)},
    )
]

HINTS = [
    case(layer, QUERY, keywords={"attn_mask": mask}, second=False, train=train)
    for train in (True, False)
    for mask in (CAUSAL, "np.zeros((3, 3)) > 0")  # the second is not the one the hint speaks of
    for layer in (
        ONE.replace("**options)", "is_causal=True, need_weights=False, **options)").format("4, 2"),
        ONE.replace("**options)", "is_causal=True, **options)").format("4, 2"),
    )
]

UNBATCHED = [
    case("nn.MultiheadAttention(4, 2)", (3, 4), (5, 4), (5, 4), keywords=masks, second=False)
    for masks in (
        {"attn_mask": LOOK},
        {"attn_mask": "random.standard_normal((2, 3, 5)) > 0.7"},
        {"key_padding_mask": "np.arange(5) > 3"},
    )
]

CASES = OPTIONS + MASKS + HINTS + UNBATCHED

VALUES = [
    "nn.MultiheadAttention(8, 2)",
    "nn.MultiheadAttention(8, 2, bias=False)",
    "nn.MultiheadAttention(8, 2).in_proj_bias",
    "nn.MultiheadAttention(8, 2).out_proj.bias",
    "[(k, v.shape) for k, v in nn.MultiheadAttention(8, 2).named_parameters()]",
    "[(k, v.shape) for k, v in nn.MultiheadAttention(8, 2, kdim=3, vdim=5, add_bias_kv=True)"
    ".named_parameters()]",
    "nn.MultiheadAttention(8, 2)(*[torch.ones(3, 8)] * 3, need_weights=False)[1]",
    "nn.MultiheadAttention(8, 2, kdim=3).k_proj_weight.abs().max() < (6 / 11) ** 0.5",
    "nn.MultiheadAttention(8, 2)(torch.ones(2, 0, 8), *[torch.ones(3, 0, 8)] * 2)[1].shape",
    "nn.MultiheadAttention(2, 1)(*[torch.ones(2, 2)] * 3, torch.ones(2) > 0)[1]",
]

LAYER, X = "nn.MultiheadAttention(4, 2)", "torch.ones(3, 2, 4)"
ERRORS = [
    "nn.MultiheadAttention(8, 3)",
    "nn.MultiheadAttention(0, 1)",
    "nn.MultiheadAttention(8, 0)",
    f"{LAYER}(*[torch.ones(1, 3, 2, 4)] * 3)",
    f"{LAYER}({X}, torch.ones(3, 4), torch.ones(3, 4))",
    f"{LAYER}(*[torch.ones(3, 2, 5)] * 3)",
    f"{LAYER}({X}, torch.ones(2, 2, 4), {X})",
    f"{LAYER}({X}, torch.ones(3, 2, 3), {X})",
    f"{LAYER}({X}, *[torch.ones(3, 1, 4)] * 2)",
    f"{LAYER}(*[{X}] * 3, torch.ones(2, 2) > 0)",
    f"{LAYER}(*[{X}] * 3, torch.ones(3, 3) > 0)",
    f"{LAYER}(*[{X}] * 3, torch.ones(3) > 0)",
    f"{LAYER}(*[{X}] * 3, torch.ones(2, 3).long())",
    f"{LAYER}(*[{X}] * 3, attn_mask=torch.ones(2, 2))",
    f"{LAYER}(*[{X}] * 3, attn_mask=torch.ones(2, 3, 3))",
    f"{LAYER}(*[{X}] * 3, attn_mask=torch.ones(3))",
    f"{LAYER}(*[{X}] * 3, attn_mask=torch.ones(3, 3).long())",
    f"{LAYER}(*[{X}] * 3, is_causal=True)",
    f"{LAYER}(*[{X}.double()] * 3)",
    f"{LAYER}(*[torch.ones(3, 4)] * 3, torch.ones(2, 3) > 0)",
    f"{LAYER}(*[torch.ones(3, 4)] * 3, attn_mask=torch.ones(3, 3, 3))",
    f"nn.MultiheadAttention(4, 2, kdim=3)({X}, {X}, torch.ones(2, 2, 4))",
    f"nn.MultiheadAttention(4, 2, kdim=3)({X}, {X}, {X})",
]
