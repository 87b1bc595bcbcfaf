"""The encoder of a transformer."""

from layer_recording import case

ENCODER = "nn.TransformerEncoderLayer"
STACK = f"nn.TransformerEncoder({ENCODER}(4, 2, 6, dropout=0.0), 2{{0}})"
PADDING = "np.array([[0, 0, 0, 0, 1], [0, 0, 1, 1, 1]]) > 0"
CAUSAL = "np.triu(np.ones((5, 5)), 1) > 0"
X = (5, 2, 4)

CASES = [
    case(f"{ENCODER}(4, 2, 6, dropout=0.0)", X, named=False),
    case(f"{ENCODER}(4, 2, 6, 0.0, 'gelu')", X, second=False),
    case(f"{ENCODER}(4, 2, 6, 0.0, nn.GELU())", X, second=False),
    case(f"{ENCODER}(4, 1, 6, dropout=0.0, norm_first=True)", X, second=False),
    case(f"{ENCODER}(4, 4, 6, dropout=0.0, bias=False)", X, second=False),
    case(f"{ENCODER}(4, 2, 6, dropout=0.0, batch_first=True)", (2, 5, 4), second=False),
    case(f"{ENCODER}(4, 2, 6, dropout=0.0)", (5, 4), second=False),
    case(f"{ENCODER}(4, 2, 6)", X, train=False, second=False),
    case(f"{ENCODER}(4, 2, 6)", X, train=False, second=False, keywords={"src_mask": CAUSAL}),
    case(
        f"{ENCODER}(4, 2, 6, dropout=0.0)",
        X,
        keywords={"src_key_padding_mask": PADDING, "src_mask": (5, 5)},
        second=False,
    ),
    case(STACK.format(""), X, second=False),
    case(STACK.format(", norm=nn.LayerNorm(4)"), X, second=False),
    case(
        STACK.format(""),
        X,
        keywords={"src_key_padding_mask": PADDING, "mask": CAUSAL},
        second=False,
    ),
]

VALUES = [
    f"{ENCODER}(8, 2, 16)",
    f"{ENCODER}(8, 2, 16, activation='gelu', bias=False)",
    f"nn.TransformerEncoder({ENCODER}(8, 2, 16), 2, nn.LayerNorm(8))",
    f"list(nn.TransformerEncoder({ENCODER}(8, 2, 16), 2).state_dict())",
]

ERRORS = [
    f"{ENCODER}(8, 2, 16, activation='sin')",
    f"{ENCODER}(8, 3)",
    f"{ENCODER}(4, 2)(torch.ones(5, 2, 3))",
    f"{ENCODER}(4, 2)(torch.ones(5, 2, 4), torch.ones(4, 4))",
]
