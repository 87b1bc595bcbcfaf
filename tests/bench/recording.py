"""The numbers of a full run, and what it ran on, in `speed.json`."""

import importlib.metadata
import json
import os
import platform
from pathlib import Path

from table import FRAMEWORKS, installed

FILE = Path(__file__).with_name("speed.json")


def keep(workloads, path=FILE):
    """Write what `print_workloads` found, rounded to what means something."""
    for each in workloads.values():
        for kind in ("seconds", "ratios"):
            each[kind] = {name: float(f"{number:.3g}") for name, number in each[kind].items()}
    content = {"machine": machine(), "versions": versions(), "workloads": workloads}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def kept(path=FILE):
    return json.loads(path.read_text(encoding="utf-8"))


def machine():
    """The processor, how many of its cores there are, and the system."""
    return {"processor": processor(), "cores": os.cpu_count(), "system": platform.system()}


def processor():
    """As Linux gives it; elsewhere as Python knows it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (each.partition(":")[2].strip() for each in lines if each.startswith("model name"))
    return next(names, platform.machine())


def versions():
    names = sorted({FRAMEWORKS[each].module for each in installed()} - {"minigrad"})
    return {
        "Python": platform.python_version(),
        **{each: importlib.metadata.version(each) for each in names},
    }
