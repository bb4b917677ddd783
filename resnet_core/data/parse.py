"""Child process that reads foreign data under limits and leaves arrays in a folder.

    python -m resnet_core.data.parse DATASET SOURCE OUT

Prints one JSON object: {"layout", "published_members"} or {"error": words}. Whoever started it
checks the arrays again: it trusts this process as little as the data.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from resnet_core.data.archive import batch_files, layout_of, not_an_archive
from resnet_core.data.batch_files import DataError, read
from resnet_core.data.published import Archive, archives

MEMORY = 1 << 30
ARRAYS = ("train_images", "train_labels", "test_images", "test_labels")


def main(dataset: str, source: Path, out: Path) -> dict:
    found = layout_of(source, archives(dataset))
    if found is None:
        raise not_an_archive(source)
    archive, place = found
    parts, digests = {}, {}
    for name, data in batch_files(place, archive):
        parts[name] = read(archive, name, data)
        digests[name] = hashlib.md5(data, usedforsecurity=False).hexdigest()
    _save(archive, parts, out)
    return {
        "layout": archive.layout,
        "published_members": bool(archive.md5) and (digests == archive.md5),
    }


def _save(archive: Archive, parts: dict, out: Path) -> None:
    for split, names in (("train", archive.train), ("test", (archive.test,))):
        np.save(out / f"{split}_images.npy", np.concatenate([parts[n][0] for n in names]))
        np.save(out / f"{split}_labels.npy", np.concatenate([parts[n][1] for n in names]))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit; sizes are capped before anything is read
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit_memory()
    try:
        told = main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    except DataError as error:
        told = {"error": error.message.to_json()}
    print(json.dumps(told))
