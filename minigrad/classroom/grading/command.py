"""`minigrad-grade`: grade what a class has handed in, or make the class a hand-out.

minigrad-grade solutions/ submissions/ --out grades/
minigrad-grade pack --out handout.zip
"""

import argparse
import sys
import time
import zipfile
from pathlib import Path

from .exercises import BadReference, read_references
from .feedback import feedback_html, feedback_markdown, file_name
from .gradebook import Attempt, Gradebook, as_csv, as_json, as_junit, choose, write
from .limits import Limits, NoKernel
from .preparing import NotDeterministic
from .submissions import collect
from .summary import misconceptions, plot, summary_html
from .supervising import Class, Journal

JOURNAL = "journal.jsonl"


def main(arguments=None):
    """Read the command line and do what it says; 0, or 1 with a sentence on what went wrong."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if arguments[:1] == ["pack"]:
            return _pack(arguments[1:])
        return _grade(_parser().parse_args(arguments))
    except (BadReference, NotDeterministic, NoKernel, FileNotFoundError, PermissionError) as error:
        print(f"minigrad-grade: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
    return 1


def _parser():
    parser = argparse.ArgumentParser(
        prog="minigrad-grade",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("solutions", type=Path, help="the folder of the solution notebooks")
    parser.add_argument("submissions", type=Path, help="a folder, or a zip file")
    parser.add_argument("--out", type=Path, default=Path("grades"), help="where the grades go")
    parser.add_argument("-n", dest="workers", type=int, default=2, help="how many at a time")
    parser.add_argument(
        "--again", action="append", default=[], metavar="STUDENT", help="grade a student again"
    )
    parser.add_argument("--fresh", action="store_true", help="grade all again, with a new seed")
    parser.add_argument("--attempts", choices=("last", "best"), default="last", help="which counts")
    parser.add_argument("--seed", type=int, help="instead of a secret one")
    parser.add_argument("--keep", type=Path, help="a folder for the grafted notebooks")
    parser.add_argument("--plain", action="store_true", help="nbval's own kernels, and no walls")
    parser.add_argument("--dask", metavar="ADDRESS", help="grade on a Dask cluster, as in tcp://…")
    limits = Limits()
    parser.add_argument("--cell", type=float, default=limits.cell, help="seconds for a cell")
    parser.add_argument("--total", type=float, default=limits.submission, help="… for a notebook")
    return parser


def _grade(given):
    references = read_references(given.solutions)
    handed = collect(given.submissions, references)
    if not handed:
        raise FileNotFoundError(f"There are no files in {given.submissions}.")
    course = Class(
        references,
        handed,
        Journal(given.out / JOURNAL, given.fresh),
        Limits(cell=given.cell, submission=given.total),
        given.workers,
        given.plain or None,
        given.seed,
        given.keep,
        Progress(),
    )
    pool = None
    if given.dask:
        from .dask_pool import dask_pool

        pool = dask_pool(course, given.dask)
    results = course.grade(given.again, pool)
    attempts = [Attempt(e.student, e.name, e.stem, results[n]) for n, e in enumerate(handed)]
    choose(attempts, given.attempts)
    totals = {stem: {e.id: e.points for e in r.exercises} for stem, r in references.items()}
    book = Gradebook(attempts, totals, sorted(course.missing))
    moved = write(files_of(book, references), given.out)
    _tell(book, given.out, moved)
    return 0


def files_of(book, references):
    """Everything that is written: {name: content}."""
    sayings = {
        (stem, exercise.id, wrong.name): wrong.says
        for stem, reference in references.items()
        for exercise in reference.exercises
        for wrong in exercise.wrong
    }
    picture = plot(book) if any(each.verdicts for each in book.attempts) else b""
    files = {"gradebook.csv": "\ufeff" + as_csv(book)}  # the mark, so that Excel reads UTF-8
    files["gradebook.json"], files["junit.xml"] = as_json(book), as_junit(book)
    files["summary.html"] = summary_html(book, sayings, picture)
    files["mistakes.txt"] = "".join(
        f"{number} of {of}: {stem}, {name}: {kind}. {says}\n"
        for number, of, stem, name, kind, says in misconceptions(book, sayings)
    )
    if picture:
        files["mistakes.png"] = picture
    for student in book.students:
        name = f"feedback/{file_name(student)}"
        files[f"{name}.html"] = feedback_html(book, student)
        files[f"{name}.md"] = feedback_markdown(book, student)
    return files


def _tell(book, out, moved):
    states = [each.status for each in book.attempts]
    kinds = [f"{states.count(k)} {k}" for k in dict.fromkeys(states)]
    print(f"{len(book.students)} students, {len(states)} files: {', '.join(kinds)}.")
    print(f"The gradebook is {out / 'gradebook.csv'}, the class is {out / 'summary.html'}.")
    if moved:
        print(f"What was different before is in {moved}.")
    for each in book.missing:
        print(f"Not enforced on this system: {each}.")


def _pack(arguments):
    from .pack import pack

    parser = argparse.ArgumentParser(prog="minigrad-grade pack", description=pack.__doc__)
    parser.add_argument("--solutions", type=Path, default=Path("solutions"))
    parser.add_argument("--out", type=Path, default=Path("handout.zip"), help="a new zip file")
    parser.add_argument("numbers", nargs="*", type=int, help="chapters; all if none are named")
    given = parser.parse_args(arguments)
    if given.out.exists():
        raise FileNotFoundError(f"{given.out} exists already; name another file with --out.")
    names = pack(given.solutions, given.out, given.numbers)
    with zipfile.ZipFile(given.out) as archive:
        size = sum(each.compress_size for each in archive.infolist())
    print(f"{given.out}: {', '.join(names)} ({size / 1e6:.1f} MB)")
    return 0


class Progress:
    """A bar with the time that is left, on the terminal alone."""

    def __init__(self, stream=None):
        self.stream, self.began, self.first = stream or sys.stderr, time.monotonic(), None

    def __call__(self, done, total):
        if self.first is None:
            self.first = done - 1
        if not self.stream.isatty():
            return
        passed = time.monotonic() - self.began
        left = passed / max(1, done - self.first) * (total - done)
        filled = "█" * (30 * done // total)
        end = "\n" if done == total else ""
        text = f"\r{filled:<30} {done} of {total}, about {left // 60:.0f}:{left % 60:02.0f} left "
        self.stream.write(text + end)
        self.stream.flush()


if __name__ == "__main__":
    raise SystemExit(main())
