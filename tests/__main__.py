"""`python3 tests`: set up what is missing, and run every test.

Arguments go to pytest: `python3 tests -k engine -x`.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

if sys.version_info < (3, 10):  # this file is read by old Pythons too, so it is written for them
    sys.exit(
        "minigrad: Python 3.10 or newer is needed, and this is %d.%d: get one from "
        "https://www.python.org/downloads/ and start it as in `python3.12 tests`."
        % tuple(sys.version_info[:2])
    )

import importlib.util

spec = importlib.util.spec_from_file_location(
    "environment", os.path.join(ROOT, "minigrad", "classroom", "environment.py")
)
environment = importlib.util.module_from_spec(spec)
spec.loader.exec_module(environment)

if __name__ == "__main__":
    sys.exit(environment.main(environment.pytest_command, sys.argv[1:], tests=True))
