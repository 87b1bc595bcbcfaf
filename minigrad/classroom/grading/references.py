"""Where the reference for a notebook is: in `solutions/`, or in a class hand-out."""

import json
import secrets
import shutil
import tempfile
from pathlib import Path

from .exercises import read_reference
from .kernels import Kernels
from .limits import Limits
from .preparing import prepare

HANDOUT, STAGES = "reference", "stages"  # the folders of a hand-out


class NoReference(Exception):
    """There is nothing to grade a notebook by; says where it was looked for."""


class Bench:
    """All that is needed to grade one notebook: a prepared reference, and kernels.

    `only` names exercises, None stands for all. A context manager; the stage's folder and the
    kernels are gone at its end. NoReference if the exercises are not known.
    """

    def __init__(self, root, stem, only=None, limits=None):
        self.root, self.stem, self.only = Path(root), stem, only
        self.options = {"limits": limits or Limits()}
        self.folder = self.kernels = None

    def __enter__(self):
        source = self.root / "solutions" / f"{self.stem}.ipynb"
        packed = self.root / HANDOUT / f"{self.stem}.json"
        if packed.exists():
            self.prepared = json.loads(packed.read_text(encoding="utf-8"))
            if self.only is not None:
                chosen = [e for e in self.prepared["exercises"] if e["id"] in self.only]
                self.prepared["exercises"] = chosen
            stage = self.root / STAGES / self.stem
        elif source.exists():
            reference = read_reference(source)
            if self.only is not None:
                reference.exercises = [e for e in reference.exercises if e.id in self.only]
            stage = self.folder = Path(tempfile.mkdtemp(prefix="stage-"))
            self.prepared = set_up(reference, stage, secrets.randbelow(10**6), **self.options)
        else:
            raise NoReference(f"There is no {source} and no {packed} to grade by.")
        self.kernels = Kernels(str(stage), self.prepared["setup"], **self.options)
        return self

    def __exit__(self, *error):
        if self.kernels is not None:
            self.kernels.stop()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def set_up(reference, stage, seed, **options):
    """Write the stage of a reference into the folder `stage`, and prepare the reference on it.

    The kernels that ran the solutions are gone afterwards: no answer may find one in its memory.
    """
    from ..withholding import exercise_stage

    exercise_stage(reference.stage, reference.without, stage)
    kernels = Kernels(str(stage), reference.setup, **options)
    try:
        return prepare(reference, kernels, seed)
    finally:
        kernels.stop()


def stem_of(root, number):
    """The name of the notebook of chapter `number`, without its ending."""
    for folder, ending in (("solutions", "ipynb"), (HANDOUT, "json")):
        for path in sorted((Path(root) / folder).glob(f"{number:02}_*.{ending}")):
            return path.stem
    raise NoReference(f"There are no exercises for chapter {number} in {root}.")
