"""What keeps a stranger's code in its place: limits, Landlock and seccomp, set by the code's own
process before the first line of it runs. No rights are needed for that, and none lead back.

`contain` returns what it could not enforce, so that the gradebook can say so.
Sources: the manual pages landlock(7), seccomp(2), setrlimit(2) and prctl(2).
"""

import ctypes
import errno
import os
import platform
import site
import struct
import sys
import sysconfig
from pathlib import Path

from .system_calls import MACHINES, NEVER, SOMETIMES, system_calls

try:
    import resource
except ImportError:  # Windows
    resource = None

MB, GB = 1 << 20, 1 << 30
MEMORY, FILE_SIZE, OPEN_FILES = 768 * MB, 20 * MB, 128

# --- Landlock ------------------------------------------------------------------------------------
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
TRUNCATE, IOCTL = 1 << 14, 1 << 15
READ = EXECUTE | READ_FILE | READ_DIR
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL  # rights that a file can have
# The number of file rights, of network rights and of scopes that each version of Landlock knows.
KNOWN = {1: (13, 0, 0), 2: (14, 0, 0), 3: (15, 0, 0), 4: (15, 2, 0), 5: (16, 2, 0), 6: (16, 2, 2)}
WRITABLE_DEVICES = ("/dev/null", "/dev/zero")
READABLE = (
    "/dev/urandom",
    "/dev/random",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/fonts",
    "/usr/share/fonts",
    "/usr/share/zoneinfo",
    "/lib64",
)

# --- seccomp -------------------------------------------------------------------------------------
# Of the filter's machine: its instructions, and where it finds call, machine and arguments.
LOAD, EQUAL, AT_LEAST, ANY_BIT, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
NUMBER, MACHINE, FIRST, SECOND = 0, 4, 16, 24
FILE_TRICKS = (8, 10, 15, 1024, 1026)  # of fcntl: signals to others, leases, news of folders
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
CLONE_THREAD, PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP = 0x10000, 1, 38, 22

if sys.platform == "linux":
    libc = ctypes.CDLL(None, use_errno=True)
else:
    libc = None


def contain(scratch, readable, memory=MEMORY):
    """Shut this process in: files in `scratch` alone, `readable` from `open_readable` besides.

    No network, no other processes, no signals to them; `memory` bytes more than now. Returns a list
    of sentences: what this system cannot enforce.
    """
    if libc is None:
        walls = f"files, network and processes are not walled off on {sys.platform}"
        return [walls, *_limits(memory + GB)]
    memory += int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    libc.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getuid() == 0:  # root without its privileges is like anybody else
        libc.capset(struct.pack("=Ii", 0x20080522, 0), bytes(24))
    missing = _landlock(scratch, readable)
    for handle, _ in readable:
        os.close(handle)
    return missing + _limits(memory) + _seccomp()


def _limits(most):
    """Limits on memory (`most` bytes), the size of files, their number and core dumps."""
    if resource is None:
        return [f"memory and files are not limited on {sys.platform}"]
    limits = {"AS": most, "FSIZE": FILE_SIZE, "CORE": 0, "NOFILE": OPEN_FILES}
    for name, limit in limits.items():
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))
        except (ValueError, OSError, AttributeError):  # macOS refuses some
            return [f"RLIMIT_{name} could not be set"]
    return []


# --- files ---------------------------------------------------------------------------------------
def open_readable(*more):
    """What code may read: Python, its libraries, fonts, and `more`, as pairs (handle, rights).

    Wherever minigrad is installed, that one is left out: it holds the answers.
    """
    if libc is None:
        return []
    standard = {sysconfig.get_path(each) for each in ("stdlib", "platstdlib")}
    sites = {*site.getsitepackages(), *(each for each in sys.path if "-packages" in each)}
    shelves = {*standard, *sites, "/usr/lib", "/lib", "/usr/local/lib"}
    paths = {*READABLE, *map(str, more)}
    for shelf in filter(os.path.isdir, shelves):
        for name in os.listdir(shelf):
            path = os.path.join(shelf, name)
            holds_shelf = any(f"{each}/".startswith(f"{path}/") for each in shelves)
            if "minigrad" not in name and not holds_shelf and "-packages" not in name:
                if not (shelf in ("/usr/lib", "/lib", "/usr/local/lib") and "python" in name):
                    paths.add(path)
    rights = {
        **dict.fromkeys(filter(os.path.isdir, shelves), READ_DIR),
        **dict.fromkeys(paths, READ),
    }
    return [(os.open(e, os.O_PATH), rights[e]) for e in sorted(rights) if os.path.exists(e)]


def _landlock(scratch, readable):
    version = libc.syscall(CREATE_RULESET, None, 0, 1)
    if version < 1:
        return ["files are not walled off: this kernel has no Landlock"]
    files, nets, scopes = KNOWN[min(version, max(KNOWN))]
    handled = (1 << files) - 1
    attributes = struct.pack("QQQ", handled, (1 << nets) - 1, (1 << scopes) - 1)
    sizes = 8 * (1 + bool(nets or scopes) + bool(scopes))
    rules = libc.syscall(CREATE_RULESET, attributes, sizes, 0)
    own = [os.open(scratch, os.O_PATH)]
    devices = [os.open(each, os.O_PATH) for each in WRITABLE_DEVICES if os.path.exists(each)]
    rights = [*readable, *((handle, handled) for handle in own)]
    rights += [(handle, READ_FILE | WRITE_FILE) for handle in devices]
    for handle, allowed in rights:
        allowed &= handled
        for access in (allowed, allowed & OF_FILES):  # the second: `handle` is not a folder
            if libc.syscall(ADD_RULE, rules, 1, struct.pack("=Qi", access, handle), 0) == 0:
                break
    if libc.syscall(RESTRICT_SELF, rules, 0):
        return [f"files are not walled off: Landlock refused ({os.strerror(ctypes.get_errno())})"]
    for handle in (rules, *own, *devices):
        os.close(handle)
    return []


# --- system calls --------------------------------------------------------------------------------
class Program(ctypes.Structure):
    """A filter as the kernel takes it: how many instructions, and where they are."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def _seccomp():
    if platform.machine() not in MACHINES:
        return [f"network, processes and signals are not walled off on {platform.machine()}"]
    code = b"".join(_filter(*MACHINES[platform.machine()], os.getpid()))
    buffer = ctypes.create_string_buffer(code, len(code))
    program = Program(len(code) // 8, ctypes.addressof(buffer))
    if libc.prctl(PR_SET_SECCOMP, 2, ctypes.byref(program), 0, 0):
        reason = os.strerror(ctypes.get_errno())
        return [f"network, processes and signals are not walled off: no seccomp ({reason})"]
    return []


def _filter(machine, column, own):
    """The filter's instructions: a refused call fails with EPERM, the others go through.

    Threads may be made, processes not; signals may go to the process itself.
    """
    refuse = _do(RETURN, REFUSE | errno.EPERM)
    yield from (_do(LOAD, MACHINE), _do(EQUAL, machine, 1, 0), refuse, _do(LOAD, NUMBER))
    yield from (_do(AT_LEAST, 0x40000000, 0, 1), refuse)  # the second set of calls on x86-64
    for number in system_calls(NEVER, column).values():
        yield from (_do(EQUAL, number, 0, 1), refuse)
    calls = system_calls(SOMETIMES, column)
    # The C library then takes clone, whose first argument a filter can read.
    yield from (_do(EQUAL, calls["clone3"], 0, 1), _do(RETURN, REFUSE | errno.ENOSYS))
    for name, test, skips in (
        ("clone", (ANY_BIT, CLONE_THREAD), (1, 0)),
        ("kill", (EQUAL, own), (1, 0)),
        ("tgkill", (EQUAL, own), (1, 0)),
        ("prctl", (EQUAL, PR_SET_PDEATHSIG), (0, 1)),
    ):
        yield _do(EQUAL, calls[name], 0, 4)
        yield from (_do(LOAD, FIRST), _do(*test, *skips), refuse, _do(RETURN, ALLOW))
    yield _do(EQUAL, calls["socketpair"], 0, 5)  # streams alone: a datagram can be sent anywhere
    yield from (_do(LOAD, SECOND), _do(AND, 0xF), _do(EQUAL, 1, 1, 0), refuse)
    yield _do(RETURN, ALLOW)
    yield _do(EQUAL, calls["fcntl"], 0, 2 + 2 * len(FILE_TRICKS))
    yield _do(LOAD, SECOND)
    for trick in FILE_TRICKS:
        yield from (_do(EQUAL, trick, 0, 1), refuse)
    yield _do(RETURN, ALLOW)
    yield _do(EQUAL, calls["prlimit64"], 0, 5)  # 0 stands for the process itself
    yield from (_do(LOAD, FIRST), _do(EQUAL, 0, 2, 0), _do(EQUAL, own, 1, 0), refuse)
    yield from (_do(RETURN, ALLOW), _do(RETURN, ALLOW))


def _do(code, value, if_true=0, if_false=0):
    return struct.pack("=HBBI", code, if_true, if_false, value)
