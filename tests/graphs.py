"""Recorded graphs that several tests draw."""

import minigrad as torch
from minigrad import draw


def tutorial():
    """The tutorial's graph, recorded: (x, y, z, out)."""
    with draw.record():
        x = torch.ones(2, 2, requires_grad=True)
        y = x + 2
        z = y * y * 3
        out = z.mean()
        out.backward()
    return x, y, z, out


def diamond():
    with draw.record():
        x = torch.tensor(3.0, requires_grad=True)
        y = x * x
        z = y + x
        loss = y * z
        loss.backward()
    return x, y, z, loss


def fresh_diamond():
    """The diamond before any backward pass."""
    with draw.record():
        x = torch.tensor(3.0, requires_grad=True)
        y = x * x
        z = y + x
        L = y * z
    return x, y, z, L
