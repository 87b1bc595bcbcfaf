"""Floor 7. One step of a recurrent layer: `RNNCell`, `LSTMCell` and `GRUCell`."""

import math

from ..chance import rand
from ..creation import zeros
from ..ops.elementwise import relu, tanh
from ..ops.recurrent import gru_step, lstm_step
from . import functional
from . import recurrent_checks as checks
from .module import Module
from .parameter import Parameter


class RNNCellBase(Module):
    """What the cells have in common: the weights, within ±1 / √hidden_size at the beginning."""

    gates, states = 1, 1

    def __init__(self, input_size, hidden_size, bias=True, **kind):
        super().__init__()
        self.input_size, self.hidden_size, self.bias = input_size, hidden_size, bias
        rows = self.gates * hidden_size
        self.weight_ih = Parameter(rand(rows, input_size, **kind))
        self.weight_hh = Parameter(rand(rows, hidden_size, **kind))
        self.bias_ih = Parameter(rand(rows, **kind)) if bias else None
        self.bias_hh = Parameter(rand(rows, **kind)) if bias else None
        self.reset_parameters()

    def reset_parameters(self):
        """Begin again with random weights."""
        bound = 1 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            weight.data.uniform_(-bound, bound)

    def forward(self, input, hx=None):
        """(batch, input_size) and the state (batch, hidden_size) give the next state.

        Both may be without a batch. The state is (h, c) of an LSTM, else h; zeros if not given.
        """
        states = [hx] if hx is None or self.states == 1 else list(hx)
        checks.check_cell(self, input, states)
        single = input.dim() == 1
        if single:
            input = input.unsqueeze(0)
            states = [each if each is None else each.unsqueeze(0) for each in states]
        if hx is None:
            shape = input.shape[0], self.hidden_size
            states = [
                zeros(*shape, dtype=input.dtype, device=input.device) for _ in range(self.states)
            ]
        checks.check_cell_sizes(self, input, states)
        into = functional.linear(input, self.weight_ih, self.bias_ih)
        result = self.step(into, functional.linear(states[0], self.weight_hh, self.bias_hh), states)
        if single:
            result = [each.squeeze(0) for each in result]
        return tuple(result) if self.states == 2 else result[0]

    def extra_repr(self):
        """The two sizes, and what differs from the default."""
        shown = f"{self.input_size}, {self.hidden_size}"
        shown += "" if self.bias else f", bias={self.bias}"
        if getattr(self, "nonlinearity", "tanh") != "tanh":
            shown += f", nonlinearity={self.nonlinearity}"
        return shown


class RNNCell(RNNCellBase):
    """h = tanh(W_ih x + b_ih + W_hh h + b_hh); `nonlinearity` may be "relu".

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.RNNCell.html
    """

    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", **kind):
        super().__init__(input_size, hidden_size, bias, **kind)
        self.nonlinearity = nonlinearity

    def step(self, into, within, states):
        """The next state, in a list, from what the weights made of input and state."""
        if self.nonlinearity not in ("tanh", "relu"):
            raise RuntimeError(f"Unknown nonlinearity: {self.nonlinearity}")
        return [(tanh if self.nonlinearity == "tanh" else relu)(into + within)]


class LSTMCell(RNNCellBase):
    """One step of an `LSTM`: (h, c) from an input and (h, c).

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTMCell.html
    """

    gates, states = 4, 2

    def step(self, into, within, states):
        """The next h and c from what the weights made of input and state."""
        gates = (into + within).reshape(-1, 4, self.hidden_size)
        opened, _, cell, bounded = lstm_step(gates, states[1])
        return [opened[:, 3] * bounded, cell]


class GRUCell(RNNCellBase):
    """One step of a `GRU`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.GRUCell.html
    """

    gates = 3

    def step(self, into, within, states):
        """The next state, in a list, from what the weights made of input and state."""
        opened, new, _ = gru_step(into, within, self.hidden_size)
        return [(states[0] - new) * opened[:, self.hidden_size :] + new]
