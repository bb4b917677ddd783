"""Write the server's log: for people, or one JSON object a line with RESIDUAL_LOG=json."""

import json
import logging
import os
import sys
from datetime import UTC, datetime

LOG = "RESIDUAL_LOG"
REQUESTS, FAILURES = "residual.requests", "residual.failures"
LIBRARIES = ("streamlit", "uvicorn", "uvicorn.error", "uvicorn.access")


class AsJson(logging.Formatter):
    """Write a record as one line, with the fields given as `extra={"told": {…}}` beside it."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def wanted() -> bool:
    """Return whether JSON was asked for."""
    return os.environ.get(LOG) == "json"


def begin() -> None:
    """Write every record as JSON, if that was asked for. Does nothing otherwise."""
    if not wanted():
        return
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(AsJson())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    _quieten()


def request(method: str, path: str, status: int, seconds: float) -> None:
    """Write a request without its query, which may hold a token or what somebody searched."""
    told = {"method": method, "path": path, "status": status, "seconds": round(seconds, 4)}
    logging.getLogger(REQUESTS).info("%s %s %s", method, path, status, extra={"told": told})


def failure(reference: str, error: Exception) -> None:
    """Write a page that failed with its traceback, under the reference that its visitor was told.

    The log file has it as well; this reaches whoever collects what the server prints, and the
    terminal where the disk is full.
    """
    told = {"reference": reference}
    logging.getLogger(FAILURES).error(
        "a page failed, reference %s", reference, exc_info=error, extra={"told": told}
    )


def _quieten() -> None:
    """Silence the libraries' own messages."""
    for name in [*LIBRARIES, *logging.root.manager.loggerDict]:
        if name.split(".")[0] in ("streamlit", "uvicorn"):
            logger = logging.getLogger(name)
            logger.handlers.clear()
            logger.propagate = True
