"""Finding the answers in what was handed in, whatever became of the cells around them."""

import difflib
import re
from dataclasses import dataclass, field

from .exercises import CHECK, defined, seeded, used

NBGRADERS_STUB = re.compile(r"# YOUR CODE HERE\s+raise NotImplementedError\(\)")
# A cell that is a verdict and nothing else, or one in which a set-up begins.
OURS = re.compile(r"\A\s*verdict\([^()\n]*\)\s*\Z|^begin\(", re.M)
LOOKED_AT = 200  # cells whose likeness is measured, which takes time
LIKE = 0.6  # how like its stub a cell must be to count as the answer


@dataclass
class Answer:
    """The answer to one exercise: its source (None: there is none) and the cells it needs."""

    source: str
    helpers: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    touched: bool = True  # whether it differs from the stub


def match(submitted, exercises, setup=()):
    """The answers in a submission, by exercise; `exercises` are those of a prepared reference.

    Returns them with a list of remarks on the checks. An answer is known by its grade_id, else by
    its cell's id, else by the names that it defines, else by its likeness to the stub.
    """
    cells = [each for each in submitted.cells if each.type == "code" or _is_answer(each, exercises)]
    everything = cells
    checks, remarks = _checks(cells, exercises)
    cells = [each for each in cells if id(each) not in checks]
    answers, claimed = {}, set()
    for find in (_by_grade_id, _by_id, _by_names, _by_likeness):
        for exercise in exercises:
            if exercise["id"] not in answers:
                free = [each for each in cells if id(each) not in claimed]
                found = find(free, exercise, exercises)
                if found:
                    claimed |= {id(each) for each in found}
                    answers[exercise["id"]] = _choose(found, exercise, find)
    for exercise in exercises:
        answer = answers.setdefault(exercise["id"], Answer(None, touched=False))
        _moved(answer, exercise, everything, claimed, checks)
    for exercise in exercises:
        answer = answers[exercise["id"]]
        if answer.source is not None:
            answer.helpers = _helpers(answer, exercise, cells, setup)
    return answers, remarks


def same(one, other):
    """Whether two cells say the same, up to blank lines and spaces at the end of lines."""
    clean = [[line.rstrip() for line in each.split("\n") if line.strip()] for each in (one, other)]
    return clean[0] == clean[1]


def is_blank(source, exercise):
    """Whether nobody has written into the stub, ours or the one that nbgrader makes of it."""
    return same(source, exercise["stub"]) or bool(NBGRADERS_STUB.search(source))


def _is_answer(cell, exercises):
    return any(each["id"] in (cell.grade_id, cell.id) for each in exercises)


def _checks(cells, exercises):
    """The cells that are no answers (set-up, checks, verdicts), and what was done to the checks."""
    found, remarks = set(), []
    for exercise in exercises:
        name = exercise["id"] + CHECK
        named = [each for each in cells if name in (each.grade_id, each.id)]
        alike = [each for each in cells if same(seeded(each.source, 0), exercise["check"])]
        if not named and not alike:
            remarks.append(f"the check of {exercise['id']} was missing; the original was used")
        elif not alike:
            remarks.append(f"the check of {exercise['id']} was changed; the original was used")
        found |= {id(each) for each in (*named, *alike)}
    for cell in cells:
        if not _is_answer(cell, exercises) and (
            OURS.search(cell.source) or "setup" in (cell.grade_id, cell.id)
        ):
            found.add(id(cell))
    return found, remarks


def _by_grade_id(cells, exercise, exercises):
    return [each for each in cells if each.grade_id == exercise["id"]]


def _by_id(cells, exercise, exercises):
    return [each for each in cells if each.id == exercise["id"]]


def _by_names(cells, exercise, exercises):
    """Cells that define all that the answer must."""
    names = set(exercise["names"])
    return [each for each in cells if names and names <= defined(each.source)]


def _by_likeness(cells, exercise, exercises):
    """The one cell that is most like the stub of this exercise, and less like any other's."""
    best = []
    for cell in cells[:LOOKED_AT]:
        ratio = _likeness(cell.source, exercise["stub"])
        others = [_likeness(cell.source, e["stub"]) for e in exercises if e is not exercise]
        if ratio >= LIKE and ratio > max(others, default=0):
            best.append((ratio, cell))
    best.sort(key=lambda each: each[0])
    return [best[-1][1]] if best else []


def _likeness(source, stub):
    """From 0 to 1, for the first lines, which are the reader's to keep."""
    ours, theirs = source[:2000], stub[:2000]
    if difflib.SequenceMatcher(None, ours, theirs).real_quick_ratio() < LIKE / 2:
        return 0
    lines = [set(filter(None, map(str.strip, each.split("\n")))) for each in (ours, theirs)]
    shared = len(lines[0] & lines[1]) / max(1, len(lines[1]))
    return max(shared, difflib.SequenceMatcher(None, ours, theirs).ratio())


def _choose(found, exercise, find):
    """One of several cells for an exercise: the last that differs from the stub."""
    touched = [each for each in found if not is_blank(each.source, exercise)]
    chosen = (touched or found)[-1]
    notes = []
    if len(found) > 1:
        notes.append(f"there were {len(found)} cells for {exercise['id']}; the last answer counts")
    if find in (_by_names, _by_likeness):
        how = "by what it defines" if find is _by_names else "by its likeness to the stub"
        notes.append(f"the mark of {exercise['id']} was lost; its cell was found {how}")
    if chosen.type != "code":
        notes.append(f"the answer to {exercise['id']} was in a cell of text")
    return Answer(chosen.source, notes=notes, touched=bool(touched))


def _moved(answer, exercise, cells, claimed, checks):
    """Another cell counts where the stub was left alone, or where it comes after the answer.

    After it and before the check, that is: run from top to bottom, the notebook itself uses it.
    """
    if answer.touched:
        own = [n for n, each in enumerate(cells) if each.source == answer.source]
        check = exercise["id"] + CHECK
        ends = [n for n, each in enumerate(cells) if check in (each.grade_id, each.id)]
        cells = cells[own[-1] + 1 : ends[0]] if own and ends else []
    free = [each for each in cells if id(each) not in claimed | checks]
    found = _by_names(free, exercise, None)
    if found:
        answer.source, answer.touched = found[-1].source, True
        answer.notes.append(f"the answer to {exercise['id']} was in a cell of its own")
        claimed.add(id(found[-1]))


def _helpers(answer, exercise, cells, setup):
    """The sources of other cells that define what the answer uses, in the order handed in."""
    others = [each.source for each in cells if not same(each.source, answer.source)]
    needed, have = used(answer.source), defined(answer.source).union(*map(defined, setup))
    needed |= set(exercise["names"])
    chosen = []
    while True:
        more = [
            each
            for each in others
            if each not in chosen and (defined(each) - have) & (needed - have)
        ]
        if not more:
            break
        chosen += more
        for each in more:
            needed |= used(each)
    return [each for each in others if each in chosen]
