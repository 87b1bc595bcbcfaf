"""What is drawn as one card: a module that is not opened, and a pattern that repeats itself."""

from bisect import bisect_left

import numpy as np

from ..tensor import Tensor
from .record import memories

LIMIT = 200  # a picture with more cards than this cannot be read
PERIOD = 64  # the longest pattern that is looked for, in operations
ROOM = 6_400_000  # numbers that the search may keep at a time
TIMES = 3  # how often it has to repeat


class Group:
    """Nodes that one card stands for: `scope` if they are those of a module, `times` a pattern."""

    def __init__(self, nodes, scope=None, times=1):
        self.nodes, self.scope, self.times = nodes, scope, times
        self.period = len(nodes)


def scope_of(node):
    """The call of a module in which a node was recorded, if that is known."""
    memory = memories.get(getattr(node, "operation", node))
    return None if memory is None else memory.scope


def group_nodes(nodes, named, depth=None, fold=None):
    """The groups of some nodes (sorted, oldest first), in order.

    Modules deeper than `depth` become a group each. Patterns are folded if there are more groups
    than can be read, or if `fold` is true. A node in `named`, whose result somebody has a name for,
    ends its group.
    """
    groups = by_module(nodes, depth)
    if fold or (fold is None and len(groups) > LIMIT):
        groups = by_pattern(groups, named)
        boxes = depth is None and any(scope_of(node) is not None for node in nodes)
        if boxes and len(groups) > LIMIT:
            for depth in (3, 2, 1, 0):  # opened as far as it can be read
                closed = by_pattern(by_module(nodes, depth), named)
                if len(closed) <= LIMIT:
                    return closed
    return groups


def by_module(nodes, depth):
    """A group for each node, or for each call of a module that lies deeper than `depth`."""
    groups, last = [], None
    for node in nodes:
        scope = scope_of(node)
        closed = None
        if scope is not None and depth is not None and scope.depth > depth:
            closed = scope.path()[depth]
        if closed is not None and closed is last:
            groups[-1].nodes.append(node)
        else:
            groups.append(Group([node], closed))
        last = closed
    return groups


def by_pattern(groups, named):
    """Groups with runs of a repeated pattern folded into one."""
    marks, runs = marks_of(groups), {}
    stops = [n for n, group in enumerate(groups) if any(node in named for node in group.nodes)]
    longest = min(PERIOD, len(marks) // TIMES, max(8, ROOM // (len(marks) + 1)))
    for period in range(1, longest + 1):
        same = marks[:-period] == marks[period:]
        places = np.where(same, len(marks), np.arange(len(same)))
        ends = np.minimum.accumulate(places[::-1])[::-1]
        ends[ends == len(marks)] = len(same)
        runs[period] = (ends - np.arange(len(same))).astype(np.int32)
    found, place = [], 0
    while place < len(groups):
        stop = bisect_left(stops, place)
        end = stops[stop] + 1 if stop < len(stops) else len(groups)
        times, period = best_run(runs, place, end - place)
        if times < TIMES:
            found.append(groups[place])
            place += 1
            continue
        part = groups[place : place + times * period]
        place += times * period
        if starts_like(found[-period:], part[:period], named):
            part, times = found[-period:] + part, times + 1
            del found[-period:]
        found.append(Group([node for each in part for node in each.nodes], part[-1].scope, times))
        found[-1].period = sum(len(each.nodes) for each in part[-period:])
    return found


def starts_like(before, pattern, named):
    """Whether what stands before a run is its first turn, which begins at a leaf."""
    return len(before) == len(pattern) and all(
        [type(node) for node in one.nodes] == [type(node) for node in other.nodes]
        and one.times == 1
        and not any(node in named for node in one.nodes)
        for one, other in zip(before, pattern)
    )


def best_run(runs, place, room):
    """(how often, length) of the pattern that begins at a place and covers most of the room."""
    best, covered = (1, 1), 0
    for period, matches in runs.items():
        if place < len(matches):
            times = min(int(matches[place]) // period + 1, room // period)
            if times >= TIMES and times * period > covered:
                best, covered = (times, period), times * period
    return best


def marks_of(groups):
    """A number for each group; two groups that look alike have the same: their operations, where
    their inputs come from (how many groups before), and the kinds of their modules.
    """
    home = {node: number for number, group in enumerate(groups) for node in group.nodes}
    known, marks = {}, np.empty(len(groups), np.int64)
    for number, group in enumerate(groups):
        mark = [None if group.scope is None else group.scope.kind]
        for node in group.nodes:
            mark.append((type(node).__name__, node.output_shape))
            for each in node.next:
                back = number - home[each] if each in home else None
                kind = "leaf" if isinstance(each, Tensor) else None
                mark.append(kind if back is None else min(back, PERIOD + 1))
        marks[number] = known.setdefault(tuple(mark), len(known))
    return marks
