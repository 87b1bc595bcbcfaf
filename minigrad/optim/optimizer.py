"""Floor 7. `Optimizer`: what all ways to change parameters have in common."""

from collections import defaultdict

from ..grad_mode import enable_grad, no_grad
from ..nn.parameter import forget_grad
from ..tensor import share_versions
from . import optimizer_checks


class Optimizer:
    """Changes parameters, step by step, against their gradients.

    `params` is an iterable of leaf tensors (or of pairs with their names), or of groups that may
    have settings of their own, such as {"params": [...], "lr": 0.1}; `defaults` are the settings of
    groups that do not say otherwise. `state[parameter]` is what it remembers of a parameter. A
    subclass has a method `update`, or a method `step` of its own.

    TypeError for what is no tensor, ValueError for what is no leaf, and without any parameters.

    Source: https://docs.pytorch.org/docs/stable/optim.html
    """

    def __init__(self, params, defaults):
        self.defaults, self.param_groups, self.state = defaults, [], defaultdict(dict)
        groups = optimizer_checks.check_params(params)
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)

    def add_param_group(self, param_group):
        """Let it change more parameters: {"params": [...]}, and settings other than the defaults.

        TypeError and ValueError as above, and for a parameter that is in another group.
        """
        optimizer_checks.check_group(self, param_group)
        for name, value in self.defaults.items():
            param_group.setdefault(name, value)
        self.param_groups.append(param_group)

    def update(self, parameter, group):
        """Change the numbers of one parameter, which has a gradient; `group` has the settings."""
        raise optimizer_checks.no_update(self)


def zero_grad(self, set_to_none=True):
    """Forget the gradients of all parameters (or fill them with zeros)."""
    for group in self.param_groups:
        for parameter in group["params"]:
            forget_grad(parameter, set_to_none)


def step(self, closure=None):
    """Update every parameter that has a gradient; the others stay as they are.

    A `closure` computes the loss and the gradients afresh, and its result is returned.
    """
    loss = None
    if closure is not None:
        with enable_grad():
            loss = closure()
    with no_grad():
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    self.update(parameter, group)
                    share_versions(parameter, parameter)._counter.add()
    return loss


def representation(self):
    """What `print(optimizer)` shows: the settings of each group."""
    text = f"{type(self).__name__} ("
    for number, group in enumerate(self.param_groups):
        text += f"\nParameter Group {number}\n"
        for name in sorted(group):
            if name != "params":
                text += f"    {name}: {group[name]}\n"
    return text + ")"


Optimizer.zero_grad = zero_grad
Optimizer.step = step
Optimizer.__repr__ = representation


def slope(parameter, maximize, weight_decay):
    """The gradient as an array: turned round to go uphill, and with a pull of weights to zero."""
    grad = parameter.grad.array
    if maximize:
        grad = -grad
    if weight_decay:
        grad = grad + weight_decay * parameter.array
    return grad
