"""Numbers and shapes in few letters, and snapshots that keep no array alive."""

from unicodedata import category

import numpy as np

UNSEEN = ("Cc", "Cs", "Cn", "Co")  # kinds of letters in Unicode
SMALL = 3  # arrays of up to 3 × 3 numbers are shown in full


class Value:
    """What a picture shows of an array: its shape, and its numbers as rows of short texts.

    Up to 3 × 3 numbers are shown; of more, the first three and `…`. The array is not kept, so a
    picture shows the numbers of the moment at which they were looked at.
    """

    def __init__(self, array):
        array = np.asarray(array)
        self.shape = array.shape
        if array.ndim <= 2 and all(length <= SMALL for length in array.shape) and array.size:
            table = array.reshape(-1, array.shape[-1] if array.ndim else 1)
            self.rows = [[short(number) for number in row] for row in table.tolist()]
        else:
            first = [short(number) for number in array.flat[:SMALL].tolist()]
            self.rows = [first + ["…"] * (array.size > SMALL)] if array.size else [["empty"]]

    @property
    def text(self):
        """The numbers in one line: `3`, `[1 2]`, `[1 2; 3 4]`."""
        line = "; ".join(" ".join(row) for row in self.rows)
        return line if self.shape == () else f"[{line}]"

    @property
    def lines(self):
        """The numbers as lines in which columns stand below each other."""
        width = max(len(each) for row in self.rows for each in row)
        if len(self.rows) == 1:
            return [" ".join(self.rows[0])]
        return [" ".join(each.rjust(width) for each in row) for row in self.rows]

    @property
    def compact(self):
        """`lines` with three digits, for pictures in which there is much to see."""
        value = object.__new__(Value)
        value.rows = [[fewer(each) for each in row] for row in self.rows]
        return value.lines


def fewer(text):
    """A number that is a text, with three significant digits."""
    try:
        return f"{float(text):.3g}" if "." in text or "e" in text else text
    except ValueError:
        return text


def short(number):
    """A number with four significant digits at most: 4.5, -0.4337, 1e-05, True."""
    return f"{number:.4g}" if isinstance(number, float) else str(number)


def counted(number, what="operation"):
    """`1 operation`, `2,000 operations`."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def shape_text(shape):
    """`2×2`, `length 3` for one dimension, `scalar` for none."""
    if len(shape) == 1:
        return f"length {shape[0]}"
    return "×".join(map(str, shape)) if shape else "scalar"


def visible(content):
    """A text without letters that nobody can draw or write: control characters, halves of pairs."""
    return "".join("·" if category(each) in UNSEEN else each for each in content)
