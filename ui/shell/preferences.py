"""Remember preferences between visits in a small file, apart from the review log."""

import json
from pathlib import Path

from base.files import write_json
from base.messages import UserError
from ui.shell import own

DEFAULTS = {"language": "", "level": 2, "started": False, "consent": False}


def path() -> Path:
    return own.home() / "preferences.json"


def load() -> dict:
    """Return the preferences, or the defaults if the file is missing or damaged."""
    try:
        stored = json.loads(path().read_text("utf-8"))
    except (OSError, ValueError, UserError):  # nobody's session has nothing remembered
        return dict(DEFAULTS)
    known = stored if isinstance(stored, dict) else {}
    return {
        key: known[key] if isinstance(known.get(key), type(default)) else default
        for key, default in DEFAULTS.items()
    }


def remember(**changes: object) -> None:
    """Write a preference if it changed. A home that cannot be written raises nothing here:
    the pages that store progress say what is wrong with it."""
    before = load()
    after = {**before, **changes}
    if after == before:
        return
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        write_json(path(), after)
    except (OSError, UserError):
        return
