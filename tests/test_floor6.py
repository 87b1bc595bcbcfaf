"""What the floors above the engine promise beyond PyTorch's words: places, memory, threads."""

import copy
import gc
import pickle
import threading
import weakref

import numpy as np
import pytest

import minigrad as torch
from minigrad.autograd import Function, grad
from minigrad.utils.checkpoint import checkpoint

LINE = "y.add_(1)  # the line that does it"


def test_a_version_error_quotes_the_line_that_wrote(tmp_path):
    script = tmp_path / "train.py"
    script.write_text(f"def go(y):\n    {LINE}\n", encoding="utf-8")
    scope = {}
    exec(compile(script.read_text(), str(script), "exec"), scope)
    x = torch.ones(3, requires_grad=True)
    y = x * 2
    z = y * y
    scope["go"](y)
    with pytest.raises(RuntimeError, match="at version 1; expected version 0") as caught:
        z.sum().backward()
    assert "MulBackward0 had saved it as `self`" in str(caught.value)
    assert f"The line that changed it: `{LINE}` (train.py, line 2)." in str(caught.value)


def test_what_is_remembered_of_a_write_keeps_no_frame_alive():
    class Big:
        pass

    def write(tensor):
        local = Big()
        tensor.add_(1)
        return weakref.ref(local)

    x = torch.ones(3)
    assert write(x)() is None
    assert len(x._counter.written) == 2


def test_anomaly_mode_names_the_forward_line():
    x = torch.tensor([0.0], requires_grad=True)
    with torch.autograd.set_detect_anomaly(True):
        length = (x * x).sqrt()  # the culprit
        with pytest.raises(RuntimeError, match="returned nan values in its 0th output") as caught:
            length.sum().backward()
    assert "`length = (x * x).sqrt()  # the culprit` (test_floor6.py, line" in str(caught.value)
    length = (x * x).sqrt()
    length.sum().backward()  # outside, nobody looks
    assert np.isnan(x.grad.item())


def test_checkpointing_keeps_only_the_inputs():
    x = torch.ones(1000, requires_grad=True)

    def layers(x):
        for _ in range(10):
            x = x.sin()
        return x

    plain, saved = layers(x), checkpoint(layers, x, use_reentrant=False)
    assert arrays_held(plain) == 10 and arrays_held(saved) == 0
    (expected,) = grad(plain.sum(), x)
    (found,) = grad(saved.sum(), x)
    assert torch.equal(expected, found)


def arrays_held(tensor):
    """How many saved arrays a graph holds that are not an input's."""
    held, node = 0, tensor._node
    while node is not None:
        held += sum(isinstance(each, torch.Tensor) for each in node._saved)
        node = node.next[0] if not isinstance(node.next[0], torch.Tensor) else None
    return held


def test_random_numbers_are_the_same_when_a_part_is_computed_again():
    torch.manual_seed(0)
    x = torch.ones(5, requires_grad=True)

    def noisy(x):
        return x * torch.rand(5) * x

    out = checkpoint(noisy, x, use_reentrant=False)
    (found,) = grad(out.sum(), x)
    assert torch.allclose(found, 2 * out.detach())


def test_a_rule_may_run_a_backward_pass_of_its_own():
    class Inner(Function):
        @staticmethod
        def forward(ctx, x):
            with torch.enable_grad():
                ctx.leaf = x.detach().requires_grad_()
                ctx.result = ctx.leaf**3
            return ctx.result.detach()

        @staticmethod
        def backward(ctx, grad_output):
            with torch.enable_grad():
                ctx.result.sum().backward()
            return ctx.leaf.grad * grad_output

    x = torch.tensor([1.0, 2.0], requires_grad=True)
    (Inner.apply(x) * 2).sum().backward()
    assert x.grad.tolist() == [6, 24]


def test_threads_run_backward_on_separate_graphs():
    results = {}

    def work(number):
        x = torch.full((100,), float(number), requires_grad=True)
        y = x
        for _ in range(200):
            y = y + x
        y.sum().backward()
        results[number] = x.grad[0].item(), torch.is_grad_enabled()

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert results == dict.fromkeys(range(8), (201.0, True))


def double(x):
    class Double(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * 2

        @staticmethod
        def backward(ctx, grad):
            return grad * 2

    return Double.apply(x)


@pytest.mark.parametrize(
    "make",
    [
        double,
        lambda x: (x * 1).exp_(),
        lambda x: write_to_part(x * 1),
        lambda x: (x * 1)[:2],
        lambda x: hooked(x * 2),
        lambda x: checkpoint(torch.exp, x, use_reentrant=False),
        lambda x: x.unbind(0)[0],
    ],
    ids=["function", "in place", "part", "view", "hook", "checkpoint", "pieces"],
)
def test_nothing_is_kept_alive_by_a_circle(make):
    x = torch.ones(3, requires_grad=True)
    gc.collect()
    gc.disable()
    try:
        made = make(x)
        node = weakref.ref(made._node)
        made.sum().backward()
        del made
        assert node() is None
    finally:
        gc.enable()


def write_to_part(y):
    y[0] = 5
    return y


def hooked(y):
    y.register_hook(lambda grad: grad)
    y.retain_grad()
    return y


@pytest.mark.parametrize("step", ["y = Twice.apply(y)", "y.mul_(1)", "y[:1].mul_(1)"])
def test_a_long_chain_is_run_and_freed_without_recursion(step):
    class Twice(Function):
        forward = staticmethod(lambda ctx, x: x * 1)
        backward = staticmethod(lambda ctx, grad: grad)

    names = {"Twice": Twice, "x": torch.ones(2, requires_grad=True)}
    exec(f"y = x * 1\nfor _ in range(5000):\n    {step}\ny.sum().backward()\ndel y", names)
    assert names["x"].grad.tolist() == [1, 1]


def test_many_views_take_linear_time():
    """A write only marks the views of its memory; it does not go through those marked already."""
    base = torch.zeros(2000) * torch.ones(1, requires_grad=True)
    rows = [base[i] for i in range(2000)]
    for _ in range(2000):
        base.add_(1)
    assert not base._counter.views.alive
    assert rows[7].grad_fn.name() == "AsStridedBackward0"
    assert len(base._counter.views.alive) == 1


def test_leaves_are_copied_and_pickled_with_their_wish():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    for twin in (pickle.loads(pickle.dumps(x)), copy.deepcopy(x), copy.copy(x)):
        assert twin.requires_grad and twin.is_leaf and twin.tolist() == [1, 2]
    with pytest.raises(RuntimeError, match="Only Tensors created explicitly by the user"):
        copy.deepcopy(x * 2)


@pytest.mark.parametrize("kind", ["generator", "coroutine"])
def test_the_switch_is_set_only_while_the_functions_own_code_runs(kind):
    seen = []
    if kind == "generator":

        @torch.no_grad()
        def steps():
            seen.append(torch.is_grad_enabled())
            got = yield 1
            seen.append((torch.is_grad_enabled(), got))
            yield 2

        run = steps()
        next(run)
        seen.append(torch.is_grad_enabled())
        run.send("hello")
        assert seen == [False, True, (False, "hello")]
        return

    class Pause:
        def __await__(self):
            yield

    @torch.no_grad()
    async def work():
        seen.append(torch.is_grad_enabled())
        await Pause()
        seen.append(torch.is_grad_enabled())
        return 5

    run = work()
    run.send(None)
    seen.append(torch.is_grad_enabled())
    with pytest.raises(StopIteration) as end:
        run.send(None)
    assert seen == [False, True, False] and end.value.value == 5


LEFT_OUT = [
    ("torch.complex64", "complex numbers"),
    ("torch.sparse_coo_tensor([[0]], [1.0])", "sparse tensors"),
    ("torch.nested.nested_tensor([])", "nested tensors"),
    ("torch.func.grad(torch.sin)", "function transforms"),
    ("torch.vmap(torch.sin)", "a loop in place of vmap"),
    ("torch.autocast('cpu')", "mixed precision"),
    ("torch.autograd.forward_ad.dual_level()", "forward-mode derivatives"),
]


@pytest.mark.parametrize(("program", "reason"), LEFT_OUT)
def test_what_is_left_out_says_so(program, reason):
    with pytest.raises(AttributeError, match=f"minigrad leaves out torch.*{reason}"):
        eval(program, {"torch": torch})


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("torch.autograd.grad(x.sum(), x, is_grads_batched=True)", "needs vmap"),
        ("torch.autograd.gradcheck(torch.sin, x, check_forward_ad=True)", "forward-mode"),
    ],
)
def test_an_option_that_is_left_out_says_so(call, words):
    x = torch.ones(2, dtype=torch.float64, requires_grad=True)
    with pytest.raises(NotImplementedError, match=words):
        eval(call, {"torch": torch, "x": x})
    with pytest.raises((TypeError, RuntimeError)):
        torch.tensor(1j)
    assert not hasattr(torch, "no_such_name")
