"""What one installation remembers between visits, in a small file; the review log is not here."""

import json
from pathlib import Path

from base import folders
from base.files import write_json

DEFAULTS = {"language": "", "level": 2, "started": False, "consent": False}


def path() -> Path:
    return folders.home() / "preferences.json"


def load() -> dict:
    """Defaults where the file is missing or damaged."""
    try:
        stored = json.loads(path().read_text("utf-8"))
    except (OSError, ValueError):
        return dict(DEFAULTS)
    known = stored if isinstance(stored, dict) else {}
    return {
        key: known[key] if isinstance(known.get(key), type(default)) else default
        for key, default in DEFAULTS.items()
    }


def remember(**changes: object) -> None:
    """Nothing where it is so already. A home that cannot be written is left alone: a preference
    is a comfort, and the pages that keep what matters say why they cannot."""
    before = load()
    after = {**before, **changes}
    if after == before:
        return
    try:
        folders.home().mkdir(parents=True, exist_ok=True)
        write_json(path(), after)
    except OSError:
        return
