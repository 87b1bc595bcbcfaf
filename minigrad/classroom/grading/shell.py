"""A small kernel: IPython's shell at the end of a socket, one JSON message a line.

It sends what nbval reads from any kernel (stream, display_data, execute_result, error, status)
without ZeroMQ, threads or ports, so that a process that is ready to run can be forked.
"""

import json
import os
import sys

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

PIECE = 8192  # characters of a stream that are sent together


class Wire:
    """The socket to the grader, and the request that is being answered."""

    socket = request = None
    failed = False  # whether the cell has sent an error

    def send(self, kind, **content):
        """One message, as nbval knows them."""
        self.flush()
        self.failed = self.failed or kind == "error"
        self._send(kind, content)

    def flush(self):
        """What was written so far goes out before the next message does."""
        for stream in streams:
            stream.flush()

    def _send(self, kind, content):
        if self.socket is not None:
            line = json.dumps({"type": kind, "request": self.request, "content": content})
            self.socket.sendall(line.encode() + b"\n")


class Stream:
    """Takes the place of stdout and stderr."""

    encoding, errors, newlines = "utf-8", "replace", None

    def __init__(self, name):
        self.name, self.text = name, ""

    def write(self, text):
        """Keep `text`, and send what has gathered once it is long."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.text += text
        if len(self.text) > PIECE:
            self.flush()
        return len(text)

    def writelines(self, lines):
        """Write each of `lines`."""
        for line in lines:
            self.write(line)

    def flush(self):
        """Send what has gathered."""
        text, self.text = self.text, ""
        if text:
            wire._send("stream", {"name": self.name, "text": text})

    def close(self):
        """Nothing: there is more to come."""

    def isatty(self):
        """No."""
        return False

    def readable(self):
        """No."""
        return False

    def writable(self):
        """Yes."""
        return True


wire = Wire()
streams = [Stream("stdout"), Stream("stderr")]


class Results(DisplayHook):
    """Sends the value of a cell's last expression."""

    def write_output_prompt(self):
        """No `Out[1]:`."""

    def compute_format_data(self, result):
        """As IPython has it, whatever became of the shell's formatter meanwhile."""
        return self.format(result)

    def write_format_data(self, format_dict, md_dict=None):
        """The value in all its formats that are text."""
        data = {key: value for key, value in format_dict.items() if isinstance(value, str)}
        wire.send("execute_result", data=data, metadata={}, execution_count=1)

    def log_output(self, format_dict):
        """Nothing is logged."""

    def finish_displayhook(self):
        """Nothing is left to print."""


class Publisher(DisplayPublisher):
    """Sends what `display` shows."""

    def publish(self, data, metadata=None, source=None, **_):
        """The formats that are text."""
        data = {key: value for key, value in data.items() if isinstance(value, str)}
        wire.send("display_data", data=data, metadata={})


class Shell(InteractiveShell):
    """IPython's shell, which sends errors instead of printing them."""

    displayhook_class = Results
    display_pub_class = Publisher

    def _showtraceback(self, etype, evalue, stb):
        try:
            text = str(evalue)
        except Exception:  # an exception of the user's own, which cannot be shown
            text = ""
        name = str(getattr(etype, "__name__", etype))
        wire.send("error", ename=name, evalue=text, traceback=[str(line) for line in stb])

    def enable_gui(self, gui=None):
        """Nothing: pictures are drawn, and nobody looks at them."""

    def system(self, cmd):
        """What `!` runs elsewhere: here it says that it does not."""
        print(f"(not run here: !{cmd})")
        self.user_ns["_exit_code"] = 0

    system_piped = system_raw = system

    def getoutput(self, cmd, split=True, depth=0):
        """What `x = !ls` gives elsewhere: here nothing."""
        self.system(cmd)
        return [] if split else ""

    def init_sys_modules(self):
        """`__main__` is the notebook."""
        super().init_sys_modules()
        sys.modules["__main__"] = self.user_module


def new_shell():
    """The shell, before anybody's code ran: no history, no files, no colours."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Context"
    config.InteractiveShell.autocall = 0
    shell = Shell.instance(config=config)
    shell.run_cell("pass", store_history=False)  # the first cell is the slowest
    shell.displayhook.format = shell.display_formatter.format
    return shell


def serve(shell, socket):
    """Run what comes over the socket until it closes."""
    wire.socket = socket
    sys.stdout, sys.stderr = streams
    with open(os.devnull) as nothing:
        sys.stdin = nothing
        for line in socket.makefile("rb"):
            asked = json.loads(line)
            wire.request = asked["request"]
            wire.failed = False
            done = shell.run_cell(asked["code"], store_history=False)
            problem = done.error_before_exec or done.error_in_exec
            if problem is not None and not wire.failed:  # one that cannot even be shown
                wire.send("error", ename=type(problem).__name__, evalue="", traceback=[])
            wire.send("status", execution_state="idle")
