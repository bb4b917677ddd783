"""Open the review log for pages. If it cannot be opened, the page shows a sentence."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from base import folders
from base.messages import UserError
from ui.shell.i18n import t, word
from ui.shell.visitors import access, login, own

TOLD = "progress_told"  # what was done about a damaged file, for the next run
NAMED = ("RESIDUAL_DATABASE", "RESIDUAL_DB")  # variables that name another database
LISTED = 3  # rows that are listed; a file may hold thousands that cannot be read


def begun() -> bool:
    """Return whether there is a review log already; without one nothing needs to be opened."""
    elsewhere = login.configured() or any(name in os.environ for name in NAMED)
    kept = elsewhere or (folders.progress() / "progress.sqlite").exists()
    return kept and not access.refusal()


def the_store():
    """Return the open log or, in a class, this learner's part of it.

    Returns None after showing why it cannot be opened. Raises NotAllowed for a session of nobody.
    """
    from study.reviews.storage.store import ProgressError, default_url

    if TOLD in st.session_state:
        st.success(st.session_state.pop(TOLD))
    try:
        opened = _opened(default_url())
        return opened.of(own.owner()) if login.configured() else opened
    except ProgressError as error:
        _tell(error)
        return None


def the_whole():
    """Return the log of a whole class. Raises NotAllowed unless the session is a teacher's."""
    from study.classroom import rights
    from study.reviews.storage.store import default_url

    rights.teacher(login.person())
    return _opened(default_url())


def assigned():
    """Return the assignments of this class, or none without a class."""
    who = login.person()
    if who is None:
        return []
    from study.classroom import assignments
    from study.reviews.storage.store import default_url

    return assignments.assignments(_opened(default_url()))


def demonstrated():
    """Return what is demonstrated to this class now; None where nothing is, or no class."""
    if login.person() is None:
        return None
    from study.classroom import demonstrations
    from study.reviews.storage.store import default_url

    return demonstrations.current(_opened(default_url()))


def check_prediction(who, demonstration_id: str, choice: str) -> None:
    """Raise NotAllowed where this person may not predict this for a demonstration now."""
    from study.classroom import demonstrations
    from study.reviews.storage.store import default_url

    demonstrations.check_open(_opened(default_url()), who, demonstration_id, choice)


def spoken(draw: Callable[[], None]) -> None:
    """Draw a page. If the log fails while it is read, the page shows a sentence."""
    try:
        draw()
    except UserError as error:
        _tell(error)


def _tell(error: UserError) -> None:
    from study.reviews.storage.store import default_url

    st.error(word(error.message), icon=":material/error:")
    if error.message.key == "progress.damaged":
        _offer_anew(default_url())
    if error.message.key == "progress.locked":
        st.button(t("progress.retry"), key="progress_retry", icon=":material/refresh:")


@st.cache_resource(max_entries=2, show_spinner=False, on_release=lambda store: store.close())
def _opened(url: str):
    from study.reviews import backups
    from study.reviews.storage.store import Store

    store = Store(url)
    backups.daily(store, date.today())
    return store


def _offer_anew(url: str) -> None:
    """Draw a button that keeps the damaged file and opens the newest sound copy or an empty log."""
    from study.reviews import backups
    from study.reviews.storage.store import file_of

    path = file_of(url)
    who = login.person()
    if login.configured() and not (who and who.teacher):
        return  # the file belongs to everybody
    if path is None or not st.button(t("progress.anew"), help=t("progress.anew_help")):
        return
    _opened.clear()  # this closes it first: an open file cannot be moved on every system
    try:
        aside = backups.set_aside(path)
        copy = backups.restore(path)
    except OSError as error:
        st.error(t("progress.cannot_write", path=path, why=error.strerror or str(error)))
        return
    if copy:
        st.session_state[TOLD] = t("progress.restored", copy=copy.name, aside=aside.name)
    else:
        st.session_state[TOLD] = t("progress.begun", aside=aside.name)
    st.rerun()


def tell_aside(store) -> None:
    """Say which rows of the log are left out, if there are any."""
    aside = store.aside()
    if aside:
        st.warning(t("progress.aside", count=len(aside), rows=listed(aside)))


def listed(aside) -> str:
    """Return the rows that were left out, the first few one by one."""
    parts = [word(one.message) for one in aside[:LISTED]]
    if len(aside) > LISTED:
        parts.append(t("settings.rows_more", count=len(aside) - LISTED))
    return t("frame.list_comma").join(parts)


def now() -> datetime:
    """Return the time in the learner's zone, which is the browser's."""
    try:
        zone = ZoneInfo(st.context.timezone or "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return datetime.now().astimezone()
    return datetime.now(UTC).astimezone(zone)


def today() -> date:
    """Return the learner's day."""
    from study.reviews.review import day_of

    return day_of(now())


def row(kind: str, item: str = "", version: str = "", row_id: str = "", **body: object):
    """Return a row of today, with the card's id if it has one."""
    from study.reviews.review import Row, new_id

    body = {**body, "day": today().isoformat()}
    return Row(kind, item, version, body, id=row_id or new_id())


def inserted(store, row) -> bool | None:
    """Append a row. Return whether it is new, or show the error and return None."""
    try:
        return store.append(row)
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
        return None


def keep(store, row) -> bool:
    """Append a row, or show the error and leave the answer on the page."""
    return inserted(store, row) is not None
