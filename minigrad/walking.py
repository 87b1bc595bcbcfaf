"""Floor 2. A walk over a graph, which never recurses."""

from .tensor import Tensor


def nodes_below(roots):
    """All nodes that can be reached from some nodes, the oldest first. (Leaves are no nodes.)"""
    found = {each for each in roots if not isinstance(each, Tensor)}
    waiting = list(found)
    while waiting:
        for each in waiting.pop().next:
            if each is not None and not isinstance(each, Tensor) and each not in found:
                found.add(each)
                waiting.append(each)
    return sorted(found, key=lambda node: node.number)
