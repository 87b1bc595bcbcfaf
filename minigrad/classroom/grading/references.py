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

    def __init__(self, root, stem, only=None, limits=None, plain=None, seed=None):
        self.root, self.stem, self.only = Path(root), stem, only
        self.options = {"limits": limits or Limits()}
        if plain is not None:
            self.options["plain"] = plain
        self.seed, self.folder, self.kernels = seed, None, None

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
            build(reference, stage)
            seed = secrets.randbelow(10**6) if self.seed is None else self.seed
            kernels = Kernels(str(stage), reference.setup, **self.options)
            try:
                self.prepared = prepare(reference, kernels, seed)
            finally:
                kernels.stop()
        else:
            raise NoReference(f"There is no {source} and no {packed} to grade by.")
        # Other kernels than those that ran the solutions: no answer may find one in its memory.
        self.kernels = Kernels(str(stage), self.prepared["setup"], **self.options)
        return self

    def __exit__(self, *error):
        if self.kernels is not None:
            self.kernels.stop()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def build(reference, folder):
    """The stage of a reference, without what its exercises ask for."""
    from ..withholding import exercise_stage

    return exercise_stage(reference.stage, reference.without, folder)


def stem_of(root, number):
    """The name of the notebook of chapter `number`, without its ending."""
    for folder, ending in (("solutions", "ipynb"), (HANDOUT, "json")):
        for path in sorted((Path(root) / folder).glob(f"{number:02}_*.{ending}")):
            return path.stem
    raise NoReference(f"There are no exercises for chapter {number} in {root}.")
