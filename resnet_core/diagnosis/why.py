"""Say in one sentence what a diagnostic shows, with its numbers, its caveat and its paper."""

from collections.abc import Callable, Mapping
from typing import Any

from base.messages import Message
from resnet_core.runs import History

Figures = Mapping[str, Any]
TWINS = ("residual", "plain")


def caveat(name: str) -> Message:
    """Return the caveat of a diagnostic."""
    return Message(f"why.{name}_caveat")


def paper(name: str) -> Message:
    """Return the paper that a diagnostic comes from."""
    return Message(f"why.{name}_paper")


def measured(past: History, name: str) -> dict[str, Figures]:
    """Return the newest figures of a diagnostic by arm."""
    return {
        event["arm"]: event["figures"] for event in past.of("diagnostic") if event["name"] == name
    }


def seconds(past: History, name: str) -> float:
    """Return the seconds that a diagnostic took over all arms."""
    return float(sum(e["seconds"] for e in past.of("diagnostic") if e["name"] == name))


def finding(name: str, found: Mapping[str, Figures]) -> Message | None:
    """Return a sentence on what twins show, or None for other arms or until both are measured."""
    if name not in _FINDINGS or not set(TWINS) <= set(found):
        return None
    return _FINDINGS[name](found["residual"], found["plain"])


def _shatter(residual: Figures, plain: Figures) -> Message:
    ours, theirs = f"{residual['input_lag_1']:.2f}", f"{plain['input_lag_1']:.2f}"
    return Message("why.shatter_found", {"residual": ours, "plain": theirs})


def _precision(residual: Figures, plain: Figures) -> Message:
    ours, theirs = (f"{figures['lowest_bfloat16']:.2f}" for figures in (residual, plain))
    single = f"{plain['lowest_float32']:.3f}"
    values: dict[str, object] = {"residual": ours, "plain": theirs, "single": single}
    return Message("why.precision_found", values)


def _lesion(residual: Figures, plain: Figures) -> Message:
    values: dict[str, object] = {}
    for arm, figures in (("residual", residual), ("plain", plain)):
        values[f"{arm}_whole"] = f"{100 * figures['whole']:.0f}"
        values[f"{arm}_left"] = f"{100 * figures['median_without']:.0f}"
    if not residual["trained"]:
        return Message("why.lesion_untrained")
    return Message("why.lesion_found", values)


def _paths(residual: Figures, plain: Figures) -> Message:
    values: dict[str, object] = {
        "mean": f"{residual['mean_length']:.1f}",
        "binomial": f"{residual['binomial_mean']:.1f}",
        "blocks": len(residual["blocks"]),
    }
    return Message("why.paths_found", values)


def _loss_slice(residual: Figures, plain: Figures) -> Message:
    values: dict[str, object] = {
        f"{arm}_{mode}": _or_beyond(figures[f"half_width_{mode}"])
        for arm, figures in (("residual", residual), ("plain", plain))
        for mode in ("moving", "batch")
    }
    return Message("why.loss_slice_found", values)


def _rate_range(residual: Figures, plain: Figures) -> Message:
    values: dict[str, object] = {
        f"{arm}_{which}": f"{figures[which]:.2g}" if figures[which] else "–"
        for arm, figures in (("residual", residual), ("plain", plain))
        for which in ("steepest", "lowest")
    }
    return Message("why.rate_range_found", values)


def _confusion(residual: Figures, plain: Figures) -> Message:
    values: dict[str, object] = {}
    for arm, figures in (("residual", residual), ("plain", plain)):
        values[f"{arm}_right"] = f"{100 * figures['accuracy']:.1f}"
        values[f"{arm}_off"] = f"{100 * figures['calibration_error']:.1f}"
    return Message("why.confusion_found", values)


def _or_beyond(width: float | None) -> str:
    return f"{width:.2f}" if width is not None else "> 1"


_FINDINGS: dict[str, Callable[[Figures, Figures], Message]] = {
    "shatter": _shatter,
    "precision": _precision,
    "lesion": _lesion,
    "paths": _paths,
    "loss_slice": _loss_slice,
    "rate_range": _rate_range,
    "confusion": _confusion,
}
