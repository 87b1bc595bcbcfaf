"""nbval's own kernels, for systems where none can be forked."""

import os
import signal
import tempfile
import time
from queue import Empty

from nbval.kernel import CURRENT_ENV_KERNEL_NAME, RunningKernel

from .containment import MB
from .limits import Fate, NoKernel, environment, in_place_of_an_answer, remove


class PlainKernel(RunningKernel):
    """nbval's own kernel, for systems without fork; only time and output are limited."""

    missing = ("memory, files, network and processes are not limited: this system cannot fork",)

    def __init__(self, stage, setup, limits):
        self.limits, self.fate, self.folder = limits, None, tempfile.mkdtemp(prefix="grading-")
        self.size, self.deadline, self.late, self.asked = 0, 0.0, [], None
        before = dict(os.environ)
        os.environ.clear()
        os.environ.update(environment(stage, self.folder))
        try:
            super().__init__(CURRENT_ENV_KERNEL_NAME, cwd=self.folder)
        except Exception as error:
            raise NoKernel(f"A kernel did not start: {error}") from error
        finally:
            os.environ.clear()
            os.environ.update(before)
        for source in setup:
            self.await_reply(self.execute_cell_input(source, allow_stdin=False))

    def execute_cell_input(self, cell_input, allow_stdin=None):
        """Send a cell; its time and its room for output begin now."""
        self.size, self.fate, self.late = 0, None, []
        self.deadline = time.monotonic() + self.limits.cell
        self.asked = super().execute_cell_input(cell_input, allow_stdin=allow_stdin)
        return self.asked

    def await_reply(self, msg_id, timeout=None):
        """Gather the cell's messages until it is idle, or until the kernel must be ended."""
        if self.asked is None:  # while the kernel is starting
            return super().await_reply(msg_id, timeout)
        while self.fate is None:
            try:
                message = self.kc.get_iopub_msg(timeout=0.25)
            except Empty:
                if not self.is_alive():
                    self._end("died", "The kernel died.")
                elif time.monotonic() > self.deadline:
                    self._end("time", f"It took longer than {self.limits.cell:g} seconds.")
                continue
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            self.late.append(message)
            content = message["content"]
            self.size += len(str(content))
            if self.size > self.limits.output:
                self._end("output", f"It printed more than {self.limits.output / MB:g} MB.")
            elif time.monotonic() > self.deadline:
                self._end("time", f"It took longer than {self.limits.cell:g} seconds.")
            elif content.get("execution_state") == "idle":
                return None
        return None

    def is_alive(self):
        """Whether the kernel takes another cell."""
        return self.fate is None and super().is_alive()

    def get_message(self, stream, timeout=None):
        """The next message: of a cell what was gathered, before the first cell as nbval does."""
        if stream == "iopub" and self.asked is not None:
            if not self.late:
                raise Empty
            return self.late.pop(0)
        return super().get_message(stream, timeout)

    def _end(self, kind, text):
        self.fate = Fate(kind, text)
        self.km.signal_kernel(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        for each, said in in_place_of_an_answer(self.fate):
            parent = {"msg_id": self.asked}
            self.late.append({"msg_type": each, "content": said, "parent_header": parent})

    def stop(self):
        """Stop the kernel, and remove what it wrote."""
        if hasattr(self, "km"):
            super().stop()
            remove(self.folder)
