"""A JupyterLab of our own and a Chromium to look at it with; both end with the `with` statement."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# The size of a small laptop's window: who has more sees more.
WINDOW = {"width": 1280, "height": 800}


class Lab:
    """Where a server is: its address, and the folder with its copy of the notebooks."""

    def __init__(self, url, token, folder):
        self.url, self.token, self.folder = url, token, Path(folder)
        self.notebooks = self.folder / "notebooks"

    def link(self, path):
        return f"{self.url}/lab/tree/{path}?token={self.token}&reset"

    def end_kernels(self):
        """They would go on needing memory after their page is closed."""
        for each in self.ask("GET", "sessions"):
            self.ask("DELETE", f"sessions/{each['id']}")

    def ask(self, method, path):
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(f"{self.url}/api/{path}", headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or "null")


@contextmanager
def lab(notebooks=()):
    """A JupyterLab that is up, on loopback alone; RuntimeError with its log where it is not."""
    command = [sys.executable, str(HERE / "keeper.py"), *map(str, notebooks)]
    apart = {"start_new_session": True}  # Ctrl-C is for us; we close the keeper's input then
    if os.name == "nt":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, encoding="utf-8", **pipes, **apart) as keeper:
        try:
            facts = json.loads(keeper.stdout.readline() or '{"error": "the keeper stopped"}')
            if "error" in facts:
                raise RuntimeError(facts["error"])
            yield Lab(**facts)
        finally:
            keeper.stdin.close()
            keeper.wait()


def program():
    """The path of an installed Chromium, or None."""
    found = (shutil.which(each) for each in PROGRAMS)
    return next((each for each in found if each and "snap" not in os.path.realpath(each)), None)


def lacking():
    """Why no notebook can be looked at here, as a sentence; None if one can be."""
    if importlib.util.find_spec("playwright") is None:
        return 'Playwright is not installed: pip install -e ".[browser]".'
    if program() is None:
        return f"no Chromium was found (looked for {', '.join(PROGRAMS)}): apt install chromium."
    return None


@contextmanager
def browser():
    """A Chromium, as Playwright sees it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Without a sandbox, since nobody but us is on these pages and root could not have one.
        chromium = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        try:
            yield chromium
        finally:
            chromium.close()
