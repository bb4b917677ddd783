"""Show text that came from outside letter by letter: its Markdown renders nothing.

A link may name a run, and a log, an archive or a run folder of somebody else may hold any words: an
image among them would be fetched, and a link could be clicked.
"""

import re

PLAIN = re.compile(r"[\w\s.,;:!?%/()+='\"×·–—…、。，；：！？（）“”-]*")
# Emphasis, what a browser would take for an address or Streamlit for an icon, and how lists begin.
MARKED = re.compile(r"(?<!\w)_|_(?!\w)|\bwww\.|:(?=\S)|\n|^\s*(?:[-+=]|\d+[.)])\s")


def as_text(value: object) -> str:
    """Return the text as it is where Markdown sees nothing in it, else as a span of code."""
    text = str(value)
    if PLAIN.fullmatch(text) and not MARKED.search(text):
        return text
    text = " ".join(text.split())  # an empty line would end the span
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}"  # one space on each side is not shown


def values_as_text(values: dict[str, object]) -> dict[str, object]:
    """Return the values with every text among them as text; numbers stay numbers."""
    return {key: as_text(one) if isinstance(one, str) else one for key, one in values.items()}
