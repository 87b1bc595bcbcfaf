"""Floor 3. What an equation of `einsum` says, and whether it fits its operands, as `checks.py`."""

import string

from ..tensor import Tensor

LETTERS = string.ascii_uppercase + string.ascii_lowercase


def parse(equation, operands):
    """(labels of each operand, labels of the result or None, operands), `...` as one label."""
    if isinstance(equation, Tensor) and operands:
        return parse_lists([equation, *operands])
    if not isinstance(equation, str) or not operands:
        raise ValueError(
            "einsum(): must specify the equation string and at least one operand, or at least one "
            "operand and its subscripts list"
        )
    if len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        operands = operands[0]
    for place, each in enumerate(operands):
        if not isinstance(each, Tensor):
            raise TypeError(
                f"expected Tensor as element {place} in argument 1, but got {type(each).__name__}"
            )
    left, arrow, right = equation.partition("->")
    start, terms = 0, []
    for number, text in enumerate(left.split(",")):
        terms.append(labels(text, start, f"operand {number}"))
        start += len(text) + 1
    output = labels(right, len(left) + 2, "the output") if arrow else None
    check_number(terms, operands)
    return terms, output, list(operands)


def parse_lists(given):
    """As `parse`, of operands each of which is followed by a list of numbers."""
    operands, lists = given[0 : len(given) // 2 * 2 : 2], given[1::2]
    output = letters(given[-1]) if len(given) % 2 else None
    return [letters(each) for each in lists], output, list(operands)


def letters(numbers):
    """A list of numbers (and `...`) as labels."""
    found = []
    for each in numbers:
        if each is not ... and not 0 <= each < len(LETTERS):
            raise ValueError(
                "einsum(): subscript in subscript list is not within the valid range [0, 52)"
            )
        found.append("..." if each is ... else LETTERS[each])
    return found


def labels(text, start, what):
    """The labels of one operand, or of the result; RuntimeError for other signs."""
    found, place = [], 0
    while place < len(text):
        sign = text[place]
        if sign == ".":
            if "..." in found:
                raise RuntimeError(
                    f"einsum(): found '.' for {what} for which an ellipsis was already found"
                )
            if text[place : place + 3] != "...":
                raise RuntimeError(
                    f"einsum(): found '.' for {what} that is not part of any ellipsis"
                )
            found.append("...")
            place += 2
        elif sign in LETTERS:
            found.append(sign)
        elif sign != " ":
            raise RuntimeError(
                f"einsum(): invalid subscript given at index {start + place} in the equation "
                "string, subscripts must be in [a-zA-Z]"
            )
        place += 1
    return found


def check_number(terms, operands):
    if len(terms) != len(operands):
        more = "more" if len(operands) > len(terms) else "fewer"
        raise RuntimeError(
            f"einsum(): {more} operands were provided than specified in the equation: "
            f"{len(operands)} for {len(terms)}"
        )


def width_of_ellipsis(terms, operands):
    """How many dimensions `...` stands for (None where it does not occur); RuntimeError for an
    operand that has other dimensions than its labels say."""
    wide = None
    for place, (term, operand) in enumerate(zip(terms, operands, strict=True)):
        number, ndim = len(term), operand._array.ndim
        if "..." in term:
            if number - 1 > ndim:
                raise RuntimeError(
                    f"einsum(): the number of subscripts in the equation ({number - 1}) is more "
                    f"than the number of dimensions ({ndim}) for operand {place}"
                )
            wide = max(wide or 0, ndim - number + 1)
        elif number != ndim:
            raise RuntimeError(
                f"einsum(): the number of subscripts in the equation ({number}) does not match the "
                f"number of dimensions ({ndim}) for operand {place} and no ellipsis was given"
            )
    return wide


def check_output(output, found):
    for label in output:
        if output.count(label) > 1:
            raise RuntimeError(
                f"einsum(): output subscript {label} appears more than once in the output"
            )
        if label not in found and label != "...":
            raise RuntimeError(
                f"einsum(): output subscript {label} does not appear in the equation for any input "
                "operand"
            )


def check_lengths(terms, operands, wide):
    """RuntimeError for a label whose lengths differ, within an operand or between two."""
    lengths = {}
    for place, (term, operand) in enumerate(zip(terms, operands, strict=True)):
        shape, own = list(operand._array.shape), {}
        spread = len(shape) - len(term) + 1
        full = []
        for label in term:
            full += [("...", wide - spread + n) for n in range(spread)] if label == "..." else label
        for label, length in zip(full, shape, strict=True):
            if own.setdefault(label, length) != length:
                raise RuntimeError(
                    f"einsum(): subscript {label} is repeated for operand {place} but the sizes "
                    f"don't match, {length} != {own[label]}"
                )
        for label, length in own.items():
            before = lengths.get(label, 1)
            if before != length and 1 not in (before, length):
                label = label if isinstance(label, str) else label[1] - (wide - spread)
                raise misfit(label, length, place, before)
            lengths[label] = max(before, length) if length else 0


def misfit(label, length, place, before):
    if isinstance(label, int):
        return RuntimeError(
            f"einsum(): dimension {label} covered by ellipsis in operand {place}has size "
            f"{length} which does not broadcast with previously seen ellipsis with size {before} "
            "for the respective dimension"
        )
    return RuntimeError(
        f"einsum(): subscript {label} has size {length} for operand {place} which does not "
        f"broadcast with previously seen size {before}"
    )
