"""Softmax and activations: applied to every element, or along a dimension."""

from layer_recording import case

HALF = "float16", "float32", "float64"
# Places of note: kinks, both sides of them, and the far ends.
KINKS = "np.array([-6., -3., -2.5, -1., -.5, -1e-3, 0., 1e-3, .5, 1., 2.5, 3., 5.5, 6., 25.])"
FAR = "np.array([-1e4, -100., -30., -9., 8., 30., 100., 1e4])"
ENDLESS = "np.array([-np.inf, np.inf, np.nan])"
SCORES = "np.array([[1000., 0., -1000.], [-np.inf, 1., 2.], [-500., -500., -501.]])"
SMOOTH = (
    *("nn.ELU()", "nn.ELU(0.5)", "nn.ELU(-1.5)", "nn.SELU()", "nn.CELU()", "nn.CELU(2.0)"),
    *("nn.GELU()", "nn.GELU('tanh')", "nn.SiLU()", "nn.Mish()", "nn.Softplus()"),
    *("nn.Softplus(2, 3)", "nn.Softsign()", "nn.Tanhshrink()", "nn.LogSigmoid()"),
    *("nn.Sigmoid()", "nn.CELU(-2.0)"),
)
BENT = (
    *("nn.ReLU()", "nn.LeakyReLU()", "nn.LeakyReLU(0.5)", "nn.LeakyReLU(-0.5)", "nn.LeakyReLU(2)"),
    *("nn.Hardtanh()", "nn.Hardtanh(-2.5, 1)", "nn.ReLU6()", "nn.Hardswish()"),
    *("nn.Threshold(0.5, 7)", "nn.Softshrink()", "nn.Softshrink(1.0)", "nn.Hardshrink()"),
    *("nn.Hardshrink(1.0)", "nn.PReLU()"),
)
IN_PLACE = (
    *("relu", "leaky_relu", "elu", "selu", "celu", "hardtanh", "relu6", "silu", "mish"),
    *("hardsigmoid", "hardswish"),
)

CASES = [
    *(case(each, (3, 4), dtypes=HALF) for each in SMOOTH + BENT),
    *(case(each, KINKS, second=False) for each in SMOOTH + BENT),
    *(case(each, FAR, second=False) for each in SMOOTH + BENT),
    *(case(each, ENDLESS, second=False) for each in SMOOTH + BENT if "LU(" not in each),
    *(case(each, ()) for each in SMOOTH + BENT),
    *(case(each, (0, 2)) for each in SMOOTH + BENT),
    *(
        case(f"lambda x: F.{name}(x * 1, inplace=True)", (3, 4), dtypes=("float32",))
        for name in IN_PLACE
    ),
    *(case(f"lambda x: F.{name}_(x * 1)", (3, 4)) for name in IN_PLACE[:6]),
    case("lambda x: F.threshold(x * 1, 0.5, 7, True)", (3, 4)),
    case("lambda x: F.relu((x * 1)[0], True)", (3, 4), named=False),
    case("nn.Tanh()", (3, 4), dtypes=HALF),
    # In float64 PyTorch's slope of hardsigmoid is a sixth in float32.
    *(case("nn.Hardsigmoid()", each, dtypes=HALF[:2]) for each in ((3, 4), KINKS, FAR, ENDLESS)),
    *(
        case(each, "np.array([-np.inf, np.inf])", second=False)
        for each in ("nn.ELU()", "nn.SELU()")
    ),
    case("nn.PReLU(4)", (3, 4)),
    case("nn.PReLU(3)", (2, 3, 4)),
    case("nn.PReLU(3)", (2, 3, 2, 2), dtypes=HALF),
    case("nn.PReLU(1)", (5,)),
    case("F.prelu", (2, 3), (3,)),
    case("torch.prelu", (2, 3), ()),
    case("nn.GLU()", (3, 4), dtypes=HALF),
    case("nn.GLU(0)", (4, 3)),
    case("F.glu", (2, 3, 6)),
    *(case(f"nn.{name}(1)", (3, 4), dtypes=HALF) for name in ("Softmax", "LogSoftmax")),
    case("nn.Softmin(1)", (3, 4)),
    *(case(f"nn.{name}(0)", (3, 4)) for name in ("Softmax", "LogSoftmax", "Softmin")),
    *(
        case(f"nn.{name}()", shape)
        for name in ("Softmax", "LogSoftmax")
        for shape in ((3,), (3, 4))
    ),
    *(case("F.softmax", shape) for shape in ((2, 3, 4), (2, 3, 2, 2), ())),
    *(case(f"lambda x: torch.{name}(x, -2)", (2, 3, 4)) for name in ("softmax", "log_softmax")),
    *(case(f"lambda x: x.{name}(0)", ()) for name in ("softmax", "log_softmax")),
    case("lambda x: F.softmax(x, 1)", SCORES),
    case("lambda x: F.log_softmax(x, 1)", SCORES, second=False),
    *(case(f"lambda x: x.{name}(1)", (3, 0)) for name in ("softmax", "log_softmax")),
    case("lambda x: torch.softmax(x, 1, dtype=torch.float64)", (3, 4)),
    case("lambda x: x.log_softmax(dim=-1, dtype=torch.float32)", (3, 4), dtypes=("float16",)),
    case("nn.Softmax2d()", (2, 3, 2, 2)),
    case("nn.Softmax2d()", (3, 2, 2)),
    case("F.softmin", (2, 3)),
    case("lambda x: F.softmax(x, 1)", "np.array([[np.inf, 1.], [np.nan, 1.]])", second=False),
    case("lambda x: F.softmax(x, 1)", "np.full((2, 3), -np.inf)", second=False),
    case("lambda x: F.log_softmax(x, 1)", "np.full((2, 3), -np.inf)", second=False),
    *(case(f"lambda x: torch.logsumexp(x, {dim})", (2, 3, 4)) for dim in (0, -1, (0, 2))),
    case("lambda x: x.logsumexp(1, keepdim=True)", (3, 4), dtypes=HALF),
    case("lambda x: x.logsumexp((0, 1), True)", (3, 4)),
    case("lambda x: x.logsumexp(0)", ()),
    case("lambda x: x.logsumexp(1)", SCORES),
    case("lambda x: x.logsumexp(1)", (2, 0), second=False),
    case("lambda x: x.logsumexp(0)", "np.array([-np.inf, -np.inf])", second=False),
    case("lambda x: x.logsumexp(0)", "np.array([np.inf, 1.])", second=False),
]

VALUES = [
    *(f"nn.{name}(inplace=True)" for name in ("ReLU", "LeakyReLU", "ELU", "SELU", "CELU", "SiLU")),
    *(f"nn.{name}(inplace=True)" for name in ("Mish", "Hardtanh", "ReLU6", "Hardsigmoid")),
    *("nn.Hardswish(True)", "nn.Threshold(1, 2, True)", "nn.Hardtanh(min_value=-3)"),
    "nn.PReLU(2, init=0.5).weight",
    "torch.logsumexp(torch.arange(3), 0)",
    "torch.softmax(torch.arange(3), 0, dtype=torch.float32)",
    "F.hardtanh(torch.arange(-3, 4), -2, 2)",
    "F.relu6(torch.arange(9))",
    "F.threshold(torch.arange(4), 1, 9)",
    "F.softsign(torch.arange(3))",
    "torch.selu(torch.ones(2))",
    "torch.celu(torch.ones(2))",
    "torch.threshold(torch.ones(2), 1, 5)",
    "torch.hardshrink(torch.ones(2), 2)",
    "torch.ones(2).hardshrink(), torch.ones(2).prelu(torch.ones(1))",
    "F.one_hot(torch.tensor([0, 2, 1]))",
    "F.one_hot(torch.tensor([[0, 2], [1, 0]]), 4)",
    "F.one_hot(torch.tensor(1), num_classes=3)",
    "F.one_hot(torch.tensor([], dtype=torch.int64), 3)",
]

INTEGERS = "leaky_relu elu gelu silu softplus hardsigmoid hardswish logsigmoid selu mish celu glu"

ERRORS = [
    *(f"F.{name}(torch.arange(4))" for name in INTEGERS.split()),
    *(f"F.{name}([1.0])" for name in ("relu", "leaky_relu", "elu", "gelu", "silu", "softplus")),
    *(f"torch.{name}(torch.ones(2))" for name in ("softmax", "log_softmax", "logsumexp")),
    *(f"torch.{name}(torch.ones(2), 2)" for name in ("softmax", "log_softmax", "logsumexp")),
    *(f"torch.{name}(torch.ones(2), None)" for name in ("softmax", "log_softmax", "logsumexp")),
    *(f"torch.{name}(torch.arange(2), 0)" for name in ("softmax", "log_softmax")),
    "torch.softmax(torch.tensor(True), 0)",
    "torch.softmax(torch.ones(2), 1.5)",
    "torch.softmax([1.0], 0)",
    "torch.ones(2).softmax(0, dtype=3)",
    "F.relu(torch.tensor(True))",
    "F.relu(torch.ones(2, requires_grad=True), True)",
    "F.leaky_relu(torch.ones(2), 'a')",
    "F.celu(torch.ones(2), 0.0)",
    "F.gelu(torch.ones(2), approximate='foo')",
    "F.hardtanh(torch.ones(2), 1, -1)",
    "F.hardtanh(torch.tensor([True]))",
    "F.relu6(torch.tensor([True]))",
    "nn.Hardtanh(1, -1)",
    "F.softshrink(torch.ones(2), -1.0)",
    "F.prelu(torch.ones(3, 4), torch.ones(3))",
    "F.prelu(torch.ones(4), torch.ones(4))",
    "F.prelu(torch.tensor(1.0), torch.ones(2))",
    "F.prelu(torch.ones(3, 4), torch.ones(4).double())",
    "F.prelu(torch.ones(3, 4), torch.ones(4, 1))",
    "F.glu(torch.ones(3))",
    "F.glu(torch.tensor(1.0))",
    "F.glu(torch.ones(4), 1)",
    "nn.Softmax2d()(torch.ones(2, 3))",
    "F.one_hot(torch.tensor([0, 2]), 2)",
    "F.one_hot(torch.tensor([0, 2]), -2)",
    "F.one_hot(torch.tensor([-1, 2]))",
    "F.one_hot(torch.tensor([1.0]))",
    "F.one_hot(torch.tensor([1], dtype=torch.int32))",
    "F.one_hot(torch.tensor([], dtype=torch.int64))",
    "F.one_hot([1])",
]
