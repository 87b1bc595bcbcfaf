"""`verdict("sum_to")`: is my answer right? Asked from inside JupyterLab, answered by the grader."""

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

REMEMBERED = "_minigrad_cells"
GRADING = "MINIGRAD_GRADING"  # set in the grader's own kernels, where nobody asks for a verdict


def verdict(exercise):
    """Whether the answer to an exercise is right: a small table, from a fresh kernel.

    Takes the cells that have been run in this notebook, so run your answer first. RuntimeError
    outside of a notebook of exercises.
    """
    if os.environ.get(GRADING):
        return None
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    known = shell.user_ns_hidden.get(REMEMBERED) if shell else None
    if not isinstance(known, dict):
        raise RuntimeError(
            f'verdict("{exercise}") belongs into a notebook of exercises, below its answer. '
            "Run the first cell of the notebook, the one with begin(…), and then the answer."
        )
    root = str(known["root"])
    asked = {"root": root, "number": known["number"], "exercise": exercise}
    asked["cells"] = known["sources"]
    path = os.pathsep.join([str(known["package"]), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "minigrad.classroom.grading.asked"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=known["package"],
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    if done.returncode != 0:
        last = done.stderr.strip().split("\n")[-1]
        raise RuntimeError(f"The verdict could not be found, which is not your fault. {last}")
    return Verdict(json.loads(done.stdout)["verdicts"])


def remember_cells(number, package):
    """Keep the source of each cell that is run from now on, for `verdict`, by the cell's id.

    `package` is the folder that holds minigrad; solutions, or in a hand-out references, lie in the
    folder of the notebook's own folder, or in `package`.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or REMEMBERED in shell.user_ns_hidden:
        return
    above = Path.cwd().parent
    handout = (above / "reference").is_dir()
    sources = {}
    shell.user_ns_hidden[REMEMBERED] = {
        "number": number,
        "package": package,
        "root": above if handout else package,
        "sources": sources,
    }

    def note(info):
        identity = getattr(info, "cell_id", None) or f"run-{len(sources)}"
        sources.pop(identity, None)
        sources[identity] = info.raw_cell

    shell.events.register("pre_run_cell", note)


class Verdict:
    """Shows itself as a table in a notebook, and as a line in a terminal."""

    def __init__(self, verdicts):
        self.verdicts = verdicts

    def __repr__(self):
        lines = []
        for each in self.verdicts:
            points = f"{each['points']:g} of {each['of']:g} points"
            lines.append(f"{each['exercise']}: {points}. {each['says'] or 'Right.'}")
        return "\n".join(lines)

    def _repr_html_(self):
        rows = []
        for each in self.verdicts:
            right = each["state"] == "right"
            cells = [
                "✓" if right else "✗",
                each["exercise"],
                f"{each['points']:g} of {each['of']:g}",
                each["says"] or "Right.",
            ]
            row = "".join(f"<td style='text-align:left'>{html.escape(c)}</td>" for c in cells)
            rows.append(f"<tr>{row}</tr>")
            if each["detail"] and not right:
                detail = html.escape(plain(each["detail"]))
                rows.append(
                    "<tr><td colspan='4' style='text-align:left'><details><summary>more</summary>"
                    f"<pre>{detail}</pre></details></td></tr>"
                )
        head = "".join(
            f"<th style='text-align:left'>{each}</th>" for each in ("", "exercise", "points", "")
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def plain(text):
    """A text without the colours of a terminal."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
