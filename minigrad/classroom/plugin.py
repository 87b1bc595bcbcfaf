"""nbval, strictly, for the course: each chapter runs on its own stage of the package.

A `conftest.py` beside notebooks imports the hook below. It takes the place of nbval's own collector
(returning one beside it would collect every cell twice), with or without `--nbval`.
"""

import os
from contextlib import ExitStack

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

from .running import TIMEOUT, stage_of
from .sanitize import VARYING

STAGE = "MINIGRAD_STAGE"  # in the environment: "finished" runs all chapters on the whole package


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    """Collect a notebook with `ChapterFile` instead of nbval's collector."""
    collectors = yield
    if file_path.suffix != ".ipynb":
        return collectors
    others = [each for each in collectors if not isinstance(each, IPyNbFile)]
    return [*others, ChapterFile.from_parent(parent, path=file_path)]


class ChapterFile(IPyNbFile):
    """A chapter: run in this environment, on its stage, all outputs compared."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.compare_outputs = True  # also under --nbval-lax
        self.sanitize_patterns.update(VARYING)
        self.skip_compare += ("image/svg+xml",)  # differs between versions of Graphviz
        self.open = ExitStack()

    def collect(self):
        """One item a code cell, named by the cell's number among all cells of the notebook."""
        for item in super().collect():
            place = next(n for n, cell in enumerate(self.nb.cells) if cell is item.cell)
            yield ChapterCell.from_parent(
                self,
                name=f"cell {place} ({item.cell.get('id', 'no id')})",
                cell_num=place,
                cell=item.cell,
                options=item.options,
            )

    def setup(self):
        """Start the kernel; it finds the stage's package before any other."""
        number = self.path.name.split("_")[0]
        begins_itself = self.path.parent.name == "solutions"  # by begin(…) in its first cell
        finished = os.environ.get(STAGE) == "finished" or not number.isdigit() or begins_itself
        stage = stage_of(int(number) if number.isdigit() else 0, finished, self.path.parent)
        _, environment = self.open.enter_context(stage)
        options, before = self.config.option, os.environ.get("PYTHONPATH")
        options.nbval_cell_timeout = min(options.nbval_cell_timeout, TIMEOUT)
        asked, options.nbval_current_env = options.nbval_current_env, True
        os.environ["PYTHONPATH"] = environment["PYTHONPATH"]
        try:
            super().setup()
        finally:
            options.nbval_current_env = asked
            os.environ.pop("PYTHONPATH")
            if before is not None:
                os.environ["PYTHONPATH"] = before

    def teardown(self):
        """Stop the kernel, and remove the stage's folder."""
        super().teardown()
        self.open.close()


class ChapterCell(IPyNbCell):
    """A code cell, which must have been run when it was stored."""

    def runtest(self):
        """Run the cell and compare; nbval itself would pass a cell that was stored unrun."""
        if self.cell.execution_count is None:
            problem = "Stored without having been run, so there is nothing to compare with"
            raise NbCellError(self.cell_num, problem, self.cell.source)
        super().runtest()

    def reportinfo(self):
        """Where a failure is reported to be."""
        return self.path, 0, f"{self.path.name}: cell {self.cell_num}"
