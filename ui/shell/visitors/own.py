"""What belongs to whoever this session is: on a laptop everything, in a class one's own folder.

Every function raises NotAllowed in a session that is locked, whatever the page showed.
"""

from pathlib import Path

from base import folders
from ui.shell.visitors import access, login


def home() -> Path:
    """Return the folder of runs, edits and preferences."""
    who = owner()
    return folders.of_learner(who) if who else folders.home()


def runs() -> Path:
    """Return the folder of one's runs."""
    return home() / "runs"


def owner() -> str:
    """Return the profile that one's rows and runs carry; empty where there is no class."""
    access.require()
    who = login.person()
    return who.profile if who else ""


def shared() -> None:
    """Raise NotAllowed where this session may not touch what everybody shares."""
    access.require()
    if login.configured():
        from study.classroom import rights

        rights.teacher(login.person())
