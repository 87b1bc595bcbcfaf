"""Notebooks in a real JupyterLab: run from top to bottom, stepped through, seen in both themes."""

import json
import subprocess
import sys

import pytest
from keeper import ROOT
from notebook_page import NotebookPage, new_context

import minigrad as torch
from minigrad import draw

NAMES = "course/00_start_here.ipynb", "course/04_backward.ipynb", "course/gallery.ipynb"
NOTEBOOKS = [each for each in NAMES if (ROOT / each).exists()]
ALLOWED = {"raises-exception"}


@pytest.fixture(scope="module", params=NOTEBOOKS)
def opened(request, context, server):
    """A notebook, run from top to bottom."""
    page = NotebookPage(context, server, request.param)
    page.run_all()
    yield page
    page.close()


@pytest.fixture(scope="module")
def chapter(context, server):
    """Chapter 04 with its animations, run."""
    page = NotebookPage(context, server, "course/04_backward.ipynb")
    page.run_all()
    yield page
    page.close()


def tagged(page):
    """The numbers of the cells that are meant to fail."""
    cells = enumerate(page.cells)
    return {number for number, each in cells if ALLOWED & set(each["metadata"].get("tags", ()))}


def write(server, name, cells, kernel="python3"):
    """A notebook of some code cells in the lab's folder; returns its path there."""
    made = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": text, **output}
        for n, (text, output) in enumerate(cells)
    ]
    metadata = {"kernelspec": {"name": kernel, "display_name": kernel, "language": "python"}}
    notebook = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    (server.notebooks / "other" / name).write_text(json.dumps(notebook), encoding="utf-8")
    return f"other/{name}"


NOT_RUN = {"outputs": [], "execution_count": None}
CODE = """
import minigrad as torch
from minigrad import draw

with draw.record():
    x = torch.tensor(3.0, requires_grad=True)
    y = x * x
    L = y * (y + x)
"""


def output_of(shown):
    """What a notebook stores of something that has been shown."""
    bundle = shown._repr_mimebundle_()
    kind = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    return {"outputs": [{**kind, "data": bundle}], "execution_count": 1}


# --- run from top to bottom -----------------------------------------------------------------------
def test_nothing_goes_wrong_on_the_page(opened):
    assert opened.complaints == []
    assert [each for each in opened.probe("stderr()") if each["cell"] not in tagged(opened)] == []
    failed = {
        number
        for number, cell in enumerate(opened.cells)
        for output in cell.get("outputs", ())
        if output["output_type"] == "error"
    }
    assert failed == tagged(opened)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_are_there_and_can_be_read(opened, theme, shots):
    opened.show(theme)
    pictures = opened.probe("pictures()")
    wanted = sum("<img" in json.dumps(each.get("outputs", ())) for each in opened.cells)
    assert len({each["cell"] for each in pictures}) >= wanted >= 2
    assert [each for each in pictures if not each["loaded"] or each["width"] < 60] == []
    assert [each for each in pictures if len(each["alt"]) < 20 and each["kind"] == "svg"] == []
    assert opened.probe("tooWide()") == []
    pale = [each for each in opened.probe("svgTexts()") if each["contrast"] < 4.5]
    assert pale == []
    name = opened.path.split("/")[-1].removesuffix(".ipynb")
    assert len(opened.screenshots(shots, f"{name}-{theme}")) >= 2


# --- the animation --------------------------------------------------------------------------------
def player(page, number):
    return page.page.locator(".mg-player").nth(number)


def test_the_keyboard_steps_through_the_pass_of_chapter_04(chapter):
    wrong, right = player(chapter, 0), player(chapter, 1)
    keys = chapter.page.keyboard
    right.focus()
    for step in range(1, 5):
        keys.press("ArrowRight")
        assert right.locator(".mg-bar span").inner_text() == f"{step} / 4"
    assert "x.grad += 135" in right.locator(".mg-say").inner_text()
    keys.press("Home")
    assert "The pass begins at L with 1." in right.locator(".mg-say").inner_text()
    wrong.focus()
    keys.press("End")
    assert "x.grad += 81" in wrong.locator(".mg-say").inner_text()
    keys.press("ArrowLeft")
    assert "Lost: y has run already." in wrong.locator(".mg-say").inner_text()


def test_its_keys_are_no_commands_of_jupyterlab(chapter):
    before = len(chapter.cells), chapter.probe("prompts()")
    player(chapter, 1).focus()
    for key in ("a", "b", "x", "d", "d", "ArrowDown", "Enter", "m"):
        chapter.page.keyboard.press(key)
    chapter.save()
    assert (len(chapter.cells), chapter.probe("prompts()")) == before


def test_one_can_leave_it_with_the_tab_key(chapter):
    player(chapter, 1).focus()
    inside = "document.activeElement.closest('.mg-player') !== null"
    for _ in range(25):
        chapter.page.keyboard.press("Tab")
        if not chapter.page.evaluate(inside):
            return
    pytest.fail("Tab never left the player")


# --- opened without being run, saved, exported ----------------------------------------------------
def shown():
    x = torch.tensor(3.0, requires_grad=True)
    y = x * x
    L = y * (y + x)
    return draw.backward(L), draw.graph(y)


def test_a_notebook_that_nobody_trusts_yet_shows_pictures_and_words(context, server):
    film, graph = shown()
    cells = [("draw.backward(L)", output_of(film)), ("draw.graph(y)", output_of(graph))]
    page = NotebookPage(context, server, write(server, "untrusted.ipynb", cells))
    pictures = page.probe("pictures()")
    assert [(each["kind"], each["loaded"]) for each in pictures] == [("img", True)] * 2
    assert all(len(each["alt"]) > 20 for each in pictures)
    assert page.page.locator(".mg-player").count() == 0
    words = "\n".join(each["text"] for each in page.probe("words()"))
    assert "x.grad += 135" in words and "y = x × x" in words
    page.close()


def test_what_was_run_and_saved_works_when_it_is_opened_again(context, server):
    cells = [(CODE, NOT_RUN), ("draw.backward(L)", NOT_RUN)]
    path = write(server, "again.ipynb", cells)
    page = NotebookPage(context, server, path)
    page.run_all()
    page.close()
    page = NotebookPage(context, server, path)
    page.page.locator(".mg-player").focus()
    page.page.keyboard.press("End")
    assert "x.grad += 135" in page.page.locator(".mg-say").inner_text()
    page.close()


def test_a_page_made_of_a_notebook_has_the_player_too(context, server, tmp_path):
    path = server.notebooks / write(server, "page.ipynb", [("draw", output_of(shown()[0]))])
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--output-dir", tmp_path, path]
    subprocess.run(command, check=True, capture_output=True)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.locator(".mg-player").focus()
    page.keyboard.press("End")
    assert "x.grad += 135" in page.locator(".mg-say").inner_text()
    page.close()


# --- without Graphviz -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kernel", "there", "gone"),
    [
        ("wheel", ".mg svg", ".jp-RenderedMermaid"),
        ("bare", ".jp-RenderedMermaid img, .jp-RenderedMermaid svg", ".mg svg"),
    ],
)
def test_pictures_without_the_program_dot(context, server, kernel, there, gone):
    """By the wheel of pygraphviz, and without that by JupyterLab's own Mermaid."""
    cells = [(CODE, NOT_RUN), ("draw.graph(L)", NOT_RUN)]
    page = NotebookPage(context, server, write(server, f"{kernel}.ipynb", cells, kernel))
    page.run_all()
    page.page.wait_for_selector(there)
    assert page.page.locator(gone).count() == 0 and page.complaints == []
    page.close()


def test_a_second_profile_sees_the_same(chromium, server):
    """Nothing that is shown depends on what the browser has kept."""
    fresh = new_context(chromium, {"width": 800, "height": 600})
    page = NotebookPage(fresh, server, "course/00_start_here.ipynb")
    assert len(page.probe("pictures()")) >= 2 and page.probe("tooWide()") == []
    fresh.close()
