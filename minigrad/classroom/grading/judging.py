"""nbval as the judge: its collector, its cell runner and its comparison, over a grafted notebook.

Of what was handed in only the answers go in; checks, order, tags and outputs are the reference's.
"""

import re
import tempfile
import time
from pathlib import Path

import nbformat
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

from .diagnosis import TELLS, WRITTEN, diagnose, is_literal, misconception
from .exercises import CHECK
from .formats import Unreadable, read_submission
from .kernels import shown
from .limits import Fate, NoKernel
from .matching import match
from .values import equal

ROLE = "minigrad"  # the key of our metadata
RESULT, COMPARED = "execute_result", 4000
# Comments with which a notebook tells nbval to skip a cell, or not to compare it.
FOR_NBVAL = re.compile(r"^([ \t]*#)[ \t#]*(NBVAL_|PYTEST_VALIDATE_)\w+[ \t]*$", re.M)


def graft(prepared, answers):
    """The notebook that is run: set-up, then for each exercise helpers, answer and check."""
    cells = [_cell(source, "setup", "setup") for source in prepared["setup"]]
    for exercise in prepared["exercises"]:
        name, answer = exercise["id"], answers[exercise["id"]]
        for number, source in enumerate(answer.helpers):
            cells.append(_cell(source, f"{name}-needs-{number}", "answer", name))
        cells.append(_cell(answer.source or "", f"{name}-answer", "answer", name))
        check = _cell(exercise["asked"], name + CHECK, "check", name)
        check.outputs = [nbformat.from_dict(each) for each in exercise["expected"]]
        check.execution_count = 1
        cells.append(check)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _cell(source, identity, role, exercise=None):
    if role == "answer":
        source = FOR_NBVAL.sub(r"\1", source)
    cell = nbformat.v4.new_code_cell(source, id=identity[:64])
    cell.metadata[ROLE] = {"role": role, "exercise": exercise}
    return cell


class GradedFile(IPyNbFile):
    """What somebody handed in, grafted; one item an exercise.

    Made with `GradedFile.from_parent(parent, path=…, prepared=…, kernels=…)`; `keep` names a folder
    for the grafted notebook. Collecting raises Unreadable if the file is no notebook.
    """

    def __init__(self, *, prepared, kernels, keep=None, **named):
        super().__init__(**named)
        self.prepared, self.kernels, self.keep = prepared, kernels, keep
        self.compare_outputs = True
        self.repairs, self.answers, self.spent = [], {}, 0.0

    def collect(self):
        """Find the answers, write the grafted notebook, and let nbval collect that."""
        submitted = read_submission(Path(self.path).read_bytes())
        self.answers, remarks = match(submitted, self.prepared["exercises"], self.prepared["setup"])
        notes = [note for each in self.answers.values() for note in each.notes]
        self.repairs = [*submitted.repairs, *notes, *remarks]
        notebook = graft(self.prepared, self.answers)
        with tempfile.TemporaryDirectory(prefix="grafted-") as folder:
            grafted = Path(self.keep or folder) / f"{self.prepared['stem']}.ipynb"
            nbformat.write(notebook, grafted)
            handed_in, self.path = self.path, grafted  # nbval reads the notebook from its path
            try:
                items = list(super().collect())
            finally:
                self.path = handed_in
        exercises = {each["id"]: each for each in self.prepared["exercises"]}
        before = []
        for item in items:
            ours = item.cell.metadata[ROLE]
            if ours["role"] == "answer":
                item.options.clear()  # what is shown there is not compared
                before.append(item)
            elif ours["role"] == "check":
                yield GradedCell.from_parent(
                    self,
                    name=ours["exercise"],
                    cell_num=item.cell_num,
                    cell=item.cell,
                    options=item.options,
                    exercise=exercises[ours["exercise"]],
                    before=before,
                )
                before = []

    def setup(self):
        """Kernels are given out when an exercise needs one."""
        self.kernel = None

    def teardown(self):
        """Stop the last kernel; the warm server goes on."""
        self.kernels.drop()


class GradedCell(IPyNbCell):
    """The check of one exercise, run after the set-up and the answer alone."""

    def __init__(self, *, exercise, before, **named):
        super().__init__(**named)
        self.exercise, self.before = exercise, before
        self.output_timeout = 0.1  # everything has come by then
        self.errors, self.verdict, self.fate = [], None, None

    def runtest(self):
        """Run the answer and the check, compare as nbval does, and note the verdict."""
        began = time.monotonic()
        try:
            if not self.answer.touched:
                self.raise_cell_error("not answered")
            if self.exercise["kind"] in WRITTEN and not is_literal(self.answer.source):
                self.raise_cell_error("computed")
            self._attempt(self.parent.kernels.cheap)
            self._note("right", "", began)
        except NbCellError as error:
            if self._company():  # perhaps another answer is to blame
                self._attempt_alone(error, began)
            else:
                self._fail(error, began)
        finally:
            self.parent.spent += time.monotonic() - began

    @property
    def answer(self):
        """What was handed in for this exercise."""
        return self.parent.answers[self.exercise["id"]]

    def _company(self):
        """Whether other answers ran in this kernel before."""
        return self.answer.touched and len(getattr(self.parent.kernel, "ran", ())) > 1

    def _attempt_alone(self, error, began):
        try:
            self._attempt(self.parent.kernels.fresh)
            self._note("right", "", began)
        except NbCellError as again:
            self._fail(again, began)

    def _attempt(self, kernel):
        left = self.parent.kernels.limits.submission - self.parent.spent
        self.errors, self.test_outputs, self.fate = [], [], None
        if left <= 0:
            self.fate = Fate("time", "The whole notebook took too long to get this far.")
            self.raise_cell_error(self.fate.text)
        kernel = self.parent.kernel = kernel()
        kernel.ran = {*getattr(kernel, "ran", ()), self.exercise["id"]}
        for each in self.before:
            try:
                each.runtest()
            except NbCellError:
                self.errors.append(shown(each.test_outputs))
                if not kernel.is_alive():
                    self.fate = kernel.fate
                    raise
        try:
            super().runtest()
        finally:
            self.fate = kernel.fate

    def _fail(self, error, began):
        found = shown(self.test_outputs or [])
        failed = any(each.output_type == "error" for each in self.test_outputs or ())
        state, says = diagnose(self.exercise, self.answer, found, failed, self.errors, self.fate)
        detail = error.inner_traceback or ""
        if state == "wrong":
            detail = f"The check showed\n{found[:COMPARED]}"
            if self.exercise["kind"] in TELLS:
                detail += f"\nand should show\n{self.exercise['shown']}"
        self._note(state, says, began, found, detail)
        raise error

    def confused(self, error):
        """Note that the grader could not follow what the answer did."""
        says = f"It did something that the grader could not follow ({type(error).__name__})."
        self._note("ended", says, time.monotonic())

    def _note(self, state, says, began, found="", detail=""):
        points = self.exercise["points"]
        self.verdict = {
            "exercise": self.exercise["id"],
            "title": self.exercise["title"],
            "points": points if state == "right" else 0,
            "of": points,
            "state": state,
            "says": says,
            "misconception": misconception(self.exercise, found) if state == "wrong" else "",
            "detail": detail.strip()[-6000:],
            "seconds": round(time.monotonic() - began, 3),
        }

    def compare_outputs(self, test, ref, skip_compare=None):
        """Compare the value alone: prints do not count, and numbers are equal to five digits."""
        values = [each for each in test if each.output_type == RESULT][-1:]
        for value, wanted in zip(values, ref):
            shows = value.data.get("text/plain", "")
            if equal(shows, wanted.data["text/plain"]):
                values = ref
            else:  # what is compared line by line must not be long
                value.data = {"text/plain": shows[:COMPARED]}
        return super().compare_outputs(values, ref, skip_compare)


def verdicts(file):
    """Grade a `GradedFile` without pytest's own reports: repairs, and a verdict an exercise."""
    try:
        items = list(file.collect())
        file.setup()
        for item in items:
            try:
                item.runtest()
            except NbCellError:
                continue
            except NoKernel:
                raise
            except Exception as error:  # whatever an answer did to us, it costs that answer alone
                file.kernels.drop()
                item.confused(error)
        return {"repairs": file.repairs, "verdicts": [each.verdict for each in items]}
    except Unreadable as error:
        return {"unreadable": str(error)}
    finally:
        file.teardown()
