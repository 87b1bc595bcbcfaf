"""How pictures look on a dark page: a dark colour for each colour of a picture.

The picture itself is an image on white paper. Where scripts run it becomes a part of the page, and
these rules recolour it: in JupyterLab, VS Code, nbconvert's dark pages and Sphinx.
"""

DARK_PAGE = ':is(body[data-jp-theme-light="false"],body.vscode-dark,html[data-theme="dark"])'

# fills of shapes, colours of lines, and of letters
FILLS = {
    "#dcebf7": "#12344d",  # leaf
    "#ddf3ea": "#0f3b2c",  # output
    "#f3f4f6": "#2a303a",  # input
    "#fff3d6": "#4a3a12",  # saved
    "#1f2937": "#475569",  # an operation
    "#ffffff": "#1d2430",
    "#f8fafc": "#191f29",  # the box of a module
    "white": "#14181f",  # paper
}
LINES = {
    "#0072b2": "#5bb4f0",
    "#007a5a": "#34c79a",
    "#6b7280": "#9ca3af",
    "#cbd5e1": "#3b4554",
    "#9ca3af": "#7c8694",
    "#4b5563": "#9ca3af",
    "#1f2937": "#94a3b8",
    "#a84300": "#ff9d57",
    "#8b0000": "#ff7b7b",
}
LETTERS = {
    "#111827": "#f3f4f6",
    "#555d6b": "#b6bdc8",
    "#a84300": "#ffab70",
    "#7a4f01": "#ffd88a",
    "#8b0000": "#ff8f8f",
}


def rules():
    """The style sheet's part for dark pages."""
    shapes = ":is(path,polygon,rect,ellipse)"
    for fill, dark in {**LINES, **FILLS}.items():  # arrowheads are filled like lines
        yield f'{DARK_PAGE} .mg svg {shapes}[fill="{fill}"]{{fill:{dark}}}'
    for line, dark in LINES.items():
        yield f'{DARK_PAGE} .mg svg [stroke="{line}"]{{stroke:{dark}}}'
    for letter, dark in LETTERS.items():
        yield f'{DARK_PAGE} .mg svg text[fill="{letter}"]{{fill:{dark}}}'
    yield f"{DARK_PAGE} .mg svg .ring{{stroke:#ff9d57}}"
    yield f"{DARK_PAGE} .mg svg .broken{{stroke:#ff7b7b}}"


STYLE = "".join(rules())
