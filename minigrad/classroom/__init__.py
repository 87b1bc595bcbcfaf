"""The workshop behind the course; the package itself never imports it.

`install` puts a notebook's definition in place of the package's. `begin`, `using`, `rounded`,
`tried`, `judged`, `agree` and `verdict` serve the exercises. The other modules read the chapters,
build the package as it stands at a chapter's end, run the notebooks on it, and grade what is handed
in.
"""

from .install import install
from .verdict import verdict
from .working import agree, begin, judged, rounded, tried, using

__all__ = ["agree", "begin", "install", "judged", "rounded", "tried", "using", "verdict"]
