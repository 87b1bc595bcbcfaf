"""Grading on a Dask cluster: the same jobs, sent to whatever machines there are.

Needs `dask.distributed` (`pip install minigrad[dask]`). A worker that dies costs nothing: Dask
sends its jobs to another one.
"""

import atexit
import io
import tempfile
import threading
import zipfile
from dataclasses import asdict
from pathlib import Path

from .limits import Limits
from .runner import Runner, RunnerDied
from .supervising import LOST

RETRIES = 5
_here = threading.Lock()
_runner, _folders = None, {}


def dask_pool(course, address):
    """What `Class.grade` takes as a pool: sends jobs to the scheduler at `address`."""
    try:
        from dask.distributed import Client, as_completed
    except ImportError as error:
        raise FileNotFoundError(
            "--dask needs the package dask.distributed: pip install 'minigrad[dask]'"
        ) from error

    def grade(jobs):
        with Client(address) as client:
            shared, asked, futures = {}, {}, []
            for stem in {job.stem for job in jobs}:
                data = _zipped(course.work / "stages" / stem)
                prepared = (course.work / f"{stem}.json").read_bytes()
                shared[stem] = client.scatter((data, prepared), broadcast=True, hash=False)
            for job in jobs:
                future = client.submit(
                    grade_here,
                    job.path.read_bytes(),
                    job.stem,
                    shared[job.stem],
                    asdict(course.limits),
                    course.plain,
                    pure=False,
                    retries=RETRIES,
                )
                asked[future.key] = job
                futures.append(future)
            for future in as_completed(futures, raise_errors=False):
                if future.status == "finished":
                    yield asked[future.key], future.result()
                else:
                    reason = f"the cluster said {future.exception()!r}."
                    yield asked[future.key], {"lost": LOST.format(reason)}

    return grade


def grade_here(data, stem, shared, limits, plain):
    """Grade one file in a worker of the cluster, with a runner process of its own."""
    global _runner
    stage, prepared = shared
    with _here:
        if _runner is None:
            _runner = Runner(Limits(**limits), plain)
            atexit.register(_runner.stop)
        _runner.limits, _runner.plain = Limits(**limits), plain
        folder = _unpacked(stem, stage, prepared)
        with tempfile.NamedTemporaryFile(suffix=".ipynb") as file:
            file.write(data)
            file.flush()
            ask = file.name, folder / "prepared.json", folder / "stage"
            try:
                return _runner.ask(*ask)
            except RunnerDied:
                pass
            try:
                return _runner.ask(*ask)
            except RunnerDied as error:
                return {"lost": LOST.format(error)}


def _zipped(folder):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*.py")) + sorted(folder.rglob("*.json")):
            archive.write(path, path.relative_to(folder).as_posix())
    return data.getvalue()


def _unpacked(stem, stage, prepared):
    """The folder of a stage and its prepared reference on this machine, made once."""
    key = stem, hash(prepared)
    if key not in _folders:
        folder = Path(tempfile.mkdtemp(prefix="cluster-"))
        with zipfile.ZipFile(io.BytesIO(stage)) as archive:
            archive.extractall(folder / "stage")
        (folder / "prepared.json").write_bytes(prepared)
        _folders[key] = folder
    return _folders[key]
