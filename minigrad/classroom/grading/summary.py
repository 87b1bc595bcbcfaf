"""The class as a whole: who stands where, and which mistakes were made how often."""

import base64
import io
from collections import Counter

from .feedback import escape, file_name, page

KNOWN = "#B34700"  # a known mistake; these colours stay apart for colour-blind readers
LOOKS = {  # colour, hatching, colour of the number
    "right": ("#007A59", "", "white"),
    "another mistake": ("#E69F00", "//", "black"),
    "not answered": ("#CCCCCC", "..", "black"),
}
ROWS, NAMED = 60, 3  # of the plot, and how many mistakes a row names


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
    """Exercises × misconceptions as a PNG: a row an exercise, its mistakes named beside it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = list(_rows(book))[:ROWS]
    figure = Figure(figsize=(10, 1.3 + 0.36 * len(rows)), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    most = max(sum(number for _, number in parts) for _, parts in rows)
    for height, (_, parts) in enumerate(rows):
        left = 0
        for kind, number in parts:
            _bar(axes, height, left, kind, number)
            left += number
        known = [f"{number} {kind}" for kind, number in parts if kind not in LOOKS]
        text = " · ".join(known[:NAMED]) + (" · …" if len(known) > NAMED else "")
        axes.text(1.02 * most, height, text, va="center", fontsize=8, color=KNOWN)
    axes.set_xlim(0, 1.8 * most)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xticks(range(0, most + 1, max(1, most // 5)))
    axes.set_yticks(range(len(rows)), [name for name, _ in rows])
    axes.invert_yaxis()
    axes.set_xlabel(
        "answers: right (plain), known mistakes (named), others (/), none (.)", loc="left"
    )
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines["bottom"].set_bounds(0, most)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=110, metadata={"Software": None})
    return file.getvalue()


def _rows(book):
    """For each exercise its name, and how many answers of each kind there were."""
    counts = Counter()
    for attempt in _counting(book):
        for verdict in attempt.verdicts:
            kind = verdict["misconception"] or "another mistake"
            if verdict["state"] in ("right", "untouched", "missing"):
                kind = "right" if verdict["state"] == "right" else "not answered"
            counts[attempt.stem, verdict["exercise"], kind] += 1
    for stem, name in dict.fromkeys(key[:2] for key in counts):
        own = {key[2]: number for key, number in counts.items() if key[:2] == (stem, name)}
        known = sorted((kind for kind in own if kind not in LOOKS), key=lambda kind: -own[kind])
        order = ["right", *known, "another mistake", "not answered"]
        yield f"{stem.split('_')[0]} {name}", [(kind, own[kind]) for kind in order if kind in own]


def _bar(axes, height, left, kind, number):
    """One part of a row, as wide as there are students, with their number in it."""
    colour, hatch, ink = LOOKS.get(kind, (KNOWN, "", "white"))
    style = {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 1.5}
    axes.barh(height, number, left=left, **style)
    axes.text(left + number / 2, height, number, ha="center", va="center", fontsize=8, color=ink)


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
