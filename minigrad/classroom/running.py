"""Running a chapter top to bottom in a fresh kernel, and storing what it prints."""

import os
import re
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import nbformat
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbval.kernel import CURRENT_ENV_KERNEL_NAME, NbvalKernelspecManager

from .chapters import COURSE, read_chapters
from .environment import ONE_THREAD
from .modules import PACKAGE
from .sanitize import RANDOM, clean
from .stages import build_stage

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
TIMEOUT = 60  # seconds a cell


@contextmanager
def stage_of(number, finished=False, course=COURSE):
    """A folder with stage `number` (or the finished package), and its kernels' environment."""
    with tempfile.TemporaryDirectory(prefix="stage-") as folder:
        folder = Path(folder).resolve()
        if finished:
            folder = PACKAGE.parent
        else:
            build_stage(number, folder, course)
        path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
        yield folder, {**ONE_THREAD, **os.environ, "PYTHONPATH": path}


def run_chapters(numbers=(), finished=False, course=COURSE):
    """Execute chapters on their own stages and store the outputs; yields each path when done.

    `finished` runs them on the whole package, as a reader does.
    """
    for chapter in read_chapters(course):
        if not numbers or chapter.number in numbers:
            with stage_of(chapter.number, finished, course) as (folder, environment):
                notebook = execute(chapter.path, environment)
            store(notebook, chapter.path, folder)
            yield chapter.path


def execute(path, environment):
    """The notebook with fresh outputs; nbclient's CellExecutionError if a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    manager = KernelManager(
        kernel_name=CURRENT_ENV_KERNEL_NAME, kernel_spec_manager=NbvalKernelspecManager()
    )
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=TIMEOUT,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute(env=environment, stderr=subprocess.DEVNULL)  # the kernel's own remarks
    return notebook


def store(notebook, path, folder):
    """Write an executed notebook so that running it again changes no byte.

    An output that differs from the stored one only in what no two runs share (addresses, numbers
    of processes) stays as it was; the stage's temporary folder is left out of tracebacks.
    """
    before = {each.get("id"): each for each in nbformat.read(path, as_version=4).cells}
    number, count = path.name.split("_")[0], 0
    used = set()
    for position, cell in enumerate(notebook.cells):
        old = before.get(cell.get("id"))
        if not cell.get("id") or cell.id in used:
            cell.id = f"{number}-{position:02}"
        used.add(cell.id)
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = [_without(output, f"{folder}{os.sep}", count) for output in cell.outputs]
            if old is not None and _same(old.get("outputs"), cell.outputs):
                cell.outputs = old.outputs
                for output in cell.outputs:
                    if "execution_count" in output:
                        output.execution_count = count
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.write(notebook, path)


def _same(stored, fresh):
    """Whether outputs differ at most in what no two runs share; pictures count."""
    return clean(stored, RANDOM) == clean(fresh, RANDOM)


def _without(output, folder, count):
    """An output without the stage's folder in its texts, and with the cell's own number."""
    if "execution_count" in output:
        output.execution_count = count
    for key in ("text", "evalue"):
        if key in output:
            output[key] = output[key].replace(folder, "")
    if "traceback" in output:
        output.traceback = [_shorten(line, folder) for line in output.traceback]
    return output


def _shorten(line, folder):
    """A line of a traceback, in which IPython may write `~` for the home folder."""
    home = re.sub(f"^{re.escape(str(Path.home()))}", "~", folder)
    return line.replace(folder, "").replace(home, "")
