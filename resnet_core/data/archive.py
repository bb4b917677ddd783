"""Read named files out of an archive or a folder, without extracting and without following links.

A tar is read block by block. Every size is compared with what is left before a byte of it is read,
so a header that promises terabytes costs nothing. Extensions of the format are skipped.
"""

import gzip
import stat
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from base.messages import Message
from resnet_core.data.batch_files import DataError, foreign
from resnet_core.data.published import Archive

OVERHEAD = 4 << 20  # directory entries, label names and the readme
SMALL_MEMBER = 1 << 20
BLOCK = tarfile.BLOCKSIZE
CHUNK = 1 << 16


def batch_files(
    source: Path, candidates: tuple[Archive, ...]
) -> Iterator[tuple[Archive, str, bytes]]:
    """Yield layout, name and content of every batch file, in the order found. Raises DataError."""
    layout, found = None, set()
    try:
        for archive, name, data in _read(source, candidates):
            if name in found or layout not in (None, archive):
                raise foreign(name, "it occurs twice in the archive")
            layout = archive
            found.add(name)
            yield archive, name, data
    except OSError as error:
        why = error.strerror or str(error)
        values = {"source": str(source), "why": why}
        raise DataError(Message("data.unreadable", values)) from error
    if layout is None:
        raise not_an_archive(source)
    if missing := sorted(set(layout.members) - found):
        files = ", ".join(missing)
        raise DataError(Message("data.incomplete", {"source": str(source), "files": files}))


def parts(source: Path, candidates: tuple[Archive, ...]) -> list[Path]:
    """Return the files that `batch_files` would read; if one changes, the source has changed."""
    if source.is_file():
        return [source]
    places = [source, *(source / archive.folder for archive in candidates)]
    names = sorted({name for a in candidates for name in (*a.members, a.file)})
    return [place / name for place in places for name in names if (place / name).is_file()]


def _read(source: Path, candidates: tuple[Archive, ...]) -> Iterator[tuple[Archive, str, bytes]]:
    if not source.is_dir():
        yield from _from_tar(source, candidates)
        return
    for archive in candidates:
        for place in (source, source / archive.folder):
            if (place / archive.test).is_file():
                yield from _from_folder(place, archive)
                return
    for archive in candidates:  # a folder that holds the archive itself
        if (source / archive.file).is_file():
            yield from _from_tar(source / archive.file, candidates)
            return


def _from_folder(source: Path, archive: Archive) -> Iterator[tuple[Archive, str, bytes]]:
    for name, largest in archive.members.items():
        path = source / name
        if not path.exists():
            continue
        if not stat.S_ISREG(path.stat().st_mode) or path.stat().st_size > largest:
            raise foreign(name, "it is no ordinary file of at most the published size")
        yield archive, name, path.read_bytes()


def _from_tar(
    source: Path, candidates: tuple[Archive, ...]
) -> Iterator[tuple[Archive, str, bytes]]:
    limit = max(sum(archive.members.values()) for archive in candidates) + OVERHEAD
    if source.stat().st_size > limit:
        raise foreign(source.name, "it is larger than CIFAR")
    begun = False
    with gzip.open(source) as unpacked:
        stream = _Stream(unpacked, limit)
        try:
            while any(header := stream.read(BLOCK)):
                member = tarfile.TarInfo.frombuf(header, "utf-8", "surrogateescape")
                begun = True
                content = _content(member, stream, candidates)
                if content is not None:
                    yield content
            while stream.read(CHUNK):
                pass  # the checksum of the whole archive is at the end
        except EOFError as error:
            raise _damaged("data.truncated", source) from error
        except (tarfile.HeaderError, gzip.BadGzipFile, zlib.error) as error:
            if not begun:
                raise not_an_archive(source) from error
            raise _damaged("data.damaged", source) from error


def _content(
    member: tarfile.TarInfo, stream: "_Stream", candidates: tuple[Archive, ...]
) -> tuple[Archive, str, bytes] | None:
    """Return the batch file that a member is, by its exact path, or None for any other member."""
    folder, _, name = member.name.rpartition("/")
    padding = -member.size % BLOCK
    for archive in candidates:
        if folder == archive.folder and name in archive.members:
            if not member.isreg() or not 0 <= member.size <= archive.members[name]:
                raise foreign(name, "it is no ordinary file of at most the published size")
            data = stream.take(member.size)
            stream.take(padding)
            return archive, name, data
    if not 0 <= member.size <= SMALL_MEMBER:
        raise foreign(member.name[:80], "it is too large to be beside the batches")
    stream.take(member.size + padding)
    return None


class _Stream:
    """Unpack a gzip file, but no more bytes than the published archives hold."""

    def __init__(self, unpacked: gzip.GzipFile, limit: int):
        self._unpacked, self._left = unpacked, limit

    def take(self, size: int) -> bytes:
        """Return exactly `size` bytes. Raises EOFError if there are fewer."""
        data = self.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def read(self, size: int) -> bytes:
        """Return `size` bytes, or what is left before the end."""
        data = self._unpacked.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise foreign("the archive", "it unpacks to more than CIFAR does")
        return data


def not_an_archive(source: Path) -> DataError:
    """Return the error for a file or folder that is none of the published archives."""
    return DataError(Message("data.not_an_archive", {"source": str(source)}))


def _damaged(key: str, source: Path) -> DataError:
    return DataError(Message(key, {"source": str(source)}))
