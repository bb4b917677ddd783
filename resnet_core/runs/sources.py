"""Keep the weights of nets that learned some classes first, so that no run learns them again.

A file is named after what its weights were trained from. It says itself which images and which code
made them; a file of other images or of other code is as good as none.
"""

import hashlib
import json
import os
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from base import folders
from resnet_core.experiment.config import Experiment

Arrays = dict[str, np.ndarray]
ABOUT = "about"


@dataclass(frozen=True)
class About:
    """Say what weights come from: the fingerprints of the images and of the code.

    `accuracy` is that on `images` test images of the classes that were learned.
    """

    data: str
    code: str
    accuracy: float = 0.0
    images: int = 0


def path(experiment: Experiment, arm: str) -> Path:
    """Return where the weights are kept that an arm of a fine-tuning starts from."""
    moved = experiment.fine_tuning
    if moved is None:
        raise ValueError("expected an experiment with fine_tuning, received one without")
    whole = {
        "net": asdict(moved.source_net(experiment.arms[arm], experiment.dataset)),
        "train": asdict(moved.source_train),
        "classes": [experiment.dataset, *moved.learned(experiment.dataset)],
        "seed": experiment.seed,
    }
    name = hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:16]
    return folders.caches() / "sources" / f"{name}.npz"


def missing(experiment: Experiment) -> list[str]:
    """Return one arm for each different net that has to be trained before the arms are."""
    moved = experiment.fine_tuning
    if moved is None:
        return []
    paths = {path(experiment, arm): arm for arm, way in moved.ways.items() if way.pretrained}
    return [arm for place, arm in paths.items() if not place.is_file()]


def find(place: Path, data: str, code: str) -> tuple[About, Arrays] | None:
    """Return the weights by their paths, made from these images by this code, or None."""
    try:
        with np.load(place, allow_pickle=False) as stored:
            arrays = {key: np.asarray(stored[key]) for key in stored.files}
        about = About(**json.loads(str(arrays.pop(ABOUT))))
    except FileNotFoundError:
        return None
    except Exception as error:  # damage shows in as many ways as that of a checkpoint
        told = f"{type(error).__name__}: {error}"
        print(f"{place.name} cannot be read ({told}) and is made anew.", file=sys.stderr)
        return None
    return (about, arrays) if (about.data, about.code) == (data, code) else None


def keep(place: Path, about: About, arrays: Arrays) -> None:
    """Write weights as a whole. Raises OSError when the disk is full."""
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, part = tempfile.mkstemp(dir=place.parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            told = np.array(json.dumps(asdict(about)))
            np.savez(file, **arrays, **{ABOUT: told})  # type: ignore[arg-type]
        os.replace(part, place)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
