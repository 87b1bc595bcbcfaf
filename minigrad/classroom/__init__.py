"""The workshop behind the course; the package itself never imports it.

`install` puts a notebook's definition in place of the package's. The other modules read the
chapters, build the package as it stands at a chapter's end, and run the notebooks on it.
"""

from .install import install

__all__ = ["install"]
