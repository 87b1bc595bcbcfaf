"""The workloads that micrograd can do, whose numbers are alone: each takes its class `Value`."""

from layer_workloads import MOONS, examples, start


def tutorial(Value):
    x = [Value(1.0) for _ in range(4)]
    y = [each + 2 for each in x]
    (sum(each * each * 3 for each in y) / 4).backward()
    return [[[x[0].grad, x[1].grad], [x[2].grad, x[3].grad]]]


def jacobian_loop(Value):
    x = [Value(each) for each in (-0.4337, 0.7451, -1.6505)]
    y = [each * 2 for each in x]
    while sum(each.data**2 for each in y) ** 0.5 < 1000:
        y = [each * 2 for each in y]
    sum(each * v for each, v in zip(y, (0.1, 1.0, 0.0001))).backward()
    return [[each.grad for each in x]]


def chain(Value):
    x = y = Value(1.0)
    for _ in range(1000):
        y = y + 1
    y.backward()
    return [[x.grad]]


def doubling(Value):
    x = y = Value(1.0)
    for _ in range(60):
        y = y + y
    y.backward()
    return [[x.grad]]


def uses(Value):
    x, y = Value(1.0), Value(0.0)
    for _ in range(10_000):
        y = y + x
    y.backward()
    return [[x.grad]]


def moons(Value):
    """Every number of the network is a node of its own."""
    shape, shapes = MOONS
    x, wanted = (each.tolist() for each in examples(shape, 1))
    weights = [
        [[Value(one) for one in row] for row in each.reshape(len(each), -1).tolist()]
        for each in start(shapes)
    ]
    loss = 0
    for row, (goal,) in zip(x, wanted):
        for place in range(0, len(weights), 2):
            row = [each.relu() for each in row] if place else row
            row = [
                sum((w * each for w, each in zip(to, row)), bias)
                for to, (bias,) in zip(*weights[place : place + 2])
            ]
        loss = loss + (row[0] - goal) ** 2
    (loss / len(x)).backward()
    return [[[one.grad for one in row] for row in each] for each in weights]


SCALARS = {
    "tutorial on 2×2": tutorial,
    "Jacobian-vector loop": jacobian_loop,
    "chain of 1,000 additions": chain,
    "y = y + y, 60 times": doubling,
    "10,000 uses of one leaf": uses,
    "moons 2-16-16-1": moons,
}
