"""The same random examples on every run, so that a test that passed passes; a teacher's desk."""

import pytest
from hypothesis import settings

settings.register_profile("fixed", deadline=None, derandomize=True, max_examples=80)
settings.load_profile("fixed")


@pytest.fixture
def desk(tmp_path):
    """An empty `grading_desk.Desk`."""
    from grading_desk import Desk

    return Desk(tmp_path)
