"""Download one published archive. A download can resume, and gets its name only once checked."""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import requests
from filelock import FileLock, Timeout
from urllib3.exceptions import HTTPError

from base.messages import Message
from resnet_core.data.batch_files import DataError
from resnet_core.data.published import Archive

CONNECT_S, STALL_S = 10, 30
SLOWEST = 1000  # bytes a second, over the time of a stall
CHUNK = 1 << 16
ATTEMPTS = 4
ARRAYS_NEED = 190 << 20  # bytes of the arrays that are kept beside the archive

Progress = Callable[[int, int], None]


def fetch(url: str, target: Path, archive: Archive, progress: Progress | None = None) -> None:
    """Download the archive at `url`. `target` exists only once its content is the published one.

    What has arrived stays in a .part file, so the next call continues from there. Raises DataError.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _see_that_it_fits(target, archive)
        with FileLock(target.with_suffix(".lock"), timeout=0):
            _attempts(url, target, archive, progress or (lambda done, size: None))
    except Timeout as error:
        raise _say("data.download_busy") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise _say("data.cannot_write", folder=str(target.parent), why=why) from error


def _attempts(url: str, target: Path, archive: Archive, progress: Progress) -> None:
    part = target.with_suffix(".part")
    for attempt in range(ATTEMPTS):
        before = _size(part)
        try:
            _one_attempt(url, part, archive, progress)
            break
        except (requests.RequestException, HTTPError) as error:
            gained = _size(part) > before
            if attempt == ATTEMPTS - 1 or not (gained or attempt == 0):
                raise _no_network(url, error) from error
    _publish(url, part, target, archive)


def _one_attempt(url: str, part: Path, archive: Archive, progress: Progress) -> None:
    size, have = archive.size, _size(part)
    if size is not None and have == size:
        return
    if size is not None and have > size:
        part.unlink()
        have = 0
    tag = part.with_suffix(".etag")
    headers = {"Accept-Encoding": "identity"}
    if have and tag.exists():
        headers |= {"Range": f"bytes={have}-", "If-Range": tag.read_text("utf-8")}
    with requests.get(url, headers=headers, stream=True, timeout=(CONNECT_S, STALL_S)) as answer:
        if answer.status_code == 416:  # the kept part is longer than the file: begin again
            part.unlink(missing_ok=True)
            tag.unlink(missing_ok=True)
        answer.raise_for_status()
        resumed = answer.status_code == 206 and _starts_at(answer, have)
        have = have if resumed else 0
        _see_that_it_is_the_archive(url, answer, have, size)
        validator = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        tag.write_text(validator, "utf-8") if validator else tag.unlink(missing_ok=True)
        with open(part, "ab" if resumed else "wb") as file:
            for chunk in _arriving(answer):
                have += len(chunk)
                if size is not None and have > size:
                    break
                file.write(chunk)
                progress(min(have, size or have), size or have)
            file.flush()
            os.fsync(file.fileno())
    if size is not None and have < size:
        raise requests.ConnectionError(f"the connection ended after {have} of {size} bytes")


def _arriving(answer: requests.Response) -> Iterator[bytes]:
    """Yield bytes as they arrive. Raises ConnectionError if they arrive too slowly."""
    since, came = time.monotonic(), 0
    while chunk := answer.raw.read1(CHUNK):
        yield chunk
        came += len(chunk)
        seconds = time.monotonic() - since
        if seconds >= STALL_S:
            if came < SLOWEST * seconds:
                raise requests.ConnectionError(f"{came} bytes in {seconds:.0f} s")
            since, came = time.monotonic(), 0


def _starts_at(answer: requests.Response, have: int) -> bool:
    return answer.headers.get("Content-Range", "").startswith(f"bytes {have}-")


def _see_that_it_is_the_archive(
    url: str, answer: requests.Response, have: int, size: int | None
) -> None:
    """Refuse an answer of another length, such as a login page, before a byte is kept."""
    length = answer.headers.get("Content-Length", "")
    if size is not None and length.isdecimal() and have + int(length) != size:
        raise _say(
            "data.not_the_archive", url=url, length=f"{have + int(length):,}", size=f"{size:,}"
        )


def _publish(url: str, part: Path, target: Path, archive: Archive) -> None:
    with open(part, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != archive.sha256:
        part.unlink()
        raise _say("data.wrong_checksum", url=url)
    os.replace(part, target)
    part.with_suffix(".etag").unlink(missing_ok=True)


def _see_that_it_fits(target: Path, archive: Archive) -> None:
    needed = (archive.size or 0) - _size(target.with_suffix(".part")) + ARRAYS_NEED
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        raise _say(
            "data.disk_too_small",
            file=archive.file,
            needed=needed >> 20,
            folder=str(target.parent),
            free=free >> 20,
        )


def _no_network(url: str, error: Exception) -> DataError:
    return _say("data.no_network", url=url, why=type(error).__name__)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _say(key: str, **values: str | int) -> DataError:
    return DataError(Message(key, values))
