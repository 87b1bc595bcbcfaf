"""`pytest --nbval exercises/03_operations.ipynb`: the true verdict, whatever the notebook stores.

A `conftest.py` beside the exercises imports the hook below. It takes the place of nbval's own
collector; one item is one exercise.
"""

from pathlib import Path

import pytest
from _pytest._code.code import ReprFileLocation, TerminalRepr
from nbval.plugin import IPyNbFile

from .formats import Unreadable
from .judging import GradedCell, GradedFile
from .references import Bench, NoReference


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    """Collect a notebook of exercises with `ExerciseFile` instead of nbval's collector."""
    collectors = yield
    if file_path.suffix != ".ipynb":
        return collectors
    others = [each for each in collectors if not isinstance(each, IPyNbFile)]
    if ".backup-" in file_path.name:
        return others
    return [*others, ExerciseFile.from_parent(parent, path=file_path)]


class ExerciseFile(GradedFile):
    """A notebook of exercises, graded where the reader works."""

    def __init__(self, **named):
        super().__init__(prepared=None, kernels=None, **named)
        self.bench = None

    def collect(self):
        """Prepare the reference, find the answers; one item an exercise."""
        self.bench = Bench(Path(self.path).parent.parent, Path(self.path).stem).__enter__()
        self.config.add_cleanup(self.close)
        self.prepared, self.kernels = self.bench.prepared, self.bench.kernels
        yield from super().collect()

    def repr_failure(self, excinfo):
        """What is wrong with the file, in a sentence."""
        if isinstance(excinfo.value, (Unreadable, NoReference)):
            return f"{Path(self.path).name} cannot be graded. {excinfo.value}"
        return super().repr_failure(excinfo)

    def teardown(self):
        """Stop the kernels."""
        super().teardown()
        self.close()

    def close(self):
        """Give back what the bench holds, once."""
        if self.bench is not None:
            self.bench.__exit__()
            self.bench = None


class Diagnosis(TerminalRepr):
    """A failure in the terminal: the diagnosis first, and the traceback only where it is wanted."""

    def __init__(self, item, folded):
        verdict = item.verdict
        self.line, self.title = verdict["says"], verdict["title"]
        self.detail = "" if folded else verdict["detail"]
        self.repairs = item.parent.repairs
        self.reprcrash = ReprFileLocation(str(item.parent.path), 0, self.line)

    def toterminal(self, tw):
        """Write it."""
        tw.line(self.line, bold=True)
        for each in self.repairs:
            tw.line(f"({each})")
        tw.line(self.detail or "(-vv shows the traceback.)")


def _repr_failure(item, excinfo):
    if item.verdict is None:
        return super(GradedCell, item).repr_failure(excinfo)
    return Diagnosis(item, folded=item.config.get_verbosity() < 2)


GradedCell.repr_failure = _repr_failure
GradedCell.reportinfo = lambda item: (
    item.parent.path,
    0,
    f"{Path(item.parent.path).name}: {item.exercise['title']} ({item.exercise['id']})",
)
