"""Floor 7. SGD: downhill, a step of `lr` times the gradient, with momentum if wanted."""

from ..arrays import add_scaled
from ..carriers import as_tensor
from . import optimizer_checks
from .optimizer import Optimizer, slope


def with_momentum(grad, state, group):
    """The direction of a heavy ball: the gradient, and a part of the direction before.

    `dampening` makes the gradient's share smaller; `nesterov` looks one step ahead.
    """
    if state.get("momentum_buffer") is None:
        state["momentum_buffer"] = as_tensor(grad.copy())
        buffer = state["momentum_buffer"].array
    else:
        buffer = state["momentum_buffer"].array
        buffer *= group["momentum"]
        add_scaled(buffer, 1 - group["dampening"], grad)
    return grad + group["momentum"] * buffer if group["nesterov"] else buffer


class SGD(Optimizer):
    """Stochastic gradient descent: parameter -= lr * gradient.

    With `momentum` it goes on in the direction it came from, `weight_decay` adds that many times
    the parameter to its gradient, and `maximize` goes uphill.

    ValueError for settings out of range.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html
    """

    def __init__(
        self,
        params,
        lr=1e-3,
        momentum=0,
        dampening=0,
        weight_decay=0,
        nesterov=False,
        *,
        maximize=False,
    ):
        settings = {"lr": lr, "momentum": momentum, "dampening": dampening}
        settings |= {"weight_decay": weight_decay, "nesterov": nesterov, "maximize": maximize}
        super().__init__(params, optimizer_checks.check_settings(settings))

    def update(self, parameter, group):
        """One step; the numbers are changed where they are."""
        weights = parameter.array
        grad = slope(parameter, group["maximize"], group["weight_decay"])
        if group["momentum"]:
            grad = with_momentum(grad, self.state[parameter], group)
        add_scaled(weights, -group["lr"], grad)  # weights -= lr * grad, without a copy
