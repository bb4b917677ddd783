"""Say which surgery a net can have, and in a sentence why it cannot have another."""

from collections.abc import Iterable

from base.messages import Message
from resnet_core.experiment import arithmetic
from resnet_core.experiment.net import NetConfig
from resnet_core.experiment.plan.net import blocks_of
from resnet_core.experiment.surgery.cuts import Surgery


def possible(net: NetConfig, surgery: Surgery) -> Surgery:
    """Return the part of a surgery that this net can have, written in one way only."""
    names = block_names(net)
    all_out = not surgery.skips and why_not_skips(net) is None
    return Surgery(
        not all_out,
        ()
        if all_out
        else tuple(
            name for name in names if name in surgery.skips_out and why_not_skip(net, name) is None
        ),
        tuple(name for name in names if name in surgery.deleted),
        surgery.averages and net.batch_norm,
    )


def block_names(net: NetConfig) -> list[str]:
    """Return the names of a net's blocks in order."""
    return [block.name for block in blocks_of(net)]


def why_not_skips(net: NetConfig) -> Message | None:
    """Return why the skips of every block cannot be taken out, or None if they can."""
    if not net.skip:
        return Message("surgery.no_skips")
    return Message("surgery.skips_weigh") if arithmetic.skips_have_weights(net) else None


def why_not_skip(net: NetConfig, block: str) -> Message | None:
    """Return why the skip of one block cannot be taken out, or None if it can."""
    if not net.skip:
        return Message("surgery.no_skips")
    weighs = block in arithmetic.blocks_with_heavy_skips(net)
    return Message("surgery.skip_weighs") if weighs else None


def why_not_averages(net: NetConfig) -> Message | None:
    """Return why BatchNorm cannot be switched, or None if it can."""
    return None if net.batch_norm else Message("surgery.no_norm")


def everywhere(reasons: Iterable[Message | None]) -> Message | None:
    """Return a reason if something is possible in none of the nets, otherwise None.

    The reason of a net that has skips says more than that of its plain twin, so it goes first.
    """
    found = list(reasons)
    if not found or None in found:
        return None
    return max(found, key=lambda one: one is not None and one.key != "surgery.no_skips")
