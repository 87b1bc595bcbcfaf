"""Strict nbval for the solutions; the first cell of each asks for the stage that it runs on."""

from minigrad.classroom.plugin import pytest_collect_file  # noqa: F401
