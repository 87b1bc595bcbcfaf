"""A teacher's desk for tests of the grader: hand something in, grade it, read the gradebook."""

import csv
import json

from banks import SOLUTIONS
from torture import WRONG_CUBE, answered, blank, data

from minigrad.classroom.grading.command import main


class Desk:
    """`hand_in` puts files on it, `grade` grades them, `book` and `rows` read the gradebook."""

    def __init__(self, folder):
        self.handed, self.out = folder / "submissions", folder / "grades"

    def hand_in(self, name, content):
        path = self.handed / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def grade(self, *more, submissions=None):
        given = [str(SOLUTIONS), str(submissions or self.handed), "--out", str(self.out)]
        assert main([*given, "--cell", "5", *more]) == 0
        return self.book()

    def book(self):
        text = (self.out / "gradebook.json").read_text(encoding="utf-8")
        return json.loads(text)["attempts"]

    def rows(self):
        text = (self.out / "gradebook.csv").read_text(encoding="utf-8-sig")
        return list(csv.DictReader(text.splitlines()))


RIGHT, HALF, EMPTY = data(answered()), data(answered(Cube=WRONG_CUBE)), data(blank())


def points(book):
    return {each["file"]: each["points"] for each in book}
