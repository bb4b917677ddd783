"""Write a whole experiment as a short text for a link, with what a teacher asks of its readers.

    version.base64url(zlib(JSON)), without values that are the default

A link may come from anywhere. It is read within limits and checked as an experiment file is.
"""

import base64
import json
import zlib
from dataclasses import asdict, dataclass, fields
from typing import Any

from base.messages import Message, UserError
from resnet_core.experiment.checks.values import ExperimentError
from resnet_core.experiment.config import SHIPPED, Experiment, FineTuning, Way
from resnet_core.experiment.net import NetConfig
from resnet_core.experiment.train import TrainConfig

VERSION = "1"
LONGEST, MOST_BYTES = 4000, 64_000


class LinkError(UserError):
    """Raised for a text that is not an experiment, and for an experiment that no link can carry."""


@dataclass(frozen=True)
class Shared:
    """Hold what a link carries.

    `locked` leaves only Start, Pause, One step, Resume and Stop. `predicts` asks for a prediction
    before Start.
    """

    experiment: Experiment
    locked: bool = False
    predicts: bool = False


def encode(shared: Shared) -> str:
    """Return the text. Raises LinkError for an experiment that starts from the weights of a run."""
    experiment = shared.experiment
    if experiment.weights not in ("", SHIPPED):
        raise LinkError(Message("link.weights"))
    data: dict[str, Any] = {
        "name": experiment.name,
        "arms": {arm: _unusual(net, NetConfig()) for arm, net in experiment.arms.items()},
        "train": _unusual(experiment.train, TrainConfig()),
        **{
            one.name: getattr(experiment, one.name)
            for one in fields(Experiment)
            if one.name not in ("name", "arms", "train", "fine_tuning", "changes")
            and getattr(experiment, one.name) != one.default
        },
    }
    if experiment.fine_tuning is not None:
        data["fine_tuning"] = _usual_left_out(experiment.fine_tuning)
    if experiment.changes:
        data["changes"] = [change.to_json() for change in experiment.changes]
    whole = {"experiment": data, "locked": shared.locked, "predicts": shared.predicts}
    packed = zlib.compress(json.dumps(whole, separators=(",", ":")).encode(), 9)
    text = f"{VERSION}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"
    if len(text) > LONGEST:
        raise LinkError(Message("link.too_long"))
    return text


def decode(text: str) -> Shared:
    """Return what a link carries. Raises LinkError."""
    version, _, packed = text.partition(".")
    if version != VERSION or len(text) > LONGEST:
        raise LinkError(Message("link.unreadable"))
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        whole = json.loads(zlib.decompressobj().decompress(raw, MOST_BYTES))
        experiment = Experiment.from_json(whole["experiment"])
        locked, predicts = (whole.get(name) is True for name in ("locked", "predicts"))
    except (ValueError, zlib.error, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LinkError(Message("link.unreadable")) from error
    except ExperimentError as error:
        raise LinkError(error.message) from error
    if experiment.weights not in ("", SHIPPED):
        raise LinkError(Message("link.weights"))
    return Shared(experiment, locked, predicts)


def _usual_left_out(moved: FineTuning) -> dict[str, Any]:
    """Return a fine-tuning without what is as usual in it and in its ways."""
    usual = FineTuning({}).to_json()
    whole = moved.to_json()
    fields_left = {name: one for name, one in whole.items() if one != usual[name]}
    return fields_left | {"ways": {arm: _unusual(way, Way()) for arm, way in moved.ways.items()}}


def _unusual(value: Any, usual: Any) -> dict[str, Any]:
    """Return the fields of a net or of a training that differ from the default."""
    before = asdict(usual)
    return {name: one for name, one in asdict(value).items() if one != before[name]}
