"""Grading a whole class: who is graded by whom, what is kept, what is tried again."""

import hashlib
import json
import queue
import secrets
import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from .limits import Limits, remove
from .references import set_up
from .runner import Runner, RunnerDied

LOST = "It was lost through our fault, not the student's: {} Grade it again with --again."


@dataclass
class Job:
    """A file to grade."""

    key: str
    path: Path
    stem: str


@dataclass
class Class:
    """One run over everything that was handed in. `work` is its folder, gone when it is over."""

    references: dict
    handed: list
    journal: "Journal"
    limits: Limits = field(default_factory=Limits)
    workers: int = 2
    plain: bool = None
    seed: int = None
    keep: Path = None
    told: callable = lambda done, total: None
    missing: set = field(default_factory=set)

    def grade(self, again=(), pool=None):
        """The result for every file, by key; those in the journal are not graded again."""
        keys = {id(each): key_of(each, self.references) for each in self.handed}
        results, jobs = {}, []
        self.work = Path(tempfile.mkdtemp(prefix="grading-"))
        try:
            for number, each in enumerate(self.handed):
                key = keys[id(each)]
                if each.problem:
                    results[key] = {"unreadable": each.problem}
                elif each.student not in again and self.journal.known(key):
                    results[key] = self.journal.entries[key]
                else:
                    path = self.work / f"{number}.ipynb"
                    path.write_bytes(each.data)
                    jobs.append(Job(key, path, each.stem))
            jobs.sort(key=lambda job: job.stem)  # a runner keeps the kernels of one notebook warm
            if jobs:
                self.prepare({job.stem for job in jobs})
                for job, result in (pool or self.locally)(jobs):
                    results[job.key] = result
                    if "lost" not in result:
                        self.journal.add(job.key, result)
                    self.told(len(results), len(self.handed))
        finally:
            remove(self.work)
        self.missing = {text for each in results.values() for text in each.get("missing", ())}
        return {name: results[keys[id(each)]] for name, each in enumerate(self.handed)}

    def prepare(self, stems):
        """Stages, and what the checks must show under this run's seed."""
        for stem in sorted(stems):
            reference = self.references[stem]
            stage = self.work / "stages" / stem
            seed = self.seed if self.seed is not None else self.journal.seed(reference)
            prepared = set_up(reference, stage, seed, limits=self.limits, plain=self.plain)
            (self.work / f"{stem}.json").write_text(json.dumps(prepared), encoding="utf-8")

    def places(self, job):
        """Where the prepared reference and the stage of a job are."""
        return self.work / f"{job.stem}.json", self.work / "stages" / job.stem

    def locally(self, jobs):
        """Grade with runner processes on this machine; yields (job, result) as they come."""
        waiting, finished = queue.Queue(), queue.Queue()
        for job in jobs:
            waiting.put(job)
        number = max(1, min(self.workers, len(jobs)))
        threads = [
            threading.Thread(target=self._serve, args=(waiting, finished), daemon=True)
            for _ in range(number)
        ]
        for each in threads:
            each.start()
        again = []
        for _ in jobs:
            job, result = finished.get()
            if result is None:
                again.append(job)
            else:
                yield job, result
        for _ in threads:
            waiting.put(None)
        for each in threads:
            each.join()
        # Alone, in a runner of its own: what ended the first may have been next to it.
        for job in again:
            runner = Runner(self.limits, self.plain, self.work)
            try:
                yield job, self._keep(runner, job)
            except RunnerDied as error:
                yield job, {"lost": LOST.format(error)}
            finally:
                runner.stop()

    def _serve(self, waiting, finished):
        runner = Runner(self.limits, self.plain, self.work)
        try:
            while (job := waiting.get()) is not None:
                try:
                    finished.put((job, self._keep(runner, job)))
                except RunnerDied:
                    finished.put((job, None))
                except Exception as error:  # whatever it is, no file goes without a verdict
                    finished.put((job, {"lost": LOST.format(repr(error))}))
        finally:
            runner.stop()

    def _keep(self, runner, job):
        keep = None
        if self.keep is not None:
            folder = Path(self.keep) / hashlib.sha256(job.key.encode()).hexdigest()[:12]
            folder.mkdir(parents=True, exist_ok=True)
            keep = str(folder)
        prepared, stage = self.places(job)
        result = runner.ask(job.path, prepared, stage, keep)
        if "lost" in result:
            result["lost"] = LOST.format(result["lost"])
        return result


def key_of(handed, references):
    """What makes a result still valid: the student, the file, its bytes and the reference."""
    reference = references.get(handed.stem)
    digest = hashlib.sha256(handed.data).hexdigest()[:16]
    return json.dumps([handed.student, handed.name, digest, reference.hash if reference else ""])


class Journal:
    """Results as they come, a line each, so that an interrupted run goes on where it was."""

    def __init__(self, path, fresh=False):
        self.path, self.entries, self.seeds = Path(path), {}, {}
        if fresh and self.path.exists():
            names = (self.path.with_name(f"{self.path.name}.{number}") for number in count(1))
            shutil.move(self.path, next(each for each in names if not each.exists()))
        if self.path.exists():
            text = self.path.read_text(encoding="utf-8")
            if not text.endswith("\n"):
                self.path.write_text(text + "\n", encoding="utf-8")
            for line in text.splitlines():
                try:
                    entry = json.loads(line)
                except ValueError:  # the line that was being written when somebody pulled the plug
                    continue
                if "seed" in entry:
                    self.seeds[entry["reference"]] = entry["seed"]
                else:
                    self.entries[entry["key"]] = entry["result"]

    def known(self, key):
        """Whether there is a result."""
        return key in self.entries

    def add(self, key, result):
        """Note a result, at once on disk."""
        self.entries[key] = result
        self._write({"key": key, "result": result})

    def seed(self, reference):
        """The seed for a reference: secret, new for each run, and the same when a run goes on."""
        if reference.hash not in self.seeds:
            self.seeds[reference.hash] = secrets.randbelow(10**6)
            self._write({"reference": reference.hash, "seed": self.seeds[reference.hash]})
        return self.seeds[reference.hash]

    def _write(self, entry):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
