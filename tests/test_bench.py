"""The benchmark times computations that are right."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import minigrad

sys.path.insert(0, str(Path(__file__).parent / "bench"))
from workloads import WORKLOADS


@pytest.mark.parametrize("name", WORKLOADS)
def test_a_workload_gives_the_right_gradient(name):
    workload, gradient, _ = WORKLOADS[name]
    assert minigrad.allclose(workload(minigrad), minigrad.tensor(gradient), rtol=1e-6)


def test_a_worker_answers():
    worker = Path(__file__).parent / "bench" / "worker.py"
    asked = [["time_workload", "tutorial on 2×2", 2], ["time_chain", 100], ["chain_bytes", 100]]
    done = subprocess.run(
        [sys.executable, worker, "minigrad"],
        input="".join(json.dumps(each) + "\n" for each in asked),
        env={**os.environ, "PYTHONPATH": str(Path(minigrad.__file__).parents[1])},
        capture_output=True,
        text=True,
    )
    seconds, chain, size = map(json.loads, done.stdout.split("\n")[:3])
    assert seconds > 0 and len(chain) == 3 and 0 < size < 2000, done.stderr
