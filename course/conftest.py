"""Strict nbval for the chapters, each on its own stage of the package."""

from minigrad.classroom.plugin import pytest_collect_file  # noqa: F401
