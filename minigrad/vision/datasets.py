"""Floor 7. Real data: handwritten digits.

`digits.npz` holds 1797 images of 8 × 8 points, each from 0 to 16, and the digits that they show:
the test set of "Optical Recognition of Handwritten Digits", written by 13 people, from

    E. Alpaydin, C. Kaynak (1998), UCI Machine Learning Repository, https://doi.org/10.24432/C50P49

under the licence Creative Commons Attribution 4.0 (https://creativecommons.org/licenses/by/4.0/).
The numbers are unchanged.
"""

from pathlib import Path

import numpy as np

from ..creation import from_numpy


def digits():
    """(images, labels): float32 (1797, 1, 8, 8) from 0 to 1, and int64 (1797)."""
    with np.load(Path(__file__).with_name("digits.npz")) as stored:
        images, labels = stored["images"], stored["labels"]
    images = images[:, None].astype(np.float32) / 16
    return from_numpy(images), from_numpy(labels.astype(np.int64))
