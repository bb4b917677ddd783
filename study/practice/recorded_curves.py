"""Read the curves of real runs that ship, and tell exactly what can be asked about them.

`python -m study.practice.recorded_curves RUN NAME` stores the curves of a finished run beside the
records of the claims. A third argument names the data if the run could not know it.
"""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from resnet_core import claims, runs

FOLDER = claims.RECORDS / "curves"
WINDOW = 10  # steps over which a loss is averaged


def names() -> list[str]:
    """Return the names of the curves that ship."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


@cache
def load(name: str) -> dict[str, Any]:
    """Return each arm of `arms` by name: `step`, `loss`, and ‖dL/dx‖ by layer at step 0."""
    kept: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return kept


def smooth(losses: list[float]) -> list[float]:
    """Return the mean of the last WINDOW steps at each step."""
    found = []
    for place in range(len(losses)):
        window = losses[max(0, place - WINDOW + 1) : place + 1]
        found.append(sum(window) / len(window))
    return found


def loss_line(series: dict[str, Any]) -> list[tuple[int, float]]:
    """Return the smoothed loss of an arm as (step, loss)."""
    return list(zip(series["step"], smooth(series["loss"]), strict=True))


def kept(folder: Path, label: str = "") -> dict[str, Any]:
    """Return the curves of a finished run in the form that ships."""
    past = runs.history(folder)
    started = past.started or {}
    arms = {}
    for arm in started["arms"]:
        steps = past.of("step", arm)
        first = past.of("flow", arm)[0]
        arms[arm] = {
            "step": [event["step"] for event in steps],
            "loss": [event["loss"] for event in steps],
            "input_gradient": first["input_gradient"],
        }
    run = runs.load(folder)
    return {
        "preset": run.experiment.name,
        "seed": run.experiment.seed,
        "data": label or started["data"]["label"],
        "versions": started["versions"],
        "arms": arms,
    }


def main(arguments: list[str]) -> int:
    folder, name, label = Path(arguments[0]), arguments[1], "".join(arguments[2:])
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(kept(folder, label), ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")
    print(FOLDER / f"{name}.json")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
