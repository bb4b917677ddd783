"""How a sentence of the bank cites its source: `[he15 §4.1]`, a key of sources.toml and a place."""

import re

CITATION = re.compile(r"\[([a-z][a-z0-9-]*)( [^\]\n]+)?\](?![(\[])")
