"""Grading on a cluster: the same verdicts, and nothing lost when a machine dies."""

import json
import os
import signal
import threading
import time

import pytest
from banks import SOLUTIONS
from classroom_class import class_of

from minigrad.classroom.grading.command import main

STEM = "03_operations"
distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")


@pytest.fixture
def cluster():
    """Two workers, each a process of its own, which a nanny starts again if it dies."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster


def workers(cluster):
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def test_a_worker_is_killed_and_nothing_is_lost(cluster, tmp_path):
    expected = class_of(16, STEM, tmp_path / "submissions", seed=5)
    first = workers(cluster)[0]
    journal = tmp_path / "grades" / "journal.jsonl"

    def kill_one_after_a_while():
        while not journal.exists() or journal.read_text(encoding="utf-8").count("\n") < 5:
            time.sleep(0.05)
        os.kill(first, signal.SIGKILL)

    killer = threading.Thread(target=kill_one_after_a_while, daemon=True)
    killer.start()
    given = [str(SOLUTIONS), str(tmp_path / "submissions"), "--out", str(tmp_path / "grades")]
    assert main([*given, "--dask", cluster.scheduler_address]) == 0
    killer.join(timeout=10)
    assert not killer.is_alive() and first not in workers(cluster)
    text = (tmp_path / "grades" / "gradebook.json").read_text(encoding="utf-8")
    book = json.loads(text)["attempts"]
    assert {each["status"] for each in book} == {"graded"}
    for each in book:
        points = {verdict["exercise"]: verdict["points"] for verdict in each["verdicts"]}
        wanted = {name: right for name, (right, _) in expected[each["student"]].items()}
        assert points == wanted
