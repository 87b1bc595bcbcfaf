"""Kernels forked from a warm server: fast, and shut in."""

import contextlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty

from nbval.kernel import RunningKernel

from .containment import MB
from .limits import (
    PROTOCOL,
    Fate,
    NoKernel,
    environment,
    how_it_died,
    in_place_of_an_answer,
    remove,
    too_much,
    well_formed,
)

EVERY = 0.25  # seconds between two looks at what a kernel has written
FORKS = sys.platform == "linux" and hasattr(os, "pidfd_open")


@dataclass
class Warm:
    """A warm server for one notebook, with the stage and the set-up cells in its memory."""

    stage: Path
    setup: tuple
    process: subprocess.Popen = None
    control: socket.socket = None
    folder: str = None
    missing: list = field(default_factory=list)  # what this system could not enforce

    def start(self):
        """Start the server; NoKernel if the set-up cells fail."""
        self.folder = tempfile.mkdtemp(prefix="grading-")
        self.control, theirs = socket.socketpair()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "minigrad.classroom.grading.warm"],
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self.stage,
            env=environment(self.stage, self.folder),
        )
        theirs.close()
        asked = {"setup": list(self.setup), "readable": [str(self.stage)]}
        self._send(asked)
        if problem := self._answer()["problem"]:
            self.stop()
            raise NoKernel(f"The set-up cells of the notebook fail: {problem}")
        return self

    def _send(self, asked, handles=()):
        try:
            line = json.dumps(asked).encode() + b"\n"
            if handles:
                socket.send_fds(self.control, [line], handles)
            else:
                self.control.sendall(line)
        except OSError as error:
            raise NoKernel(f"The warm server is gone: {error}") from error

    def _answer(self):
        text = b""
        while not text.endswith(b"\n"):
            piece = self.control.recv(65536)
            if not piece:
                said = self.process.stderr.read().decode(errors="replace")[-2000:]
                raise NoKernel(f"The warm server is gone. {said}")
            text += piece
        return json.loads(text)

    def fork(self, scratch, memory):
        """A new kernel's socket and process number."""
        ours, theirs = socket.socketpair()
        asked = {"do": "fork", "scratch": str(scratch), "memory": memory}
        self._send(asked, [theirs.fileno()])
        theirs.close()
        return ours, self._answer()["pid"]

    def status(self, pid):
        """How the kernel `pid` ended: an exit code, or minus the number of a signal."""
        self._send({"do": "status", "pid": pid})
        return self._answer()["status"]

    def stop(self):
        """Stop the server, and whatever it forked."""
        if self.process is not None:
            self.control.close()
            self.process.kill()
            self.process.wait()
            self.process.stderr.close()
            remove(self.folder)
            self.process = None


class WarmKernel(RunningKernel):
    """A fork of a warm server, with nbval's face."""

    def __init__(self, warm, limits):
        self.warm, self.limits, self.fate = warm, limits, None
        self.scratch = Path(tempfile.mkdtemp(prefix="scratch-", dir=warm.folder))
        self.socket, self.pid = warm.fork(self.scratch, limits.memory)
        self.handle, self.status = os.pidfd_open(self.pid), None
        self.socket.setblocking(False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.socket, selectors.EVENT_READ)
        self.buffer, self.messages, self.size, self.count = b"", [], 0, 0
        self.looked = time.monotonic()
        self.deadline = self.looked + 10
        ready = self._next()
        if ready is None or ready["type"] != "ready":
            self.stop()
            raise NoKernel(f"A fork of the warm server did not get ready. {self.fate}")
        warm.missing = ready["content"]

    # --- nbval's face ----------------------------------------------------------------------------
    def execute_cell_input(self, cell_input, allow_stdin=None):
        """Send a cell; its time and its room for output begin now."""
        self.count += 1
        self.size, self.messages, self.fate = 0, [], None
        self.deadline = time.monotonic() + self.limits.cell
        line = json.dumps({"request": self.count, "code": cell_input}).encode() + b"\n"
        self.socket.settimeout(self.limits.cell)
        with contextlib.suppress(OSError):  # what became of the kernel shows in `await_reply`
            self.socket.sendall(line)
        self.socket.setblocking(False)
        return self.count

    def await_reply(self, msg_id, timeout=None):
        """Gather what the cell sends until it is done, or until the kernel must be ended."""
        while self.fate is None:
            message = self._next()
            if message is None:
                self._report()
            elif message.get("request") == msg_id:
                self.messages.append(message)
                if message["type"] == "status":
                    return

    def get_message(self, stream, timeout=None):
        """The next message of the cell, in the form that nbval reads."""
        if not self.messages:
            raise Empty
        message = self.messages.pop(0)
        return {
            "msg_type": message["type"],
            "content": message["content"],
            "parent_header": {"msg_id": message["request"]},
        }

    def is_alive(self):
        """Whether the kernel takes another cell."""
        return self.socket is not None and self.fate is None

    def interrupt(self):
        """A kernel that is late is ended instead."""

    def stop(self):
        """End the process, and remove what it wrote."""
        if self.socket is None:
            return
        self._reap()
        self.selector.close()
        self.socket.close()
        self.socket = None
        os.close(self.handle)
        remove(self.scratch)

    # --- what is behind it -----------------------------------------------------------------------
    def _reap(self):
        """End the process if it has not ended yet; how it ended."""
        if self.status is None:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)
            self.status = self.warm.status(self.pid)
        return self.status

    def _next(self):
        """The next message; None when the kernel has ended or must end, and `fate` says why."""
        while b"\n" not in self.buffer:
            now = time.monotonic()
            if now >= self.deadline:
                return self._end("time", f"It took longer than {self.limits.cell:g} seconds.")
            if now - self.looked > EVERY and (problem := self._look()):
                return self._end("files", problem)
            if self.selector.select(min(self.deadline - now, EVERY)):
                if not (piece := self._receive()):
                    return self._end("died", "")
                self.buffer += piece
                self.size += len(piece)
                if self.size > self.limits.output:
                    most = f"{self.limits.output / MB:g} MB"
                    return self._end("output", f"It printed more than {most}.")
        line, self.buffer = self.buffer.split(b"\n", 1)
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            message = None
        if not well_formed(message):
            return self._end("protocol", PROTOCOL)
        if message["type"] == "status" and (problem := self._look()):
            return self._end("files", problem)
        return message

    def _receive(self):
        try:
            return self.socket.recv(1 << 16)
        except OSError:
            return b""

    def _look(self):
        """What is wrong with the files that the kernel has written, if anything."""
        self.looked = time.monotonic()
        return too_much(self.scratch, self.limits)

    def _end(self, kind, text):
        status = self._reap()
        self.fate = Fate(kind, text or how_it_died(status))

    def _report(self):
        """An error in the place of the answer that did not come."""
        for kind, each in in_place_of_an_answer(self.fate):
            self.messages.append({"type": kind, "request": self.count, "content": each})
