"""Floor 3. Class numbers as rows of zeros with a single 1."""

import numpy as np

from ..arrays import zeros
from ..creation import wrap
from .activation_checks import check_one_hot


def one_hot(tensor, num_classes=-1):
    """For every class number of an int64 tensor (…) a row (…, C): 1 at its place, 0 elsewhere.

    C is `num_classes`, or one more than the largest. RuntimeError for a negative class, one that is
    not below `num_classes`, or another dtype.
    """
    number = check_one_hot(tensor, num_classes)
    classes = tensor.array
    rows = zeros((*classes.shape, number), np.int64, classes)
    np.put_along_axis(rows, classes[..., None], 1, -1)
    return wrap(rows)
