"""Floor 1. The tensor: an array of numbers that can remember where it came from.

This module knows no operation. The floors above attach theirs (`Tensor.__add__ = …`), so that what
a tensor *is* can be read here in one go.
"""

import numpy as np

from . import arguments, errors, write_errors
from .dtypes import Size, dtype_of
from .grad_mode import mode
from .places import users_line

new = object.__new__  # `new(Tensor)` skips `__init__`, which is for users: torch.Tensor([1, 2])


class Tensor:
    """An n-dimensional array with a memory.

    Its numbers live in a NumPy array. `requires_grad` says whether gradients with respect to it
    are wanted, `grad` is where they accumulate, and `grad_fn` is the node of the graph that made
    it (None for a leaf, a tensor that no recorded operation made).
    """

    _requires_grad = False
    _grad = _node = _counter = None
    _base = _made_by = _detached_from = _hooked = None  # chapters 07 and 08

    @property
    def shape(self):
        """The lengths of the dimensions, a `Size`."""
        return Size(self._array.shape)

    @property
    def dtype(self):
        """The kind of number, such as `torch.float32`."""
        return dtype_of(self._array.dtype)

    @property
    def array(self):
        """The array itself, not a copy. (A 0-d result may be a NumPy scalar until now.)"""
        if isinstance(self._array, np.generic):
            self._array = np.array(self._array)
        return self._array

    @property
    def is_leaf(self):
        """True if no recorded operation made this tensor: a place where gradients can end."""
        return self._node is None

    @property
    def grad_fn(self):
        """The node of the graph that made this tensor; None for a leaf."""
        return self._node and self._node.shown


def tell_views(tensor):
    """Let the views of a tensor know that it requires grad now, or does so no longer."""
    if tensor._counter is not None and tensor._counter.views is not None:
        tensor._counter.views.follow(tensor)


def requires_grad(self):
    """Whether gradients with respect to this tensor are wanted."""
    return self._requires_grad


def requires_grad_(self, requires_grad=True):
    """Switch recording on (or off) for this leaf tensor, and return it.

    RuntimeError for integers and bools, and for switching off what is no leaf.
    """
    if self._node is not None and not requires_grad:
        raise errors.flag_of_non_leaf()
    if requires_grad:
        errors.check_can_require_grad(self)
    self._requires_grad = bool(requires_grad)
    tell_views(self)
    return self


def grad(self):
    """The gradient that has accumulated here, or None. It may be assigned, and set to None."""
    if self._node is not None and self._grad is None and self._requires_grad:
        errors.warn_grad_of_non_leaf(self)
    return self._grad


def set_grad(self, gradient):
    """What `x.grad = gradient` does: a tensor of the same shape and dtype, or None."""
    if gradient is not None:
        errors.check_assigned_grad(self, gradient)
    self._grad = gradient


Tensor.requires_grad = property(requires_grad, requires_grad_)
Tensor.requires_grad_ = requires_grad_
Tensor.grad = property(grad, set_grad)


def data(self):
    """The same memory as a tensor without a history: writing to it is not recorded."""
    alias = new(Tensor)
    alias._array = self.array
    return alias


def set_data(self, tensor):
    """What `x.data = tensor` does: other numbers, the same place in the graph."""
    self._array = errors.check_assigned_data(self, tensor).array


class VersionCounter:
    """How often a piece of memory has been overwritten in place.

    Tensors that share their memory (views, `detach()`) share this counter. It also knows the line
    that wrote last, for error messages, and `views` is told of every write (floor 3 sets it).
    """

    count = 0
    views = None
    written = None
    refuses = keeps_no_views = False  # only in inference mode

    def add(self, line=users_line):
        """Count one more write, and note its line (or none)."""
        self.count += 1
        self.written = line and line()
        if self.views is not None:
            self.views.outdate()


def share_versions(tensor, alias):
    """Let two tensors that share memory count in-place writes together."""
    if tensor._counter is None:
        tensor._counter = VersionCounter()
    alias._counter = tensor._counter
    return alias


def detach(self):
    """The same memory as a tensor without a history; unlike `.data` it shares the version."""
    return share_versions(self, data(self))


def version(self):
    """How often the numbers have been overwritten in place; views and `detach()` share it."""
    return 0 if self._counter is None else self._counter.count


Tensor.data = property(data, set_data)
Tensor.detach = detach
Tensor._version = property(version)


def write(tensor, values):
    """Overwrite the tensor's numbers in place, where no graph is watching; return the tensor.

    Counts the write: an operation that saved this tensor for the backward pass can then tell that
    its numbers are no longer those it saw.
    """
    if tensor._requires_grad and mode.enabled:
        raise write_errors.write_to_tracked(tensor)
    tensor.array[...] = values
    if tensor._counter is None:
        tensor._counter = VersionCounter()
    tensor._counter.add()
    return tensor


def zero_(self):
    """Fill with zeros in place."""
    return write(self, 0)


def fill_(self, value):
    """Fill with one value in place."""
    return write(self, arguments.check_fill(self, value))


Tensor.zero_ = zero_
Tensor.fill_ = fill_
