"""Draw what a person sees when a page fails: one sentence, what to do, and a report to copy.

The traceback goes to a log file, never to the screen. It names folders of this machine, so the
report is for the machine's owner alone: whoever visits a server gets a reference to pass on. The
frame, Settings and the way out of a damaged log are outside the page that failed, so they go on
working.
"""

import logging
import platform
import secrets
import traceback
from contextlib import closing
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import streamlit as st

from base import folders
from base.version import VERSION
from ui.shell import logs
from ui.shell.i18n import t
from ui.shell.visitors import access, login

LOG = "residual.log"
LOG_BYTES = 1 << 20  # bytes; one older file of that size is kept too
COPY = (Path(__file__).parent / "copy_report.js").read_text("utf-8")


def handle(error: Exception) -> bool:
    """Log an unexpected error of a page or a fragment, and draw the sentence in its place.

    Streamlit calls this from the script that failed. Returns True: nothing else is to be shown.
    """
    reference = secrets.token_hex(4)
    report = report_of(error, reference)
    kept = _keep(report)
    with st.container(key=f"failure_{datetime.now(UTC):%H%M%S%f}"):
        st.error(t("failure.told"), icon=":material/error:")
        if login.configured() or access.refusal():
            logs.failure(reference, error)
            st.caption(t("failure.reference", reference=reference))
        else:
            _offer(report, kept)
    return True


def _offer(report: str, kept: Path | None) -> None:
    """Draw where the report was written, and the button that copies it."""
    st.caption(t("failure.kept", path=kept) if kept else t("failure.not_kept"))
    component = st.components.v2.component(
        "residual_copy_report", html="<button type='button'></button>", js=COPY
    )
    words = {"copy": t("failure.copy"), "copied": t("failure.copied")}
    component(data={"report": report, **words}, key=f"copy_{hash(report)}")


def report_of(error: Exception, reference: str) -> str:
    """Return what somebody needs who is to mend it: reference, versions, system, traceback."""
    about = f"Residual {VERSION}, Streamlit {st.__version__}, Python {platform.python_version()}"
    told = "".join(traceback.format_exception(error))
    moment = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, reference {reference}"
    return f"{moment}\n{about}, {platform.platform()}\n{told}"


def _keep(report: str) -> Path | None:
    """Return the log file with the report, or None if it cannot be written."""
    path = folders.home() / LOG
    record = logging.makeLogRecord({"msg": report, "levelno": logging.ERROR})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(_Strict(path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")) as log:
            log.handle(record)
    except OSError:  # the disk is full or read-only: the report can still be copied
        return None
    return path


class _Strict(RotatingFileHandler):
    """Raise errors of the log file; the standard handler prints them and continues."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        raise
