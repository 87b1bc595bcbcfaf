"""`python -m minigrad.classroom COMMAND`: the tools behind the course.

run [NN …]        run chapters on their own stages and store their outputs
refresh           bring final build cells up to date with the package
check             say what is taught where, and what is not yet
solutions [NN …]  run the notebooks of solutions, and store their outputs
exercises [NN …]  write the notebooks of exercises, with blanks for the solutions
operations        write the page of operations, course/operations.md
grade             grade what a class has handed in (the same as minigrad-grade)
stage N FOLDER    write the package as it stands at the end of chapter N
"""

import argparse
import sys
from pathlib import Path

from .chapters import COURSE, read_chapters, taught


def main(arguments=None):
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(
        prog="python -m minigrad.classroom",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--course", type=Path, default=COURSE, help="the folder of the chapters")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="run chapters and store their outputs")
    run.add_argument("numbers", nargs="*", type=int, metavar="NN")
    run.add_argument("--finished", action="store_true", help="run on the whole package")
    commands.add_parser("refresh", help="bring final build cells up to date with the package")
    commands.add_parser("check", help="say what is taught where")
    solve = commands.add_parser("solutions", help="run the notebooks of solutions")
    solve.add_argument("numbers", nargs="*", type=int, metavar="NN")
    blanks = commands.add_parser("exercises", help="write the notebooks of exercises")
    blanks.add_argument("numbers", nargs="*", type=int, metavar="NN")
    blanks.add_argument(
        "--reset", action="store_true", help="begin anew; what was there is kept under a new name"
    )
    stage = commands.add_parser("stage", help="write the package of a stage")
    stage.add_argument("number", type=int, metavar="N")
    stage.add_argument("folder", type=Path, metavar="FOLDER")
    commands.add_parser("operations", help="write the page of operations")
    commands.add_parser("grade", help="the same as minigrad-grade", add_help=False)
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if arguments[:1] == ["grade"]:
        from .grading.command import main as grade

        return grade(arguments[1:])
    given = parser.parse_args(arguments)
    return globals()[f"_{given.command}"](given)


def _run(given):
    from nbclient.exceptions import CellExecutionError

    from .running import run_chapters

    try:
        for path in run_chapters(given.numbers, given.finished, given.course):
            print(f"ran {path.name}")
    except CellExecutionError as error:
        print(f"{error}\nA cell that is meant to fail carries the tag raises-exception.")
        return 1


def _solutions(given):
    from .exercising import run_solutions

    for path in run_solutions(given.numbers):
        print(f"ran {path.name}")


def _exercises(given):
    from .exercising import make_exercises

    if given.reset and not given.numbers:
        print("Say which notebook is to begin anew, as in: exercises --reset 3")
        return 2
    for path, done in make_exercises(given.numbers, given.reset):
        print(f"{path.name}: {done}")
    return 0


def _refresh(given):
    from .refresh import refresh

    for path, name in refresh(given.course):
        print(f"{path.name}: {name} is now as in the package")


def _check(given):
    from .audit import problems

    for each in taught(read_chapters(given.course)):
        print(each)
    found = problems(given.course)
    print("\n".join(["", *found]) if found else "\nEverything is taught, once.")
    return bool(found)


def _operations(given):
    from .operations_page import write

    print(f"wrote {write()}")


def _stage(given):
    from .stages import build_stage

    print(build_stage(given.number, given.folder, given.course))


if __name__ == "__main__":
    raise SystemExit(main())
