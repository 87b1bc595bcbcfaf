"""A notebook as readers have it before them: in a browser, run or not, in a light or dark theme."""

import json
from pathlib import Path
from urllib.parse import urlsplit

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
OPENING, RUNNING, HEARING = 60_000, 120_000, 5_000  # milliseconds
TALL = {"width": 1280, "height": 1900}  # a window for screenshots
# What may stand on the console without anything being wrong, and why.
HARMLESS = {
    "https://cdnjs.cloudflare.com/": "pages from nbconvert ask for MathJax; no test goes online"
}


def new_context(browser, size):
    """A profile of its own, with the probe on every page, and without the internet."""
    context = browser.new_context(viewport=size)
    context.add_init_script(PROBE)
    context.route(lambda url: not is_local(url), lambda route: route.abort())
    return context


def is_local(url):
    parts = urlsplit(url)
    return parts.scheme not in ("http", "https", "ws", "wss") or parts.hostname == "127.0.0.1"


class NotebookPage:
    """A page of the browser with one notebook of the lab's copies on it."""

    def __init__(self, context, lab, path):
        self.lab, self.path = lab, path
        self.page = context.new_page()
        self.complaints = listen(self.page)
        self.page.goto(lab.link(path))
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=OPENING)
        count = "document.querySelectorAll('.jp-Notebook .jp-Cell').length"
        self.wait(f"{count} >= {len(self.cells)}")
        self.wait("probe.ready()")
        self.wait("probe.loaded()")

    @property
    def stored(self):
        """The notebook as it is in the file now."""
        return json.loads((self.lab.notebooks / self.path).read_text(encoding="utf-8"))

    @property
    def cells(self):
        return self.stored["cells"]

    def wait(self, condition, timeout=OPENING):
        self.page.wait_for_function(f"() => {condition}", timeout=timeout)

    def probe(self, call):
        """What a function of probe.js finds."""
        return self.page.evaluate(f"() => probe.{call}")

    def command(self, name, **arguments):
        """Run one of JupyterLab's commands, as its menus do."""
        script = "([name, arguments]) => window.jupyterapp.commands.execute(name, arguments)"
        self.page.evaluate(script, [name, arguments])

    def menu(self, *items):
        for each in items:
            self.page.get_by_role("menuitem", name=each, exact=True).click()

    def run_all(self):
        """Run → Run All Cells in a notebook without outputs, and save; RuntimeError if it gets
        stuck.
        """
        self.command("notebook:clear-all-cell-outputs")
        self.wait("!probe.prompts().some((each) => /[0-9]/.test(each))")
        for _ in range(3):  # a kernel that has only just started may not hear the first time
            self.menu("Run", "Run All Cells")
            try:
                self.wait("probe.started()", timeout=HEARING)
                break
            except Exception:
                self.wait("probe.ready()")
        try:
            self.wait("probe.finished()", timeout=RUNNING)
        except Exception as error:
            found = self.probe("prompts()"), self.probe("stderr()")
            raise RuntimeError(f"{self.path} did not run to its end: {found}") from error
        self.wait("probe.loaded()")
        self.save()

    def show(self, theme):
        """Switch the theme; the page is drawn in it when this returns."""
        self.command("apputils:change-theme", theme=THEMES[theme])
        light = str(theme == "light").lower()
        self.wait(f"document.body.dataset.jpThemeLight === '{light}'")
        self.page.evaluate("() => document.fonts.ready")

    def save(self):
        self.command("docmanager:save")
        self.wait("!document.querySelector('.jp-mod-dirty')")

    def screenshots(self, folder, name):
        """The whole notebook as pictures that begin and end between cells; returns their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        before = self.page.viewport_size
        self.page.set_viewport_size(TALL)
        self.wait(f"probe.panel().clientHeight > {TALL['height'] * 0.8}")
        paths = []
        for number, (start, height) in enumerate(self.probe("slices()"), 1):
            paths.append(folder / f"{name}-{number:02}.png")
            box = self.page.evaluate("start => probe.scrollTo(start)", start)
            clip = {**box, "height": min(height, box["height"])}
            self.page.screenshot(path=paths[-1], clip=clip, animations="disabled")
        self.page.set_viewport_size(before)
        return paths

    def close(self):
        self.page.close()
        self.lab.end_kernels()


def listen(page):
    """The list that errors of the page and of its console will be in."""
    complaints = []

    def note(text):
        if not any(each in text for each in HARMLESS):
            complaints.append(text)

    page.on("pageerror", lambda error: note(f"error on the page: {error}"))
    page.on(
        "console",
        lambda said: (
            note(f"{said.text} ({said.location.get('url')})") if said.type == "error" else 0
        ),
    )
    return complaints
