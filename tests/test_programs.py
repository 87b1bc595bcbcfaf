"""Random programs do the same here as in PyTorch: see programs.py for what is compared."""

import programs
import pytest

import minigrad

torch = pytest.importorskip("torch", reason="PyTorch, the referee, is not installed")

SAMPLE, ALL, BLOCK = 1_000, 20_000, 250

# A view made under `no_grad` of a tracked tensor says that it requires grad, but has no edge; here
# it has one that leads nowhere. In this program an operation on the way to it cannot run any more.
KNOWN = {9845}


def clean(seeds, length):
    for seed in set(seeds) - KNOWN:
        lines = programs.program(seed, length)
        found = programs.differences(lines, minigrad, torch)
        assert found is None, f"program {seed}:\n" + "\n".join(lines) + f"\n--> {found}"


@pytest.mark.parametrize("start", range(0, SAMPLE, BLOCK))
def test_a_sample_of_programs_does_what_pytorch_does(start):
    clean(range(start, start + BLOCK), length=8)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, ALL, BLOCK))
def test_all_programs_do_what_pytorch_does(start):
    clean(range(start, start + BLOCK), length=8)
