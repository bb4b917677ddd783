"""Takes named files out of an archive or a folder. Never extracts, never follows a link."""

import gzip
import stat
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from base.messages import Message
from resnet_core.data.batch_files import DataError, foreign
from resnet_core.data.published import Archive

OVERHEAD = 4 << 20  # directory entries, labels' names and the readme
SMALL_MEMBER = 1 << 20


def batch_files(source: Path, archive: Archive) -> Iterator[tuple[str, bytes]]:
    """(name, content) of every batch file, in the order found. Raises DataError."""
    found = set()
    reader = _from_folder if source.is_dir() else _from_tar
    for name, data in reader(source, archive):
        if name in found:
            raise foreign(name, "it occurs twice in the archive")
        found.add(name)
        yield name, data
    missing = sorted(set(archive.members) - found)
    if missing:
        raise DataError(
            Message(
                "data.incomplete",
                {"source": str(source), "files": ", ".join(missing)},
                f"{source} lacks {', '.join(missing)}. Take the whole {archive.file}.",
            )
        )


def layout_of(source: Path, candidates: tuple[Archive, ...]) -> tuple[Archive, Path] | None:
    """Which of the layouts a folder or archive holds, and where; None for neither."""
    for archive in candidates:
        if source.is_dir():
            for place in (source, source / archive.folder):
                if (place / archive.test).is_file():
                    return archive, place
        elif source.is_file() and archive.test in _names(source, archive):
            return archive, source
    for archive in candidates:  # a folder that holds the archive itself
        if (source / archive.file).is_file():
            return archive, source / archive.file
    return None


def _from_folder(source: Path, archive: Archive) -> Iterator[tuple[str, bytes]]:
    for name, largest in archive.members.items():
        path = source / name
        if not path.exists():
            continue
        if not stat.S_ISREG(path.stat().st_mode) or path.stat().st_size > largest:
            raise foreign(name, "it is no ordinary file of at most the published size")
        yield name, path.read_bytes()


def _from_tar(source: Path, archive: Archive) -> Iterator[tuple[str, bytes]]:
    with _opened(source, archive) as tar:
        for member in tar:
            name = _batch_name(member.name, archive)
            if name is None:
                if member.size > SMALL_MEMBER:
                    raise foreign(member.name[:80], "it is too large to stand beside the batches")
                continue
            if not member.isreg() or member.size > archive.members[name]:
                raise foreign(name, "it is no ordinary file of at most the published size")
            content = tar.extractfile(member)
            data = content.read(member.size) if content else b""
            if len(data) != member.size:
                raise truncated(source)
            yield name, data


def _names(source: Path, archive: Archive) -> set[str]:
    try:
        with _opened(source, archive) as tar:
            return {name for m in tar if (name := _batch_name(m.name, archive))}
    except DataError:
        return set()


def _batch_name(path: str, archive: Archive) -> str | None:
    """The batch a member is, by its exact path; everything else is passed over unread."""
    folder, _, name = path.rpartition("/")
    return name if folder == archive.folder and name in archive.members else None


class _opened:  # noqa: N801 - reads as `with _opened(…)`
    """A tar stream over gzip that gives out no more than the published batches can need."""

    def __init__(self, source: Path, archive: Archive):
        self.source = source
        self.limit = sum(archive.members.values()) + OVERHEAD

    def __enter__(self) -> tarfile.TarFile:
        self._raw = open(self.source, "rb")
        try:
            self._zip = gzip.GzipFile(fileobj=self._raw)
            self._tar = tarfile.open(fileobj=_Capped(self._zip, self.limit), mode="r|")
        except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
            self._raw.close()
            raise not_an_archive(self.source) from error
        return self._tar

    def __exit__(self, kind, error, _) -> None:
        self._tar.close()
        self._zip.close()
        self._raw.close()
        if isinstance(error, EOFError | tarfile.ReadError | zlib.error | gzip.BadGzipFile):
            raise truncated(self.source) from error


class _Capped:
    def __init__(self, stream, limit: int):
        self._stream, self._left = stream, limit

    def read(self, size: int) -> bytes:
        data = self._stream.read(min(size, self._left + 1))
        self._left -= len(data)
        if self._left < 0:
            raise foreign("the archive", "it unpacks to more than CIFAR does")
        return data


def truncated(source: Path) -> DataError:
    return DataError(
        Message(
            "data.truncated",
            {"source": str(source)},
            f"{source} breaks off before its end. Get it again.",
        )
    )


def not_an_archive(source: Path) -> DataError:
    return DataError(
        Message(
            "data.not_an_archive",
            {"source": str(source)},
            f"{source} is neither a CIFAR archive (.tar.gz) nor a folder with its batch files.",
        )
    )
