"""Define how the bank cites a source: `[he15 §4.1]`, with a key of sources.toml and a place."""

import re

CITATION = re.compile(r"\[([a-z][a-z0-9-]*)( [^\]\n]+)?\](?![(\[])")
NEXT_SOURCE = re.compile(r"; *(?=[a-z][a-z0-9-]*[ \]])")


def cited(found: re.Match[str]) -> list[tuple[str, str]]:
    """Return the key and the place of each source in a match of CITATION.

    `[he15 §4.1; he16 §2]` cites two sources, and `[he15 §4.1; §5]` two places of one. The place of
    `[he15]` is empty.
    """
    parts = [part.removesuffix("]") for part in NEXT_SOURCE.split(found[0][1:])]
    return [(key, place.strip()) for key, _, place in (part.partition(" ") for part in parts)]


def without_citations(text: str) -> str:
    """Return a text without its citations, as it is said or measured."""
    return CITATION.sub("", text)
