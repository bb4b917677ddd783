"""Train runs on a node, one after the other, in a process of its own.

The seat knows the trainer by the name of its module, so neither the seat nor the relay imports
TensorFlow.
"""

import importlib
import os
import platform
import shutil
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import msgspec

from base.files import write_json
from resnet_core import runs
from resnet_core.jobs.cluster.parcel import Known, News, Parcel, look, unpack, write

TRAINER = "resnet_core.nn.training.workers.seat_trainer"


class Trainer(Protocol):
    """Train in a seat's process: this is what the class `Trainer` of a module offers."""

    def warm(self) -> None:
        """Prepare what the demonstration needs."""

    def train(self, folder: Path, images: Any, asked_to_park: Callable[[], bool]) -> None:
        """Train the run of a folder to its end."""


class Seat:
    """Train the run that was given last. Its folder is a scratch copy of the one at home."""

    def __init__(self, root: Path, trainer: str, arms: int, cores: int):
        self._root = root
        self._trainer: Trainer = importlib.import_module(trainer).Trainer(arms, cores)
        self._folder = self._root
        self._thread: threading.Thread | None = None
        self._park = threading.Event()

    def place(self) -> str:
        """Return the name of the machine, once the seat is ready."""
        return platform.node()

    def warm(self) -> None:
        """Prepare what the demonstration needs."""
        self._trainer.warm()

    def take(self, parcel: Parcel, images: Any = None) -> None:
        """Begin to train a run. The one before must be over, and its copy is deleted."""
        if self._thread is not None:
            self._thread.join()
        shutil.rmtree(self._root / "runs", ignore_errors=True)
        self._folder = unpack(parcel, self._root / "runs")
        _set_clock(self._folder, parcel.waited_s)
        self._park.clear()
        self._thread = threading.Thread(target=self._train, args=(images,), name="train")
        self._thread.start()

    def news(self, known: Known) -> News:
        """Return what the run has beyond what is known at home."""
        over = self._thread is None or not self._thread.is_alive()  # before the folder is read
        return look(self._folder, known, over)

    def heed(self, control: bytes, park: bool) -> None:
        """Pass on what the learner asks, and whether the run has to give up its seat."""
        if control:
            part = self._folder / f"{runs.CONTROL}.part"
            part.write_bytes(control)
            os.replace(part, self._folder / runs.CONTROL)
        if park:
            self._park.set()

    def leave(self) -> None:
        """Delete the scratch folder before the process ends."""
        shutil.rmtree(self._root, ignore_errors=True)

    def _train(self, images: Any) -> None:
        try:
            self._trainer.train(self._folder, images, self._park.is_set)
        except Exception:  # the relay sees a run that is over without an end and says so
            write(self._folder, runs.LOG, traceback.format_exc().encode())


def _set_clock(folder: Path, waited_s: float) -> None:
    """Date the run by this machine's clock, so that its seconds since Start are right."""
    spec = msgspec.json.decode((folder / runs.SPEC).read_bytes())
    created = datetime.now(UTC) - timedelta(seconds=waited_s)
    write_json(folder / runs.SPEC, {**spec, "created": created.isoformat(timespec="milliseconds")})
