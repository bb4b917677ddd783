"""Pack a run into a zip file to keep or give away, and unpack one that may be a stranger's.

    run.json       the experiment, versions and the data's fingerprint
    events.jsonl   the log
    label.json     name and tags; may be missing

Weights are left out: curves do not need them, and a stranger's weights are never read. An archive
is read within limits, member by member. Only what was understood is written: the experiment after
its checks, the lines that are events, and the label within its bounds.
"""

import io
import json
import lzma
import os
import secrets
import shutil
import struct
import tempfile
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

from base.files import write_json
from base.messages import Message, UserError
from resnet_core import runs
from resnet_core.experiment.config import Experiment
from resnet_core.library.label import LABEL, Label, label_of, read_label, write_label
from resnet_core.runs.log.events import decode

MOST_PACKED = 64_000_000  # bytes of an archive
MOST_OF = {runs.SPEC: 1_000_000, runs.EVENTS: 400_000_000, LABEL: 1 << 14}
NEEDED = (runs.SPEC, runs.EVENTS)
VERSION = 1
DAMAGED = (  # each by another damage: zipfile checks little of what it reads
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, NotImplementedError, RuntimeError, OSError, ValueError, OverflowError),
)


class ArchiveError(UserError):
    """Raised for a file that is not an archive of a run, is damaged, or is too large."""


def pack(run: runs.Run) -> bytes:
    """Return a run as a zip file, without what concerns this machine alone: source and owner."""
    spec = {"version": VERSION, "created": run.created, "experiment": run.experiment.to_json()}
    label = label_of(run.folder)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(runs.SPEC, json.dumps(spec, ensure_ascii=False, indent=1))
        archive.writestr(LABEL, json.dumps({"name": label.name, "tags": label.tags}))
        try:
            archive.write(run.folder / runs.EVENTS, runs.EVENTS)
        except FileNotFoundError:
            archive.writestr(runs.EVENTS, b"")  # the run still waits in the queue
    return out.getvalue()


def unpack(data: bytes, root: Path, owner: str = "") -> runs.Run:
    """Make a run from an archive, under a new id. Raises ArchiveError and RunError."""
    members = _members(data)
    experiment, created = _spec(members[runs.SPEC])
    events = _events(members[runs.EVENTS])
    label = _label(members.get(LABEL))
    stamp = created.astimezone(UTC)
    run_id = f"{stamp:%Y%m%d-%H%M%S}-imported-{secrets.token_hex(4)}"
    spec = {
        "version": VERSION,
        "created": created.isoformat(timespec="milliseconds"),
        "experiment": experiment.to_json(),
        "source": "",
        **({"owner": owner} if owner else {}),
    }
    try:
        root.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".import-", dir=root))
        try:
            (work / runs.EVENTS).write_bytes(events)
            write_label(work, label)
            write_json(work / runs.SPEC, spec)
            os.chmod(work, 0o755)  # mkdtemp lets only one account in
            os.rename(work, root / run_id)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise runs.cannot_write(root, error) from error
    return runs.load(root / run_id)


def _members(data: bytes) -> dict[str, bytes]:
    """Return the files of an archive by name. Each has to be a file of a run and to occur once.

    Raises ArchiveError.
    """
    if len(data) > MOST_PACKED:
        raise _too_large("", MOST_PACKED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [one.filename for one in archive.infolist()]
            strangers = sorted({name for name in names if name not in MOST_OF})
            if strangers or len(set(names)) < len(names):
                told = ", ".join(strangers[:3]) or ", ".join(sorted(names)[:3])
                raise ArchiveError(Message("library.foreign_file", {"names": told[:200]}))
            missing = [name for name in NEEDED if name not in names]
            if missing:
                values: dict[str, object] = {"names": ", ".join(missing)}
                raise ArchiveError(Message("library.missing_file", values))
            return {name: _read(archive, name) for name in names}
    except DAMAGED as error:
        raise ArchiveError(Message("library.no_archive")) from error


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one file; its bytes are counted, because an archive may state wrong sizes."""
    most = MOST_OF[name]
    with archive.open(name) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise _too_large(name, most)
    return content


def _spec(content: bytes) -> tuple[Experiment, datetime]:
    try:
        spec = json.loads(content)
        if spec.get("version", VERSION) != VERSION:
            raise ArchiveError(Message("library.newer"))
        created = datetime.fromisoformat(spec["created"])
        return Experiment.from_json(spec["experiment"]), (
            created if created.tzinfo else created.replace(tzinfo=UTC)
        )
    except ArchiveError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UserError) as error:
        raise ArchiveError(Message("library.bad_spec")) from error


def _events(content: bytes) -> bytes:
    """Return the lines that are events. Raises ArchiveError if there are only other lines."""
    lines = content.split(b"\n")
    sound = [line for line in lines if decode(line) is not None]
    if content.strip() and not sound:
        raise ArchiveError(Message("library.bad_log"))
    return b"".join(line + b"\n" for line in sound)


def _label(content: bytes | None) -> Label:
    """Return the label, marked as imported; it is empty if the file is missing or damaged."""
    try:
        given = read_label(content) if content is not None else Label()
    except (ValueError, RecursionError, UserError):
        given = Label()
    return Label(given.name, given.tags, imported=True)


def _too_large(name: str, most: int) -> ArchiveError:
    values: dict[str, object] = {"name": name or "zip", "most": most // 1_000_000 or 1}
    return ArchiveError(Message("library.too_large", values))
