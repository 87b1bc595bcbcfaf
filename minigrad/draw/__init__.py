"""Pictures of the graph and of the backward pass. Apart from the floors: nothing imports it.

    with draw.record():          # optional: keeps the values in between, and what was sent back
        out = (x * x + x).sum()
        out.backward()
    draw.graph(out)              # forward and backward in one picture
    draw.backward_graph(out)     # the graph as PyTorch's grad_fn has it

Drawing never changes a gradient, never frees a graph and never raises because a program is missing.
"""

from .backward import backward
from .picture import Picture, backward_graph, graph
from .record import record

__all__ = ["Picture", "backward", "backward_graph", "graph", "record"]
