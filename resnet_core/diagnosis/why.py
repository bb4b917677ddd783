"""Say in one sentence what a diagnostic shows, with its numbers, its caveat and its paper."""

from collections.abc import Callable, Mapping
from typing import Any

from base.messages import Message
from resnet_core.runs import History

Figures = Mapping[str, Any]
TWINS = ("residual", "plain")
CAVEATS = {
    "shatter": (
        "A mean over four lines of 64 points each, at one distance between points; another "
        "distance gives another value. Without BatchNorm plain nets shatter less."
    ),
    "precision": (
        "One batch of 32 images. A small cosine means that this gradient is mostly rounding, not "
        "that training must fail. After training a net may be better conditioned, or worse."
    ),
    "lesion": (
        "500 test images: a difference below about 4 points may be chance. The longer a residual "
        "net is trained, the more it loses with a block. Untrained nets guess before and after."
    ),
    "paths": (
        "ReLU gates and BatchNorm's averages are held as they are on 32 images. Parts of "
        "different length can cancel, so their sizes do not add up to the whole gradient."
    ),
    "loss_slice": (
        "One random direction of very many, scaled filter by filter. BatchNorm by its moving "
        "averages and by the batch give different widths, so both are drawn."
    ),
    "rate_range": (
        "A few dozen steps from these weights on small batches. It shows where the loss starts "
        "to fall and where it blows up, not which rate ends best."
    ),
    "confusion": (
        "Calibration is measured in ten bins, some with few images. Other bins give another "
        "value, and 2,000 images leave a few points of chance for each class."
    ),
    "maps": (
        "One image, the first eight channels of each stage, each scaled to its own maximum. What "
        "a channel looks like does not say what it does."
    ),
}
PAPERS = {
    "shatter": "Balduzzi et al. 2017, The Shattered Gradients Problem, arXiv:1702.08591, §2",
    "precision": "Micikevicius et al. 2018, Mixed Precision Training, arXiv:1710.03740, §3",
    "lesion": (
        "Veit, Wilber and Belongie 2016, Residual Networks Behave Like Ensembles of Relatively "
        "Shallow Networks, arXiv:1605.06431, §4"
    ),
    "paths": (
        "Veit, Wilber and Belongie 2016, Residual Networks Behave Like Ensembles of Relatively "
        "Shallow Networks, arXiv:1605.06431, §5"
    ),
    "loss_slice": (
        "Li et al. 2018, Visualizing the Loss Landscape of Neural Nets, arXiv:1712.09913, §4"
    ),
    "rate_range": (
        "Smith 2017, Cyclical Learning Rates for Training Neural Networks, arXiv:1506.01186, §3.3"
    ),
    "confusion": (
        "Guo et al. 2017, On Calibration of Modern Neural Networks, arXiv:1706.04599, §2"
    ),
    "maps": (
        "Zeiler and Fergus 2014, Visualizing and Understanding Convolutional Networks, "
        "arXiv:1311.2901, §4"
    ),
}


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
