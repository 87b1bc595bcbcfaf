"""Convolution, pooling and normalisation."""

from pathlib import Path

from layer_recording import case

IMAGES, SEQUENCES = (2, 4, 6, 7), (2, 4, 9)
SMALL, ODD = (1, 2, 7, 6), (1, 2, 5, 5)  # for pooling, where channels do not mix

CONVOLUTIONS = [
    case(f"nn.Conv2d(4, {options})", IMAGES)
    for options in (
        "3, 3",
        "3, 3, padding=1",
        "12, 3, padding=1",
        "3, (2, 3), stride=(2, 1), padding=(1, 0)",
        "3, 3, stride=2, padding=1",
        "3, 3, padding=4",
        "3, 2, dilation=2",
        "3, (3, 2), dilation=(2, 3), padding=2, stride=(1, 2)",
        "3, 1",
        "3, 1, stride=2",
        "3, 1, bias=False",
        "6, 3, groups=2, padding=1",
        "6, 3, groups=2, stride=3",
        "4, 3, groups=4, padding=1",
        "8, 3, groups=4, stride=2",
        "3, 3, padding='same'",
        "3, 2, padding='same'",
        "3, (2, 3), padding='same', dilation=(3, 2)",
        "3, 3, padding='valid'",
        "3, 3, padding=1, padding_mode='reflect'",
        "3, 3, padding=(2, 1), padding_mode='replicate'",
        "3, 3, padding=(0, 2), padding_mode='circular'",
        "3, 2, padding='same', padding_mode='reflect'",
        "3, (6, 7)",
    )
]
CONVOLUTIONS += [
    case("nn.Conv2d(4, 3, 3, padding=1)", IMAGES[1:]),
    case("nn.Conv2d(1, 3, 3)", (3, 1, 9, 9)),
    case("nn.Conv2d(4, 3, 3)", (0, 4, 5, 5), second=False),
    case("nn.Conv1d(4, 3, 3)", SEQUENCES),
    case("nn.Conv1d(4, 3, 3)", SEQUENCES[1:]),
    case("nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2)", SEQUENCES),
    case("nn.Conv1d(4, 4, 2, groups=4, padding='same', bias=False)", SEQUENCES),
    case("nn.Conv1d(4, 3, 3, padding=2, padding_mode='reflect')", SEQUENCES),
    case("nn.Conv1d(4, 3, 3, padding=1, padding_mode='circular')", SEQUENCES[1:]),
    case("F.conv2d", IMAGES, (3, 4, 3, 3), (3,)),
    case("lambda x, w: F.conv2d(x, w, None, (2, 1), 'valid', 1, 2)", IMAGES, (4, 2, 3, 3)),
    case("F.conv1d", SEQUENCES, (3, 4, 3)),
]

TIES = "random.randint(0, 3, (1, 2, 7, 6)) * 1.0"

POOLING = [
    case(f"nn.MaxPool2d({options})", SMALL)
    for options in (
        "2",
        "3, 2",
        "3, 2, 1",
        "(3, 2), stride=(2, 1), padding=(1, 0)",
        "2, dilation=2",
        "3, stride=2, padding=1, dilation=(1, 2), ceil_mode=True",
        "2, stride=3, ceil_mode=True",
        "1",
        "1, 2",
        "2, return_indices=True",
        "3, 1, 1, return_indices=True",
    )
]
POOLING += [
    case("nn.MaxPool2d(2)", TIES, second=False),
    case("nn.MaxPool2d(3, 1, 1, return_indices=True)", TIES, second=False),
    case("nn.MaxPool2d(2)", SMALL[1:]),
    case(
        "nn.MaxPool2d(2, 1, 1, return_indices=True)", "np.full((1, 1, 3, 3), -np.inf)", second=False
    ),
    case(
        "nn.MaxPool2d(2, return_indices=True)",
        "np.array([[[1, np.nan, 2, np.nan], [3, 4, 5, 6]]])",
        second=False,
    ),
    case(
        "nn.MaxPool2d(2, 1, return_indices=True)",
        "random.randint(-9, 9, (1, 2, 4, 4))",
        second=False,
    ),
    case("nn.MaxPool2d(2)", (0, 1, 4, 4), second=False),
    case("nn.MaxPool1d(2)", SEQUENCES),
    case("nn.MaxPool1d(3, stride=2, padding=1, dilation=2, ceil_mode=True)", SEQUENCES[1:]),
    case("nn.MaxPool1d((3,), return_indices=True)", SEQUENCES),
    case("lambda x: F.max_pool2d(x, 2)", ODD),
    *(
        case(f"nn.AvgPool2d({options})", SMALL)
        for options in (
            "2",
            "3, 2",
            "3, 2, 1",
            "3, 2, 1, count_include_pad=False",
            "3, 2, 1, ceil_mode=True",
            "3, 2, 1, ceil_mode=True, count_include_pad=False",
            "(3, 2), stride=(1, 3), padding=(1, 0)",
            "2, divisor_override=3",
            "2, stride=3, ceil_mode=True, divisor_override=-2",
            "1",
        )
    ),
    case("nn.AvgPool2d(2)", SMALL[1:]),
    case("nn.AvgPool2d(2)", "random.randint(-9, 9, (1, 2, 4, 4))", second=False),
    case("nn.AvgPool1d(2)", SEQUENCES),
    case("nn.AvgPool1d(3, 2, 1, ceil_mode=True, count_include_pad=False)", SEQUENCES[1:]),
    *(
        case(f"nn.AdaptiveAvgPool2d({size})", SMALL)
        for size in ("1", "(1, 1)", "3", "(2, None)", "(None, 4)", "7", "(9, 5)", "(None, None)")
    ),
    case("nn.AdaptiveAvgPool2d(2)", SMALL[1:]),
    case("nn.AdaptiveAvgPool2d(1)", SMALL[1:]),
    case("nn.AdaptiveAvgPool1d(4)", SEQUENCES),
    case("nn.AdaptiveAvgPool1d(1)", SEQUENCES),
    case("nn.AdaptiveAvgPool1d(1)", SEQUENCES[1:]),
    case("lambda x: F.adaptive_avg_pool2d(x, (2, 3))", ODD),
]

NORMALISATION = [
    case(f"nn.{layer}", shape, train=train, calls=calls)
    for layer, shape in (
        ("BatchNorm2d(4)", (3, 4, 2, 3)),
        ("BatchNorm2d(4)", (1, 4, 6, 5)),
        ("BatchNorm2d(1)", (3, 1, 2, 3)),
        ("BatchNorm2d(4, eps=0.1, momentum=0.5)", (3, 4, 2, 3)),
        ("BatchNorm2d(4, momentum=None)", (3, 4, 2, 3)),
        ("BatchNorm2d(4, affine=False)", (3, 4, 2, 3)),
        ("BatchNorm2d(4, bias=False)", (3, 4, 2, 3)),
        ("BatchNorm2d(4, track_running_stats=False)", (3, 4, 2, 3)),
        ("BatchNorm1d(4)", (5, 4)),
        ("BatchNorm1d(4)", (3, 4, 5)),
        ("BatchNorm1d(1)", (5, 1)),
    )
    for train, calls in ((True, 1), (True, 3), (False, 1))
]
NORMALISATION += [
    case(f"nn.{layer}", shape)
    for layer, shape in (
        ("LayerNorm(6)", (3, 6)),
        ("LayerNorm(6)", (2, 3, 6)),
        ("LayerNorm(6)", (6,)),
        ("LayerNorm((3, 6))", (2, 3, 6)),
        ("LayerNorm([6], eps=0.1)", (2, 3, 6)),
        ("LayerNorm(6, elementwise_affine=False)", (2, 3, 6)),
        ("LayerNorm(6, bias=False)", (2, 3, 6)),
        ("GroupNorm(2, 4)", (3, 4, 2, 3)),
        ("GroupNorm(1, 4)", (3, 4, 5)),
        ("GroupNorm(4, 4)", (3, 4, 5)),
        ("GroupNorm(2, 6)", (3, 6)),
        ("GroupNorm(2, 4, eps=0.1, bias=False)", (3, 4, 5)),
        ("GroupNorm(2, 4, affine=False)", (3, 4, 5)),
    )
]
NORMALISATION += [
    case("nn.LayerNorm(0)", (2, 0), second=False),
    case("nn.BatchNorm2d(3)", (0, 3, 2, 2), train=False, second=False, named=False),
    case("lambda x: F.batch_norm(x, None, None, training=True)", (5, 3)),
    case("lambda x, b: F.batch_norm(x, None, None, None, b, True)", (5, 3), (3,)),
    case("lambda x, w: F.layer_norm(x, (3,), w)", (5, 3), (3,)),
    case("lambda x, b: F.layer_norm(x, (3,), bias=b)", (5, 3), (3,)),
    case("lambda x, w, b: F.group_norm(x, 2, w, b)", (3, 4, 2), (4,), (4,)),
]

PADDING = [
    case(f"lambda x: F.pad(x, {options})", shape)
    for options, shape in (
        ("(1, 2)", (2, 3)),
        ("(1, 2), value=3.5", (2, 3)),
        ("(1, 2, 0, 3)", (2, 3)),
        ("(-1, 2, 1, -1)", (2, 3)),
        ("(0, 0)", (2, 3)),
        ("[2, 1], mode='reflect'", (2, 3)),
        ("(2, 1), mode='replicate'", (2, 2, 3)),
        ("(2, 1, 1, 2), mode='reflect'", (2, 2, 3, 3)),
        ("(2, 1, 4, 0), mode='replicate'", (2, 3, 3)),
        ("(-1, 2), mode='reflect'", (1, 6)),
    )
]
PADDING += [
    case("lambda x: F.pad(x, (3, 1, 2, 0), mode='circular')", (1, 2, 2, 3), named=False),
    case("lambda x: F.pad(x, (-1, 2), mode='circular')", (1, 2, 4), named=False),
    case("lambda x: F.pad(x, (1, 2, 1, 0, 1, 1), mode='circular')", (2, 2, 2, 2), named=False),
]

CASES = [*CONVOLUTIONS, *POOLING, *NORMALISATION, *PADDING]

VALUES = [
    "nn.Conv2d(4, 4, (3, 2), 2, 1, 2, 2, False, 'reflect')",
    "nn.BatchNorm2d(3).num_batches_tracked",
    "nn.BatchNorm2d(3, dtype=torch.float64).running_var",
    "nn.BatchNorm1d(3).weight, nn.LayerNorm(3).bias",
    "nn.Conv2d(3, 4, 1, dtype=torch.float64).weight.dtype",
    "nn.MaxPool1d(2).stride, nn.AvgPool2d(2).stride, nn.AvgPool1d(2).stride",
    "nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.MaxPool2d(2))",
    "F.conv2d(torch.ones(1, 1, 3, 3).int(), torch.ones(1, 1, 2, 2).int())",
    "F.avg_pool2d(torch.tensor([[[-3, -4], [0, 0]]]), 2)",
]

_lines = Path(__file__).with_name("layers_spatial_errors.txt").read_text(encoding="utf-8")
ERRORS = _lines.splitlines()
