"""Floor 1. Where in the user's program something happened: a line, and how to quote it.

What is kept is a code object and a line number, never a frame: a frame would keep every variable
of its function alive.
"""

import linecache
import os
import sys

PACKAGE = os.path.dirname(os.path.abspath(__file__)) + os.sep
inside = set()  # code objects that belong to the package wherever they are written (`install`)


def users_line():
    """(code object, line number) of the innermost line that is not the package's own; or None."""
    frame = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if code not in inside and not code.co_filename.startswith(PACKAGE):
            return code, frame.f_lineno
        frame = frame.f_back
    return None


def quoted(line):
    """A line in words: "`y.add_(1)` (Cell In[7], line 2)"; for a script the file and the line."""
    code, number = line
    text = linecache.getline(code.co_filename, number).strip()
    return f"`{text}` ({place(code, number)})" if text else place(code, number)


def place(code, number):
    """Where a line is: `Cell In[7], line 2` in a notebook, `train.py, line 30` in a script."""
    return f"{file_or_cell(code.co_filename)}, line {number}"


def file_or_cell(filename):
    """The number of the notebook's cell that a code object comes from, or the name of its file."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if hasattr(ipython, "get_ipython") else None
    known = getattr(getattr(shell, "compile", None), "format_code_name", lambda name: None)
    cell = known(filename)
    return " ".join(cell) if cell else os.path.basename(filename)
