"""RNN, LSTM and GRU: layers over sequences, and single steps."""

from layer_recording import case

KINDS = "RNN", "LSTM", "GRU"
SEQUENCE = (4, 2, 3)  # steps, batch, numbers


# An LSTM takes its states in a pair; here they come one by one.
PAIR = """type("Net", (nn.{0},), {{"forward":
    lambda self, x, h, c: nn.{0}.forward(self, x, (h, c))}})({1})"""


# (Where PyTorch has a chain of nodes for a layer, minigrad has one: not all names agree.)
LAYERS = [
    each
    for kind in KINDS
    for each in (
        case(f"nn.{kind}(3, 4)", SEQUENCE, named=kind != "LSTM"),
        case(f"nn.{kind}(3, 4)", SEQUENCE, dtypes=["float32"]),
        case(f"nn.{kind}(3, 4)", (4, 3), named=False),
        case(f"nn.{kind}(3, 4, bias=False)", SEQUENCE, named=False),
        case(f"nn.{kind}(3, 4, 2, bidirectional=True)", SEQUENCE, second=False),
        case(f"nn.{kind}(2, 2, 2, bidirectional=True)", (3, 1, 2), named=False),
        case(f"nn.{kind}(3, 4, 3, batch_first=True)", SEQUENCE, named=False, second=False),
        case(f"nn.{kind}(3, 2, batch_first=True, bidirectional=True)", (5, 3), named=False),
        case(f"nn.{kind}(1, 1)", (1, 1, 1), named=False),
        case(f"nn.{kind}(3, 4, 2, dropout=0.5)", SEQUENCE, train=False, named=False, second=False),
        case(f"nn.{kind}(3, 4, 2, dropout=1.0)", SEQUENCE, named=False, second=False),
        case(f"nn.{kind}(3, 4)", (30, 1, 3), named=False, second=False),
        case(f"nn.{kind}Cell(3, 4)", (2, 3)),
        case(f"nn.{kind}Cell(3, 4)", (3,)),
        case(f"nn.{kind}Cell(3, 4, bias=False)", (2, 3)),
    )
]

OTHERS = [
    case("nn.RNN(3, 4, nonlinearity='relu')", SEQUENCE, named=False),
    case("nn.RNN(3, 4, 2, 'relu', bidirectional=True)", SEQUENCE, named=False, second=False),
    case("nn.RNNCell(3, 4, nonlinearity='relu')", (2, 3)),
    case("nn.LSTM(3, 4, proj_size=2)", SEQUENCE, named=False),
    case("nn.LSTM(3, 4, 2, bidirectional=True, proj_size=2)", SEQUENCE, named=False, second=False),
    case("nn.LSTM(3, 4, 2, False, True, proj_size=3)", (4, 3), named=False),
]

STATES = [
    case("nn.GRU(3, 4)", SEQUENCE, (1, 2, 4), named=False),
    case("nn.RNN(3, 4, 2, bidirectional=True)", SEQUENCE, (4, 2, 4), named=False, second=False),
    case("nn.GRU(3, 4, batch_first=True)", (5, 3), (1, 4), named=False),
    case(PAIR.format("LSTM", "3, 4"), SEQUENCE, (1, 2, 4), (1, 2, 4), named=False),
    case(PAIR.format("LSTM", "3, 4, 2"), (5, 3), (2, 4), (2, 4), named=False, second=False),
    case(PAIR.format("LSTM", "3, 4, proj_size=2"), (5, 3), (1, 2), (1, 4), named=False),
    case(PAIR.format("LSTMCell", "3, 4"), (2, 3), (2, 4), (2, 4)),
    case(PAIR.format("LSTMCell", "3, 4"), (3,), (4,), (4,)),
    case("nn.GRUCell(3, 4)", (2, 3), (2, 4)),
    case("nn.RNNCell(3, 4)", (3,), (4,)),
]

CASES = LAYERS + OTHERS + STATES

VALUES = [
    each
    for kind in KINDS
    for each in (
        f"nn.{kind}(3, 4)",
        f"nn.{kind}(3, 4, 2, bidirectional=True)",
        f"nn.{kind}(3, 4, 2, bias=False, batch_first=True, dropout=0.25)",
        f"nn.{kind}Cell(3, 4, bias=False)",
        f"[len(each) for each in nn.{kind}(3, 4, 2, bidirectional=True).all_weights]",
        f"nn.{kind}(3, 4).mode",
        f"nn.{kind}(3, 4, 2).flatten_parameters()",
        f"nn.{kind}(3, 4)(torch.ones(2, 0, 3))[0].shape",
    )
]
VALUES += [
    "nn.LSTM(3, 4, proj_size=2)",
    "nn.RNN(3, 4, nonlinearity='relu')",
    "nn.RNNCell(3, 4, nonlinearity='relu')",
]

ERRORS = [
    each.format(kind)
    for kind in KINDS
    for each in (
        "nn.{0}(3, 4)(torch.ones(5, 2, 2))",
        "nn.{0}(3, 4)(torch.ones(1, 5, 2, 3))",
        "nn.{0}(3, 4)(torch.ones(3))",
        "nn.{0}(3, 4)(torch.ones(5, 2, 3).double())",
        "nn.{0}(3, 4)(torch.ones(0, 2, 3))",
        "nn.{0}(3, 4, batch_first=True)(torch.ones(2, 0, 3))",
        "nn.{0}(3, 4, dropout=2.0)",
        "nn.{0}(3, 0)",
        "nn.{0}(0, 3)",
        "nn.{0}(3, 4, 0)",
        "nn.{0}(3, 4.0)",
        "nn.{0}(3.0, 4)",
        "nn.{0}(3, 4, proj_size=5)",
        "nn.{0}(3, 4, proj_size=-1)",
        "nn.{0}Cell(3, 4)(torch.ones(2, 2))",
        "nn.{0}Cell(3, 4)(torch.ones(1, 2, 3))",
        "nn.{0}Cell(3, 4)(torch.ones(2, 3).double())",
    )
]
ERRORS += [
    each.format(kind)
    for kind in ("RNN", "GRU")
    for each in (
        "nn.{0}(3, 4)(torch.ones(5, 2, 3), torch.ones(1, 3, 4))",
        "nn.{0}(3, 4)(torch.ones(5, 2, 3), torch.ones(2, 2, 4))",
        "nn.{0}(3, 4)(torch.ones(5, 2, 3), torch.ones(2, 4))",
        "nn.{0}(3, 4)(torch.ones(5, 3), torch.ones(1, 2, 4))",
        "nn.{0}(3, 4)(torch.ones(5, 2, 3), torch.ones(1, 2, 4).double())",
        "nn.{0}Cell(3, 4)(torch.ones(2, 3), torch.ones(3, 4))",
        "nn.{0}Cell(3, 4)(torch.ones(2, 3), torch.ones(2, 3))",
        "nn.{0}Cell(3, 4)(torch.ones(2, 3), torch.ones(1, 2, 4))",
        "nn.{0}Cell(3, 4)(torch.ones(2, 3), torch.ones(2, 4).double())",
    )
]
ERRORS += [
    "nn.LSTM(3, 4)(torch.ones(5, 2, 3), (torch.ones(1, 3, 4), torch.ones(1, 2, 4)))",
    "nn.LSTM(3, 4)(torch.ones(5, 2, 3), (torch.ones(1, 2, 4), torch.ones(1, 3, 4)))",
    "nn.LSTM(3, 4)(torch.ones(5, 2, 3), (torch.ones(1, 2, 4), torch.ones(2, 4)))",
    "nn.LSTM(3, 4)(torch.ones(5, 3), (torch.ones(1, 2, 4), torch.ones(1, 2, 4)))",
    "nn.LSTMCell(3, 4)(torch.ones(2, 3), (torch.ones(3, 4), torch.ones(3, 4)))",
    "nn.LSTMCell(3, 4)(torch.ones(2, 3), (torch.ones(1, 2, 4), torch.ones(1, 2, 4)))",
    "nn.RNN(3, 4, nonlinearity='sin')",
    "nn.RNNCell(3, 4, nonlinearity='sin')(torch.ones(2, 3))",
]
