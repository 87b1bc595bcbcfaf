"""Floor 7. Layers that pad, one for each way and number of lengths."""

from . import functional
from .module import Module


class Padding(Module):
    """What they share: `padding`, a number or (before, after) of each length, the last first."""

    dims, mode, value = 1, "constant", None

    def __init__(self, padding):
        super().__init__()
        several = isinstance(padding, (tuple, list))
        self.padding = tuple(padding) if several else (padding,) * (2 * self.dims)

    def forward(self, input):
        """(batch, channels, *lengths), with or without batch, gives larger lengths."""
        return functional.pad(input, self.padding, self.mode, self.value)

    def extra_repr(self):
        """The padding."""
        return str(self.padding)


class ConstantPad(Padding):
    """Padding with one value."""

    def __init__(self, padding, value):
        super().__init__(padding)
        self.value = value

    def extra_repr(self):
        """The padding and the value."""
        return f"padding={self.padding}, value={self.value}"


class ConstantPad1d(ConstantPad):
    """A number before and after sequences."""


class ConstantPad2d(ConstantPad):
    """A number around images."""

    dims = 2


class ConstantPad3d(ConstantPad):
    """A number around volumes."""

    dims = 3


class ZeroPad1d(Padding):
    """Zeros before and after sequences."""

    value = 0.0


class ZeroPad2d(Padding):
    """Zeros around images."""

    dims, value = 2, 0.0


class ZeroPad3d(Padding):
    """Zeros around volumes."""

    dims, value = 3, 0.0


class ReflectionPad1d(Padding):
    """Sequences mirrored at both ends."""

    mode = "reflect"


class ReflectionPad2d(ReflectionPad1d):
    """Images mirrored at their borders."""

    dims = 2


class ReflectionPad3d(ReflectionPad1d):
    """Volumes mirrored at their borders."""

    dims = 3


class ReplicationPad1d(Padding):
    """The first and the last element of sequences, repeated."""

    mode = "replicate"


class ReplicationPad2d(ReplicationPad1d):
    """The border of images, repeated."""

    dims = 2


class ReplicationPad3d(ReplicationPad1d):
    """The border of volumes, repeated."""

    dims = 3


class CircularPad1d(Padding):
    """Sequences that go on at the other end."""

    mode = "circular"


class CircularPad2d(CircularPad1d):
    """Images that go on at the other side."""

    dims = 2


class CircularPad3d(CircularPad1d):
    """Volumes that go on at the other side."""

    dims = 3
