"""Whether the link that led to a run leaves its experiment as it is, as a teacher may want it."""

from ui.shell import address

LOCKED = "1"


def locked() -> bool:
    """Say whether nothing may be changed here: no rate, no skips, no other experiment."""
    return address.value("locked") == LOCKED
