"""Large graphs: chains of the same operation become one card."""

from ..tensor import Tensor

LIMIT = 200  # a picture with more operations than this cannot be read


def fold(nodes, named):
    """Groups of nodes, in order: runs in which each node is the only user of the one before it.

    `nodes` are sorted, oldest first; a node in `named`, whose result the caller has a name for,
    ends its group. Only nodes of one class are folded together.
    """
    users = {}
    for node in nodes:
        for each in node_inputs(node):
            users[each] = users.get(each, 0) + 1
    groups, group_of = [], {}
    for node in nodes:
        inputs = node_inputs(node)
        before = inputs[0] if len(inputs) == 1 else None
        if (
            before is not None
            and users[before] == 1
            and type(before) is type(node)
            and before not in named
        ):
            group = group_of[before]
        else:
            group = []
            groups.append(group)
        group.append(node)
        group_of[node] = group
    return groups


def node_inputs(node):
    """The nodes among the edges of a node."""
    return [each for each in node.next if each is not None and not isinstance(each, Tensor)]
