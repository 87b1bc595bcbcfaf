"""The exercises: what each notebook must have, and that blanks and solutions are in step."""

import json
import re
from collections import Counter

import pytest
from banks import EXERCISES, ROOT, SOLUTIONS, references

from minigrad.classroom import chapters, exercising
from minigrad.classroom.grading.exercises import KINDS, BadReference, read_reference, stub_of

REFERENCES = references()
CHAPTERS = {each.path.stem: each for each in chapters.read_chapters() if each.number > 0}
EVERY = [(stem, each) for stem, reference in REFERENCES.items() for each in reference.exercises]
each_notebook = pytest.mark.parametrize("stem", REFERENCES)
each_exercise = pytest.mark.parametrize(
    "stem, exercise", EVERY, ids=[f"{stem[:2]}-{each.id}" for stem, each in EVERY]
)


def cells_of(folder, stem):
    return json.loads((folder / f"{stem}.ipynb").read_text(encoding="utf-8"))["cells"]


def source_of(cell):
    return "".join(cell["source"])


# --- the notebooks -------------------------------------------------------------------------------
def test_every_chapter_has_exercises_and_there_are_at_least_45():
    assert sorted(REFERENCES) == sorted(CHAPTERS)
    assert len(EVERY) >= 45


@each_notebook
def test_a_notebook_has_three_to_six_exercises_of_several_kinds(stem):
    exercises = REFERENCES[stem].exercises
    assert 3 <= len(exercises) <= 6
    kinds = Counter(each.kind for each in exercises)
    assert set(kinds) <= set(KINDS)
    assert len(kinds) >= 4


@each_notebook
def test_the_metadata_are_nbgraders(stem):
    """Schema 3; the id of a cell is its grade_id; answers are open, everything else is locked."""
    found = {}
    for folder in (SOLUTIONS, EXERCISES):
        for cell in cells_of(folder, stem):
            marks = cell["metadata"].get("nbgrader")
            if marks:
                assert marks["schema_version"] == 3
                assert marks["grade_id"] == cell["id"]
                assert marks["locked"] == (not marks["solution"])
                assert not (marks["grade"] and marks["solution"])
                assert ("points" in marks) == marks["grade"]
        ids = [cell["id"] for cell in cells_of(folder, stem)]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", each) for each in ids)
        found[folder] = ids
    assert found[SOLUTIONS] == found[EXERCISES]


@each_exercise
def test_an_exercise_is_named_after_what_it_asks_for(stem, exercise):
    assert exercise.id in exercise.names


@each_exercise
def test_an_exercise_states_difficulty_and_time_and_has_two_folded_hints(stem, exercise):
    text = next(source_of(e) for e in cells_of(EXERCISES, stem) if e["id"] == f"{exercise.id}-text")
    assert 1 <= exercise.difficulty <= 5 and 3 <= exercise.minutes <= 30
    assert f"{exercise.difficulty} of 5 · {exercise.minutes} minutes" in text
    assert text.count("<details><summary>Hint ") == text.count("</details>") == 2
    assert exercise.points == exercise.difficulty


@each_notebook
def test_a_notebook_says_how_many_exercises_there_are_and_how_long_they_take(stem):
    exercises = REFERENCES[stem].exercises
    number = {3: "Three", 4: "Four", 5: "Five", 6: "Six"}[len(exercises)]
    said = f"{number} exercises, about {sum(each.minutes for each in exercises)} minutes."
    assert said in source_of(cells_of(EXERCISES, stem)[0])


@each_exercise
def test_an_exercise_links_to_the_paragraph_that_teaches_it(stem, exercise):
    text = next(source_of(e) for e in cells_of(EXERCISES, stem) if e["id"] == f"{exercise.id}-text")
    (target,) = re.findall(rf"\]\(\.\./course/{stem}\.ipynb#([^)\s]+)\)\*", text)
    prose = "\n".join(each.source for each in CHAPTERS[stem].prose)
    headings = [re.sub(r"`", "", each) for each in re.findall(r"^#+ (.+)$", prose, re.M)]
    assert target.replace("-", " ") in [each.replace("-", " ") for each in headings]


@each_exercise
def test_a_check_shows_a_value_and_no_verdict(stem, exercise):
    last = exercise.check.rstrip().split("\n")[-1]
    assert last == "values"
    assert "assert " not in exercise.check and "allclose" not in exercise.check
    if "rng" in exercise.check or "RandomState" in exercise.check:
        assert re.search(r"^seed = \d+$", exercise.check, re.M)
        assert exercise.check.count("RandomState(seed)") == 1
        assert "np.random.rand" not in exercise.check


def test_no_two_checks_share_a_seed():
    seeds = [seed for _, each in EVERY for seed in re.findall(r"^seed = (\d+)$", each.check, re.M)]
    assert len(seeds) == len(set(seeds))


@each_exercise
def test_the_bank_has_three_wrong_answers_with_a_line_each(stem, exercise):
    assert len(exercise.wrong) >= 3
    assert len({each.name for each in exercise.wrong}) == len(exercise.wrong)
    assert len({each.says for each in exercise.wrong}) == len(exercise.wrong)
    for each in exercise.wrong:
        assert re.fullmatch(r"[a-z0-9-]+", each.name)
        assert 15 < len(each.says) < 200 and "\n" not in each.says and each.says[-1] in ".?"


@each_notebook
def test_hidden_tests_hold_what_the_checks_show(stem):
    """They are for classes that grade with nbgrader, and `solutions` keeps them in step."""
    for cell in cells_of(SOLUTIONS, stem):
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            (before,) = re.findall(r"assert agree\(values, (.*)\)\n### END", source_of(cell))
            (output,) = cell["outputs"]
            shown = "".join(output["data"]["text/plain"])
            assert eval(before) == eval(shown)


# --- blanks --------------------------------------------------------------------------------------
def test_exercises_are_in_step_with_the_solutions():
    """Answers, outputs and added cells do not count: somebody may be studying here."""
    assert exercising.in_step() == []


@each_exercise
def test_no_blank_shows_its_solution(stem, exercise):
    inside = exercise.solution.split("### BEGIN SOLUTION\n")[1].split("### END SOLUTION")[0]
    cells = cells_of(EXERCISES, stem)
    code = "\n".join(source_of(each) for each in cells if each["cell_type"] == "code")
    assert inside.strip() not in code
    assert "SOLUTION" not in code and "HIDDEN" not in code and "NotImplementedError" not in code
    assert all("wrong" not in each["metadata"].get("minigrad", {}) for each in cells)


@each_exercise
def test_a_blank_says_where_to_write(stem, exercise):
    """A broken piece of code to mend says so in its text."""
    if exercise.kind in ("predict", "read"):
        assert exercise.stub.count(": ...,") >= 2  # the names of what is asked for
    if exercise.kind == "mend":
        named = {each["id"]: source_of(each) for each in cells_of(EXERCISES, stem)}
        text = named[f"{exercise.id}-text"]
        assert exercise.stub in text and "end" in text
    else:
        assert exercise.stub.count("# write your answer here") == 1


def test_a_stub_keeps_everything_but_the_solution():
    solution = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n\ny = 1"
    assert stub_of(solution) == "def f(x):\n    ...  # write your answer here\n\ny = 1"


# --- nobody's work is overwritten ----------------------------------------------------------------
@pytest.fixture
def desk(tmp_path):
    """A folder with a fresh notebook of exercises, and a way to read and change it."""
    (path,) = [path for path, _ in exercising.make_exercises([3], target=tmp_path)]

    class Desk:
        folder = tmp_path

        def cells(self):
            return json.loads(path.read_text(encoding="utf-8"))["cells"]

        def change(self, change):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            change({each["id"]: each for each in notebook["cells"]}, notebook["cells"])
            path.write_text(json.dumps(notebook), encoding="utf-8")

        def make(self, **named):
            return [done for _, done in exercising.make_exercises([3], target=tmp_path, **named)]

        def answer(self, name):
            return source_of(next(each for each in self.cells() if each["id"] == name))

    return Desk()


def test_answers_stay_when_the_exercises_are_written_again(desk):
    desk.change(lambda by, cells: by["sum_to"].update(source=["def f(a):\n", "    return 1"]))
    assert desk.make() == ["1 answers kept"]
    assert desk.answer("sum_to") == "def f(a):\n    return 1"


def test_a_changed_text_arrives_and_the_answer_beside_it_stays(desk):
    def change(by, cells):
        by["sum_to"]["source"] = "mine"
        by["sum_to-text"]["source"] = "an older text"
        by["Cube"]["source"] = by["Cube"]["source"]

    desk.change(change)
    desk.make()
    assert desk.answer("sum_to") == "mine"
    assert "an older text" not in desk.answer("sum_to-text")


def test_cells_that_somebody_added_stay_where_they_are(desk):
    own = {"cell_type": "code", "id": "own", "metadata": {}, "source": "1 + 1", "outputs": []}
    desk.change(lambda by, cells: cells.insert(cells.index(by["sum_to"]) + 1, own))
    desk.make()
    ids = [each["id"] for each in desk.cells()]
    assert ids.index("own") == ids.index("sum_to") + 1


def test_reset_keeps_what_was_there_under_a_numbered_name(desk):
    desk.change(lambda by, cells: by["sum_to"].update(source="mine"))
    assert desk.make(reset=True) == ["reset; the one before is 03_operations.backup-1.ipynb"]
    assert desk.answer("sum_to") != "mine"
    desk.make(reset=True)
    names = {each.name for each in desk.folder.glob("*.ipynb")}
    assert names == {f"03_operations{end}.ipynb" for end in ("", ".backup-1", ".backup-2")}
    kept = (desk.folder / "03_operations.backup-1.ipynb").read_text(encoding="utf-8")
    assert '"mine"' in kept


def test_somebody_who_studies_keeps_a_green_test_run(desk):
    desk.change(lambda by, cells: by["sum_to"].update(source="mine", outputs=[{}]))
    source = desk.folder / "solutions"
    source.mkdir()
    text = (SOLUTIONS / "03_operations.ipynb").read_bytes()
    (source / "03_operations.ipynb").write_bytes(text)
    assert exercising.in_step(source, desk.folder) == []
    desk.change(lambda by, cells: by["sum_to-check"].update(source="values = {}"))
    assert exercising.in_step(source, desk.folder) != []


# --- references that cannot serve ----------------------------------------------------------------
def break_it(tmp_path, change):
    notebook = json.loads((SOLUTIONS / "03_operations.ipynb").read_text(encoding="utf-8"))
    change({each["id"]: each for each in notebook["cells"]}, notebook["cells"])
    path = tmp_path / "03_operations.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda by, cells: cells.remove(by["Cube-check"]), "Cube has no check Cube-check"),
        (lambda by, cells: cells.append(by["Cube"]), "two cells have the grade_id Cube"),
        (lambda by, cells: by["Cube"].update(source="x = 1"), "Cube needs one ### BEGIN SOLUTION"),
        (lambda by, cells: by["Cube"]["metadata"].pop("minigrad"), "Cube lacks 'title'"),
        (lambda by, cells: by["setup"].update(source="x = 1"), "no set-up cell calls begin("),
    ],
)
def test_a_reference_that_cannot_serve_says_which_cell_and_why(tmp_path, change, said):
    with pytest.raises(BadReference, match=re.escape(said)):
        read_reference(break_it(tmp_path, change))


def test_a_file_that_is_no_notebook_is_no_reference(tmp_path):
    (tmp_path / "03_x.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(BadReference, match="is not a notebook"):
        read_reference(tmp_path / "03_x.ipynb")
    with pytest.raises(BadReference, match="no notebooks"):
        exercising.read_references(tmp_path / "nothing")


def test_the_readme_names_every_notebook_of_exercises():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "exercises/" in text and "minigrad-grade" in text
