"""Tell the worker which experiment someone has chosen and may start next (worker-chosen.json).

The worker builds its nets while the page is read. Whoever writes last is heard; a choice that is
lost costs a second or two at Start and nothing else.
"""

from functools import lru_cache

import msgspec

from base import folders
from base.files import write_json
from resnet_core.experiment.config import Experiment, ExperimentError

CHOSEN_FILE = "worker-chosen.json"


def choose_next(experiment: Experiment) -> None:
    """Say that this experiment may be started next.

    Does nothing if it is said already, or if the home folder cannot be written.
    """
    if chosen_next() == experiment:
        return
    try:
        write_json(folders.home() / CHOSEN_FILE, experiment.to_json())
    except OSError:
        return  # a full or read-only disk: what is started will say so


def chosen_next() -> Experiment | None:
    """Return the experiment that may be started next, or None."""
    try:
        return _read((folders.home() / CHOSEN_FILE).read_bytes())
    except OSError:
        return None


@lru_cache(1)  # an idle worker looks twenty times a second
def _read(content: bytes) -> Experiment | None:
    try:
        return Experiment.from_json(msgspec.json.decode(content))
    except (ValueError, RecursionError, ExperimentError):
        return None
