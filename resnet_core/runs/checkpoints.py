"""Save checkpoints of a run as a whole, keep the last two, and skip damaged ones."""

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import numpy as np

KEPT = 2
CHECKPOINT = re.compile(r"step-\d{8,}\.npz")
Arrays = dict[str, np.ndarray]


def save(folder: Path, step: int, arrays: Arrays) -> None:
    """Write `arrays` of a run after `step` steps as step-N.npz. Raises OSError when full."""

    def write(file: IO[bytes]) -> None:
        np.savez(file, **arrays)  # type: ignore[arg-type]

    _write(folder, f"step-{step:08d}.npz", write)


def keep(folder: Path, name: str, data: bytes) -> None:
    """Write a checkpoint that was made on another machine. Raises OSError when full."""
    if not CHECKPOINT.fullmatch(name):
        raise ValueError(f"expected the name of a checkpoint, step-N.npz, received {name!r}")
    _write(folder, name, lambda file: file.write(data))


def _write(folder: Path, name: str, write: Callable[[IO[bytes]], object]) -> None:
    folder.mkdir(exist_ok=True)
    descriptor, part = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, folder / name)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    for old in _newest_first(folder)[KEPT:]:
        old.unlink(missing_ok=True)


def set_aside(folder: Path, seed: int) -> None:
    """Keep the newest checkpoint of a seed that is done as seed-S-step-N.npz, and no other.

    The names of the next seed's are free then. Does nothing where there is none.
    """
    for place, kept in enumerate(_newest_first(folder)):
        if place == 0:
            os.replace(kept, folder / f"seed-{seed}-{kept.name}")
        else:
            kept.unlink(missing_ok=True)


def latest(folder: Path, aside: int | None = None) -> tuple[int, Arrays] | None:
    """Return (step, arrays) of the newest checkpoint that can be read, or None.

    `aside` names a seed whose checkpoint was set aside.
    """
    return next(readable(folder, aside), None)


def any_kept(folder: Path, aside: int | None = None) -> bool:
    """Return whether a folder holds a checkpoint, readable or not; `aside` as in `latest`."""
    return bool(_newest_first(folder, aside))


def readable(folder: Path, aside: int | None = None) -> Iterator[tuple[int, Arrays]]:
    """Yield (step, arrays) of every checkpoint that can be read, the newest first.

    Damage shows in many ways: zlib, zipfile, struct, the tokenizer of NumPy's header and the
    allocator each raise their own errors. For any of them the checkpoint before is tried, and
    worker.log says so.
    """
    for path in _newest_first(folder, aside):
        try:
            with open(path, "rb") as file, np.load(file, allow_pickle=False) as stored:
                arrays = {key: np.asarray(stored[key]) for key in stored.files}
            step = int(path.stem.rpartition("step-")[2])
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            print(f"The checkpoint {path.name} cannot be read ({told}).", file=sys.stderr)
            continue
        yield step, arrays


def _newest_first(folder: Path, aside: int | None = None) -> list[Path]:
    of_seed = "" if aside is None else f"seed-{aside}-"
    return sorted(folder.glob(f"{of_seed}step-*.npz"), reverse=True)
