"""Floor 3. One number or another, for each element of an array: faster than NumPy's functions."""

import numpy as np

BITS = {1: np.int8, 2: np.int16, 4: np.int32, 8: np.int64}


def chosen(mask, first, second):
    """np.where: `first` where the mask holds, else `second`, both of one dtype.

    For large arrays bit by bit, as `masked`: in a third of the time, if the mask changes often.
    """
    if mask.size < 1000 or any(each.shape not in (mask.shape, ()) for each in (first, second)):
        return np.where(mask, first, second)
    kind = BITS[second.dtype.itemsize]
    bits = mask.astype(kind)
    np.negative(bits, out=bits)
    bits &= first.view(kind) ^ second.view(kind)
    bits ^= second.view(kind)
    return bits.view(second.dtype)


def limited(self, low, high):
    """An array, but not below `low` and not above `high` (single numbers; None: no bound).

    `clip` takes a third of the time of np.minimum with a single number.
    """
    if self.dtype.kind != "f" or self.size < 1000 or not isinstance(self, np.ndarray):
        limited = self if low is None else np.maximum(self, low)
        return limited if high is None else np.minimum(limited, high)
    kind = self.dtype.type
    low, high = (-np.inf if low is None else low), (np.inf if high is None else high)
    return self.clip(kind(low), kind(high))
