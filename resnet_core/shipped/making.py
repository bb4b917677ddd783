"""Turn the last checkpoint of a run into weights that ship, with kernels in float16."""

import io
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from base.messages import Message, UserError
from resnet_core import runs
from resnet_core.experiment.config import NetConfig
from resnet_core.runs import checkpoints

CURVE_POINTS = 120


class NotShippable(UserError):  # noqa: N818 - reads as what is wrong
    """Raised for a run whose weights cannot ship."""


def net_name(net: NetConfig) -> str:
    """Return the name of a shipped net's files."""
    return f"{'resnet' if net.skip else 'plain'}-{net.depth}-w{net.width}"


def packed(weights: list[np.ndarray]) -> bytes:
    """Return weights as an .npz, with kernels in float16 and weights of single channels in float32.

    Kernels in float16 change no prediction that counts (a test checks the accuracy). BatchNorm's
    variances may be larger than float16 can hold.
    """
    arrays = {
        f"w{i}": w.astype(np.float16 if w.ndim > 1 else np.float32) for i, w in enumerate(weights)
    }
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)  # type: ignore[arg-type]
    return out.getvalue()


def last_weights(run: runs.Run, arm: str) -> tuple[int, list[np.ndarray]]:
    """Return the step and the weights of an arm in the last checkpoint. Raises NotShippable."""
    kept = checkpoints.latest(run.folder / runs.CHECKPOINTS)
    if kept is None:
        raise refused(run, "It has no checkpoint that can be read; train it first.")
    step, arrays = kept
    count = sum(key.startswith(f"{arm}/w") for key in arrays)
    return step, [arrays[f"{arm}/w{i}"] for i in range(count)]


def facts(run: runs.Run, arm: str, step: int, accuracy: float, images: int) -> dict[str, object]:
    """Return the facts about an arm's weights, for its JSON. Raises NotShippable."""
    past = runs.history(run.folder)
    if past.started is None:
        raise refused(run, "It has not begun.")
    experiment = run.experiment
    return {
        "net": asdict(experiment.arms[arm]),
        "steps": step,
        "recipe": {**asdict(experiment.train), "seed": experiment.seed},
        "data": past.started["data"]["label"],
        "fingerprint": past.started["data"].get("fingerprint", ""),
        "accuracy": round(accuracy, 4),
        "images": images,
        "curve": curve(past, arm, step),
    }


def curve(past: runs.History, arm: str, until: int) -> list[tuple[int, float]]:
    """Return (step, mean training loss since the row before), in at most CURVE_POINTS rows."""
    losses = [
        (e["step"], e["loss"])
        for e in past.of("step", arm)
        if e["step"] < until and e["loss"] is not None
    ]
    size = max(1, -(-len(losses) // CURVE_POINTS))
    parts = [losses[first : first + size] for first in range(0, len(losses), size)]
    return [(part[-1][0], round(sum(loss for _, loss in part) / len(part), 4)) for part in parts]


def write(folder: Path, net: NetConfig, weights: list[np.ndarray], said: dict[str, object]) -> Path:
    """Write both files of a net. Return the path of the one with the weights."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{net_name(net)}.npz"
    path.write_bytes(packed(weights))
    path.with_suffix(".json").write_text(json.dumps(said) + "\n", "utf-8")
    return path


def refused(run: runs.Run, why: str) -> NotShippable:
    """Return the error for a run whose weights cannot ship."""
    return NotShippable(Message("runs.not_shippable", {"run": run.id, "why": why}))
