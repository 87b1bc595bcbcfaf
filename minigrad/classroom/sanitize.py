"""What no two runs of a notebook share, and what takes its place before outputs are compared."""

import re

# A pattern that may begin anywhere in a long word, such as a picture's bytes, takes quadratic time:
# (?<!\S) lets it begin at the word's beginning alone.
RANDOM = {
    r"0x[0-9a-fA-F]+": "0x…",  # the address of an object
    r"(?<!\S)\S*ipykernel_\d+[/\\]\d+\.py": "<cell>",  # a cell's file in a warning
}
VARYING = {
    **RANDOM,
    r"In ?\[\d+\]": "In[…]",  # the number of a cell in a traceback
    r"data:image/[\w+.-]+;base64,[A-Za-z0-9+/=]+": "data:image/…",  # renderers differ in bytes
    r"\b(width|height)=\"[\d.]+(pt|px)?\"": r'\1="…"',  # and in the size of letters
    r"(?<!\S)\S*[/\\](minigrad[/\\][\w/\\]+\.py)": r"\1",  # where the package is installed
    r"(minigrad[/\\][\w/\\]+\.py):\d+": r"\1",  # its line numbers
}


def clean(value, patterns=VARYING):
    """Outputs, lists or a text with every text cleaned; execution counts are left out."""
    if isinstance(value, str):
        for pattern, replacement in patterns.items():
            value = re.sub(pattern, replacement, value)
    elif isinstance(value, (list, tuple)):
        return [clean(each, patterns) for each in value]
    elif isinstance(value, dict):
        return {key: clean(each, patterns) for key, each in value.items() if key != COUNT}
    return value


COUNT = "execution_count"
