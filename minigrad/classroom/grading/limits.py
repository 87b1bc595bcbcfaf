"""What an answer may use, what a kernel may say, and why a kernel was ended."""

import contextlib
import os
import signal
from dataclasses import dataclass

from ..verdict import GRADING
from .containment import MB, MEMORY


@dataclass
class Limits:
    """What an answer may use: seconds a cell and a submission; bytes; files."""

    cell: float = 20.0
    submission: float = 120.0
    memory: int = MEMORY
    output: int = 2 * MB
    files: int = 50 * MB
    entries: int = 1000  # files and folders


@dataclass
class Fate:
    """Why a kernel ended: a short name, and a sentence for the person whose answer ended it."""

    kind: str  # "time", "output", "files", "died", "protocol"
    text: str


def in_place_of_an_answer(fate):
    """What stands for the messages of a cell that did not end by itself: (kind, content)."""
    yield "error", {"ename": "KernelEnded", "evalue": fate.text, "traceback": []}
    yield "status", {"execution_state": "idle"}


class NoKernel(Exception):
    """The grader could not start a kernel: not the fault of any answer."""


def environment(stage, scratch):
    """The environment of a kernel: what Python needs, and nothing that tells anything."""
    kept = {key: os.environ[key] for key in ("LANG", "SYSTEMROOT") if key in os.environ}
    folders = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "IPYTHONDIR", "MPLCONFIGDIR"), str(scratch))
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    own = {"PYTHONPATH": str(stage), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    return {
        **kept,
        **folders,
        **threads,
        **own,
        "MPLBACKEND": "Agg",
        "PYTHONUTF8": "1",
        GRADING: "1",
    }


DEEPEST = 50  # folders in folders
PROTOCOL = "It wrote into the channel to the grader."


def well_formed(message):
    """Whether a message has what nbval reads of its kind, with the types that it expects."""
    needed = {
        "ready": (),
        "stream": ("name", "text"),
        "error": ("ename", "evalue"),
        "status": ("execution_state",),
        "display_data": (),
        "execute_result": (),
    }
    kind = message.get("type") if isinstance(message, dict) else None
    content = message.get("content") if isinstance(kind, str) and kind in needed else None
    if kind == "ready":
        return isinstance(content, list)
    if not isinstance(content, dict):
        return False
    if not all(isinstance(content.get(each), str) for each in needed[kind]):
        return False
    if kind == "error":
        trace = content.get("traceback")
        return isinstance(trace, list) and all(isinstance(each, str) for each in trace)
    if kind in ("display_data", "execute_result"):
        data = content.get("data")
        own = isinstance(data, dict) and all(isinstance(each, str) for each in data.values())
        return (
            own
            and isinstance(content.get("metadata"), dict)
            and (kind == "display_data" or content.get("execution_count") == 1)
        )
    return True


def how_it_died(status):
    """A sentence for an exit code (or minus the number of a signal)."""
    if status == -signal.SIGKILL:
        return "The kernel was killed."
    if status < 0:
        known = {int(each): each.name for each in signal.Signals}
        return f"The kernel crashed ({known.get(-status, f'signal {-status}')})."
    return f"The kernel was ended from within (exit code {status})."


def too_much(scratch, limits):
    """A sentence if more lies in `scratch` than is allowed, or deeper."""
    size = entries = 0
    folders = [(str(scratch), 0)]
    while folders:
        folder, depth = folders.pop()
        with contextlib.suppress(OSError), os.scandir(folder) as inside:
            for entry in inside:
                entries += 1
                size += entry.stat(follow_symlinks=False).st_size
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, depth + 1))
        if size > limits.files or entries > limits.entries or depth > DEEPEST:
            most = f"{limits.files / MB:g} MB, {limits.entries} files or {DEEPEST} levels"
            return f"It wrote more than {most}."
    return ""


def remove(folder):
    """Remove a folder, however deep it is: what lies in it is lifted to the top first."""
    top, number = str(folder), 0
    folders = [top]
    for each in folders:  # grows while it is read
        with contextlib.suppress(OSError):
            os.chmod(each, 0o700)
            with os.scandir(each) as inside:
                entries = list(inside)
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    number += 1
                    lifted = os.path.join(top, f"lifted-{number}-{os.getpid()}")
                    os.rename(entry.path, lifted)
                    folders.append(lifted)
                else:
                    os.unlink(entry.path)
    for each in reversed(folders):
        with contextlib.suppress(OSError):
            os.rmdir(each)
