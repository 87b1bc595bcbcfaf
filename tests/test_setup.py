"""`python3 course` and `python3 tests`: what they need, do and say."""

import json
import os
import socket
import subprocess
import sys

import pytest

from minigrad.classroom import environment
from minigrad.classroom.environment import Problem, course_command, missing, pytest_command
from minigrad.classroom.modules import PACKAGE

ROOT = PACKAGE.parent
LAUNCHERS = [ROOT / "course" / "__main__.py", ROOT / "tests" / "__main__.py"]


def heard():
    """A `say` that keeps what it is told, and what it kept."""
    said = []
    return (lambda text, end="\n": said.append(text)), said


# --- what is needed -------------------------------------------------------------------------------
def test_the_requirements_are_those_of_pyproject_that_every_machine_needs():
    course = {name for name, _ in environment.requirements(tests=False)}
    assert course == {"jupyterlab", "numpy", "matplotlib", "graphviz", "nbval"}
    more = {name for name, _ in environment.requirements(tests=True)} - course
    assert more == {"pytest", "pytest-xdist", "hypothesis", "ruff"}


@pytest.mark.parametrize(
    ("version", "expected"), [("2.0", (2, 0)), ("2.10.1", (2, 10, 1)), ("4.3.0rc1", (4, 3, 0))]
)
def test_versions_compare_as_numbers(version, expected):
    assert environment.numbers(version) == expected


def test_an_environment_that_has_everything_is_used_as_it_is(monkeypatch):
    monkeypatch.setattr(environment, "missing", lambda tests, root: [])
    assert environment.python_for(tests=True) == sys.executable


def test_a_package_that_is_not_there_or_too_old_is_missing(monkeypatch):
    wanted = [("numpy", "999"), ("no-such-package-anywhere", "1.0")]
    monkeypatch.setattr(environment, "requirements", lambda tests, root: wanted)
    assert missing(False)[:2] == ["numpy>=999", "no-such-package-anywhere"]


def test_minigrad_from_another_folder_does_not_count(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "requirements", lambda tests, root: [])
    assert missing(False, tmp_path) == ["minigrad from this folder"]


# --- making the environment -----------------------------------------------------------------------
@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A folder with a pyproject.toml alone, on a Python that lacks something."""
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(environment, "missing", lambda tests, root: ["numpy"])
    return tmp_path


def test_a_second_start_installs_nothing(bare, monkeypatch):
    venv = bare / ".venv"
    venv.mkdir()
    (venv / environment.STAMP).write_text(json.dumps(environment.stamp(bare)))
    monkeypatch.setattr(environment, "works", lambda python: True)
    monkeypatch.setattr(environment, "set_up", lambda *_: pytest.fail("set up again"))
    assert environment.python_for(tests=False, root=bare).startswith(str(venv))


@pytest.mark.parametrize("change", ["pyproject", "stamp", "python"])
def test_a_changed_or_half_made_environment_is_brought_up_to_date(bare, monkeypatch, change):
    venv, done = bare / ".venv", []
    venv.mkdir()
    (venv / environment.STAMP).write_text(json.dumps(environment.stamp(bare)))
    monkeypatch.setattr(environment, "works", lambda python: change != "python")
    monkeypatch.setattr(environment, "set_up", lambda *_: done.append(True))
    if change == "pyproject":
        (bare / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    if change == "stamp":
        (venv / environment.STAMP).write_text("{ half a sta")
    environment.python_for(tests=False, root=bare)
    assert done == [True]


def test_the_steps_are_said(bare, monkeypatch):
    say, said = heard()
    monkeypatch.setattr(environment, "works", lambda python: True)
    monkeypatch.setattr(environment, "install", lambda *_: None)
    (bare / ".venv").mkdir()
    environment.python_for(tests=False, root=bare, say=say)
    assert said[0].startswith("Setting up minigrad") and said[-1] == "Done."
    assert environment.read_stamp(bare / ".venv") == environment.stamp(bare)


# --- one clear sentence ---------------------------------------------------------------------------
def sentence(action, *given):
    with pytest.raises(Problem) as caught:
        action(*given)
    text = str(caught.value)
    assert "\n" not in text and text.endswith(".")
    return text


def test_a_missing_venv_module(bare, monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    assert "sudo apt install python3." in sentence(environment.python_for, False, bare)


def test_a_folder_that_cannot_be_written_to(bare, monkeypatch):
    monkeypatch.setattr(environment.os, "access", lambda *_: False)
    assert "folder of your own" in sentence(environment.python_for, False, bare)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("... [Errno -3] Temporary failure in name resolution ...", "needs the internet"),
        ("NewConnectionError: Connection refused\nERROR: No matching distribution", "the internet"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("first line\nERROR: something else\n\n", "failed: ERROR: something else"),
        ("", "no message"),
    ],
)
def test_a_failed_installation(output, expected):
    text = environment.reason(output, "installing")
    assert expected in text and "\n" not in text and text.endswith(".")


def test_a_busy_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"port {port} is used" in sentence(course_command, "python", ["--port", str(port)])
        assert "port" in sentence(course_command, "python", [f"--port={port}"])
    assert "--port" in course_command("python", ["--port", str(port)])


@pytest.mark.parametrize("arguments", [["--port", "many"], ["--port"], ["--port=70000"]])
def test_a_port_that_is_no_port(arguments):
    assert "--port takes a number" in sentence(course_command, "python", arguments)


def test_a_problem_ends_in_one_line_and_a_status(capsys):
    def fails(python, arguments, root):
        raise Problem("something is missing.")

    assert environment.main(fails, [], tests=True, root=ROOT) == 1
    assert capsys.readouterr().err == "minigrad: something is missing.\n"


@pytest.mark.parametrize("launcher", LAUNCHERS, ids=lambda path: path.parent.name)
def test_an_old_python_is_told_so(launcher):
    """The check is the first thing that runs, in words that old Pythons can read."""
    program = (
        "import runpy, sys\n"
        "sys.version_info = (3, 8, 0, 'final', 0)\n"
        f"runpy.run_path({str(launcher)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("minigrad: Python 3.10 or newer is needed, and this is 3.8")
    assert len(done.stderr.splitlines()) == 1
    text = launcher.read_text(encoding="ascii")
    assert 'f"' not in text.split("import importlib")[0]


# --- what is run ----------------------------------------------------------------------------------
def test_jupyterlab_opens_the_first_chapter_and_gets_the_arguments():
    command = course_command("python", ["--no-browser", "--ip", "0.0.0.0"])
    root = environment.ROOT
    assert command[:4] == ["python", "-m", "jupyterlab", f"--ServerApp.root_dir={root}"]
    assert command[4] == str(root / "course" / "00_start_here.ipynb")
    assert command[-3:] == ["--no-browser", "--ip", "0.0.0.0"]
    chosen = course_command("python", ["04_backward.ipynb"])
    assert chosen[-1] == str(root / "course" / "04_backward.ipynb")
    assert not any("00_start_here" in each for each in chosen)
    exercise = os.path.join("exercises", "03_operations.ipynb")
    assert exercise in course_command("python", [exercise])


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no root on Windows")
@pytest.mark.parametrize(("user", "expected"), [(0, 1), (1000, 0)])
def test_root_is_allowed_without_being_asked(monkeypatch, user, expected):
    monkeypatch.setattr(environment.os, "geteuid", lambda: user)
    assert course_command("python", []).count("--allow-root") == expected


def test_tests_run_on_all_cores_and_get_the_arguments():
    command = pytest_command(sys.executable, ["-k", "engine"])
    assert command[:3] == [sys.executable, "-m", "pytest"] and command[-2:] == ["-k", "engine"]
    assert command[3:-2] == ["-n", "auto", "--dist", "loadfile"]


STATUS = """
import os, sys
from minigrad.classroom import environment
os.name = sys.argv[1]
environment.python_for = lambda *_, **__: sys.executable
def exits(python, arguments, root):
    return [python, "-c", "import os; print(os.getcwd()); raise SystemExit(5)"]
sys.exit(environment.main(exits, [], tests=True))
"""


@pytest.mark.parametrize("system", [os.name, "nt"])
def test_the_exit_status_is_that_of_the_program(system):
    done = subprocess.run(
        [sys.executable, "-c", STATUS, system], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.strip()) == (5, str(ROOT)), done.stderr


@pytest.mark.slow
def test_both_commands_work_in_a_fresh_copy(tmp_path):
    """Clones the repository, sets everything up (from the network), and runs a test in it."""
    copy = tmp_path / "a folder with spaces"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)
    for arguments in (["tests", "-q", "-k", "floors"], ["course", "--version"]):
        done = subprocess.run(
            [sys._base_executable, str(copy / arguments[0]), *arguments[1:]],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
