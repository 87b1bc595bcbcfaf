"""Layers that are used more rarely: other sizes, windows, padding, distances, normalisation."""

from layer_recording import case

IMAGES, SEQUENCES, VOLUMES = (2, 4, 5, 6), (2, 4, 7), (1, 2, 3, 4, 2)
STATISTICS = "momentum=0.3, affine=True, track_running_stats=True"

CASES = [
    *(case(f"nn.CosineSimilarity({each})", (3, 4), (3, 4)) for each in ("", "0", "-1, 0.5")),
    case("nn.CosineSimilarity()", (3, 4), (1, 4)),
    *(
        case(f"nn.PairwiseDistance({each})", (3, 4), (3, 4))
        for each in ("", "1", "3, keepdim=True", "float('inf')", "2, 0.1")
    ),
    *(
        case(f"nn.ConvTranspose2d(4, {each})", IMAGES)
        for each in (
            "3, 3",
            "3, 3, padding=1",
            "3, (2, 3), stride=(2, 1)",
            "6, 3, stride=2, padding=1, output_padding=1",
            "6, 2, groups=2, bias=False",
            "4, 3, groups=4, dilation=2",
            "2, 1",
        )
    ),
    case("nn.ConvTranspose2d(4, 3, 2)", IMAGES[1:]),
    case("nn.ConvTranspose1d(4, 3, 3, stride=2, output_padding=1)", SEQUENCES),
    case("nn.ConvTranspose1d(4, 3, 3)", SEQUENCES[1:]),
    case("lambda x: nn.ConvTranspose2d(4, 3, 3, 2).to(x.dtype)(x, (12, 13)).sum() * 0", IMAGES),
    case("F.conv_transpose2d", IMAGES, (4, 3, 2, 2), (3,)),
    case("nn.InstanceNorm1d(4)", SEQUENCES),
    case("nn.InstanceNorm1d(4)", SEQUENCES[1:]),
    case("nn.InstanceNorm2d(4, affine=True)", IMAGES),
    case("nn.InstanceNorm2d(4)", IMAGES[1:]),
    case(f"nn.InstanceNorm2d(4, {STATISTICS})", IMAGES, calls=2),
    case(f"nn.InstanceNorm2d(4, {STATISTICS})", IMAGES, train=False),
    case("nn.RMSNorm(6)", IMAGES),
    case("nn.RMSNorm((5, 6), eps=0.1, elementwise_affine=False)", IMAGES),
    case("nn.LocalResponseNorm(3)", IMAGES),
    case("nn.LocalResponseNorm(2, alpha=0.5, beta=0.3, k=2)", SEQUENCES),
    case("nn.Unfold(2)", IMAGES),
    case("nn.Unfold((2, 3), dilation=2, padding=1, stride=(1, 2))", IMAGES[1:]),
    case("nn.Fold((5, 6), 2, stride=2, padding=1)", (1, 8, 12)),
    case("nn.Fold(4, (2, 3))", (12, 6)),
    case("nn.PixelShuffle(2)", (2, 8, 3, 2)),
    case("nn.PixelUnshuffle(2)", (2, 3, 4, 6)),
    case("nn.ChannelShuffle(2)", IMAGES),
    case("nn.Bilinear(3, 4, 2)", (5, 3), (5, 4)),
    case("nn.Bilinear(3, 4, 2, bias=False)", (2, 5, 3), (2, 5, 4)),
    case("nn.Bilinear(3, 4, 2)", (3,), (4,)),
    case("nn.RReLU()", (3, 4), train=False),
    case("nn.RReLU(0.2, 0.2)", (3, 4)),
    *(case(f"nn.ConstantPad{n}d(1, 1.5)", IMAGES) for n in (1, 2, 3)),
    *(case(f"nn.ZeroPad{n}d(1)", IMAGES) for n in (1, 2, 3)),
    *(
        case(f"nn.{kind}Pad{n}d(1)", shape)
        for kind in ("Reflection", "Replication")
        for n, shape in ((1, SEQUENCES), (2, IMAGES), (3, VOLUMES))
    ),
    *(
        case(f"nn.CircularPad{n}d(1)", shape, named=False)
        for n, shape in ((1, SEQUENCES), (2, IMAGES), (3, VOLUMES))
    ),
    case("nn.ReflectionPad2d((1, 0, 2, 1))", IMAGES),
    *(
        case(f"nn.Upsample({size}, mode='{mode}'{corners})", shape)
        for mode, shape in (
            ("nearest", IMAGES),
            ("nearest-exact", IMAGES),
            ("linear", SEQUENCES),
            ("bilinear", IMAGES),
            ("bicubic", IMAGES),
            ("trilinear", VOLUMES),
            ("nearest", SEQUENCES),
            ("nearest", VOLUMES),
        )
        for size in ("3", "scale_factor=2", "scale_factor=1.7")
        for corners in ("", *[", align_corners=True"] * (mode[:4] != "near"))
    ),
    case("nn.Upsample((3, 4), mode='area')", IMAGES),
    case("nn.Upsample(scale_factor=(2, 1.5), recompute_scale_factor=True)", IMAGES),
    case("nn.UpsamplingBilinear2d(scale_factor=2)", IMAGES),
    case("nn.UpsamplingNearest2d((4, 3))", IMAGES),
    case("lambda x: F.upsample(x, 3)", SEQUENCES),
    case(
        "lambda x: F.interpolate(x, 3)",
        "random.randint(0, 9, (1, 1, 2, 2)).astype('uint8')",
        second=False,
    ),
]

VALUES = [
    "nn.ConvTranspose1d(4, 3, 3, stride=2, padding=1, output_padding=1, bias=False)",
    "nn.ConvTranspose2d(4, 3, 3, 2)(torch.ones(1, 4, 3, 3), output_size=(8, 8)).shape",
    "nn.InstanceNorm2d(3)",
    "list(nn.RMSNorm(3).state_dict())",
    "nn.Upsample(scale_factor=2, mode='bilinear')",
    "nn.Upsample((3, 4))",
    "F.gumbel_softmax(torch.ones(3, 4), hard=True).sum(1)",
    "nn.RReLU()(torch.ones(2))",
]

X, V, IMAGE = "torch.ones(3, 4)", "torch.ones(3)", "torch.ones(1, 4, 3, 3)"
ERRORS = [
    f"F.conv_transpose2d({IMAGE}, torch.ones(3, 2, 2, 2))",
    f"F.conv_transpose2d({IMAGE}, torch.ones(4, 2, 2, 2), {V})",
    f"F.conv_transpose2d({IMAGE}, torch.ones(4, 2, 2, 2), output_padding=1)",
    f"F.conv_transpose2d({IMAGE}, torch.ones(4, 2, 2, 2), groups=3)",
    f"F.conv_transpose2d({X}, torch.ones(4, 2, 2, 2))",
    f"F.conv_transpose2d({IMAGE}, torch.ones(4, 2, 2, 2), stride=0)",
    f"F.conv_transpose2d({IMAGE}, torch.ones(4, 2, 2, 2), padding=-1)",
    f"F.conv_transpose2d({IMAGE}, torch.ones(4, 2, 2, 2).double())",
    f"F.conv_transpose2d({IMAGE}, torch.ones(4, 2, 2, 2), padding=3)",
    f"nn.ConvTranspose2d(4, 3, 3, stride=2)({IMAGE}, output_size=(9, 9))",
    f"nn.ConvTranspose2d(4, 3, 3, stride=2)({IMAGE}, output_size=(9, 9, 9))",
    "nn.ConvTranspose2d(4, 3, 3, padding_mode='reflect')",
    f"F.instance_norm({V})",
    "F.instance_norm(torch.ones(2, 3, 1))",
    "F.instance_norm(torch.ones(2, 3, 4).long())",
    "F.instance_norm(torch.ones(2, 3, 4), use_input_stats=False)",
    "F.instance_norm(torch.ones(2, 3, 4), weight=torch.ones(2))",
    "nn.InstanceNorm1d(3)(torch.ones(5))",
    "nn.InstanceNorm1d(3, affine=True)(torch.ones(2, 4, 5))",
    "nn.InstanceNorm2d(3)(torch.ones(4, 5))",
    f"F.rms_norm({X}, (3,))",
    f"F.rms_norm({X}, (4,), {V})",
    f"F.local_response_norm({V}, 2)",
    "F.local_response_norm(torch.ones(1, 3, 4), 0)",
    "F.pixel_shuffle(torch.ones(3, 2, 2), 2)",
    f"F.pixel_shuffle({X}, 2)",
    "F.pixel_shuffle(torch.ones(4, 2, 2), 0)",
    "F.pixel_unshuffle(torch.ones(1, 3, 4), 2)",
    "F.pixel_unshuffle(torch.ones(1, 4, 4), -2)",
    "F.channel_shuffle(torch.ones(1, 3, 4), 2)",
    f"F.channel_shuffle({X}, 2)",
    "F.channel_shuffle(torch.ones(1, 4, 4), -2)",
    f"F.rrelu({X}, 0.5, 0.1)",
    f"F.rrelu({X}.long())",
    f"F.bilinear({V}, {V}, torch.ones(2, 3, 4))",
    f"F.bilinear({V}, {V}, torch.ones(2, 3, 3), {V})",
    f"F.bilinear({X}, {V}, torch.ones(2, 3, 3))",
    f"F.bilinear({V}, {V}, torch.ones(2, 3))",
    f"F.interpolate({IMAGE})",
    f"F.interpolate({IMAGE}, 2, 2)",
    "F.interpolate(torch.ones(1, 1, 4), 2, mode='bilinear')",
    f"F.interpolate({IMAGE}, 2, mode='a')",
    f"F.interpolate({IMAGE}, 2, mode='linear')",
    f"F.interpolate({IMAGE}, 2, align_corners=True)",
    f"F.interpolate({IMAGE}, (2, 2, 2))",
    f"F.interpolate({IMAGE}, scale_factor=(2, 2, 2))",
    "F.interpolate(torch.ones(1, 4), 2)",
    f"F.interpolate({IMAGE}, 0)",
    f"F.interpolate({IMAGE}.long(), 2)",
    "F.unfold(torch.ones(1, 2, 4, 4), 5)",
    f"F.unfold({X}, 2)",
    f"F.unfold({IMAGE}, (2, 2, 2))",
    f"F.unfold({IMAGE}, 'a')",
    f"F.unfold({IMAGE}, 0)",
    f"F.unfold({IMAGE}, 2, stride=0)",
    f"F.unfold({IMAGE}, 2, padding=-1)",
    f"F.unfold({IMAGE}, 2, dilation=0)",
    f"F.unfold({IMAGE}.long(), 2)",
    "F.unfold(torch.ones(1, 0, 4, 4), 2)",
    "F.fold(torch.ones(1, 7, 9), 4, 2)",
    "F.fold(torch.ones(1, 8, 8), 4, 2)",
    "F.fold(torch.ones(9), 4, 2)",
    "F.fold(torch.ones(1, 8, 9), (4, 4, 4), 2)",
]
