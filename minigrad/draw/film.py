"""A pass as one SVG: a panel for each step, all drawn over one picture of the graph.

The graph is laid out once, with all numbers in it. What belongs to the way forward is common to all
panels; orange strokes, their labels and ∂ lines are taken out, and put into the panels of the
steps at which they are there. A player shows one panel at a time.
"""

import re
from html import escape
from xml.etree import ElementTree

from .dot import BACKWARD, INK, MONO, SANS

SVG = "{http://www.w3.org/2000/svg}"
ORANGE, LETTER = BACKWARD.lower(), 0.6  # the width of a letter of a monospaced font, in em
WIDTH, SHOWN, HEAD = 880, 12, 26
ElementTree.register_namespace("", SVG[1:-1])


class Sheet:
    """The picture of a graph, taken apart: `base`, the orange parts of edges, ∂ lines of cards."""

    def __init__(self, svg):
        root = ElementTree.fromstring(svg)
        box = [float(each) for each in root.get("viewBox").split()]
        self.width, self.height = box[2:]
        (graph,) = root
        self.shift = graph.get("transform")
        self.backward, self.grads, self.outlines = {}, {}, {}
        for group in list(graph):
            key = group.get("id", "")
            if key[:1] in "ef":
                take(group, lambda each: each.tag == f"{SVG}title")
            if group.tag == f"{SVG}title" or "fill" in group.attrib and group.get("rx"):
                graph.remove(group)
            elif key[:1] == "e":
                self.backward[int(key[1:])] = take(group, is_orange)
            elif key[:1] in "no" and key[1:]:
                self.outlines[key] = group.find(f"{SVG}path")
                self.grads[key] = take(group, is_orange)
        for paper in graph.findall(f"{SVG}rect"):
            graph.remove(paper)
        self.base = graph

    def outline(self, key):
        """The outline of what runs: the circle of an operation, or its card."""
        return self.outlines.get(f"o{key}", self.outlines[f"n{key}"]).get("d")


def is_orange(element):
    return ORANGE in (element.get("fill"), element.get("stroke"))


def take(group, wanted):
    """Remove the children of a group that are `wanted`, and return them."""
    found = [each for each in group if wanted(each)]
    for each in found:
        group.remove(each)
    return found


def text_of(elements):
    """Elements as text, without the namespace on each of them."""
    text = "".join(ElementTree.tostring(each, "unicode") for each in elements)
    return re.sub(r'\s*\n\s*| xmlns(:\w+)?="[^"]*"', "", text).replace("> <", "><")


class Film:
    """The panels of a pass over a `Sheet`; `svg()` is all of them in one picture."""

    def __init__(self, sheet, found):
        self.sheet, self.found = sheet, found
        self.texts = {}  # ∂ lines -> the number of their definition: most stay for many panels

    def panels(self):
        """The content of each panel: first before anything runs, then after each step."""
        root = self.found.steps[0]
        grads, sent, panels = {root.key: root.arrives}, [], []
        panels.append(self.panel(grads, sent, [], None))
        for step in self.found.steps:
            now = step.sends
            for each in now:
                if not each.lost:
                    grads[each.target] = each.total
            panels.append(self.panel(grads, sent, now, step))
            sent = sent + now
        return panels

    def panel(self, grads, sent, now, step):
        """Orange strokes so far, those of this step, ∂ lines, and a ring round what runs."""
        parts = ["<use href='#BASE'/>"]
        for each in sent:
            look = "lost past" if each.lost else "sent"
            parts.append(f"<use href='#B{each.edge}' class='{look}'/>")
        for each in now:
            parts.append(f"<use href='#B{each.edge}' class='{'lost' if each.lost else 'now'}'/>")
        filled = {each.target for each in now if not each.lost}
        for key in range(len(self.found.model.cards)):
            text = self.grad_lines(key, grads.get(key))
            if text:
                number = self.texts.setdefault(text, len(self.texts))
                look = " class='fresh'" if key in filled else ""
                parts.append(f"<use href='#G{number}'{look}/>")
        if step is not None:
            look = "broken" if step.error else "ring"
            parts.append(f"<path class='{look}' d='{self.sheet.outline(step.key)}'/>")
        return f"<g transform='{self.sheet.shift}'>{''.join(parts)}</g>"

    def grad_lines(self, key, value):
        """The ∂ lines of a card as they are now, `∂ –` before anything has arrived."""
        places, text = self.sheet.grads.get(f"n{key}", []), ""
        lines = ["∂ –"] if value is None else value.lines
        for number, (place, line) in enumerate(zip(places, lines)):
            final, size = "".join(place.itertext()), float(place.get("font-size", 12))
            end = float(place.get("x")) + LETTER * size * len(final)
            if value is not None and number == 0:
                line = f"∂ {line}"
            line = line.replace(" ", "\N{NO-BREAK SPACE}")
            text += (
                f"<text x='{end:.1f}' y='{place.get('y')}' text-anchor='end' fill='{ORANGE}' "
                f"font-family='{MONO}' font-size='{size:g}'>{line}</text>"
            )
        return text

    def svg(self):
        """All panels in rows, as many side by side as can be read."""
        sheet, panels = self.sheet, self.panels()
        across = max(1, min(3, int(WIDTH // (sheet.width * 0.8))))
        scale = min(1, (WIDTH / across - 12) / sheet.width)
        wide, high = sheet.width * scale + 12, sheet.height * scale + HEAD + 12
        shown = panels if len(panels) <= SHOWN else panels[: SHOWN - 1] + panels[-1:]
        rows = -(-len(shown) // across)
        parts, place = [], 0
        for number, panel in enumerate(panels):
            hidden = panel not in shown
            x, y = (place % across) * wide + 6, (place // across) * high + HEAD
            place += not hidden
            caption = f"<text x='4' y='-8' class='head'>{self.heading(number)}</text>"
            look = " display='none'" if hidden else ""
            parts.append(
                f"<g class='panel'{look} transform='translate({x:.1f} {y:.1f})'>{caption}"
                f"<g transform='scale({scale:.4g})'>{panel}</g></g>"
            )
        size = f"{min(across, len(shown)) * wide:.0f}", f"{rows * high:.0f}"
        return (
            f"<svg class='film' xmlns='http://www.w3.org/2000/svg' width='{size[0]}' "
            f"height='{size[1]}' viewBox='0 0 {size[0]} {size[1]}' "
            f"data-size='{sheet.width:.0f} {sheet.height:.0f}'><style>{LOOK}</style>"
            f"<defs>{self.shared()}</defs><rect fill='white' width='100%' height='100%' rx='8'/>"
            f"{''.join(parts)}</svg>"
        )

    def shared(self):
        """What panels refer to: the way forward, and the orange part of each edge."""
        backward = sorted(self.sheet.backward.items())
        parts = [f"<g id='BASE'>{text_of(self.sheet.base)}</g>"]
        parts += [f"<g id='B{key}'>{text_of(each)}</g>" for key, each in backward]
        parts += [f"<g id='G{number}'>{text}</g>" for text, number in self.texts.items()]
        return "".join(parts)

    def heading(self, number):
        """What stands above a panel: the number of the step, and what runs."""
        if number == 0:
            return "before"
        step = self.found.steps[number - 1]
        name = escape(self.found.names[step.key], quote=False)
        what = f"{name}.grad" if step.title is None else f"{name} runs"
        return f"{number} · {what}" + (" ✗" if step.error else "")


# All of it begins with .film: a style inside an SVG holds for the whole page it becomes a part of.
LOOK = (
    f".film .head{{font:bold 14px {SANS};fill:{INK}}}.film .fresh{{font-weight:bold}}"
    f".film .ring,.film .broken{{fill:none;stroke:{BACKWARD};stroke-width:4}}"
    ".film .broken{stroke:#8b0000;stroke-dasharray:6 3}.film .sent :is(path,polygon){opacity:.65}"
    ".film .lost{opacity:.5;stroke-dasharray:3 3}.film .now{stroke-width:3}"
)
