"""Grading with nbval: only answers are taken from what is handed in, and they run shut in.

Read in this order: exercises, formats, matching, judging, diagnosis; then kernels, forked, warm,
shell and containment for where answers run; runner, supervising and gradebook for a whole class.
"""

import sys

# nbformat imports jsonschema, which imports this where it is there and can do without it: 0.85 s.
sys.modules.setdefault("rfc3987_syntax", None)
