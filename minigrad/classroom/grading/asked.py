"""What `verdict("sum_to")` runs, in a process of its own: an answer in, a verdict out, as JSON."""

import json
import sys
import tempfile
from pathlib import Path

import nbformat

from .limits import Limits
from .references import Bench, stem_of
from .session import in_session


def main():
    """Read {root, number, exercise, cells} and write the verdict on that exercise."""
    asked = json.load(sys.stdin)
    cells = []
    for identity, source in asked["cells"].items():
        cell = nbformat.v4.new_code_cell(source)
        cell.id = identity if not identity.startswith("run-") else cell.id
        cells.append(cell)
    stem = stem_of(asked["root"], asked["number"])
    with tempfile.TemporaryDirectory(prefix="asked-") as folder:
        path = Path(folder) / f"{stem}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        with Bench(asked["root"], stem, [asked["exercise"]], Limits(cell=10.0)) as bench:
            result = in_session(lambda grade: grade(path, bench.prepared, bench.kernels))
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
