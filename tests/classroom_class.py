"""A class of invented students: right answers, mistakes from the bank, and blanks."""

import copy
import json
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def class_of(number, stem, folder, seed=0):
    """Write `number` notebooks, and return {student: {exercise: (points, name of the mistake)}}."""
    solution = json.loads((ROOT / "solutions" / f"{stem}.ipynb").read_text(encoding="utf-8"))
    blank = json.loads((ROOT / "exercises" / f"{stem}.ipynb").read_text(encoding="utf-8"))
    points = {
        cell["id"].removesuffix("-check"): cell["metadata"]["nbgrader"]["points"]
        for cell in solution["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade")
    }
    answers = {e["id"]: e for e in solution["cells"] if "minigrad" in e["metadata"]}
    dice, expected = random.Random(seed), {}
    for student in (f"student-{n:04}" for n in range(number)):
        notebook, expected[student] = copy.deepcopy(blank), {}
        for cell in notebook["cells"]:
            answer = answers.get(cell["id"])
            if answer is not None:
                bank = answer["metadata"]["minigrad"]["wrong"]
                kind = dice.choice(["right", "right", "right", "wrong", "wrong", "blank"])
                wrong = dice.choice(bank)
                source = {"right": answer["source"], "wrong": wrong["source"]}
                cell["source"] = source.get(kind, cell["source"])
                expected[student][cell["id"]] = (
                    points[cell["id"]] if kind == "right" else 0,
                    wrong["name"] if kind == "wrong" else "",
                )
        target = Path(folder) / student / f"{stem}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(notebook), encoding="utf-8")
    return expected
