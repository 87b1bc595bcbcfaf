"""Floor 3. Operations with several outputs: unbind, split and chunk."""

from .. import arguments
from ..creation import wrap
from ..function import Function, next_number
from ..grad_mode import mode
from ..tensor import Tensor, new
from . import checks, shape_checks
from .joining import join
from .views import as_view


class Pieces(dict):
    """What has arrived at an operation with several outputs: {number of the output: gradient}.

    The engine adds up what arrives at a node; adding two of these adds output by output (into the
    first, which nobody else holds, so that n pieces take n steps).
    """

    def __add__(self, other):
        for index, grad in other.items():
            self[index] = self[index] + grad if index in self else grad
        return self


class Slot(Function):
    """One output of an operation with several: hands on its gradient with its number.

    The graph shows the operation itself; this node only stands between it and the output.
    """

    def __init__(self, parent, index, output):
        self.next = (parent,)
        self.output_nr = index
        self.number = next_number()
        self.output_shape = output._array.shape

    @staticmethod
    def backward(ctx, grad):
        return (Pieces({ctx.output_nr: grad}),)

    @property
    def operation(self):
        """The operation, which is what `grad_fn` shows."""
        return self.next[0]

    @property
    def shown(self):
        return self.next[0].shown


class Results(Function):
    """An operation whose outputs are several new tensors. Its rule gets `Pieces`.

    What it computed is there as `results(ctx)`.
    """

    @classmethod
    def apply(cls, *inputs, **options):
        arrays = cls.forward(*(each._array for each in inputs), **options)
        outputs = [wrap(each) for each in arrays]
        if mode.enabled and any(each._requires_grad for each in inputs):
            cls.record(outputs[0], inputs, options)
            node = outputs[0]._node
            node.outputs, node.options = len(outputs), options
            for index, each in enumerate(outputs):
                each._node, each._requires_grad = Slot(node, index, each), True
        return outputs

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)


def results(ctx):
    """The outputs of a `Results` node, computed once more, so that they are recorded if need be."""
    cls = type(ctx.node) if ctx.recorded else type(ctx)
    if ctx.recorded:
        return cls.apply(*ctx.saved, **ctx.options)
    return cls.forward(*ctx.saved, **ctx.options)


class Several(Function):
    """An operation on one tensor whose outputs are views of it, pieces along `dim`."""

    @classmethod
    def apply(cls, self, **options):
        outputs = []
        for piece in cls.forward(self.array, **options):
            output = new(Tensor)
            output._array = piece
            as_view(self, output)
            if mode.enabled:
                output._made_by = "several"
            outputs.append(output)
        if self._requires_grad and mode.enabled and outputs:
            cls.record(outputs[0], (self,), options)
            parent = outputs[0]._node
            parent.outputs = len(outputs)
            for index, output in enumerate(outputs):
                output._node, output._requires_grad = Slot(parent, index, output), True
        return tuple(outputs)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.input_shape = inputs[0]._array.shape


class Unbind(Several):
    """The slices along a dimension, which disappears."""

    @staticmethod
    def forward(self, dim):
        before = (slice(None),) * dim
        return [self[(*before, index, ...)] for index in range(self.shape[dim])]

    @staticmethod
    def backward(ctx, pieces):
        before = (slice(None),) * ctx.dim
        places = [(*before, index) for index in range(ctx.input_shape[ctx.dim])]
        return (join(pieces, places, ctx.input_shape),)


class Split(Several):
    """Pieces of given lengths along a dimension."""

    @staticmethod
    def forward(self, lengths, dim):
        return [self[place] for place in Split.places(lengths, dim)]

    @staticmethod
    def backward(ctx, pieces):
        places = Split.places(ctx.lengths, ctx.dim)
        return (join(pieces, places, ctx.input_shape),)

    @staticmethod
    def places(lengths, dim):
        """Where each piece lies in the input, as an index."""
        ends, end = [], 0
        for length in lengths:
            ends.append((end, end := end + length))
        return [(*(slice(None),) * dim, slice(start, end)) for start, end in ends]


class SplitWithSizes(Split):
    """As Split, with a length for each piece: PyTorch's name for it."""


def unbind(input, dim=0):
    """The slices of a tensor along `dim`, as a tuple of views; what iteration gives.

    IndexError for a dimension that is not there, or for a 0-d tensor.
    """
    checks.check_tensor(input, "unbind")
    if input._array.ndim == 0:
        raise IndexError("Dimension specified as 0 but tensor has no dimensions")
    return Unbind.apply(input, dim=arguments.check_dim(dim, input._array.ndim))


def split(tensor, split_size_or_sections, dim=0):
    """Pieces of a tensor along `dim`, as a tuple of views: of one length (the last may be shorter),
    or of the lengths in a list, which RuntimeError tells if they do not add up.
    """
    checks.check_tensor(tensor, "split", "tensor")
    shape_checks.check_has_dimensions(tensor, "split")
    dim = arguments.check_dim(dim, tensor._array.ndim)
    function = SplitWithSizes if isinstance(split_size_or_sections, (list, tuple)) else Split
    lengths = shape_checks.lengths_of_pieces(split_size_or_sections, tensor._array.shape[dim], dim)
    return function.apply(tensor, lengths=lengths, dim=dim)


def chunk(input, chunks, dim=0):
    """At most `chunks` pieces of equal length along `dim` (the last may be shorter)."""
    checks.check_tensor(input, "chunk")
    shape_checks.check_has_dimensions(input, "chunk")
    (chunks,) = shape_checks.integers([[chunks]], "chunk", "chunks")
    if chunks <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    length = input._array.shape[arguments.check_dim(dim, input._array.ndim)]
    if not length:
        return split(input, [0] * chunks, dim)
    return split(input, -(-length // chunks), dim)


Tensor.unbind = unbind
Tensor.split = split
Tensor.chunk = chunk
