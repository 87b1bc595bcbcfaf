"""Reading what was handed in: any bytes become cells, or a reason with line and column."""

import json
import re
from dataclasses import dataclass, field

MOST, MOST_CELLS = 60 << 20, 2000  # bytes, cells
MARKS = (  # byte-order marks
    (b"\xef\xbb\xbf", "utf-8-sig", "a byte-order mark was removed"),
    (b"\xff\xfe\x00\x00", "utf-32", "it was stored as UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "it was stored as UTF-32"),
    (b"\xff\xfe", "utf-16", "it was stored as UTF-16"),
    (b"\xfe\xff", "utf-16", "it was stored as UTF-16"),
)
OTHERS = (  # how files that are no notebooks begin
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
)


class Unreadable(Exception):
    """A file that is no notebook; the message says what it is, and where reading stopped."""


@dataclass
class Cell:
    """A cell that was handed in, by whatever marks it still has."""

    type: str
    source: str
    id: str = None
    grade_id: str = None


@dataclass
class Submitted:
    """The cells of a file, and what had to be mended to get at them."""

    cells: list
    repairs: list = field(default_factory=list)


def read_submission(data):
    """The cells in the bytes of a file; Unreadable if there are none to be had."""
    repairs = []
    text = _decode(data, repairs)
    notebook = _parse(text, repairs)
    if not isinstance(notebook, dict):
        kind = {list: "a list", str: "a text"}.get(type(notebook), "a single value")
        raise Unreadable(f"A notebook is a JSON object with cells; this is {kind}.")
    cells = _cells(notebook, repairs)
    if len(cells) > MOST_CELLS:
        raise Unreadable(f"The notebook has {len(cells)} cells; {MOST_CELLS} are the most.")
    found = [_cell(each, repairs) for each in cells if isinstance(each, dict)]
    if len(found) < len(cells):
        repairs.append("entries that are no cells were dropped")
    return Submitted(found, list(dict.fromkeys(repairs)))


def _decode(data, repairs):
    if len(data) > MOST:
        raise Unreadable(f"The file has {len(data) >> 20} MB; {MOST >> 20} MB are the most.")
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable("The file is empty.")
    for beginning, kind in OTHERS:
        if data.startswith(beginning):
            raise Unreadable(f"This is {kind}, not a notebook (line 1, column 1).")
    encoding = next((e for e in MARKS if data.startswith(e[0])), None)
    if encoding is None and data[1:2] == b"\x00":
        encoding = (b"", "utf-16-le", "it was stored as UTF-16")
    elif encoding is None and data[:1] == b"\x00":
        encoding = (b"", "utf-16-be", "it was stored as UTF-16")
    if encoding is not None:
        repairs.append(encoding[2])
        return data.decode(encoding[1], errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        repairs.append("it was not UTF-8, and was read as Latin-1")
        return data.decode("latin-1")


def _parse(text, repairs):
    text = text.lstrip("\ufeff \t\r\n")
    try:
        notebook, end = json.JSONDecoder(strict=False).raw_decode(text)
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1][:80].strip()
        kind = "This looks like a web page. " if text[:1] == "<" else ""
        if text[:1] not in "<{[":
            kind = "This is not JSON, so not a notebook. "
        where = f"line {error.lineno}, column {error.colno}"
        raise Unreadable(f"{kind}{error.msg} at {where}: {line!r}") from error
    except RecursionError as error:
        raise Unreadable("The JSON is nested too deeply (line 1, column 1).") from error
    except ValueError as error:  # a number with too many digits
        line = 1 + text[: re.search(r"\d{4300}", text).start()].count("\n")
        raise Unreadable(f"A number in line {line} has too many digits.") from error
    if text[end:].strip("\x00 \t\r\n"):
        repairs.append("what followed the notebook was ignored")
    return notebook


def _cells(notebook, repairs):
    """The list of cells, also of a notebook in the format of 2014."""
    version = notebook.get("nbformat")
    sheets = notebook.get("worksheets")
    cells = notebook.get("cells")
    if not isinstance(cells, list) and isinstance(sheets, list):
        repairs.append("it was in the notebook format 3")
        inside = [each.get("cells") for each in sheets if isinstance(each, dict)]
        cells = [cell for each in inside if isinstance(each, list) for cell in each]
    elif version != 4:
        repairs.append(f"its nbformat was {str(version)[:20]}, and was read as 4")
    if not isinstance(cells, list):
        raise Unreadable('This JSON has no list of "cells" (line 1, column 1).')
    if not cells:
        raise Unreadable("The notebook has no cells.")
    return cells


def _cell(cell, repairs):
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(each for each in source if isinstance(each, str))
    if not isinstance(source, str):
        repairs.append("a cell had no text")
        source = ""
    clean = source.replace("\r\n", "\n").replace("\r", "\n")
    clean = clean.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = marks.get("grade_id") if isinstance(marks, dict) else None
    kind = cell.get("cell_type", "code")
    return Cell(
        kind if isinstance(kind, str) else "code",
        "\n".join(line.rstrip(" \t") for line in clean.split("\n")),
        *(each if isinstance(each, str) else None for each in (cell.get("id"), grade_id)),
    )
