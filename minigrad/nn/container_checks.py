"""Floor 7. What is said about modules that hold modules. PyTorch's words first."""

from operator import index as as_index


def check_index(number, count):
    """A number from 0 to count - 1; IndexError outside, TypeError for what is no integer."""
    number = as_index(number)
    if not -count <= number < count:
        raise IndexError(f"index {number} is out of range: there are {count} modules")
    return number % count


def check_place(number, count):
    """Where to insert, from 0 to count. IndexError outside."""
    if not -count <= number <= count:
        raise IndexError(f"Index out of range: {number}. There are {count} modules.")
    return number + count if number < 0 else number


def check_module(module, kind):
    """TypeError for what is no module."""
    if not isinstance(module, kind):
        raise TypeError(f"{type(module).__name__} is not a Module subclass")


def check_iterable(modules, container, kind):
    """TypeError for what has no elements."""
    if not isinstance(modules, kind):
        raise TypeError(
            f"{container}.extend should be called with an iterable, but got "
            f"{type(modules).__name__}"
        )
    return list(modules)


def check_pairs(pairs, kind):
    """A list of pairs (name, module); TypeError or ValueError for anything else."""
    if not isinstance(pairs, kind):
        raise TypeError(
            "ModuleDict.update should be called with an iterable of key/value pairs, but got "
            f"{type(pairs).__name__}"
        )
    pairs = list(pairs)
    for number, each in enumerate(pairs):
        if not isinstance(each, kind):
            raise TypeError(
                f"ModuleDict update sequence element #{number} should be Iterable; is"
                f"{type(each).__name__}"
            )
        if len(each) != 2:
            raise ValueError(
                f"ModuleDict update sequence element #{number} has length {len(each)}; 2 is "
                "required"
            )
    return pairs


def no_sequential(other):
    return ValueError(
        f"add operator supports only objects of Sequential class, but {type(other)} is given."
    )


def check_times(times, container):
    """How often to repeat: a positive integer."""
    kind = type(container)
    if not isinstance(times, int):
        raise TypeError(f"unsupported operand type(s) for *: {kind} and {type(times)}")
    if times <= 0:
        raise ValueError(f"Non-positive multiplication factor {times} for {kind}")
    return times
