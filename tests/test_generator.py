"""`torch.Generator`: streams of random numbers that can be started, kept and put back."""

import copy
import pickle

import pytest

import minigrad as torch

DRAWS = {
    "rand": lambda g: torch.rand(3, generator=g),
    "randn": lambda g: torch.randn(3, generator=g),
    "randint": lambda g: torch.randint(100, (3,), generator=g),
    "randperm": lambda g: torch.randperm(9, generator=g),
    "normal": lambda g: torch.normal(1, 2, (3,), generator=g),
    "rand_like": lambda g: torch.rand_like(torch.ones(3), generator=g),
    "randn_like": lambda g: torch.randn_like(torch.ones(3), generator=g),
    "randint_like": lambda g: torch.randint_like(torch.ones(3), 99, generator=g),
    "uniform_": lambda g: torch.ones(3).uniform_(generator=g),
    "normal_": lambda g: torch.ones(3).normal_(generator=g),
    "exponential_": lambda g: torch.ones(3).exponential_(generator=g),
    "bernoulli_": lambda g: torch.ones(30).bernoulli_(generator=g),
}


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_a_seed_gives_the_same_numbers_and_another_seed_others(draw):
    first, again, other = (draw(torch.Generator().manual_seed(seed)) for seed in (1, 1, 2))
    assert first.tolist() == again.tolist() != other.tolist()


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_a_generator_and_the_default_one_do_not_disturb_each_other(draw):
    generator, before = torch.Generator(), torch.get_rng_state()
    draw(generator)
    assert torch.equal(torch.get_rng_state(), before)
    before = generator.get_state()
    draw(None)
    assert torch.equal(generator.get_state(), before)
    assert not torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_a_state_put_back_gives_the_same_numbers_again(draw):
    generator = torch.Generator()
    torch.randn(3, generator=generator)  # an odd number: the next one is already waiting
    state = generator.get_state()
    first = draw(generator)
    assert draw(generator.set_state(state)).tolist() == first.tolist()


def test_the_default_generator_is_the_stream_of_manual_seed():
    assert torch.manual_seed(3) is torch.default_generator
    numbers = torch.rand(4)
    assert torch.equal(numbers, torch.rand(4, generator=torch.Generator().manual_seed(3)))
    assert torch.initial_seed() == 3
    assert torch.seed() == torch.initial_seed() != 3


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda g: pickle.loads(pickle.dumps(g))])
def test_a_copy_goes_on_from_where_the_original_stands(copied):
    generator = torch.Generator().manual_seed(2**40)
    torch.rand(5, generator=generator)
    twin = copied(generator)
    assert twin.initial_seed() == 2**40
    assert twin.device == generator.device
    assert torch.rand(5, generator=twin).tolist() == torch.rand(5, generator=generator).tolist()


def test_seeds_of_64_bits_are_all_different():
    seeds = (0, 1, 2**32, 2**32 + 1, 2**63, -1, -(2**63) + 5)
    first = [torch.randint(2**62, (), generator=torch.Generator().manual_seed(s)) for s in seeds]
    assert len({each.item() for each in first}) == len(seeds)
    assert torch.Generator().manual_seed(-1).initial_seed() == 2**64 - 1
    assert torch.Generator().initial_seed() == 67280421310721
    assert torch.Generator().device == torch.device("cpu")


damaged = torch.Generator().get_state()
damaged[2496:2504] = 255

BAD = [
    (lambda g: g.manual_seed(2**64), ValueError, "Overflow when unpacking long long"),
    (lambda g: g.manual_seed(1.5), RuntimeError, "manual_seed expected a long, but got float"),
    (lambda g: g.manual_seed("a"), RuntimeError, "manual_seed expected a long, but got str"),
    (lambda g: g.set_state(3), TypeError, "expected a torch.ByteTensor, but got int"),
    (lambda g: g.set_state(torch.ones(3)), TypeError, "RNG state must be a torch.ByteTensor"),
    (
        lambda g: g.set_state(torch.ones(3, dtype=torch.uint8)),
        RuntimeError,
        "Expected a CPUGeneratorImplState of size",
    ),
    (lambda g: g.set_state(damaged), RuntimeError, "damaged"),
    (lambda g: torch.rand(2, generator=3), TypeError, r"rand\(\) received an invalid combination"),
    (lambda g: torch.Generator("foo"), RuntimeError, "Expected one of cpu, cuda"),
]


@pytest.mark.parametrize(("mistake", "kind", "words"), BAD)
def test_a_mistake_is_told_in_pytorchs_words_and_changes_nothing(mistake, kind, words):
    generator = torch.Generator()
    before = generator.get_state()
    with pytest.raises(kind, match=words):
        mistake(generator)
    assert torch.equal(generator.get_state(), before)
