"""`utils.data` gives what PyTorch gives: datasets, samplers, batches, and its words for mistakes.

What is random is compared by lengths and contents; then follow the properties it must have.
"""

import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minigrad as torch
from minigrad.utils.data import (
    BatchSampler,
    ConcatDataset,
    DataLoader,
    Dataset,
    RandomSampler,
    Subset,
    SubsetRandomSampler,
    TensorDataset,
    WeightedRandomSampler,
    random_split,
)

sys.path.insert(0, str(Path(__file__).parent / "recorded"))
from data_cases import EXPRESSIONS, evaluate

RECORDED = json.loads((Path(__file__).parent / "recorded/data.json").read_text("utf-8"))["cases"]


def first_words(text):
    """The first sentence, which ours has to begin with."""
    return re.split(r"\. |: |\n| - got| with abstract method", text)[0].rstrip(".!")


def test_all_cases_have_been_recorded():
    assert list(RECORDED) == EXPRESSIONS


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_gives_what_pytorch_gives(expression):
    found, recorded = evaluate(torch, expression), RECORDED[expression]
    assert found.get("printed") == recorded.get("printed"), found
    assert len(found.get("warnings", ())) == len(recorded.get("warnings", ()))
    for ours, theirs in zip(found.get("warnings", ()), recorded.get("warnings", ())):
        assert ours.startswith(first_words(theirs))
    if "error" in recorded:
        assert found["error"][0] == recorded["error"][0]
        assert found["error"][1].startswith(first_words(recorded["error"][1]))


# --- order ----------------------------------------------------------------------------------------
SHUFFLED = {
    "loader": lambda g: [b.tolist() for b in DataLoader(range(20), 3, shuffle=True, generator=g)],
    "random": lambda g: list(RandomSampler(range(20), generator=g)),
    "replacement": lambda g: list(RandomSampler(range(20), True, 9, generator=g)),
    "subset": lambda g: list(SubsetRandomSampler(range(20), generator=g)),
    "weighted": lambda g: list(WeightedRandomSampler(range(20), 9, generator=g)),
    "weighted once": lambda g: list(WeightedRandomSampler(range(20), 9, False, generator=g)),
    "split": lambda g: [part.indices for part in random_split(range(20), [9, 11], generator=g)],
}


@pytest.mark.parametrize("draw", SHUFFLED.values(), ids=SHUFFLED)
def test_a_generator_decides_what_is_drawn_and_nothing_else_does(draw):
    before = torch.get_rng_state()
    first, again = draw(torch.Generator().manual_seed(1)), draw(torch.Generator().manual_seed(1))
    assert first == again != draw(torch.Generator().manual_seed(2))
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("draw", SHUFFLED.values(), ids=SHUFFLED)
def test_without_a_generator_manual_seed_decides(draw):
    torch.manual_seed(5)
    first, second = draw(None), draw(None)
    torch.manual_seed(5)
    assert [draw(None), draw(None)] == [first, second]
    assert first != second


def test_each_round_of_a_shuffled_loader_has_another_order_with_the_same_samples():
    torch.manual_seed(0)
    loader = DataLoader(range(50), 50, shuffle=True)
    first, second = next(iter(loader)).tolist(), next(iter(loader)).tolist()
    assert sorted(first) == sorted(second) == list(range(50))
    assert first != second


def test_two_rounds_of_one_loader_at_the_same_time_do_not_disturb_each_other():
    torch.manual_seed(0)
    loader = DataLoader(range(12), 1, shuffle=True)
    rounds = list(zip(loader, loader))
    for one in (0, 1):
        assert sorted(pair[one].item() for pair in rounds) == list(range(12))


def test_weights_are_the_chances():
    torch.manual_seed(0)
    drawn = list(WeightedRandomSampler([1, 2, 0, 7], 10_000))
    shares = [drawn.count(number) / 10_000 for number in range(4)]
    assert shares == pytest.approx([0.1, 0.2, 0, 0.7], abs=0.02)
    first = [next(iter(WeightedRandomSampler([1, 2, 7], 2, False))) for _ in range(3000)]
    shares = [first.count(number) / 3000 for number in range(3)]
    assert shares == pytest.approx([0.1, 0.2, 0.7], abs=0.04)


@given(st.integers(0, 40), st.integers(1, 12), st.booleans())
def test_batches_hold_every_sample_once_in_order(count, size, drop_last):
    loader = DataLoader(range(count), size, drop_last=drop_last)
    batches = [batch.tolist() for batch in loader]
    kept = count - count % size if drop_last else count
    assert [each for batch in batches for each in batch] == list(range(kept))
    assert len(batches) == len(loader) == len(list(BatchSampler(range(count), size, drop_last)))
    assert all(len(batch) == size for batch in batches[:-1])


@pytest.mark.filterwarnings("ignore:Length of split")
@given(st.integers(1, 60), st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_the_parts_of_a_split_share_nothing_and_miss_nothing(count, shares):
    fractions = [share / sum(shares) for share in shares]
    fractions[-1] = max(0.0, 1 - sum(fractions[:-1]))
    if sum(fractions) > 1:  # rounding: PyTorch refuses it as well
        return
    parts = random_split(range(count), fractions)
    assert sorted(number for part in parts for number in part) == list(range(count))
    for part, fraction in zip(parts, fractions):
        assert -1 < len(part) - count * fraction < 1 + 1e-9


@given(st.lists(st.lists(st.integers(), max_size=4), min_size=1, max_size=5))
def test_joined_datasets_are_numbered_through(lists):
    joined, flat = ConcatDataset(lists), [each for part in lists for each in part]
    assert [joined[place] for place in range(len(joined))] == flat
    assert [joined[place - len(flat)] for place in range(len(flat))] == flat


# --- samples and batches --------------------------------------------------------------------------
def test_a_batch_is_made_when_it_is_asked_for_and_not_before():
    asked = []

    class Told(Dataset):
        def __len__(self):
            return 6

        def __getitem__(self, index):
            asked.append(index)
            return index

    batches = iter(DataLoader(Told(), 2))
    next(batches)
    assert asked == [0, 1]


def test_an_error_in_a_dataset_comes_as_it_is():
    class Broken(Dataset):
        def __len__(self):
            return 3

        def __getitem__(self, index):
            raise ZeroDivisionError("sample 0 is broken")

    with pytest.raises(ZeroDivisionError, match="sample 0 is broken"):
        next(iter(DataLoader(Broken())))


def test_a_dataset_that_stops_a_round_by_mistake_is_an_error_not_a_short_round():
    class Stops(Dataset):
        def __len__(self):
            return 3

        def __getitem__(self, index):
            return next(iter(()))

    with pytest.raises(RuntimeError, match="StopIteration"):
        list(DataLoader(Stops()))


def test_batches_of_weights_are_part_of_the_graph():
    weights = torch.ones(4, 2, requires_grad=True)
    (batch,) = next(iter(DataLoader(TensorDataset(weights), 2)))
    batch.sum().backward()
    assert weights.grad.tolist() == [[1, 1], [1, 1], [0, 0], [0, 0]]


def test_a_loader_says_its_settings_to_help():
    import inspect

    settings = list(inspect.signature(DataLoader).parameters)
    assert settings[:6] == [
        "dataset",
        "batch_size",
        "shuffle",
        "sampler",
        "batch_sampler",
        "num_workers",
    ]


def test_a_part_of_a_part():
    part = Subset(Subset(range(10), [9, 7, 5, 3]), [2, 0])
    assert list(part) == [5, 9]
