"""Floor 2. What a graph keeps for the backward pass, packed in the user's own way.

`saved_tensors_hooks(pack, unpack)` joins at one seam: while a block is active, `save_for_backward`
is the function below. What was packed stands in the place of the saved tensor.
"""

import threading

from . import backward_errors
from .carriers import saved_tensors
from .function import Function
from .grad_mode import no_grad
from .tensor import Tensor, new


class _Active(threading.local):
    pairs = ()  # of pack and unpack, the innermost last
    refusal = None  # why hooks are disabled, if they are


active = _Active()


class Packed:
    """What stands in the place of a saved tensor: unpacked each time it is asked for."""

    _counter = None

    def __init__(self, tensor, given, pack, unpack):
        self.unpack, self.node, self.shape = unpack, tensor._node or None, tensor._array.shape
        self.leaf = tensor if tensor._requires_grad and self.node is None else None
        version = given._version
        with no_grad():
            self.packed = pack(given)
        if given._version != version:
            raise backward_errors.pack_hook_wrote()

    @property
    def _array(self):
        with no_grad():
            unpacked = self.unpack(self.packed)
        return backward_errors.check_unpacked(unpacked, self.shape, Tensor)._array

    @property
    def unpacked(self):
        """What `unpack` gives back, as a tensor with the history of the saved one."""
        array = self._array
        tensor = new(Tensor) if self.leaf is None else self.leaf.view_as(self.leaf)
        tensor._array = array
        if self.node is not None:
            tensor._node, tensor._requires_grad = self.node, True
        return tensor


def save_packed(self, *tensors):
    """As `save_for_backward`, with the innermost pair of hooks of this thread."""
    Function.plain_save(self, *tensors)
    if active.pairs:
        given = saved_tensors(self)
        for position in range(len(tensors)):
            pack_one(self, position, *active.pairs[-1], given[position])


def pack_one(node, position, pack, unpack, given=None):
    """Let one saved tensor be kept in packed form."""
    if node._saved is None:
        raise backward_errors.packed_after_freeing()
    tensor = node._saved[position]
    if tensor is None:
        return
    if isinstance(tensor, Packed):
        raise backward_errors.packed_already()
    given = saved_tensors(node)[position] if given is None else given
    node._saved = list(node._saved)
    node._saved[position] = Packed(tensor, given, pack, unpack)


class saved_tensors_hooks:
    """Inside the block, what is saved for the backward pass is packed with `pack_hook`.

    `pack_hook(tensor)` may return anything; `unpack_hook` gets that, and returns a tensor of the
    same numbers, when the backward pass needs it.
    """

    def __init__(self, pack_hook, unpack_hook):
        self.pair = pack_hook, unpack_hook

    def __enter__(self):
        if active.refusal is not None:
            raise RuntimeError(active.refusal)
        if Function.save_for_backward is not save_packed:
            Function.plain_save = Function.save_for_backward
            Function.save_for_backward = save_packed
        self.before, active.pairs = active.pairs, (*active.pairs, self.pair)

    def __exit__(self, *error):
        active.pairs = self.before


class save_on_cpu(saved_tensors_hooks):
    """Inside the block, what is saved is kept in the computer's main memory, as a copy."""

    def __init__(self, pin_memory=False, device_type="cuda"):
        super().__init__(lambda tensor: tensor.clone(), lambda kept: kept)


class disable_saved_tensors_hooks:
    """Inside the block, `saved_tensors_hooks` raises RuntimeError with `error_message`."""

    def __init__(self, error_message):
        self.error_message = error_message

    def __enter__(self):
        if active.pairs:
            raise RuntimeError(self.error_message)
        self.before, active.refusal = active.refusal, self.error_message

    def __exit__(self, *error):
        active.refusal = self.before
