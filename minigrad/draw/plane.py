"""The plane over which a landscape is drawn, and the loss at each of its places."""

import numpy as np


class Plane:
    """Two directions through where the parameters are; `place` says where a point lies."""

    def __init__(self, tensors, paths, span, points, seed, names):
        self.tensors = tensors
        self.centre = np.concatenate([each.detach().numpy().reshape(-1) for each in tensors])
        self.centre = self.centre.astype(float)
        self.exact = self.centre.size == 2
        notes = [place for path in paths.values() for place in path.places]
        if self.centre.size < 2:
            raise ValueError("a landscape needs at least two numbers that the loss depends on.")
        if self.exact:
            self.directions, self.labels = np.eye(2), axis_names(tensors, names)
            self.centre = np.zeros(2)
        elif len(notes) > 2:
            self.directions, self.labels = components(np.array(notes) - self.centre)
        else:
            self.directions, self.labels = random_directions(tensors, seed)
        middle = self.place(where(tensors))
        places = np.array([self.place(each) for each in notes] or [middle])
        self.across, self.up = (
            grid(places[:, side], middle[side], span, points, self.exact) for side in (0, 1)
        )

    def place(self, numbers):
        """Where all numbers of the parameters lie in the plane: two coordinates."""
        rest = np.asarray(numbers, dtype=float) - self.centre
        return np.linalg.lstsq(self.directions.T, rest, rcond=None)[0]

    def heights(self, loss, params):
        """The loss at each place; parameters, buffers, modes and random numbers are put back."""
        from ..grad_mode import no_grad  # not there in the first chapter

        found = np.full((len(self.up), len(self.across)), np.nan)
        with kept(self.tensors, params) as fresh, no_grad(), np.errstate(all="ignore"):
            for row, y in enumerate(self.up):
                for column, x in enumerate(self.across):
                    fresh()
                    put(self.tensors, self.centre + x * self.directions[0] + y * self.directions[1])
                    found[row, column] = number(loss())
        return found


def where(tensors):
    return np.concatenate([each.detach().numpy().reshape(-1) for each in tensors]).astype(float)


def put(tensors, numbers):
    """Write numbers into the tensors' memory; nobody counts that, and it is taken back."""
    start = 0
    for each in tensors:
        array = each.array
        array[...] = numbers[start : start + array.size].reshape(array.shape)
        start += array.size


def number(loss):
    """The loss as a Python number. TypeError for what is none."""
    try:
        return float(loss.item() if hasattr(loss, "item") else loss)
    except (TypeError, ValueError, RuntimeError):
        raise TypeError(
            f"the loss has to be a single number; the function gave {type(loss).__name__}"
            f"{'' if not hasattr(loss, 'shape') else f' of shape {tuple(loss.shape)}'}."
        ) from None


class kept:
    """Everything that computing a loss may change is put back at the end, also after an error."""

    def __init__(self, tensors, params):
        from .. import chance

        self.tensors, self.chance = tensors, chance
        buffers = getattr(params, "buffers", list)()
        self.arrays = [each.array for each in [*tensors, *buffers]]
        self.modules = list(getattr(params, "modules", list)())

    def __enter__(self):
        self.before = [each.copy() for each in self.arrays]
        self.modes = [each.training for each in self.modules]
        self.state = getattr(self.chance, "get_rng_state", lambda: None)()
        return self.fresh

    def fresh(self):
        """The same buffers and random numbers for each place."""
        for array, before in zip(self.arrays, self.before):
            array[...] = before
        if self.state is not None:
            self.chance.set_rng_state(self.state)

    def __exit__(self, *error):
        self.fresh()
        for module, mode in zip(self.modules, self.modes):
            module.training = mode


def axis_names(tensors, names):
    """What the two numbers are called."""
    found = []
    for each in tensors:
        name = names.of(each)[0] or "parameter"
        several = each.numel() > 1 or (len(tensors) == 1)
        found += [f"{name}[{i}]" for i in range(each.numel())] if several else [name]
    return found


def components(notes):
    """The two principal components of the notes of a path, and how much each explains."""
    _, sizes, directions = np.linalg.svd(notes - notes[-1:], full_matrices=False)
    shares = sizes**2 / max((sizes**2).sum(), 1e-300)
    turned = directions[:2] * np.where(directions[:2].sum(1, keepdims=True) < 0, -1, 1)
    return turned, [f"component {n + 1} ({shares[n]:.0%} of the path)" for n in range(2)]


def random_directions(tensors, seed):
    """Two random directions; each filter (the numbers of one output) as long as the parameter's."""
    stream, found = np.random.RandomState(seed), []
    for _ in range(2):
        parts = []
        for each in tensors:
            array = each.detach().numpy().astype(float)
            part = stream.standard_normal(array.shape)
            if array.ndim > 1:
                dims = tuple(range(1, array.ndim))
                length = np.sqrt((part**2).sum(dims, keepdims=True))
                part *= np.sqrt((array**2).sum(dims, keepdims=True)) / np.maximum(length, 1e-12)
            else:
                part *= 0  # biases and scales stay, as in the paper
            parts.append(part.reshape(-1))
        found.append(np.concatenate(parts))
    return np.array(found), ["random direction 1", "random direction 2"]


def grid(places, middle, span, points, exact):
    """The coordinates along one direction: the paths with a margin, or `span` both ways."""
    if span is not None:
        return np.linspace(middle - span, middle + span, points)
    low, high = places.min(), places.max()
    if high - low < 1e-9:
        low, high = (middle - 1, middle + 1)
    margin = 0.25 * (high - low)
    return np.linspace(low - margin, high + margin, points)
