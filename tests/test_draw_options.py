"""What can be asked of a picture: options, views, versions, hooks, and where a pass failed."""

# ruff: noqa: RUF059 - pictures take their names from variables

import re
import xml.etree.ElementTree as ET

import pytest
from graphs import diamond, tutorial

import minigrad as torch
from minigrad import draw
from minigrad.draw import render as rendering
from minigrad.draw.mermaid import mermaid

SVG = "{http://www.w3.org/2000/svg}"


def source(picture):
    return picture.dot.source.replace("\N{NO-BREAK SPACE}", " ")


# --- options --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("options", "there", "gone"),
    [
        ({}, ["2×2", "∂", "27"], []),
        ({"values": False}, ["2×2", "∂"], ["27 27"]),
        ({"gradients": False}, ["27 27"], ["∂", "4.5"]),
        ({"shapes": False}, ["27 27"], ["2×2"]),
        ({"direction": "TB"}, ["rankdir=TB"], ["rankdir=LR"]),
        ({"hide": "x"}, ["y"], ["◆ x"]),
        ({"hide": ["mean", "z"]}, ["◆ x"], ["mean"]),
    ],
)
def test_options_say_what_is_shown(options, there, gone):
    x, y, z, out = tutorial()
    shown = source(draw.graph(out, **options))
    assert [each for each in there if each not in shown] == []
    cleared = re.sub(r'tooltip="[^"]*"', "", shown)
    assert [each for each in gone if each in cleared] == []


def test_what_is_hidden_leads_on():
    x, y, z, loss = diamond()
    words = str(draw.graph(loss, hide=[z]))
    assert "z =" not in words and "loss = y × y (output)" in words
    assert len(draw.graph(loss, hide=[z]).model.edges) == 5


def test_saved_values_can_be_left_out():
    x, y, z, loss = diamond()
    assert "saved" not in str(draw.backward_graph(loss, saved=False))
    assert "saved" not in source(draw.backward_graph(loss, saved=False))


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"colour": True}, TypeError, "draw has no option 'colour'. There are values, gradients"),
        ({"values": 1}, TypeError, "values expects True or False, not 1"),
        ({"direction": "up"}, ValueError, r"direction expects 'LR' .* not 'up'"),
        ({"depth": -1}, ValueError, "depth counts opened boxes"),
        ({"depth": "1"}, TypeError, "depth expects a whole number"),
        ({"fold": 3}, TypeError, "fold expects True, False or None"),
        ({"hide": [3]}, TypeError, "hide expects names"),
        ({"hide": 3}, TypeError, "hide expects names"),
        ({"hide": "q"}, ValueError, r"hide names 'q', but nothing .* There are .*mean"),
    ],
)
def test_options_that_make_no_sense_are_told_so(options, error, says):
    x, y, z, out = tutorial()
    with pytest.raises(error, match=says):
        draw.graph(out, **options)


def test_saved_values_can_be_asked_for_in_the_picture_of_both_directions():
    x, y, z, loss = diamond()
    assert "saved" not in str(draw.graph(loss))
    assert "saved self = 9, saved other = 12" in str(draw.graph(loss, saved=True))
    assert "saved other = 12" in source(draw.graph(loss, saved=True))


def test_accumulate_grad_is_drawn_on_request():
    x, y, z, loss = diamond()
    assert "AccumulateGrad" in source(draw.graph(loss, accumulate_grad=True))
    assert "AccumulateGrad" not in source(draw.backward_graph(loss))
    assert source(draw.backward_graph(loss, accumulate_grad=True)).count(">AccumulateGrad<") == 1


def clip(grad):
    return grad.clamp(-1, 1)


def test_hooks_are_drawn_on_request():
    x = torch.tensor(3.0, requires_grad=True)
    y = x * x
    x.register_post_accumulate_grad_hook(print)
    y.register_hook(clip)
    y.retain_grad()
    words = str(draw.graph(y, hooks=True))
    assert "hooks: print" in words and "hooks: clip, retains grad" in words
    assert "hooks" not in str(draw.graph(y))


# --- views and versions ---------------------------------------------------------------------------
def test_views_are_dashed_and_say_whose_memory_they_share():
    x = torch.ones(2, 3, requires_grad=True)
    y = x * 2
    row = y[0]
    assert ", view of y" in str(draw.graph(row)) and "dashed" in source(draw.graph(row))
    assert "dashed" not in source(draw.graph(y))


def test_a_written_tensor_shows_its_version_and_its_old_self():
    x = torch.ones(3, requires_grad=True)
    y = x * 2
    y[0] = 5.0
    words = str(draw.graph(y))
    assert "version 1" in words and "the old one, with a part replaced" in words


def test_a_saved_value_that_has_changed_is_seen_before_the_pass_fails():
    x = torch.ones(3, requires_grad=True)
    y = x.exp()
    out = y.sum()
    y.detach().add_(1)
    assert "saved result has changed: version 0, now 1" in str(draw.graph(out))


# --- where a pass failed --------------------------------------------------------------------------
class Broken(torch.autograd.Function):
    """A rule that does what `how` says."""

    how = None

    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, grad):
        return Broken.how(grad)


def fails(grad):
    raise KeyError("lost")


FAILURES = {
    "freed": (lambda x: (x * x).exp(), "ExpBackward0", "a second time"),
    "in place": (lambda x: x.exp().add_(1), "ExpBackward0", "modified by an inplace operation"),
    "wrong shape": (lambda x: Broken.apply(x), "BrokenBackward", "invalid gradient"),
    "wrong number": (lambda x: Broken.apply(x), "BrokenBackward", "incorrect number"),
    "its own error": (lambda x: Broken.apply(x), "BrokenBackward", "KeyError: 'lost'"),
    "hook": (lambda x: x * 3, "MulBackward0", "KeyError: 'lost'"),
}
RULES = {
    "wrong shape": lambda grad: torch.ones(7),
    "wrong number": lambda grad: (grad, grad),
    "its own error": fails,
}


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failed_pass_marks_its_node(kind):
    make, node, says = FAILURES[kind]
    Broken.how = RULES.get(kind)
    with draw.record():
        x = torch.tensor([1.0, 2.0], requires_grad=True)
        y = make(x)
        if kind == "hook":
            y.register_hook(fails)
        out = y.sum()
        if kind == "freed":
            y.sum().backward()
        with pytest.raises((RuntimeError, KeyError)):
            out.backward()
    picture = draw.graph(out)
    (card,) = (each for each in picture.model.cards if each.failed)
    assert card.title == node and says in card.failed
    assert f"✗ The backward pass failed at {node}" in str(picture)
    assert "✗ failed here" in source(picture) and "#8B0000" in source(picture)
    assert "✗ failed here" in source(draw.backward_graph(out))


@pytest.mark.parametrize(("how", "edge"), [("wrong shape", 0), ("in place", 1)])
def test_the_edge_that_the_error_is_about_is_marked_too(how, edge):
    Broken.how = RULES["wrong shape"]
    with draw.record():
        x = torch.tensor([1.0, 2.0], requires_grad=True)
        y = x * 2
        out = Broken.apply(y) if how == "wrong shape" else x * y
        if how == "in place":
            y.detach().add_(1)
        with pytest.raises(RuntimeError):
            out.sum().backward()
    picture = draw.graph(out)
    marked = [each for each in picture.model.edges if each.failed]
    (card,) = (each for each in picture.model.cards if each.failed)
    edges = [each for each in picture.model.edges if each.head == card.key]
    assert marked == [edges[edge]] and "✗ failed on the way to y" in str(picture)
    assert "penwidth=3 " in source(picture) and '" ✗ "' in source(picture)


def test_the_engine_is_as_before_after_recording():
    run = torch.engine.run
    with draw.record():
        assert torch.engine.run is not run and torch.passes.run is torch.engine.run
    assert torch.engine.run is run and torch.passes.run is run


# --- titles, odd names, renderers -----------------------------------------------------------------
def test_everything_in_the_picture_has_a_title_in_words():
    x, y, z, loss = diamond()
    for picture in (draw.graph(loss), draw.backward_graph(loss)):
        tree = ET.fromstring(picture.svg)
        groups = [g for g in tree.iter(f"{SVG}g") if g.get("class") != "graph"]
        titles = [g.find("{http://www.w3.org/2000/svg}title").text for g in groups]
        assert len(titles) >= 9 and all(re.search(r"[a-z]", each) for each in titles)
        assert not any(re.fullmatch(r"[nosf]\d+.*", each) for each in titles)
        assert "<a " not in picture.svg


ODD = ['a"b', "<b>", "a&b", "a\nb", "[x]", "{|}", "é∂文", "\\n", "%s", "`", "x" * 300, "a]b", "#1;"]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_break_neither_graphviz_nor_mermaid(name):
    x = torch.ones(2, requires_grad=True).named(name)
    y = x * 2
    for picture in (draw.graph(y), draw.backward_graph(y)):
        assert picture.svg is not None
        ET.fromstring(picture.svg)
        for line in mermaid(picture.model, picture.backward).split("\n")[1:]:
            assert re.fullmatch(r' +(n\d+\["[^"\[\]]*(\[[^"]*\])*[^"]*"\]|n\d+ -->.*n\d+)', line), (
                line
            )


def test_mermaid_has_boxes_and_the_mark_of_a_failure():
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Tanh())
    with draw.record():
        out = model(torch.ones(1, 2)).sum()
        with pytest.raises(RuntimeError):
            out.backward()
            out.backward()
    text = mermaid(draw.graph(out).model)
    assert text.count("subgraph") == text.count("    end") == 3
    assert 'subgraph b1["model.0 · Linear"]' in text and "stroke:#8B0000" in text


@pytest.mark.parametrize("renderer", rendering.RENDERERS, ids=lambda each: each.__name__)
def test_every_renderer_draws_the_same_cards(monkeypatch, renderer):
    try:
        renderer("digraph { a }", "svg")
    except Exception as problem:
        pytest.skip(f"not on this machine: {problem}")
    monkeypatch.setattr(rendering, "RENDERERS", [renderer])
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Tanh())
    with draw.record():
        out = model(torch.ones(1, 2)).sum()
    tree = ET.fromstring(draw.graph(out).svg)
    groups = tree.iter(f"{SVG}g")
    found = sorted(g.get("id") for g in groups if re.fullmatch(r"[neb]\d+", g.get("id", "")))
    assert found == sorted(re.findall(r"\bid=([neb]\d+)", draw.graph(out).dot.source))
    assert len(found) == 15 and draw.backward(out).film
