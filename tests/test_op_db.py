"""PyTorch is the referee, live: its own sample inputs for its tests, `op_db`, through both.

Forward, dtype, shape, node, gradients of first and second order, in-place forms, and the errors
for its own examples of mistakes. Skipped where torch (or expecttest, which op_db needs) is missing,
and for another version of torch than the recordings are of: `pip install -e ".[referee]"`.
"""

import json
import re
from pathlib import Path

import pytest
from op_db_differences import DIFFERENCES, OPEN

from minigrad.classroom.operations import table
from minigrad.classroom.referee import OUT


@pytest.fixture(scope="module")
def op_db():
    """The comparison, which imports PyTorch."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("expecttest")
    recorded = json.loads(Path(__file__).with_name("recorded").joinpath("table.json").read_text())
    if torch.__version__.split("+")[0] != recorded["torch"]:
        pytest.skip(f"torch is {torch.__version__}; the recordings are of {recorded['torch']}")
    import op_db

    return op_db


@pytest.mark.parametrize("name", table())
def test_samples_and_mistakes_give_what_pytorch_gives(op_db, name):
    entries = op_db.names_of(table()[name])
    for entry in entries:
        listed = [pattern for pattern, _ in DIFFERENCES.get(entry, ())]
        found = op_db.complaints(entry) + op_db.wrong_errors(entry)
        surprising = [each for each in found if not any(re.match(one, each) for one in listed)]
        if entry in OPEN.split():
            assert surprising, "nothing differs any more: take it off the list"
            continue
        assert not surprising
        gone = [each for each in listed if not any(re.match(each, one) for one in found)]
        assert not gone, "this difference is no longer there: take it off the list"
    if not entries:
        pytest.skip("op_db has no samples for it")


def test_every_entry_of_op_db_is_in_or_out_for_a_stated_reason(op_db):
    out = {name for names in OUT.values() for name in names.split()}
    here = {entry for operation in table().values() for entry in op_db.names_of(operation)}
    assert out | here == set(op_db.by_name())
    assert not out & here
    assert not set(DIFFERENCES) - here
