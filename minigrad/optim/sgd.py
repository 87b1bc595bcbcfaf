"""Floor 7. SGD: downhill, a step of `lr` times the gradient, with momentum if wanted."""

from ..grad_mode import enable_grad, no_grad
from ..tensor import Tensor

DEFAULTS = {
    "momentum": 0,
    "dampening": 0,
    "weight_decay": 0,
    "nesterov": False,
    "maximize": False,
}


class SGD:
    """Stochastic gradient descent over parameters, or over groups with settings of their own.

    `momentum` keeps a part of the last step, `weight_decay` pulls weights towards 0. `params` is an
    iterable of leaf tensors, or of dictionaries such as {"params": [...], "lr": 0.1}.
    ValueError for settings out of range, TypeError for what is no tensor.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html
    """

    def __init__(self, params, lr=1e-3, **settings):
        check_settings(lr, {**DEFAULTS, **settings})
        if isinstance(params, Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or dicts, "
                f"but got torch.{params.dtype.tensor_type}Tensor"
            )
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        self.defaults = {"lr": lr, **DEFAULTS, **settings}
        self.param_groups, self.state = [], {}
        for group in groups:
            given = group["params"]
            given = [given] if isinstance(given, Tensor) else list(given)
            for each in given:
                check_parameter(each)
            self.param_groups.append({**self.defaults, **group, "params": given})

    def zero_grad(self, set_to_none=True):
        """Forget the gradients of all parameters (or fill them with zeros)."""
        for group in self.param_groups:
            for parameter in group["params"]:
                if set_to_none or parameter._grad is None:
                    parameter.grad = None
                else:
                    parameter.grad.detach().zero_()

    def step(self, closure=None):
        """Take one step downhill. A `closure` computes the loss afresh, and its result is returned.

        Parameters without a gradient stay as they are.
        """
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        with no_grad():
            for group in self.param_groups:
                for parameter in group["params"]:
                    if parameter._grad is not None:
                        parameter.add_(self.direction(parameter, group), alpha=-group["lr"])
        return loss

    def direction(self, parameter, group):
        """The gradient, changed by weight decay and momentum."""
        grad = -parameter._grad if group["maximize"] else parameter._grad
        if group["weight_decay"]:
            grad = grad + parameter * group["weight_decay"]
        if not group["momentum"]:
            return grad
        before = self.state.get(parameter)
        if before is None:
            self.state[parameter] = before = grad.clone()
        else:
            before.mul_(group["momentum"]).add_(grad, alpha=1 - group["dampening"])
        return grad + before * group["momentum"] if group["nesterov"] else before

    def __repr__(self):
        lines = []
        for number, group in enumerate(self.param_groups):
            lines.append(f"Parameter Group {number}")
            lines += [f"    {key}: {group[key]}" for key in sorted(group) if key != "params"]
        return "SGD (\n" + "\n".join(lines) + "\n)"


def check_settings(lr, settings):
    """ValueError for settings out of range, TypeError for one that is not there."""
    for name in settings:
        if name not in DEFAULTS:
            raise TypeError(f"SGD.__init__() got an unexpected keyword argument '{name}'")
    if lr < 0:
        raise ValueError(f"Invalid learning rate: {lr}")
    for name in ("momentum", "weight_decay"):
        if settings[name] < 0:
            raise ValueError(f"Invalid {name} value: {settings[name]}")
    if settings["nesterov"] and (settings["momentum"] <= 0 or settings["dampening"] != 0):
        raise ValueError("Nesterov momentum requires a momentum and zero dampening")


def check_parameter(parameter):
    """TypeError or ValueError for what cannot be optimised."""
    if not isinstance(parameter, Tensor):
        raise TypeError(
            f"optimizer can only optimize Tensors, but one of the params is "
            f"{type(parameter).__name__}"
        )
    if parameter._node is not None:
        raise ValueError("can't optimize a non-leaf Tensor")
