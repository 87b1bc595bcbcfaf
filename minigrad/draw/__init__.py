"""Pictures of the graph and of the backward pass. Apart from the floors: nothing imports it.

    with draw.record():          # optional: keeps the values in between, and what was sent back
        out = (x * x + x).sum()
        out.backward()
    draw.graph(out)              # forward and backward in one picture
    draw.backward_graph(out)     # the graph as PyTorch's grad_fn has it
    draw.backward(out)           # the backward pass, step by step
    draw.jacobian(y, x)          # how each number of y depends on each of x
    draw.gradients(model)        # how large the gradients of the layers are
    draw.landscape(loss, model)  # the loss over two directions, with the way of an optimiser

Drawing never changes a gradient, never frees a graph and never raises because a program is missing.
"""

from .backward import backward
from .chart import Chart
from .gradients import GradientFlow, gradients
from .jacobian import jacobian
from .landscape import Path, landscape
from .picture import Picture, backward_graph, graph
from .record import record
from .style import style

__all__ = [
    "Chart",
    "GradientFlow",
    "Path",
    "Picture",
    "backward",
    "backward_graph",
    "gradients",
    "graph",
    "jacobian",
    "landscape",
    "record",
    "style",
]
