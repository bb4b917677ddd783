"""Find or download CIFAR-10 and CIFAR-100, check them, and keep them as memory-mapped arrays.

The order of search is: what the person names (`named`, RESIDUAL_DATA), our cache, Keras' cache.
Once the images are parsed, a worker has them in milliseconds.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from base import folders
from base.messages import Message
from resnet_core.data import download, published
from resnet_core.data.archive import batch_files, parts
from resnet_core.data.batch_files import DataError, read
from resnet_core.data.published import Archive

ARRAYS = ("train_images", "train_labels", "test_images", "test_labels")
ABOUT = "about.json"


@dataclass(frozen=True)
class Dataset:
    """Hold images (N, 32, 32, 3) uint8 and labels (N,) uint8, memory-mapped and read-only.

    `label` is the title of the data in charts. `published` says that it is the published data set,
    bit for bit. `fingerprint` is the start of the SHA-256 of the arrays.
    """

    name: str
    label: str
    published: bool
    fingerprint: str
    class_names: tuple[str, ...]
    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


def find(name: str = "cifar10", named: Path | None = None) -> Dataset:
    """Return the data set without a download. Raises DataError, `data.missing` if there is none."""
    chosen = named or _from_environment()
    if chosen is not None:
        check_there(chosen)
        return _parsed(name, chosen)
    for place in (archive_path(name), *_keras_places(name)):
        if place.is_file():
            return _parsed(name, place)
    raise _missing(name)


def in_memory(data: Dataset) -> Dataset:
    """Return a data set that needs no file of this machine any more."""
    return replace(
        data,
        train_images=np.array(data.train_images),
        train_labels=np.array(data.train_labels),
        test_images=np.array(data.test_images),
        test_labels=np.array(data.test_labels),
    )


def get(
    name: str = "cifar10",
    named: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    mirror: str | None = None,
) -> Dataset:
    """Return the data set of `find`, or download it; `progress` gets (bytes done, of all)."""
    try:
        return find(name, named)
    except DataError as error:
        if error.message.key != "data.missing":
            raise
    archive = published.archives(name)[0]
    download.fetch(address(name, mirror), archive_path(name), archive, progress)
    return _parsed(name, archive_path(name))


def address(name: str, mirror: str | None = None) -> str:
    """Return the address of the archive; RESIDUAL_MIRROR names another folder of addresses."""
    base = mirror or os.environ.get("RESIDUAL_MIRROR") or published.TORONTO
    return base.rstrip("/") + "/" + published.archives(name)[0].file


def archive_path(name: str) -> Path:
    """Return the path at which a downloaded archive is kept."""
    return folders.caches() / "downloads" / published.archives(name)[0].file


def _parsed(name: str, source: Path) -> Dataset:
    """Return the data set from the cache, or parse it now."""
    key = _key(name, source)
    pointer = _cache() / f"{key}.json"
    try:
        return _load(name, _cache() / json.loads(pointer.read_text("utf-8"))["fingerprint"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass  # not parsed yet, damaged, or another version's cache: parse again
    try:
        _cache().mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".parse-", dir=_cache()))
    except OSError as error:
        raise _cannot_write(error) from error
    try:
        fingerprint = _parse(name, source, work)
        pointer_part = work / "pointer"
        pointer_part.write_text(json.dumps({"fingerprint": fingerprint}), "utf-8")
        os.replace(pointer_part, pointer)
        return _load(name, _cache() / fingerprint)
    except OSError as error:
        raise _cannot_write(error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _parse(name: str, source: Path, work: Path) -> str:
    """Move the arrays of `source` into the cache as a whole. Return their fingerprint."""
    out = work / "arrays"
    out.mkdir()
    batches, digests = {}, {}
    for archive, member, data in batch_files(source, published.archives(name)):
        batches[member] = read(archive, member, data)
        digests[member] = hashlib.md5(data, usedforsecurity=False).hexdigest()
    digest = hashlib.sha256()
    for split, members in (("train", archive.train), ("test", (archive.test,))):
        for kind, column in (("images", 0), ("labels", 1)):
            whole = np.concatenate([batches[member][column] for member in members])
            array = np.ascontiguousarray(whole)
            np.save(out / f"{split}_{kind}.npy", array)
            digest.update(array.data)
    fingerprint = digest.hexdigest()[:16]
    about = {
        "dataset": name,
        "published": digests == archive.md5 or _is_published(source, archive),
        "fingerprint": fingerprint,
    }
    (out / ABOUT).write_text(json.dumps(about), "utf-8")
    target = _cache() / fingerprint
    if not (target / ABOUT).exists():
        shutil.rmtree(target, ignore_errors=True)
        os.replace(out, target)
    return fingerprint


def _load(name: str, folder: Path) -> Dataset:
    about = json.loads((folder / ABOUT).read_text("utf-8"))
    if about["dataset"] != name:
        raise KeyError(name)
    arrays = [np.load(folder / f"{key}.npy", mmap_mode="r", allow_pickle=False) for key in ARRAYS]
    return Dataset(
        name,
        _label(name, about["published"]),
        about["published"],
        about["fingerprint"],
        published.CLASS_NAMES[name],
        *arrays,
    )


def _label(name: str, is_published: bool) -> str:
    title = published.TITLES[name]
    if is_published:
        return title
    return os.environ.get("RESIDUAL_DATA_LABEL") or f"{title}{published.UNPUBLISHED}"


def _is_published(source: Path, archive: Archive) -> bool:
    source = source / archive.file if source.is_dir() else source
    if not source.is_file():
        return False
    with open(source, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == archive.sha256


def _key(name: str, source: Path) -> str:
    """Return a key that changes if any file of the source does."""
    files = parts(source, published.archives(name))
    facts = [(str(p.resolve()), p.stat().st_size, p.stat().st_mtime_ns) for p in files]
    return hashlib.sha256(json.dumps([name, facts]).encode()).hexdigest()[:24]


def _cache() -> Path:
    return folders.caches() / "data"


def _from_environment() -> Path | None:
    named = os.environ.get("RESIDUAL_DATA")
    return Path(named).expanduser() if named else None


def _keras_places(name: str) -> list[Path]:
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "datasets"
    archive: Archive = published.archives(name)[1]
    stem = archive.file.removesuffix(".tar.gz")
    return [home / archive.file, home / f"{stem}-target.tar.gz"]


def _missing(name: str) -> DataError:
    title = published.TITLES[name]
    return DataError(Message("data.missing", {"data": title}))


def check_there(path: Path) -> None:
    """Raise DataError if there is nothing at the path."""
    if path.exists():
        return
    raise DataError(Message("data.no_such_path", {"path": str(path)}))


def _cannot_write(error: OSError) -> DataError:
    why = error.strerror or str(error)
    return DataError(Message("data.cannot_write", {"folder": str(_cache()), "why": why}))
