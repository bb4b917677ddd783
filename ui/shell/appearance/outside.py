"""Show text from outside letter by letter, so that Markdown in it is not rendered.

A link may name a run, and a log, an archive or somebody else's run folder may hold any words. An
image among them would be fetched, and a link could be clicked.
"""

import re

PLAIN = re.compile(r"[\w\s.,;:!?%/()+='\"×·–—…、。，；：！？（）“”-]*")
# Emphasis, what a browser takes for an address or Streamlit for an icon, and starts of lists.
MARKED = re.compile(r"(?<!\w)_|_(?!\w)|\bwww\.|:(?=\S)|\n|^\s*(?:[-+=]|\d+[.)])\s")


def as_text(value: object) -> str:
    """Return the text unchanged if Markdown finds nothing in it, otherwise as a span of code."""
    text = str(value)
    if PLAIN.fullmatch(text) and not MARKED.search(text):
        return text
    text = " ".join(text.split())  # an empty line would end the span
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}"  # one space on each side is not shown


def values_as_text(values: dict[str, object]) -> dict[str, object]:
    """Return the values with every text among them made safe; numbers stay numbers."""
    return {key: as_text(one) if isinstance(one, str) else one for key, one in values.items()}
