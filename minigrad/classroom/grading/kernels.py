"""Kernels for one notebook: its stage and set-up are in each of them."""

from dataclasses import dataclass, field

import nbformat

from .forked import FORKS, Warm, WarmKernel
from .limits import Limits
from .plain import PlainKernel

LONGEST_ERROR = 400  # characters


@dataclass
class Kernels:
    """Gives out kernels: forks of one warm server, or plain ones (None: where it must be)."""

    stage: str  # the folder that holds the package `minigrad`
    setup: list
    limits: Limits = field(default_factory=Limits)
    plain: bool = None
    warm: Warm = None
    last: object = None

    def __post_init__(self):
        if self.plain is None:
            self.plain = not FORKS

    def fresh(self):
        """A kernel in which nothing but the set-up has run; the one before is stopped."""
        self.drop()
        if self.plain:
            self.last = PlainKernel(self.stage, self.setup, self.limits)
        else:
            if self.warm is None:
                self.warm = Warm(self.stage, tuple(self.setup)).start()
            self.last = WarmKernel(self.warm, self.limits)
        return self.last

    def cheap(self):
        """A fresh kernel if that costs little; otherwise the last one, if it is still alive."""
        if self.plain and self.last is not None and self.last.is_alive():
            return self.last
        return self.fresh()

    @property
    def missing(self):
        """What is not enforced on this system."""
        return list(PlainKernel.missing if self.plain else self.warm.missing if self.warm else ())

    def drop(self):
        """Stop the last kernel."""
        if self.last is not None:
            self.last.stop()
            self.last = None

    def stop(self):
        """Stop everything."""
        self.drop()
        if self.warm is not None:
            self.warm.stop()
            self.warm = None


def outputs_of(kernel, source):
    """Run a cell of our own: what it shows, as a notebook stores it."""
    asked = kernel.execute_cell_input(source, allow_stdin=False)
    kernel.await_reply(asked)
    found = []
    while True:
        message = kernel.get_message("iopub")
        kind, content = message["msg_type"], message["content"]
        if kind == "status":
            if content["execution_state"] == "idle":
                return found
        elif kind in ("stream", "error", "display_data", "execute_result"):
            found.append(nbformat.v4.output_from_msg({"header": message, **message}))


def shown(outputs):
    """The value that a check shows, as text; or the error that it ends in."""
    for each in reversed(outputs):
        if each["output_type"] == "execute_result":
            return each["data"].get("text/plain", "")
        if each["output_type"] == "error":
            return f"{each['ename']}: {each['evalue'].split(chr(10))[0]}"[:LONGEST_ERROR]
    return ""
