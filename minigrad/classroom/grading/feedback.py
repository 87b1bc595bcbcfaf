"""A page for each student: what was right, and for the rest one line first, the details folded."""

import hashlib
import html
import re

from .gradebook import printable

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .35rem .6rem;
         border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
td.mark { font-weight: bold; white-space: nowrap; }
pre { overflow-x: auto; font-size: .85rem; white-space: pre-wrap; }
.note { opacity: .8; }
img { max-width: 100%; background: #fff; }
"""


def page(title, body):
    """A whole page in HTML; `body` is HTML, the title is not."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>\n{body}\n</body></html>\n"
    )


def escape(text):
    """A text that shows as itself in HTML."""
    return html.escape(printable(str(text)))


def file_name(student):
    """A name for a student's files that is safe everywhere, and nobody else's."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", student).strip(".-")[:60]
    taken = re.search(r"-[0-9a-f]{8}$|^(con|prn|aux|nul|com\d|lpt\d)$", plain)
    if plain == student == student.lower() and not taken:  # Ada and ada are one on some systems
        return plain
    return (
        f"{plain or 'student'}-{hashlib.sha256(student.encode('utf-8', 'replace')).hexdigest()[:8]}"
    )


def feedback_html(book, student):
    """The page of one student."""
    parts = []
    for each in _own(book, student):
        verdicts = each.verdicts
        parts.append(f"<h2>{escape(each.stem or each.file)}</h2>")
        parts.append(f'<p class="note">{escape(_about(each))}</p>')
        rows = []
        for verdict in verdicts:
            right = verdict["state"] == "right"
            line = escape(verdict["says"] or "Right.")
            if verdict["detail"] and verdict["state"] in ("wrong", "error", "ended"):
                detail = escape(verdict["detail"].strip())
                line += f"<details><summary>more</summary><pre>{detail}</pre></details>"
            rows.append(
                f'<tr><td class="mark">{"✓" if right else "✗"} {verdict["points"]:g} of '
                f"{verdict['of']:g}</td><td>{escape(verdict['title'])}</td><td>{line}</td></tr>"
            )
        if rows:
            head = "<tr><th>points</th><th>exercise</th><th>what is to say</th></tr>"
            parts.append(f"<table>{head}{''.join(rows)}</table>")
    return page(f"Feedback for {student}", "\n".join(parts))


def feedback_markdown(book, student):
    """The same as text."""
    lines = [f"# Feedback for {_inline(student)}", ""]
    for each in _own(book, student):
        lines += [f"## {_inline(each.stem or each.file)}", "", _inline(_about(each)), ""]
        for verdict in each.verdicts:
            mark = "✓" if verdict["state"] == "right" else "✗"
            points = f"{verdict['points']:g} of {verdict['of']:g}"
            said = _inline(verdict["says"] or "Right.")
            lines.append(f"- {mark} **{_inline(verdict['title'])}** ({points}): {said}")
        lines.append("")
    return "\n".join(lines)


def _own(book, student):
    return [each for each in book.attempts if each.student == student]


def _about(attempt):
    """A line about the file: which it is, whether it counts, what happened to it."""
    of = sum(each["of"] for each in attempt.verdicts)
    text = f"{attempt.file}: {attempt.status}"
    if attempt.verdicts:
        text += f", {attempt.points:g} of {of:g} points"
    if attempt.reason:
        text += f". {attempt.reason[0].upper()}{attempt.reason[1:]}"
    if attempt.verdicts and not attempt.counts:
        text += ". Another attempt counts"
    return text.rstrip(".") + "."


def _inline(text):
    """A text for one line of Markdown, in which nothing is a command."""
    text = re.sub(r"\s+", " ", printable(str(text))).strip()
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)
