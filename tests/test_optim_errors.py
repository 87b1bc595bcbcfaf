"""Mistakes with optimisers are told in PyTorch's words (2.13), and change nothing."""

import warnings

import pytest

import minigrad as torch

optim = torch.optim


def leaf():
    return torch.ones(2, requires_grad=True)


p, q = leaf(), leaf()
GROUPED = [{"params": [p]}, {"params": [p]}]

BAD_PARAMETERS = [
    (lambda: optim.SGD([]), ValueError, "optimizer got an empty parameter list"),
    (lambda: optim.SGD(p), TypeError, "params argument given to the optimizer should be"),
    (lambda: optim.SGD(3), TypeError, "'int' object is not iterable"),
    (lambda: optim.SGD(torch.nn.Linear(2, 2)), TypeError, "'Linear' object is not iterable"),
    (lambda: optim.SGD([3]), TypeError, "optimizer can only optimize Tensors, but one of the"),
    (lambda: optim.SGD([[p]]), TypeError, "optimizer can only optimize Tensors, but one of the"),
    (lambda: optim.SGD([p * 2]), ValueError, "can't optimize a non-leaf Tensor"),
    (lambda: optim.SGD([{"params": {p}}]), TypeError, "optimizer parameters need to be organized"),
    (lambda: optim.SGD([{"lr": 1}]), KeyError, "params"),
    (lambda: optim.SGD([{"params": [p]}, q]), TypeError, "param_group must be a dict, but got <cl"),
    (lambda: optim.SGD(GROUPED), ValueError, "some parameters appear in more than one parameter"),
    (lambda: optim.SGD([("a", p), q]), ValueError, "all optimizer params should be with/without"),
    (
        lambda: optim.SGD([("a", p)]).add_param_group({"params": [q]}),
        ValueError,
        "all optimizer param groups should be with/without names. cannot add param group without",
    ),
    (
        lambda: optim.SGD([torch.zeros(1).expand(3).requires_grad_()]),
        RuntimeError,
        "unsupported operation: more than one element of the written-to tensor",
    ),
]

BAD_SETTINGS = [
    (lambda: optim.SGD([p], lr=-1), "Invalid learning rate: -1"),
    (lambda: optim.SGD([p], lr=torch.ones(2)), "Tensor lr must be 1-element"),
    (lambda: optim.SGD([p], momentum=-1), "Invalid momentum value: -1"),
    (lambda: optim.SGD([p], weight_decay=-1), "Invalid weight_decay value: -1"),
    (lambda: optim.SGD([p], nesterov=True), "Nesterov momentum requires a momentum and zero"),
    (lambda: optim.SGD([p], 1, 0.9, 0.1, nesterov=True), "Nesterov momentum requires a momentum"),
    (lambda: optim.Adam([p], lr=-1), "Invalid learning rate: -1"),
    (lambda: optim.Adam([p], eps=-1), "Invalid epsilon value: -1"),
    (lambda: optim.Adam([p], betas=(1.0, 0.9)), "Invalid beta parameter at index 0: 1.0"),
    (lambda: optim.AdamW([p], betas=(0.9, -0.1)), "Invalid beta parameter at index 1: -0.1"),
    (lambda: optim.AdamW([p], weight_decay=-1), "Invalid weight_decay value: -1"),
    (lambda: optim.RMSprop([p], alpha=-1), "Invalid alpha value: -1"),
    (lambda: optim.RMSprop([p], momentum=-1), "Invalid momentum value: -1"),
    (lambda: optim.Adagrad([p], lr_decay=-1), "Invalid lr_decay value: -1"),
    (lambda: optim.Adagrad([p], initial_accumulator_value=-1), "Invalid initial_accumulator_value"),
    (lambda: optim.Adagrad([p], eps=float("nan")), "Invalid epsilon value: nan"),
]


@pytest.mark.parametrize(("mistake", "kind", "words"), BAD_PARAMETERS)
def test_what_cannot_be_optimised_is_refused(mistake, kind, words):
    with pytest.raises(kind) as caught:
        mistake()
    assert words in str(caught.value)


@pytest.mark.parametrize(("mistake", "words"), BAD_SETTINGS)
def test_settings_out_of_range_are_refused(mistake, words):
    with pytest.raises(ValueError) as caught:
        mistake()
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize("lr", ["0.1", None, [0.1]])
def test_a_rate_that_is_no_number_is_refused(lr):
    with pytest.raises(TypeError, match="Invalid learning rate: it must be a number, not"):
        optim.SGD([p], lr=lr)


def test_a_refused_group_changes_nothing():
    optimizer = optim.SGD([p])
    for group in ({"params": [p]}, {"params": [3]}, {"params": [q, q * 2]}, {}):
        with pytest.raises((TypeError, ValueError, KeyError)):
            optimizer.add_param_group(group)
    assert [group["params"] for group in optimizer.param_groups] == [[p]]


def test_duplicate_parameters_are_warned_of_where_they_are_given():
    with pytest.warns(UserWarning, match="optimizer contains a parameter group with dup") as told:
        optim.SGD([p, p])
    assert told[0].filename == __file__


def test_an_optimiser_without_a_rule_says_what_is_missing():
    class Lazy(optim.Optimizer):
        def __init__(self, params):
            super().__init__(params, {"lr": 1})

    weight = leaf()
    weight.grad = torch.ones(2)
    with pytest.raises(NotImplementedError, match=r"Lazy has no method update"):
        Lazy([weight]).step()


def test_an_optimiser_may_have_a_step_of_its_own_as_in_pytorch():
    class Signs(optim.Optimizer):
        def __init__(self, params, lr):
            super().__init__(params, {"lr": lr})

        @torch.no_grad()
        def step(self):
            for group in self.param_groups:
                for each in group["params"]:
                    each.add_(each.grad.sign(), alpha=-group["lr"])

    class Halves(optim.Optimizer):
        def update(self, parameter, group):
            parameter *= 0.5

    weight = leaf()
    weight.grad = torch.tensor([3.0, -5.0])
    Signs([weight], 0.5).step()
    assert weight.tolist() == [0.5, 1.5]
    Halves([weight], {}).step()
    assert weight.tolist() == [0.25, 0.75]


# --- states that do not fit -----------------------------------------------------------------------
def used(kind, *shapes, **settings):
    """An optimiser that has made a step."""
    params = [torch.ones(shape, requires_grad=True) for shape in shapes]
    optimizer = getattr(optim, kind)(params, **settings)
    for each in params:
        each.grad = torch.ones(each.shape)
    optimizer.step()
    return optimizer


MOMENTUM = {"lr": 0.1, "momentum": 0.9}
TWO_GROUPS = {"state": {}, "param_groups": [{"params": [0]}, {"params": [1]}]}
BAD_STATES = [
    (lambda: 3, TypeError, "Expected state_dict to be dict-like, got <class 'int'>"),
    (dict, KeyError, "'param_groups"),
    (lambda: {"param_groups": []}, KeyError, "'state"),
    (lambda: TWO_GROUPS, ValueError, "loaded state dict has a different number of parameter gr"),
    (
        lambda: used("SGD", 2, **MOMENTUM).state_dict(),
        ValueError,
        "loaded state dict contains a parameter group that doesn't match the size of optimizer's",
    ),
    (
        lambda: used("Adam", (2, 3), 3).state_dict(),
        ValueError,
        "loaded state dict contains a parameter group without momentum, dampening",
    ),
    (
        lambda: used("SGD", 3, (2, 3), **MOMENTUM).state_dict(),
        ValueError,
        "loaded state dict contains a momentum_buffer of shape [3] for parameter 0 of shape [2, 3]",
    ),
]


@pytest.mark.parametrize(("state", "kind", "words"), BAD_STATES)
def test_a_state_that_does_not_fit_leaves_the_optimiser_as_it_was(state, kind, words):
    optimizer = used("SGD", (2, 3), 3, **MOMENTUM)
    before = optimizer.state_dict()
    with pytest.raises(kind) as caught:
        optimizer.load_state_dict(state())
    assert str(caught.value).startswith(words)
    after = optimizer.state_dict()
    assert after["param_groups"] == before["param_groups"]
    for number in (0, 1):
        buffers = (each["state"][number]["momentum_buffer"] for each in (before, after))
        assert torch.equal(*buffers)


def test_a_state_from_before_a_switch_was_there_leaves_the_switch_alone():
    optimizer = used("SGD", 2, **MOMENTUM)
    state = optimizer.state_dict()
    del state["param_groups"][0]["maximize"]
    optim.lr_scheduler.StepLR(optimizer, 2)  # which gives groups an initial_lr
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        optimizer.load_state_dict(state)
    group = optimizer.param_groups[0]
    assert (group["maximize"], group["initial_lr"]) == (False, 0.1)
