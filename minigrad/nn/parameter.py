"""Floor 7. A parameter: a leaf that a module counts among its own."""

from ..errors import not_a_tensor_but
from ..tensor import Tensor


class Parameter(Tensor):
    """A tensor that is a weight: as an attribute of a `Module`, it is one of its parameters."""

    def __new__(cls, data=None, requires_grad=True):
        if not isinstance(data, Tensor):
            raise not_a_tensor_but(data)
        parameter = object.__new__(cls)
        parameter._array = data.array
        return parameter.requires_grad_(requires_grad)

    def __init__(self, data=None, requires_grad=True):
        """Done by `__new__`."""

    def __repr__(self):
        return "Parameter containing:\n" + super().__repr__()

    __str__ = __repr__

    def __reduce__(self):
        return Parameter, (self.detach(), self.requires_grad)
