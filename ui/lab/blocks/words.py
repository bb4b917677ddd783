"""Word what is written into the drawing of a block, in the learner's language."""

from collections.abc import Callable
from dataclasses import replace

from resnet_core.experiment.block_parts import BlockParts, Part
from resnet_core.experiment.net import NetConfig
from ui.charts.layers.block import Box, Drawing, Switch
from ui.lab.labels import large
from ui.shell.i18n import t

Shape = tuple[int, int, int]
GONE = "gone-with-block"


def drawing(
    parts: BlockParts, net: NetConfig, name: str, skip: Switch, *, deleted: bool = False
) -> Drawing:
    """Return a block of the arm that is called `name`, ready to be drawn.

    What a deleted block has lost is faint: its branch, or all of it if it has no skip.
    """
    lost = 0 if not deleted else parts.joint if parts.skip else len(parts.branch)
    branch = [_wide(part, net) for part in parts.branch]
    around = tuple(_narrow(part, net) for part in parts.shortcut)
    if not around:
        around = (Box("identity" if parts.skip else "gone", _way(parts, skip)),)
    return Drawing(
        title=t("block.title", name=name),
        input=t("block.input", shape=_shape(parts.input), field=parts.input_field),
        output=t("block.output", shape=_shape(parts.output), field=parts.field),
        branch=(*(replace(box, kind=GONE) for box in branch[:lost]), *branch[lost:]),
        around=around,
        split=parts.split,
        joint=parts.joint,
        skip=skip,
    )


def totals(parts: BlockParts) -> str:
    """Return what a block costs."""
    return t("block.totals", parameters=f"{parts.parameters:,}", macs=_macs(parts.macs))


def _way(parts: BlockParts, skip: Switch) -> tuple[str, ...]:
    """Return what is written on a skip without a layer of its own, or where no skip is."""
    if parts.skip:
        return (t("block.identity"), t("block.nothing"))
    return (t("block.no_skip"), t("block.put_in")) if skip.works else (t("block.no_skip"),)


def _wide(part: Part, net: NetConfig) -> Box:
    return Box(part.kind, (_TITLES[part.kind](part, net), *_facts(part, wide=True)))


def _narrow(part: Part, net: NetConfig) -> Box:
    return Box(part.kind, (_TITLES[part.kind](part, net), *_facts(part, wide=False)))


def _facts(part: Part, *, wide: bool) -> tuple[str, ...]:
    """Return the lines below a layer's name, or none if it has no weights and computes nothing."""
    counts = t("block.parameters", count=f"{part.parameters:,}") if part.parameters else ""
    if part.kind in ("conv", "depthwise", "squeeze"):
        macs = t("block.macs", count=_macs(part.macs))
        seen = t("block.sees", shape=_shape(part.output), field=part.field)
        if wide:
            return (seen, f"{counts} · {macs}")
        return (_shape(part.output), counts, macs)
    if part.kind == "pad":
        channels = t("block.pad", channels=int(part.size[1]))
        return (channels, _shape(part.output)) if part.size[0] > 1 else (_shape(part.output),)
    if part.kind == "subsample":
        return (_shape(part.output),)
    return (counts,) if counts else ()


def _conv(part: Part, net: NetConfig) -> str:
    kernel, stride = (int(one) for one in part.size)
    name = t("block.depthwise" if part.kind == "depthwise" else "block.conv", kernel=kernel)
    return name + (t("block.stride", stride=stride) if stride > 1 else "")


def _norm(part: Part, net: NetConfig) -> str:
    return t("block.norm_zero") if part.size[0] == 0 else t("block.norm")


def _squeeze(part: Part, net: NetConfig) -> str:
    return t("block.squeeze", channels=part.output[2], hidden=int(part.size[0]))


def _pad(part: Part, net: NetConfig) -> str:
    stride, channels = (int(one) for one in part.size)
    return t("block.subsample") if stride > 1 else t("block.pad", channels=channels)


_TITLES: dict[str, Callable[[Part, NetConfig], str]] = {
    "conv": _conv,
    "depthwise": _conv,
    "norm": _norm,
    "activation": lambda part, net: t(f"toggle.activation_{net.activation}"),
    "squeeze": _squeeze,
    "learned_scale": lambda part, net: t("block.alpha"),
    "scale": lambda part, net: t("block.scale", factor=f"{part.size[0]:g}"),
    "drop": lambda part, net: t("block.drop", percent=f"{100 * part.size[0]:.0f}"),
    "pad": _pad,
    "subsample": lambda part, net: t("block.subsample"),
}


def _shape(shape: Shape) -> str:
    return "×".join(map(str, shape))


def _macs(count: int) -> str:
    return large(count) if count >= 1e5 else f"{count:,}"
