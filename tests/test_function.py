"""The graph: what is recorded, what a node shows, what it saves, and when nothing is recorded."""

import threading

import pytest

import minigrad as torch
from minigrad.function import AccumulateGrad, Function


def leaf(*shape):
    return torch.ones(*(shape or (2,)), requires_grad=True)


# --- recording ------------------------------------------------------------------------------------
def test_a_result_is_recorded_if_an_input_requires_grad():
    x, y = leaf(), torch.ones(2)
    assert (x + y).requires_grad and (y + x).grad_fn is not None
    assert not (y + y).requires_grad and (y + y).grad_fn is None and (y + y).is_leaf


def test_edges_lead_to_nodes_leaves_or_nowhere():
    x, y = leaf(), torch.ones(2)
    z = x + y
    assert z.grad_fn.next == (x, None)
    assert (z * y).grad_fn.next == (z.grad_fn, None)


def test_next_functions_are_pytorchs_pairs():
    x = leaf()
    y = x * 2
    (end, number), constant = y.grad_fn.next_functions
    assert isinstance(end, AccumulateGrad) and end.variable is x and number == 0
    assert constant == (None, 0)
    assert (y + 1).grad_fn.next_functions[0][0] is y.grad_fn
    assert end.next_functions == () and end.name() == "AccumulateGrad"
    assert (x + 1).grad_fn.next_functions[0][0] is end


def test_the_outputs_of_one_operation_share_its_node():
    a, b = leaf(2, 2).unbind(0)
    assert a.grad_fn is b.grad_fn and a.grad_fn.name() == "UnbindBackward0"
    nodes = (a * b).grad_fn.next_functions
    assert [number for _, number in nodes] == [0, 1] and nodes[0][0] is nodes[1][0]


@pytest.mark.parametrize(
    ("expression", "name"),
    [  # as PyTorch 2.13 prints them
        ("x + 2", "AddBackward0"),
        ("x - x", "SubBackward0"),
        ("2 - x", "RsubBackward1"),
        ("x * 3", "MulBackward0"),
        ("x / x", "DivBackward0"),
        ("-x", "NegBackward0"),
        ("x ** 2", "PowBackward0"),
        ("x ** x", "PowBackward1"),
        ("x.sum()", "SumBackward0"),
        ("x.sum(0)", "SumBackward1"),
        ("x.mean()", "MeanBackward0"),
        ("x.mean(0)", "MeanBackward1"),
        ("x.exp()", "ExpBackward0"),
        ("x[0]", "SelectBackward0"),
        ("x[0:1]", "SliceBackward0"),
        ("x.t()", "TBackward0"),
        ("x @ x", "MmBackward0"),
    ],
)
def test_nodes_have_pytorchs_names(expression, name):
    assert eval(expression, {"x": leaf(2, 2)}).grad_fn.name() == name


def test_a_node_prints_its_name_and_address():
    assert repr((leaf() + 1).grad_fn).startswith("<AddBackward0 object at 0x")


def test_options_are_on_the_node():
    assert (leaf() ** 3).grad_fn.exponent == 3
    assert leaf(2, 2).sum(1).grad_fn.dim == (1,)


# --- the switch -----------------------------------------------------------------------------------
def test_no_grad_is_a_block_and_a_decorator():
    x = leaf()

    @torch.no_grad()
    def double(tensor):
        """Twice."""
        return tensor * 2

    with torch.no_grad():
        assert not (x * 2).requires_grad and not torch.is_grad_enabled()
    assert not double(x).requires_grad and double.__doc__ == "Twice."
    assert (x * 2).requires_grad and torch.is_grad_enabled()


def test_no_grad_restores_what_was_before_also_after_an_error():
    with torch.no_grad():
        with pytest.raises(ZeroDivisionError), torch.no_grad():
            1 / 0  # noqa: B018
        assert not torch.is_grad_enabled()
    assert torch.is_grad_enabled()


def test_each_thread_has_its_own_switch():
    seen = []
    with torch.no_grad():
        thread = threading.Thread(target=lambda: seen.append(torch.is_grad_enabled()))
        thread.start()
        thread.join()
    assert seen == [True]


# --- saved tensors and their versions -------------------------------------------------------------
def test_a_node_saves_only_what_a_rule_will_need():
    x, y = leaf(), torch.ones(2)
    assert (x * y).grad_fn.saved[0] is None and (x * y).grad_fn.saved[1] is y.array
    assert (x + y).grad_fn.saved == []


WRITES = {
    "in place, under no_grad": lambda x: x.zero_(),
    "through detach()": lambda x: x.detach().zero_(),
    "arithmetic in place": lambda x: x.mul_(2),
    "by index": lambda x: x.detach().__setitem__(0, 5.0),
    "through a view": lambda x: x.detach()[0].zero_(),
}


@pytest.mark.parametrize("way", WRITES)
def test_a_write_to_a_saved_tensor_is_noticed(way):
    x = leaf()
    y = x * x
    with torch.no_grad():
        WRITES[way](x)
    with pytest.raises(RuntimeError) as caught:
        y.sum().backward()
    text = str(caught.value)
    assert text.startswith(
        "one of the variables needed for gradient computation has been modified by an inplace "
        "operation: [torch.FloatTensor [2]] is at version 1; expected version 0 instead."
    )
    assert "MulBackward0 had saved it as `self`" in text


def test_writes_before_saving_do_no_harm():
    x = leaf()
    x.detach().fill_(3)
    y = x * x
    y.sum().backward()
    assert x.grad.tolist() == [6, 6]


def test_data_does_not_count_writes_as_in_pytorch():
    x = leaf()
    y = x * x
    x.data.fill_(5)
    assert x._version == 0
    y.sum().backward()
    assert x.grad.tolist() == [10, 10]


def test_a_saved_result_is_guarded_too():
    x = leaf()
    y = x.exp()
    y.detach().zero_()
    with pytest.raises(RuntimeError, match="ExpBackward0 had saved it as `result`"):
        y.sum().backward()


def test_writing_to_what_the_graph_tracks_is_refused():
    x = leaf()
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad is being used in"):
        x.zero_()
    assert x.tolist() == [1, 1] and x._version == 0


def test_an_operation_of_ones_own_is_a_function():
    class Cube(Function):
        @staticmethod
        def forward(self):
            return self * self * self

        @staticmethod
        def setup_context(ctx, inputs, output):
            ctx.save_for_backward(*inputs)

        @staticmethod
        def backward(ctx, grad):
            (self,) = ctx.saved
            return (3 * self * self * grad,)

    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = Cube.apply(x)
    y.sum().backward()
    assert y.grad_fn.name() == "CubeBackward0" and x.grad.tolist() == [3, 12]


@pytest.mark.parametrize("number", [2 + 0j, "2", None, [2]])
def test_what_is_no_number_is_refused_whatever_was_computed_before(number):
    x = leaf()
    _ = x * 2, x * 2.0
    with pytest.raises(TypeError, match="unsupported operand type"):
        x * number
