"""Floor 7. The beginnings of `torch.optim`: stochastic gradient descent."""

from .sgd import SGD

__all__ = ["SGD"]
