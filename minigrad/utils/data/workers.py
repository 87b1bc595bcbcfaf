"""Floor 7. Batches loaded ahead of time by worker processes, and in order.

Each worker has a pipe of its own, and the tasks go round. So the next batch always comes from the
worker whose turn it is, and a worker that dies blocks nobody: its pipe ends.
"""

import multiprocessing
import os
import pickle
import signal
import sys
import weakref
from collections import deque
from contextlib import contextmanager
from multiprocessing.connection import wait
from time import monotonic

from .streams import IterableDataset
from .worker_process import DATA, END, LOAD, ROUND, Job, close, load_one, pipes_of_parent, work

PATIENCE = 5.0  # seconds that a worker has to finish when nobody wants its batches any more


def special_round(loader, seed):
    """The batches of a loader with worker processes; or its samples, if it makes no batches."""
    if loader.num_workers == 0:
        for index in loader.sampler:
            yield load_one(loader, index)
        return
    crew = loader.__dict__.get("_crew")
    if crew is None:
        crew = Crew(loader, seed)
    if loader.persistent_workers:
        loader.__dict__["_crew"] = crew
    done = False
    try:
        yield from crew.round(loader)
        done = True
    finally:
        if not (loader.persistent_workers and (done or sys.exc_info()[0] is GeneratorExit)):
            loader.__dict__.pop("_crew", None)
            crew.stop()


@contextmanager
def later(number):
    """Let a signal wait until the end of a block, also in processes that are started there.

    (Where the system has no such thing, on Windows, it does not wait.)
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Crew:
    """The worker processes of a loader."""

    def __init__(self, loader, seed):
        context = context_of(loader)
        self.timeout, self.processes, self.pipes, self.pending = loader.timeout, [], [], deque()
        self.rounds = 0
        self.stop = weakref.finalize(self, stop, self.processes, self.pipes, os.getpid())
        jobs = [Job(loader, number, seed) for number in range(loader.num_workers)]
        if context.get_start_method() != "fork":
            messages = [sendable(job) for job in jobs]
            jobs = [None] * len(jobs)
        else:
            messages = ()
        for job in jobs:
            self.start(context, job)
        for number, message in enumerate(messages):
            self.send(number, message)

    def start(self, context, job):
        """Start one worker. Its end of the pipe must be open in no other process."""
        ours, its = context.Pipe()
        pipes_of_parent.add(ours)
        self.pipes.append(ours)
        process = context.Process(target=work, args=(its, job), daemon=True)
        self.processes.append(process)
        try:
            with later(signal.SIGINT):  # Ctrl-C must not meet a worker that is half there
                process.start()
        finally:
            its.close()

    def send(self, number, message):
        """Give a message to a worker; RuntimeError if it is dead."""
        try:
            self.pipes[number].send_bytes(message)
        except OSError:
            raise self.dead() from None

    def receive(self, number):
        """The next answer of a worker. RuntimeError if one is dead, or after the timeout."""
        pipe, sentinels = self.pipes[number], [each.sentinel for each in self.processes]
        ready = wait([pipe, *sentinels], self.timeout or None)
        if not ready:
            raise RuntimeError(f"DataLoader timed out after {self.timeout} seconds")
        try:
            if pipe in ready or pipe.poll():
                return pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            pass
        raise self.dead()

    def dead(self):
        """What is said when a worker has died."""
        deadline = monotonic() + 1
        while not any(each.exitcode is not None for each in self.processes):
            if monotonic() > deadline or not wait([e.sentinel for e in self.processes], 0.2):
                break
        lost = [each for each in self.processes if each.exitcode is not None]
        pids = ", ".join(str(each.pid) for each in lost)
        reasons = "; ".join(reason(each.exitcode) for each in lost)
        return RuntimeError(
            f"DataLoader worker (pid(s) {pids}) exited unexpectedly: {reasons}. Rerunning with "
            "num_workers=0 may give better error trace."
        )

    def round(self, loader):
        """The batches of one round, each asked for well before it is needed."""
        for number in self.pending:  # left over from a round that was broken off
            self.receive(number)
        self.pending.clear()
        self.rounds = this = self.rounds + 1
        stream = isinstance(loader.dataset, IterableDataset)
        tasks = forever(None) if stream else iter(order_of(loader))
        active = deque(range(len(self.pipes)))
        for number in active:
            self.send(number, pickle.dumps((ROUND, None)))
        for _ in range(loader.prefetch_factor * len(active)):
            self.ask(tasks, active)
        while self.pending:
            number = self.pending.popleft()
            answer = self.receive(number)
            if answer[0] == END:
                if number in active:
                    active.remove(number)
                continue
            if answer[0] != DATA:
                raise error_of(*answer[1:])
            self.ask(tasks, active)
            yield answer[1]
            if self.rounds != this:
                raise RuntimeError(
                    "A loader with persistent_workers has one round at a time, and a new one has "
                    "begun."
                )

    def ask(self, tasks, active):
        """Give the next task to the worker whose turn it is."""
        for indices in tasks if active else ():
            number = active[0]
            active.rotate(-1)
            self.send(number, pickle.dumps((LOAD, indices), protocol=5))
            self.pending.append(number)
            return


def order_of(loader):
    """What a round goes through: lists of numbers, or numbers if no batches are made."""
    return loader.sampler if loader.batch_sampler is None else loader.batch_sampler


def forever(value):
    while True:
        yield value


def context_of(loader):
    """How processes are started: as the user chose; otherwise by fork, where it is usual."""
    chosen = loader.multiprocessing_context
    if chosen is None:
        chosen = multiprocessing.get_start_method(allow_none=True)
        if chosen is None and sys.platform.startswith("linux"):
            chosen = "fork"
    if chosen is None or isinstance(chosen, str):
        return multiprocessing.get_context(chosen)
    return chosen


def sendable(job):
    """A job as bytes for a process that inherits nothing; TypeError if that cannot be."""
    try:
        return pickle.dumps(job)
    except Exception as error:
        raise TypeError(
            f"The dataset, collate_fn and worker_init_fn have to be sent to the worker processes, "
            f"and cannot be: {error}. Define functions and classes at the top of a .py file (no "
            "lambda, no function inside a function); or use num_workers=0, or where the system has "
            "it multiprocessing_context='fork'."
        ) from None


def error_of(kind, text):
    """The exception of a worker, of the same type if that can be made from a text."""
    if issubclass(kind, KeyError):
        text = KeyErrorText(text)
    try:
        return kind(text)
    except Exception:
        return RuntimeError(text)


class KeyErrorText(str):
    """A KeyError prints its text by `repr`; this one keeps its lines."""

    __repr__ = str.__str__


def reason(exitcode):
    """In words why a process ended."""
    if exitcode >= 0:
        return (
            f"exit code {exitcode}. In a script, what starts workers belongs below "
            "`if __name__ == '__main__':`"
        )
    return f"killed by signal: {signal.strsignal(-exitcode) or -exitcode}"


def stop(processes, pipes, owner):
    """End the workers of a crew: they are told, waited for, and then ended by force."""
    if os.getpid() != owner:
        return
    for pipe in pipes:
        pipes_of_parent.discard(pipe)
        close(pipe)
    started = [each for each in processes if each.pid is not None]
    hurry = sys.exc_info()[0] not in (None, GeneratorExit)  # an error, or Ctrl-C
    deadline = monotonic() + (0.2 if hurry else PATIENCE)
    for process in started:
        process.join(max(0, deadline - monotonic()))
    for end in ("terminate", "kill"):
        for process in started:
            if process.exitcode is None:
                getattr(process, end)()
        for process in started:
            process.join(1)
    for process in started:
        if process.exitcode is not None:
            process.close()
