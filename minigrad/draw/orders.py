"""The order in which a pass takes nodes: the engine's own, or a wrong one, to see what breaks."""

from ..tensor import Tensor


def newest(ready):
    """The engine's order: the node with the greatest number."""
    return max(ready, key=lambda node: node.number)


def oldest(ready):
    return min(ready, key=lambda node: node.number)


ORDERS = {
    "newest first": newest,
    "oldest first": oldest,
    "depth first": lambda ready: ready[-1],  # the one that was found last
    "breadth first": lambda ready: ready[0],  # first come, first served
}


def order_of(order, names, known):
    """The function that picks one of the nodes that are ready.

    `order` is None, a name, a function of the list of ready nodes, or a list of names, tensors or
    nodes, which run in that order as soon as they are ready, before all others. `known` are the
    nodes of the graph. TypeError and ValueError for anything else.
    """
    if order is None:
        return newest
    if isinstance(order, str):
        if order not in ORDERS:
            raise ValueError(
                f"there is no order {order!r}. There are {', '.join(map(repr, ORDERS))}; or give "
                "a list of names, or a function that picks one of a list of nodes."
            )
        return ORDERS[order]
    if callable(order):
        return order
    if isinstance(order, (list, tuple)):
        wanted = [node_of(each, names) for each in order]
        for each, node in zip(order, wanted):
            if node not in known:
                raise ValueError(f"order names {each!r}, which is not in this graph.")
        return lambda ready: next((each for each in wanted if each in ready), None) or newest(ready)
    raise TypeError(
        f"order expects a name such as 'oldest first', a list, or a function, not "
        f"{type(order).__name__}."
    )


def node_of(each, names):
    """The node that a name, a tensor or a grad_fn stands for."""
    if isinstance(each, str):
        found = {name: node for node, (name, _) in names.nodes.items()}
        if each not in found:
            raise ValueError(
                f"order names {each!r}, but no result in this graph has that name. There are "
                f"{', '.join(sorted(found)) or 'none'}."
            )
        return found[each]
    node = each._node if isinstance(each, Tensor) else getattr(each, "_node", each)
    if node is None:
        raise ValueError("order names a leaf; leaves are no nodes, nothing runs there.")
    return node


class RunOnce:
    """A queue for `engine.run`: `choose` picks the next node, and no node runs a second time.

    It is never empty in the engine's eyes, so that the engine takes every node from here, also
    where there is only one; `pop` gives None when the pass is over.
    """

    def __init__(self, root, choose):
        self.choose, self.ready, self.ran, self.last = choose, [], {root}, root
        self.choosing = False
        self.came = {}  # node -> when something first arrived there

    def __bool__(self):
        return True

    def arrived_at(self, node):
        """Something arrives at a node; the engine pushes the nodes of a step in another order."""
        self.came.setdefault(node, len(self.came))

    def push(self, node):
        if node not in self.ran:
            self.ready.append(node)

    def pop(self):
        if not self.ready:
            return None
        self.choosing = True  # an error is that of whoever chooses, not of the pass
        node = self.choose(sorted(self.ready, key=self.came.get))
        if node not in self.ready:
            raise ValueError(
                f"order has to pick one of the nodes that are ready, but picked {node!r}."
            )
        self.choosing = False
        self.ready.remove(node)
        self.ran.add(node)
        self.last = node
        return node
