"""Pictures: what they show, where their names and numbers come from, and what they leave alone."""

import gc
import warnings
import weakref

import pytest
from graphs import diamond, tutorial

import minigrad as torch
from minigrad import draw
from minigrad.draw.record import memories
from minigrad.draw.values import Value
from minigrad.function import Observers


# --- what is shown --------------------------------------------------------------------------------
def test_the_tutorial_in_words():
    x, y, z, out = tutorial()
    assert str(draw.graph(out)).split("\n") == [
        "x (leaf), 2×2, value [1 1; 1 1], ∂ [4.5 4.5; 4.5 4.5]",
        "y = x + 2, 2×2, value [3 3; 3 3], ∂ [4.5 4.5; 4.5 4.5]",
        "    sends back to x: [4.5 4.5; 4.5 4.5]",
        "#1 = y × y, 2×2, value [9 9; 9 9], ∂ [0.75 0.75; 0.75 0.75]",
        "    sends back to y: [2.25 2.25; 2.25 2.25]",
        "    sends back to y: [2.25 2.25; 2.25 2.25]",
        "z = #1 × 3, 2×2, value [27 27; 27 27], ∂ [0.25 0.25; 0.25 0.25]",
        "    sends back to #1: [0.75 0.75; 0.75 0.75]",
        "out = mean(z) (output), scalar, value 27, ∂ 1",
        "    sends back to z: [0.25 0.25; 0.25 0.25]",
    ]


def test_the_backward_graph_in_words():
    x, y, z, loss = diamond()
    assert str(draw.backward_graph(loss)).split("\n") == [
        "MulBackward0 (made loss)",
        "    saved self = 9",
        "    saved other = 12",
        "    sends to MulBackward0: 12",
        "    sends to AddBackward0: 9",
        "AddBackward0 (made z)",
        "    sends to MulBackward0: 9",
        "    sends to x.grad: 9",
        "MulBackward0 (made y)",
        "    saved self = 3",
        "    saved other = 3",
        "    sends to x.grad: 63",
        "    sends to x.grad: 63",
        "x.grad = 135",
    ]


def test_a_grad_fn_can_be_drawn_too():
    x, y, z, loss = diamond()
    words = str(draw.backward_graph(loss.grad_fn))
    assert words == str(draw.backward_graph(loss)).replace(" (made loss)", " (made loss)")
    assert "MulBackward0 (made loss)" in words


def test_contributions_add_up_to_the_gradient():
    x, y, z, loss = diamond()
    model = draw.graph(loss).model
    for card in model.cards:
        sent = [float(each.sent.text) for each in model.edges if each.tail == card.key]
        if sent:
            assert sum(sent) == float(card.grad.text)


def test_before_a_backward_pass_every_gradient_is_a_dash_and_the_picture_says_so():
    x = torch.ones(2, requires_grad=True)
    y = x + 2
    words = str(draw.graph(y))
    assert words.startswith("No backward pass has been recorded here: every ∂ is still –.")
    assert words.count("∂ –") == 2 and "∂ 0" not in words


def test_after_an_unrecorded_pass_saved_values_are_freed():
    x = torch.ones(2, requires_grad=True)
    y = x * x
    y.sum().backward()
    words = str(draw.backward_graph(y))
    assert "saved self = freed" in words and "x.grad = [2 2]" in words


def test_what_was_not_recorded_is_left_open():
    x = torch.ones(2, requires_grad=True)
    y = x + 2
    assert "y = x + …" in str(draw.graph(y))


def test_a_number_in_between_has_the_shape_of_a_number():
    x = torch.ones(2, 3, requires_grad=True)
    y = (x * x).sum() * 3
    assert "#2 = sum(#1), scalar, ∂ –" in str(draw.graph(y))


def test_a_block_around_the_backward_pass_alone_keeps_what_is_sent():
    x = torch.tensor(3.0, requires_grad=True)
    y = x * x
    with draw.record():
        y.backward()
    assert str(draw.graph(y)).count("sends back to x: 3") == 2
    assert "saved self = 3" in str(draw.backward_graph(y))


def test_each_of_several_outputs_has_a_card_and_the_operation_has_no_numbers():
    with draw.record():
        x = torch.ones(2, 2, requires_grad=True)
        a, b = x.unbind(0)
        y = a + b * 5
        y.sum().backward()
    assert str(draw.graph(y)).split("\n")[:6] == [
        "x (leaf), 2×2, value [1 1; 1 1], ∂ [1 1; 5 5]",
        "#1 = unbind(x)",
        "    sends back to x: [1 1; 5 5]",
        "a = #1 [0], length 2, value [1 1], ∂ [1 1], view of x",
        "    sends back to #1: [1 1]",
        "b = #1 [1], length 2, value [1 1], ∂ [5 5], view of x",
    ]
    words = str(draw.backward_graph(y))
    assert "output 1 of UnbindBackward0 (made b)" in words and "Slot" not in words


def test_inputs_without_gradient_are_there_and_what_is_before_them_is_not():
    with draw.record():
        a = torch.ones(2) + torch.ones(2)
        z = torch.ones(2, requires_grad=True)
        b = z + a
    picture = draw.graph(b)
    assert "a (no grad), length 2, value [2 2]" in str(picture)
    assert len(picture.model.cards) == 3
    assert [each.tracked for each in picture.model.edges] == [True, False]


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("1 / x", "reciprocal"),
        ("2 - x", "2 − x"),
        ("-x", "− x"),
        ("x ** 2", "x ** 2"),
        ("x ** (1 / 3)", "x ** 0.3333"),
        ("x.sum(0)", "sum dim 0(x)"),
        ("x @ x", "x @ x"),
        ("x.tanh()", "tanh(x)"),
        ("x.unbind(0)[1]", "[1]"),
    ],
)
def test_operations_read_like_the_code(expression, words):
    with draw.record():
        x = torch.ones(2, 2, requires_grad=True)
        y = eval(expression)
    assert words in str(draw.graph(y))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (3.0, "3"),
        ([1.0, 2.5], "[1 2.5]"),
        ([[1, 2], [3, 4]], "[1 2; 3 4]"),
        (list(range(9)), "[0 1 2 …]"),
        ([0.00012345, float("nan")], "[0.0001234 nan]"),
        ([], "[empty]"),
        ([True], "[True]"),
    ],
)
def test_numbers_are_short(data, text):
    assert Value(torch.tensor(data).numpy()).text == text


# --- names ----------------------------------------------------------------------------------------
def test_names_are_those_of_the_callers_variables():
    def elsewhere(tensor):
        inside = tensor
        return draw.graph(inside)

    weight = torch.ones(2, requires_grad=True)
    result = weight * 2
    assert {"weight", "result"} <= {each.name for each in draw.graph(result).model.cards}
    assert "inside" not in str(draw.graph(result)) and "tensor" in str(elsewhere(result))


def test_names_can_be_given_and_hidden_variables_do_not_count():
    _hidden = torch.ones(2, requires_grad=True)
    y = _hidden * 2
    assert "_hidden" not in str(draw.graph(y))
    assert "loss = " in str(draw.graph(y, names={"loss": y}))


# --- what is left alone ---------------------------------------------------------------------------
def test_drawing_changes_nothing_and_warns_of_nothing():
    x = torch.ones(2, requires_grad=True)
    y = x * x
    z = y.exp()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw.graph(z)._repr_mimebundle_()
        draw.backward_graph(z)._repr_mimebundle_()
    assert x.grad is None and x._version == 0
    z.sum().backward()
    assert x.grad is not None


def test_recording_stops_after_the_block_also_after_an_error():
    with pytest.raises(ZeroDivisionError), draw.record():
        1 / 0  # noqa: B018
    assert Observers.current is None


def test_blocks_can_be_nested():
    with draw.record() as outer:
        with draw.record():
            x = torch.ones(1, requires_grad=True)
            y = x * 5
        assert Observers.current is outer
        y.backward()
    assert "sends back to x: [5]" in str(draw.graph(y))


def test_what_was_recorded_goes_with_the_graph():
    gc.collect()
    gc.disable()
    try:
        before = len(memories)
        x, y, z, out = tutorial()
        picture = draw.graph(out)
        alive = [weakref.ref(each) for each in (y, out._node, x)]
        del x, y, z, out
        assert [each() for each in alive] == [None] * 3
        assert len(memories) == before and "4.5" in str(picture)
    finally:
        gc.enable()


def test_what_cannot_be_drawn_is_told_so():
    with pytest.raises(TypeError, match="draw expects a tensor or a grad_fn, not int"):
        draw.graph(3)
    with pytest.raises(TypeError, match="at least one tensor"):
        draw.graph()
    with pytest.raises(TypeError, match="names expects tensors.*'x' is int"):
        draw.graph(torch.ones(2), names={"x": 3})
    assert str(draw.graph(torch.ones(2))).startswith("#1 (no grad), length 2, value [1 1]")


class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, grad):
        return grad * 2


def test_an_operation_of_the_users_is_one_card_and_leaves_the_others_as_they_are():
    with draw.record():
        x = torch.tensor(3.0, requires_grad=True)
        y = x * x
        out = Twice.apply(y)
        out.backward()
    words = str(draw.graph(out))
    assert "y = x × x, scalar, value 9, ∂ 2" in words
    assert "out = twice(y) (output), scalar, value 18, ∂ 1" in words
    assert "twice" in str(draw.graph(out.grad_fn))
