"""Tell whether the link to a run locks its experiment, as a teacher may want it."""

from ui.shell import address

LOCKED = "1"


def locked() -> bool:
    """Return whether nothing may be changed here: no rate, no skips, no other experiment."""
    return address.value("locked") == LOCKED
