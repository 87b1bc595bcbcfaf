"""Comparing what two checks show: as text, but numbers by their values."""

import ast
import math
import re

TOLERANCE = 1e-5  # relative
# Each of these reads a text once from left to right, whatever is in it: strangers write it.
WORD = re.compile(r"-?[\w.]+(?:(?<=[eE])[-+]\d+)?")
QUOTED = re.compile(r"""('(?:[^'\\]|\\.)*'?|"(?:[^"\\]|\\.)*"?)""", re.S)
PLAIN = re.compile(r"[\w\s.,:'\"{}\[\]()+\-*/=<>!?;@#%&|^~`$…×→\\]*")
LONGEST, DEEPEST = 50_000, 40


def equal(one, other):
    """Whether two texts say the same: space aside, and numbers to five digits (not in quotes)."""
    if one == other:
        return True
    if max(len(one), len(other)) > LONGEST:
        return False
    ours, theirs = _split(one), _split(other)
    if ours[0] != theirs[0] or len(ours[1]) != len(theirs[1]):
        return False
    return all(map(_close, ours[1], theirs[1]))


def _split(text):
    """A text without its numbers and spaces, and its numbers; quoted strings stay as they are."""
    pieces, numbers = [], []

    def take(found):
        number = _number(found[0])
        if number is None:
            return found[0]
        numbers.append(number)
        return "#"

    for position, piece in enumerate(QUOTED.split(text)):
        if position % 2 == 0:
            piece = "".join(WORD.sub(take, piece).split())
        pieces.append(piece)
    return pieces, numbers


def _number(word):
    """The number that a word stands for, or None."""
    if len(word) > 40 or not word.lstrip("-.")[:1].isdigit():
        return None
    try:
        return float(word)
    except ValueError:
        return None


def _close(one, other):
    return one == other or math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=1e-12)


def entries(text):
    """The entries of a dict that is shown as text, each as text again; {} if it is none.

    What strangers' code showed is parsed only if it is short, flat and made of plain characters.
    """
    if len(text) > LONGEST or not PLAIN.fullmatch(text):
        return {}
    depth = deepest = 0
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST or re.search(r"[-+~]\s*[-+~]", text):
        return {}
    try:
        # The names of floats that have no literal; as text they compare like any other.
        value = ast.literal_eval(re.sub(r"(?<![\w'\"])(-?)(nan|inf)(?![\w'\"])", r"'\1\2'", text))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return {}
    return {str(k): repr(v) for k, v in value.items()} if isinstance(value, dict) else {}
