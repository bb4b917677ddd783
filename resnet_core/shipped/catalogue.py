"""List the trained nets that ship, and read their weights."""

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from resnet_core.experiment.config import NetConfig

FILES = Path(__file__).parent / "files"


@dataclass(frozen=True)
class Shipped:
    """Describe one trained net: how it was trained (`recipe`), on what data, and its result.

    `accuracy` is over `images` test images after `steps` steps. `curve` has rows of (step, training
    loss averaged over the steps since the row before).
    """

    name: str
    net: NetConfig
    steps: int
    recipe: dict[str, object]
    data: str
    fingerprint: str
    accuracy: float
    images: int
    curve: tuple[tuple[int, float], ...]


@cache
def known() -> tuple[Shipped, ...]:
    """Return every net that ships, with the residual ones first."""
    found = [_read(path) for path in sorted(FILES.glob("*.json"))]
    return tuple(sorted(found, key=lambda one: not one.net.skip))


def find(net: NetConfig) -> Shipped | None:
    """Return the entry of a net, or None. Its initialisation makes no difference."""
    return next((one for one in known() if replace(one.net, init=net.init) == net), None)


def arrays(shipped: Shipped) -> list[np.ndarray]:
    """Return the weights in the order of `model.get_weights()`, float32."""
    with np.load(FILES / f"{shipped.name}.npz", allow_pickle=False) as stored:
        return [stored[f"w{i}"].astype(np.float32) for i in range(len(stored.files))]


def _read(path: Path) -> Shipped:
    facts = json.loads(path.read_text("utf-8"))
    net = NetConfig(**facts.pop("net"))
    curve = tuple((int(step), float(loss)) for step, loss in facts.pop("curve"))
    return Shipped(name=path.stem, net=net, curve=curve, **facts)
