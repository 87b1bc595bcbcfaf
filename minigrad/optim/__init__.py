"""Floor 7. `torch.optim`: ways to change parameters so that a loss gets smaller."""

from . import lr_scheduler, optimizer_state
from .adagrad import Adagrad
from .adam import Adam, AdamW
from .optimizer import Optimizer
from .rmsprop import RMSprop
from .sgd import SGD

__all__ = ["SGD", "Adagrad", "Adam", "AdamW", "Optimizer", "RMSprop", "lr_scheduler"]
