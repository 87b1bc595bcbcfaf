"""The exercises, read once for a test run, and kernels on their stages."""

import functools
import tempfile
from pathlib import Path

from minigrad.classroom.grading.exercises import read_references
from minigrad.classroom.grading.kernels import Kernels, outputs_of, shown
from minigrad.classroom.grading.limits import Limits
from minigrad.classroom.withholding import exercise_stage

ROOT = Path(__file__).resolve().parents[1]
SOLUTIONS, EXERCISES = ROOT / "solutions", ROOT / "exercises"


@functools.cache
def references():
    """All references, by stem."""
    return read_references(SOLUTIONS)


@functools.cache
def stage(stem):
    """The folder of a notebook's stage; gone when the tests end."""
    folder = tempfile.TemporaryDirectory(prefix="stage-")
    _open.append(folder)
    reference = references()[stem]
    exercise_stage(reference.stage, reference.without, folder.name)
    return folder.name


_open = []


def kernels_for(stem, **limits):
    """Kernels on the stage of a notebook; call `stop` on them."""
    reference = references()[stem]
    return Kernels(stage(stem), reference.setup, Limits(**limits))


def show(kernels, answer, check):
    """What a check shows after an answer, in a fresh kernel."""
    kernel = kernels.fresh()
    outputs_of(kernel, answer)
    return shown(outputs_of(kernel, check))
