"""Recurrent layers beyond the recorded cases: long sequences, what is kept, what is refused."""

import gc

import numpy as np
import pytest

import minigrad as torch
from minigrad import nn

KINDS = nn.RNN, nn.LSTM, nn.GRU


def state_of(result):
    """The last hidden state of a layer's result."""
    return result[1][0] if isinstance(result[1], tuple) else result[1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_layer_is_its_cell_step_by_step(kind):
    torch.manual_seed(0)
    layer, cell = kind(3, 4), getattr(nn, f"{kind.__name__}Cell")(3, 4)
    with torch.no_grad():
        for name, weight in cell.named_parameters():
            weight.copy_(getattr(layer, f"{name}_l0"))
    x, state, outputs = torch.randn(6, 2, 3), None, []
    for step in x:
        state = cell(step, state)
        outputs.append(state[0] if kind is nn.LSTM else state)
    result = layer(x)
    assert result[0].allclose(torch.stack(outputs), atol=1e-6)
    assert state_of(result)[0].allclose(outputs[-1], atol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_steps_go_there_and_back(kind):
    layer, x = kind(2, 3), torch.randn(10_000, 1, 2, requires_grad=True)
    layer(x)[0].sum().backward()
    assert np.isfinite(x.grad.numpy()).all() and (x.grad != 0).any()
    (grad,) = torch.autograd.grad(layer(x[:2000])[0].sum(), x, create_graph=True)
    (grad * grad).sum().backward()


def nodes_of(tensor):
    """How many nodes the history of a tensor has."""
    seen, waiting = set(), [tensor.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is not None and node not in seen:
            seen.add(node)
            waiting.extend(each for each, _ in node.next_functions)
    return len(seen)


@pytest.mark.parametrize("kind", KINDS)
def test_the_graph_does_not_grow_with_the_steps_and_that_of_gradients_in_step(kind):
    layer = kind(2, 3)

    def sizes(steps):
        x = torch.randn(steps, 1, 2, requires_grad=True)
        output = layer(x)[0]
        (grad,) = torch.autograd.grad(output.sum(), x, create_graph=True)
        return nodes_of(output), nodes_of(grad)

    (once, slopes), (same, more) = sizes(50), sizes(200)
    assert once == same < 15 and 3.5 < more / slopes < 4.1


def test_the_saved_states_go_with_the_graph():
    layer = nn.LSTM(2, 3)
    output, _ = layer(torch.randn(4, 1, 2))
    output.sum().backward()
    assert output.grad_fn._saved is None
    with pytest.raises(RuntimeError, match="backward through the graph a second time"):
        output.sum().backward()


def test_nothing_is_kept_without_a_graph():
    layer = nn.GRU(2, 3)
    with torch.no_grad():
        output, last = layer(torch.randn(4, 1, 2))
    assert output.grad_fn is None and not last.requires_grad
    gc.collect()


def test_overwritten_outputs_are_noticed():
    output, _ = nn.LSTM(2, 3)(torch.randn(4, 1, 2))
    output.mul_(2)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        output.sum().backward()


def test_the_last_cell_state_may_be_overwritten():
    layer, x = nn.LSTM(2, 3), torch.randn(4, 1, 2, requires_grad=True)
    _, (_, cell) = layer(x)
    (wanted,) = torch.autograd.grad(cell.sum() * 2, x, retain_graph=True)
    cell.mul_(2)
    cell.sum().backward()
    assert x.grad.allclose(wanted)


def test_dropout_between_layers_only_and_only_in_training():
    layer, x = nn.GRU(2, 3, 2, dropout=0.5), torch.randn(4, 50, 2)
    torch.manual_seed(1)
    first = layer(x)[0]
    torch.manual_seed(1)
    assert first.equal(layer(x)[0]) and not first.equal(layer(x)[0])
    assert (first != 0).all()
    layer.eval()
    assert layer(x)[0].equal(layer(x)[0])


def test_dropout_with_one_layer_warns():
    with pytest.warns(UserWarning, match="dropout option adds dropout after all but last"):
        nn.LSTM(2, 3, dropout=0.5)


@pytest.mark.parametrize("kind", KINDS)
def test_weights_begin_within_the_bounds(kind):
    torch.manual_seed(0)
    for layer in (kind(20, 16), getattr(nn, f"{kind.__name__}Cell")(20, 16)):
        for weight in layer.parameters():
            assert 0.2 < weight.abs().max().item() <= 0.25 or weight.numel() < 50


def test_a_single_state_for_an_lstm_is_refused():
    with pytest.raises(TypeError, match="a pair of tensors"):
        nn.LSTM(2, 3)(torch.ones(4, 1, 2), torch.ones(1, 1, 3))
