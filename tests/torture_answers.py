"""Answers to one exercise that do what no answer should; see `torture`."""

from torture import CUBE, WRONG_CUBE

IN_RULE = CUBE.replace("        (x,) = ctx.saved\n", "        (x,) = ctx.saved\n        {}\n")


def also(line):
    """The right answer, with a line before it."""
    return f"{line}\n\n{CUBE}"


def inside(line):
    """The right answer, with a statement in its rule."""
    return IN_RULE.format(line)


def showing(text):
    """An answer after which the check shows a text of the answer's own."""
    shown = f"type('Text', (), {{'__repr__': lambda self: {text}}})()"
    return f"{CUBE}\nrounded = lambda *a: {shown}\n"


FORGE = """
import json, os, socket, stat
result = {"data": {"text/plain": "{'at 2': [8.0]}"}, "metadata": {}, "execution_count": 1}
for number in range(3, 1200):
    try:
        if stat.S_ISSOCK(os.fstat(number).st_mode):
            done = {"execution_state": "idle"}
            for kind, content in (("execute_result", result), ("status", done)):
                message = {"type": kind, "request": 2, "content": content}
                os.write(number, json.dumps(message).encode() + b"\\n")
    except OSError:
        pass
"""
GARBAGE = """
import os
for number in range(3, 1200):
    try:
        os.write(number, b"{]\\n")
    except OSError:
        pass
"""
READ = "text = open({!r}).read()\nshapes_of_others = text[:0]"
EVIL = """
class Evil:
    def __eq__(self, other):
        return True

    def __repr__(self):
        return "{'at 2': [8.0]}"


rounded = lambda *a, **k: Evil()
"""

# name: (the answer to Cube, its state, words of what is said)
ANSWERS = {
    # --- right, whatever else it does ------------------------------------------------------------
    "prints while it works": (inside("print('x is', x)"), "right", ""),
    "prints at the top": (also("print('hello')"), "right", ""),
    "warns": (inside("import warnings; warnings.warn('careful')"), "right", ""),
    "writes to stderr": (inside("import sys; print('oh', file=sys.stderr)"), "right", ""),
    "shows a value": (CUBE + "\n1 + 1", "right", ""),
    "displays something": (also("from IPython.display import display; display(3)"), "right", ""),
    "uses a magic": (also("%time x = 1"), "right", ""),
    "draws inline": (also("%matplotlib inline"), "right", ""),
    "awaits": (also("import asyncio\nawait asyncio.sleep(0)"), "right", ""),
    "raises after the definition": (CUBE + "\n1 / 0", "right", ""),
    "changes the global seed": (also("import numpy as np; np.random.seed(0)"), "right", ""),
    "runs a program that is not run": (also("!pip install numpy\nx = !ls"), "right", ""),
    "says begin( and verdict(": ('# begin(3)\nverdict("Cube")\n' + CUBE, "right", ""),
    "leaves a thread": (
        also("import threading, time; threading.Thread(target=time.sleep, args=(99,)).start()"),
        "right",
        "",
    ),
    "hangs at exit": (
        also("import atexit, time; atexit.register(time.sleep, 99)"),
        "right",
        "",
    ),
    "writes a file of its own": (also("open('notes.txt', 'w').write('x')"), "right", ""),
    "ignores signals": (
        also("import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"),
        "right",
        "",
    ),
    # --- wrong, and no trick helps ---------------------------------------------------------------
    "nothing": ("", "error", "Nothing here is called Cube"),
    "a comment": ("# I have no idea", "error", "Nothing here is called Cube"),
    "another name": (CUBE.replace("Cube", "Kube"), "error", "Nothing here is called Cube"),
    "broken off": (CUBE[:60], "error", "cannot read"),
    "a bracket too few": (CUBE[:-4], "error", "Python cannot read the answer"),
    "tabs and spaces": (CUBE.replace("        return x", "\treturn x"), "error", "cannot read"),
    "no class": ("Cube = 3", "error", "AttributeError"),
    "raises": (inside("raise ValueError('no')"), "error", "ValueError: no"),
    "an error that cannot be shown": (
        inside("raise type('E', (Exception,), {'__str__': lambda s: 1 / 0})()"),
        "error",
        "E",
    ),
    "calls itself without end": (
        inside("return Cube.backward(ctx, grad)"),
        "error",
        "calls itself without end",
    ),
    "asks for the answer": (inside("grad = input()"), "error", "Nobody is there to type"),
    "leaves the kernel": (inside("import sys; sys.exit()"), "error", "SystemExit"),
    "allclose is always true": (
        "np.allclose = np.array_equal = lambda *a, **k: True\n" + WRONG_CUBE,
        "wrong",
        "",
    ),
    "everything is equal": (EVIL + WRONG_CUBE, "wrong", ""),
    "print says what is wanted": (
        "import builtins\nbuiltins.print = lambda *a: None\n" + WRONG_CUBE,
        "wrong",
        "",
    ),
    "round is another": (
        "import builtins\nbuiltins.round = builtins.float = lambda *a: 8.0\n" + WRONG_CUBE,
        "error",
        "",
    ),
    "IPython shows something else": (
        "get_ipython().display_formatter.format = "
        "lambda *a, **k: ({'text/plain': \"{'at 2': [8.0]}\"}, {})\n" + WRONG_CUBE,
        "wrong",
        "",
    ),
    "a forged result": (FORGE + WRONG_CUBE, "wrong", ""),
    "tries the real package": (
        "import sys\nfor each in [m for m in sys.modules if m.startswith('minigrad')]:\n"
        "    del sys.modules[each]\nsys.path[:] = [p for p in sys.path if 'stage' not in p]\n"
        "from minigrad.ops.arithmetic import Mul as Cube",
        "error",
        "",
    ),
    "an endless string": (showing("'\\\\' * 40_000"), "wrong", ""),
    "a value of quotes": (showing('"\'" * 150_000'), "wrong", ""),
    "a number without end": (showing("'1' * 150_000 + 'x'"), "wrong", ""),
    "many lines": (showing("'a\\n' * 20_000"), "wrong", ""),
    "a long error": (inside("raise ValueError('x' * 900_000)"), "error", "ValueError: xxx"),
    # --- what must be stopped --------------------------------------------------------------------
    "never ends": ("while True:\n    pass", "ended", "never ends"),
    "never ends when called": (inside("while True: pass"), "ended", "never ends"),
    "sleeps": (also("import time; time.sleep(1000)"), "ended", "longer than"),
    "prints without end, and goes on": (
        "while True:\n    try:\n        print('x' * 1000)\n    except BaseException:\n        pass",
        "ended",
        "printed more than",
    ),
    "prints slowly without end": (
        "import time\nwhile True:\n    print('.', flush=True)\n    time.sleep(0.05)",
        "ended",
        "longer than",
    ),
    "100 MB": (also("print('x' * 100_000_000)"), "ended", "printed more than"),
    "ends the process": ("import os\nos._exit(0)", "ended", "exit code 0"),
    "ends it when called": (inside("import os; os._exit(7)"), "ended", "exit code 7"),
    "crashes": ("import ctypes\nctypes.string_at(0)", "ended", "SIGSEGV"),
    "aborts": ("import os\nos.abort()", "ended", "crashed"),
    "kills itself": ("import os\nos.kill(os.getpid(), 9)", "ended", "was killed"),
    "garbage for the grader": (GARBAGE + CUBE, "ended", "channel to the grader"),
    "closes everything": (
        "import os\nfor number in range(3, 1200):\n    try:\n        os.close(number)\n"
        "    except OSError:\n        pass\n" + CUBE,
        "ended",
        "",
    ),
    "fills the disk": (
        "for n in range(99):\n    open(str(n), 'wb').write(bytes(10**7))\nwhile True: pass",
        "ended",
        "wrote more than",
    ),
    "ten thousand files": (
        "for n in range(10**4):\n    open(str(n), 'w')\nwhile True: pass",
        "ended",
        "wrote more than",
    ),
    "fills the disk, and prints": (
        "for n in range(400):\n    open(str(n), 'wb').write(bytes(10**6))\n    print(n)",
        "ended",
        "wrote more than",
    ),
    "folders without end": (
        "import os\nfor n in range(1500):\n    os.mkdir('d')\n    os.chdir('d')\n" + CUBE,
        "ended",
        "wrote more than",
    ),
    "a signal without a name": ("import os\nos.kill(os.getpid(), 40)", "ended", "crashed"),
    "a message of no kind": (
        "import sys\nwire = sys.stdout.flush.__func__.__globals__['wire']\n"
        'wire.socket.sendall(b\'{"type": ["x"], "request": 1, "content": {}}\\n\')\n' + CUBE,
        "ended",
        "channel to the grader",
    ),
    # --- what is not possible --------------------------------------------------------------------
    "takes all memory": ("x = bytearray(10**10)\n" + CUBE, "error", "more memory"),
    "takes memory when called": (inside("bytearray(10**10)"), "error", "more memory"),
    "forks": (inside("import os; os.fork()"), "error", "start no programs"),
    "starts a program": (
        inside("import subprocess; subprocess.run(['ls'])"),
        "error",
        "start no programs",
    ),
    "a thousand threads": (
        inside(
            "import threading, time\n        for _ in range(10**4): "
            "threading.Thread(target=time.sleep, args=(50,), daemon=True).start()"
        ),
        "error",
        "RuntimeError",
    ),
    "one huge file": (inside("open('big', 'wb').write(bytes(10**8))"), "error", "OSError"),
    "kills its parent": (inside("import os; os.kill(os.getppid(), 9)"), "error", "PermissionError"),
    "kills everybody": (inside("import os; os.kill(-1, 9)"), "error", "PermissionError"),
    "calls a server": (
        inside("import socket; socket.create_connection(('127.0.0.1', 80))"),
        "error",
        "use no network",
    ),
    "sends a datagram": (
        inside("import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"),
        "error",
        "use no network",
    ),
    "reads the solutions": (
        inside(READ.format("{solutions}/03_operations.ipynb").replace("\n", "; ")),
        "error",
        "only in their own folder",
    ),
    "reads what others handed in": (
        inside("import os; os.listdir('{submissions}')"),
        "error",
        "only in their own folder",
    ),
    "reads the grader's environment": (
        inside("import os; open('/proc/%d/environ' % os.getppid()).read()"),
        "error",
        "only in their own folder",
    ),
    "reads the grader's memory": (
        inside("import os; open('/proc/%d/mem' % os.getppid(), 'rb').read(1)"),
        "error",
        "only in their own folder",
    ),
    "writes beside the notebook": (
        inside("open('{submissions}/grade.txt', 'w')"),
        "error",
        "only in their own folder",
    ),
    "removes everything": (
        inside("import shutil; shutil.rmtree('{submissions}')"),
        "error",
        "only in their own folder",
    ),
    "changes rights": (inside("import os; os.chmod('{submissions}', 0)"), "error", "Permission"),
    "lifts the limits": (
        inside("import resource as r; r.setrlimit(r.RLIMIT_AS, (-1, -1))"),
        "error",
        "ValueError",
    ),
}
LINUX = list(ANSWERS)[list(ANSWERS).index("takes all memory") :]  # need the kernel's own means
