"""The walls around an answer, one by one, and what is said where there are none."""

import subprocess
import sys
import time

import pytest
from banks import ROOT, kernels_for

from minigrad.classroom.grading import containment
from minigrad.classroom.grading.kernels import outputs_of, shown
from minigrad.classroom.grading.system_calls import (
    MACHINES,
    NEVER,
    SOMETIMES,
    system_calls,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux' own")


@pytest.fixture(scope="module")
def kernels():
    kernels = kernels_for("03_operations", cell=5)
    yield kernels
    kernels.stop()


def run(kernels, source):
    return shown(outputs_of(kernels.fresh(), source))


def test_everything_is_enforced_here(kernels):
    run(kernels, "1")
    assert kernels.missing == []


SYSCALL = "import ctypes; call = ctypes.CDLL(None, use_errno=True).syscall\n"


@pytest.mark.parametrize(
    "source",
    [
        "open('/etc/passwd').read()",
        "import os; os.listdir('/')",
        "import os; os.listdir('/proc')",
        f"open('{ROOT}/minigrad/ops/broadcasting.py').read()",
        f"import os; os.listdir('{ROOT}/solutions')",
        "open('/tmp/x', 'w')",
        "import os; os.mkdir('/tmp/x')",
        "import os; os.rename('..', '../../x')",
        "import os; os.symlink('/etc/passwd', 'x'); open('x').read()",
        "import os; os.link('/etc/passwd', 'x'); open('x').read()",
        "import os; os.chmod('/tmp', 0o700)",
        "import os; os.chown('/tmp', 1, 1)",
        "import os; os.utime('/tmp')",
        "import os; os.truncate('/etc/passwd', 0)",
        "import socket; socket.socket()",
        "import socket; socket.socket(socket.AF_UNIX)",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import os; os.fork()",
        "import os; os.posix_spawn('/bin/ls', ['ls'], {})",
        "import os; os.execv('/bin/ls', ['ls'])",
        "import os; os.kill(os.getppid(), 0)",
        "import os, signal; os.killpg(os.getpgid(os.getppid()), 0)",
        "import os; os.pidfd_open(os.getppid())",
        "import os; os.memfd_create('x')",
        "import os; os.setpriority(os.PRIO_PROCESS, os.getppid(), 5)",
        "import resource as r, os; r.prlimit(os.getppid(), r.RLIMIT_CPU, (1, 1))",
        "import multiprocessing as m; m.Process(target=print).start()",
        "import socket as s; s.socketpair(s.AF_UNIX, s.SOCK_DGRAM)",
        "import socket as s; s.socketpair()[0].connect('/tmp/x')",
        "import socket as s; s.socketpair()[0].bind('x')",
        "import fcntl, os; fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, os.getppid())",
        "import fcntl, os; fcntl.fcntl(os.pipe()[0], 10, 9)",
        "import fcntl; fcntl.fcntl(open(fcntl.__file__), fcntl.F_SETLEASE, fcntl.F_WRLCK)",
        "import fcntl, os; fcntl.fcntl(os.open('.', 0), fcntl.F_NOTIFY, 1)",
        f"{SYSCALL}if call(294, 0) < 0: raise OSError(ctypes.get_errno())",
    ],
)
def test_an_answer_cannot_reach_out(kernels, source):
    """Also as root: rights that could lead back have been given away."""
    assert "rror" in run(kernels, source).split(":")[0]


@pytest.mark.parametrize(
    "source, value",
    [
        ("open('x', 'w').write('abc'); open('x').read()", "'abc'"),
        ("import os; os.mkdir('d'); os.listdir()", "['d']"),
        ("import tempfile; tempfile.TemporaryFile().write(b'ab')", "2"),
        ("import decimal, sqlite3, zoneinfo; decimal.Decimal('1.5') * 2", "Decimal('3.0')"),
        ("import threading; t = threading.Thread(target=int); t.start(); t.join(); 7", "7"),
        ("import os; os.kill(os.getpid(), 0)", ""),
        ("import numpy.fft; float(numpy.fft.fft([1.0, 0.0])[0].real)", "1.0"),
        ("import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.close(); 3", "3"),
        ("sum(range(10**6))", "499999500000"),
    ],
)
def test_ordinary_work_is_possible(kernels, source, value):
    assert run(kernels, source) == value


def test_a_folder_of_any_depth_is_removed(kernels):
    kernel = kernels.fresh()
    outputs_of(kernel, "import os\nfor n in range(3000):\n    os.mkdir('d')\n    os.chdir('d')")
    scratch = kernel.scratch
    assert kernel.fate.kind == "files" and scratch.exists()
    kernels.drop()
    assert not scratch.exists()


def test_each_kernel_has_a_folder_of_its_own(kernels):
    run(kernels, "open('secret', 'w').write('x')")
    assert run(kernels, "import os; os.listdir()") == "[]"
    assert "Error" in run(kernels, "import os; os.listdir('..')")


def test_no_kernel_outlives_the_one_who_asked_for_it():
    """The grader is killed; its server and the kernel that never ends die with it."""
    program = (
        "from banks import kernels_for\n"
        "kernels = kernels_for('03_operations')\n"
        "kernel = kernels.fresh()\n"
        "kernel.execute_cell_input('while True: pass')\n"
        "print(kernels.warm.process.pid, kernel.pid, flush=True)\n"
        "import time; time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(
        command, cwd=ROOT / "tests", stdout=subprocess.PIPE, text=True
    ) as process:
        pids = process.stdout.readline().split()
        process.kill()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(alive(each) for each in pids):
        time.sleep(0.05)
    assert not any(alive(each) for each in pids)


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_the_numbers_of_system_calls_are_the_machines_own(tmp_path):
    """Compared with the C headers, where there is a compiler."""
    names = [*system_calls(NEVER, 1), *system_calls(SOMETIMES, 1)]
    lines = "\n".join(f"#ifdef SYS_{e}\nL_{e} SYS_{e}\n#endif" for e in names)
    source = tmp_path / "calls.c"
    source.write_text(f"#include <sys/syscall.h>\n{lines}\n", encoding="utf-8")
    try:
        command = ["gcc", "-E", "-P", str(source)]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("there is no C compiler")
    found = {e.split()[0][2:]: int(e.split()[1]) for e in text.splitlines() if e[:2] == "L_"}
    column = MACHINES[containment.platform.machine()][1]
    ours = {**system_calls(NEVER, column), **system_calls(SOMETIMES, column)}
    assert len(found) > 40
    assert {name: ours[name] for name in found if name in ours} == {
        name: number for name, number in found.items() if name in ours
    }
    assert set(ours) >= set(found)


def test_a_system_without_walls_says_which_are_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(containment, "libc", None)
    monkeypatch.setattr(containment, "resource", None)
    assert len(containment.contain(tmp_path, [])) == 2
    assert containment.open_readable() == []


def test_an_unknown_machine_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(containment.platform, "machine", lambda: "vax")
    assert containment._seccomp() == ["network, processes and signals are not walled off on vax"]
