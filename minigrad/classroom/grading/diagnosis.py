"""One line for somebody whose answer is not right: the likely mistake first, the rest folded."""

import ast
import re

from .values import entries, equal

WRITTEN = ("predict", "read")  # kinds in which values are asked for, and nothing is computed
TELLS = ("implement", "mend")  # kinds in which the expected value gives nothing away
ADVICE = {
    "PermissionError": "Answers may read and write files only in their own folder, and may start "
    "no programs and use no network.",
    "MemoryError": "The answer needs more memory than it may have.",
    "RecursionError": "The answer calls itself without end. What should stop it?",
    "EOFError": "Nobody is there to type: an answer must not call input().",
    "StdinNotImplementedError": "Nobody is there to type: an answer must not call input().",
}


def diagnose(exercise, answer, found, failed, errors, fate):
    """The state of an answer and one line on it.

    `found` is what the check showed, `failed` whether that is an error, `errors` are those that
    the answer's own cells raised, `fate` is why the kernel was ended, if it was. States are
    "missing", "untouched", "right", "wrong", "error" and "ended".
    """
    if answer.source is None:
        return "missing", "There is no answer to this exercise in the notebook."
    if not answer.touched:
        return "untouched", "Not answered yet."
    if exercise["kind"] in WRITTEN and not is_literal(answer.source):
        return "error", "Write the values themselves: nothing is to be computed here."
    if fate is not None:
        return "ended", f"{fate.text} {_of(fate.kind)}".strip()
    if known := _known(exercise, found):
        return "wrong", known["says"]
    if withheld := re.search(r"Withheld: [^'\"]*(?:'s[^'\"]*)?", found):
        return "error", withheld[0]
    if failed:  # if the answer itself had failed, that is what to mend first
        return "error", _error((errors or [found])[0], exercise)
    return "wrong", _difference(exercise, found)


def is_literal(source):
    """Whether a cell does nothing but give names to values that are written down in it."""
    try:
        for node in ast.parse(source).body:
            if not isinstance(node, ast.Assign):
                return False
            ast.literal_eval(node.value)
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return False
    return True


def misconception(exercise, found):
    """The name of the wrong answer in the bank that shows the same; "" if there is none."""
    known = _known(exercise, found)
    return known["name"] if known else ""


def _known(exercise, found):
    """The wrong answer in the bank that shows the same, or None."""
    alike = (e for e in exercise["wrong"] if e["shown"] and equal(found, e["shown"]))
    return next(alike, None)


def _of(kind):
    return {
        "time": "Is there a loop that never ends, or work that doubles with each step?",
        "output": "Is there a print in a loop?",
        "died": "Nothing in an answer may end the process.",
        "files": "An answer needs no files.",
    }.get(kind, "")


def _error(text, exercise):
    """An error in one line, with advice where there is some."""
    name, _, rest = text.partition(": ")
    missing = re.match(r"name '(\w+)' is not defined", rest)
    if name == "NameError" and missing:
        if missing[1] in exercise["names"]:
            return (
                f"Nothing here is called {missing[1]}. Was the name changed, or the cell not run?"
            )
        return f"{text}. In a fresh kernel only what the notebook itself defines is there."
    if name in ("SyntaxError", "IndentationError", "TabError", "_IncompleteInputError"):
        text = text.replace("_IncompleteInputError", "SyntaxError")  # Python 3.13's
        text = re.sub(r"\(<[^>]*>, (line \d+)\)", r"(\1)", text)
        return f"Python cannot read the answer. {text}."
    if "'NoneType' object" in rest:
        return f"{text}. Perhaps something returns nothing: is a `return` missing?"
    return f"{text} {ADVICE.get(name, '')}".strip()


def _difference(exercise, found):
    """Which entries of the check are right and which are not."""
    wanted, given = entries(exercise["shown"]), entries(found)
    if not given:
        return "The check shows no table of values." if not found else "The value is another one."
    if exercise["kind"] == "test":
        return _of_a_test(wanted, given)
    missing = [key for key in wanted if key not in given]
    wrong = [key for key in wanted if key in given and not equal(wanted[key], given[key])]
    right = [key for key in wanted if key not in missing and key not in wrong]
    if not wrong:
        return (
            f"The check does not show: {', '.join(missing)}." if missing else "It shows too much."
        )
    text = f"Not right: {', '.join(wrong)}."
    if right:
        text = f"Right: {', '.join(right)}. {text}"
    first = wrong[0]
    if exercise["kind"] in TELLS and len(wanted[first]) + len(given[first]) < 120:
        text += f" {first} is {given[first]}, and should be {wanted[first]}."
    elif len(given[first]) < 80:
        text += f" {first} is {given[first]}."
    return text


def _of_a_test(wanted, given):
    """What a test gets wrong; the labels of its cases begin with "right" or "wrong"."""
    if not set(given.values()) & {"True", "False"}:
        return f"True or False is wanted, and it gives {next(iter(given.values()))[:80]}."
    wrong = [key for key in wanted if given.get(key) != wanted[key]]
    if len(wrong) == len(wanted):
        return "Everything is the other way round: are True and False exchanged?"
    accused = [key for key in wrong if key.startswith("right")]
    missed = [key.removeprefix("wrong: ") for key in wrong if key not in accused]
    lines = [f"It finds fault with what is right: {', '.join(accused)}."] if accused else []
    if missed:
        lines.append(f"It lets slip through: {', '.join(missed)}.")
    return " ".join(lines)
