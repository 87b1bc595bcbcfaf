"""Floor 3. Padding: more elements around an image or a sequence."""

from math import prod

import numpy as np

from .. import arrays
from ..function import Function
from . import padding_checks
from .windows import inside, padded

KINDS = {"reflect": "Reflection", "replicate": "Replication"}


class ConstantPadNd(Function):
    """A number around the last dimensions; a negative padding cuts elements off."""

    @staticmethod
    def forward(self, pairs, value):
        first = self.ndim - len(pairs)
        cuts = [(max(-a, 0), max(-b, 0)) for a, b in pairs]
        kept = [n - a - b for n, (a, b) in zip(self.shape[first:], cuts)]
        more = [(max(a, 0), max(b, 0)) for a, b in pairs]
        kept = self[inside(cuts, kept)]
        return padded(kept, more, value) if any(map(any, more)) else arrays.copied(kept)

    @staticmethod
    def backward(ctx, grad):
        back = [(-a, -b) for a, b in ctx.pairs]
        return (ConstantPadNd.of(grad, pairs=back, value=0),)


class Gather(Function):
    """Padding with elements of the input: `sources` says for each length which one stands where.

    The gradient of an element is the sum over all places where it stands.
    """

    @staticmethod
    def forward(self, sources, title):
        if not isinstance(self, np.ndarray):  # on a GPU
            return self[(..., *np.ix_(*sources))]
        taken = self
        for dim, each in enumerate(sources, self.ndim - len(sources)):  # one by one it is faster
            if len(each) != self.shape[dim] or (each != np.arange(len(each))).any():
                taken = taken.take(each, dim)
        return arrays.copied(self) if taken is self else taken

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.shape = inputs[0]._array.shape

    @staticmethod
    def backward(ctx, grad):
        return (Scatter.of(grad, sources=ctx.sources, shape=ctx.shape, title=ctx.title),)

    def name(self):
        return f"{self.title}Backward0" if self.title != "CopySlices" else self.title


class Scatter(Function):
    """The gradient of `Gather`: what stands in several places is added up."""

    @staticmethod
    def forward(self, sources, shape, title):
        lengths = shape[-len(sources) :]
        places = np.ravel_multi_index(np.ix_(*sources), lengths).ravel()
        rows = self.reshape(-1, places.size)
        result = arrays.zeros((len(rows), prod(lengths)), self.dtype, self)
        offsets = np.arange(len(rows))[:, None] * result.shape[1]
        np.add.at(result.reshape(-1), (offsets + places).ravel(), rows.ravel())
        return result.reshape(shape)

    @staticmethod
    def backward(ctx, grad):
        return (Gather.of(grad, sources=ctx.sources, title=ctx.title),)

    def name(self):
        return f"{self.title}BackwardBackward0"


def sources(mode, length, before, after):
    """Which element of a length stands at each place of the padded one."""
    if mode == "circular":  # what is cut off does not come again at the other end
        first, last = max(-before, 0), length - max(-after, 0)
        return first + np.arange(-max(before, 0), last - first + max(after, 0)) % (last - first)
    place = np.arange(-before, length + after)
    if mode == "replicate":
        return place.clip(0, length - 1)
    place = np.abs(place)
    return np.where(place < length, place, 2 * (length - 1) - place)


def pad(input, pad, mode="constant", value=None):
    """More elements around the last dimensions: `pad` is (before, after) of the last, then of the
    one before it, and so on.

    `mode` "constant" adds `value` (0), and cuts off where a number is negative. "reflect" mirrors
    the input at its borders, "replicate" repeats the border, "circular" goes on at the other end;
    these three are for the lengths of (batch, channels, *lengths), with or without the batch.

    Unlike PyTorch, which makes a chain of nodes for "circular", this is one, with the same name.

    RuntimeError for a padding that does not fit, NotImplementedError for another mode. Source:
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html
    """
    pad = padding_checks.check(input, pad, mode, value)
    shape = input._array.shape
    pairs = [(pad[i], pad[i + 1]) for i in range(len(pad) - 2, -1, -2)]
    if mode == "constant":
        return ConstantPadNd.apply(input, pairs=pairs, value=0 if value is None else value)
    lengths = shape[len(shape) - len(pairs) :]
    taken = [sources(mode, n, *pair) for n, pair in zip(lengths, pairs)]
    title = f"{KINDS[mode]}Pad{len(pairs)}D" if mode in KINDS else "CopySlices"
    return Gather.apply(input, sources=taken, title=title)
