"""Floor 6. `Variable`, the name that tracked tensors once had in PyTorch."""

from ..errors import not_a_tensor_but
from ..tensor import Tensor


class _VariableType(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, Tensor)


class Variable(metaclass=_VariableType):
    """`Variable(tensor, requires_grad=True)` is the tensor, tracked. Since PyTorch 0.4 tensors do
    this themselves; old tutorials still say it.
    """

    def __new__(cls, data, requires_grad=False):
        if not isinstance(data, Tensor):
            raise not_a_tensor_but(data)
        return data.detach().requires_grad_(requires_grad)
