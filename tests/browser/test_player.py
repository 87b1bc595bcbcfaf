"""The player of `draw.backward` on a page of its own: keys, slider, cards, guesses, themes."""

import re

import lab
import pytest

import minigrad as torch
from minigrad import draw

PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>player</title>'
    '<body data-jp-theme-light="{light}" style="background:{paper};color:{ink}">'
    "<button id=before>before</button>{body}<button id=after>after</button>"
)
COLOURS = {"true": ("white", "black"), "false": ("#111111", "#dddddd")}


def animation(**options):
    with draw.record():
        x = torch.tensor(3.0, requires_grad=True)
        y = x * x
        z = y + x
        L = y * z
    return draw.backward(L, names={"x": x, "y": y, "z": z, "L": L}, **options)


@pytest.fixture
def show(chromium):
    """A function that opens a page with some outputs; afterwards nothing may have gone wrong."""
    contexts, wrong = [], []

    def open_page(*outputs, light="true", **settings):
        contexts.append(chromium.new_context(viewport={"width": 940, "height": 700}, **settings))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text))
        paper, ink = COLOURS[light]
        body = "".join(each.html() for each in outputs)
        page.set_content(PAGE.format(light=light, paper=paper, ink=ink, body=body))
        return page

    yield open_page
    for each in contexts:
        each.close()
    assert wrong == []


def count(page, number=0):
    return page.locator(".mg-bar span").nth(number).text_content()


def said(page):
    return page.locator(".mg-say").first.inner_text().split("\n")[0]


def seen(page):
    """The numbers on orange lines and cards that one can see."""
    return page.locator(".mg svg").first.evaluate(
        """svg => [...svg.querySelectorAll('.panel')]
        .filter(e => e.getAttribute('display') != 'none')
        .flatMap(e => [...e.querySelectorAll('text')])
        .filter(e => getComputedStyle(e).visibility == 'visible')
        .map(e => e.textContent.trim())"""
    )


def test_the_keyboard_steps_through_the_pass(show):
    page = show(animation())
    page.locator(".mg-player").focus()
    assert (count(page), said(page)) == ("0 / 4", "The pass begins at L with 1.")
    heads = ["L = y × z runs.", "z = y + x runs.", "y = x × x runs.", "x.grad += 135"]
    for step, head in enumerate(heads, 1):
        page.keyboard.press("ArrowRight")
        assert count(page) == f"{step} / 4" and said(page).startswith(head)
    page.keyboard.press("ArrowRight")
    assert count(page) == "4 / 4"
    page.keyboard.press("ArrowLeft")
    assert count(page) == "3 / 4"
    page.keyboard.press("Home")
    assert count(page) == "0 / 4"
    page.keyboard.press("End")
    assert count(page) == "4 / 4"


def test_gradients_are_missing_until_their_step(show):
    page = show(animation())
    assert seen(page).count("∂\N{NO-BREAK SPACE}–") == 3
    page.locator(".mg-player").focus()
    page.keyboard.press("ArrowRight")
    assert {"12", "9", "∂\N{NO-BREAK SPACE}12", "∂\N{NO-BREAK SPACE}9"} <= set(seen(page))
    page.keyboard.press("ArrowRight")
    assert "∂\N{NO-BREAK SPACE}21" in seen(page) and "∂\N{NO-BREAK SPACE}12" not in seen(page)


def test_buttons_and_slider(show):
    page = show(animation())
    page.get_by_role("button", name="next step").click()
    assert count(page) == "1 / 4"
    page.get_by_role("button", name="last step").click()
    assert count(page) == "4 / 4" and page.get_by_role("button", name="next step").is_disabled()
    page.get_by_role("slider", name="step").fill("2")
    assert count(page) == "2 / 4"
    page.get_by_role("button", name="first step").click()
    assert count(page) == "0 / 4"


def test_a_card_leads_to_the_step_that_fills_it(show):
    page = show(animation())
    page.get_by_role("button", name="y: to the step that fills it").click()
    assert count(page) == "2 / 4"
    page.get_by_role("button", name="x: to the step that fills it").focus()
    page.keyboard.press("Enter")
    assert count(page) == "3 / 4"


def test_playing_runs_to_the_end_and_can_be_stopped(show):
    page = show(animation())
    page.clock.install()
    page.get_by_role("button", name="play").click()
    page.clock.run_for(1700)
    assert count(page) == "1 / 4"
    page.clock.run_for(10_000)
    assert count(page) == "4 / 4" and page.locator(".mg-bar").inner_text().count("play") == 1


def test_guessing_the_next_number(show):
    page = show(animation())
    page.get_by_role("button", name="predict").click()
    question = page.locator(".mg-ask")
    assert "What goes from L to y?" in question.inner_text() and "12" not in seen(page)
    page.keyboard.type("13")
    page.keyboard.press("Enter")
    assert "no, try again" in question.inner_text()
    page.locator(".mg-ask input").fill("12")
    page.keyboard.press("Enter")
    assert "Right: 12. (1 right in 2 tries)" in page.locator(".mg-say").inner_text()
    assert "What goes from L to z?" in question.inner_text() and "12" in seen(page)
    page.get_by_role("button", name="show").click()
    assert "It is 9." in page.locator(".mg-say").inner_text() and question.is_hidden()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    page.keyboard.type("9,0")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert "What arrives at y, all together?" in question.inner_text()
    assert "21" not in page.locator(".mg-say").inner_text()


def test_it_can_begin_with_a_question(show):
    page = show(animation(predict=True))
    assert page.locator(".mg-ask").is_visible() and count(page) == "1 / 4"


def test_two_equal_players_do_not_disturb_each_other(show):
    page = show(animation(), animation())
    ids = page.locator("[id]").evaluate_all("all => all.map(e => e.id)")
    assert len(ids) == len(set(ids))
    page.locator(".mg-player").nth(1).focus()
    page.keyboard.press("ArrowRight")
    assert (count(page, 0), count(page, 1)) == ("0 / 4", "1 / 4")


def test_keys_stay_in_the_player_and_one_can_leave_it(show):
    page = show(animation())
    page.evaluate("window.keys = []; document.addEventListener('keydown', e => keys.push(e.key))")
    page.locator("#before").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "after":
            break
    assert page.evaluate("document.activeElement.id") == "after"
    page.locator(".mg-player").focus()
    page.evaluate("keys.length = 0")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("x")
    assert page.evaluate("keys") == []


def test_nothing_moves_for_those_who_want_it_so(show):
    look = "getComputedStyle(document.querySelector('.now path')).animationName"
    for motion, name in (("reduce", "none"), ("no-preference", "mg-flow")):
        page = show(animation(), reduced_motion=motion)
        page.locator(".mg-player").focus()
        page.keyboard.press("ArrowRight")
        assert page.evaluate(look) == name


def test_without_scripts_the_film_and_the_words_remain(show):
    page = show(animation(), java_script_enabled=False)
    assert page.locator(".mg img").count() == 1 and page.locator(".mg-player").count() == 0
    page.locator("summary").click()
    assert page.locator("li").nth(2).inner_text().startswith("z = y + x runs. g = 9 arrives.")


def test_without_a_picture_the_words_are_stepped_through(show, monkeypatch):
    monkeypatch.setattr("minigrad.draw.render.RENDERERS", [])
    page = show(animation())
    page.locator(".mg-player").focus()
    page.keyboard.press("ArrowRight")
    assert said(page) == "L = y × z runs. g = 1 arrives." and page.locator("svg").count() == 0


@pytest.mark.parametrize("light", COLOURS)
def test_everything_can_be_read_in_both_themes(show, light, shots):
    page = show(animation(), light=light)
    page.add_script_tag(path=lab.HERE / "probe.js")
    page.locator(".mg").evaluate("e => e.dataset.probe = 1")
    page.locator(".mg-player").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    texts = [each for each in page.evaluate("probe.svgTexts()") if each["contrast"] < 4.5]
    assert texts == []
    shots.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=shots / f"player-{'light' if light == 'true' else 'dark'}.png")


def test_roles_and_names_tell_a_screen_reader_what_there_is(show):
    page = show(animation())
    assert page.get_by_role("group", name=re.compile("backward pass, step by step")).count() == 1
    assert page.locator("[aria-live=polite]").count() == 1
    unnamed = page.locator("button:not([aria-label])").evaluate_all(
        "all => all.map(e => e.textContent).filter(text => !text.trim())"
    )
    assert unnamed == []
    svg = page.locator(".mg svg").first.get_attribute("aria-label")
    assert svg.startswith("The backward pass in 4 steps, through x, y, z, L.")
