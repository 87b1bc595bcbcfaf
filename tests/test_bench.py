"""The benchmark times computations that are right."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import minigrad

sys.path.insert(0, str(Path(__file__).parent / "bench"))
from sequence_workloads import LAYER_WORKLOADS
from workloads import WORKLOADS


@pytest.mark.parametrize("name", WORKLOADS)
def test_a_workload_gives_the_right_gradient(name):
    workload, gradient, _ = WORKLOADS[name]
    assert minigrad.allclose(workload(minigrad), minigrad.tensor(gradient), rtol=1e-6)


@pytest.mark.parametrize("name", LAYER_WORKLOADS)
def test_a_layer_gives_the_gradients_of_the_one_written_by_hand(name):
    """Two implementations that share nothing but NumPy."""
    workload, by_hand, _ = LAYER_WORKLOADS[name]
    for found, wanted in zip(workload(minigrad), by_hand(), strict=True):
        np.testing.assert_allclose(found.numpy(), wanted, 1e-4, 1e-5 * np.abs(wanted).max())


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
