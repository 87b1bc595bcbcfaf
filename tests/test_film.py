"""The output of `draw.backward`: a film, all steps in words, and what the player is told."""

import json
import re
import subprocess
import sys

import pytest
from graphs import fresh_diamond as fresh

import minigrad as torch
from minigrad import draw


def test_one_html_output_with_a_film_a_list_and_a_player():
    *_, L = fresh()
    bundle = draw.backward(L)._repr_mimebundle_()
    html = bundle["text/html"]
    assert set(bundle) == {"text/html", "text/plain"} and len(html) < 45_000
    assert html.count("<li>") == 5 and html.count("<script>") == 1 and html.count("<img") == 1
    steps = json.loads(re.search(r"const steps = (.*);\n", html)[1])
    assert [len(each) for each in steps["asks"]] == [0, 2, 2, 3, 1]
    assert [each["a"] for each in steps["asks"][3]] == [21, 63, 63]
    assert steps["fills"] == {"0": 3, "1": 2, "2": 1}


def test_names_cannot_break_the_output():
    x = torch.tensor(1.0, requires_grad=True)
    y = x * 2
    html = draw.backward(y, names={"</script><b>&\"'": x, "y": y}).html()
    assert html.count("</script>") == 1 and "<b>" not in html.split("<script>")[0]


PROGRAM = """
import hashlib, minigrad as torch
import minigrad as torch
from minigrad import draw
x = torch.ones(2, 2, requires_grad=True)
out = ((x + 2) * (x + 2) * 3).mean()
print(hashlib.sha256(draw.backward(out, order="oldest first").html().encode()).hexdigest())
"""


def test_the_same_bytes_on_every_run():
    runs = [
        subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1] and len(runs[0]) == 65


def test_without_graphviz_the_steps_remain(monkeypatch):
    monkeypatch.setattr("minigrad.draw.render.RENDERERS", [])
    *_, L = fresh()
    found = draw.backward(L)
    assert found.svg is None
    html = found.html()
    assert "<img" not in html and html.count("<li>") == 5 and "<script>" in html


def test_a_film_can_be_saved_and_nothing_is_overwritten(tmp_path):
    *_, L = fresh()
    found = draw.backward(L)
    assert found.save(tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "<script>" in found.save(tmp_path / "a.html").read_text(encoding="utf-8")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        found.save(tmp_path / "a.svg")
    with pytest.raises(ValueError, match=r"must end in \.svg or \.html"):
        found.save(tmp_path / "a.png")
