"""Name what belongs to this session: on a laptop everything, in a class the learner's own folder.

Every function raises NotAllowed in a locked session, whatever the page showed.
"""

from pathlib import Path

from base import folders
from ui.shell.visitors import access, login


def home() -> Path:
    """Return the folder of runs, edits and preferences."""
    who = owner()
    return folders.of_learner(who) if who else folders.home()


def runs() -> Path:
    """Return the folder of the session's own runs."""
    return home() / "runs"


def owner() -> str:
    """Return the profile that the session's rows and runs carry, or "" without a class."""
    access.require()
    who = login.person()
    return who.profile if who else ""


def shared() -> None:
    """Raise NotAllowed if this session may not change what everybody shares."""
    access.require()
    if login.configured():
        from study.classroom import rights

        rights.teacher(login.person())
