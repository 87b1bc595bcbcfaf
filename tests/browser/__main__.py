"""`python tests/browser [notebook…] [--dark] [--shots DIR]`: look through notebooks.

Each is opened in a real JupyterLab, run from top to bottom, and photographed, piece by piece. The
notebooks themselves stay as they are: what runs is a copy. Without names: all of the course.
"""

import argparse
import sys
from pathlib import Path

import lab
from keeper import COPIED, ROOT
from notebook_page import NotebookPage, new_context

SHOTS = Path(__file__).resolve().parent / "shots"


def arguments():
    parser = argparse.ArgumentParser(prog="python tests/browser", description=__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="notebook")
    parser.add_argument("--dark", action="store_true", help="in JupyterLab's dark theme")
    parser.add_argument("--shots", type=Path, default=SHOTS, help="the folder for the pictures")
    return parser.parse_args()


def place(notebook):
    """Where the lab has its copy of a notebook; FileNotFoundError if there is no such notebook."""
    inside = notebook.resolve(strict=True)
    if inside.is_relative_to(ROOT) and inside.relative_to(ROOT).parts[0] in COPIED:
        return inside.relative_to(ROOT).as_posix()
    return f"other/{inside.name}"


def main():
    given = arguments()
    if reason := lab.lacking():
        return reason
    theme = "dark" if given.dark else "light"
    try:
        paths = {
            each: place(each) for each in given.notebooks or sorted(ROOT.glob("course/*.ipynb"))
        }
    except FileNotFoundError as error:
        return f"there is no notebook {error.filename}."
    others = [each for each, path in paths.items() if path.startswith("other/")]
    with lab.lab(others) as server, lab.browser() as chromium:
        context = new_context(chromium, lab.WINDOW)
        for path in paths.values():
            page = NotebookPage(context, server, path)
            page.show(theme)
            page.run_all()
            shots = page.screenshots(given.shots, f"{Path(path).stem}-{theme}")
            print(f"{path}: {len(shots)} pictures, {shots[0]} …", flush=True)
            for each in page.complaints:
                print(f"  {each}")
            page.close()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
