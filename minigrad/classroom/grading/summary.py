"""The class as a whole: who stands where, and which mistakes were made how often."""

import base64
import io
from collections import Counter

from .feedback import escape, file_name, page

RIGHT, KNOWN, OTHER, NONE = "#009E73", "#D55E00", "#E69F00", "#999999"  # for colour-blind readers
ROWS = 40  # of the plot


def misconceptions(book, sayings):
    """(how many, of how many, notebook, exercise, name, line) for each known mistake, most first.

    `sayings` is {(notebook, exercise, name): the line that is said to whoever makes it}.
    """
    counts, answers = Counter(), Counter()
    for attempt in _counting(book):
        for verdict in attempt.verdicts:
            where = attempt.stem, verdict["exercise"]
            answers[where] += verdict["state"] not in ("missing", "untouched")
            if verdict["misconception"]:
                counts[(*where, verdict["misconception"])] += 1
    found = [
        (number, answers[key[:2]], *key, sayings.get(key, "")) for key, number in counts.items()
    ]
    return sorted(found, key=lambda each: (-each[0], each[2:5]))


def _counting(book):
    return [each for each in book.attempts if each.counts and each.verdicts]


def plot(book):
    """Exercises × misconceptions as a PNG: each dot's number says how many gave that answer."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows, states = [], Counter()
    for attempt in _counting(book):
        for verdict in attempt.verdicts:
            kind = verdict["state"] if verdict["state"] in ("right", "untouched", "missing") else ""
            kind = "not answered" if kind in ("untouched", "missing") else kind
            kind = kind or verdict["misconception"] or "another mistake"
            states[attempt.stem, verdict["exercise"], kind] += 1
    exercises = sorted({key[:2] for key in states})
    for stem, name in exercises:
        kinds = [key[2] for key in states if key[:2] == (stem, name)]
        fixed = ("right", "not answered", "another mistake")
        known = sorted((k for k in kinds if k not in fixed), key=lambda k: -states[stem, name, k])
        order = ["right", *known, "another mistake", "not answered"]
        rows.append((f"{stem.split('_')[0]} {name}", [(k, states[stem, name, k]) for k in order]))
    rows = rows[:ROWS]
    figure = Figure(figsize=(9, 1.2 + 0.42 * len(rows)), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for height, (_, parts) in enumerate(rows):
        left = 0
        for kind, number in parts:
            if number:
                _bar(axes, height, left, kind, number)
                left += number
    axes.set_yticks(range(len(rows)), [name for name, _ in rows])
    axes.invert_yaxis()
    axes.set_xlabel("students")
    axes.spines[["top", "right"]].set_visible(False)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=110, metadata={"Software": None})
    return file.getvalue()


def _bar(axes, height, left, kind, number):
    """One part of a row: as wide as there are students, with its name where there is room."""
    colours = {"right": RIGHT, "not answered": NONE, "another mistake": OTHER}
    hatch = {"right": "", "not answered": "..", "another mistake": "//"}.get(kind, "")
    axes.barh(
        height,
        number,
        left=left,
        color=colours.get(kind, KNOWN),
        edgecolor="white",
        linewidth=1.5,
        hatch=hatch,
    )
    room = number / max(axes.get_xlim()[1], 1)
    label = f"{number} {kind}" if room * 90 > len(kind) + 3 else str(number)
    axes.text(
        left + number / 2,
        height,
        label,
        ha="center",
        va="center",
        fontsize=8,
        color="black" if colours.get(kind) in (OTHER, NONE) else "white",
        clip_on=True,
    )


def summary_html(book, sayings, picture):
    """The page about the class; `picture` is a PNG."""
    found = misconceptions(book, sayings)
    parts = [f"<p>{len(book.students)} students, {len(book.attempts)} files.</p>"]
    if book.missing:
        text = "; ".join(sorted(book.missing))
        parts.append(f"<p><b>Not enforced on this system:</b> {escape(text)}.</p>")
    if picture:
        data = base64.b64encode(picture).decode()
        alt = "For each exercise, how many answers were right and which mistakes were made."
        parts.append(f'<img alt="{alt}" src="data:image/png;base64,{data}">')
    if found:
        parts.append("<h2>Mistakes, the most frequent first</h2><table>")
        parts.append("<tr><th></th><th>exercise</th><th>what they were told</th></tr>")
        for number, of, stem, name, kind, says in found:
            parts.append(
                f'<tr><td class="mark">{number} of {of}</td><td>{escape(stem)}<br>{escape(name)} · '
                f"{escape(kind)}</td><td>{escape(says)}</td></tr>"
            )
        parts.append("</table>")
    parts.append(_class_table(book))
    parts.append(_odd_files(book))
    return page("The class", "\n".join(parts))


def _class_table(book):
    head = "".join(f"<th>{escape(stem)}</th>" for stem in book.stems)
    rows = []
    for student in book.students:
        cells = []
        for stem in book.stems:
            attempt = book.counting(student, stem)
            of = sum(book.totals[stem].values())
            points = f"{attempt.points:g} of {of:g}" if attempt and attempt.verdicts else "–"
            cells.append(f"<td>{points}</td>")
        link = f'<a href="feedback/{file_name(student)}.html">{escape(student)}</a>'
        rows.append(f"<tr><td>{link}</td>{''.join(cells)}</tr>")
    return f"<h2>Students</h2><table><tr><th></th>{head}</tr>{''.join(rows)}</table>"


def _odd_files(book):
    odd = [each for each in book.attempts if each.status != "graded"]
    if not odd:
        return ""
    rows = [
        f"<tr><td>{escape(e.student)}</td><td>{escape(e.file)}</td><td>{escape(e.status)}</td>"
        f"<td>{escape(e.reason)}</td></tr>"
        for e in odd
    ]
    return f"<h2>Files with something to say about</h2><table>{''.join(rows)}</table>"
