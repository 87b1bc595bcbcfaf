"""Floor 7. Recurrent layers over whole sequences: `RNN`, `LSTM` and `GRU`."""

import math

from ..chance import rand
from ..creation import zeros
from ..ops.elementwise import Relu, Tanh
from ..ops.joining import cat, stack
from ..ops.recurrent import Gru, MkldnnRnnLayer, Rnn
from . import functional
from . import recurrent_checks as checks
from .module import Module
from .parameter import Parameter


class RNNBase(Module):
    """What the recurrent layers have in common; `mode` says which one it is.

    `num_layers` are stacked, each on the hidden states of the one below, with `dropout` between
    them. `bidirectional`: a second layer reads the sequence backwards, and both are joined.
    `batch_first`: (batch, steps, …) in place of (steps, batch, …). `proj_size`: hidden states of an
    LSTM are made smaller by a product. The weights begin as random numbers within
    ±1 / √hidden_size. TypeError and ValueError for sizes that are none. `dtype` and `device` as for
    `torch.rand`.
    """

    gates = {"LSTM": 4, "GRU": 3, "RNN_TANH": 1, "RNN_RELU": 1}

    def __init__(
        self,
        mode,
        input_size,
        hidden_size,
        num_layers=1,
        bias=True,
        batch_first=False,
        dropout=0.0,
        bidirectional=False,
        proj_size=0,
        **kind,
    ):
        super().__init__()
        checks.check_sizes(mode, input_size, hidden_size, num_layers, dropout, proj_size)
        self.mode, self.input_size, self.hidden_size = mode, input_size, hidden_size
        self.num_layers, self.bias, self.batch_first = num_layers, bias, batch_first
        self.dropout, self.bidirectional = float(dropout), bidirectional
        self.proj_size = proj_size
        self.directions = ("", "_reverse") if bidirectional else ("",)
        for layer in range(num_layers):
            for direction in self.directions:
                for name, shape in self.weights_of(layer).items():
                    weight = Parameter(rand(*shape, **kind))
                    setattr(self, f"{name}_l{layer}{direction}", weight)
        self.reset_parameters()

    def weights_of(self, layer):
        """{name: shape} of the weights of one layer in one direction."""
        rows, hidden = self.gates[self.mode] * self.hidden_size, self.proj_size or self.hidden_size
        columns = hidden * len(self.directions) if layer else self.input_size
        shapes = {"weight_ih": (rows, columns), "weight_hh": (rows, hidden)}
        if self.bias:
            shapes.update(bias_ih=(rows,), bias_hh=(rows,))
        if self.proj_size:
            shapes["weight_hr"] = (self.proj_size, self.hidden_size)
        return shapes

    def reset_parameters(self):
        """Begin again with random weights."""
        bound = 1 / math.sqrt(self.hidden_size)
        for weight in self.parameters():
            weight.data.uniform_(-bound, bound)

    @property
    def all_weights(self):
        """The weights of each layer and direction, in lists."""
        return [
            [getattr(self, f"{name}_l{layer}{direction}") for name in self.weights_of(layer)]
            for layer in range(self.num_layers)
            for direction in self.directions
        ]

    def flatten_parameters(self):
        """Nothing: PyTorch moves the weights together in the memory of a GPU here."""

    def initial(self, input, hx):
        """The states to begin with, a list (h, and c of an LSTM) of (layers, batch, …); zeros."""
        sizes = [self.proj_size or self.hidden_size]
        if self.mode == "LSTM":
            sizes.append(self.hidden_size)
        shapes = [(self.num_layers * len(self.directions), input.shape[1], n) for n in sizes]
        if hx is None:
            return [zeros(*shape, dtype=input.dtype, device=input.device) for shape in shapes]
        states = list(hx) if self.mode == "LSTM" else [hx]
        checks.check_states(self.mode, states, shapes, input)
        return states

    def forward(self, input, hx=None):
        """(steps, batch, input_size) gives (outputs, last states); without a batch likewise.

        Outputs are (steps, batch, directions · hidden_size), last states (layers · directions,
        batch, hidden_size): h of an RNN or GRU, (h, c) of an LSTM; `hx` likewise.
        """
        single = checks.check_input(self, input, hx)
        if single:
            input = input.unsqueeze(0 if self.batch_first else 1)
            if hx is not None:
                hx = self.each_state(hx, lambda state: state.unsqueeze(1))
        if self.batch_first:
            input = input.transpose(0, 1)
        output, last = self.run(input, [each.unbind(0) for each in self.initial(input, hx)])
        if self.batch_first:
            output = output.transpose(0, 1)
        if single:
            output = output.squeeze(0 if self.batch_first else 1)
            last = [each.squeeze(1) for each in last]
        return output, tuple(last) if self.mode == "LSTM" else last[0]

    def each_state(self, hx, change):
        """A state, or both states of an LSTM, changed."""
        return tuple(change(each) for each in hx) if self.mode == "LSTM" else change(hx)

    def run(self, input, begin):
        """All layers; (outputs, [the last h of all, and c])."""
        last, weights = [[] for _ in begin], iter(self.all_weights)
        for layer in range(self.num_layers):
            if layer:
                input = functional.dropout(input, self.dropout, self.training)
            outputs = []
            for direction in self.directions:
                states = [each[len(last[0])] for each in begin]
                output, *cells = self.read(input, states, next(weights), direction != "")
                outputs.append(output)
                for each, state in zip(last, [output[0 if direction else -1], *cells], strict=True):
                    each.append(state)
            input = cat(outputs, 2) if self.bidirectional else outputs[0]
        return input, [stack(each) for each in last]

    def read(self, input, states, weights, reverse):
        """One layer in one direction: [all hidden states, and the last c of an LSTM]."""
        into, within, *others = weights
        biases, projection = (others[:2], others[2:]) if self.bias else ((), others)
        if self.mode == "GRU":
            steps = functional.linear(input, into, *biases[:1])
            return Gru.apply(steps, *states, within, *biases[1:], reverse=reverse)
        steps = functional.linear(input, into, *([biases[0] + biases[1]] if biases else []))
        if self.mode == "LSTM":
            return MkldnnRnnLayer.apply(steps, *states, within, *projection, reverse=reverse)
        function = Tanh if self.mode == "RNN_TANH" else Relu
        return Rnn.apply(steps, *states, within, reverse=reverse, function=function)

    def extra_repr(self):
        """The two sizes, and what differs from the default."""
        shown = f"{self.input_size}, {self.hidden_size}"
        defaults = {
            "proj_size": 0,
            "num_layers": 1,
            "bias": True,
            "batch_first": False,
            "dropout": 0,
            "bidirectional": False,
        }
        for name, usual in defaults.items():
            if getattr(self, name) != usual:
                shown += f", {name}={getattr(self, name)}"
        return shown


class RNN(RNNBase):
    """h = tanh(W_ih x + b_ih + W_hh h + b_hh), step by step; `nonlinearity` may be "relu".

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.RNN.html
    """

    def __init__(
        self,
        input_size,
        hidden_size,
        num_layers=1,
        nonlinearity="tanh",
        bias=True,
        *args,
        **options,
    ):
        if nonlinearity not in ("tanh", "relu"):
            raise checks.unknown_nonlinearity(nonlinearity)
        mode = f"RNN_{nonlinearity.upper()}"
        super().__init__(mode, input_size, hidden_size, num_layers, bias, *args, **options)
        self.nonlinearity = nonlinearity


class LSTM(RNNBase):
    """Long short-term memory: a cell state c, and gates i, f, o for what enters, stays and leaves.

    c = f · c + i · g and h = o · tanh(c), where i, f, g, o come from W_ih x + b_ih + W_hh h + b_hh.
    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html
    """

    def __init__(self, input_size, hidden_size, *args, **options):
        super().__init__("LSTM", input_size, hidden_size, *args, **options)


class GRU(RNNBase):
    """Gated recurrent unit: h = (1 - z) · n + z · h, with a reset gate r inside n.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.GRU.html
    """

    def __init__(self, input_size, hidden_size, *args, **options):
        super().__init__("GRU", input_size, hidden_size, *args, **options)
