"""The backward pass, step by step: what it says, wrong orders, errors, what is left alone."""

# ruff: noqa: F841, RUF059 - pictures take their names from variables

import numpy as np
import pytest
from graphs import diamond
from graphs import fresh_diamond as fresh

import minigrad as torch
from minigrad import draw, nn
from minigrad.draw.rules import FORMULAS


def headlines(animation):
    return [first for first, *_ in animation.words]


# --- what the steps say ---------------------------------------------------------------------------
def test_the_diamond_step_by_step():
    x, y, z, L = fresh()
    assert str(draw.backward(L)).split("\n") == [
        "0. The pass begins at L with 1.",
        "1. L = y × z runs. g = 1 arrives.",
        "   The rule: each factor gets what arrives times the other factor.",
        "   To y: g × z = 1 × 12 = 12.",
        "   To z: g × y = 1 × 9 = 9.",
        "2. z = y + x runs. g = 9 arrives.",
        "   The rule: a sum hands on what arrives, to each of its terms.",
        "   To y: 9. Added up at y: 12 + 9 = 21.",
        "   To x: 9.",
        "3. y = x × x runs. g = 12 + 9 = 21 arrives.",
        "   The rule: each factor gets what arrives times the other factor.",
        "   To x: g × x = 21 × 3 = 63. Added up at x: 9 + 63 = 72.",
        "   To x: g × x = 21 × 3 = 63. Added up at x: 9 + 63 + 63 = 135.",
        "4. x.grad += 135, the sum 9 + 63 + 63.",
    ]


def test_arrays_are_shown_where_they_are_small():
    with draw.record():
        x = torch.ones(2, 2, requires_grad=True)
        y = x + 2
        z = y * y * 3
        out = z.mean()
    words = str(draw.backward(out))
    assert "To z: g ÷ 4 = 1 ÷ 4 = [0.25 0.25; 0.25 0.25]." in words
    assert "Z = (y × y) × 3".lower() in words.lower()
    assert "x.grad += [4.5 4.5; 4.5 4.5]." in words


def test_a_vector_says_how_much_each_element_counts():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 3
    found = draw.backward(y, torch.tensor([0.1, 10.0]))
    assert headlines(found)[0] == "The pass begins at y with [0.1 10]."
    assert headlines(found)[-1] == "x.grad += [0.3 30]."


def test_what_grad_holds_already_is_told():
    x, y, z, L = fresh()
    x.grad = torch.tensor(1.0)
    assert draw.backward(L).words[-1][1] == "x.grad holds 1 already; backward() would make it 136."


def test_a_leaf_alone_gets_the_seed():
    x = torch.tensor(3.0, requires_grad=True)
    assert headlines(draw.backward(x)) == ["The pass begins at x with 1.", "x.grad += 1."]


@pytest.mark.parametrize(
    ("expression", "line"),
    [
        ("x.exp()", "g × y = 1 × 7.389 = 7.389"),
        ("x.log()", "g ÷ x = 1 ÷ 2 = 0.5"),
        ("x ** 3", "g × 3 × x^(3 − 1) = 1 × 3 × 2^(3 − 1) = 12"),
        ("x.reciprocal()", "−g × y² = −1 × 0.5² = -0.25"),
        ("5 - x", "To x: −g = −1."),
        ("x / 4", "g ÷ 4 = 1 ÷ 4 = 0.25"),
        ("x.sin()", "g × cos(x) = 1 × cos(2) = -0.4161"),
    ],
)
def test_the_rule_with_numbers_put_in(expression, line):
    with draw.record():
        x = torch.tensor(2.0, requires_grad=True)
        y = eval(expression)
    assert line.replace("-", "−") in "\n".join(draw.backward(y).words[1]).replace("-", "−")


SAMPLES = {
    "Add": lambda a, b: a + b,
    "Sub": lambda a, b: a - b,
    "Rsub": lambda a, b: 1 - a,
    "Mul": lambda a, b: a * b,
    "Div": lambda a, b: a / b,
    "Neg": lambda a, b: -a,
    "Pow": lambda a, b: a**3,
    "Reciprocal": lambda a, b: a.reciprocal(),
    "Exp": lambda a, b: a.exp(),
    "Log": lambda a, b: a.log(),
    "Sqrt": lambda a, b: a.sqrt(),
    "Sin": lambda a, b: a.sin(),
    "Cos": lambda a, b: a.cos(),
    "Tanh": lambda a, b: a.tanh(),
    "Sigmoid": lambda a, b: a.sigmoid(),
    "Relu": lambda a, b: a.relu(),
    "Abs": lambda a, b: a.abs(),
    "Mean": lambda a, b: a.mean(),
    "Sum": lambda a, b: a.sum(),
    "Mm": lambda a, b: a @ b,
    "Clone": lambda a, b: a.clone(),
}


@pytest.mark.parametrize("kind", FORMULAS)
def test_each_formula_gives_what_the_engine_sends(kind):
    """The texts explain the numbers of the engine; here they are evaluated and compared."""
    a = torch.tensor([[0.7, 1.5], [2.0, 0.3]], dtype=torch.float64, requires_grad=True)
    b = torch.tensor([[1.2, 0.4], [3.0, 2.5]], dtype=torch.float64, requires_grad=True)
    r = SAMPLES[kind](a, b)
    node = r.grad_fn
    assert type(node).__name__ == kind
    g = np.full(r.shape, 1.75)
    sent = node.backward(node, g)
    sent = sent if isinstance(sent, tuple) else (sent,)
    names = {"g": g, "r": r.detach().numpy(), "n": getattr(node, "exponent", a.numel())}
    names |= {"a": a.detach().numpy(), "b": b.detach().numpy()}
    functions = {"cos": np.cos, "sin": np.sin, "sign": np.sign}
    for formula, array in zip(FORMULAS[kind], sent):
        if array is not None:
            wanted = np.broadcast_to(eval(formula, functions, names), array.shape)
            np.testing.assert_allclose(array, wanted, rtol=1e-12)


# --- the real engine, and nothing changed ---------------------------------------------------------
def test_nothing_of_the_users_changes():
    x, y, z, L = fresh()
    draw.backward(L)
    assert x.grad is None and torch.is_grad_enabled()
    L.backward()
    assert x.grad.item() == 135


def test_the_engine_that_is_installed_is_the_one_that_runs(monkeypatch):
    calls, real = [], torch.engine.run
    monkeypatch.setattr(torch.engine, "run", lambda *a, **k: calls.append(k) or real(*a, **k))
    *_, L = fresh()
    draw.backward(L)
    assert len(calls) == 1 and calls[0]["retain_graph"]


def test_the_recorded_pass_of_another_picture_is_left_alone():
    x, y, z, loss = diamond()
    before = str(draw.graph(loss))
    with draw.record():
        x2 = torch.tensor(2.0, requires_grad=True)
        draw.backward(x2 * x2)
    assert str(draw.graph(loss)) == before


# --- wrong orders ---------------------------------------------------------------------------------
def test_first_come_first_served_loses_what_arrives_late():
    x, y, z, L = fresh()
    found = draw.backward(L, order="breadth first")
    assert headlines(found)[2] == "y = x × x runs. g = 12 arrives."
    assert found.words[2][1] == "Too early: z has not sent its part yet."
    assert "To y: 9. Lost: y has run already." in found.words[3]
    assert found.notes == ["x gets 81. Right is 135."]


@pytest.mark.parametrize(
    ("order", "note"),
    [
        ("oldest first", "x gets 81. Right is 135."),
        ("newest first", "x gets 135, which is right."),
        (["y", "z"], "x gets 81. Right is 135."),
        (["z", "y"], "x gets 135, which is right."),
        (lambda ready: ready[0], "x gets 81. Right is 135."),
        (lambda ready: max(ready, key=lambda node: node.number), "x gets 135, which is right."),
    ],
)
def test_any_order_can_be_tried(order, note):
    x, y, z, L = fresh()
    found = draw.backward(L, order=order)
    assert found.notes == ([] if order == "newest first" else [note])
    assert f"x.grad += {note.split()[2].strip('.,')}" in str(found)


def test_an_order_that_makes_no_sense_is_told_so():
    x, y, z, L = fresh()
    with pytest.raises(ValueError, match="no order 'sideways'. There are 'newest first'"):
        draw.backward(L, order="sideways")
    with pytest.raises(ValueError, match="order names 'q', but no result .* There are L, y, z"):
        draw.backward(L, order=["q"])
    with pytest.raises(ValueError, match="order names a leaf"):
        draw.backward(L, order=[x])
    with pytest.raises(TypeError, match="order expects a name"):
        draw.backward(L, order=3)


# --- errors ---------------------------------------------------------------------------------------
def test_a_pass_that_fails_is_shown_up_to_there():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x.exp()
    out = (y * 3).sum()
    y.detach().add_(1)
    found = draw.backward(out)
    assert headlines(found)[-1] == "y = exp(x) runs. g = [3 3] arrives."
    assert found.words[-1][1].startswith(
        "✗ The pass stops here. RuntimeError: one of the variables"
    )
    assert isinstance(found.error, RuntimeError) and len(found.steps) == 3
    assert torch.is_grad_enabled()


def test_a_freed_graph_is_shown_where_it_breaks():
    x, y, z, L = fresh()
    L.backward()
    assert "a second time" in str(draw.backward(L)) and len(draw.backward(L).steps) == 1


def test_what_cannot_be_stepped_through_is_told_so():
    with pytest.raises(TypeError, match="draw.backward expects the tensor .* not int"):
        draw.backward(3)
    with pytest.raises(RuntimeError, match="does not require grad"):
        draw.backward(torch.ones(2))
    with pytest.raises(RuntimeError, match="only for scalar outputs"):
        draw.backward(torch.ones(2, requires_grad=True) * 2)


# --- networks and large graphs --------------------------------------------------------------------
def test_every_parameter_of_a_network_gets_its_step():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
    loss = model(torch.ones(2, 3)).pow(2).mean()
    found = draw.backward(loss)
    assert (
        sum(each.startswith(("#", "model")) and ".grad +=" in each for each in headlines(found))
        == 4
    )
    loss.backward()
    arrived = {id(leaf): array for leaf, array in found.found.leaves.items()}
    for each in model.parameters():
        np.testing.assert_array_equal(arrived[id(each)], each.grad.numpy())


def test_several_outputs_of_one_operation_come_together():
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    a, b = x.unbind(0)
    assert headlines(draw.backward((a * b).sum()))[-1] == "x.grad += [3 4; 1 2]."


def test_long_chains_are_one_step_and_what_is_too_large_says_so():
    y = x = torch.ones(1, requires_grad=True)
    for _ in range(1000):
        y = y + 1
    assert len(draw.backward(y).steps) == 2
    z = x
    for bit in np.random.RandomState(0).randint(2, size=1200):
        z = z * 1 if bit else z + 0
    assert "1,200 operations: " in str(draw.backward(z, torch.ones(1)))


def test_a_pattern_in_one_card_sends_on_the_sum_of_what_leaves_it():
    y = x = torch.tensor(1.0, requires_grad=True)
    w = torch.tensor(1.0, requires_grad=True)
    for _ in range(300):
        y = y * w + x
    words = str(draw.backward(y))
    y.backward()
    assert f"w.grad += {w.grad.item():.4g}" in words and f"x.grad += {x.grad.item():g}" in words
