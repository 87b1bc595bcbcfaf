"""`nn.init`: what does not depend on chance, and mistakes. (Distributions: tests/test_init.py.)"""

CASES = []

NONLINEARITIES = "linear", "conv1d", "conv_transpose2d", "sigmoid", "tanh", "relu", "selu"
VALUES = [
    *(f"nn.init.calculate_gain('{name}')" for name in NONLINEARITIES),
    *(f"nn.init.calculate_gain('leaky_relu'{slope})" for slope in ("", ", 0.2", ", 0", ", -3.5")),
    "nn.init.constant_(torch.empty(2, 3), 1.5)",
    "nn.init.constant_(torch.empty(2, requires_grad=True), 3)",
    "nn.init.constant_(torch.empty(2).long(), 3.5)",
    "nn.init.ones_(nn.Parameter(torch.empty(2)))",
    "nn.init.zeros_(torch.empty(2, 1, dtype=torch.float64))",
    "nn.init.eye_(torch.empty(2, 3))",
    "nn.init.dirac_(torch.empty(3, 2, 3))",
    "nn.init.dirac_(torch.empty(4, 2, 2, 3), 2)",
    "nn.init.dirac_(torch.empty(2, 3, 1, 3, 1))",
    "nn.init.orthogonal_(torch.empty(0, 3))",
    "nn.init.kaiming_uniform_(torch.empty(0, 3))",
    "nn.init.xavier_normal_(torch.empty(2, 0, 3))",
    "nn.init.uniform_(torch.empty(2), 3, 3)",
    "nn.init.normal_(torch.empty(2), 3, 0)",
]

ERRORS = [
    *(f"nn.init.{name}_(torch.ones(3))" for name in ("xavier_uniform", "xavier_normal")),
    *(f"nn.init.{name}_(torch.ones(3))" for name in ("kaiming_uniform", "kaiming_normal")),
    *(f"nn.init.{name}_(torch.ones(3))" for name in ("eye", "dirac", "orthogonal")),
    "nn.init.sparse_(torch.ones(3), 0.1)",
    "nn.init.dirac_(torch.ones(3, 2, 2), groups=2)",
    "nn.init.kaiming_normal_(torch.ones(2, 3), mode='foo')",
    "nn.init.kaiming_normal_(torch.ones(2, 3), nonlinearity='foo')",
    "nn.init.calculate_gain('foo')",
    "nn.init.calculate_gain('leaky_relu', 'a')",
    "nn.init.calculate_gain('leaky_relu', True)",
    "nn.init.trunc_normal_(torch.ones(3), a=2, b=-2)",
    "nn.init.uniform_(torch.ones(3), 2, 1)",
]
