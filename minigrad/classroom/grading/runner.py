"""A process that grades one file after the other, and the handle by which it is asked to.

It is not the one that keeps the results: whatever an answer does to it, the supervisor restarts it.
"""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from .kernels import Kernels
from .limits import Limits, NoKernel
from .session import in_session

GRACE = 30.0  # seconds beyond those of a submission, for starting and stopping kernels


def main():
    """Answer jobs, a line of JSON each, until standard input ends."""
    if hasattr(os, "setsid"):
        with contextlib.suppress(OSError):
            os.setsid()
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    in_session(lambda grade: _loop(grade, replies))


def _loop(grade, replies):
    kernels, prepared, stage = None, None, None
    try:
        for line in sys.stdin:
            job = json.loads(line)
            if job["prepared"] != stage:
                if kernels is not None:
                    kernels.stop()
                stage = job["prepared"]
                prepared = json.loads(Path(stage).read_text(encoding="utf-8"))
                limits = Limits(**job["limits"])
                kernels = Kernels(job["stage"], prepared["setup"], limits, job["plain"])
            try:
                result = grade(Path(job["path"]), prepared, kernels, job["keep"])
                result["missing"] = kernels.missing
            except NoKernel as error:
                result = {"lost": str(error)}
                kernels.stop()
            replies.write(json.dumps(result) + "\n")
            replies.flush()
    finally:
        if kernels is not None:
            kernels.stop()


class RunnerDied(Exception):
    """The runner ended, or did not answer in time."""


class Runner:
    """A runner process, started when it is first asked something."""

    def __init__(self, limits=None, plain=None, folder=None):
        self.limits, self.plain, self.process = limits or Limits(), plain, None
        self.folder = folder or tempfile.gettempdir()  # for all that it writes

    def ask(self, path, prepared, stage, keep=None):
        """The verdicts on the notebook at `path`; RunnerDied if none come."""
        if self.process is None:
            self.start()
        job = {"path": str(path), "prepared": str(prepared), "stage": str(stage), "keep": keep}
        job.update(limits=asdict(self.limits), plain=self.plain)
        try:
            self.process.stdin.write(json.dumps(job).encode() + b"\n")
            self.process.stdin.flush()
            return json.loads(self._line())
        except (OSError, ValueError, RunnerDied) as error:
            self.stop()
            raise RunnerDied(f"The grader's own process ended: {error}") from error

    def start(self):
        """Start the process."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "minigrad.classroom.grading.runner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "TMPDIR": str(self.folder),
            },
        )

    def _line(self):
        deadline = time.monotonic() + self.limits.submission + GRACE
        text = b""
        with selectors.DefaultSelector() as selector:
            if os.name != "nt":  # where pipes cannot be waited for, the runner's own limits do
                selector.register(self.process.stdout, selectors.EVENT_READ)
            while not text.endswith(b"\n"):
                left = deadline - time.monotonic()
                if os.name != "nt" and (left <= 0 or not selector.select(left)):
                    raise RunnerDied("it took too long")
                piece = os.read(self.process.stdout.fileno(), 1 << 20)
                if not piece:
                    raise RunnerDied(f"exit code {self.process.wait()}")
                text += piece
        return text

    def stop(self):
        """End the process and what it started."""
        process, self.process = self.process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
        process.stdout.close()


if __name__ == "__main__":
    main()
