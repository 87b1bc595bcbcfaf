"""`pytest --nbval exercises/03_operations.ipynb` grades what you have written there."""

import importlib.util
import sys
from pathlib import Path

if importlib.util.find_spec("minigrad") is None:  # in a class hand-out
    here = Path(__file__).resolve().parent
    sys.path.insert(0, str(next((here.parent / "stages").iterdir())))

from minigrad.classroom.grading.plugin import pytest_collect_file  # noqa: F401
