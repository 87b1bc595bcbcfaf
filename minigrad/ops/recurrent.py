"""Floor 3. Recurrent layers: a state that is carried from step to step of a sequence.

A layer is one node, however long the sequence. What does not depend on the step before is computed
for all steps at once: the products with the input before, most of the rule behind. The loops are
written once, for arrays and (where the backward pass is itself recorded) for tensors.

The equations are those of https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html and
https://docs.pytorch.org/docs/stable/generated/torch.nn.GRU.html.
"""

import numpy as np

from .. import arrays
from ..carriers import carried, numbers
from ..creation import wrap
from ..function import Function
from ..grad_mode import mode
from ..tensor import Tensor, detach
from .elementwise import Relu, Sigmoid, Tanh
from .joining import Cat, Stack
from .several import Slot
from .shapes import Flip


class Recurrence(Function):
    """One layer in one direction, over (steps, batch, …) of inputs that were multiplied already.

    The subclass has `states(*inputs, **options)`, what all steps compute: lists, the hidden states
    first; and `slopes`, its rule. Results are the hidden states of all steps and, of an LSTM, the
    last cell state.
    """

    @classmethod
    def apply(cls, *inputs, reverse, **options):
        first, *others = (each._array for each in inputs)
        hidden, *kept = cls.states(in_time(first, reverse), *others, **options)
        outputs = [wrap(np.stack(in_time(hidden, reverse)))]
        if cls.carries_cells:
            outputs.append(wrap(arrays.copied(kept[0][-1])))
        if mode.enabled and any(each._requires_grad for each in inputs):
            kept = [wrap(np.stack(each)) for each in kept]
            cls.record(outputs[0], inputs, {"reverse": reverse, "kept": kept, "options": options})
            node = outputs[0]._node
            node.outputs = len(outputs)
            for index, each in enumerate(outputs):
                each._node, each._requires_grad = Slot(node, index, each), True
        return outputs

    carries_cells = False

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.output_dtype = output._array.dtype
        ctx.save_for_backward(*inputs, detach(output), *ctx.kept)
        del ctx.kept  # so that it goes with the other saved values

    @staticmethod
    def backward(ctx, pieces):
        number = len(ctx.next)
        inputs, output, kept = ctx.saved[:number], ctx.saved[number], ctx.saved[number + 1 :]
        if ctx.recorded:
            steps = in_time(inputs[0], ctx.reverse)
            hidden, *kept = ctx.states(steps, *inputs[1:], **ctx.options)
            kept = [Stack.of(*each, dim=0) for each in kept]
        else:
            hidden = in_time(output, ctx.reverse)
        before = Stack.of(inputs[1], *hidden[:-1], dim=0)
        arriving = pieces[0] if 0 in pieces else nothing(output, pieces[1])
        arriving = in_time(arriving, ctx.reverse)
        to_steps, *others = ctx.slopes(arriving, pieces.get(1), inputs, before, kept, hidden)
        if ctx.reverse:
            to_steps = Flip.of(to_steps, dims=(0,))
        return (to_steps, *others)

    def name(self):
        return "StackBackward0"


def columns_of(weight):
    """A weight as every step multiplies with it. (Laid out anew, the products take 0.7 times.)"""
    columns = weight.swapaxes(0, 1)
    return columns if isinstance(columns, Tensor) else arrays.copied(columns, "C")


def nothing(tensor, like):
    """Zeros in the shape of a tensor, carried like a gradient."""
    array = numbers(tensor)
    return carried(arrays.zeros(array.shape, array.dtype, array), like)


def in_time(steps, reverse):
    """A list of steps, in the order in which the layer takes them (or back)."""
    steps = list(steps)
    return steps[::-1] if reverse else steps


def weight_slope(to_products, before):
    """The gradient of a weight that every step multiplied with, from those of all products."""
    rows, columns = to_products.shape[-1], before.shape[-1]
    return to_products.reshape(-1, rows).swapaxes(0, 1) @ before.reshape(-1, columns)


def lstm_step(gates, cell):
    """(opened, new, cell, its tanh) of one step: gates (batch, 4, hidden) are i, f, g, o."""
    opened, new = Sigmoid.of(gates), Tanh.of(gates[:, 2])  # (of g, the sigmoid is not used)
    cell = opened[:, 1] * cell + opened[:, 0] * new
    return opened, new, cell, Tanh.of(cell)


class MkldnnRnnLayer(Recurrence):
    """A layer of an LSTM. Inputs: (steps, batch, 4 hidden), h, c, W_hh and perhaps W_hr."""

    carries_cells = True

    @staticmethod
    def states(steps, hx, cx, weight, projection=None):
        columns, shape = columns_of(weight), (cx.shape[0], 4, cx.shape[1])
        outward = None if projection is None else columns_of(projection)
        lists = [], [], [], [], []
        for step in steps:
            now, candidate, cx, limited = lstm_step((step + hx @ columns).reshape(shape), cx)
            hx = now[:, 3] * limited
            if projection is not None:
                hx = hx @ outward
            for each, value in zip(lists, (hx, cx, now, candidate, limited), strict=True):
                each.append(value)
        return lists

    def slopes(ctx, arriving, to_cell, inputs, before, kept, hidden):
        _, _, cx, weight, *projection = inputs
        cells, opened, new, bounded = kept
        i, f, o = opened[:, :, 0], opened[:, :, 1], opened[:, :, 3]
        # (Each line lets go of what it has used up: together they would take half as much again.)
        of_forget = Stack.of(cx, *list(cells)[:-1], dim=0) * (f * (1 - f))
        of_cell = Stack.of(new * (i * (1 - i)), of_forget, i * (1 - new * new), dim=2)
        of_cell, of_forget = list(of_cell), None
        of_out = list(bounded * (o * (1 - o)))
        through, forget = list(o * (1 - bounded * bounded)), list(f)
        to_gates, to_outputs = [], []
        to_cell = nothing(cx, arriving[0]) if to_cell is None else to_cell
        to_hidden = nothing(before[0], arriving[0])
        for t in range(len(forget) - 1, -1, -1):
            to_hidden = to_hidden + arriving[t]
            to_outputs.append(to_hidden)
            if projection:
                to_hidden = to_hidden @ projection[0]
            to_cell = to_cell + to_hidden * through[t]
            three, last = to_cell[:, None] * of_cell[t], (to_hidden * of_out[t])[:, None]
            to_gates.append(Cat.of(three, last, dim=1).reshape(cx.shape[0], -1))
            to_hidden, to_cell = to_gates[-1] @ weight, to_cell * forget[t]
        to_gates = Stack.of(*to_gates[::-1], dim=0)
        slopes = to_gates, to_hidden, to_cell, weight_slope(to_gates, before)
        if not projection:
            return slopes
        return *slopes, weight_slope(Stack.of(*to_outputs[::-1], dim=0), o * bounded)

    def name(self):
        plain = len(self.next) == 4 and self.output_dtype == np.float32
        return "MkldnnRnnLayerBackward0" if plain else "StackBackward0"


class Gru(Recurrence):
    """A layer of a GRU. Inputs: (steps, batch, 3 hidden), h, W_hh and perhaps its bias."""

    @staticmethod
    def states(steps, hx, weight, bias=None):
        columns, width = columns_of(weight), hx.shape[1]
        lists = [], [], [], []
        for step in steps:
            products = hx @ columns
            if bias is not None:
                products = products + bias
            now, candidate, recall = gru_step(step, products, width)
            hx = candidate + now[:, width:] * (hx - candidate)
            for each, value in zip(lists, (hx, now, candidate, recall), strict=True):
                each.append(value)
        return lists

    def slopes(ctx, arriving, _, inputs, before, kept, hidden):
        _, hx, weight, *bias = inputs
        opened, new, recalled = kept
        width = hx.shape[1]
        r, z = opened[:, :, :width], opened[:, :, width:]
        of_new = (1 - z) * (1 - new * new)
        of_reset, of_update = of_new * recalled * (r * (1 - r)), (before - new) * (z * (1 - z))
        of_products = Stack.of(of_reset, of_update, of_new * r, dim=2)
        each_step, keep = list(of_products), list(z)
        to_states, to_hidden = [], nothing(before[0], arriving[0])
        for t in range(len(keep) - 1, -1, -1):
            to_hidden = to_hidden + arriving[t]
            to_states.append(to_hidden)
            to_products = (to_hidden[:, None] * each_step[t]).reshape(hx.shape[0], -1)
            to_hidden = to_hidden * keep[t] + to_products @ weight
        to_states = Stack.of(*to_states[::-1], dim=0)[:, :, None]
        shape = *before.shape[:2], -1
        to_products = (to_states * of_products).reshape(shape)
        of_steps = Stack.of(of_reset, of_update, of_new, dim=2)
        slopes = (to_states * of_steps).reshape(shape), to_hidden
        slopes = *slopes, weight_slope(to_products, before)
        return (*slopes, to_products.sum((0, 1))) if bias else slopes


def gru_step(step, products, width):
    """(reset and update, new, what the reset holds back) of one step."""
    opened = Sigmoid.of(step[:, : 2 * width] + products[:, : 2 * width])
    recalled = products[:, 2 * width :]
    return opened, Tanh.of(step[:, 2 * width :] + opened[:, :width] * recalled), recalled


class Rnn(Recurrence):
    """A layer of an RNN. Inputs: (steps, batch, hidden), h, W_hh; `function` is tanh or relu."""

    @staticmethod
    def states(steps, hx, weight, function):
        columns, hidden = columns_of(weight), []
        for step in steps:
            hx = function.of(step + hx @ columns)
            hidden.append(hx)
        return (hidden,)

    def slopes(ctx, arriving, _, inputs, before, kept, hidden):
        weight, hidden = inputs[2], Stack.of(*hidden, dim=0)
        if ctx.options["function"] is Relu:
            slope = carried((numbers(hidden) > 0).astype(numbers(hidden).dtype), hidden)
        else:
            slope = 1 - hidden * hidden
        to_steps, to_hidden, slope = [], nothing(before[0], arriving[0]), list(slope)
        for t in range(len(slope) - 1, -1, -1):
            to_steps.append((to_hidden + arriving[t]) * slope[t])
            to_hidden = to_steps[-1] @ weight
        to_steps = Stack.of(*to_steps[::-1], dim=0)
        return to_steps, to_hidden, weight_slope(to_steps, before)
