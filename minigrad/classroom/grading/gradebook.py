"""The gradebook: CSV, JSON and JUnit, written so that no earlier one is ever lost."""

import csv
import filecmp
import io
import json
import re
import shutil
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

from ..verdict import plain

EARLIER = "earlier"


@dataclass
class Attempt:
    """One file of one student, graded or not."""

    student: str
    file: str
    stem: str
    result: dict
    counts: bool = False  # whether it is the attempt that counts

    @property
    def points(self):
        return sum(each["points"] for each in self.verdicts)

    @property
    def verdicts(self):
        return self.result.get("verdicts", [])

    @property
    def status(self):
        """`graded`, `repaired and graded`, `unreadable` or `lost`."""
        if "lost" in self.result:
            return "lost"
        if "unreadable" in self.result:
            return "unreadable"
        return "repaired and graded" if self.result["repairs"] else "graded"

    @property
    def reason(self):
        """Why, in words; empty for a file that needed nothing."""
        text = self.result.get("lost") or self.result.get("unreadable")
        return text or "; ".join(self.result.get("repairs", ()))


@dataclass
class Gradebook:
    """All attempts, and what each notebook is worth."""

    attempts: list
    totals: dict  # stem -> {exercise: points}
    missing: list = field(default_factory=list)  # what was not enforced on this system

    @property
    def students(self):
        return sorted({each.student for each in self.attempts})

    @property
    def stems(self):
        """The notebooks that somebody handed in."""
        return [stem for stem in self.totals if any(e.stem == stem for e in self.attempts)]

    def counting(self, student, stem):
        """The attempt of a student at a notebook that counts, or None."""
        return next(
            (e for e in self.attempts if e.counts and (e.student, e.stem) == (student, stem)), None
        )


def choose(attempts, policy):
    """Mark for each student and notebook the attempt that counts: the "last", or the "best"."""
    groups = {}
    for each in attempts:
        if each.stem:
            groups.setdefault((each.student, each.stem), []).append(each)
    for group in groups.values():
        graded = [each for each in group if each.verdicts]
        if policy == "best" and graded:
            best = max(each.points for each in graded)
            graded = [each for each in graded if each.points == best]
        (graded or group)[-1].counts = True


def as_csv(book):
    """One row a student: points for each exercise, for each notebook, in all, and remarks."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    head = ["student"]
    for stem in book.stems:
        head += [f"{stem}: {name} (of {of:g})" for name, of in book.totals[stem].items()]
        head.append(f"{stem} (of {sum(book.totals[stem].values()):g})")
    everything = sum(sum(book.totals[stem].values()) for stem in book.stems)
    writer.writerow([*map(harmless, head), f"total (of {everything:g})", "remarks"])
    for student in book.students:
        row, total = [], 0
        for stem in book.stems:
            attempt = book.counting(student, stem)
            points = {e["exercise"]: e["points"] for e in attempt.verdicts} if attempt else {}
            row += [f"{points[name]:g}" if name in points else "" for name in book.totals[stem]]
            row.append(f"{sum(points.values()):g}" if points else "")
            total += sum(points.values())
        remarks = [
            f"{each.file}: {each.status}" + (f" ({each.reason})" if each.reason else "")
            for each in book.attempts
            if each.student == student and each.status != "graded"
        ]
        cells = [student, *row, f"{total:g}", " / ".join(remarks)]
        writer.writerow([harmless(each) for each in cells])
    return text.getvalue()


def harmless(cell):
    """A cell that no spreadsheet takes for a formula, on one line."""
    cell = re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", cell).replace(";", ",")  # else a new cell
    return (
        f"'{cell}" if re.match(r"\s*[=+\-@|%]", cell) and not re.fullmatch(NUMBER, cell) else cell
    )


NUMBER = r"-?\d+(\.\d+)?"


def as_json(book):
    """Everything that is known."""
    return json.dumps(
        {
            "not_enforced": book.missing,
            "notebooks": book.totals,
            "attempts": [
                {
                    "student": each.student,
                    "file": each.file,
                    "notebook": each.stem,
                    "status": each.status,
                    "reason": each.reason,
                    "counts": each.counts,
                    "points": each.points,
                    "verdicts": each.verdicts,
                }
                for each in book.attempts
            ],
        },
        indent=1,
        ensure_ascii=False,
    )


def as_junit(book):
    """One test suite a file, one test case an exercise, as CI servers read them."""
    root = ElementTree.Element("testsuites", name="minigrad-grade")
    for each in book.attempts:
        states = [verdict["state"] for verdict in each.verdicts]
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=printable(f"{each.student}: {each.file}"),
            tests=str(max(1, len(states))),
            failures=str(sum(state != "right" for state in states)),
            errors=str(int(not states)),
        )
        if not states:
            case = ElementTree.SubElement(suite, "testcase", name="the file", classname=each.stem)
            ElementTree.SubElement(case, "error", message=printable(each.reason))
        for verdict in each.verdicts:
            case = ElementTree.SubElement(
                suite,
                "testcase",
                name=verdict["exercise"],
                classname=printable(f"{each.student}.{each.stem}"),
                time=f"{verdict['seconds']:g}",
            )
            if verdict["state"] != "right":
                says = printable(verdict["says"])
                failure = ElementTree.SubElement(case, "failure", message=says)
                failure.text = printable(verdict["detail"])
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def printable(text):
    """A text without the characters that XML cannot hold, and without terminal colours."""
    text = plain(text)
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def write(files, out):
    """Write `files`, {name: text or bytes}; what changes or goes is kept in a numbered folder.

    Returns that folder, or None if nothing had to be moved.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".writing-") as folder:
        moved = None
        for name, content in files.items():
            fresh, target = Path(folder) / "file", out / name
            data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
            fresh.write_bytes(data)
            if target.exists():
                if filecmp.cmp(fresh, target, shallow=False):
                    continue
                moved = moved or _numbered(out / EARLIER)
                (moved / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.move(target, moved / name)
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh.replace(target)
    return moved


def _numbered(folder):
    """A new folder in `folder`, named by the next number."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 1 + max([int(e.name) for e in folder.iterdir() if e.name.isdigit()], default=0)
    (folder / str(number)).mkdir()
    return folder / str(number)
