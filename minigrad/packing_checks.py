"""Floor 7. What can be kept in a file and what not; what is said about the rest."""

import numpy as np


def path_of(where):
    """The way to a place in a nested object, as it would be written in Python."""
    return "at " + "".join(f"[{each!r}]" for each in where) if where else "at the top"


def cannot_keep(value, where):
    """The error for a value that has no place in a file, with what to do instead."""
    kind = type(value).__name__
    if isinstance(value, type) or callable(value) and not hasattr(value, "state_dict"):
        name = getattr(value, "__qualname__", kind)
        what, advice = f"the function or class {name}", "keep its name, and look it up yourself"
    elif hasattr(value, "state_dict"):
        what = f"a whole {kind}"
        advice = (
            "keep its numbers, .state_dict(), and give them to load_state_dict() of one that you "
            "have made anew"
        )
    elif hasattr(value, "get_state"):
        what, advice = f"a {kind}", "keep .get_state(), for set_state()"
    elif isinstance(value, tuple):
        what, advice = f"a {kind}", "keep tuple(...) of it, or its fields as a dictionary"
    elif isinstance(value, dict):
        what, advice = f"a {kind}", "keep dict(...) of it"
    elif isinstance(value, (int, float, str)):
        what, advice = f"a {kind}", "keep its plain value"
    else:
        what = f"a {kind}"
        advice = (
            "tensors, arrays, numbers, strings, bytes, bools and None can be kept, and lists, "
            "tuples, sets and dictionaries of them"
        )
    return TypeError(f"torch.save cannot keep {what}, {path_of(where)}: {advice}.")


def contains_itself(where):
    return TypeError(f"torch.save cannot keep what contains itself, {path_of(where)}.")


def too_deep(where, deepest):
    return TypeError(
        f"torch.save keeps {deepest} levels of nesting; there are more {path_of(where[:5])} …"
    )


def check_key(key, where):
    """A key that can be kept: a string, a number, a bool, None, or a tuple of these."""
    parts = key if type(key) is tuple else (key,)
    if not all(each is None or type(each) in (str, int, float, bool, bytes) for each in parts):
        raise TypeError(
            f"torch.save cannot keep the key {key!r} of a dictionary, {path_of(where)}: keys are "
            "strings, numbers, bools, None, or tuples of them."
        )
    return key


def check_numbers(array, where):
    if array.dtype.kind not in "biufc":
        raise TypeError(
            f"torch.save cannot keep an array of {array.dtype}, {path_of(where)}: only arrays of "
            "numbers. Keep .tolist() of it."
        )


# --- what a file says -----------------------------------------------------------------------------
def check_number(number, below=2**63):
    """A whole number from 0 on; ValueError for anything else."""
    if type(number) is not int or not 0 <= number < below:
        raise ValueError(f"{number!r} is out of range")
    return number


def check_numpy(dtype, content):
    """A NumPy number from its bytes."""
    if np.dtype(dtype).kind not in "biufc":
        raise ValueError(f"{dtype!r} is no dtype of numbers")
    (number,) = np.frombuffer(bytes.fromhex(content), dtype)
    return number
