"""A hand-out for a class: exercises, stages and what the checks must show, and no solution."""

import json
import re
import tempfile
import zipfile
from pathlib import Path

from .exercises import read_references
from .references import HANDOUT, STAGES, set_up

SEED = 1  # the hand-out's own; the teacher grades under another
READ_ME = """# Exercises

Python 3.10 or newer with jupyterlab, numpy, matplotlib, graphviz, nbval and pytest:

    pip install jupyterlab numpy matplotlib graphviz nbval pytest

Open the notebooks in `exercises` with `jupyter lab`, and hand in the notebooks themselves.

    pytest --nbval exercises/{}.ipynb

says what is right so far.
"""


def pack(solutions, out, numbers=()):
    """Write a zip file with exercises, stages and reference values, and no solution.

    A student needs neither the course nor minigrad itself. Returns the names of the notebooks.
    """
    from ..exercising import exercise_of

    references = read_references(solutions)
    chosen = {s: r for s, r in references.items() if not numbers or int(s[:2]) in numbers}
    with zipfile.ZipFile(out, "x", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.md", READ_ME.format(next(iter(chosen))))
        conftest = Path(solutions).parent / "exercises" / "conftest.py"
        licence = Path(__file__).resolve().parents[3] / "LICENSE"
        if licence.exists():
            archive.write(licence, "LICENSE")
        archive.writestr("exercises/conftest.py", conftest.read_text(encoding="utf-8"))
        for stem, reference in chosen.items():
            with tempfile.TemporaryDirectory(prefix="stage-") as stage:
                prepared = set_up(reference, stage, SEED)
                for path in sorted(Path(stage).rglob("*")):
                    inside = path.relative_to(stage)
                    if path.suffix in (".py", ".json", ".npz"):
                        archive.write(path, f"{STAGES}/{stem}/{inside.as_posix()}")
            archive.writestr(f"{HANDOUT}/{stem}.json", json.dumps(prepared))
            source = Path(solutions) / f"{stem}.ipynb"
            notebook = exercise_of(json.loads(source.read_text(encoding="utf-8")))
            for cell in notebook["cells"]:
                if cell["cell_type"] == "markdown":  # the course is not in the hand-out
                    text = re.sub(
                        r"\[([^]]+)\]\(\.\./course/[^)]*\)", r"\1", "".join(cell["source"])
                    )
                    cell["source"] = text.splitlines(keepends=True)
                if cell["id"] == "setup":
                    find = f'import sys\n\nsys.path.insert(0, "../{STAGES}/{stem}")\n'
                    cell["source"] = (find + "".join(cell["source"])).splitlines(keepends=True)
            text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
            archive.writestr(f"exercises/{stem}.ipynb", text)
    return list(chosen)
