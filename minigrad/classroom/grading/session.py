"""A pytest session without pytest's reports: nbval's collectors need one to live in."""

import os
import tempfile

import pytest

from .judging import GradedFile, verdicts


def in_session(work):
    """What `work(grade)` returns, called inside a session; see `Grade` for what it gets."""
    runner = _Runner(work)
    with tempfile.TemporaryDirectory(prefix="session-") as folder:
        options = ["--nbval", "--nbval-current-env", "-s", "-c", os.devnull, "--rootdir", folder]
        for each in ("cacheprovider", "terminal", "xdist", "hypothesispytest"):
            options += ["-p", f"no:{each}"]
        pytest.main([*options, folder], plugins=[runner])
    if runner.error is not None:
        raise runner.error
    return runner.result


class _Runner:
    """Takes the place of pytest's loop over tests."""

    def __init__(self, work):
        self.work, self.result, self.error = work, None, None

    def pytest_addoption(self, parser):
        """nbval asks for an option of the terminal's, which is switched off here."""
        parser.addoption("--color", default="no")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        """Do the work instead of running tests."""
        try:
            self.result = self.work(Grade(session))
        except BaseException as error:
            self.error = error
        return True


class Grade:
    """`grade(path, prepared, kernels)`: what `judging.verdicts` returns for a notebook."""

    def __init__(self, session):
        self.session = session

    def __call__(self, path, prepared, kernels, keep=None):
        """Grade a notebook; `keep` is a folder for the grafted one."""
        file = GradedFile.from_parent(
            self.session, path=path, prepared=prepared, kernels=kernels, keep=keep
        )
        return verdicts(file)
