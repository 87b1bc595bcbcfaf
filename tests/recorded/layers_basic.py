"""The layer of all layers."""

from layer_recording import case

CASES = [
    case("nn.Linear(3, 2)", (4, 3)),
    case("nn.Linear(3, 2)", (3,)),
    case("nn.Linear(3, 2)", (2, 4, 3)),
    case("nn.Linear(3, 2, bias=False)", (4, 3)),
    case("F.linear", (4, 3), (2, 3), (2,)),
]

ERRORS = ["nn.Linear(3, 2)(torch.ones(4, 2))"]
