"""One JupyterLab and one Chromium for all tests here; skipped where there is none."""

import lab
import pytest
from notebook_page import new_context


def pytest_addoption(parser):
    parser.addoption("--shots", default=lab.HERE / "shots", help="the folder for screenshots")


@pytest.fixture(scope="session")
def chromium():
    """Chromium, as Playwright's `Browser`."""
    reason = lab.lacking()
    if reason:
        pytest.skip(reason)
    with lab.browser() as found:
        yield found


@pytest.fixture(scope="session")
def server(chromium):
    """A JupyterLab on copies of the notebooks."""
    with lab.lab() as found:
        yield found


@pytest.fixture(scope="session")
def context(chromium):
    """A profile of the browser."""
    return new_context(chromium, lab.WINDOW)


@pytest.fixture(scope="session")
def shots(request):
    """The folder for screenshots."""
    from pathlib import Path

    return Path(request.config.getoption("--shots"))
