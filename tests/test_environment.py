"""environment.yml, pyproject.toml and README say the same."""

import re
import sys

import pytest

import minigrad
from minigrad.classroom import environment
from minigrad.classroom.modules import PACKAGE

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = PACKAGE.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = (ROOT / "environment.yml").read_text(encoding="utf-8")
NAMES = {"graphviz": "python-graphviz"}  # PyPI's name -> conda-forge's


def lower_bounds(entries):
    """{name: lowest version} of requirement strings; the marker does not count."""
    found = (re.match(r"([\w-]+)>=([\d.]+)", each) for each in entries)
    return {match[1]: match[2] for match in found}


PYPI = lower_bounds(
    each
    for each in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["tests"]
    if "python_version" not in each
)


def test_conda_installs_what_pip_installs_with_the_same_lowest_versions():
    entries = re.findall(r"^  - ([\w-]+>=[\d.]+)", CONDA, re.MULTILINE)
    python = f"python{PROJECT['requires-python']}"
    expected = {NAMES.get(name, name): version for name, version in PYPI.items()}
    assert lower_bounds(each for each in entries if each != python) == expected
    assert python in entries


def test_conda_brings_the_program_dot_and_an_editable_minigrad():
    assert re.search(r"^  - graphviz\b", CONDA, re.MULTILINE)
    assert re.search(r"^      - -e \.$", CONDA, re.MULTILINE)
    assert "conda-forge" in CONDA


def test_pygraphviz_is_asked_for_where_it_has_wheels():
    (entry,) = (each for each in PROJECT["dependencies"] if each.startswith("pygraphviz"))
    packaging = pytest.importorskip("packaging.requirements")
    marker = packaging.Requirement(entry).marker
    machines = {
        ("linux", "x86_64"): True,
        ("linux", "aarch64"): True,
        ("linux", "riscv64"): False,
        ("darwin", "arm64"): True,
        ("darwin", "x86_64"): True,
        ("win32", "AMD64"): True,
        ("win32", "ARM64"): False,
    }
    for (platform, machine), expected in machines.items():
        given = {"sys_platform": platform, "platform_machine": machine}
        assert marker.evaluate(given) == expected, (platform, machine)


def test_the_launchers_read_the_same_list_from_pyproject():
    assert dict(environment.requirements(tests=True)) == {
        name: version for name, version in PYPI.items() if name != "pygraphviz"
    }


def test_the_version_is_in_one_place():
    assert PROJECT["dynamic"] == ["version"] and re.fullmatch(
        r"\d+\.\d+\.\d+", minigrad.__version__
    )


def test_readme_names_the_commands_that_there_are():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("python3 course", "python3 tests", "py course", 'pip install -e ".[tests]"'):
        assert command in readme
    assert "conda env create -f environment.yml" in readme
    for path in re.findall(r"\]\((?!http)([^)#]+)\)", readme):
        assert (ROOT / path).exists(), path
