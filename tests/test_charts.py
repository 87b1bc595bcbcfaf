"""Charts: what they show is true, nothing of the user's changes, the same bytes on every run."""

import subprocess
import sys

import numpy as np
import pytest

import minigrad as torch
from minigrad import draw, nn, optim


def doubled(x):
    y = x * 2
    while y.data.norm() < 1000:
        y = y * 2
    return y


def texts(chart, number):
    return [each.get_text() for each in chart.figure.axes[number].texts]


def network():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))


X = torch.tensor([[0.5, -1.0], [1.5, 2.0], [-0.3, 0.7]])


# --- jacobian -------------------------------------------------------------------------------------
def test_the_tutorials_vector_and_its_product():
    x = torch.tensor([-0.4337, 0.7451, -1.6505], requires_grad=True)
    chart = draw.jacobian(doubled, x, torch.tensor([0.1, 1.0, 0.0001]))
    assert str(chart).split("\n")[1:] == [
        "y[0]: 1024 0 0",
        "y[1]: 0 1024 0",
        "y[2]: 0 0 1024",
        "v: 0.1 1 0.0001",
        "vᵀJ: 102.4 1024 0.1024",
    ]
    assert texts(chart, 1) == ["1024", "0", "0", "0", "1024", "0", "0", "0", "1024"]
    assert texts(chart, 3) == ["102.4", "1024", "0.1024"] and x.grad is None


def test_a_result_can_be_given_in_place_of_a_function_and_its_graph_is_kept():
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    product = x @ x
    chart = draw.jacobian(product, x)
    table = torch.autograd.functional.jacobian(lambda x: x @ x, x).reshape(4, 4)
    shown = [[float(n) for n in line.split(": ")[1].split()] for line in chart.words[1:]]
    np.testing.assert_allclose(shown, table.numpy())
    assert chart.words[1].startswith("product[0,0]:")
    product.sum().backward()


def test_large_jacobians_are_coloured_and_too_large_ones_refused():
    x = torch.ones(40, requires_grad=True)
    words = str(draw.jacobian(lambda x: x.cumsum(0) * 2, x))
    assert "780 of 1,600 numbers are 0." in words
    with pytest.raises(ValueError, match="300 × 300 numbers, and at most 40,000"):
        draw.jacobian(torch.exp, torch.ones(300))


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ((torch.exp, 3), TypeError, "expects a tensor x, not int"),
        ((3, X), TypeError, "expects a function or a tensor, not int"),
        ((lambda x: 3, X), TypeError, "a function that returns a tensor, not int"),
        ((X * 2, X), RuntimeError, "has no graph behind it"),
        ((torch.exp, X, torch.ones(2)), ValueError, r"v has shape \(2,\) and the output \(3, 2\)"),
    ],
)
def test_jacobians_that_make_no_sense_are_told_so(arguments, error, says):
    with pytest.raises(error, match=says):
        draw.jacobian(*arguments)


# --- gradients ------------------------------------------------------------------------------------
def test_the_flow_of_gradients_is_that_of_the_parameters():
    model, steps = network(), 3
    flow = draw.GradientFlow(model)
    for _ in range(steps):
        model.zero_grad()
        model(X).sum().backward()
        flow.note()
    assert flow.names == ["0.weight", "2.weight"]
    norm = model.get_parameter("0.weight").grad.norm().item()
    assert flow.sizes["0.weight"] == pytest.approx([norm] * steps)
    image = draw.gradients(flow).figure.axes[0].images[0].get_array()
    np.testing.assert_allclose(image[0], np.log10([norm] * steps), rtol=1e-6)


def test_what_is_no_size_is_named_and_hatched():
    model = network()
    assert "0.weight: no gradient at 1 of 1 steps." in str(draw.gradients(model))
    (model(X) * 0).sum().backward()
    chart = draw.gradients(model)
    assert "0.weight: 0 at 1 of 1 steps." in str(chart)
    hatched = [each for each in chart.figure.axes[0].patches if each.get_hatch()]
    assert len(hatched) == 2 and texts(chart, 0) == ["0", "0"]
    model.get_parameter("0.weight").grad[0, 0] = float("nan")
    flow = draw.GradientFlow(model, biases=True).note().note()
    assert "0.weight: nan at 2 of 2 steps." in str(draw.gradients({"a": flow})).replace("a: ", "")


def test_several_flows_are_compared_on_one_scale():
    flows = {}
    for name, size in (("small", 1e-3), ("large", 10.0)):
        flows[name] = draw.GradientFlow(network())
        for _ in range(2):
            (flows[name].model(X).sum() * size).backward()
            flows[name].note()
    chart = draw.gradients(flows, numbers=False)
    limits = {each.images[0].get_clim() for each in chart.figure.axes[:2]}
    assert len(limits) == 1 and "small: smallest at" in chart.words[0]


def test_flows_that_make_no_sense_are_told_so():
    with pytest.raises(TypeError, match="expects a module with parameters, not int"):
        draw.gradients(3)
    with pytest.raises(ValueError, match="no parameters"):
        draw.GradientFlow(nn.Tanh())
    with pytest.raises(ValueError, match="empty: call note"):
        draw.gradients(draw.GradientFlow(network()))


# --- landscape ------------------------------------------------------------------------------------
def bowl():
    w = torch.tensor(1.0, requires_grad=True)
    b = torch.tensor(2.0, requires_grad=True)
    return w, b, lambda: (w - 3) ** 2 + 2 * (b + 1) ** 2


def test_two_numbers_are_the_axes_and_heights_are_the_loss():
    w, b, loss = bowl()
    path = draw.Path([w, b]).note()
    optimizer = optim.SGD([w, b], lr=0.1)
    for _ in range(20):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
        path.note()
    chart = draw.landscape(loss, [w, b], {"SGD": path})
    ax = chart.figure.axes[0]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("w", "b")
    assert chart.words[0] == "The loss over w and b."
    assert "Path 'SGD': 20 steps, from (1, 2) to (2.98, -1)." in chart.words
    (line,) = (each for each in ax.lines if each.get_label() == "SGD")
    np.testing.assert_allclose(np.array(line.get_xydata()), np.array(path.places), atol=1e-9)


def test_a_network_is_seen_over_the_plane_of_its_path():
    model = network()
    loss = lambda: model(X).pow(2).sum()  # noqa: E731
    path = draw.Path(model).note()
    optimizer = optim.SGD(model.parameters(), lr=0.02)
    for _ in range(6):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
        path.note()
    before = [each.detach().clone() for each in model.parameters()]
    state, grads = torch.get_rng_state(), [each.grad.clone() for each in model.parameters()]
    chart = draw.landscape(loss, model, path, points=9)
    assert chart.words[0] == "The loss over component 1 and component 2."
    assert "% of the path)" in chart.figure.axes[0].get_xlabel()
    for now, old, grad in zip(model.parameters(), before, grads):
        assert torch.equal(now, old) and torch.equal(now.grad, grad)
    assert model.training and (torch.get_rng_state() == state).all()
    assert "random direction 1" in str(draw.landscape(loss, model, span=0.5, points=5))


def test_all_is_put_back_after_an_error_too():
    model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
    before = {name: each.clone() for name, each in model.state_dict().items()}

    def loss():
        model.eval()
        raise KeyError("no")

    with pytest.raises(KeyError):
        draw.landscape(loss, model, points=3)
    assert all(torch.equal(each, before[name]) for name, each in model.state_dict().items())
    assert model.training


def test_landscapes_that_make_no_sense_are_told_so():
    w, b, loss = bowl()
    with pytest.raises(TypeError, match="a function without arguments"):
        draw.landscape(loss(), [w, b])
    with pytest.raises(TypeError, match="a module, a tensor or a list"):
        draw.landscape(loss, [3])
    with pytest.raises(ValueError, match="at least two numbers"):
        draw.landscape(loss, [w])
    with pytest.raises(ValueError, match="one of 1 numbers, and the parameters have 2"):
        draw.landscape(loss, [w, b], draw.Path(w).note())
    with pytest.raises(ValueError, match="is empty: call note"):
        draw.landscape(loss, [w, b], draw.Path([w, b]))
    with pytest.raises(TypeError, match=r"single number; the function gave Tensor of shape \(2,\)"):
        draw.landscape(lambda: torch.stack([w, b]), [w, b], points=3)
    with pytest.raises(ValueError, match="nan or infinite everywhere"):
        draw.landscape(lambda: float("nan"), [w, b], points=3)


# --- the output -----------------------------------------------------------------------------------
PROGRAM = """
import hashlib, minigrad as torch
from minigrad import draw, nn
torch.manual_seed(0)
model = nn.Linear(2, 2)
x = torch.ones(3, 2)
model(x).sum().backward()
charts = [draw.jacobian(torch.exp, x[0], x[1]), draw.gradients(model)]
charts.append(draw.landscape(lambda: model(x).pow(2).sum(), model, points=5))
print(hashlib.sha256("".join(each.html() for each in charts).encode()).hexdigest())
"""


def test_the_same_bytes_on_every_run():
    runs = [
        subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout and len(runs[0].stdout) == 65, runs[0].stderr


def test_a_chart_is_an_image_with_its_words_and_leaves_pyplot_alone(tmp_path):
    import matplotlib.pyplot as plt

    before, open_figures = dict(plt.rcParams), plt.get_fignums()
    chart = draw.jacobian(torch.exp, torch.ones(2))
    bundle = chart._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert '<img alt="Jacobian of y (2 numbers)' in bundle["text/html"]
    assert "<details>" in bundle["text/html"] and "y[0]: 2.718 0" in bundle["text/html"]
    assert dict(plt.rcParams) == before and plt.get_fignums() == open_figures
    for name, start in (("a.svg", b"<?xml"), ("a.png", b"\x89PNG"), ("a.pdf", b"%PDF")):
        assert chart.save(tmp_path / name).read_bytes().startswith(start)
    with pytest.raises(FileExistsError, match="overwrite=True"):
        chart.save(tmp_path / "a.svg")


def test_importing_draw_does_not_import_matplotlib():
    program = "import sys; from minigrad import draw; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match="pip install matplotlib"):
        draw.jacobian(torch.exp, torch.ones(2))
