"""`python tests/bench/grading.py`: what grading costs, beside plain nbval and nbgrader, in one run.

30 submissions of the notebook of chapter 03 with 10 + 6 code cells. nbgrader is timed where it is
installed (`--nbgrader PYTHON` names the Python that has it).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from banks import stage  # noqa: E402
from classroom_class import class_of  # noqa: E402

STEM = "03_operations"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-s", "--submissions", type=int, default=30)
    parser.add_argument("--nbgrader", metavar="PYTHON", help="a Python with nbgrader")
    parser.add_argument("--only-ours", action="store_true", help="for large numbers")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        handed = folder / "submissions"
        class_of(given.submissions, STEM, handed)
        for path in handed.rglob("*.ipynb"):
            sixteen_code_cells(path)
        seconds, memory = timed(ours(handed, folder / "grades"))
        rows = {"minigrad-grade -n 2": seconds}
        if not given.only_ours:
            environment = {**os.environ, "PYTHONPATH": stage(STEM)}
            rows["pytest --nbval -n 2"] = timed(nbval(handed, "-n", "2"), environment)[0]
            rows["pytest --nbval"] = timed(nbval(handed), environment)[0]
        if given.nbgrader:
            rows["nbgrader autograde"] = nbgrader(given.nbgrader, handed, folder / "nbgrader")
    print(f"{given.submissions} submissions; s a submission, ratio; peak {memory:.0f} MB")
    for name, each in rows.items():
        print(f"{name:24} {each / given.submissions:6.3f} {each / seconds:6.1f}")


def sixteen_code_cells(path):
    """Ten cells of the notebook (set-up, answers, three more), six checks, and no verdicts."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [e for e in notebook["cells"] if not e["id"].endswith("-verdict")]
    more = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells += [{**more, "id": f"more-{n}", "source": f"np.arange({n})"} for n in range(3)]
    solution = json.loads((ROOT / "solutions" / path.name).read_text(encoding="utf-8"))
    wanted = {each["id"]: each for each in solution["cells"]}
    for cell in cells:
        if cell["id"].endswith("-check"):  # so that plain nbval has something to compare with
            cell.update(outputs=wanted[cell["id"]]["outputs"], execution_count=1)
    assert sum(e["cell_type"] == "code" for e in cells) == 16
    path.write_text(json.dumps({**notebook, "cells": cells}), encoding="utf-8")


def ours(handed, out):
    command = [sys.executable, "-m", "minigrad.classroom", "grade", str(ROOT / "solutions")]
    return [*command, str(handed), "--out", str(out), "-n", "2"]


def nbval(handed, *more):
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-current-env"]
    dist = ["--dist", "loadfile"] if more else []
    return [*command, *more, *dist, "-p", "no:cacheprovider", "-c", os.devnull, str(handed)]


def timed(command, environment=None):
    """(seconds, the largest sum of the memory of the command and all its children, in MB)."""
    environment = environment or {**os.environ, "PYTHONPATH": str(ROOT)}
    began, peak = time.monotonic(), [0.0]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)

    def watch():
        while process.poll() is None:
            peak[0] = max(peak[0], memory_of(process.pid))
            time.sleep(0.2)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    seconds = time.monotonic() - began
    watcher.join()
    return seconds, peak[0]


def memory_of(pid):
    """MB that a process and its descendants use; what forks share counts once (Linux)."""
    total = 0.0
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
        total += next(int(e.split()[1]) for e in text.splitlines() if e.startswith("Pss:")) / 1024
        for thread in Path(f"/proc/{pid}/task").iterdir():
            children = (thread / "children").read_text(encoding="utf-8").split()
            total += sum(memory_of(int(each)) for each in children)
    except (OSError, StopIteration):
        pass
    return total


def nbgrader(python, handed, folder):
    """Seconds that `nbgrader autograde` takes for the same submissions."""
    source = folder / "source" / "ps" / f"{STEM}.ipynb"
    source.parent.mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / source.name, source)
    sixteen_code_cells(source)
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'x'\nc.ExecutePreprocessor.timeout = 60\n"
    )
    path = os.pathsep.join([str(Path(python).parent), os.environ["PATH"]])
    environment = {**os.environ, "PYTHONPATH": stage(STEM), "PATH": path}
    options = {"cwd": folder, "env": environment, "capture_output": True, "check": True}
    run = [python, "-m", "nbgrader"]
    subprocess.run([*run, "generate_assignment", "ps"], **options)
    for path in handed.glob("*/*.ipynb"):
        target = folder / "submitted" / path.parent.name / "ps"
        target.mkdir(parents=True)
        shutil.copy(path, target)
    began = time.monotonic()
    subprocess.run([*run, "autograde", "ps"], **{**options, "check": False})
    return time.monotonic() - began


if __name__ == "__main__":
    main()
