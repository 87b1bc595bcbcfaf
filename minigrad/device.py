"""Floor 1. Where tensors live: on the CPU. `torch.device`, and `torch.cuda` to ask."""

from . import arguments


class device:
    """A place for tensors, such as `torch.device("cpu")`. Others can be named, not used."""

    def __init__(self, type, index=None):
        name, _, number = str(type).partition(":")
        if name not in ("cpu", "cuda"):
            arguments.check_device(type)
        self.type, self.index = name, int(number) if number else index

    def __str__(self):
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __repr__(self):
        index = "" if self.index is None else f", index={self.index}"
        return f"device(type='{self.type}'{index})"

    def __eq__(self, other):
        return isinstance(other, device) and str(self) == str(other)

    def __hash__(self):
        return hash(str(self))


CPU = device("cpu")


class cuda:
    """`torch.cuda`: there is none."""

    @staticmethod
    def is_available():
        """False: minigrad computes on the CPU."""
        return False
