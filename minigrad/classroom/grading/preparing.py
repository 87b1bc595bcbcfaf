"""What a check must show under a seed, and what it shows for each wrong answer in the bank."""

from dataclasses import asdict

from .exercises import CHECK, seeded
from .kernels import outputs_of, shown
from .values import equal


class NotDeterministic(Exception):
    """A check of the reference shows something else the second time, or fails."""


def prepare(reference, kernels, seed, bank=True):
    """The reference as plain data without a solution in it, for those who grade.

    Each solution runs twice, each in a kernel of its own; NotDeterministic if its check shows
    different things, an error, or nothing.
    """
    prepared = asdict(reference)
    prepared["seed"] = seed
    for number, exercise in enumerate(reference.exercises):
        asked = seeded(exercise.check, seed + number)
        outputs = _run(kernels, exercise.solution, asked)
        again = _run(kernels, exercise.solution, asked)
        expected, second = shown(outputs), shown(again)
        errors = [each for each in outputs if each["output_type"] == "error"]
        if errors or not expected or not equal(expected, second):
            raise NotDeterministic(
                f"{reference.stem}, {exercise.id}{CHECK}: the solution must show the same value "
                f"twice. First it showed\n{expected}\nthen\n{second}"
            )
        entry = prepared["exercises"][number]
        del entry["solution"]
        entry.update(asked=asked, check=seeded(exercise.check, 0), shown=expected)
        entry["expected"] = [each for each in outputs if each["output_type"] == "execute_result"]
        entry["wrong"] = []
        for wrong in exercise.wrong if bank else ():
            found = shown(_run(kernels, wrong.source, asked))
            entry["wrong"].append({"name": wrong.name, "says": wrong.says, "shown": found})
    kernels.drop()
    return prepared


def _run(kernels, answer, check):
    """What the check shows after an answer, in a kernel of its own where that is cheap."""
    kernel = kernels.cheap()
    outputs_of(kernel, answer)
    return outputs_of(kernel, check) if kernel.is_alive() else []
