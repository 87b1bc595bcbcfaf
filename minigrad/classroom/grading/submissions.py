"""What was handed in: folders, zip files, several attempts; whose it is, and for which notebook."""

import os
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .formats import MOST, Unreadable, read_submission
from .matching import LIKE

MOST_IN_ZIP, MOST_FILES, MOST_ATTEMPTS = 500 << 20, 20_000, 20
IGNORED = re.compile(r"(^|/)(\.[^/]*|__MACOSX|__pycache__|Thumbs\.db|desktop\.ini)(/|$)")
NOTHING = b""


@dataclass
class Handed:
    """A file that was handed in; `problem` says why it has no contents."""

    student: str
    name: str  # where it was, as in "ada/03_operations.ipynb"
    data: bytes = NOTHING
    problem: str = ""
    stem: str = ""  # the notebook that it answers


def collect(path, references):
    """Every file in a folder or zip file as `Handed`, by student, in the order of their names.

    A student is a folder (or a zip file) in it; a file that lies there on its own belongs to
    whoever its name says: `ada_03_operations.ipynb`.
    """
    path = Path(path)
    if path.is_file() and zipfile.is_zipfile(path):
        files = list(_in_zip("", path))
    elif path.is_dir():
        files = list(_in_folder(path))
    else:
        raise FileNotFoundError(f"{path} is neither a folder nor a zip file.")
    for each in files:
        each.student = _student(each.name, references)
        if not each.problem:
            each.stem = stem_for(each, references)
    files.sort(key=lambda each: (each.student, _natural(each.name)))
    attempts = Counter()
    for each in reversed(files):
        attempts[each.student, each.stem] += 1
        if attempts[each.student, each.stem] > MOST_ATTEMPTS and not each.problem:
            each.problem = f"Of so many attempts only the last {MOST_ATTEMPTS} are graded."
    return files


def _in_folder(folder):
    for base, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(base) / name
            inside = path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()
            if IGNORED.search(inside):
                continue
            if path.is_symlink() or not path.is_file():
                yield Handed("", inside, problem="It is a link or a device, not a file.")
            elif zipfile.is_zipfile(path) and path.suffix.lower() == ".zip":
                yield from _in_zip(inside, path)
            else:
                yield _read(inside, path)
        for name in [each for each in folders if (Path(base) / each).is_symlink()]:
            inside = (Path(base) / name).relative_to(folder).as_posix()
            yield Handed("", inside, problem="It is a link, not a folder.")


def _read(name, path):
    try:
        if path.stat().st_size > MOST:
            return Handed("", name, problem=f"It has more than {MOST >> 20} MB.")
        return Handed("", name, path.read_bytes())
    except OSError as error:
        return Handed("", name, problem=f"It cannot be read: {error.strerror}.")


def _in_zip(name, path):
    """The files in a zip file; a bad one is one file that cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            size = sum(each.file_size for each in entries)
            if size > MOST_IN_ZIP or len(entries) > MOST_FILES:
                problem = f"It unpacks to {size >> 20} MB in {len(entries)} files."
                yield Handed("", name or path.name, problem=problem)
                return
            base = re.sub(r"\.zip$", "/", name, flags=re.I)
            for entry in entries:
                if not IGNORED.search(_safe(entry.filename)):
                    yield _from_zip(archive, entry, base + _safe(entry.filename))
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        yield Handed("", name or path.name, problem=f"The zip file cannot be read: {error}")


def _from_zip(archive, entry, name):
    try:
        with archive.open(entry) as file:
            data = file.read(MOST + 1)
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        return Handed("", name, problem=f"It cannot be unpacked: {error}")
    except Exception as error:  # zlib and lzma have errors of their own
        return Handed("", name, problem=f"It cannot be unpacked: {type(error).__name__}")
    if len(data) > MOST:
        return Handed("", name, problem=f"It has more than {MOST >> 20} MB.")
    return Handed("", name, data)


def _safe(name):
    """A path inside a zip file that leads nowhere else. It is shown, and never opened."""
    parts = [each for each in PurePosixPath(name.replace("\\", "/")).parts if each.strip("./")]
    return "/".join(parts) or "file"


def _student(name, references):
    parts = name.split("/")
    if len(parts) > 1:
        return parts[0]
    stem = re.sub(r"(\.ipynb)?(\.\w{1,5})?$", "", name)
    for each in references:
        if each in stem:
            return stem.replace(each, "").strip(" _-.()") or stem
    return stem


def _natural(name):
    """An order in which attempt 10 comes after attempt 9."""
    return [(each.isdigit(), each.zfill(12)) for each in re.split(r"(\d+)", name)]


def stem_for(handed, references):
    """Which of the notebooks a file answers: by its marks, its name, or what it defines."""
    try:
        submitted = read_submission(handed.data)
    except Unreadable as error:
        handed.problem = str(error)
        return _by_name(handed.name, references) or ""
    scores = {}
    for stem, reference in references.items():
        marks = {each.id for each in reference.exercises}
        wanted = marks | {f"{each}-check" for each in marks}
        found = {name for cell in submitted.cells for name in (cell.grade_id, cell.id)}
        scores[stem] = len(wanted & found)
    best = max(scores, key=scores.get)
    if scores[best] and list(scores.values()).count(scores[best]) == 1:
        return best
    if named := _by_name(handed.name, references):
        return named
    texts = "\n".join(cell.source for cell in submitted.cells)
    for stem, reference in references.items():
        own = [each.id for each in reference.exercises]
        if sum(bool(re.search(rf"\b{re.escape(e)}\b", texts)) for e in own) >= LIKE * len(own):
            return stem
    handed.problem = "It answers none of the notebooks that are graded."
    return ""


def _by_name(name, references):
    last = name.rsplit("/", 1)[-1]
    for stem in references:
        if stem in last or re.search(rf"(^|\D){stem.split('_')[0]}(\D|$)", last):
            return stem
    return next((stem for stem in references if f"/{stem}/" in f"/{name}"), None)
