"""Draw loss and accuracy of several seeds: each arm's mean line, and the spread as a band.

How to read it: each seed is smoothed as on the chart of one seed. The line is their mean over the
seeds that are complete, the band one standard deviation above and below it (n - 1). The thin line
is the seed that is being trained. Where two bands do not touch, the arms differ by more than their
seeds do.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from resnet_core.runs import History
from ui.charts import marks as marking
from ui.charts.palette import PADDING, dashes
from ui.charts.training import curves

COLUMNS = ["step", "arm", "mean", "low", "high", "now"]


def table(pasts: Sequence[History], arms: Sequence[str], quantity: str) -> pd.DataFrame:
    """Return one row a step: for each arm the mean, the deviation, and a column for each seed.

    They are called by the arm, "arm ±" and "arm #seed".
    """
    found: dict[str, pd.Series] = {}
    for arm in arms:
        seeds = _by_seed(pasts, arm, quantity)
        found[arm] = seeds.mean(axis=1, skipna=False).astype("float32")
        if len(pasts) > 1:
            found[f"{arm} ±"] = seeds.std(axis=1, skipna=False).astype("float32")
        found |= {f"{arm} #{seed}": seeds[seed] for seed in seeds}
    return pd.DataFrame(found).rename_axis("step").reset_index()


def drawn(
    pasts: Sequence[History],
    now: History | None,
    names: Mapping[str, str],
    quantity: str,
    ends: curves.Scale,
) -> pd.DataFrame:
    """Return what the chart draws, one row a step and arm, thinned to `curves.POINTS` steps.

    `pasts` are the complete seeds, `now` the one that is being trained. The band ends where the
    scale does.
    """
    parts = []
    for arm, name in names.items():
        seeds = _smooth(_by_seed(pasts, arm, quantity))
        mean = seeds.mean(axis=1, skipna=False)
        half = seeds.std(axis=1, skipna=False) if len(pasts) > 1 else mean * 0
        part = pd.DataFrame({"arm": name, "mean": mean})
        part["low"] = (mean - half).clip(ends.low, ends.high)
        part["high"] = (mean + half).clip(ends.low, ends.high)
        if now is not None:
            part["now"] = _smooth(_by_seed([now], arm, quantity)).iloc[:, 0]
        part = part.rename_axis("step").reset_index()
        parts.append(part.iloc[:: max(1, len(part) // curves.POINTS)])
    whole = pd.concat(parts, ignore_index=True).reindex(columns=COLUMNS)
    return whole.astype({name: "float32" for name in COLUMNS[2:]})


def spec(
    names: Mapping[str, str],
    titles: Mapping[str, str],
    ends: curves.Scale,
    reach_to: int,
    marks: marking.Marks = (),
    guess: float | None = None,
) -> dict:
    """Return the chart; `titles` words value, step, arm, low, high and now."""
    x, y = curves.axes(titles, ends, reach_to)
    colour = curves.colour(names)
    of_arm = {"x": x, "color": colour}
    dash = {"field": "arm", "type": "nominal", "legend": None, "scale": dashes(names)}
    numbers = [
        {"field": name, "format": ".3f", "title": titles[name]} for name in ("mean", "low", "high")
    ]
    tooltip = [
        {"field": "step", "title": titles["step"]},
        {"field": "arm", "title": titles["arm"]},
        *numbers,
    ]
    layers = [
        {
            "mark": {"type": "area", "opacity": 0.25, "clip": True},
            "encoding": {**of_arm, "y": y | {"field": "low"}, "y2": {"field": "high"}},
        },
        {
            "mark": {"type": "line", "clip": True, "strokeWidth": 1, "opacity": 0.6},
            "encoding": {**of_arm, "y": y | {"field": "now"}},
        },
        {
            "mark": {"type": "line", "clip": True, "strokeWidth": 2.5},
            "encoding": {
                **of_arm,
                "y": y | {"field": "mean"},
                "strokeDash": dash,
                "tooltip": tooltip,
            },
        },
    ]
    if guess is not None:
        layers.insert(0, curves.at_guess(guess))
    return {
        "padding": PADDING,
        "height": curves.HEIGHT,
        "layer": [*layers, *marking.layers(marks)],
    }


def _by_seed(pasts: Sequence[History], arm: str, quantity: str) -> pd.DataFrame:
    """Return one row a step and one column a seed."""
    columns = {
        past.seed: pd.Series(
            {e["step"]: e[quantity] for e in past.of("step", arm)}, dtype="float32"
        )
        for past in pasts
    }
    return pd.DataFrame(columns)


def _smooth(seeds: pd.DataFrame) -> pd.DataFrame:
    return seeds.rolling(curves.WINDOW, min_periods=1).mean()
