"""Losses: every option, reduction and number of dimensions."""

from layer_recording import case

HALF = "float16", "float32", "float64"
REDUCTIONS = "mean", "sum", "none"
UNIT = "random.random_sample((3, 4))"
CLASSES, PLACES = "random.randint(0, 4, (5,))", "random.randint(0, 4, (2, 3))"
IMAGES, VOLUMES = "random.randint(0, 4, (2, 3, 2))", "random.randint(0, 4, (2, 3, 1, 2))"
SOME = "np.array([0, 3, -100, 2, -100])"
NONE = "np.full(5, -100)"
WEIGHT = "torch.tensor([.1, .2, .3, .4], dtype=x.dtype)"
HUGE = "np.array([[1000., 0., -1000., 3.], [-500., -500., 0., 500.], [np.log(1e-30), 0., 0., 0.]])"
CHANCES = "np.array([[0., 1., 0., 1., .3, 1e-8, .5]])"
TRUTHS = "torch.tensor([[0., 1., 1., 0., .6, .2, 0.]])"
LOGITS = "np.array([[0., 1000., -1000., 30., -30., .3]])"


def distances(reduction):
    """The losses of two tensors of one shape."""
    given = f"reduction='{reduction}'"
    for name in ("MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss"):
        yield case(f"nn.{name}({given})", (3, 4), (3, 4), dtypes=HALF)
    for option in ("beta=0.3", "beta=2", "beta=0"):
        yield case(f"nn.SmoothL1Loss({given}, {option})", (3, 4), (3, 4))
    for option in ("delta=0.3", "delta=2"):
        yield case(f"nn.HuberLoss({given}, {option})", (3, 4), (3, 4))
    for name in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"):
        yield case(f"lambda x, y: F.{name}(x, y, {given})", (3, 4), (1, 4))
        yield case(f"lambda x, y: F.{name}(x, y, {given})", (), ())
    for name in ("mse_loss", "l1_loss", "huber_loss"):
        weighted = f"lambda x, y, w: F.{name}(x, y, {given}, weight=w)"
        yield case(weighted, (3, 4), (3, 4), UNIT)


def chances(reduction):
    """The losses of probabilities."""
    given = f"reduction='{reduction}'"
    both = ("BCELoss", UNIT), ("BCEWithLogitsLoss", (3, 4))
    for name, input in both:
        yield case(f"nn.{name}({given})", input, UNIT, dtypes=HALF)
    bce, logits = "F.binary_cross_entropy", "F.binary_cross_entropy_with_logits"
    for function, (_, input) in zip((bce, logits), both, strict=True):
        for weight in (
            WEIGHT,
            "torch.tensor(.5, dtype=x.dtype)",
            "torch.arange(12.).reshape(3, 4).to(x.dtype)",
        ):
            yield case(f"lambda x, y: {function}(x, y, {weight}, {given})", input, UNIT)
    for weight in (WEIGHT, "torch.tensor([2.], dtype=x.dtype)"):
        more = f"lambda x, y: {logits}(x, y, {given}, pos_weight={weight})"
        yield case(more, (3, 4), UNIT)
    extremes = f"lambda x: F.{{}}(x, {TRUTHS}.to(x.dtype), {given})"
    yield case(extremes.format("binary_cross_entropy"), CHANCES, dtypes=HALF[1:2])
    far = f"lambda x: {logits}(x, torch.tensor([[0., 1., 1., 0., 1., .6]]).to(x.dtype), {given})"
    yield case(far, LOGITS)
    for option in ("", ", log_target=True"):
        yield case(f"nn.KLDivLoss({given}{option})", (3, 4), UNIT, dtypes=HALF)


def classes(reduction):
    """The losses of a classifier."""
    given = f"reduction='{reduction}'"
    shapes = ((5, 4), CLASSES), ((2, 4, 3), PLACES), ((2, 4, 3, 2), IMAGES)
    for name in ("NLLLoss", "CrossEntropyLoss"):
        for input, target in (*shapes, ((2, 4, 3, 1, 2), VOLUMES)):
            yield case(f"nn.{name}({given})", input, target, dtypes=HALF)
        yield case(f"nn.{name}({given})", (4,), "np.array(2)")
        yield case(f"nn.{name}({given})", (5, 4), SOME)
        yield case(f"nn.{name}({given})", (5, 4), NONE, second=reduction != "mean")
        yield case(f"nn.{name}({given})", (0, 4), "np.array([], int)", second=False)
        yield case(f"nn.{name}({given}, ignore_index=2)", (5, 4), CLASSES)
        yield case(f"nn.{name}(weight=torch.ones(4) / 3, {given})", (5, 4), SOME)
    for input, target in (*shapes, ((5, 4), SOME), ((4,), "np.array(2)")):
        for name in ("nll_loss", "cross_entropy"):
            yield case(f"lambda x, t: F.{name}(x, t, {WEIGHT}, {given})", input, target)
        for option in (given, f"weight={WEIGHT}, {given}"):
            smooth = f"lambda x, t: F.cross_entropy(x, t, {option}, label_smoothing=0.3)"
            yield case(smooth, input, target)
    for shape in ((5, 4), (4,), (2, 4, 3), (2, 4, 3, 2)):
        for option in ("", f", {WEIGHT}", ", label_smoothing=0.2"):
            soft = f"lambda x, t: F.cross_entropy(x, t{option}, {given})"
            yield case(soft, shape, shape)
    both = f"lambda x, t: F.cross_entropy(x, t, {WEIGHT}, {given}, label_smoothing=0.2)"
    yield case(both, (2, 4, 3), (2, 4, 3))
    yield case(f"nn.CrossEntropyLoss({given})", HUGE, "np.array([2, 3, 0])")
    yield case(f"nn.CrossEntropyLoss({given})", HUGE, "np.array([0, 0, 1])")


CASES = [
    *(each for kind in (distances, chances, classes) for way in REDUCTIONS for each in kind(way)),
    case("nn.KLDivLoss(reduction='batchmean')", (3, 4), UNIT),
    case("nn.KLDivLoss(reduction='batchmean', log_target=True)", (3, 4), (3, 4)),
    case("lambda x, y: F.kl_div(x, y, reduction='batchmean')", (3, 4), "np.eye(3, 4)[:1]")
    | {"second": False},
    case("lambda x, y: F.mse_loss(x.double(), y)", (3, 4), (3, 4), named=False),
    case("lambda x, y: F.smooth_l1_loss(x, y.long())", (3, 4), (3, 4)),
    case("lambda x, t: F.nll_loss(x, t.byte())", (5, 4), CLASSES),
    case("lambda x, t: F.cross_entropy(x, t.byte())", (5, 4), CLASSES),
    case("F.cross_entropy", "np.full((2, 3), -np.inf)", "np.array([0, 1])", second=False),
    case("F.cross_entropy", "np.array([[np.inf, 1.], [1., 2.]])", "np.array([0, 1])", second=False),
    case(
        "F.cross_entropy", "np.array([[-np.inf, 1.], [1., 2.]])", "np.array([1, 1])", second=False
    ),
    case(
        "F.cross_entropy", "np.array([[-np.inf, 1.], [1., 2.]])", "np.array([0, 1])", second=False
    ),
]

X, T, W = "torch.ones(3, 4)", "torch.tensor([0, 1, 2])", "torch.ones(4)"
VALUES = [
    *("nn.SmoothL1Loss(beta=3)", "nn.HuberLoss()", "nn.KLDivLoss(log_target=True)"),
    *("nn.L1Loss(reduction='sum')", "nn.BCEWithLogitsLoss(pos_weight=torch.ones(2))"),
    *("nn.MSELoss(False).reduction", "nn.MSELoss(reduce=False).reduction"),
    "list(nn.BCEWithLogitsLoss(pos_weight=torch.ones(2)).state_dict())",
    "list(nn.CrossEntropyLoss(torch.ones(2)).named_buffers())",
    "nn.CrossEntropyLoss().weight, nn.CrossEntropyLoss().ignore_index",
    f"F.mse_loss({X}, torch.zeros(3, 4), False)",
    f"F.l1_loss({X}, torch.zeros(3, 4), reduce=False)",
    "F.mse_loss(torch.ones(0), torch.ones(0))",
]

NAMES = "mse_loss l1_loss smooth_l1_loss huber_loss nll_loss cross_entropy binary_cross_entropy"
ERRORS = [
    *(f"F.{name}({X}, {X}, reduction='foo')" for name in NAMES.split() if name != "nll_loss"),
    f"F.nll_loss({X}, {T}, reduction='foo')",
    f"F.kl_div({X}, {X}, reduction='foo')",
    f"F.mse_loss({X}, {X}, reduction=None)",
    *(f"F.{name}({X}, torch.ones(2, 4))" for name in NAMES.split()[:4]),
    *(f"F.{name}({X}, {X}, weight={W})" for name in ("mse_loss", "l1_loss", "huber_loss")),
    *(f"F.{name}(torch.arange(3), torch.arange(3))" for name in NAMES.split()[:4]),
    f"F.smooth_l1_loss({X}, {X}, beta=-1)",
    f"F.huber_loss({X}, {X}, delta=0)",
    f"F.huber_loss({X}, {X}, delta=-1)",
    *(
        error
        for name in ("nll_loss", "cross_entropy")
        for error in (
            f"F.{name}({X}, {T}[:2])",
            f"F.{name}({X}, {T} + 5)",
            f"F.{name}({X}, {T} - 1)",
            f"F.{name}({X}, {T}.float())",
            f"F.{name}({X}, {T}.int())",
            f"F.{name}({X}, {T}[None])",
            f"F.{name}({X}, {T}, {W}[:2])",
            f"F.{name}({X}, {T}, {W}.double())",
            f"F.{name}({X}, {T}, {W}.requires_grad_())",
            f"F.{name}({X}[0], {T})",
            f"F.{name}({X}, {T}[:, None])",
            f"F.{name}(torch.ones(2, 4, 3), torch.zeros(2, 2).long())",
            f"F.{name}(torch.ones(2, 4, 3, 2), torch.zeros(2, 3, 1).long())",
            f"F.{name}(torch.ones(2, 4, 3, 2), torch.zeros(2, 3).long())",
            f"F.{name}(torch.ones(3, 0), {T})",
            f"F.{name}({X}, [1, 2, 3])",
            f"F.{name}([1.0], {T})",
        )
    ),
    "F.nll_loss(torch.tensor(1.0), torch.tensor(0))",
    "F.nll_loss(torch.arange(6).reshape(2, 3), torch.tensor([0, 1]))",
    "F.cross_entropy(torch.arange(6).reshape(2, 3), torch.tensor([0, 1]))",
    "F.cross_entropy(torch.tensor(1.0), torch.tensor(0))",
    f"F.cross_entropy({X}, {T}, label_smoothing=1.1)",
    f"F.cross_entropy({X}, {X}, label_smoothing=1.1)",
    f"F.cross_entropy({X}, {X}, ignore_index=1)",
    f"F.cross_entropy({X}, {X}.long())",
    f"F.cross_entropy({X}, {X}, {W}[:2])",
    f"F.cross_entropy({X}, {X}[:2])",
    f"F.binary_cross_entropy({X} * 9, {X})",
    f"F.binary_cross_entropy({X} * float('nan'), {X})",
    f"F.binary_cross_entropy({X}, {X} * 9)",
    f"F.binary_cross_entropy({X}, {X} - 9)",
    f"F.binary_cross_entropy({X}, {X}[:1])",
    f"F.binary_cross_entropy({X}, {X}.long())",
    f"F.binary_cross_entropy({X}, {X}.double())",
    f"F.binary_cross_entropy({X}.long(), {X}.long())",
    f"F.binary_cross_entropy({X}, {X}, {W}.requires_grad_())",
    f"F.binary_cross_entropy_with_logits({X}, {X}[:1])",
    f"F.binary_cross_entropy_with_logits({X}, {X}.long())",
    f"F.binary_cross_entropy_with_logits({X}, {X}, reduction='foo')",
    f"F.binary_cross_entropy_with_logits({X}, {X}, {W}.requires_grad_())",
    f"nn.CrossEntropyLoss()({X}, {T} + 5)",
    "nn.MSELoss()(torch.ones(3), torch.ones(2))",
]
