"""The benchmark times computations that are right, and draws what it found."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import minigrad

sys.path.insert(0, str(Path(__file__).parent / "bench"))
import recording
import scale
import speed_chart
from processes import Worker
from scale import SCALES
from sequence_workloads import LAYER_WORKLOADS
from table import AIMS, ALL, FRAMEWORKS, MAIN, SMALLER
from workloads import WORKLOADS


def smaller(name):
    """The options of a workload whose real size would take the tests too long."""
    return {"size": SMALLER[name]} if name in SMALLER else {}


@pytest.mark.parametrize("name", WORKLOADS)
def test_a_workload_gives_the_right_gradient(name):
    workload, gradient, _ = WORKLOADS[name]
    gradient = gradient(**smaller(name)) if callable(gradient) else gradient
    found = workload(minigrad, **smaller(name)).numpy()
    np.testing.assert_allclose(found, gradient, 1e-5 if name in SMALLER else 1e-6)


@pytest.mark.parametrize("name", LAYER_WORKLOADS)
def test_a_layer_gives_the_gradients_of_the_one_written_by_hand(name):
    """Two implementations that share nothing but NumPy."""
    workload, by_hand, _ = LAYER_WORKLOADS[name]
    found, wanted = workload(minigrad, **smaller(name)), by_hand(**smaller(name))
    for ours, theirs in zip(found, wanted, strict=True):
        np.testing.assert_allclose(ours.numpy(), theirs, 1e-4, 1e-5 * np.abs(theirs).max())


@pytest.fixture(scope="module")
def gradients(tmp_path_factory):
    """A function: {workload: its gradients} in a framework, asked for once, from its process."""
    folder, known = tmp_path_factory.mktemp("gradients"), {}

    def ask(framework):
        if importlib.util.find_spec(FRAMEWORKS[framework].module) is None:
            pytest.skip(f"{FRAMEWORKS[framework].label} is not installed")
        if framework not in known:
            worker, path = Worker(framework), folder / f"{framework}.npz"
            numbers = worker("save_gradients", str(path))
            worker.close()
            with np.load(path) as saved:
                known[framework] = {
                    name: [saved[f"{place} {n}"] for n in range(numbers[name])]
                    for place, name in enumerate(ALL)
                    if name in numbers
                }
        return known[framework]

    return ask


@pytest.mark.parametrize("framework", ["torch", "jax", "autograd", "micrograd", "numpy"])
def test_every_framework_computes_the_gradients_that_minigrad_computes(framework, gradients):
    found, wanted = gradients(framework), gradients("minigrad")
    assert set(found) == set(FRAMEWORKS[framework].workloads)
    for name, theirs in found.items():
        assert len(theirs) == len(wanted[name])
        for each, ours in zip(theirs, wanted[name]):
            bound = 2e-5 * np.abs(ours).max()
            np.testing.assert_allclose(each.reshape(ours.shape), ours, 1e-3, bound, err_msg=name)


def test_only_large_workloads_are_asked_for_in_a_smaller_size():
    assert set(SMALLER) < set(ALL) and set(MAIN) < set(ALL) and list(AIMS)[: len(MAIN)] == [*MAIN]


def test_a_worker_answers():
    worker = Worker("minigrad")
    seconds = worker("time_workload", "tutorial on 2×2", 2)
    chain, size = worker("time_chain", 100), worker("chain_bytes", 100)
    worker.close()
    assert seconds > 0 and len(chain) == 3 and 0 < size < 2000


def test_a_worker_that_ends_is_told_of(capfd):
    worker = Worker("minigrad")
    with pytest.raises(RuntimeError, match="the process of minigrad ended"):
        worker("time_workload", "no such workload", 1)
    worker.close()
    assert "no such workload" in capfd.readouterr().err


def test_the_command_times_the_workloads_that_are_named():
    command = [sys.executable, str(Path(__file__).parent / "bench"), "tutorial", "--rounds=1"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    lines = [each for each in done.stdout.splitlines() if "µs" in each or "ms" in each]
    assert len(lines) == 1 and lines[0].startswith("tutorial on 2×2"), done.stdout


RECORDED = {
    "machine": {"processor": "A processor", "cores": 2, "system": "Linux"},
    "versions": {"Python": "3.12.0", "torch": "2.13.0+cpu"},
    "workloads": {
        "matmul 1024×1024": {
            "aim": 0.95,
            "seconds": {"minigrad": 0.09, "torch": 0.1},
            "ratios": {"minigrad": 0.9, "torch": 1.0, "jax": 0.001, "autograd": 900.0},
        },
        "layer norm 1024×128": {
            "aim": 3.0,
            "seconds": {"minigrad": 2e-4, "torch": 1e-4},
            "ratios": {"minigrad": 2.0, "torch": 1.0, "numpy": 2.5},
        },
    },
}


def test_the_picture_is_drawn_from_recorded_numbers_the_same_each_time(tmp_path):
    one, two = (speed_chart.save(RECORDED, tmp_path / f"{n}.svg") for n in "ab")
    assert one.read_bytes() == two.read_bytes()
    text = one.read_text(encoding="utf-8")
    assert "<svg" in text and "<dc:date>" not in text
    assert "matmul 1024×1024: minigrad 0.9, JAX, compiled 0.001, autograd 900.0" in (
        repr(speed_chart.chart(RECORDED))
    )


def test_numbers_are_kept_rounded_with_versions_and_the_processor_but_no_names_of_hosts(tmp_path):
    found = {"chain": {"aim": 1.0, "seconds": {"minigrad": 0.123456}, "ratios": {"torch": 1.0}}}
    recording.keep(found, tmp_path / "speed.json")
    kept = recording.kept(tmp_path / "speed.json")
    assert kept["workloads"]["chain"]["seconds"] == {"minigrad": 0.123}
    assert set(kept["machine"]) == {"processor", "cores", "system"}
    assert "numpy" in kept["versions"] and "Python" in kept["versions"]


def test_the_picture_of_the_readme_shows_every_workload_that_there_is():
    kept = json.loads(recording.FILE.read_text(encoding="utf-8"))
    assert list(kept["workloads"]) == list(ALL)
    assert speed_chart.PICTURE.exists()


@pytest.mark.parametrize("name", SCALES)
def test_every_scale_has_a_smallest_size_that_runs(name):
    seconds, most = scale.measured(minigrad, name, SCALES[name][1][0])
    assert seconds > 0 and most > 0


def test_scales_are_printed_and_drawn_from_what_was_measured(tmp_path, capsys):
    measured = {name: [[1e-3, 1000]] * len(sizes) for name, (_, sizes, _) in SCALES.items()}
    scale.show({"minigrad": measured})
    scale.show({"minigrad": measured, "torch": measured})
    assert "ns a layer" in capsys.readouterr().out
    scale.draw({"minigrad": measured, "torch": measured}, tmp_path / "scale.svg")
    assert (tmp_path / "scale.svg").read_text(encoding="utf-8").count("<svg") == 1


def test_memory_of_pytorch_is_read_from_the_events_of_its_allocator():
    pytest.importorskip("torch")
    recorded = Path(__file__).with_name("recorded") / "memory.json"
    peaks = json.loads(recorded.read_text(encoding="utf-8"))["peaks"]
    name = "784-256-10, batch 64"
    program = f"import memory; print(memory.peak_of_torch({name!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(recording.__file__).parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) == pytest.approx(peaks[name], rel=0.05)
