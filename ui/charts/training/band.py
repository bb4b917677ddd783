"""Draw loss and accuracy of several seeds: each arm's mean line, and the spread as a band.

How to read it: each seed is smoothed as on the chart of one seed. The line is their mean over the
seeds that are complete, the band one standard deviation above and below it (n - 1). The thin line
is the seed that is being trained. Where two bands do not touch, the arms differ by more than their
seeds do. A seed that diverged is a thin line too, and a cross where it ended; mean and band leave
it out.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from resnet_core.runs import History
from ui.charts import marks as marking
from ui.charts.palette import PADDING, dashes
from ui.charts.training import curves

COLUMNS = ["step", "arm", "seed", "mean", "low", "high", "now"]
DIVERGED = " ✕"  # the end of the column of a seed that diverged
CROSSED = ("arm", "seed", "step")
CROSS = "M-1,-1L1,1M-1,1L1,-1"


def table(
    pasts: Sequence[History],
    arms: Sequence[str],
    quantity: str,
    diverged: Sequence[History] = (),
) -> pd.DataFrame:
    """Return one row a step: for each arm the mean, the deviation, and a column for each seed.

    They are called by the arm, "arm ±", "arm #seed" and, of a seed that diverged, "arm #seed ✕".
    """
    found: dict[str, pd.Series] = {}
    for arm in arms:
        seeds = _by_seed(pasts, arm, quantity)
        found[arm] = seeds.mean(axis=1, skipna=False).astype("float32")
        if len(pasts) > 1:
            found[f"{arm} ±"] = seeds.std(axis=1, skipna=False).astype("float32")
        found |= {f"{arm} #{seed}": seeds[seed] for seed in seeds}
        gone = _by_seed(diverged, arm, quantity)
        found |= {f"{arm} #{seed}{DIVERGED}": gone[seed] for seed in gone}
    return pd.DataFrame(found).rename_axis("step").reset_index()


def drawn(
    pasts: Sequence[History],
    now: History | None,
    names: Mapping[str, str],
    quantity: str,
    ends: curves.Scale,
    diverged: Sequence[History] = (),
) -> pd.DataFrame:
    """Return what the chart draws, one row a step and arm, thinned to `curves.POINTS` steps.

    `pasts` are the complete seeds, `now` the one that is being trained. It and the seeds that
    diverged have rows of their own, with their seed. The band ends where the scale does.
    """
    parts = []
    for arm, name in names.items():
        seeds = _smooth(_by_seed(pasts, arm, quantity))
        mean = seeds.mean(axis=1, skipna=False)
        half = seeds.std(axis=1, skipna=False) if len(pasts) > 1 else mean * 0
        part = pd.DataFrame({"arm": name, "mean": mean})
        part["low"] = (mean - half).clip(ends.low, ends.high)
        part["high"] = (mean + half).clip(ends.low, ends.high)
        parts.append(_thinned(part))
        alone = [*diverged, *([now] if now is not None else [])]
        for seed, line in _smooth(_by_seed(alone, arm, quantity)).items():
            parts.append(_thinned(pd.DataFrame({"arm": name, "seed": str(seed), "now": line})))
    whole = pd.concat(parts, ignore_index=True).reindex(columns=COLUMNS)
    return whole.astype({name: "float32" for name in COLUMNS[3:]})


def crosses(
    diverged: Sequence[History], names: Mapping[str, str], quantity: str, ends: curves.Scale
) -> list[dict]:
    """Return where each arm that diverged was last at a number, one row each, within the scale."""
    rows = []
    for past in diverged:
        for arm in past.diverged:
            line = _smooth(_by_seed([past], arm, quantity)).iloc[:, 0].dropna()
            for step, value in line.iloc[-1:].items():
                at = float(min(max(value, ends.low), ends.high))
                rows.append({"arm": names[arm], "seed": str(past.seed), "step": step, "at": at})
    return rows


def spec(
    names: Mapping[str, str],
    titles: Mapping[str, str],
    ends: curves.Scale,
    reach_to: int,
    marks: marking.Marks = (),
    guess: float | None = None,
    crossed: Sequence[Mapping[str, object]] = (),
) -> dict:
    """Return the chart; `titles` words value, step, arm, seed, mean, low and high.

    `crossed` are the rows of `crosses`.
    """
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
    mean = {"transform": [{"filter": "isValid(datum.mean)"}]}
    layers = [
        {
            **mean,
            "mark": {"type": "area", "opacity": 0.25, "clip": True},
            "encoding": {**of_arm, "y": y | {"field": "low"}, "y2": {"field": "high"}},
        },
        {
            "transform": [{"filter": "isValid(datum.now)"}],
            "mark": {"type": "line", "clip": True, "strokeWidth": 1, "opacity": 0.6},
            "encoding": {**of_arm, "y": y | {"field": "now"}, "detail": {"field": "seed"}},
        },
        {
            **mean,
            "mark": {"type": "line", "clip": True, "strokeWidth": 2.5},
            "encoding": {
                **of_arm,
                "y": y | {"field": "mean"},
                "strokeDash": dash,
                "tooltip": tooltip,
            },
        },
    ]
    if crossed:
        layers.append(
            {
                "data": {"values": list(crossed)},
                "mark": {"type": "point", "shape": CROSS, "size": 90, "strokeWidth": 2.5},
                "encoding": {
                    **of_arm,
                    "y": y | {"field": "at"},
                    "tooltip": [{"field": key, "title": titles[key]} for key in CROSSED],
                },
            }
        )
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


def _thinned(part: pd.DataFrame) -> pd.DataFrame:
    part = part.rename_axis("step").reset_index()
    return part.iloc[:: max(1, len(part) // curves.POINTS)]


def _smooth(seeds: pd.DataFrame) -> pd.DataFrame:
    return seeds.rolling(curves.WINDOW, min_periods=1).mean()
