"""Floor 7. A parameter: a leaf that a module counts among its own."""

from ..creation import empty
from ..errors import not_a_tensor_but
from ..tensor import Tensor


class Parameter(Tensor):
    """A tensor that is a weight: as an attribute of a `Module`, it is one of its parameters.

    It has the memory of `data` (none: no numbers), and no history. TypeError if `data` is no
    tensor, RuntimeError if it holds integers and `requires_grad` is True.
    """

    def __new__(cls, data=None, requires_grad=True):
        data = empty(0) if data is None else data
        if not isinstance(data, Tensor):
            raise not_a_tensor_but(data)
        parameter = object.__new__(cls)
        parameter._array = data.array
        return parameter.requires_grad_(requires_grad)

    def __init__(self, data=None, requires_grad=True):
        """Done by `__new__`."""

    def __repr__(self):
        return "Parameter containing:\n" + Tensor.__repr__(self)

    __str__ = __repr__

    def __deepcopy__(self, memo):
        copied = memo[id(self)] = Parameter(self.detach().clone(), self.requires_grad)
        return copied

    def __reduce__(self):
        return Parameter, (self.detach(), self.requires_grad)


def forget_grad(parameter, set_to_none):
    """Take the gradient of a parameter away, or fill it with zeros."""
    if set_to_none or parameter.grad is None:
        parameter.grad = None
    else:
        parameter.grad.detach_().zero_()
