"""The same random examples on every run, so that a test that passed passes; a teacher's desk; the
device that tests run on.
"""

import re
import sys

import numpy as np
import pytest
from hypothesis import settings

FOR_CPU = re.compile(
    r"in_place_and_leaves|numpy|NumPy|np\.|\"cpu\"|\"cuda\"|matrix_power\(zeros, -1"
)

settings.register_profile("fixed", deadline=None, derandomize=True, max_examples=80)
settings.load_profile("fixed")


def pytest_addoption(parser):
    parser.addoption(
        "--device",
        choices=("cpu", "cuda", "stand-in"),
        default="cpu",
        help="where tensors are made: on a GPU (cuda), or on what stands in for one",
    )


def pytest_configure(config):
    """With `--device`, tensors are made on that device; they print as on the CPU, and a test that
    looks at their numbers gets a copy for NumPy.
    """
    wanted = config.getoption("--device")
    if wanted == "cpu":
        return
    import minigrad

    if wanted == "stand-in":
        import stand_in_cupy

        sys.modules["cupy"] = stand_in_cupy
    minigrad.set_default_device("cuda")
    minigrad.printing.device_of = lambda array: minigrad.device("cpu")
    numpy = minigrad.Tensor.numpy
    minigrad.Tensor.numpy = lambda self: numpy(self, force=True)
    minigrad.Tensor.numpy.__doc__ = numpy.__doc__
    minigrad.Tensor.__array__ = lambda self, dtype=None, copy=None: np.asarray(self.numpy(), dtype)


def pytest_collection_modifyitems(config, items):
    """What is asked of NumPy's arrays, or names a device, is for the CPU alone; and what CuPy's
    linear algebra does not notice, a matrix without inverse.
    """
    if config.getoption("--device") != "cpu":
        items[:] = [each for each in items if not FOR_CPU.search(each.name)]


@pytest.fixture
def desk(tmp_path):
    """An empty `grading_desk.Desk`."""
    from grading_desk import Desk

    return Desk(tmp_path)


def pytest_generate_tests(metafunc):
    """A test that asks for a GPU runs on the stand-in and, where CuPy finds one, on a real GPU."""
    if "gpu" in metafunc.fixturenames:
        import minigrad

        real = minigrad.cuda.is_available()
        metafunc.parametrize("gpu", ["stand-in", *["cuda"] * real], indirect=True)


@pytest.fixture
def gpu(request):
    """A GPU: CuPy's, or that of the stand-in."""
    if request.param == "cuda":
        yield
        return
    import stand_in_cupy

    with stand_in_cupy.installed():
        yield
