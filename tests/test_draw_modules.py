"""Pictures of networks: names of parameters, boxes of modules, patterns that repeat themselves."""

# ruff: noqa: F841 - pictures take their names from variables

import re

import numpy as np
import pytest

import minigrad as torch
from minigrad import draw, nn
from minigrad.nn.module import Module
from minigrad.vision.models import resnet18


def network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))


def cards(picture):
    return {each.name: each for each in picture.model.cards if each.name}


# --- names ----------------------------------------------------------------------------------------
def test_parameters_and_buffers_are_named_by_the_callers_module():
    model = network()
    loss = model(torch.ones(2, 3)).sum()
    names = {"model.0.weight", "model.0.bias", "model.2.weight", "model.2.bias"}
    assert names <= set(cards(draw.graph(loss)))


def test_a_name_given_to_a_tensor_goes_before_that_of_a_variable():
    x = torch.ones(2, requires_grad=True).named("input")
    hidden = (x * 2).named("h")
    out = (hidden + 1).named("result")
    del hidden
    found = set(cards(draw.graph(out)))
    assert found == {"input", "h", "result"}
    assert "given" in cards(draw.graph(out, names={"given": x}))


def test_naming_gives_the_tensor_back_and_keeps_nothing_alive():
    from minigrad.draw.naming import GIVEN

    before = len(GIVEN)
    x = torch.ones(2)
    assert x.named("x") is x and len(GIVEN) == before + 1
    del x
    assert len(GIVEN) == before
    with pytest.raises(TypeError, match="named expects a text"):
        torch.ones(2).named(3)
    with pytest.raises(ValueError, match="that can be seen"):
        torch.ones(2).named(" ")


# --- boxes ----------------------------------------------------------------------------------------
def test_recorded_calls_of_modules_are_boxes_with_their_parameters_inside():
    model = network()
    with draw.record():
        loss = model(torch.ones(2, 3)).sum()
    picture = draw.graph(loss)
    assert list(picture.model.paths.values()) == [
        "model · Sequential",
        "model.0 · Linear",
        "model.1 · Tanh",
        "model.2 · Linear",
    ]
    weight = cards(picture)["model.0.weight"]
    assert weight.label == "weight" and weight.path == ["model", "model.0"]
    assert cards(picture)["loss"].path == []
    assert picture.dot.source.count("subgraph cluster_") == 3  # the outermost says nothing new


def test_without_recording_there_are_no_boxes_and_calling_is_as_before():
    call = Module.__call__
    model = network()
    with draw.record(), draw.record():
        assert Module.__call__ is not call
    assert Module.__call__ is call
    with pytest.raises(ZeroDivisionError), draw.record():
        1 / 0  # noqa: B018
    assert Module.__call__ is call
    assert "cluster" not in draw.graph(model(torch.ones(2, 3)).sum()).dot.source


def test_depth_closes_boxes():
    model = network()
    with draw.record():
        X = torch.ones(2, 3)
        loss = model(X).sum()
        loss.backward()
    assert str(draw.graph(loss, depth=0, values=False)).split("\n") == [
        "X (no grad), 2×3",
        "#1 = Sequential(X), with 4 tensors inside, 2×1, ∂ [1; 1]",
        "loss = sum(#1) (output), scalar, ∂ 1",
        "    sends back to #1: [1; 1]",
    ]
    closed = draw.graph(loss, depth=1)
    assert [each.operation for each in closed.model.cards if each.module] == [
        "Linear",
        "Tanh",
        "Linear",
    ]
    assert "0 · Linear" in closed.dot.source.replace("\N{NO-BREAK SPACE}", " ")


def test_a_module_called_twice_has_two_boxes():
    layer = nn.Linear(2, 2)
    with draw.record():
        out = layer(layer(torch.ones(1, 2))).sum()
    picture = draw.graph(out)
    assert list(picture.model.paths.values()) == ["layer · Linear"] * 2
    assert cards(picture)["layer.weight"].scope is None  # it belongs to both


def test_a_residual_network_can_be_read_at_depth_1():
    net = resnet18()
    with draw.record():
        out = net(torch.rand(2, 3, 64, 64)).sum()
    closed = draw.graph(out, depth=1)
    assert len(closed.model.cards) <= 14
    assert "#6 = Sequential(#5), with 15 tensors inside, 2×128×8×8" in str(closed)
    assert len(draw.graph(out).model.cards) > 100


# --- patterns -------------------------------------------------------------------------------------
def test_modules_that_differ_in_their_index_alone_become_one_card():
    torch.manual_seed(0)
    layers = nn.Sequential(*(nn.Sequential(nn.Linear(4, 4), nn.Tanh()) for _ in range(12)))
    with draw.record():
        out = layers(torch.ones(1, 4)).sum()
    picture = draw.graph(out, depth=1, fold=True)
    assert "Sequential · 12 times" in picture.dot.source.replace("\N{NO-BREAK SPACE}", " ")
    (card,) = (each for each in picture.model.cards if each.times > 1)
    assert (card.times, card.count, card.tensors) == (12, 36, 24)
    assert len(draw.graph(out, depth=1).model.cards) > 12  # so few are drawn one by one


def test_a_network_unrolled_in_time_is_one_pattern():
    cell, h = nn.RNNCell(3, 4), torch.zeros(2, 4)
    for _ in range(100):
        h = cell(torch.ones(2, 3), h)
    picture = draw.graph(h.sum())
    assert len(picture.model.cards) <= 20 and re.search(r" · 9\d times", str(picture))


@pytest.mark.parametrize("length", [1, 2, 5, 50])
def test_folded_patterns_count_every_operation(length):
    x = y = torch.ones(1, requires_grad=True)
    turns = [lambda y: y + 1, lambda y: y * 2, lambda y: y.exp(), lambda y: y.tanh(), torch.neg]
    for _ in range(600):
        for number in range(length % 5 or 5):
            y = turns[number](y)
    model = draw.graph(y).model
    assert sum(each.count for each in model.cards if each.operation) == model.size
    assert len(model.cards) < 10


def test_drawing_takes_time_in_proportion_to_the_graph():
    """Not a time: the pattern search never looks at more than a fixed number of places."""
    from minigrad.draw import folding

    seen, best = [], folding.best_run
    y = x = torch.ones(1, requires_grad=True)
    for bit in np.random.RandomState(1).randint(2, size=3000):
        y = y + 1 if bit else y * 1
    try:
        folding.best_run = lambda *given: seen.append(1) or best(*given)
        draw.graph(y)
    finally:
        folding.best_run = best
    assert len(seen) <= 6 * 3000
