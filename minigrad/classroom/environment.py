"""What `python3 course` and `python3 tests` have in common: an environment that has everything.

Standard library alone, and nothing of minigrad is imported: at this point nothing is installed. An
environment that has what pyproject.toml asks for, and minigrad from this very folder, is used as it
is. Otherwise `.venv` is made beside pyproject.toml, or brought up to date.
"""

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV, STAMP, LOG = ".venv", "minigrad-setup.json", "minigrad-setup.log"


class Problem(Exception):
    """Something that the user can mend; its text is one clear sentence."""


# --- what is needed -------------------------------------------------------------------------------
def requirements(tests, root=ROOT):
    """[(name, lowest version)] from pyproject.toml, without those that only some machines need.

    Python 3.10 has no TOML reader, so the two lists are found by their brackets.
    """
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    lists = [re.search(r"^dependencies = \[(.*?)^\]", text, re.DOTALL | re.MULTILINE)[1]]
    if tests:
        lists.append(re.search(r"^tests = \[(.*?)\]", text, re.DOTALL | re.MULTILINE)[1])
    entries = re.findall(r'"([\w-]+)>=([\d.]+)(;[^"]*)?"', "\n".join(lists))
    return [(name, version) for name, version, marker in entries if not marker]


def numbers(version):
    """A version as a tuple that compares: `2.10.1rc1` is (2, 10, 1)."""
    return tuple(int(each) for each in re.findall(r"\d+", version.split("rc")[0])[:3])


def missing(tests, root=ROOT):
    """What this Python lacks, as a list of texts; empty if it can be used as it is."""
    lacking = []
    for name, version in requirements(tests, root):
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            lacking.append(name)
            continue
        if numbers(found) < numbers(version):
            lacking.append(f"{name}>={version}")
    spec = importlib.util.find_spec("minigrad")
    if spec is None or not spec.origin or Path(spec.origin).resolve().parents[1] != root:
        lacking.append("minigrad from this folder")
    return lacking


# --- the environment ------------------------------------------------------------------------------
def python_for(tests, root=ROOT, say=print):
    """The Python to use: this one if it has everything, else that of `.venv`, made if need be."""
    if not missing(tests, root):
        return sys.executable
    venv = root / VENV
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if read_stamp(venv) != stamp(root) or not works(python):
        set_up(root, venv, python, say)
    return str(python)


def stamp(root):
    """What has been installed, so that a change of pyproject.toml or of the folder is noticed."""
    wanted = hashlib.sha256((root / "pyproject.toml").read_bytes()).hexdigest()
    return {"pyproject": wanted, "folder": str(root)}


def read_stamp(venv):
    try:
        return json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def works(python):
    """Whether there is a Python that starts; a half-made environment may have none."""
    try:
        return subprocess.run([python, "-c", "import pip"], capture_output=True).returncode == 0
    except OSError:
        return False


def set_up(root, venv, python, say):
    """Make `.venv`, install everything, and say what is being done; Problem if that fails."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Problem(
            "this Python cannot make virtual environments: install the missing part first, on "
            f"Debian or Ubuntu with `sudo apt install python{version}-venv`."
        )
    if not os.access(root, os.W_OK):
        raise Problem(f"cannot write to {root}: copy the project to a folder of your own.")
    say(f"Setting up minigrad in {venv} (once; a minute or two).")
    if not works(python):
        say("  1/2  making the environment")
        command = [sys.executable, "-m", "venv", "--clear", str(venv)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise Problem(reason(done.stdout + done.stderr, "making the environment"))
    say("  2/2  installing JupyterLab, NumPy, Matplotlib, Graphviz, nbval and the test tools")
    install(root, venv, python, say)
    (venv / STAMP).write_text(json.dumps(stamp(root)), encoding="utf-8")
    say("Done.")


def install(root, venv, python, say):
    """`pip install -e .[tests]`, with the name of each package as it comes."""
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--retries", "2", "-e", f"{root}[tests]"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    log = venv / LOG
    with (
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environment,
        ) as process,
        log.open("w", encoding="utf-8") as kept,
    ):
        for line in process.stdout:
            kept.write(line)
            if found := re.match(r"Collecting ([\w.-]+)", line):
                say(f"       {found[1]:60}", end="\r")
    say(" " * 70, end="\r")
    if process.returncode:
        raise Problem(reason(log.read_text(encoding="utf-8"), "installing", log))


NETWORK = "NewConnectionError|name resolution|ConnectTimeout|Network is unreachable|ProxyError"


def reason(output, what, log=None):
    """One sentence for a failed step, from what it printed."""
    if re.search(r"No space left|Disk quota", output):
        return f"{what} stopped because the disk is full: free some space, and start again."
    if re.search(NETWORK, output):
        return (
            f"{what} needs the internet, and the package index cannot be reached: go online, and "
            "start again."
        )
    last = [line for line in output.strip().splitlines() if line.strip()][-1:] or ["no message"]
    where = f" (all of it is in {log})" if log else ""
    return f"{what} failed: {last[0].strip()}{where}."


# --- the two commands -----------------------------------------------------------------------------
def course_command(python, arguments, root=ROOT):
    """The command that opens JupyterLab; Problem if a port was asked for that is in use."""
    port = port_of(arguments)
    if port is not None and in_use(port):
        raise Problem(
            f"port {port} is used by another program: choose another one, as in `--port "
            f"{port + 1}`, or leave it out, and a free one is taken."
        )
    command = [python, "-m", "jupyterlab"]
    if not any("root_dir" in each for each in arguments):
        command.append(f"--ServerApp.root_dir={root}")  # exercises lie beside the course
    course = root / "course"
    arguments = [str(course / e) if (course / e).is_file() else e for e in arguments]
    first = course / "00_start_here.ipynb"
    if first.exists() and not any(each.endswith(".ipynb") for each in arguments):
        command.append(str(first))
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in arguments:
        command.append("--allow-root")
    return [*command, *arguments]


def port_of(arguments):
    """The number after `--port`, or None; Problem if it is no number."""
    for position, each in enumerate(arguments):
        name, _, value = each.partition("=")
        if name in ("--port", "--ServerApp.port"):
            value = value or "".join(arguments[position + 1 : position + 2])
            if not value.isdigit() or not 0 <= int(value) < 65536:
                raise Problem(
                    f"--port takes a number up to 65535, as in `--port 8890`, not {value!r}."
                )
            return int(value)
    return None


def in_use(port):
    """Whether another program listens at this port of this machine."""
    with socket.socket() as probe:
        if os.name != "nt":  # a port that was in use a moment ago may be taken again
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def pytest_command(python, arguments, root=ROOT):
    """The command that runs all tests, on all cores where pytest-xdist is there."""
    command = [python, "-m", "pytest"]
    probe = [python, "-c", "import xdist"]
    if subprocess.run(probe, capture_output=True).returncode == 0:
        command += ["-n", "auto", "--dist", "loadfile"]  # a notebook's cells stay together
    return [*command, *arguments]


ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def main(command, arguments, tests=False, root=ROOT):
    """Set up what is missing, run a command, return its exit status; say problems in a sentence."""
    try:
        python = python_for(tests, root, say=progress)
        words = command(python, arguments, root)
        environment = {**os.environ, **(ONE_THREAD if tests else {})}
        return become(words, root, environment)
    except Problem as problem:
        print(f"minigrad: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nminigrad: stopped; the next start goes on from here.", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"minigrad: {error.strerror or error}: {error.filename or ''}", file=sys.stderr)
        return 1


def become(words, folder, environment):
    """Run the command in place of this process, so that signals reach it; return its status.

    Windows cannot replace a process: there it is waited for.
    """
    if os.name != "nt":
        sys.stdout.flush()
        os.chdir(folder)
        os.execve(words[0], words, environment)
    with subprocess.Popen(words, cwd=folder, env=environment) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # the program gets it too, and answers it
                continue


def progress(text, end="\n"):
    """Print a step; what is overwritten again (`end` is a return) only where somebody watches."""
    if end == "\n" or sys.stdout.isatty():
        print(text, end=end, flush=True)
