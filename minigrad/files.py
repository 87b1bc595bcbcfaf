"""Floor 7. Files that are either whole or not there: written beside their place, then moved in."""

import io
import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(path):
    """A new file to write to; it takes the place of `path` when the block ends without an error.

    Until then, and after an error or an interruption, what was at `path` is as it was. RuntimeError
    if the folder is not there, IsADirectoryError for a folder.
    """
    if not Path(path).parent.is_dir():
        raise RuntimeError(f"Parent directory {Path(path).parent} does not exist. Make it first.")
    path = Path(os.path.realpath(path))  # of a link, the file it leads to is replaced
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder: a file name is missing.")
    if path.exists() and not path.is_file():  # a device or a pipe cannot be replaced
        whole = io.BytesIO()
        yield whole
        path.write_bytes(whole.getbuffer())
        return
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        with open(beside, "xb") as file:
            yield file
            file.flush()
            with suppress(OSError):
                os.fsync(file.fileno())
        if path.exists():
            os.chmod(beside, path.stat().st_mode & 0o777)
        os.replace(beside, path)
    finally:
        with suppress(FileNotFoundError):
            os.remove(beside)
