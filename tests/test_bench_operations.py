"""The benchmark of the operations runs, and every expression in it fits its inputs."""

import sys
from pathlib import Path

import pytest

import minigrad
from minigrad.classroom.operations import table

sys.path.insert(0, str(Path(__file__).parent / "bench"))
from large_examples import LARGE, examples_of, large_scope


def test_every_operation_is_timed_small_and_large():
    assert not set(LARGE) - set(table())
    known = {name: examples_of(each, large=False) for name, each in table().items()}
    assert sum(map(len, known.values())) > len(table())


@pytest.mark.parametrize("name", ["erf", "gather", "nn.functional.conv1d"])
def test_a_large_example_runs(name):
    for example in examples_of(table()[name], large=True):
        assert eval(example, large_scope(minigrad, False)).numel() >= 2**17


@pytest.mark.parametrize("size", ["--small", "--large"])
def test_the_benchmark_prints_a_ratio_for_each_way(size, monkeypatch, capsys):
    pytest.importorskip("torch")
    import operations

    monkeypatch.setattr(sys, "argv", ["operations.py", "rsqrt", size])
    monkeypatch.setattr(operations, "ROUNDS", 1)
    operations.main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == [f"{size[2:]}:", "ratio"]
    assert {line.split()[5] for line in lines[1:]} == {"forward", "both"}
    assert all(float(line.split()[0]) > 0 for line in lines[1:])
