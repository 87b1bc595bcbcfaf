"""A process for each framework, so that none finds the threads and memory of another."""

import json
import os
import subprocess
import sys
from pathlib import Path

from table import FRAMEWORKS


class Worker:
    """A process that runs things in one framework; call it with an action and its arguments."""

    def __init__(self, framework):
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        self.framework = framework
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("worker.py")), framework],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, **FRAMEWORKS[framework].environment, "PYTHONPATH": path},
        )

    def __call__(self, *question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the process of {self.framework} ended; its error is above")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
