"""Worker processes: the same batches in the same order, clear errors, and nothing left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import loaded
import pytest

import minigrad as torch
from minigrad.utils.data import DataLoader, Subset, TensorDataset, get_worker_info

FORK = pytest.param(
    "fork",
    marks=pytest.mark.skipif(
        "fork" not in multiprocessing.get_all_start_methods(), reason="this system has no fork"
    ),
)
METHODS = [FORK, "spawn"]
HERE = Path(__file__).parent
pytestmark = pytest.mark.filterwarnings("ignore:This DataLoader will create")


def children():
    return {each.pid for each in multiprocessing.active_children()}


@pytest.fixture(autouse=True)
def nothing_is_left_behind():
    """No worker outlives its round, and no dead one waits to be buried."""
    before = children()
    yield
    assert children() <= before


def load(dataset, workers=2, size=2, **settings):
    return DataLoader(dataset, size, num_workers=workers, **settings)


def lists(batches):
    return [batch.tolist() for batch in batches]


# --- the same batches -----------------------------------------------------------------------------
@pytest.mark.parametrize("method", METHODS)
def test_batches_come_in_order(method):
    loader = load(loaded.Numbers(), multiprocessing_context=method)
    assert lists(loader) == [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9], [10]]


@pytest.mark.parametrize("workers", [1, 2, 3, 9])
@pytest.mark.parametrize("ahead", [1, 5])
def test_order_does_not_depend_on_who_is_ready_first(workers, ahead):
    loader = load(loaded.Jittery(), workers, prefetch_factor=ahead)
    assert lists(loader) == lists(load(loaded.Jittery(), 0))


def test_batches_larger_than_a_pipe():
    first = [batch[:, 0].tolist() for batch in load(loaded.Large(), size=8, prefetch_factor=3)]
    assert first == [list(range(start, start + 8)) for start in (0, 8, 16)]


def test_shuffling_is_the_same_with_and_without_workers():
    pairs = TensorDataset(torch.arange(20), torch.arange(20.0))
    one, two = (
        [
            (numbers.tolist(), values.dtype)
            for numbers, values in load(
                Subset(pairs, range(5, 20)),
                workers,
                shuffle=True,
                drop_last=True,
                generator=torch.Generator().manual_seed(3),
            )
        ]
        for workers in (0, 2)
    )
    assert one == two


def test_samples_without_batches_and_batches_of_ones_own():
    assert list(load(loaded.Numbers(), size=None)) == list(range(11))
    loader = DataLoader(loaded.Numbers(), batch_sampler=[[3, 1], [0]], num_workers=2)
    assert lists(loader) == [[3, 1], [0]]
    assert list(load(loaded.Numbers(), collate_fn=loaded.as_list))[-1] == [10]
    assert list(load([], workers=2)) == []


def test_streams_share_or_repeat_their_samples():
    assert lists(load(loaded.Shared(), size=1)) == [[3], [4], [5], [6]]
    assert lists(load(loaded.Shared(False), size=1)) == [[3], [3], [4], [4], [5], [5], [6], [6]]
    assert lists(load(loaded.Shared(False), size=3)) == [[3, 4, 5], [3, 4, 5], [6], [6]]
    assert lists(load(loaded.Shared(False), size=3, drop_last=True)) == [[3, 4, 5], [3, 4, 5]]
    assert list(load(loaded.Shared(), size=None)) == [3, 4, 5, 6]
    assert lists(load(loaded.Shared(), workers=12, size=1)) == [[3], [4], [5], [6]]


# --- who loads ------------------------------------------------------------------------------------
def test_each_worker_knows_who_it_is_and_has_random_numbers_of_its_own():
    torch.manual_seed(0)
    samples = list(load(loaded.Who(), size=None))
    assert [each[0] for each in samples] == [0, 1, 0, 1, 0, 1]
    assert {each[1] for each in samples} == {2}
    assert samples[1][2] - samples[0][2] == 1
    assert len({each[3] for each in samples}) == 6
    assert os.getpid() not in {each[4] for each in samples}
    torch.manual_seed(0)
    assert [each[:4] for each in load(loaded.Who(), size=None)] == [each[:4] for each in samples]
    assert [each[:4] for each in load(loaded.Who(), size=None)] != [each[:4] for each in samples]
    assert get_worker_info() is None


@pytest.mark.parametrize("method", METHODS)
def test_worker_init_fn_runs_in_each_worker(method):
    loader = load(
        loaded.Marked(), size=1, worker_init_fn=loaded.mark, multiprocessing_context=method
    )
    assert lists(loader) == [[100], [101], [100], [101]]


def test_persistent_workers_are_the_same_in_the_next_round():
    loader = load(loaded.Who(), size=None, persistent_workers=True)
    first = {each[4] for each in loader}
    for _ in loader:  # a round that is broken off
        break
    assert {each[4] for each in loader} == first
    del loader
    assert not children() & first


# --- errors ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("dataset", "kind", "words"),
    [
        (loaded.Failing(), ValueError, "Caught ValueError in DataLoader worker process 0."),
        (loaded.Missing(), KeyError, "Caught KeyError in DataLoader worker process 0."),
        (loaded.OddlyFailing(), RuntimeError, "Caught Odd in DataLoader worker process 0."),
    ],
    ids=["ValueError", "KeyError", "one that is made of two things"],
)
def test_an_error_in_a_worker_is_raised_here_with_its_traceback(method, dataset, kind, words):
    batches = iter(load(dataset, multiprocessing_context=method))
    assert [next(batches).tolist(), next(batches).tolist()] == [[0, 1], [2, 3]]
    with pytest.raises(kind) as caught:
        next(batches)
    text = str(caught.value)
    assert text.startswith(f"{words}\nOriginal Traceback (most recent call last):\n")
    assert "in trouble\n" in text


def test_an_error_in_worker_init_fn():
    with pytest.raises(OSError, match="Caught OSError in DataLoader worker process 0") as caught:
        list(load(loaded.Numbers(), worker_init_fn=loaded.start_late))
    assert "worker 0 cannot start" in str(caught.value)


@pytest.mark.parametrize(
    ("dataset", "words"),
    [
        (loaded.Killed(), r"worker \(pid\(s\) \d+\) exited unexpectedly: killed by signal: Kill"),
        (loaded.Leaving(), r"worker \(pid\(s\) \d+\) exited unexpectedly: exit code 3"),
    ],
    ids=["killed", "left"],
)
def test_a_worker_that_dies_is_an_error_and_no_endless_wait(dataset, words):
    with pytest.raises(RuntimeError, match=words):
        list(load(dataset))


def test_a_batch_that_cannot_be_sent_says_so():
    with pytest.raises(Exception, match="has to be sent to the main process"):
        list(load(loaded.Unsendable(), collate_fn=loaded.as_list))


def test_a_worker_that_takes_too_long():
    begun = time.monotonic()
    with pytest.raises(RuntimeError, match="DataLoader timed out after 0.5 seconds"):
        list(load(loaded.Hanging(), timeout=0.5))
    assert time.monotonic() - begun < 15


def test_what_cannot_be_sent_to_a_spawned_worker_says_what_to_do():
    with pytest.raises(TypeError, match=r"cannot be: .*lambda.* no function inside a function"):
        list(load(loaded.Numbers(), collate_fn=lambda b: b, multiprocessing_context="spawn"))


# --- leaving --------------------------------------------------------------------------------------
def test_leaving_a_loop_early_ends_the_workers_at_once():
    before = children()
    begun = time.monotonic()
    for _ in load(loaded.Large(), size=2, prefetch_factor=4):
        assert len(children() - before) == 2
        break
    assert children() == before
    assert time.monotonic() - begun < 4


def test_an_error_in_the_loop_ends_the_workers():
    before = children()

    def train():
        for _ in load(loaded.Numbers()):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        train()
    assert children() == before


def test_two_loaders_at_the_same_time():
    pairs = zip(load(loaded.Numbers()), load(loaded.Jittery()))
    assert all(torch.equal(one, two) for one, two in pairs)


def run(program, *options, **more):
    return subprocess.Popen(
        [sys.executable, *options, "-c", textwrap.dedent(program)],
        cwd=HERE,
        env={**os.environ, "PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def test_a_dataset_of_an_interactive_session_works_with_fork_and_is_refused_by_spawn():
    program = """
        import sys
        from minigrad.utils.data import DataLoader, Dataset
        class Line(Dataset):
            def __len__(self): return 3
            def __getitem__(self, index): return index
        for method in sys.argv[1:]:
            try:
                print(*DataLoader(Line(), num_workers=1, multiprocessing_context=method))
            except RuntimeError as error:
                print(error)
    """
    known = [each for each in ("fork",) if each in multiprocessing.get_all_start_methods()]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), *known, "spawn"],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        timeout=60,
    )
    *forked, spawned = done.stdout.splitlines()
    assert forked == ["tensor([0]) tensor([1]) tensor([2])"] * len(known)
    assert spawned.startswith("DataLoader worker process could not read the dataset:")
    assert "has to go into a .py file" in spawned
    assert done.stderr == ""


PRINTS_ITS_WORKERS = """
    import multiprocessing, signal, time, loaded
    signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background ignore it
    from minigrad.utils.data import DataLoader
    for batch in DataLoader(loaded.Numbers(), num_workers=2, prefetch_factor=1):
        print(*(each.pid for each in multiprocessing.active_children()), flush=True)
        time.sleep(60)
"""


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals and /proc of Linux")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_its_parent(number):
    """Ctrl-C goes to all processes of a terminal; the others only to the main one."""
    main = run(PRINTS_ITS_WORKERS, start_new_session=True)
    workers = [int(each) for each in main.stdout.readline().split()]
    assert len(workers) == 2
    if number == signal.SIGINT:
        os.killpg(main.pid, number)
    else:
        os.kill(main.pid, number)
    _, errors = main.communicate(timeout=30)
    deadline = time.monotonic() + 10
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(alive, workers))
    if number == signal.SIGINT:
        assert errors.count("Traceback") == errors.count("KeyboardInterrupt") == 1
