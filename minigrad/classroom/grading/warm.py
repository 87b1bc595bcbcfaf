"""The warm server: a process that has imported everything and waits; each kernel is a fork of it.

It has one thread, no ZeroMQ, and an environment that says nothing; it has never held a solution, a
reference or a seed. Started by `kernels.Warm` with a socket as standard input, over which come
requests (and, with each, the socket of the new kernel) and go answers.
"""

import gc
import json
import os
import signal
import socket
import sys

from .containment import PR_SET_PDEATHSIG, contain, libc, open_readable, resource
from .shell import new_shell, serve


def main():
    """Read the set-up cells, run them, and fork until the grader hangs up."""
    if libc is not None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    control = socket.socket(fileno=os.dup(0))
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 0)
    lines = control.makefile("rb")
    asked = json.loads(lines.readline())
    shell = new_shell()
    problem = None
    for source in asked["setup"]:
        done = shell.run_cell(source, store_history=False)
        problem = problem or done.error_before_exec or done.error_in_exec
    if resource is not None:  # a handle for each thing that may be read
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    readable = open_readable(*asked["readable"])
    gc.collect()
    gc.freeze()  # a fork then copies fewer pages
    threads = len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 1
    if threads > 1:
        problem = problem or RuntimeError(f"the set-up cells left {threads} threads running")
    _answer(control, problem=repr(problem) if problem else None)
    while not problem:
        message, handles, _, _ = socket.recv_fds(control, 4096, 1)
        if not message:
            return
        asked = json.loads(message)
        if asked["do"] == "fork":
            channel = socket.socket(fileno=handles[0])
            child = os.fork()
            if child == 0:
                _become_a_kernel(shell, channel, asked, readable, control, quiet)
            channel.close()
            _answer(control, pid=child)
        else:
            _, status = os.waitpid(asked["pid"], 0)
            _answer(control, status=os.waitstatus_to_exitcode(status))


def _answer(control, **content):
    control.sendall(json.dumps(content).encode() + b"\n")


def _become_a_kernel(shell, channel, asked, readable, control, quiet):
    """In the fork: drop what it must not have, shut itself in, and serve."""
    code = 1
    try:
        os.setsid()
        os.close(control.fileno())
        for handle in (0, 1, 2):
            os.dup2(quiet, handle)
        os.chdir(asked["scratch"])
        missing = contain(asked["scratch"], readable, asked["memory"])
        channel.sendall(json.dumps({"type": "ready", "content": missing}).encode() + b"\n")
        serve(shell, channel)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.path[:] = [each for each in sys.path if each]
    main()
