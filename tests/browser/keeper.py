"""A JupyterLab on a copy of the notebooks, which ends with whoever started it.

`python tests/browser/keeper.py [notebook…]` prints a line of JSON with the address once the server
answers, and then waits for the end of its standard input. That comes when the caller closes it, and
also when the caller is stopped or killed; either way server, kernels and files are gone afterwards.
"""

import json
import os
import secrets
import shutil
import signal
import site
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("course", "exercises", "solutions")
SECONDS = 60  # within which a server has to answer
SETTINGS = {
    # All outputs are on the page, even those that one would have to scroll to.
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


class Failure(Exception):
    """JupyterLab did not start."""


def copy_notebooks(folder, others):
    """The project's notebooks, and others in a folder of their own."""
    skip = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__", "*.py")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    (folder / "other").mkdir()
    for each in others:
        shutil.copy(each, folder / "other")


def write_settings(folder):
    for name, setting in SETTINGS.items():
        path = folder / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting), encoding="utf-8")


def write_kernels(data, home):
    """Besides Python 3: kernels that find no `dot`, without and with pygraphviz in its place."""
    empty, missing = home / "empty", home / "missing"
    empty.mkdir()
    missing.mkdir()
    (missing / "pygraphviz.py").write_text("raise ImportError('left out for a test')\n")
    paths = {"wheel": [str(ROOT)], "bare": [str(missing), str(ROOT)]}
    for name, path in paths.items():
        kernel = {
            "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": name,
            "language": "python",
            "env": {"PATH": str(empty), "PYTHONPATH": os.pathsep.join(path)},
        }
        (data / "kernels" / name).mkdir(parents=True)
        (data / "kernels" / name / "kernel.json").write_text(json.dumps(kernel))


def environment(home, token):
    """Nothing of the user's is read or written, but for packages that are installed for them."""
    write_settings(home / "settings")
    write_kernels(home / "data", home)
    return {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PYTHONUSERBASE": site.getuserbase(),
        "PYTHONPATH": str(ROOT),
        "JUPYTER_TOKEN": token,
    }


def know_fonts(variables):
    """Matplotlib lists the fonts once, and says so on stderr when that takes long: do it before."""
    program = "import matplotlib.font_manager"
    subprocess.run([sys.executable, "-c", program], env=variables, capture_output=True, check=False)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def server_command(folder):
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.root_dir={folder}", "--ServerApp.ip=127.0.0.1"]
    return [*command, f"--ServerApp.port={free_port()}", "--LabApp.expose_app_in_browser=True"]


def address(server, runtime, token):
    """The server's address as it noted it itself, as soon as it answers; Failure if it never does.

    Another program may have taken the free port meanwhile; the server then took the next one.
    """
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and server.poll() is None:
        for note in runtime.glob("jpserver-*.json"):
            try:
                url = json.loads(note.read_text())["url"].rstrip("/")
                urllib.request.urlopen(f"{url}/api/status?token={token}", timeout=SECONDS).close()
                return url
            except (ValueError, OSError):  # half written, or not listening yet
                pass
        time.sleep(0.05)
    raise Failure("JupyterLab did not start")


def stop(server):
    """Ask the server to end, which ends its kernels first; insist if it does not."""
    server.terminate()
    try:
        server.wait(15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def keep(folder, others, say):
    """Start the server, say where it is, and stop it when there is nobody left to listen."""
    home, token = folder / "home", secrets.token_hex(16)
    home.mkdir()
    notebooks = folder / "notebooks"
    copy_notebooks(notebooks, others)
    variables = environment(home, token)
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            server_command(notebooks),
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            know_fonts(variables)
            say(url=address(server, home / "runtime", token), token=token, folder=str(folder))
            sys.stdin.read()
        except Failure as failure:
            say(error=f"{failure}:\n{(home / 'log').read_text()[-3000:]}")
        finally:
            stop(server)


def say(**facts):
    print(json.dumps(facts), flush=True)


def main(others):
    for each in ("SIGINT", "SIGTERM", "SIGHUP"):  # only the end of the input ends this program
        if hasattr(signal, each):
            signal.signal(getattr(signal, each), lambda *_: None)  # which kernels do not inherit
    folder = Path(tempfile.mkdtemp(prefix="minigrad-lab-")).resolve()
    try:
        keep(folder, others, say)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
